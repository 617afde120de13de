"""Cases and campaigns, in the CRM's own words; and what the ERP says of the credit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from app.domain.contacts import Campaign, SupportCase
from app.domain.parties import Customer
from app.services.card import CustomerCard
from app.services.card_parts import PartName
from app.ui.card.part_card import PartCard
from app.ui.formats import Formats
from app.ui.theme import Space, Tone, Type
from app.ui.widgets import Badge, ElidedLabel, Fact, KeyValueGrid, MoreLink

_FEW = 4
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    note: str
    figure: str
    badge: str
    tone: Tone


class _Row:
    """The labels of a line, in a row of a grid."""

    def __init__(self, grid: QGridLayout, row: int) -> None:
        self._name, self._figure, self._badge = ElidedLabel(), ElidedLabel(figures=True), Badge()
        self._note = ElidedLabel(step=Type.CAPTION, ink="faint")
        self._figure.setAlignment(self._figure.alignment() | self._figure.alignment().AlignRight)
        self._labels = (self._name, self._note, self._figure, self._badge)
        for column, label in enumerate(self._labels):
            grid.addWidget(label, row, column)

    def show(self, line: _Line) -> None:
        self._name.setText(line.name)
        self._name.setAccessibleName(", ".join(p for p in (line.name, line.badge, line.figure, line.note) if p))
        self._note.setText(line.note)
        self._figure.setText(line.figure)
        self._badge.set_state(line.badge, line.tone)
        for label in self._labels:
            label.setVisible(label is not self._badge or bool(line.badge))

    def hide(self) -> None:
        for label in self._labels:
            label.hide()


class _ListCard(PartCard):
    """A short list of things that go on."""

    def __init__(self, card: CustomerCard, part: PartName, formats: Formats, on_sign_in: Any) -> None:
        super().__init__(card, part, formats, on_sign_in)
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnStretch(0, 1)
        self._more = MoreLink(_FEW, self.refresh)
        self._column.addLayout(self._grid)
        self._column.addWidget(self._more)
        self._rows: list[_Row] = []  # kept for the next customer
        self._drawn: object = None
        self.retranslate()

    def lines(self, value: Any) -> tuple[_Line, ...]:
        """The rows."""
        raise NotImplementedError

    def forget(self) -> None:
        """See `PartCard`."""
        self._drawn = None

    def show_value(self, value: Any) -> bool:
        """See `PartCard`."""
        lines = self.lines(value)
        if (lines, self._more.shows_all) != self._drawn:
            self._drawn = (lines, self._more.shows_all)
            self._draw(lines)
        return bool(lines)

    def _draw(self, lines: Sequence[_Line]) -> None:
        shown = self._more.of(lines)
        while len(self._rows) < len(shown):
            self._rows.append(_Row(self._grid, len(self._rows)))
        for row, line in zip(self._rows, shown, strict=False):
            row.show(line)
        for row in self._rows[len(shown) :]:
            row.hide()
        self._more.tell(len(lines))


class CasesCard(_ListCard):
    """Support cases, open ones first."""

    def __init__(self, card: CustomerCard, formats: Formats, on_sign_in: Any) -> None:
        super().__init__(card, PartName.CASES, formats, on_sign_in)

    def title(self) -> str:
        """See `PartCard`."""
        return translate("Processes", "Cases")

    def absent_text(self) -> str:
        """See `PartCard`."""
        return translate("Processes", "No support cases.")

    def lines(self, value: Sequence[SupportCase]) -> tuple[_Line, ...]:
        """See `_ListCard`."""
        return tuple(
            _Line(
                case.title,
                self.formats.named_day(case.opened.astimezone().date()) if case.opened is not None else "",
                case.priority,
                case.status,
                Tone.WARNING if case.is_open else Tone.NEUTRAL,
            )
            for case in value
        )


class CampaignsCard(_ListCard):
    """Campaigns that somebody here is part of, newest first."""

    def __init__(self, card: CustomerCard, formats: Formats, on_sign_in: Any) -> None:
        super().__init__(card, PartName.CAMPAIGNS, formats, on_sign_in)

    def title(self) -> str:
        """See `PartCard`."""
        return translate("Processes", "Campaigns")

    def absent_text(self) -> str:
        """See `PartCard`."""
        return translate("Processes", "Not part of any campaign.")

    def lines(self, value: Sequence[Campaign]) -> tuple[_Line, ...]:
        """See `_ListCard`."""
        return tuple(
            _Line(
                campaign.name,
                self.formats.named_day(campaign.sent) if campaign.sent is not None else "",
                "",
                campaign.kind,
                Tone.NEUTRAL,
            )
            for campaign in value
        )


class CreditCard(PartCard):
    """Credit, terms and price list as the ERP has them. Nothing is computed here."""

    def __init__(self, card: CustomerCard, formats: Formats, on_sign_in: Any) -> None:
        super().__init__(card, PartName.CUSTOMER, formats, on_sign_in)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        self._facts = KeyValueGrid()
        column.addWidget(self._facts)
        self._shown: object = None
        self.retranslate()

    def title(self) -> str:
        """See `PartCard`."""
        return translate("Credit", "Terms and credit")

    def absent_text(self) -> str:
        """See `PartCard`."""
        return translate("Credit", "The ERP does not know this customer.")

    def forget(self) -> None:
        """See `PartCard`."""
        self._shown = None

    def show_value(self, value: Customer) -> bool:
        """See `PartCard`."""
        if value == self._shown:
            return True
        self._shown = value
        facts: list[Fact] = []
        credit = value.credit
        for name, money, ink in (
            (translate("Credit", "Credit limit"), credit.limit, ""),
            (translate("Credit", "Owed"), credit.receivable, ""),
            (
                translate("Credit", "Of it overdue"),
                credit.overdue,
                "danger" if credit.overdue is not None and credit.overdue.amount > 0 else "",
            ),
        ):
            if money is not None:
                facts.append(Fact(name, self.formats.money(money), ink, figures=True))
        for name, words in (
            (translate("Credit", "Payment term"), value.payment_term.label if value.payment_term else ""),
            (translate("Credit", "Price list"), value.price_list.label if value.price_list else ""),
            (translate("Credit", "VAT number"), value.vat_number),
        ):
            if words:
                facts.append(Fact(name, words, figures=True))
        self._facts.show_facts(facts)
        return True
