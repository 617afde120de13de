"""A panel that is one figure, or one in each currency."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.economy import ColumnRole, PanelData
from app.ui.economy.texts import PanelTexts
from app.ui.theme import Space, Type
from app.ui.widgets import ElidedLabel, FlowLayout, Label, clear_layout

_LONG = 17
"""Signs from which on a figure is written smaller."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the panel in words.

    Attributes:
        name: What it is of, or empty.
        details: ``Orders: 12``, one for each further column.
    """

    name: str
    value: str
    details: tuple[str, ...]


def figures_of(data: PanelData, texts: PanelTexts) -> Iterator[Figure]:
    """The figures of a panel in the order of its rows."""
    at = data.column(ColumnRole.VALUE)
    names = [n for n, column in enumerate(data.columns) if column.role in (ColumnRole.CATEGORY, ColumnRole.SERIES)]
    for row in data.rows:
        said = [texts.cell(cell, column.type) for cell, column in zip(row, data.columns, strict=True)]
        details = tuple(
            f"{column.label}: {text}"
            for text, column in zip(said, data.columns, strict=True)
            if column.role is ColumnRole.DETAIL and text
        )
        value = said[at] if at is not None else ""
        yield Figure(", ".join(said[n] for n in names if said[n]), value or "–", details)


class FigureView(QWidget):
    """Figures in large type, beside one another where there is room."""

    def __init__(self, texts: PanelTexts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._flow = FlowLayout(self, gap=Space.XL, line_gap=Space.S)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_data(self, data: PanelData) -> None:
        """Show these figures."""
        clear_layout(self._flow)
        for figure in figures_of(data, self._texts):
            self._flow.addWidget(_block(figure))
        self.setAccessibleName(data.panel.title)


def _block(figure: Figure) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    if figure.name:
        column.addWidget(ElidedLabel(figure.name, Type.CAPTION, "muted"))
    step = Type.DISPLAY if len(figure.value) < _LONG else Type.TITLE
    value = ElidedLabel(figure.value, step, figures=True)
    value.setAccessibleName(f"{figure.name}: {figure.value}" if figure.name else figure.value)
    column.addWidget(value)
    for detail in figure.details:
        column.addWidget(Label(detail, Type.CAPTION, "muted", figures=True))
    return block
