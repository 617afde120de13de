"""How a system is found, described and signed in to, whatever its kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from app.ports.capability import Capability


class SystemKind(StrEnum):
    """The kinds of system; each has its port."""

    CRM = "crm"
    ERP = "erp"
    TIME = "time"
    EXPENSE = "expense"
    REPORTING = "reporting"


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a system is and who signs in. Holds no secret.

    Attributes:
        system: The manifest's name, e.g. ``tryton``.
        url: Base address; HTTPS, or HTTP to a loopback address.
        user: The user's name at that system.
        options: What else the manifest asks for, e.g. ``{"database": "samspil"}``.
        language: The language for the system's own words, ``da`` or ``en``.
    """

    system: str
    url: str
    user: str
    options: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is signed in, as the system calls them, and the system's own version.

    Attributes:
        renewal: What to keep in the keyring to sign in again without asking: a token, or empty where the
            password itself is needed.
    """

    user: str
    system_version: str
    renewal: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Wire:
    """What the way to a system is like.

    Attributes:
        tls: The protocol, such as ``TLSv1.3``; empty where nothing leaves this machine.
        issuer: Who vouches for the server; empty without TLS, and where the operating system keeps that to itself.
        certificate_ends: When its certificate ends, aware; None likewise.
        server_time: The server's own clock, aware, to the second; None where it does not tell.
    """

    tls: str = ""
    issuer: str = ""
    certificate_ends: datetime | None = None
    server_time: datetime | None = None


class ConnectedSystem(Protocol):
    """What every system can do."""

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What it can do for this user; complete after `sign_in`."""

    async def sign_in(self, password: str) -> Identity:
        """Sign in with a password. Raises `WrongPassword`, `TooManyAttempts`, `NoAnswer`, `Untrusted`."""

    async def resume(self, secret: str) -> Identity:
        """Sign in with what the keyring kept: `Identity.renewal`, or the password.

        Raises `AccessEnded`, `NoAnswer`, `Untrusted`.
        """

    async def sign_out(self) -> None:
        """End the session or revoke the token at the system."""

    async def ping(self) -> None:
        """The smallest question that shows the system is there. Raises `NoAnswer`."""

    async def examine(self) -> Wire:
        """Look at the way there, with or without a sign-in. Raises `NoAnswer`, `Untrusted`."""

    async def close(self) -> None:
        """Close the connections. The system cannot be used afterwards."""


@dataclass(frozen=True, slots=True)
class OptionField:
    """A further field that a connection needs ("Database")."""

    key: str
    label: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a system's folder tells of itself; the entry points of the group ``samspil.systems`` name these.

    Attributes:
        connect: Makes the system from a connection. ``transport`` is injected by tests (an httpx transport that puts a
            fault between us and a real server) and None otherwise. Opens nothing.
        series: How the versions begin that this folder is tested with, as `Identity.system_version` says them; with
            others it may work too. Empty where that does not matter.
    """

    name: str
    title: str
    kind: SystemKind
    connect: Callable[[Connection, Any], ConnectedSystem]
    options: tuple[OptionField, ...] = ()
    series: tuple[str, ...] = ()
