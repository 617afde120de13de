"""Numbers, money and times in the user's own format. Decimal becomes text digit by digit, never through a float."""

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from app.domain.money import Money
from app.domain.orders import Unit

_FEWEST_PRICE_DIGITS = 2


class Formats:
    """What a locale says about numbers and dates.

    Attributes:
        decimal_sign: ``","`` or ``"."``.
    """

    def __init__(self, locale: QLocale) -> None:
        self.locale = locale
        self.decimal_sign = locale.decimalPoint()
        self._group = locale.groupSeparator()

    def plain(self, number: Decimal) -> str:
        """A number to edit: no grouping, no digits that say nothing."""
        text = f"{number:f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return text.replace(".", self.decimal_sign)

    def number(self, number: Decimal, fewest: int = 0) -> str:
        """A number to read, grouped, with at least ``fewest`` decimals and all that it has."""
        whole, _, fraction = f"{abs(number):f}".partition(".")
        fraction = fraction.rstrip("0").ljust(fewest, "0")
        groups = f"{int(whole):,}".replace(",", self._group)
        minus = self.locale.negativeSign() if number < 0 else ""
        return f"{minus}{groups}{self.decimal_sign}{fraction}" if fraction else f"{minus}{groups}"

    def quantity(self, quantity: Decimal | None, unit: Unit | None) -> str:
        """A quantity with the decimals that its unit has and it needs."""
        del unit  # the ERP rounds to the unit's digits; here nothing is rounded
        return "" if quantity is None else self.number(quantity)

    def amount(self, money: Money) -> str:
        """An amount without its currency, for a column where the currency stands elsewhere."""
        return self.number(money.amount, _FEWEST_PRICE_DIGITS)

    def money(self, money: Money | None) -> str:
        """An amount with its currency, e.g. ``1.234,50 DKK``; a dash where there is none."""
        return "–" if money is None else f"{self.amount(money)}\u00a0{money.currency}"

    def percent(self, fraction: Decimal, *, sign: bool = True) -> str:
        """``Decimal("0.125")`` as ``12,5 %``."""
        percent = (fraction.scaleb(2)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        text = self.plain(percent)
        return f"{text}\u00a0%" if sign else text

    def date(self, day: date | None) -> str:
        """A day in the short format; a dash where there is none."""
        if day is None:
            return "–"
        return self.locale.toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)

    def time(self, moment: datetime) -> str:
        """Hour and minute in this computer's time zone."""
        local = moment.astimezone()
        return self.locale.toString(QTime(local.hour, local.minute), "HH:mm")

    def age(self, moment: datetime, now: datetime | None = None) -> str:
        """How long ago, in words: ``just now``, ``2 min ago``, ``3 h ago``, then the date."""
        seconds = ((now or datetime.now(UTC)) - moment).total_seconds()
        translate = QCoreApplication.translate
        if seconds < 60:
            return translate("Formats", "just now")
        if seconds < 3600:
            return translate("Formats", "{n} min ago").replace("{n}", str(int(seconds // 60)))
        if seconds < 86400:
            return translate("Formats", "{n} h ago").replace("{n}", str(int(seconds // 3600)))
        return self.date(moment.astimezone().date())
