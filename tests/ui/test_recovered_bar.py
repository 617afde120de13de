"""What became of lines that were on their way when the program last ended, as the user reads it."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from app.domain.order_changes import HeaderChange, OrderChanges
from app.domain.orders import HeaderField
from app.ports.journal import JournalEntry, JournalTrouble
from app.services.order_recovery import Outcome, Recovered
from app.ui.orders.recovered_bar import RecoveredBar
from app.ui.widgets import Button
from tests.unit.test_journal import CHANGES


def told(outcome: Outcome, number: str = "SO-516") -> Recovered:
    """One more."""
    return Recovered(JournalEntry(7, CHANGES, frozenset(), 1_795_430_641.0), outcome, "516", number)


def test_nothing_is_said_when_there_is_nothing(qtbot: QtBot) -> None:
    bar = RecoveredBar()
    qtbot.addWidget(bar)
    bar.set_trouble(None)
    assert not bar.text()


def test_each_is_said_with_its_order_and_its_outcome(qtbot: QtBot) -> None:
    bar = RecoveredBar()
    qtbot.addWidget(bar)
    bar.add(told(Outcome.IN_ERP))
    bar.add(told(Outcome.STORED_NOW, "SO-517"))
    first, second = bar.text().splitlines()
    assert "SO-516" in first
    assert "in the ERP" in first
    assert "SO-517" in second
    assert "stored now" in second
    assert not [button for button in bar.findChildren(Button) if button.text().startswith("Open")]


def test_what_needs_the_user_opens_its_order(qtbot: QtBot) -> None:
    bar = RecoveredBar()
    qtbot.addWidget(bar)
    bar.add(told(Outcome.RESTORED))
    assert "did not get into the ERP" in bar.text()
    (button,) = [each for each in bar.findChildren(Button) if "SO-516" in each.text()]
    with qtbot.waitSignal(bar.open_requested) as caught:
        button.click()
    assert caught.args == [7]


def test_a_change_of_the_head_alone_is_not_told_as_lines(qtbot: QtBot) -> None:
    bar = RecoveredBar()
    qtbot.addWidget(bar)
    head = OrderChanges("516", "1", CHANGES.header, header_change=HeaderChange({HeaderField.CUSTOMER_REFERENCE: ""}))
    for outcome in Outcome:
        recovered = told(outcome)
        bar.add(replace(recovered, entry=replace(recovered.entry, changes=head)))
    assert "line" not in bar.text()
    assert bar.text().count("head from") == len(bar.text().splitlines())


def test_a_journal_that_cannot_be_kept_is_said(qtbot: QtBot) -> None:
    bar = RecoveredBar()
    qtbot.addWidget(bar)
    for trouble in JournalTrouble:
        bar.set_trouble(trouble)
        assert bar.text()
    bar.set_trouble(None)
    assert not bar.text()
