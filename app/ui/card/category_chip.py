"""A category that can be changed in place."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QIcon
from PySide6.QtWidgets import QMenu

from app.domain.contact_changes import CategoryChange
from app.domain.contacts import Category
from app.domain.parties import Choice
from app.ports.errors import SystemFault
from app.services.card import CustomerCard
from app.services.crm_writing import PendingWrite
from app.ui.card.choices_popup import ChoicesPopup
from app.ui.theme import icon
from app.ui.widgets import Chip, set_tip


class CategoryChip(Chip):
    """Shows a category; a click offers the CRM's choices.

    Attributes:
        key: The category's.
        category: The one that is shown.
        was_asked: The choices are offered, or were: what offers them belongs to the chip.

    Signals:
        chosen: A tuple of the `Choice`s that it shall have.
        failed: A `SystemFault`: the choices could not be read.
    """

    chosen = Signal(object)
    failed = Signal(object)

    def __init__(self, card: CustomerCard, category: Category) -> None:
        super().__init__()
        self._card = card
        self.was_asked = False
        self._menu: QMenu | None = None
        self.popup: ChoicesPopup | None = None
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the word
        self.setIconSize(QSize(12, 12))
        self.clicked.connect(self._ask)
        self.show_category(category, None)

    def show_category(self, category: Category, pending: PendingWrite | None) -> None:
        """Show another one, or what became of it; not after `was_asked`."""
        self.key = category.key
        self.category, self._pending = category, pending
        # What is on its way is certain before anything else is chosen.
        self._can_set = category.can_set and (pending is None or pending.is_stopped)
        self.setEnabled(self._can_set)
        self._show()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._show()

    def _show(self) -> None:
        category, pending = self.category, self._pending
        wanted = pending.change if pending is not None and not pending.is_stopped else None
        words = wanted.words if isinstance(wanted, CategoryChange) else category.value
        value = words or self.tr("not set")
        # The name of the category is said only where its value does not speak for itself.
        shown = words or f"{category.label}: {value}"
        if wanted is not None:
            self.set_text(
                f"{shown} …", self.tr("{category}, on its way to the CRM").format(category=f"{category.label}: {value}")
            )
            self.setIcon(QIcon())
            set_tip(self, self.tr("On its way to the CRM"))
            return
        self.set_text(shown, f"{category.label}: {value}")
        if self._can_set:
            self.setIcon(icon("chevron-down", "faint", 12))
            set_tip(self, self.tr("{category}: click to change").format(category=category.label))
        else:
            self.setIcon(QIcon())
            set_tip(self, category.label)

    def _ask(self) -> None:
        self.was_asked = True
        if self.category.several:
            self._ask_several()
            return
        menu = QMenu(self)
        self._menu = menu
        menu.setAccessibleName(self.category.label)
        waiting = menu.addAction(self.tr("Loading…"))
        waiting.setEnabled(False)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._card.work.category_choices(self.category.key, partial(self._offer, menu), partial(self._on_failed, menu))

    def _ask_several(self) -> None:
        popup = ChoicesPopup(self.category.label, self.tr("Loading…"), self.category.values, self)
        popup.taken.connect(self.chosen)
        popup.left.connect(self._forget_popup)
        self.popup = popup
        popup.open_at(self.mapToGlobal(QPoint(0, self.height() + 2)))
        how = self.tr("Space marks, Enter chooses, Esc takes back")

        def offer(choices: Sequence[Choice]) -> None:
            if self.popup is popup:
                popup.show_choices(choices, how)

        def failed(fault: SystemFault) -> None:
            if self.popup is popup:
                popup.close()
                self.failed.emit(fault)

        self._card.work.category_choices(self.category.key, offer, failed)

    def _forget_popup(self) -> None:
        self.popup = None

    def _offer(self, menu: QMenu, choices: Sequence[Choice]) -> None:
        if menu is not self._menu or not menu.isVisible():
            return
        menu.clear()
        for choice in choices:
            action = menu.addAction(choice.label.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(choice.id in self.category.value_ids)
            action.triggered.connect(_dropping(partial(self._choose, (choice,))))
        if self.category.values:
            menu.addSeparator()
            menu.addAction(self.tr("None")).triggered.connect(_dropping(partial(self._choose, ())))
        menu.adjustSize()
        if not menu.geometry().contains(QCursor.pos()) and menu.actions():
            menu.setActiveAction(menu.actions()[0])

    def _choose(self, values: tuple[Choice, ...]) -> None:
        if tuple(value.id for value in values) != self.category.value_ids:
            self.chosen.emit(values)

    def _on_failed(self, menu: QMenu, fault: SystemFault) -> None:
        if menu is self._menu:
            menu.close()
            self.failed.emit(fault)


def _dropping(act: Callable[[], object]) -> Callable[[bool], None]:
    def slot(_checked: bool) -> None:
        act()

    return slot
