"""A panel of the reporting system on a card: its picture, the table behind it, and how old the data are."""

from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.documents import CSV, Document, file_name
from app.domain.economy import PanelData, PanelKind
from app.ui.economy.chart import Chart
from app.ui.economy.csv_export import csv_of, grid_of, tsv_of
from app.ui.economy.figure_view import FigureView
from app.ui.economy.panel_table import PanelTable
from app.ui.economy.picture import currencies, picture_of
from app.ui.economy.texts import PanelTexts
from app.ui.formats import Formats
from app.ui.theme import Type
from app.ui.widgets import Card, Chip, IconButton, Label, announce, clear_layout, flow, lead_tab

_SAID_FOR = 4000  # ms


class PanelView(Card):
    """Shows one panel's data. It asks nobody for anything.

    Attributes:
        copy_action, export_action, link_action: What its menu offers.

    Signals:
        export_requested: The table as a `Document`, to be saved where the user wants it.
        link_requested: The address of the panel in the reporting system.
    """

    export_requested = Signal(object)
    link_requested = Signal(str)

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._formats = formats
        self._texts = PanelTexts(formats)
        self._data: PanelData | None = None
        self._about = ""
        self._currency = ""
        self._as_table = False
        self._hint = Label(step=Type.CAPTION, ink="muted", wrap=True)
        self._chooser, self._choices = flow()
        self._chips: list[Chip] = []
        self._figure: FigureView | None = None
        self._chart: Chart | None = None
        self._table: PanelTable | None = None
        self._absent = Label(ink="faint", wrap=True)
        self._ages = Label(step=Type.CAPTION, ink="faint", wrap=True)
        self._said = Label(step=Type.CAPTION, ink="success", wrap=True)
        self._toggle = IconButton("table")
        self._toggle.clicked.connect(self._turn)
        self._more = IconButton("more")
        self._more.clicked.connect(self._open_menu)
        self.copy_action, self.export_action, self.link_action = (QAction(self) for _ in range(3))
        self.copy_action.triggered.connect(self.copy)
        self.export_action.triggered.connect(self.export)
        self.link_action.triggered.connect(self._follow)
        QShortcut(
            QKeySequence(QKeySequence.StandardKey.Copy),
            self,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        ).activated.connect(self.copy)
        self._hush = QTimer(self, singleShot=True, interval=_SAID_FOR)
        self._hush.timeout.connect(self._said.hide)
        self.header.add(self._toggle)
        self.header.add(self._more)
        for widget in (self._hint, self._chooser, self._absent, self._said, self._ages):
            self.body.addWidget(widget)
            widget.hide()
        self.body.insertStretch(self.body.indexOf(self._said), 1)
        self.retranslate()

    # -- what is shown

    @property
    def is_table(self) -> bool:
        """The table is shown, not the picture."""
        return self._as_table or (self._data is not None and self._data.panel.kind is PanelKind.TABLE)

    def show_data(self, data: PanelData, about: str = "") -> None:
        """Show this; ``about`` is whose it is, for the names of files: ``10023 Nordlys Belysning``."""
        self._data, self._about = data, about
        self.retranslate()

    def show_as_table(self, *, shown: bool) -> None:
        """The table in the place of the picture, or the picture again."""
        self._as_table = shown
        self._show()

    def refresh_age(self) -> None:
        """Time has passed."""
        text = self._texts.age(self._data.sources) if self._data is not None else ""
        self._ages.setText(text)
        self._ages.setVisible(bool(text))

    def retranslate(self) -> None:
        """Say everything again, in the language and the formats of now."""
        self.copy_action.setText(self.tr("Copy the table"))
        self.export_action.setText(self.tr("Export as CSV…"))
        self.link_action.setText(self.tr("Open in the reporting system"))
        data = self._data
        if data is not None:
            self.set_title(data.panel.title)
            # In a narrow card the heading may be cut; read out it is whole.
            self._more.set_label(self.tr("More for “{panel}”").format(panel=data.panel.title))
            self._hint.setText(data.panel.hint)
        self._hint.setVisible(data is not None and bool(data.panel.hint))
        self._show()
        self.refresh_age()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """See QWidget."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def tab_stops(self) -> list[QWidget]:
        """Where the keyboard comes to with Tab, in this order."""
        shown = [self._chart, self._table]
        return [self._toggle, self._more, *self._chips, *(part for part in shown if part is not None)]

    # -- what is done with it

    def copy(self) -> None:
        """Put the table on the clipboard, or what of it is selected."""
        data = self._data
        if data is None or not data.rows:
            return
        chosen = self._table.chosen() if self._table is not None and self.is_table else None
        rows, columns = chosen or (None, None)
        grid = grid_of(data, self._formats.decimal_sign, self.tr("currency"), rows, columns)
        QGuiApplication.clipboard().setText(tsv_of(grid))
        self._tell(self.tr("%n row(s) copied", "", len(grid) - 1))

    def export(self) -> None:
        """Ask for the table to be saved."""
        data = self._data
        if data is None or not data.rows:
            return
        sign = self._formats.decimal_sign
        content = csv_of(grid_of(data, sign, self.tr("currency")), sign)
        name = " ".join(part for part in (self._about, data.panel.title) if part)
        self.export_requested.emit(Document(file_name(name, "csv"), CSV, content, made_here=True))

    def _follow(self) -> None:
        if self._data is not None and _is_address(self._data.link):
            self.link_requested.emit(self._data.link)

    def _open_menu(self) -> None:
        menu = QMenu(self._more)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        actions = [self.copy_action, self.export_action]
        if self._data is not None and _is_address(self._data.link):
            actions.append(self.link_action)
        menu.addActions(actions)
        width = menu.sizeHint().width()
        menu.popup(self._more.mapToGlobal(QPoint(self._more.width() - width, self._more.height())))
        menu.setActiveAction(actions[0])

    def _turn(self) -> None:
        self.show_as_table(shown=not self._as_table)

    def _tell(self, words: str) -> None:
        self._said.setText(words)
        self._said.show()
        self._hush.start()
        announce(self, words)

    # -- showing

    def _show(self) -> None:
        data = self._data
        found = currencies(data) if data is not None else ()
        if self._currency not in found:
            self._currency = found[0] if found else ""
        kind = data.panel.kind if data is not None else PanelKind.TABLE
        is_empty = data is None or not data.rows
        is_table = self.is_table and not is_empty
        is_figure = kind is PanelKind.FIGURE and not is_table and not is_empty
        picture = None if data is None or is_table or is_figure else picture_of(data, self._currency)
        for part, shown in ((self._table, is_table), (self._figure, is_figure), (self._chart, picture is not None)):
            if part is not None:
                part.setVisible(shown)
        if data is not None and is_table:
            self._tabled().show_data(data)
        elif data is not None and is_figure:
            self._figured().show_data(data)
        elif data is not None and picture is not None:
            self._charted().show_picture(picture, data.panel.title)
        self._show_choices(found if picture is not None and len(found) > 1 else ())
        self._absent.setText(self._texts.nothing(data) if data is not None else "")
        self._absent.setVisible(data is not None and not (is_table or is_figure or picture is not None))
        self._toggle.setVisible(not is_empty and kind is not PanelKind.TABLE)
        self._more.setVisible(not is_empty)
        self._toggle.set_icon("chart" if is_table else "table")
        self._toggle.set_label(self.tr("Show the picture") if is_table else self.tr("Show the table"))

    def _show_choices(self, found: tuple[str, ...]) -> None:
        if [chip.text() for chip in self._chips] != list(found):
            clear_layout(self._choices)
            self._chips = [Chip(currency) for currency in found]
            for chip in self._chips:
                chip.setCheckable(True)
                chip.clicked.connect(partial(self._choose, chip.text()))
                self._choices.addWidget(chip)
            lead_tab([self._more, *self._chips])
        for chip in self._chips:
            chip.setChecked(chip.text() == self._currency)
            chip.setAccessibleName(self.tr("Figures in {currency}").format(currency=chip.text()))
        self._chooser.setVisible(bool(found))

    def _choose(self, currency: str) -> None:
        self._currency = currency
        self._show()

    def _put(self, widget: QWidget) -> None:
        self.body.insertWidget(self.body.indexOf(self._absent), widget)
        lead_tab([self._more, widget])  # else it would come last in the window
        widget.show()  # else the layout does it a turn of the loop later

    def _tabled(self) -> PanelTable:
        if self._table is None:
            self._table = PanelTable(self._texts)
            self._put(self._table)
        self._table.setAccessibleName(self._data.panel.title if self._data is not None else "")
        return self._table

    def _figured(self) -> FigureView:
        if self._figure is None:
            self._figure = FigureView(self._texts)
            self._put(self._figure)
        return self._figure

    def _charted(self) -> Chart:
        if self._chart is None:
            self._chart = Chart(self._texts)
            self._put(self._chart)
        return self._chart


def _is_address(link: str) -> bool:
    url = QUrl(link, QUrl.ParsingMode.StrictMode)
    is_here = url.host() in ("localhost", "127.0.0.1", "::1")
    return url.isValid() and bool(url.host()) and (url.scheme() == "https" or (url.scheme() == "http" and is_here))
