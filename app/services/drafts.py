"""What is being typed and not sent: remembered shortly after the last key, and offered again after a crash."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from app.ports.connection import Connection, SystemKind
from app.ports.drafts import Draft, DraftStore
from app.ports.jobs import Runner
from app.ports.journal import Journals
from app.services.no_journal import NoDrafts, NoJournal
from app.services.systems import Systems

KEPT_WITHIN = 0.4
"""Seconds from a key to the disk: what is typed without a pause is written that often, not once a key."""

_Place = tuple[SystemKind, str]


class Drafts:
    """The texts of this user. Lives in its caller's thread; all I/O goes through the runner.

    Each belongs to a place: a text that is typed there takes the place of the one before.
    """

    def __init__(self, systems: Systems, runner: Runner, journals: Journals | None = None) -> None:
        self._systems = systems
        self._runner = runner
        self._journals = journals or NoJournal()
        self._owners: dict[SystemKind, Connection] = {}  # the last ones: a sign-in may end while one types
        self._wanted: dict[_Place, Mapping[str, str] | None] = {}  # None: to be dropped
        self._kept: set[_Place] = set()
        self._left: dict[_Place, Draft] = {}
        self._is_waiting = False
        self._listeners: list[Callable[[], None]] = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` when there are others that an earlier run left."""
        self._listeners.append(listener)

    # -- what is typed

    def keep(self, kind: SystemKind, place: str, texts: Mapping[str, str]) -> None:
        """This stands there now; nothing, where all texts are empty."""
        if not any(texts.values()):
            self.drop(kind, place)
            return
        self._want((kind, place), texts)

    def drop(self, kind: SystemKind, place: str) -> None:
        """It is sent, or not wanted any more."""
        at = (kind, place)
        if at in self._kept or at in self._left or at in self._wanted:
            self._want(at, None)

    def _want(self, at: _Place, texts: Mapping[str, str] | None) -> None:
        self._wanted[at] = texts
        if self._left.pop(at, None) is not None:
            self._tell()  # what is typed now goes on from there, or in its place
        if not self._is_waiting:
            self._is_waiting = True
            self._runner.run(asyncio.sleep(KEPT_WITHIN), lambda _: self._write(), lambda _: self._write())

    def _write(self) -> None:
        self._is_waiting = False
        self._runner.run(self.finish(), _nothing, _nothing)

    def finish(self) -> Coroutine[Any, Any, None]:
        """Writes what still waits, without waiting any longer."""
        wanted, self._wanted = self._wanted, {}
        self._kept |= {at for at, texts in wanted.items() if texts is not None}
        self._kept -= {at for at, texts in wanted.items() if texts is None}
        return _store([(self._store(kind), place, texts) for (kind, place), texts in wanted.items()])

    # -- what an earlier run left

    def left(self, kind: SystemKind) -> tuple[Draft, ...]:
        """Those that nobody has gone on with or discarded yet, oldest first."""
        return tuple(draft for (of, _), draft in self._left.items() if of is kind)

    def take(self, kind: SystemKind, place: str) -> Draft | None:
        """The user goes on with it, so it is not offered any more. It stays remembered until it is typed over."""
        draft = self._left.pop((kind, place), None)
        if draft is not None:
            self._kept.add((kind, place))
            self._tell()
        return draft

    def recall(self, kind: SystemKind) -> None:
        """The system is signed in to: look what was left there. Of another user nothing is known any more."""
        owner = self._owner_now(kind)
        if owner is None or owner == self._owners.get(kind):
            return
        self._owners[kind] = owner
        self._left = {at: draft for at, draft in self._left.items() if at[0] is not kind}
        self._runner.run(self._store(kind).left(), lambda found: self._on_left(kind, owner, found), _nothing)

    def _on_left(self, kind: SystemKind, owner: Connection, found: Any) -> None:
        if owner == self._owners.get(kind):
            fresh = {(kind, draft.place): draft for draft in found}
            self._left |= {at: each for at, each in fresh.items() if at not in self._kept and at not in self._wanted}
            self._tell()

    def _owner_now(self, kind: SystemKind) -> Connection | None:
        return self._systems.proven.get(kind)

    def _store(self, kind: SystemKind) -> DraftStore:
        owner = self._owner_now(kind) or self._owners.get(kind)
        return NoDrafts() if owner is None else self._journals.drafts(owner)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()


async def _store(wanted: list[tuple[DraftStore, str, Mapping[str, str] | None]]) -> None:
    for store, place, texts in wanted:
        await (store.drop(place) if texts is None else store.keep(place, texts))


def _nothing(_: object) -> None:
    """The journal says itself when the disk takes no more."""
