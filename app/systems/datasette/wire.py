"""What Datasette 0.65 answers, as msgspec decodes it. What we do not know is ignored; texts are cleaned in `mapping`.

A panel is a canned query whose metadata has ``samspil``: what the app needs to draw it (``demo/datasette/inside``).
"""

from typing import Any

from msgspec import Struct


class WhoIsThis(Struct, frozen=True):
    """``/-/actor.json``: whose token it is; None where nobody's."""

    actor: dict[str, Any] | None = None


class Version(Struct, frozen=True):
    """One program's version."""

    version: str = ""


class Versions(Struct, frozen=True):
    """``/-/versions.json``."""

    datasette: Version = Version()


class Listing(Struct, frozen=True):
    """``/<database>.json``: its canned queries that this user may see."""

    queries: list[Any]
    allow_execute_sql: bool = False


class Answer(Struct, frozen=True):
    """``/<database>/<query>.json``."""

    columns: list[str]
    rows: list[list[Any]]
    truncated: bool = False
    allow_execute_sql: bool = False


class Problem(Struct, frozen=True):
    """The body of an answer that is an error."""

    title: str | None = None


class DescribedColumn(Struct, frozen=True):
    """A column of a panel."""

    key: str
    role: str
    type: str
    label: dict[str, str]


class Described(Struct, frozen=True):
    """What a canned query's metadata says under ``samspil``; words by language."""

    kind: str
    on: str
    title: dict[str, str]
    columns: list[DescribedColumn]
    hint: dict[str, str] = {}


class Query(Struct, frozen=True):
    """A canned query."""

    name: str
    samspil: Described | None = None
