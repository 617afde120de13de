"""A company's categories and tags, in as many lines as they need."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.contacts import Category
from app.domain.parties import Choice
from app.services.card import CustomerCard
from app.services.crm_writing import PendingWrite
from app.ui.card.category_chip import CategoryChip
from app.ui.widgets import Badge, FlowLayout, clear_layout


class CategoryRow(QWidget):
    """The chips stay for the next customer's: making and styling them anew takes longer.

    Signals:
        chosen: A `Category`, and a tuple of the `Choice`s that it shall have.
        failed: A `SystemFault`: the choices could not be read.
    """

    chosen = Signal(object, object)
    failed = Signal(object)

    def __init__(self, card: CustomerCard) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._card = card
        self._flow = FlowLayout(self)
        self._chips: list[CategoryChip] = []
        self._tags: list[Badge] = []
        self._shown: object = None
        self._focused = ""  # the key of the chip that has the keyboard, or had it before it was on its way

    def show_categories(
        self, categories: Sequence[Category], tags: Sequence[str], pending: Mapping[str, PendingWrite]
    ) -> None:
        """Show these; ``pending`` is what is on its way to the CRM, by the category's key."""
        shown = (categories, tags, tuple((key, write.state) for key, write in pending.items()))
        if shown == self._shown:
            return
        self._shown = shown
        # A chip on its way takes no keyboard; it stays near, and comes back when the CRM has answered.
        focused = next((chip.key for chip in self._chips if chip.hasFocus()), "")
        if focused:
            self.setFocus()
        elif self.hasFocus():
            focused = self._focused
        self._focused = focused
        self._show_chips([one for one in categories if one.value or one.can_set], pending, focused)
        self._show_tags(tags)
        self.setVisible(any(not each.isHidden() for each in (*self._chips, *self._tags)))
        self.updateGeometry()

    def _show_chips(self, categories: Sequence[Category], pending: Mapping[str, PendingWrite], focused: str) -> None:
        if len(categories) > len(self._chips) or any(chip.was_asked for chip in self._chips):
            clear_layout(self._flow)  # they stand before the tags
            self._chips, self._tags = [], []
        for place, category in enumerate(categories):
            if place == len(self._chips):
                self._make_chip(category)
            chip = self._chips[place]
            chip.show_category(category, pending.get(category.key))
            chip.show()
            if chip.key == focused:
                chip.setFocus(Qt.FocusReason.OtherFocusReason)
        for chip in self._chips[len(categories) :]:
            chip.hide()

    def _make_chip(self, category: Category) -> None:
        chip = CategoryChip(self._card, category)
        chip.failed.connect(self.failed)
        chip.chosen.connect(partial(self._on_chosen, chip))
        self._chips.append(chip)
        self._flow.addWidget(chip)

    def _on_chosen(self, chip: CategoryChip, values: tuple[Choice, ...]) -> None:
        self.chosen.emit(chip.category, values)

    def _show_tags(self, tags: Sequence[str]) -> None:
        for place, tag in enumerate(tags):
            if place == len(self._tags):
                self._tags.append(Badge())
                self._flow.addWidget(self._tags[place])
            self._tags[place].setText(tag)
            self._tags[place].show()
        for badge in self._tags[len(tags) :]:
            badge.hide()
