"""Whether a system can be worked with: every step on the way to it, tried one after the other."""

import asyncio
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from app.ports.capability import Capability
from app.ports.connection import ConnectedSystem, Identity, Manifest, SystemKind, Wire
from app.ports.errors import NoAnswer, NotSignedIn, SystemFault, Untrusted

_PINGS = 5
SLOW = 0.3
"""Seconds of a round trip from which a person notices the wait for a price (a server nearby answers in 1-20 ms)."""
CLOCKS_APART = timedelta(minutes=2)
"""Prices hold for days and sign-ins end at a time: a clock further off than this can give another day's."""
SOON = timedelta(days=21)
"""A certificate that ends sooner than this is told of."""
RIGHTS: Mapping[SystemKind, frozenset[Capability]] = MappingProxyType(
    {
        SystemKind.CRM: frozenset(
            {
                Capability.LOG_TOUCH_POINT,
                Capability.LOG_NOTE,
                Capability.LOG_EMAIL,
                Capability.ADD_TASK,
                Capability.SET_STAGE,
                Capability.SET_CATEGORY,
                Capability.SET_NUMBER,
                Capability.CORRECT,
                Capability.ADD_PERSON,
            }
        ),
        SystemKind.ERP: frozenset({Capability.CREATE_ORDERS, Capability.CHANGE_ORDERS, Capability.CREATE_CUSTOMER}),
    }
)
"""What the work needs of a user's rights: a system tells it apart for each user, and what is not there is told of."""


class Step(StrEnum):
    """What is looked at, in this order."""

    REACH = "reach"
    TLS = "tls"
    CLOCK = "clock"
    ROUND_TRIP = "round_trip"
    SIGN_IN = "sign_in"
    VERSION = "version"
    RIGHTS = "rights"
    CAPABILITIES = "capabilities"


class Verdict(StrEnum):
    """How it is."""

    WELL = "well"
    WARNING = "warning"
    BAD = "bad"
    NOT_TRIED = "not_tried"


@dataclass(frozen=True, slots=True)
class Finding:
    """One step.

    Attributes:
        wire: What is known of the way there, for `Step.TLS` and `Step.CLOCK`.
        seconds: The median round trip, for `Step.ROUND_TRIP`; how far the server's clock is ahead of this
            computer's, for `Step.CLOCK`.
        identity: Who is signed in, for `Step.SIGN_IN` and `Step.VERSION`.
        capabilities: What this user may change there, for `Step.RIGHTS`; what else the system can do, for
            `Step.CAPABILITIES`.
        lacking: What this user may not, for `Step.RIGHTS`.
        series: The versions that are tested, for `Step.VERSION`.
    """

    step: Step
    verdict: Verdict
    fault: SystemFault | None = None
    wire: Wire | None = None
    seconds: float | None = None
    identity: Identity | None = None
    capabilities: frozenset[Capability] = field(default_factory=frozenset)
    lacking: frozenset[Capability] = field(default_factory=frozenset)
    series: tuple[str, ...] = ()


def _now() -> datetime:
    return datetime.now(UTC)


async def examine(
    system: ConnectedSystem,
    manifest: Manifest,
    identity: Identity | None,
    secret: Callable[[], str | None] = lambda: None,
    clock: Callable[[], datetime] = _now,
) -> Sequence[Finding]:
    """Look at every step; after one that is bad those that rest on it are not tried.

    Args:
        manifest: What the system tells of itself.
        identity: Who is signed in, or None to sign in with ``secret``.
        secret: What the keyring keeps for it, read in a thread and only when it is needed; None where there is nothing.
        clock: The time now, aware.
    """
    before = time.perf_counter()
    try:
        wire = await system.examine()
    except SystemFault as fault:
        where = Step.TLS if isinstance(fault, Untrusted) else Step.REACH
        return [_finding_after(step, where, fault) for step in Step]
    took, now = time.perf_counter() - before, clock()
    round_trip = await _round_trip(system)
    return [
        Finding(Step.REACH, Verdict.WELL),
        _tls(wire, now),
        _clocks(wire, now, took),
        round_trip,
        *await _signed_in(system, manifest, identity, secret),
    ]


def _finding_after(step: Step, bad: Step, fault: SystemFault) -> Finding:
    order = list(Step)
    if step is bad:
        return Finding(step, Verdict.BAD, fault)
    return Finding(step, Verdict.WELL if order.index(step) < order.index(bad) else Verdict.NOT_TRIED)


def _tls(wire: Wire, now: datetime) -> Finding:
    ends_soon = wire.certificate_ends is not None and wire.certificate_ends - now < SOON
    return Finding(Step.TLS, Verdict.WARNING if ends_soon else Verdict.WELL, wire=wire)


def _clocks(wire: Wire, now: datetime, took: float) -> Finding:
    if wire.server_time is None:
        return Finding(Step.CLOCK, Verdict.NOT_TRIED, wire=wire)
    # The server said its time somewhere on the way, to the second.
    ahead = (wire.server_time - now).total_seconds() + took / 2
    is_apart = abs(ahead) > CLOCKS_APART.total_seconds()
    return Finding(Step.CLOCK, Verdict.WARNING if is_apart else Verdict.WELL, wire=wire, seconds=ahead)


async def _round_trip(system: ConnectedSystem) -> Finding:
    taken: list[float] = []
    try:
        for _ in range(_PINGS):
            before = time.perf_counter()
            await system.ping()
            taken.append(time.perf_counter() - before)
    except NoAnswer as fault:
        return Finding(Step.ROUND_TRIP, Verdict.BAD, fault)
    except SystemFault as fault:
        return Finding(Step.ROUND_TRIP, Verdict.WARNING, fault)
    median = statistics.median(taken)
    return Finding(Step.ROUND_TRIP, Verdict.WARNING if median > SLOW else Verdict.WELL, seconds=median)


async def _signed_in(
    system: ConnectedSystem, manifest: Manifest, identity: Identity | None, secret: Callable[[], str | None]
) -> Sequence[Finding]:
    not_tried = [Finding(step, Verdict.NOT_TRIED) for step in (Step.VERSION, Step.RIGHTS, Step.CAPABILITIES)]
    if identity is None:
        kept = await asyncio.to_thread(secret)
        if kept is None:
            return [Finding(Step.SIGN_IN, Verdict.WARNING, NotSignedIn("samspil")), *not_tried]
        try:
            identity = await system.resume(kept)
        except SystemFault as fault:
            return [Finding(Step.SIGN_IN, Verdict.BAD, fault), *not_tried]
    wanted, found = RIGHTS.get(manifest.kind, frozenset()), system.capabilities
    can, lacking = found - wanted, wanted - found
    return [
        Finding(Step.SIGN_IN, Verdict.WELL, identity=identity),
        _version(manifest, identity),
        Finding(
            Step.RIGHTS, Verdict.WARNING if lacking else Verdict.WELL, capabilities=found & wanted, lacking=lacking
        ),
        Finding(Step.CAPABILITIES, Verdict.WELL if can else Verdict.WARNING, capabilities=can),
    ]


def _version(manifest: Manifest, identity: Identity) -> Finding:
    # "8.2" is of the series 8.2, and so is "8.2.3"; "8.20" is not.
    is_tested = not manifest.series or any(
        f"{identity.system_version}.".startswith(f"{series}.") for series in manifest.series
    )
    return Finding(
        Step.VERSION,
        Verdict.WELL if is_tested else Verdict.WARNING,
        identity=identity,
        series=() if is_tested else manifest.series,
    )
