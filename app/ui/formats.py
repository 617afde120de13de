"""Numbers, money, dates and ages as this user writes them. Money never becomes a float."""

from datetime import UTC, date, datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.domain.money import Money
from app.domain.orders import Unit

translate = QCoreApplication.translate
NBSP = "\u00a0"
_WITHOUT_MINOR = frozenset({"ISK", "JPY", "KRW"})


class Formats:
    """The formats of the user's locale.

    Without a locale of its own it follows the one of the application (see `app.ui.language`), also when that changes.
    """

    def __init__(self, locale: QLocale | None = None) -> None:
        self._locale = locale

    @property
    def locale(self) -> QLocale:
        """The locale in force."""
        return self._locale or QLocale()

    @property
    def decimal_sign(self) -> str:
        """``","`` or ``"."``: what `app.domain.numbers.parse_number` asks for."""
        return self.locale.decimalPoint()

    @property
    def month_first(self) -> bool:
        """Whether ``12/4`` is the 4th of December, as Americans write it."""
        pattern = self.locale.dateFormat(QLocale.FormatType.ShortFormat).lower()
        return pattern.find("m") < pattern.find("d") and not pattern.startswith("y")

    def plain(self, value: Decimal) -> str:
        """``value`` as one types it: without grouping signs and superfluous zeros."""
        return self._text(value, group="", least=0)

    def number(self, value: Decimal, *, least: int = 0) -> str:
        """``value`` with its own digits: at least ``least`` decimals, and further ones unless they are zeros."""
        return self._text(value, group=self.locale.groupSeparator(), least=least)

    def quantity(self, value: Decimal | None, unit: Unit | None = None) -> str:
        """A quantity: whole ones without decimals, others with those of their unit; empty where nothing is typed."""
        if value is None:
            return ""
        is_whole = value == value.to_integral_value()
        return self.number(value, least=0 if is_whole or unit is None else unit.digits)

    def hours(self, value: Decimal) -> str:
        """Hours to the hundredth, which is half a minute: a time system has 85.1833 of them for 85:11."""
        return self.number(Decimal(f"{value:.2f}"), least=2)  # `round` knows no more than 28 digits

    def amount(self, value: Money) -> str:
        """The amount without its currency, for columns whose heading has it."""
        return self.number(value.amount, least=0 if value.currency in _WITHOUT_MINOR else 2)

    def money(self, value: Money) -> str:
        """The amount with its currency: ``5.612,00 kr.`` for a Dane, ``DKK 5,612.00`` for a Briton."""
        locale = self.locale
        own = locale.currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode) == value.currency
        sign = locale.currencySymbol() if own else value.currency
        # Only the place of the sign is asked for; the one is no amount of anything.
        if locale.toCurrencyString(1, "¤").startswith("¤"):
            return f"{sign}{NBSP if len(sign) > 1 else ''}{self.amount(value)}"
        return f"{self.amount(value)}{NBSP}{sign}"

    def percent(self, fraction: Decimal, *, sign: bool = True) -> str:
        """A fraction as per cent: 0.125 is ``12,5 %``, or ``12,5`` without the sign."""
        text = self.number(fraction.scaleb(2))
        return f"{text}{NBSP}%" if sign else text

    def day(self, value: date) -> str:
        """A date in the user's short format."""
        return self.locale.toString(QDate(value.year, value.month, value.day), QLocale.FormatType.ShortFormat)

    def named_day(self, value: date) -> str:
        """A date with the month's name, and the year where it is another one: ``4. dec.``."""
        locale = self.locale
        is_danish = locale.language() is QLocale.Language.Danish
        pattern = "d. MMM" if is_danish else "d MMM"
        if value.year != today().year:
            pattern += " yyyy"
        return locale.toString(QDate(value.year, value.month, value.day), pattern)

    def clock(self, value: datetime) -> str:
        """The time of day here."""
        local = value.astimezone()
        return f"{local.hour:02}:{local.minute:02}"

    def moment(self, value: datetime) -> str:
        """Day and time here, in words where it is near: ``today 09:41``."""
        local = value.astimezone()
        distance = (today() - local.date()).days
        match distance:
            case 0:
                return translate("Formats", "today {time}").format(time=self.clock(value))
            case 1:
                return translate("Formats", "yesterday {time}").format(time=self.clock(value))
            case _:
                return translate("Formats", "{day}, {time}").format(
                    day=self.named_day(local.date()), time=self.clock(value)
                )

    def as_of(self, value: datetime) -> str:
        """Day and time here, without the day where it is this one: ``09:41``."""
        is_today = value.astimezone().date() == today()
        return self.clock(value) if is_today else self.moment(value)

    def age(self, value: datetime, now: datetime | None = None) -> str:
        """How long ago: ``just now``, ``2 min ago``, and from the next day on the day itself."""
        seconds = ((now or datetime.now(UTC)) - value).total_seconds()
        if seconds < 60:
            return translate("Formats", "just now")
        if seconds < 3600:
            return translate("Formats", "{n} min ago").format(n=int(seconds // 60))
        if seconds < 8 * 3600:
            return translate("Formats", "{n} h ago").format(n=int(seconds // 3600))
        return self.moment(value)

    def _text(self, value: Decimal, *, group: str, least: int) -> str:
        locale = self.locale
        whole, _, fraction = f"{value.copy_abs():f}".partition(".")
        fraction = fraction.rstrip("0").ljust(least, "0")
        head = len(whole) % 3
        groups = ([whole[:head]] if head else []) + [whole[i : i + 3] for i in range(head, len(whole), 3)]
        shown = group.join(groups) + (locale.decimalPoint() + fraction if fraction else "")
        is_negative = value.is_signed() and not value.is_zero()
        return locale.negativeSign() + shown if is_negative else shown


def today() -> date:
    """The day it is here."""
    return datetime.now(UTC).astimezone().date()
