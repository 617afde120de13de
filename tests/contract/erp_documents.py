"""What every ERP must do that makes documents of its orders. A part of `ErpContract`."""

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from app.domain.documents import file_name
from app.ports.capability import Capability
from app.ports.errors import NotFound, TimedOut
from app.ui.documents.pdf import PdfPages
from tests.helpers.transports import Between

if TYPE_CHECKING:
    from tests.contract.erp_contract import Desk, ErpFacts


def words_of(content: bytes) -> str:
    """Everything that stands in a PDF."""
    pages = PdfPages(content)
    try:
        return "\n".join(pages.text(page) for page in range(len(pages.sizes)))
    finally:
        pages.close()


class DocumentsContract:
    """Tests of `documents` and `document`."""

    def test_it_makes_a_document_of_an_order(self, desk: "Desk", facts: "ErpFacts") -> None:
        if Capability.DOCUMENTS not in desk.erp.capabilities:
            pytest.skip("this ERP makes no documents")
        order = desk.ordered(facts.customer_number, (facts.product_code, "7"), (facts.other_product_code, "3"))
        assert order.id is not None
        offered = desk.run(desk.erp.documents(order.id))
        assert offered.kinds
        assert all(kind.key and kind.label for kind in offered.kinds)
        made = desk.run(desk.erp.document(order.id, offered.kinds[0].key))
        assert made.is_pdf
        name, _, extension = made.file_name.rpartition(".")
        assert file_name(name, extension) == made.file_name
        # A line may be broken anywhere.
        words = " ".join(words_of(made.content).split())
        for expected in (facts.customer_name.split()[0].casefold(), facts.product_name.split()[0].casefold()):
            assert expected in words.casefold()
        again = desk.run(desk.erp.open_order(order.id))
        assert (again.version, again.lines) == (order.version, order.lines), "a document changes nothing"

    def test_there_is_no_document_of_what_is_not_there(self, desk: "Desk", facts: "ErpFacts") -> None:
        for missing in ("999999999", "-1", "no id of theirs"):
            with pytest.raises(NotFound):
                desk.run(desk.erp.documents(missing))
        order = desk.ordered(facts.customer_number, (facts.product_code, "1"))
        kind = desk.run(desk.erp.documents(order.id or "")).kinds[0]
        with pytest.raises(NotFound):
            desk.run(desk.erp.document("999999999", kind.key))
        for key in ("999999999", "", "../sale"):
            with pytest.raises(NotFound):
                desk.run(desk.erp.document(order.id or "", key))

    def test_a_document_that_does_not_come_is_a_question_without_an_answer(
        self, desk: "Desk", facts: "ErpFacts", between: Between
    ) -> None:
        order = desk.ordered(facts.customer_number, (facts.product_code, "1"))
        kind = desk.run(desk.erp.documents(order.id or "")).kinds[0]

        def fault(request: httpx.Request) -> None:
            if b"execute" in request.content:
                raise httpx.ReadTimeout("too slow", request=request)

        between.fault = fault
        with pytest.raises(TimedOut):
            desk.run(desk.erp.document(order.id or "", kind.key))
        between.fault = lambda _request: None

        async def given_up() -> Any:
            work = asyncio.ensure_future(desk.erp.document(order.id or "", kind.key))
            await asyncio.sleep(0.1)
            work.cancel()
            return await asyncio.gather(work, return_exceptions=True)

        (ended,) = desk.run(given_up())
        assert isinstance(ended, asyncio.CancelledError)
        assert desk.run(desk.erp.documents(order.id or "")).kinds, "the next question is answered as ever"
