"""`on_change` of many sale lines that are not stored yet, in one call instead of one each.

Nothing is computed here and nothing is written: each line is made of the values that the client sends, asked with
Tryton's own method, and answered with what Tryton changed, just as a call of `sale.line.on_change` is.
"""

from typing import Any

from trytond import exceptions
from trytond.pool import PoolMeta
from trytond.rpc import RPC

VERSION = 1
_MOST = 200
_ASKED = frozenset({"on_change", "on_change_with"})


class Line(metaclass=PoolMeta):
    """A sale line that answers for many."""

    __name__ = "sale.line"

    @classmethod
    def __setup__(cls) -> None:
        super().__setup__()
        # As `on_change` itself: read-only, and with the rights of the user who asks.
        cls.__rpc__.update({"samspil_version": RPC(), "samspil_many": RPC()})

    @classmethod
    def samspil_version(cls) -> int:
        """Which calls there are."""
        return VERSION

    @classmethod
    def samspil_many(cls, calls: list[list[Any]]) -> list[list[Any]]:
        """Answer ``[[method, values, names], …]`` with ``[[changes, error], …]``, in that order.

        ``method`` is ``on_change`` or ``on_change_with``, ``values`` and ``names`` are what it is called with. One
        that Tryton refuses has its error, ``["UserError", [message, description, domain]]``, and no changes; the
        others are answered all the same. Any other failure is one of the whole call.
        """
        if len(calls) > _MOST:
            raise exceptions.UserError(f"At most {_MOST} lines in one call.")
        return [cls._samspil_answer(*call) for call in calls]

    @classmethod
    def _samspil_answer(cls, method: str, values: dict[str, Any], names: list[str]) -> list[Any]:
        if method not in _ASKED:
            raise ValueError(f"{method} is not asked this way")
        try:
            line = cls(**values)
            getattr(line, method)(names)
            return [line._changed_values(), None]
        except (exceptions.UserError, exceptions.UserWarning) as error:
            return [None, list(error.args)]
