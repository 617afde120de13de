"""A category that can be changed in place."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from app.domain.contacts import Category
from app.domain.parties import Choice
from app.ports.errors import SystemFault
from app.services.card import CustomerCard
from app.ui.theme import icon
from app.ui.widgets import Chip, plain_tooltip


class CategoryChip(Chip):
    """Shows a category; a click offers the CRM's choices.

    Signals:
        failed: A `SystemFault`: the choices could not be read, or the CRM did not take the change.
    """

    failed = Signal(object)

    def __init__(self, card: CustomerCard, category: Category) -> None:
        super().__init__()
        self._card = card
        self._category = category
        self._menu: QMenu | None = None
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the word
        self.setIconSize(QSize(12, 12))
        self.setEnabled(category.can_set)
        self.clicked.connect(self._ask)
        self._show()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """See QWidget."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._show()

    def _show(self) -> None:
        category = self._category
        value = category.value or self.tr("not set")
        # The name of the category is said only where its value does not speak for itself.
        self.set_text(category.value or f"{category.label}: {value}", f"{category.label}: {value}")
        if category.can_set:
            self.setIcon(icon("chevron-down", "faint", 12))
            self.setToolTip(plain_tooltip(self.tr("{category}: click to change").format(category=category.label)))
        else:
            self.setToolTip(plain_tooltip(category.label))

    def _ask(self) -> None:
        menu = QMenu(self)
        self._menu = menu
        menu.setAccessibleName(self._category.label)
        waiting = menu.addAction(self.tr("Loading…"))
        waiting.setEnabled(False)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._card.category_choices(self._category.key, partial(self._offer, menu), partial(self._on_failed, menu))

    def _offer(self, menu: QMenu, choices: Sequence[Choice]) -> None:
        if menu is not self._menu or not menu.isVisible():
            return
        menu.clear()
        for choice in choices:
            action = menu.addAction(choice.label.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(choice.id == self._category.value_id)
            action.triggered.connect(_dropping(partial(self._choose, choice.id)))
        if self._category.value_id:
            menu.addSeparator()
            menu.addAction(self.tr("None")).triggered.connect(_dropping(partial(self._choose, "")))
        menu.adjustSize()
        if not menu.geometry().contains(QCursor.pos()) and menu.actions():
            menu.setActiveAction(menu.actions()[0])

    def _choose(self, value_id: str) -> None:
        if value_id != self._category.value_id:
            self._card.set_category(self._category.key, value_id, self.failed.emit)

    def _on_failed(self, menu: QMenu, fault: SystemFault) -> None:
        if menu is self._menu:
            menu.close()
            self.failed.emit(fault)


def _dropping(act: Callable[[], object]) -> Callable[[bool], None]:
    def slot(_checked: bool) -> None:
        act()

    return slot
