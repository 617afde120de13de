"""Sales, tasks and e-mails of the card, by keys in a real window, as Creme's and Tryton's own databases have them."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QMenu, QWidget

from app.domain.contact_changes import new_token
from app.domain.contacts import Company, Outcome, SalesProcess, SalesStage, next_stage
from app.domain.sales_changes import StageChange
from app.ports.crm import CrmSystem
from app.services.card_parts import PartStatus
from app.ui.card.kinds import KEYS, TouchKind
from app.ui.card.sales import SalesCard
from app.ui.card.stage_chip import StageChip
from app.ui.card.tasks import TasksCard
from app.ui.widgets import Button
from tests.contract.crm_facts import Run
from tests.fixtures.program import Clerk
from tests.helpers.proxy import ProxyFault

NUMBER = "10010"
"""A customer of both systems, with one sale in the CRM that is open."""
STAGE = "SELECT sales_phase_id FROM opportunities_opportunity WHERE cremeentity_ptr_id = ?"
EDITS = "SELECT count(*) FROM creme_core_historyline WHERE entity_id = ? AND type = 2"
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class Somebody:
    """A colleague at the CRM, who looks at the same sale from elsewhere."""

    def __init__(self, crm: CrmSystem, run: Run) -> None:
        self._crm, self._run = crm, run
        self.stages: tuple[SalesStage, ...] = run(crm.sales_stages())
        (hit,) = run(crm.companies_by_number(NUMBER))
        self.company: Company = run(crm.company(hit.id))

    @property
    def sale(self) -> SalesProcess:
        """As the CRM has it now."""
        return self._run(self._crm.sales(self.company.id))[0]

    def put_into(self, stage: SalesStage) -> None:
        """Move it."""
        sale = self.sale
        self._run(
            self._crm.set_stage(StageChange(new_token(), self.company.id, sale.id, stage.id, sale.version, sale.name))
        )


@pytest.fixture
def somebody(clerk: Clerk, run: Run) -> Iterator[Somebody]:
    """He puts the sale into its first stage before, and where it was after."""
    crm = clerk.crm.system()
    run(crm.sign_in(clerk.crm.password()))
    somebody = Somebody(crm, run)
    was = next(stage for stage in somebody.stages if stage.id == somebody.sale.stage_id)
    somebody.put_into(somebody.stages[0])
    yield somebody
    somebody.put_into(was)
    run(crm.close())


@contextmanager
def a_reference(clerk: Clerk, sale: SalesProcess) -> Iterator[str]:
    """The sale has a reference that no order has had."""
    reference, change = f"Tilbud {uuid4().hex[:8]}", "UPDATE opportunities_opportunity SET reference = ? WHERE {}"
    clerk.crm.change(change.format("cremeentity_ptr_id = ?"), reference, sale.id)
    try:
        yield reference
    finally:
        clerk.crm.change(change.format("cremeentity_ptr_id = ?"), "", sale.id)


def sales(clerk: Clerk) -> SalesCard:
    """Where the sales are shown."""
    return next(iter(clerk.program.window.card_panel.overview.findChildren(SalesCard)))


def tasks(clerk: Clerk) -> TasksCard:
    """Where the tasks are shown."""
    return next(iter(clerk.program.window.card_panel.overview.findChildren(TasksCard)))


def open_card(clerk: Clerk) -> None:
    """The customer's card, with all that both systems say."""
    clerk.find(NUMBER)
    card = clerk.program.card
    clerk.until(lambda: all(part.status is PartStatus.READY for part in (card.sales, card.tasks, card.customer)))
    clerk.until(lambda: bool(card.selling.stages))


def buttons(widget: QWidget, text: str) -> list[Button]:
    """Those there that say this and can be used."""
    found = widget.findChildren(Button)
    return [button for button in found if button.isVisible() and button.isEnabled() and text in button.text()]


def use(clerk: Clerk, widget: QWidget, text: str) -> None:
    """Wait for the button that says this, and press Enter on it."""
    clerk.until(lambda: bool(buttons(widget, text)))
    (button,) = buttons(widget, text)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    clerk.press(Qt.Key.Key_Return)


def choose(clerk: Clerk, stage: SalesStage) -> None:
    """Choose a stage from the menu of the sale's, by keys."""
    (chip,) = [chip for chip in sales(clerk).findChildren(StageChip) if not chip.isHidden()]
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    clerk.press(Qt.Key.Key_Space)
    (menu,) = [menu for menu in chip.findChildren(QMenu) if menu.isVisible()]
    clerk.until(lambda: any(action.text() == stage.name for action in menu.actions()))
    while (at := menu.activeAction()) is None or at.text() != stage.name:
        clerk.press(Qt.Key.Key_Down)
    clerk.look("sales-menu")
    clerk.press(Qt.Key.Key_Return)


def stage_in_creme(clerk: Clerk, sale: SalesProcess) -> str:
    """What Creme's database says."""
    return str(clerk.crm.one(STAGE, sale.id))


def test_a_sale_is_moved_on_and_won_and_becomes_one_order(clerk: Clerk, somebody: Somebody) -> None:
    sale = somebody.sale
    further = next_stage(somebody.stages, sale.stage_id)
    won = next(stage for stage in somebody.stages if stage.outcome is Outcome.WON)
    assert further is not None
    with a_reference(clerk, sale) as reference:
        open_card(clerk)
        clerk.look("sales-open")
        use(clerk, sales(clerk), f"Next stage: {further.name}")
        clerk.until(lambda: stage_in_creme(clerk, sale) == further.id and not clerk.program.writes.pending)
        clerk.until(lambda: sales(clerk).content.isAncestorOf(clerk.program.window.focusWidget()))
        choose(clerk, won)
        clerk.until(lambda: stage_in_creme(clerk, sale) == won.id)
        clerk.until(lambda: f"“{sale.name}” is won." in clerk.messages())
        clerk.look("sales-won")
        (offer, _in_the_row) = buttons(sales(clerk), "Order from this sale")
        offer.setFocus(Qt.FocusReason.TabFocusReason)
        clerk.press(Qt.Key.Key_Return)
        clerk.until(lambda: clerk.program.panel.session is not None)
        header = clerk.session.head.view().header
        assert (header.customer.number, header.customer_reference) == (NUMBER, reference)
        assert clerk.session.order.id is None
        clerk.enter_line("4711", "3")
        clerk.until_stored(1)
        clerk.look("sales-order")
        order_id = clerk.session.order.id
        in_tryton = "SELECT s.id, p.code FROM sale_sale s JOIN party_party p ON p.id = s.party WHERE s.reference = ?"
        assert clerk.erp.rows(in_tryton, reference) == [(int(order_id or 0), NUMBER)]
        # Once more, as somebody would who does not know: the order that is there is told of and opened.
        clerk.program.panel.close_order()
        use(clerk, sales(clerk), "Order from this sale")
        clerk.until(lambda: "This customer has an order of this reference already" in clerk.messages())
        clerk.look("sales-again")
        # The order half, closed behind the user's back, may have taken the keyboard meanwhile.
        use(clerk, sales(clerk), "Open it")
        clerk.until(lambda: clerk.program.panel.session is not None and clerk.session.order.id == order_id)
        assert len(clerk.erp.rows(in_tryton, reference)) == 1


def test_a_lost_answer_moves_it_once_and_somebody_elses_stage_is_told(clerk: Clerk, somebody: Somebody) -> None:
    sale, stages = somebody.sale, somebody.stages
    open_card(clerk)
    edits = clerk.crm.one(EDITS, sale.id)
    clerk.between(clerk.crm_line, ProxyFault.CUT)
    use(clerk, sales(clerk), "Next stage")
    clerk.until(lambda: "The CRM did not say whether it stored this." in clerk.messages())
    clerk.look("sales-unknown")
    clerk.between(clerk.crm_line, ProxyFault.NONE)
    clerk.until(lambda: not clerk.program.writes.pending)
    moved = stages[1]
    assert stage_in_creme(clerk, sale) == moved.id
    assert clerk.crm.one(EDITS, sale.id) == edits + 1
    clerk.until(lambda: bool(buttons(sales(clerk), f"Next stage: {stages[2].name}")))
    lost = next(stage for stage in stages if stage.outcome is Outcome.LOST)
    somebody.put_into(lost)
    use(clerk, sales(clerk), "Next stage")
    clerk.until(lambda: f"In the CRM it is {lost.name} now; you saw {moved.name}." in clerk.messages())
    assert stage_in_creme(clerk, sale) == lost.id
    clerk.look("sales-conflict")
    use(clerk, sales(clerk), f"Put it into {stages[2].name}")
    clerk.until(lambda: stage_in_creme(clerk, sale) == stages[2].id and not clerk.program.writes.pending)


def test_a_task_with_its_day_and_an_email_in_two_actions(clerk: Clerk, somebody: Somebody) -> None:
    company, mark = somebody.company, uuid4().hex[:8]
    open_card(clerk)
    clerk.press(Qt.Key.Key_5, ALT)
    composer = clerk.program.window.card_panel.timeline.composer
    assert KEYS[TouchKind.TASK] == "Alt+5"
    clerk.type(f"Send prøver {mark}")
    clerk.press(Qt.Key.Key_Tab)
    clerk.press(Qt.Key.Key_Tab)
    clerk.press(Qt.Key.Key_Tab)
    clerk.type("1/3/2031")
    clerk.look("task-composer")
    clerk.press(Qt.Key.Key_Return, CONTROL)
    clerk.until(composer.isHidden)
    start = "SELECT cremeentity_ptr_id, start, status_id FROM activities_activity WHERE title = ?"
    ((task_id, due, planned),) = clerk.crm.rows(start, f"Send prøver {mark}")
    assert due.startswith("2031-02-28 23:00"), "the day begins in Copenhagen"
    clerk.press(Qt.Key.Key_3, ALT)
    clerk.type(f"Tilbud sendt {mark}")
    clerk.look("email-composer")
    clerk.press(Qt.Key.Key_Return, CONTROL)
    clerk.until(composer.isHidden)
    assert clerk.program.window.card_panel.timeline.list.hasFocus(), "the keyboard goes on from what was written"
    mail = "SELECT status, recipient FROM emails_entityemail WHERE subject = ?"
    assert clerk.crm.rows(mail, f"Tilbud sendt {mark}") == [(4, company.email)]
    clerk.program.window.card_panel.tabs.setCurrentIndex(0)

    def boxes() -> list[QCheckBox]:
        found = tasks(clerk).findChildren(QCheckBox)
        return [box for box in found if box.isVisible() and mark in box.accessibleName()]

    clerk.until(lambda: bool(boxes()))
    clerk.look("tasks")
    (box,) = boxes()
    box.setFocus(Qt.FocusReason.TabFocusReason)
    clerk.press(Qt.Key.Key_Space)
    clerk.until(lambda: not boxes() and not clerk.program.writes.pending)
    clerk.until(lambda: tasks(clerk).isAncestorOf(clerk.program.window.focusWidget()))
    ((_, _, done),) = clerk.crm.rows(start, f"Send prøver {mark}")
    assert done != planned
    assert clerk.crm.one("SELECT name FROM activities_status WHERE id = ?", done) == "Done"
    assert task_id
