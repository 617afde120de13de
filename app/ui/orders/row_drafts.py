"""The row that is being typed: remembered while the cursor is in it, and offered again where the program ended there.

From the moment it is left the write journal has it.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.domain.orders import LineField
from app.ports.connection import SystemKind
from app.ports.drafts import Draft
from app.services.order_desk import DeskOrder, OrderDesk
from app.services.order_recovery import Recovered
from app.services.order_rows import RowStatus
from app.ui.formats import Formats
from app.ui.orders.columns import COLUMN_OF, FIELD_OF
from app.ui.orders.lines_model import LinesModel
from app.ui.orders.lines_view import LinesView
from app.ui.orders.order_opening import OrderOpening
from app.ui.widgets import Action, MessageBar, MessageKind, Soon

_TYPED_IN_TURN = (  # another product takes back what follows from it, so it comes first
    LineField.PRODUCT,
    LineField.DESCRIPTION,
    LineField.QUANTITY,
    LineField.UNIT,
    LineField.DISCOUNT,
    LineField.UNIT_PRICE,
)
_EDIT = Qt.ItemDataRole.EditRole


class RowDrafts(MessageBar):
    """Tells of the rows that an earlier run left in the middle of being typed. Hidden where there are none."""

    def __init__(
        self,
        lines: LinesView,
        desk: OrderDesk,
        opening: OrderOpening,
        leave: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines, self._desk, self._opening, self._leave = lines, desk, opening, leave
        self._place = ""  # of what is typed now
        self._wanted: Draft | None = None  # is typed on as soon as its order is there
        self._soon = Soon(self._look, self)
        self.look_soon = self._soon.ask
        lines.current_row_changed.connect(self.look_soon)
        desk.drafts.listen(self._show)

    # -- what is typed

    def show_order(self, model: LinesModel | None) -> None:
        """Another order, or none."""
        self._forget()
        if model is None:
            return
        model.dataChanged.connect(self.look_soon)
        model.rowsRemoved.connect(self.look_soon)
        draft, self._wanted = self._wanted, None
        if draft is not None and self._is_of(model, draft):
            self._type(model, draft.texts)
            self._desk.drafts.drop(SystemKind.ERP, draft.place)

    def _look(self) -> None:
        model = self._lines.lines
        typed = self._typed(model) if model is not None else {}
        if model is None or not typed:
            self._forget()
            return
        order, key = model.session.order, self._lines.current_key
        line_id = model.session.row(key).line.id if key is not None else ""
        place = f"row {model.session.slot} {line_id}"
        if place != self._place:
            self._forget()
            self._place = place
        customer = order.header.customer
        about = {
            "slot": model.session.slot,
            "order": order.id or "",
            "number": order.number,
            "customer": customer.id,
            "name": customer.name,
            "line": line_id,
        }
        self._desk.drafts.keep(SystemKind.ERP, place, about | typed)

    def _forget(self) -> None:
        if self._place:
            self._desk.drafts.drop(SystemKind.ERP, self._place)
            self._place = ""

    def _typed(self, model: LinesModel) -> dict[str, str]:
        """What is typed in the row under the cursor and has not been left, by field."""
        here = self._lines.currentIndex()
        view = model.view(here.row())
        texts: dict[str, str] = {}
        if view is not None and view.status is RowStatus.TYPING:
            edit = model.session.edits.get(view.line.id)
            names = {*view.bad, *(edit.values if edit is not None else ())}
            texts = {name.value: str(model.index(here.row(), COLUMN_OF[name]).data(_EDIT) or "") for name in names}
        name, open_text = FIELD_OF.get(here.column()), self._open_text()
        if name is not None and open_text is not None and open_text != str(here.data(_EDIT) or ""):
            texts[name.value] = open_text
        return texts if any(texts.values()) else {}

    def _open_text(self) -> str | None:
        for editor in self._lines.findChildren(QWidget, "cellEditor"):
            if editor.isVisible():
                match editor:
                    case QLineEdit():
                        return editor.text()
                    case QPlainTextEdit():
                        return editor.toPlainText()
        return None

    # -- what was left

    def recovered(self, recovered: Recovered) -> None:
        """What came of rows that were left: a row that was among them is no draft any more."""
        for draft in self._desk.drafts.left(SystemKind.ERP):
            if draft.texts.get("line") in recovered.entry.changes.line_ids:
                self._desk.drafts.drop(SystemKind.ERP, draft.place)

    def _show(self) -> None:
        draft = next(iter(self._desk.drafts.left(SystemKind.ERP)), None)
        if draft is None:
            self.clear()
            return
        if draft.texts["number"]:
            what = self.tr("You were typing a line of order {number} {when}. It is not in the ERP.")
        else:
            what = self.tr("You were typing a line of a new order for {customer} {when}. It is not in the ERP.")
        for hole, text in (("{number}", draft.texts["number"]), ("{customer}", draft.texts["name"])):
            what = what.replace(hole, text)
        typed = [text for name in _TYPED_IN_TURN if (text := " ".join(draft.texts.get(name.value, "").split()))]
        self.show_message(
            MessageKind.INFO,
            what.replace("{when}", Formats().moment(draft.moment)),
            rest=" · ".join(typed),
            actions=(
                Action(self.tr("Continue"), lambda: self._go_on(draft), "primary"),
                Action(self.tr("Discard"), lambda: self._desk.drafts.drop(SystemKind.ERP, draft.place)),
            ),
        )

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and not self.isHidden():
            self._show()

    def _go_on(self, draft: Draft) -> None:
        """Open its order, and type it in again. It is remembered until it is typed."""
        self._leave()
        self._wanted = draft
        texts = draft.texts
        there = self._desk.of_slot(texts["slot"])
        if isinstance(there, DeskOrder):
            self._opening.show(there)
        elif order_id := texts["order"] or there:
            self._opening.open(order_id)
        else:
            self._opening.begin(texts["customer"])

    def _is_of(self, model: LinesModel, draft: Draft) -> bool:
        """Another order may have been opened before the one that was asked for came."""
        order, there = model.session.order, self._desk.of_slot(draft.texts["slot"])
        if isinstance(there, DeskOrder):
            return there.session is model.session
        wanted = draft.texts["order"] or there or ""
        return (order.id or "") == wanted and order.header.customer.id == draft.texts["customer"]

    def _type(self, model: LinesModel, texts: Mapping[str, str]) -> None:
        keys = model.session.keys()
        key = next((key for key in keys if model.session.row(key).line.id == texts["line"]), None)
        row = keys.index(key) if key is not None else len(keys)
        last = None
        for name in _TYPED_IN_TURN:
            if text := texts.get(name.value):
                model.setData(model.index(row, COLUMN_OF[name]), text)
                last = COLUMN_OF[name]
        if last is not None:
            self._lines.setFocus()
            self._lines.setCurrentIndex(model.index(row, last))
