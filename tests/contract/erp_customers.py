"""What every ERP must do that makes customers. A part of `ErpContract`."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest

from app.ports.capability import Capability
from app.ports.errors import OutcomeUnknown, Unreachable
from tests.helpers.transports import Between

if TYPE_CHECKING:
    from tests.contract.erp_contract import Desk


class CustomersContract:
    """Tests of `create_customer` and what goes with it. What is made is taken out again."""

    @pytest.fixture
    def new(self, desk: "Desk") -> tuple[str, str]:
        """A name and a token that were never used."""
        if Capability.CREATE_CUSTOMER not in desk.erp.capabilities:
            pytest.skip("this ERP makes no customers")
        return f"Nyåbnet {uuid4().hex[:8]} ApS", uuid4().hex

    def test_a_new_customer_has_a_name_and_the_erps_own_number(self, desk: "Desk", new: tuple[str, str]) -> None:
        erp, run = desk.erp, desk.run
        name, token = new
        made = run(erp.create_customer(f" {name} ", token))
        assert made.name == name
        customer = run(erp.customer(made.number))
        assert (customer.id, customer.name, customer.vat_number) == (made.id, name, "")
        assert customer.addresses == ()
        assert list(run(erp.created_customers(token))) == [made]
        run(erp.keep_customer(made.id, token))
        assert list(run(erp.created_customers(token))) == []
        run(erp.keep_customer(made.id, token))
        # It does not carry the token any more, so it stays.
        run(erp.drop_customer(made.id, token))
        assert run(erp.customer(made.number)) == customer
        assert run(erp.propose_order(made.id)).header.customer.number == made.number, "it can buy"

    def test_one_that_lost_is_gone(self, desk: "Desk", new: tuple[str, str]) -> None:
        erp, run = desk.erp, desk.run
        name, token = new
        first, second = (run(erp.create_customer(name, token)) for _ in range(2))
        assert list(run(erp.created_customers(token))) == [first, second]
        run(erp.drop_customer(second.id, token))
        run(erp.drop_customer(second.id, token))
        assert list(run(erp.created_customers(token))) == [first]
        run(erp.drop_customer(first.id, uuid4().hex))
        assert list(run(erp.created_customers(token))) == [first], "another token"
        run(erp.drop_customer(first.id, token))
        assert list(run(erp.created_customers(token))) == []

    def test_the_answer_to_making_one_is_lost(self, desk: "Desk", between: Between, new: tuple[str, str]) -> None:
        erp, run = desk.erp, desk.run
        name, token = new
        lost: list[httpx.Request] = []

        def lose(request: httpx.Request) -> bool:
            lost.append(request)
            return True

        between.lose = lose
        with pytest.raises(OutcomeUnknown):
            run(erp.create_customer(name, token))
        assert len(lost) == 1, "it is not sent again by itself"
        between.lose = lambda _request: False
        (made,) = run(erp.created_customers(token))
        assert made.name == name
        run(erp.drop_customer(made.id, token))

    def test_the_erp_is_not_there(self, desk: "Desk", between: Between, new: tuple[str, str]) -> None:
        def refuse(request: httpx.Request) -> Any:
            raise httpx.ConnectError("nobody", request=request)

        between.fault = refuse
        with pytest.raises(Unreachable):
            desk.run(desk.erp.create_customer(*new))
        between.fault = lambda _request: None
        assert list(desk.run(desk.erp.created_customers(new[1]))) == []

    def test_customers_by_vat_number(self, desk: "Desk") -> None:
        erp, run = desk.erp, desk.run
        page = run(erp.names(""))
        known = next(name for name in page.items if name.vat_number.startswith("DK"))
        spaced = " ".join([known.vat_number[:2], known.vat_number[2:4], known.vat_number[4:]])
        for text in (known.vat_number, spaced, known.vat_number.lower()):
            assert known.number in [hit.number for hit in run(erp.customers_by_vat(text))], text
        for text in ("", "DK00000000", "%"):
            assert list(run(erp.customers_by_vat(text))) == []
