"""What a test of a connection has found, in words."""

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from app.ports.capability import Capability
from app.ports.connection import Identity, SystemKind, Wire
from app.ports.errors import NotSignedIn
from app.services.doctor import Finding, Step, Verdict
from app.ui.messages import message_for
from app.ui.theme import Tone

translate = QCoreApplication.translate

TONE_OF = {
    Verdict.WELL: Tone.SUCCESS,
    Verdict.WARNING: Tone.WARNING,
    Verdict.BAD: Tone.DANGER,
    Verdict.NOT_TRIED: Tone.NEUTRAL,
}


def step_title(step: Step) -> str:
    """What is looked at."""
    return {
        Step.REACH: translate("Doctor", "Reached"),
        Step.TLS: translate("Doctor", "Encryption"),
        Step.CLOCK: translate("Doctor", "Clock"),
        Step.ROUND_TRIP: translate("Doctor", "Round trip"),
        Step.SIGN_IN: translate("Doctor", "Sign-in"),
        Step.VERSION: translate("Doctor", "Version"),
        Step.RIGHTS: translate("Doctor", "Rights"),
        Step.CAPABILITIES: translate("Doctor", "It can"),
    }[step]


def verdict_text(verdict: Verdict) -> str:
    """How it is, for who cannot see the colour."""
    return {
        Verdict.WELL: translate("Doctor", "Well"),
        Verdict.WARNING: translate("Doctor", "Look at this"),
        Verdict.BAD: translate("Doctor", "Wrong"),
        Verdict.NOT_TRIED: translate("Doctor", "Not tried"),
    }[verdict]


def finding_text(finding: Finding, kind: SystemKind) -> str:
    """What was found, in one sentence or two."""
    if finding.verdict is Verdict.NOT_TRIED:
        return verdict_text(finding.verdict)
    if finding.fault is not None:
        if type(finding.fault) is NotSignedIn:
            return translate("Doctor", "Nobody is signed in, and the password store keeps nothing for it.")
        message = message_for(finding.fault, kind)
        return " ".join(part for part in (message.what, message.words, message.to_do) if part)
    texts = {
        Step.TLS: lambda: _tls(finding.wire or Wire()),
        Step.CLOCK: lambda: _clock(finding.seconds or 0.0),
        Step.ROUND_TRIP: lambda: translate("Doctor", "{ms} ms").format(ms=max(1, round(1000 * (finding.seconds or 0)))),
        Step.SIGN_IN: lambda: _identity(finding.identity),
        Step.VERSION: lambda: _version(finding),
        Step.RIGHTS: lambda: _rights(finding),
        Step.CAPABILITIES: lambda: _named(finding.capabilities) or translate("Doctor", "Nothing beyond the least"),
    }
    return texts[finding.step]() if finding.step in texts else verdict_text(finding.verdict)


def _identity(identity: Identity | None) -> str:
    if identity is None:
        return verdict_text(Verdict.WELL)
    return translate("Doctor", "As {user}").format(user=identity.user)


def _version(finding: Finding) -> str:
    version = finding.identity.system_version if finding.identity is not None else ""
    if not finding.series:
        return version
    text = translate("Doctor", "{version}. Samspil is tested with {series}: with yours some things may not work.")
    return text.format(version=version, series=", ".join(finding.series))


def _rights(finding: Finding) -> str:
    """What this user may change, and what not."""
    parts = []
    if finding.capabilities:
        parts.append(translate("Doctor", "Allowed: {rights}.").format(rights=_named(finding.capabilities)))
    if finding.lacking:
        parts.append(translate("Doctor", "Not allowed, or not there: {rights}.").format(rights=_named(finding.lacking)))
    return " ".join(parts) or translate("Doctor", "You may read what it shows you.")


def _named(found: frozenset[Capability]) -> str:
    return ", ".join(sorted(map(capability_text, found)))


def _tls(wire: Wire) -> str:
    if not wire.tls:
        return translate("Doctor", "Not needed: nothing leaves this computer.")
    parts = [wire.tls.replace("TLSv", "TLS ")]
    if wire.issuer:
        parts.append(translate("Doctor", "certificate from {issuer}").format(issuer=wire.issuer))
    if wire.certificate_ends is not None:
        seconds = int(wire.certificate_ends.timestamp())
        day = QDateTime.fromSecsSinceEpoch(seconds, Qt.TimeSpec.LocalTime).date()
        shown = QLocale().toString(day, QLocale.FormatType.ShortFormat)
        parts.append(translate("Doctor", "until {day}").format(day=shown))
    return ", ".join(parts)


def _clock(ahead: float) -> str:
    apart = round(abs(ahead))
    if apart <= 2:
        return translate("Doctor", "As this computer's")
    text = (
        translate("Doctor", "{seconds} s ahead of this computer's")
        if ahead > 0
        else translate("Doctor", "{seconds} s behind this computer's")
    )
    return text.format(seconds=apart)


def capability_text(capability: Capability) -> str:
    """What a system can do, in the user's words."""
    return {
        Capability.PRICE_BASIS: translate("Doctor", "why a price"),
        Capability.PRICE_LADDER: translate("Doctor", "price breaks"),
        Capability.AVAILABILITY: translate("Doctor", "stock"),
        Capability.CREDIT: translate("Doctor", "credit limits"),
        Capability.CONFLICT_DETECTION: translate("Doctor", "two people on one order"),
        Capability.MANUAL_DISCOUNT: translate("Doctor", "discounts by hand"),
        Capability.DELIVERY_METHODS: translate("Doctor", "delivery methods"),
        Capability.DOCUMENTS: translate("Doctor", "documents"),
        Capability.DELIVERIES: translate("Doctor", "deliveries"),
        Capability.INVOICES: translate("Doctor", "invoices"),
        Capability.OWN_COMPANIES: translate("Doctor", "which customers are one's own"),
        Capability.TIMELINE: translate("Doctor", "timeline"),
        Capability.SALES: translate("Doctor", "sales"),
        Capability.CASES: translate("Doctor", "cases"),
        Capability.CAMPAIGNS: translate("Doctor", "campaigns"),
        Capability.LOG_TOUCH_POINT: translate("Doctor", "logging calls and meetings"),
        Capability.LOG_NOTE: translate("Doctor", "writing notes"),
        Capability.LOG_EMAIL: translate("Doctor", "logging e-mails"),
        Capability.ADD_TASK: translate("Doctor", "adding tasks"),
        Capability.TASKS: translate("Doctor", "tasks"),
        Capability.SET_STAGE: translate("Doctor", "moving sales on"),
        Capability.SET_CATEGORY: translate("Doctor", "setting categories"),
        Capability.CORRECT: translate("Doctor", "correcting phones and e-mails"),
        Capability.ADD_PERSON: translate("Doctor", "adding people"),
        Capability.SET_NUMBER: translate("Doctor", "setting the customer number"),
        Capability.CREATE_CUSTOMER: translate("Doctor", "making customers"),
        Capability.HEADINGS: translate("Doctor", "titles and subtotals"),
        Capability.NAMES: translate("Doctor", "all names for the search"),
        Capability.CREATE_ORDERS: translate("Doctor", "making orders"),
        Capability.CHANGE_ORDERS: translate("Doctor", "changing orders"),
        Capability.PROJECTS: translate("Doctor", "projects"),
        Capability.ANALYSE: translate("Doctor", "going on in it by oneself"),
        Capability.PURCHASE_HISTORY: translate("Doctor", "what a customer usually buys"),
    }[capability]
