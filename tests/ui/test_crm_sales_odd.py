"""Sales, tasks and the composer where something is odd: what is not there, not allowed, or typed wrong."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.contacts import ContactKind, Outcome, SalesStage, Task, TouchKind, next_stage
from app.domain.orders import OrderPhase, OrderState, OrderSummary
from app.ports.capability import Capability
from app.ports.errors import Conflict, NoRights, NotFound, OutcomeUnknown, Unreachable
from app.services.search import Match
from app.ui.card.sales import SalesCard
from app.ui.card.stage_chip import StageChip
from app.ui.card.tasks import TasksCard
from app.ui.formats import today
from app.ui.widgets import Button, MessageBar
from tests.fixtures.window import Desk
from tests.helpers.fake_contacts import HOSPITAL, NORDLYS, STAGES

MATCH = Match("crm:company:c1", ContactKind.COMPANY, "Nordlys", "10023", company_id="c1")
WON = replace(HOSPITAL, id="2", name="Museum <b>lights</b>", stage="Won", stage_id="g4", is_open=False)
WON = replace(WON, outcome=Outcome.WON, reference="Q-17")


def said(widget: QWidget) -> str:
    """Everything that can be read there."""
    bars = [bar.text() for bar in widget.findChildren(MessageBar) if bar.isVisible()]
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return "\n".join([*bars, *labels, *(button.text() for button in shown(widget))])


def shown(widget: QWidget, text: str = "") -> list[Button]:
    """The buttons there that say this."""
    return [button for button in widget.findChildren(Button) if button.isVisible() and text in button.text()]


@pytest.fixture
def card(desk: Desk) -> Desk:
    """Nordlys is open, with a sale that goes on and one that is won."""
    desk.crm.sold = [HOSPITAL, WON]
    desk.sign_in()
    desk.window.open(MATCH)
    desk.answer()
    return desk


def sales(card: Desk) -> SalesCard:
    return next(iter(card.panel.overview.findChildren(SalesCard)))


def press(qtbot: QtBot, card: Desk, text: str) -> None:
    """Enter on the button that says this."""
    card.until(lambda: bool(shown(sales(card), text)))
    qtbot.keyClick(shown(sales(card), text)[0], Qt.Key.Key_Return)
    card.answer()


def test_the_next_stage_is_the_next_that_is_not_lost() -> None:
    assert [next_stage(STAGES, stage.id) for stage in STAGES] == [STAGES[1], STAGES[3], None, None]
    assert next_stage(STAGES, "elsewhere") is None
    assert next_stage((), "g1") is None
    assert next_stage((SalesStage("a", "A"), SalesStage("b", "B", Outcome.LOST)), "a") is None


def test_who_may_not_change_a_sale_is_offered_nothing(desk: Desk) -> None:
    desk.crm.sold = [replace(HOSPITAL, can_change=False), WON]
    gone = {Capability.SET_STAGE, Capability.ADD_TASK, Capability.LOG_EMAIL, Capability.TASKS}
    desk.crm.capabilities -= gone
    desk.erp.capabilities -= gone
    desk.sign_in()
    desk.window.open(MATCH)
    desk.answer()
    assert not shown(sales(desk), "Next stage")
    assert [chip.isEnabled() for chip in sales(desk).findChildren(StageChip)] == [True]  # the won one's alone
    assert "sales_stages" not in desk.crm.asked
    assert next(iter(desk.panel.overview.findChildren(TasksCard))).isHidden()
    desk.panel.compose(TouchKind.EMAIL)
    assert desk.panel.timeline.composer.isHidden()
    desk.panel.compose(TouchKind.CALL)
    chips = desk.panel.timeline.composer._kinds
    assert [kind for kind, chip in chips.items() if not chip.isHidden()] == [
        TouchKind.CALL,
        TouchKind.MEETING,
        TouchKind.NOTE,
    ]


def test_a_refused_stage_stays_as_it_was_and_can_be_let_go(qtbot: QtBot, card: Desk) -> None:
    card.crm.refuses = NoRights("crm", "Not your sale")
    press(qtbot, card, "Next stage: Talks")
    assert "“Not your sale”" in said(sales(card))
    assert "“Hospital” into the stage Talks." in said(sales(card))
    card.crm.refuses = None
    press(qtbot, card, "Take back")
    assert "Not your sale" not in said(sales(card))
    assert card.crm.sold[0].stage == "Offer & demo"
    assert shown(sales(card), "Next stage: Talks")


def test_what_is_not_known_is_asked_again_and_nothing_else_is_done_meanwhile(qtbot: QtBot, card: Desk) -> None:
    card.crm.refuses = OutcomeUnknown("crm")
    press(qtbot, card, "Next stage: Talks")
    assert "The CRM did not say whether it stored this." in said(sales(card))
    chip = next(chip for chip in sales(card).findChildren(StageChip) if "Talks" in chip.text() and chip.isVisible())
    assert not chip.isEnabled()
    card.crm.refuses = None
    press(qtbot, card, "Try again")
    assert card.crm.sold[0].stage == "Talks"
    assert card.crm.asked.count("set_stage g2") == len([a for a in card.crm.asked if a.startswith("set_stage")])
    assert "did not say" not in said(sales(card))


def test_the_keyboard_stays_on_the_sale(qtbot: QtBot, card: Desk) -> None:
    shown(sales(card), "Next stage")[0].setFocus()
    press(qtbot, card, "Next stage: Talks")
    focus = card.window.focusWidget()
    assert isinstance(focus, Button)
    assert focus.text() == "Next stage: Won"
    qtbot.keyClick(focus, Qt.Key.Key_Return)
    card.answer()
    focus = card.window.focusWidget()
    assert isinstance(focus, Button)
    assert focus.text() == "Order from this sale"
    assert "“Hospital” is won." in said(sales(card))


def test_a_stage_that_somebody_changed_shows_both(qtbot: QtBot, card: Desk) -> None:
    card.crm.refuses = Conflict("crm")
    press(qtbot, card, "Next stage: Talks")
    card.crm.refuses = None
    card.crm.sold = [replace(HOSPITAL, stage="Lost", stage_id="g3", outcome=Outcome.LOST, version="v9"), WON]
    card.panel.reload()
    card.answer()
    assert "In the CRM it is Lost now; you saw Offer & demo." in said(sales(card))
    press(qtbot, card, "Put it into Talks")
    assert card.crm.sold[0].stage == "Talks"


def test_what_is_said_of_a_sale_stays_where_it_is_gone(qtbot: QtBot, desk: Desk) -> None:
    desk.crm.sold = [HOSPITAL]
    desk.sign_in()
    desk.window.open(MATCH)
    desk.answer()
    desk.crm.refuses = NotFound("crm", "It is in the trash")
    desk.crm.sold = []
    press(qtbot, desk, "Next stage: Talks")
    desk.until(lambda: "No sales under way." in said(sales(desk)))
    assert "“It is in the trash”" in said(sales(desk))
    press(qtbot, desk, "Take back")
    desk.until(lambda: "It is in the trash" not in said(sales(desk)))
    assert not desk.card.writes.pending


def test_without_a_number_there_is_no_order(qtbot: QtBot, desk: Desk) -> None:
    desk.crm.companies = {"c1": replace(NORDLYS, number="")}
    desk.crm.sold = [WON]
    desk.sign_in()
    desk.window.open(replace(MATCH, number=""))
    desk.answer()
    press(qtbot, desk, "Order from this sale")
    assert "The CRM holds no customer number for this company, so the ERP does not know it." in said(sales(desk))
    assert "Link it to its customer in the ERP first" in said(sales(desk))
    assert "orders_of" not in desk.erp.asked
    desk.panel.links_requested.disconnect()  # the page itself is not what is looked at here
    with qtbot.waitSignal(desk.panel.links_requested) as asked:
        qtbot.keyClick(shown(sales(desk), "Look for the number")[0], Qt.Key.Key_Return)
    assert asked.args == ["c1"]


@pytest.mark.parametrize(
    ("reference", "phase", "is_it"),
    [
        ("q-17", OrderPhase.DRAFT, True),
        ("Q-17", OrderPhase.CANCELLED, False),
        ("Q-170", OrderPhase.DRAFT, False),
        ("about Q-17", OrderPhase.DRAFT, False),
    ],
)
def test_only_the_very_reference_is_the_order_of_the_sale(
    qtbot: QtBot, card: Desk, reference: str, phase: OrderPhase, is_it: bool
) -> None:
    begun: list[str] = []
    card.window.sale_order_requested.connect(begun.append)
    card.erp.orders = [OrderSummary("9", "SO-9", OrderState("s", "As it is", phase), None, reference, None)]
    press(qtbot, card, "Order from this sale")
    assert ("This customer has an order of this reference already: SO-9 (As it is)." in said(sales(card))) is is_it
    assert begun == ([] if is_it else ["Q-17"])
    if is_it:
        press(qtbot, card, "One more order")
        assert begun == ["Q-17"]


def test_an_erp_that_does_not_answer_begins_no_order(qtbot: QtBot, card: Desk) -> None:
    begun: list[str] = []
    card.window.sale_order_requested.connect(begun.append)
    card.erp.fault = Unreachable("erp")
    press(qtbot, card, "Order from this sale")
    assert "No order was begun." in said(sales(card))
    card.erp.fault, card.erp.orders = None, []
    press(qtbot, card, "Try again")
    assert begun == ["Q-17"]


def test_tasks_are_told_by_their_day_and_ticked_off(qtbot: QtBot, desk: Desk) -> None:
    desk.crm.to_do = [
        Task("1", "Late", today() - timedelta(days=9), version="1", can_change=True),
        Task("2", "Now", today(), version="1", can_change=True),
        Task("3", "Somebody else's", version="1"),
    ]
    desk.sign_in()
    desk.window.open(MATCH)
    desk.answer()
    tasks = next(iter(desk.panel.overview.findChildren(TasksCard)))
    assert "overdue, " in said(tasks)
    boxes = [box for box in tasks.findChildren(QCheckBox) if box.isVisible()]
    assert [box.isEnabled() for box in boxes] == [True, True, False]
    boxes[0].setFocus()
    qtbot.keyClick(boxes[0], Qt.Key.Key_Space)
    desk.answer()
    assert [task.id for task in desk.crm.to_do] == ["2", "3"]
    assert "overdue" not in said(tasks)
    focus = desk.window.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Done: Now, today"
    desk.crm.refuses = Conflict("crm")
    qtbot.keyClick(focus, Qt.Key.Key_Space)
    desk.answer()
    assert "Done: Now." in said(tasks)
    assert not next(box for box in tasks.findChildren(QCheckBox) if box.isVisible()).isChecked()


def test_a_text_that_is_no_day_is_not_sent(qtbot: QtBot, card: Desk) -> None:
    composer = card.panel.timeline.composer
    card.panel.compose(TouchKind.TASK)
    qtbot.keyClicks(composer._subject, "Call back")
    qtbot.keyClicks(composer._due, "31/2")
    qtbot.keyClick(composer._due, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    card.answer()
    assert card.crm.logged == []
    assert "“31/2” is not a day." in said(composer)
    composer._due.clear()
    qtbot.keyClicks(composer._due, "+7")
    qtbot.keyClick(composer._due, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    card.answer()
    (touch,) = card.crm.logged
    assert (touch.kind, touch.due) == (TouchKind.TASK, today() + timedelta(days=7))
    assert composer.isHidden()


def test_who_began_it_goes_with_a_call_and_an_email_only(qtbot: QtBot, card: Desk) -> None:
    composer = card.panel.timeline.composer
    card.panel.compose(TouchKind.EMAIL)
    qtbot.keyClicks(composer._subject, "An answer")
    qtbot.mouseClick(composer._incoming, Qt.MouseButton.LeftButton)
    composer.save()
    card.answer()
    assert card.crm.logged[-1].is_incoming
    card.panel.compose(TouchKind.CALL)
    qtbot.mouseClick(composer._incoming, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(composer._kinds[TouchKind.MEETING], Qt.MouseButton.LeftButton)
    assert composer._incoming.isHidden()
    qtbot.keyClicks(composer._subject, "A visit")
    composer.save()
    card.answer()
    assert not card.crm.logged[-1].is_incoming
    assert card.crm.logged[-1].due is None
    assert isinstance(card.crm.logged[-1].at.date(), date)
