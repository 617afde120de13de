"""What Superset's REST API answers, as msgspec decodes it. What we do not know is ignored; `mapping` cleans texts."""

from typing import Any

from msgspec import Struct


class Tokens(Struct, frozen=True):
    """``/security/login`` and ``/security/refresh``; the latter gives no other refresh token."""

    access_token: str
    refresh_token: str = ""


class User(Struct, frozen=True, rename="camel"):
    """Who is signed in. ``roles`` has the rights of each role, as pairs of what is done and to what."""

    username: str = ""
    first_name: str = ""
    last_name: str = ""
    roles: dict[str, list[list[str]]] = {}


class Me(Struct, frozen=True):
    """``/me/roles/``."""

    result: User


class Version(Struct, frozen=True):
    """``/version``."""

    version_string: str | None = None


class Charts(Struct, frozen=True):
    """``/dashboard/<slug>/charts``."""

    result: list[Any]


class Chart(Struct, frozen=True):
    """One of them; ``form_data`` is what was chosen when it was made."""

    id: int
    slice_name: str
    form_data: dict[str, Any]
    description: str | None = None


class QueryResult(Struct, frozen=True):
    """What one query found."""

    data: list[dict[str, Any]] | None = None
    error: str | None = None


class Data(Struct, frozen=True):
    """``/chart/data``."""

    result: list[QueryResult]
