"""The systems this user works with: signed in, watched, and told of by state."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar, cast

from app.ports.connection import ConnectedSystem, Connection, Identity, Manifest, SystemKind
from app.ports.crm import CrmSystem
from app.ports.erp import ErpSystem
from app.ports.errors import NotSignedIn, SystemFault
from app.ports.jobs import Job, Runner
from app.ports.secrets import SecretStore
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


@dataclass(frozen=True, slots=True)
class ConnectionState:
    """A connection as the window shows it.

    Attributes:
        connection: Where and who; None while nothing has been set up.
        latency_ms: The last round trip of the smallest question, or None.
        is_kept: The secret is in the keyring, so that the next start signs in by itself.
    """

    kind: SystemKind
    title: str
    status: ConnectionStatus
    connection: Connection | None = None
    identity: Identity | None = None
    latency_ms: int | None = None
    fault: SystemFault | None = None
    is_kept: bool = True


class Connections:
    """All connections, one of each kind. Lives in its caller's thread; all I/O goes through the runner."""

    def __init__(self, runner: Runner, secrets: SecretStore, systems: Systems) -> None:
        self._runner = runner
        self._secrets = secrets
        self._at_hand = systems
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

    def add(self, manifest: Manifest, connection: Connection | None) -> None:
        """Watch a system from now on, signing in with what the keyring keeps.

        Without a connection the user is asked where the system is.
        """
        kind = manifest.kind
        self._manifests[kind] = manifest
        status = ConnectionStatus.SIGNED_OUT if connection is None else ConnectionStatus.CONNECTING
        self._states[kind] = ConnectionState(kind, manifest.title, status, connection)
        self._connect(kind)

    def sign_in(self, kind: SystemKind, connection: Connection, password: str, *, keep: bool = True) -> None:
        """Sign in with a password that the user typed; it is kept in the keyring only after it was right."""
        former = self._states[kind].connection
        # Kept until the system has judged it: one that cannot be reached now is asked again, the user is not.
        self._unanswered[kind] = lambda: self.sign_in(kind, connection, password, keep=keep)
        self._set(kind, status=ConnectionStatus.CONNECTING, fault=None, connection=connection)

        async def work() -> tuple[Identity, bool]:
            system = await self._system(kind, connection, is_new=connection != former)
            identity = await system.sign_in(password)
            kept = keep and await asyncio.to_thread(self._secrets.write, connection, identity.renewal or password)
            return identity, kept

        def done(answer: tuple[Identity, bool]) -> None:
            identity, kept = answer
            self._unanswered.pop(kind, None)
            self._set(kind, identity=identity, is_kept=kept)
            self._watch(kind)

        self._run(kind, work(), done)

    def sign_out(self, kind: SystemKind) -> None:
        """End the session at the system and forget the secret here."""
        system, connection = self._systems[kind], self._states[kind].connection
        self._unanswered.pop(kind, None)

        async def work() -> None:
            if connection is not None:
                await asyncio.to_thread(self._secrets.delete, connection)
            await system.sign_out()

        def done(_: None) -> None:
            self._set(kind, status=ConnectionStatus.SIGNED_OUT, identity=None, fault=None)

        self._run(kind, work(), done)

    def retry(self, kind: SystemKind) -> None:
        """Try again now."""
        if kind in self._unanswered:
            self._unanswered[kind]()
        elif self._states[kind].identity is None:
            self._connect(kind)
        else:
            self._watch(kind)

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

    async def _system(self, kind: SystemKind, connection: Connection, *, is_new: bool = False) -> ConnectedSystem:
        """The system behind ``connection``, made in a thread: its libraries take a while to load."""
        system = self._systems.get(kind)
        if system is not None and not is_new:
            return system
        if system is not None:
            await system.close()
        system = self._systems[kind] = await asyncio.to_thread(self._manifests[kind].connect, connection, None)
        # The manifest's kind promises which port its system implements.
        if kind is SystemKind.CRM:
            self._at_hand.crm = cast(CrmSystem, system)
        elif kind is SystemKind.ERP:
            self._at_hand.erp, self._at_hand.erp_connection = cast(ErpSystem, system), connection
        return system

    def _connect(self, kind: SystemKind) -> None:
        connection = self._states[kind].connection
        if connection is None:
            return
        self._set(kind, status=ConnectionStatus.CONNECTING, fault=None)

        async def work() -> Identity | None:
            system = await self._system(kind, connection)
            secret = await asyncio.to_thread(self._secrets.read, connection)
            return await system.resume(secret) if secret else None

        def done(identity: Identity | None) -> None:
            if identity is None:
                self._set(kind, status=ConnectionStatus.SIGNED_OUT)
            else:
                self._set(kind, identity=identity)
                self._watch(kind)

        self._run(kind, work(), done)

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
