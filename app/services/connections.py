"""The systems this user works with: signed in, watched, and told of by state."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from app.ports.cache import Caches
from app.ports.connection import ConnectedSystem, Connection, Identity, Manifest, SystemKind
from app.ports.errors import NoAnswer, NotSignedIn, SystemFault
from app.ports.jobs import Job, Runner
from app.ports.secrets import SecretStore
from app.services.doctor import Finding, examine
from app.services.no_cache import NoCache
from app.services.order_writer import as_fault
from app.services.order_writes import pauses
from app.services.systems import Systems

T = TypeVar("T")

WATCH_EVERY = 15.0
"""Seconds between the smallest questions that show a system is there."""


class ConnectionStatus(StrEnum):
    """Where a connection is."""

    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"  # tried again by itself
    SIGNED_OUT = "signed_out"  # the user must sign in


class SecretPlace(StrEnum):
    """Where the password or the token of a connection is."""

    UNKNOWN = "unknown"  # not looked for yet
    NOWHERE = "nowhere"
    KEYRING = "keyring"  # the next start signs in by itself
    MEMORY = "memory"  # until the program ends, as the user wants it
    NO_KEYRING = "no_keyring"  # likewise, because this computer has no keyring, or it took nothing


@dataclass(frozen=True, slots=True)
class ConnectionState:
    """A connection as the window shows it.

    Attributes:
        connection: Where and who; None while nothing has been set up.
        latency_ms: The last round trip of the smallest question, or None.
        secret: Where what one signs in with is.
    """

    kind: SystemKind
    title: str
    status: ConnectionStatus
    connection: Connection | None = None
    identity: Identity | None = None
    latency_ms: int | None = None
    fault: SystemFault | None = None
    secret: SecretPlace = SecretPlace.UNKNOWN


class Connections:
    """All connections, one of each kind. Lives in its caller's thread; all I/O goes through the runner.

    Attributes:
        caches: What is kept of the systems for reading offline.
        may_leave: Says whether another system may take the place of the one of this kind: not while something that
            was typed is still on its way there.
        left: Is told when another system has taken the place of the one of this kind.
    """

    def __init__(self, runner: Runner, secrets: SecretStore, systems: Systems, caches: Caches | None = None) -> None:
        self.caches: Caches = caches or NoCache()
        self._runner = runner
        self._secrets = secrets
        self._at_hand = systems
        self.may_leave: Callable[[SystemKind], bool] = lambda _kind: True
        self.left: Callable[[SystemKind], None] = lambda _kind: None
        self._installed: dict[str, Manifest] = {}
        self._known: dict[str, Connection] = {}  # by the system's name: where those that are not in use are
        self._manifests: dict[SystemKind, Manifest] = {}
        self._states: dict[SystemKind, ConnectionState] = {}
        self._systems: dict[SystemKind, ConnectedSystem] = {}
        self._jobs: dict[SystemKind, Job] = {}
        self._unanswered: dict[SystemKind, Callable[[], None]] = {}  # sign-ins that met a system which is down
        self._listeners: list[Callable[[SystemKind], None]] = []

    def listen(self, listener: Callable[[SystemKind], None]) -> None:
        """Call ``listener`` whenever the state of a connection has changed."""
        self._listeners.append(listener)

    @property
    def kinds(self) -> tuple[SystemKind, ...]:
        """The kinds of system that have been added."""
        return tuple(self._states)

    def state(self, kind: SystemKind) -> ConnectionState:
        """The state of one connection. Raises KeyError when there is none of this kind."""
        return self._states[kind]

    def manifest(self, kind: SystemKind) -> Manifest:
        """What the system of this kind tells of itself."""
        return self._manifests[kind]

    def installed(self, kind: SystemKind) -> tuple[Manifest, ...]:
        """The systems of this kind that are installed; one of them is in use: `manifest`."""
        return tuple(manifest for manifest in self._installed.values() if manifest.kind is kind)

    def known(self, name: str) -> Connection | None:
        """Where this installed system is, as far as that has been told."""
        used = next((kind for kind, manifest in self._manifests.items() if manifest.name == name), None)
        return self._known.get(name) if used is None else self._states[used].connection

    def offer(self, manifest: Manifest, connection: Connection | None) -> None:
        """This system is installed too, and can be chosen; ``connection`` is where it was the last time."""
        self._installed[manifest.name] = manifest
        if connection is not None:
            self._known[manifest.name] = connection

    def choose(self, name: str) -> None:
        """Use this installed system for its kind from now on. What the keyring keeps of the other stays there.

        Without effect where `may_leave` says no.
        """
        manifest = self._installed[name]
        kind, former = manifest.kind, self._manifests[manifest.kind]
        if former is manifest or not self.may_leave(kind):
            return
        if kind in self._jobs:
            self._jobs.pop(kind).cancel()
        self._unanswered.pop(kind, None)
        self._at_hand.leave(kind)
        left = self._states[kind].connection
        if left is not None:
            self._known[former.name] = left
        system = self._systems.pop(kind, None)
        if system is not None:
            self._runner.run(system.close(), lambda _: None, lambda _: None)
        self.add(manifest, self._known.pop(name, None))
        self.left(kind)
        self._set(kind)

    def add(self, manifest: Manifest, connection: Connection | None) -> None:
        """Watch a system from now on, signing in with what the keyring keeps.

        Without a connection the user is asked where the system is.
        """
        kind = manifest.kind
        self._installed[manifest.name] = manifest
        self._manifests[kind] = manifest
        status = ConnectionStatus.SIGNED_OUT if connection is None else ConnectionStatus.CONNECTING
        self._states[kind] = ConnectionState(kind, manifest.title, status, connection)
        self._connect(kind)

    def sign_in(self, kind: SystemKind, connection: Connection, password: str, *, keep: bool = True) -> None:
        """Sign in with a password that the user typed; it is kept in the keyring only after it was right."""
        former = self._states[kind].connection
        # Kept until the system has judged it: one that cannot be reached now is asked again, the user is not.
        self._unanswered[kind] = lambda: self.sign_in(kind, connection, password, keep=keep)
        if connection != former:
            self._at_hand.proven.pop(kind, None)
        self._set(kind, status=ConnectionStatus.CONNECTING, fault=None, connection=connection)

        async def work() -> tuple[Identity, SecretPlace]:
            system = await self._system(kind, connection, is_new=connection != former)
            identity = await system.sign_in(password)
            if not keep:
                # Also what an earlier sign-in has kept: the user does not want it there any more.
                await asyncio.to_thread(self._secrets.delete, connection)
                return identity, SecretPlace.MEMORY
            kept = await asyncio.to_thread(self._secrets.write, connection, identity.renewal or password)
            return identity, SecretPlace.KEYRING if kept else SecretPlace.NO_KEYRING

        def done(answer: tuple[Identity, SecretPlace]) -> None:
            identity, place = answer
            self._unanswered.pop(kind, None)
            self._at_hand.proven[kind] = connection
            self._set(kind, identity=identity, secret=place)
            self._watch(kind)

        self._run(kind, work(), done)

    def sign_out(self, kind: SystemKind) -> None:
        """End the session at the system, and forget the secret and what was kept for reading offline.

        A system that does not answer is told nothing; here all is forgotten all the same.
        """
        connection = self._states[kind].connection
        self._unanswered.pop(kind, None)
        self._at_hand.proven.pop(kind, None)

        async def work() -> SecretPlace:
            place = SecretPlace.NOWHERE
            if connection is not None:
                system = await self._system(kind, connection)
                place = await asyncio.to_thread(self._forget, connection)
                await self.caches.of(connection).clear()
                with contextlib.suppress(NoAnswer):
                    await system.sign_out()
            return place

        def done(place: SecretPlace) -> None:
            nobody = {"identity": None, "latency_ms": None, "fault": None, "secret": place}
            self._set(kind, status=ConnectionStatus.SIGNED_OUT, **nobody)

        self._run(kind, work(), done)

    def forget_secret(self, kind: SystemKind) -> None:
        """Take the secret out of the keyring. Whoever is signed in stays so until the program ends."""
        connection = self._states[kind].connection
        if connection is None:
            return

        def done(place: SecretPlace) -> None:
            is_signed_in = self._states[kind].identity is not None
            self._set(kind, secret=SecretPlace.MEMORY if is_signed_in and place is SecretPlace.NOWHERE else place)

        # Not in the connection's own job: it goes on meanwhile.
        self._runner.run(asyncio.to_thread(self._forget, connection), done, lambda _: None)

    def retry(self, kind: SystemKind) -> None:
        """Try again now."""
        if kind in self._unanswered:
            self._unanswered[kind]()
        elif self._states[kind].identity is None:
            self._connect(kind)
        else:
            self._watch(kind)

    def examine(
        self,
        kind: SystemKind,
        on_done: Callable[[Sequence[Finding]], None],
        on_failed: Callable[[SystemFault], None],
    ) -> Job | None:
        """Try every step on the way to a system; None where it has no address yet."""
        state = self._states[kind]
        connection = state.connection
        if connection is None:
            return None

        async def work() -> Sequence[Finding]:
            system = await self._system(kind, connection)
            return await examine(system, self._manifests[kind], state.identity, lambda: self._secrets.read(connection))

        return self._runner.run(work(), on_done, lambda error: on_failed(as_fault(error)))

    def report(self, fault: SystemFault) -> None:
        """Another part of the app met ``fault``: look at that system now rather than at the next watch."""
        for kind, state in self._states.items():
            named = state.connection is not None and state.connection.system == fault.system
            if named and state.status is ConnectionStatus.ONLINE:
                self._failed(kind, fault)

    def close(self) -> None:
        """Stop watching."""
        for job in self._jobs.values():
            job.cancel()
        self._jobs.clear()

    async def close_systems(self) -> None:
        """Close the connections to all systems."""
        for system in self._systems.values():
            await system.close()

    # -- one connection

    def _forget(self, connection: Connection) -> SecretPlace:
        """Delete the secret, and look whether the keyring has let go of it. Blocks."""
        self._secrets.delete(connection)
        return SecretPlace.NOWHERE if self._secrets.read(connection) is None else SecretPlace.KEYRING

    async def _system(self, kind: SystemKind, connection: Connection, *, is_new: bool = False) -> ConnectedSystem:
        """The system behind ``connection``, made in a thread: its libraries take a while to load."""
        system = self._systems.get(kind)
        if system is not None and not is_new:
            return system
        if system is not None:
            await system.close()
        system = self._systems[kind] = await asyncio.to_thread(self._manifests[kind].connect, connection, None)
        self._at_hand.take(kind, connection, system)
        return system

    def _connect(self, kind: SystemKind) -> None:
        connection = self._states[kind].connection
        if connection is None:
            return
        self._set(kind, status=ConnectionStatus.CONNECTING, fault=None)

        async def look() -> str | None:
            await self._system(kind, connection)
            return await asyncio.to_thread(self._secrets.read, connection)

        def found(secret: str | None) -> None:
            if not secret:
                self._set(kind, status=ConnectionStatus.SIGNED_OUT, secret=SecretPlace.NOWHERE)
                return
            self._at_hand.proven[kind] = connection
            self._set(kind, secret=SecretPlace.KEYRING)
            self._run(kind, self._systems[kind].resume(secret), done)

        def done(identity: Identity) -> None:
            self._set(kind, identity=identity)
            self._watch(kind)

        self._run(kind, look(), found)

    def _watch(self, kind: SystemKind, *, after: float = 0.0) -> None:
        system = self._systems[kind]

        async def work() -> float:
            await asyncio.sleep(after)
            before = time.perf_counter()
            await system.ping()
            return time.perf_counter() - before

        def done(seconds: float) -> None:
            latency = max(1, round(seconds * 1000))
            self._set(kind, status=ConnectionStatus.ONLINE, latency_ms=latency, fault=None)
            self._watch(kind, after=WATCH_EVERY)

        self._run(kind, work(), done)

    def _run(self, kind: SystemKind, work: Coroutine[Any, Any, T], done: Callable[[T], None]) -> None:
        if kind in self._jobs:
            self._jobs.pop(kind).cancel()
        self._jobs[kind] = self._runner.run(work, done, lambda error: self._failed(kind, as_fault(error)))

    def _failed(self, kind: SystemKind, fault: SystemFault) -> None:
        if isinstance(fault, NotSignedIn):
            self._unanswered.pop(kind, None)
            self._at_hand.proven.pop(kind, None)
            self._set(kind, status=ConnectionStatus.SIGNED_OUT, identity=None, latency_ms=None, fault=fault)
            return
        self._set(kind, status=ConnectionStatus.OFFLINE, latency_ms=None, fault=fault)
        # The app works against one server of a kind: a quick first look, then every few seconds.
        self._run_later(kind, next(pauses()) * 10)

    def _run_later(self, kind: SystemKind, seconds: float) -> None:
        if kind in self._jobs:
            self._jobs.pop(kind).cancel()
        self._jobs[kind] = self._runner.run(
            asyncio.sleep(seconds), lambda _: self.retry(kind), lambda _: self.retry(kind)
        )

    def _set(self, kind: SystemKind, **changes: Any) -> None:
        self._states[kind] = replace(self._states[kind], **changes)
        for listener in self._listeners:
            listener(kind)
