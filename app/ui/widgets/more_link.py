"""Long lists show their first few and say how many more there are."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from app.ui.widgets.buttons import Button

T = TypeVar("T")


class MoreLink(Button):
    """The link below such a list: ``4 more``, and ``Show fewer`` when all are shown. Hidden where a few are all.

    Attributes:
        shows_all: The user wants to see all of them.
    """

    def __init__(self, few: int, on_toggled: Callable[[], None]) -> None:
        """``on_toggled`` draws the list anew: `of` says then what to draw, and `tell` what the link says."""
        super().__init__(look="link", on_click=self._toggle)
        self._few = few
        self._on_toggled = on_toggled
        self.shows_all = False

    def of(self, items: Sequence[T]) -> Sequence[T]:
        """Those that are to be shown."""
        return items if self.shows_all else items[: self._few]

    def tell(self, count: int) -> None:
        """Say how many of ``count`` are not shown."""
        self.setVisible(count > self._few)
        self.setText(self.tr("Show fewer") if self.shows_all else self.tr("{n} more").format(n=count - self._few))

    def _toggle(self) -> None:
        self.shows_all = not self.shows_all
        self._on_toggled()
