"""An order with the customer's reference: one on the desk that is not in the ERP yet is that order."""

from decimal import Decimal
from typing import cast

import pytest

from app.domain.orders import LineField
from app.ports.erp import ErpSystem
from app.services.order_desk import DeskOrder, OrderDesk
from app.services.systems import Systems
from tests.helpers.fake_erp import HEADER, LAMP, FakeErp, order_of
from tests.helpers.manual_runner import ManualRunner


class Desk:
    """The desk, and the orders that were shown."""

    def __init__(self, runner: ManualRunner) -> None:
        self.runner = runner
        self.erp = FakeErp(order_of(order_id=None))
        self.desk = OrderDesk(Systems(erp=cast(ErpSystem, self.erp)), runner)

    def propose(self, reference: str) -> DeskOrder:
        """A new order for the customer."""
        shown: list[DeskOrder] = []
        self.desk.propose(HEADER.customer.id, shown.append, lambda fault: pytest.fail(str(fault)), reference=reference)
        self.runner.advance(0.1)
        (order,) = shown
        return order


@pytest.fixture
def desk(runner: ManualRunner) -> Desk:
    return Desk(runner)


def enter(order: DeskOrder) -> None:
    key = order.session.add_line()
    order.session.edit(key, LineField.PRODUCT, LAMP)
    order.session.edit(key, LineField.QUANTITY, Decimal(2))
    order.session.leave(key)


def test_the_reference_goes_into_the_erp_with_the_first_line(desk: Desk) -> None:
    order = desk.propose("Q-17")
    assert order.session.order.header.customer_reference != "Q-17"
    enter(order)
    desk.runner.settle()
    assert order.session.order.id is not None
    assert order.session.order.header.customer_reference == "Q-17"


def test_what_is_on_the_desk_and_not_in_the_erp_is_the_order_of_that_reference(desk: Desk) -> None:
    order = desk.propose("Q-17")
    desk.erp.is_down = True
    enter(order)
    desk.runner.advance(1)
    assert order.session.has_unwritten
    desk.erp.is_down = False
    assert desk.propose("Q-17") is order
    assert desk.erp.calls.count("propose_order") == 1
    other = desk.propose("Q-18")
    assert other is not order
    desk.runner.settle()
    assert [made.header.customer_reference for made in desk.erp.orders.values()] == ["Q-17"], "once, when it answers"
