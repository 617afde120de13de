"""Which proposal is marked is said, while the keyboard stays in the field above the list."""

import pytest
from PySide6.QtGui import QAccessible, QStandardItem
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.language import Language
from app.ui.theme import Theme
from app.ui.widgets import spoken
from app.ui.widgets.proposals import ProposalList


@pytest.mark.parametrize(
    ("language", "said"), [("en", ["2 of 3: Driver", "3 of 3: Cable"]), ("da", ["2 af 3: Driver", "3 af 3: Cable"])]
)
def test_the_marked_one_and_its_place(
    qtbot: QtBot, look: tuple[Theme, Language], monkeypatch: pytest.MonkeyPatch, language: str, said: list[str]
) -> None:
    look[1].choose(language)
    field = QLineEdit()
    field.setAccessibleName("Item")
    qtbot.addWidget(field)
    field.show()
    heard: list[str] = []
    monkeypatch.setattr(spoken, "announce", lambda _widget, words: heard.append(words))
    was_active = QAccessible.isActive()
    QAccessible.setActive(True)
    try:
        proposals = ProposalList(field)
        proposals.show_items([QStandardItem(name) for name in ("Lamp", "Driver", "Cable")], 200)
        assert proposals.accessibleName() == "Item"
        proposals.mark(1)
        proposals.mark(2)
        proposals.mark(3)  # over the end: none
    finally:
        QAccessible.setActive(was_active)
        look[1].choose("en")
    assert heard == said
