"""An order session with a fake ERP, a loop in virtual time, and a window that must not be lied to."""

from decimal import Decimal
from typing import cast

from app.domain.order_edits import Value
from app.domain.orders import LineField, Order, OrderLine, Product
from app.ports.erp import ErpSystem
from app.services.order_rows import RowStatus, RowView
from app.services.order_session import OrderSession
from app.services.tokens import LineTokens
from tests.helpers.fake_erp import LAMP, FakeErp, order_of, priced
from tests.helpers.manual_runner import ManualRunner


class WindowStub:
    """Shows what it was told of and nothing else, as a window does."""

    def __init__(self, session: OrderSession) -> None:
        self._session = session
        self.keys = session.keys()
        self.rows = {key: session.row(key) for key in self.keys}
        self.order_changes = 0
        session.listen(self)

    def rows_changed(self, keys: frozenset[str]) -> None:
        """See `SessionListener`."""
        assert self._session.keys() == self.keys, "rows came or went, and the window was not told"
        self.rows |= {key: self._session.row(key) for key in keys if key in self.rows}

    def rows_reset(self) -> None:
        """See `SessionListener`."""
        self.keys = self._session.keys()
        self.rows = {key: self._session.row(key) for key in self.keys}

    def order_changed(self) -> None:
        """See `SessionListener`."""
        self.order_changes += 1

    def check(self) -> None:
        """What is shown is what is there."""
        assert self.keys == self._session.keys()
        assert self.rows == {key: self._session.row(key) for key in self.keys}


class Desk:
    """A clerk at an order.

    Attributes:
        erp: The ERP behind it.
        session: The order being edited.
        window: What the clerk sees.
    """

    def __init__(
        self, runner: ManualRunner, *lines: OrderLine, is_new: bool = False, knows_prices: bool = True
    ) -> None:
        """``knows_prices``: the ERP has told that the prices on ``lines`` are its own."""
        order: Order = order_of(*lines, order_id=None if is_new else "516")
        self.runner = runner
        self.erp = FakeErp(order)
        self.session = OrderSession(cast(ErpSystem, self.erp), order, runner, LineTokens())
        for line in lines if knows_prices else ():
            self.session.prices.heard(order.header, line, line.unit_price)
        self.window = WindowStub(self.session)

    def type(self, key: str, name: LineField, value: Value) -> None:
        """Type a value."""
        self.session.edit(key, name, value)

    def quantity(self, key: str, value: int) -> None:
        """Type a quantity."""
        self.session.edit(key, LineField.QUANTITY, Decimal(value))

    def enter(self, value: int = 1, product: Product = LAMP) -> str:
        """Type a new row and leave it; its key."""
        key = self.session.add_line()
        self.type(key, LineField.PRODUCT, product)
        self.quantity(key, value)
        self.session.leave(key)
        return key

    def change(self, key: str, value: int) -> None:
        """Type a quantity and leave the row."""
        self.quantity(key, value)
        self.session.leave(key)

    def settle(self) -> None:
        """Wait until everything has come to rest."""
        self.runner.settle()
        self.window.check()

    def row(self, key: str) -> RowView:
        """A row as the window shows it."""
        return self.window.rows[key]

    def status(self, key: str) -> RowStatus:
        """The sign of a row."""
        return self.window.rows[key].status

    def statuses(self) -> set[RowStatus]:
        """The signs of all rows."""
        return {row.status for row in self.window.rows.values()}

    @property
    def stored(self) -> tuple[OrderLine, ...]:
        """The lines that the ERP has."""
        return self.erp.orders[self.session.order.id or ""].lines

    def quantities(self) -> list[int]:
        """The quantities that the ERP has, from top to bottom."""
        return [int(line.quantity or 0) for line in self.stored]

    def assert_in_erp(self) -> None:
        """The ERP holds exactly what is shown, and nothing waits."""
        self.window.check()
        assert not self.session.has_unwritten
        assert self.statuses() <= {RowStatus.STORED}
        assert self.session.order == self.erp.orders[self.session.order.id or ""]
        assert self.erp.most_writes_at_once <= 1
        assert not self.session.is_busy
        created = [change.line.id for write in self.erp.landed_writes for change in write.created]
        assert len(created) == len(set(created)), "a line was created twice"


def stored(line_id: str, quantity: int, product: Product = LAMP) -> OrderLine:
    """A line that the ERP has."""
    return priced(OrderLine(line_id, version="1", product=product, quantity=Decimal(quantity)))
