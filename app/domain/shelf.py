"""Customers and projects within reach: opened lately, favourites, and the user's own customers by the CRM's word."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.names import Name


class Shelf(StrEnum):
    """A list of customers and projects."""

    RECENT = "recent"
    FAVOURITES = "favourites"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class Shelved:
    """One of them.

    Attributes:
        at: When it was put there, aware; of a recent one, when it was opened last.
    """

    name: Name
    at: datetime
