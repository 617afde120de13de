"""What a child is told: a file in its own folder, which only this user can read."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_NAME = "order.json"


@dataclass(frozen=True, slots=True)
class Order:
    """What a child needs to know.

    Attributes:
        secrets: What the keyring holds, by the name of the system.
        explain: Say where the window was held.
        given: What the scenario works on, such as the keys of orders.
    """

    secrets: Mapping[str, str]
    explain: bool = False
    given: Mapping[str, Any] = field(default_factory=dict)


def write_order(folder: Path, order: Order) -> None:
    """Leave it for the child."""
    descriptor = os.open(folder / _NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"secrets": dict(order.secrets), "explain": order.explain, "given": dict(order.given)}, file)


def read_order(folder: Path) -> Order:
    """In the child: what the parent left."""
    return Order(**json.loads((folder / _NAME).read_text(encoding="utf-8")))
