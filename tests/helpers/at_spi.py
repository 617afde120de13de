"""What a screen reader is told: the accessibility tree of a running window, over AT-SPI's own protocol on D-Bus."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_ROOT = "/org/a11y/atspi/accessible/root"
_REGISTRY = DBusAddress("/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry")
_ANNOUNCED = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement")
_SILENCE = 0.5  # seconds without a word, after which all has been heard
_WANTED = ("Name", "Description")
_AT_ONCE = 200  # questions on their way
_WITHIN = 20.0  # seconds for one answer
_LOOKS = 5  # at a window that changes while it is read
# Numbers of states: atspi-constants.h
_FOCUSABLE, _FOCUSED, _SHOWING = 11, 12, 25


@dataclass(frozen=True)
class Thing:
    """One object, as it is told.

    Attributes:
        role: AT-SPI's name of it: ``push button``, ``table cell``, …
        path: The roles and names from the window down to it.
    """

    role: str
    name: str
    description: str
    states: frozenset[int]
    path: str
    children: tuple["Thing", ...] = field(default=(), repr=False)

    @property
    def is_focusable(self) -> bool:
        """The keyboard can be put on it."""
        return _FOCUSABLE in self.states

    @property
    def is_focused(self) -> bool:
        """The keyboard is on it."""
        return _FOCUSED in self.states

    def all(self) -> Iterator["Thing"]:
        """It, and everything in it."""
        yield self
        for child in self.children:
            yield from child.all()

    def find(self, role: str) -> list["Thing"]:
        """Everything of this role in it."""
        return [thing for thing in self.all() if thing.role == role]


@dataclass(frozen=True)
class _Told:
    role: str
    name: str
    description: str
    states: frozenset[int]
    children: list[tuple[str, str]]


def _thing(place: tuple[str, str], found: dict[tuple[str, str], _Told], above: str) -> Thing | None:
    told = found.get(place)
    if told is None or _SHOWING not in told.states:
        return None
    path = f"{above} > {told.role} {told.name[:40]!r}"
    children = tuple(child for each in told.children if (child := _thing(each, found, path)) is not None)
    return Thing(told.role, told.name, told.description, told.states, path, children)


class _Gone(LookupError):
    """It was there when the list of what there is was read."""


class Reader:
    """Listens to the programs of one desktop session.

    Args:
        session: The address of its D-Bus.
    """

    def __init__(self, session: str) -> None:
        with open_dbus_connection(session) as bus:
            place = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            address: str = _ask(bus, place, "GetAddress")[0]
        self._bus = open_dbus_connection(address)
        # A line of its own, so that an answer is never taken for something said, nor the other way round.
        self._ear = open_dbus_connection(address)
        register = new_method_call(_REGISTRY, "RegisterEvent", "s", ("object:announcement",))
        match = new_method_call(message_bus, "AddMatch", "s", (_ANNOUNCED.serialise(),))
        for call in (match, register):
            answer = self._ear.send_and_get_reply(call, timeout=_WITHIN)
            if answer.header.message_type is MessageType.error:
                raise LookupError(str(answer.body))

    def close(self) -> None:
        """Listen no more."""
        self._ear.close()
        self._bus.close()

    def announced(self) -> list[str]:
        """What was said, whatever the keyboard is on, since this was asked last."""
        said = []
        with contextlib.suppress(TimeoutError):
            while True:
                message = self._ear.receive(timeout=_SILENCE)
                if message.header.fields.get(HeaderFields.member) == "Announcement":
                    said.append(str(message.body[3][1]))
        return said

    def windows(self, program: str) -> list[Thing]:
        """The windows and pop-ups of the program of this name that can be seen, with all in them that can be seen.

        Raises:
            LookupError: They changed each time while they were read.
        """
        for _ in range(_LOOKS - 1):
            with contextlib.suppress(_Gone):
                return self._windows(program)
        return self._windows(program)

    def _windows(self, program: str) -> list[Thing]:
        found = []
        for name, path in self._children("org.a11y.atspi.Registry", _ROOT):
            if self._property(name, path, "Name") == program:
                found += [self._read(child) for child in self._children(name, path)]
        return [thing for thing in found if thing is not None]

    def _read(self, place: tuple[str, str]) -> Thing | None:
        """One object and all in it, level by level: many are asked at once, since each answer takes its turn there."""
        found: dict[tuple[str, str], _Told] = {}
        level = [place]
        while level:
            found.update(zip(level, self._told(level), strict=True))
            shown = [found[each] for each in level if _SHOWING in found[each].states]
            # A cell that is not there is told as nothing.
            level = [child for told in shown for child in told.children if not child[1].endswith("/null")]
        return _thing(place, found, "")

    def _told(self, places: list[tuple[str, str]]) -> "list[_Told]":
        calls = []
        for name, path in places:
            here, properties = DBusAddress(path, name, _ACCESSIBLE), DBusAddress(path, name, _PROPERTIES)
            calls += [new_method_call(here, method) for method in ("GetState", "GetRoleName", "GetChildren")]
            calls += [new_method_call(properties, "Get", "ss", (_ACCESSIBLE, wanted)) for wanted in _WANTED]
        answers = self._ask_all(calls)
        each = len(calls) // len(places)
        told = []
        for at in range(0, len(answers), each):
            (state,), (role,), (children,), (name,), (description,) = answers[at : at + each]
            bits = state[0] | state[1] << 32
            states = frozenset(number for number in range(64) if bits >> number & 1)
            told.append(_Told(role, name[1], description[1], states, children))
        return told

    def _ask_all(self, calls: list[Message]) -> list[tuple[Any, ...]]:
        answers: dict[int, tuple[Any, ...]] = {}
        for begin in range(0, len(calls), _AT_ONCE):
            serials = set()
            for call in calls[begin : begin + _AT_ONCE]:
                serial = next(self._bus.outgoing_serial)
                self._bus.send(call, serial=serial)
                serials.add(serial)
            while serials:
                answer = self._bus.receive(timeout=_WITHIN)
                serial = answer.header.fields.get(HeaderFields.reply_serial, 0)
                if serial in serials:
                    if answer.header.message_type is MessageType.error:
                        # What else was asked is answered all the same, and is nobody's answer later.
                        raise _Gone(str(answer.body))
                    serials.remove(serial)
                    answers[serial] = answer.body
        return [answers[serial] for serial in sorted(answers)]

    def _children(self, name: str, path: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = self._call(name, path, "GetChildren")[0]
        return found

    def _call(self, name: str, path: str, method: str) -> tuple[Any, ...]:
        return _ask(self._bus, DBusAddress(path, name, _ACCESSIBLE), method)

    def _property(self, name: str, path: str, wanted: str) -> str:
        place = DBusAddress(path, name, _PROPERTIES)
        found: str = _ask(self._bus, place, "Get", "ss", (_ACCESSIBLE, wanted))[0][1]
        return found


def _ask(
    bus: DBusConnection, place: DBusAddress, method: str, form: str | None = None, body: tuple[Any, ...] = ()
) -> tuple[Any, ...]:
    answer = bus.send_and_get_reply(new_method_call(place, method, form, body), timeout=_WITHIN)
    if answer.header.message_type is MessageType.error:
        raise LookupError(f"{method} of {place.object_path}: {answer.body}")
    found: tuple[Any, ...] = answer.body
    return found
