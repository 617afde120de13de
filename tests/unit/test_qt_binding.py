"""The Qt binding counts references right.

PySide6 6.12.0 under Python 3.11 loses one with every call below; the process then dies with "deallocating None" after
some thousand cells have been painted. From Python 3.12 on None, True and False are immortal and nothing is seen.
"""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

_CALLS = 500
_NOISE = 50  # other threads and pytest itself hold and drop references too


class _Empty(QAbstractTableModel):
    def rowCount(self, _parent: QModelIndex | None = None) -> int:
        return 1

    def columnCount(self, _parent: QModelIndex | None = None) -> int:
        return 1

    def data(self, _index: QModelIndex, _role: int = 0) -> object:
        return None


class _Sender(QObject):
    sent = Signal()


def _calls() -> dict[str, Callable[[], object]]:
    model, sender = _Empty(), _Sender()
    sender.sent.connect(lambda: None)
    index = model.index(0, 0)
    return {
        "data": lambda: (model, index.data(Qt.ItemDataRole.UserRole)),
        "emit": lambda: (sender, sender.sent.emit()),
    }


@pytest.mark.parametrize("name", ["data", "emit"])
@pytest.mark.parametrize("constant", [None, True, False], ids=str)
def test_a_call_keeps_the_references_of_a_constant(name: str, constant: object) -> None:
    call = _calls()[name]
    before = sys.getrefcount(constant)
    for _ in range(_CALLS):
        call()
    assert abs(sys.getrefcount(constant) - before) < _NOISE
