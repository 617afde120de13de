"""The conditions that Tryton writes over a record's fields ("readonly unless state is draft"), worked out here.

Tryton sends them with every field and button as PYSON (``trytond/pyson.py``), and its own client works them out just
so. Only what such conditions use is understood; anything else raises, and the caller takes the careful answer.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any


class NotUnderstood(ValueError):
    """An expression with something in it that is not worked out here."""


def parse(text: object) -> Any:
    """A PYSON text as nested lists and dictionaries. Raises `NotUnderstood`."""
    if not isinstance(text, str):
        raise NotUnderstood("no text")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood("no JSON") from error


def names(expression: Any) -> Iterator[str]:
    """The fields that ``expression`` looks at."""
    if isinstance(expression, Mapping):
        if expression.get("__class__") == "Eval" and isinstance(expression.get("v"), str):
            yield expression["v"].partition(".")[0]
        for part in expression.values():
            yield from names(part)
    elif isinstance(expression, list):
        for part in expression:
            yield from names(part)


def evaluate(expression: Any, values: Mapping[str, Any]) -> Any:
    """What ``expression`` comes to over a record's ``values``. Raises `NotUnderstood`."""
    try:
        return _evaluate(expression, values)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        raise NotUnderstood(str(error)) from error


def _evaluate(expression: Any, values: Mapping[str, Any]) -> Any:  # noqa: PLR0911, PLR0912 - one case for each operator
    if isinstance(expression, list):
        return [_evaluate(part, values) for part in expression]
    if not isinstance(expression, Mapping):
        return expression
    parts = {key: _evaluate(part, values) for key, part in expression.items() if key != "__class__"}
    match expression.get("__class__"):
        case None:
            return parts
        case "Eval":
            return _field(parts["v"], parts.get("d"), values)
        case "Not":
            return not parts["v"]
        case "Bool":
            return bool(parts["v"])
        case "And":
            return all(parts["s"])
        case "Or":
            return any(parts["s"])
        case "Equal":
            return bool(parts["s1"] == parts["s2"])
        case "Greater":
            return _greater(parts["s1"], parts["s2"], or_equal=bool(parts["e"]))
        case "Less":
            return _greater(parts["s2"], parts["s1"], or_equal=bool(parts["e"]))
        case "If":
            return parts["t"] if parts["c"] else parts["e"]
        case "In":
            return bool(parts["v"]) and parts["k"] in parts["v"]
        case "Get":
            return parts["v"].get(parts["k"], parts.get("d"))
        case "Len":
            return len(parts["v"])
        case other:
            raise NotUnderstood(f"the operator {other!r}")


def _field(name: str, default: Any, values: Mapping[str, Any]) -> Any:
    if name in values:
        return values[name]
    base, dot, rest = name.partition(".")
    inner = values.get(base)
    if dot and isinstance(inner, Mapping):
        return _field(rest, default, inner)
    return default


def _greater(left: Any, right: Any, *, or_equal: bool) -> bool:
    if left is None or right is None:
        return False
    if isinstance(left, timedelta):
        left = left.total_seconds()
    if isinstance(right, timedelta):
        right = right.total_seconds()
    if isinstance(left, float):
        left = Decimal(repr(left))
    if isinstance(right, float):
        right = Decimal(repr(right))
    return bool(left >= right if or_equal else left > right)
