"""What the customer of an order owes, in the ERP's own figures."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.parties import Credit
from app.ui.formats import Formats
from app.ui.theme import Space, Type
from app.ui.widgets import ElidedLabel, IconView, Label, Translated


class CreditLine(Translated):
    """Limit and balance side by side, and what the ERP says is overdue. Whether an order is too much is the ERP's to
    say, when it is to be confirmed.
    """

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._credit: Credit | None = None
        self._figures = ElidedLabel(step=Type.CAPTION, ink="muted", figures=True)
        self._sign = IconView("alert", "warning", 13)
        self._overdue = Label(step=Type.CAPTION, ink="warning", figures=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self._figures)
        row.addSpacing(Space.S)
        row.addWidget(self._sign)
        row.addWidget(self._overdue)
        row.addStretch(1)
        self.hide()

    def show_credit(self, credit: Credit | None) -> None:
        """Show these figures; nothing where there are none."""
        if credit != self._credit:
            self._credit = credit
            self.retranslate()

    @property
    def text(self) -> str:
        """Everything it says."""
        if self.isHidden():
            return ""
        overdue = self._overdue.text() if not self._overdue.isHidden() else ""
        return " · ".join(part for part in (self._figures.text(), overdue) if part)

    def retranslate(self) -> None:
        """See `Translated`."""
        credit = self._credit or Credit()
        parts = []
        if credit.limit is not None:
            parts.append(self.tr("Credit limit {amount}").format(amount=self._formats.money(credit.limit)))
        if credit.receivable is not None:
            parts.append(self.tr("owes {amount}").format(amount=self._formats.money(credit.receivable)))
        self._figures.setText(" · ".join(parts))
        is_overdue = credit.overdue is not None and credit.overdue.amount > 0
        if credit.overdue is not None:
            self._overdue.setText(self.tr("{amount} overdue").format(amount=self._formats.money(credit.overdue)))
        self._overdue.setVisible(is_overdue)
        self._sign.setVisible(is_overdue)
        self.setVisible(bool(parts) or is_overdue)
