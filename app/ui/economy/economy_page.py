"""The economy of a customer or a project: the reporting system's panels, and hours and expenses beside them."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QRect, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.economy import Subject
from app.ports.connection import SystemKind
from app.ports.errors import NotSignedIn
from app.services.card_parts import UNDER_WAY, Part, PartStatus
from app.services.economy import Economy, Section, Span
from app.ui.card.part_card import PartCard, source_note
from app.ui.economy.columns import place
from app.ui.economy.no_panels import NoPanels
from app.ui.economy.panel_card import PanelCard
from app.ui.economy.totals import ExpensesCard, HoursCard, days_text
from app.ui.formats import Formats
from app.ui.theme import Space, Type
from app.ui.widgets import (
    READ_AT_ONCE,
    Action,
    BusyLine,
    Button,
    IconButton,
    InTurns,
    Label,
    MessageBar,
    MessageKind,
    ScrollColumn,
    SectionHeader,
    Translated,
    Veil,
    drop,
    lay_out,
    lead_tab,
    set_tip,
    tab_stops,
)

if TYPE_CHECKING:
    from app.ui.economy.print_overview import OverviewPrint

_TWO = 620
"""From this width on two panels stand side by side."""
_REST_AFTER = 60  # ms
_COVER_AFTER = 60  # ms


class EconomyPage(Translated):
    """Shows an `Economy`, and opens it for the subject it is given while the page can be seen.

    What was seen before is drawn at once, else what the systems say as soon as all of it is there. What is in view is
    drawn first; the cards below it when nothing has changed for a moment, one in each turn of the event loop, or before
    they come into view. `finish` before you look at them.

    Signals:
        document_made: A `Document` to be shown, saved or printed; the mail address, which is empty; and the
            `MessageBar` that tells what became of it.
    """

    document_made = Signal(object, str, object)

    def __init__(
        self,
        economy: Economy,
        formats: Formats,
        on_sign_in: Callable[[SystemKind], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._economy, self._formats, self._on_sign_in = economy, formats, on_sign_in
        self._wanted: Subject | None = None
        self._whose = ""
        self._columns = 0
        self.cards: dict[str, PanelCard] = {}
        self._undrawn: dict[str, None] = {}
        self._is_listed = False  # there is a card for each panel, and it is said where there is none
        self._note = Label(step=Type.CAPTION, ink="faint")
        self._print = Button(look="quiet", picture="document", on_click=self._make_pdf)
        self._reload = IconButton("refresh")
        self._reload.clicked.connect(economy.refresh)
        self.message = MessageBar(closable=True)
        self._busy = BusyLine()
        self._empty = NoPanels(partial(on_sign_in, SystemKind.REPORTING))
        self.area = ScrollColumn()
        self._panels = QGridLayout()
        self._panels.setSpacing(Space.M)
        self._registered = SectionHeader()
        self._span = QComboBox()
        self._span.activated.connect(self._choose_span)
        self._registered.add(self._span)
        self.hours = HoursCard(economy, formats, partial(on_sign_in, SystemKind.TIME))
        self.expenses = ExpensesCard(economy, formats, partial(on_sign_in, SystemKind.EXPENSE))
        self._totals = QGridLayout()
        self._totals.setSpacing(Space.M)
        self._printing: OverviewPrint | None = None
        self._turns = InTurns(self)
        self._gather = QTimer(self, singleShot=True)
        self._gather.timeout.connect(self._draw_gathered)
        self._rest = QTimer(self, singleShot=True, interval=_REST_AFTER)
        self._rest.timeout.connect(lambda: self._turns.add(self._draw_rest()))
        # Where the cache takes longer nobody is left with the figures of the one before.
        self._covered = QTimer(self, singleShot=True, interval=_COVER_AFTER)
        self._covered.timeout.connect(lambda: self._on_part(None))
        self.area.verticalScrollBar().valueChanged.connect(self._draw_seen)
        self._lay_out()
        economy.listen(self._on_part)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self._note, 1)
        head.addWidget(self._print)
        head.addWidget(self._reload)
        top = QVBoxLayout()
        top.setContentsMargins(Space.L, Space.M, Space.L, 0)
        top.setSpacing(Space.S)
        top.addLayout(head)
        top.addWidget(self.message)
        self.area.column.addWidget(self._empty)
        self.area.column.addLayout(self._panels)
        self.area.column.addSpacing(Space.S)
        self.area.column.addWidget(self._registered)
        self.area.column.addLayout(self._totals)
        self.area.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addLayout(top)
        column.addWidget(self._busy)
        column.addWidget(self.area, 1)
        self._veil = Veil(self.area, self._reload)
        self._arrange()

    # -- whose

    def show_subject(self, subject: Subject | None, whose: str) -> None:
        """Whose economy it is, and by which name. The systems are asked once the page can be seen."""
        self._whose = whose
        self._wanted = subject
        self._follow()

    def _follow(self) -> None:
        if self.isHidden() or not self.isVisibleTo(self.window()):
            return
        if self._economy.subject != self._wanted:
            self.message.clear()
            if self._printing is not None:
                self._printing.cancel()
            self.area.verticalScrollBar().setValue(0)
            if self._wanted is None:
                self._economy.leave()
            else:
                self._economy.open(self._wanted)
                self._covered.start()
                return
        self._on_part(None)

    def event(self, event: QEvent) -> bool:
        """See QObject: it is turned to."""
        if event.type() is QEvent.Type.Show:
            self._follow()
        return super().event(event)

    def finish(self) -> None:
        """Draw at once what still waits for its turn."""
        self._draw_seen()
        self._turns.add(self._draw_rest())
        self._turns.finish()

    @property
    def is_read(self) -> bool:
        """Every panel that there is has its figures, and is drawn."""
        keys = [panel.key for panel in self._economy.panels.value or ()]
        read = all(self._economy.figures(key).status is PartStatus.READY for key in keys)
        return bool(keys) and read and not self._economy.is_busy and not self._undrawn

    def refresh_age(self) -> None:
        """Time has passed."""
        for card in self.all_cards().values():
            card.refresh_age()
        self._say_age()

    def _say_age(self) -> None:
        self._note.setText(source_note(self._economy.panels, self._formats) if self._economy.panels.value else "")

    # -- what the economy says

    def _on_part(self, name: str | None) -> None:
        if not self.isVisibleTo(self.window()):
            return
        is_busy = self._economy.is_busy
        self._busy.set_busy(is_busy, self.tr("Loading"))
        self._is_listed = self._is_listed and name not in (None, Section.PANELS)
        self._undrawn.update(dict.fromkeys(self.all_cards() if name is None else (name,)))
        if name is None:
            self._covered.stop()
            if self._is_known or (self._economy.subject is not None and not is_busy):
                self._draw_seen()
                return
            self._rest.stop()
            self._veil.cover()  # the figures of the one before may be somebody else's
        if not is_busy:
            self._gather.start(0 if name is not None else _COVER_AFTER)  # nobody's: most likely somebody's soon
        elif not self._gather.isActive() or self._gather.interval() < READ_AT_ONCE:
            self._gather.start(READ_AT_ONCE)

    @property
    def _is_known(self) -> bool:
        """There are figures of this subject. Which panels there are is the same for all of a kind."""
        return any(self._economy.part(name).value is not None for name in self.all_cards())

    def all_cards(self) -> dict[str, PartCard]:
        """By the name of the part that each shows."""
        return {**self.cards, Section.HOURS: self.hours, Section.EXPENSES: self.expenses}

    def seen(self) -> list[str]:
        """The names of the cards of which some can be seen, or could if nothing lay over the page."""
        there, view = self.area.viewport(), self.area.viewport().rect()
        places = {
            name: QRect(card.mapTo(there, QPoint()), card.size())
            for name, card in self.all_cards().items()
            if card.isVisible()
        }
        return [name for name, rect in places.items() if rect.intersects(view)]

    def is_drawn(self, name: str) -> bool:
        """What its card shows is what the economy has."""
        return name not in self._undrawn and not self._covered.isActive()

    def _draw_gathered(self) -> None:
        if not self._covered.isActive():  # else it is known in a moment what was seen of it before
            self._draw_seen()

    def _draw_seen(self) -> None:
        """Before it is painted: what stands there until then may be old. Where it comes to be lower than what stood
        there before, more is seen."""
        self._gather.stop()
        self._veil.hide()
        self._rest.start()
        if not self._is_listed:
            self._is_listed = True
            self._make_cards()
            self._show_state()
            self._say_age()
            lay_out()
        while seen := [name for name in self.seen() if name in self._undrawn]:
            for name in seen:
                self._draw_card(name)
            lay_out()

    def _draw_rest(self) -> Iterator[None]:
        while self._undrawn and self._veil.isHidden():
            self._draw_card(next(iter(self._undrawn)))
            yield

    def _draw_card(self, name: str) -> None:
        del self._undrawn[name]
        if (card := self.all_cards().get(name)) is not None:
            card.refresh()

    def _make_cards(self) -> None:
        """A card for each panel there is, in their order. While that is asked of another customer they stay, empty."""
        part = self._economy.panels
        if part.value is None and part.status in UNDER_WAY and self._wanted is not None:
            return
        panels = part.value or ()
        if [card.panel for card in self.cards.values()] == list(panels):
            return
        old, self.cards = self.cards, {}
        for panel in panels:
            card = old.get(panel.key)
            if card is None or card.panel != panel:
                to_sign_in = partial(self._on_sign_in, SystemKind.REPORTING)
                card = PanelCard(self._economy, panel, self._formats, to_sign_in, self.title)
                card.export_requested.connect(lambda document: self.document_made.emit(document, "", self.message))
                card.link_requested.connect(self._open_link)
                self._undrawn[panel.key] = None
            self.cards[panel.key] = card
        for card in old.values():
            self._panels.removeWidget(card)
        drop(card for card in old.values() if card not in self.cards.values())
        self._arrange(anew=True)
        self._order_for_tab()

    def _show_state(self) -> None:
        """What stands where no panels are, and what went wrong with asking which there are."""
        part, has_subject = self._economy.panels, self._economy.subject is not None
        self._empty.setHidden(bool(self.cards))
        self._empty.show_state(part, is_nobody=self._wanted is None)
        self._print.setEnabled(bool(part.value))
        for widget in (self._registered, self.hours, self.expenses):
            widget.setVisible(has_subject)
        self._show_fault(part)

    def _show_fault(self, part: Part[Any]) -> None:
        if part.status is not PartStatus.FAILED or part.fault is None or part.is_offline:
            if self.message.property("fault"):
                self.message.clear()
            self.message.setProperty("fault", None)
            return
        if isinstance(part.fault, NotSignedIn):
            action = Action(self.tr("Sign in…"), partial(self._on_sign_in, SystemKind.REPORTING))
        else:
            action = Action(self.tr("Try again"), partial(self._economy.reload, Section.PANELS))
        self.message.show_fault(part.fault, part.source, actions=(action,))
        self.message.setProperty("fault", "panels")

    # -- what the user does

    def _choose_span(self, row: int) -> None:
        self._economy.set_span(tuple(Span)[row])
        self._say_days()

    def _open_link(self, address: str) -> None:
        if not QDesktopServices.openUrl(QUrl(address)):
            self.message.show_message(MessageKind.ERROR, self.tr("No browser could be opened."), rest=address)

    def _make_pdf(self) -> None:
        """All that is read now, on paper."""
        from app.ui.economy.on_paper import sheet_of
        from app.ui.economy.print_overview import OverviewPrint

        sheet = sheet_of(self._economy, self.title(), self._formats)
        if not sheet.panels:
            return
        if self._printing is None:
            self._printing = OverviewPrint(self._formats, self.message, self)
            self._printing.made.connect(lambda document: self.document_made.emit(document, "", self.message))
        self._printing.start(sheet)

    def title(self) -> str:
        """Whose economy it is, on paper and in the names of files: the number and the name."""
        subject = self._economy.subject
        return f"{subject.number} {self._whose}".strip() if subject is not None else ""

    # -- looks

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().resizeEvent(event)
        self._arrange()
        if not self._gather.isActive():
            self._gather.start(0)

    def _arrange(self, *, anew: bool = False) -> None:
        columns = 2 if self.width() >= _TWO else 1
        if columns == self._columns and not anew:
            return
        self._columns = columns
        place(self._panels, [(card, card.is_wide) for card in self.cards.values()], columns)
        place(self._totals, [(self.hours, False), (self.expenses, False)], columns)

    def _order_for_tab(self) -> None:
        """As it stands on the page: Qt puts what is made late behind everything in the window."""
        above = [self._print, self._reload, *tab_stops(self.message), *tab_stops(self._empty)]
        panels = [stop for card in self.cards.values() for stop in card.view.tab_stops()]
        below = [self._span, *tab_stops(self.hours), *tab_stops(self.expenses)]
        lead_tab([*above, *panels, *below])

    def come_after(self, part: QWidget) -> None:
        """Tab leads from this part of the window to the page."""
        lead_tab([part, self._print])
        self._order_for_tab()

    def retranslate(self) -> None:
        """See `Translated`."""
        self.setAccessibleName(self.tr("Economy"))
        self._print.setText(self.tr("As PDF"))
        set_tip(self._print, self.tr("Show all panels on paper: to print, save or mail them"))
        self._reload.set_label(self.tr("Read everything again"))
        self._registered.set_title(self.tr("Hours and expenses"))
        for widget in (self._span, self._span.view()):  # and the list that opens
            widget.setAccessibleName(self.tr("Period"))
        names = (self.tr("12 months"), self.tr("This year"), self.tr("Last year"))
        row = tuple(Span).index(self._economy.span)
        self._span.clear()
        self._span.addItems(names)
        self._span.setCurrentIndex(row)
        for card in self.all_cards().values():
            card.retranslate()
        self._say_days()
        self._show_state()
        self.refresh_age()

    def _say_days(self) -> None:
        self._registered.set_note(days_text(self._economy.period, self._formats))
