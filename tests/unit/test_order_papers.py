"""`OrderPapers`: what is typed goes into the ERP before it makes the document, and nobody waits without a way out."""

from typing import cast

import pytest

from app.domain.documents import Document, DocumentKind, OrderDocuments
from app.domain.orders import LineField
from app.ports.erp import ErpSystem
from app.services.order_papers import OrderPapers
from app.services.order_rows import InputProblem
from app.services.paper_work import Stage
from tests.helpers.fake_erp import LAMP, Fault
from tests.helpers.manual_runner import ManualRunner
from tests.helpers.order_desk import Desk, stored


class Reader:
    """Somebody who wants an order on paper; the session tells them of each change, as the panel does."""

    def __init__(self, runner: ManualRunner, *, is_new: bool = False) -> None:
        self.desk = Desk(runner, *(() if is_new else (stored("1", 40),)), is_new=is_new)
        self.erp, self.session, self.runner = self.desk.erp, self.desk.session, runner
        self.papers = OrderPapers(cast(ErpSystem, self.erp), self.session, runner)
        self.made: list[tuple[Document, str]] = []
        self.stages: list[Stage] = []
        self.papers.on_made = lambda document, mail_to: self.made.append((document, mail_to))
        self.papers.on_stage = lambda: self.stages.append(self.papers.stage)

    def settle(self) -> None:
        """Let everything come to rest, telling of changes in between."""
        for _ in range(40):
            self.runner.advance(0.05)
            self.papers.go_on()
        self.runner.settle()


@pytest.fixture
def reader(runner: ManualRunner) -> Reader:
    return Reader(runner)


def test_a_document_is_made_of_what_was_typed(reader: Reader) -> None:
    key = reader.session.add_line()
    reader.desk.type(key, LineField.PRODUCT, LAMP)
    reader.desk.quantity(key, 3)
    reader.papers.want()
    assert reader.papers.stage is Stage.WRITING
    assert "documents" not in reader.erp.calls
    reader.settle()
    assert reader.stages == [Stage.WRITING, Stage.ASKING, Stage.MAKING, Stage.NONE]
    ((document, mail_to),) = reader.made
    assert (document.content, mail_to) == (b"%PDF- with 2 lines", "mail@nordlys.example")


def test_a_new_order_has_one_when_its_first_line_is_there(runner: ManualRunner) -> None:
    reader = Reader(runner, is_new=True)
    assert not reader.papers.is_possible
    reader.papers.want()
    assert reader.papers.stage is Stage.NO_KINDS
    key = reader.session.add_line()
    reader.desk.type(key, LineField.PRODUCT, LAMP)
    reader.desk.quantity(key, 3)
    assert reader.papers.is_possible
    reader.papers.want()
    reader.settle()
    assert [document.content for document, _ in reader.made] == [b"%PDF- with 1 lines"]


def test_lines_that_wait_for_the_user_are_said_and_can_be_left_out(reader: Reader) -> None:
    key = reader.session.add_line()
    reader.session.reject(key, LineField.QUANTITY, "two", InputProblem.NOT_A_NUMBER)
    reader.papers.want()
    reader.settle()
    assert reader.papers.stage is Stage.UNWRITTEN
    assert not reader.made
    reader.papers.without_rows()
    reader.settle()
    assert [document.content for document, _ in reader.made] == [b"%PDF- with 1 lines"]


def test_it_waits_for_an_erp_that_is_away_and_can_be_given_up(reader: Reader) -> None:
    reader.erp.is_down = True
    reader.desk.change("1", 41)
    reader.papers.want()
    for _ in range(20):
        reader.runner.advance(0.1)
        reader.papers.go_on()
    assert reader.papers.stage is Stage.WRITING
    reader.papers.cancel()
    reader.erp.is_down = False
    reader.session.retry()
    reader.settle()
    assert reader.papers.stage is Stage.NONE
    assert not reader.made
    assert reader.desk.quantities() == [41]


def test_a_late_document_is_dropped(reader: Reader) -> None:
    reader.erp.delay = 5.0
    reader.papers.want()
    reader.runner.advance(7.0)
    assert reader.papers.stage is Stage.MAKING
    assert reader.papers.kind == DocumentKind("1", "Confirmation")
    reader.papers.cancel()
    reader.settle()
    assert not reader.made
    assert reader.stages[-1] is Stage.NONE


@pytest.mark.parametrize("fault", [Fault.TIMED_OUT, Fault.MALFORMED, Fault.ACCESS_ENDED, Fault.BUG])
def test_what_goes_wrong_is_told_and_can_be_tried_again(reader: Reader, fault: Fault) -> None:
    reader.erp.faults["document"].append(fault)
    reader.papers.want()
    reader.settle()
    assert reader.papers.stage is Stage.FAILED
    assert reader.papers.fault is not None
    reader.papers.want()
    reader.settle()
    assert reader.papers.fault is None
    assert len(reader.made) == 1


def test_of_several_the_user_chooses(reader: Reader) -> None:
    kinds = (DocumentKind("1", "Confirmation"), DocumentKind("2", "Picking list"))
    reader.erp.offered = OrderDocuments(kinds)
    reader.papers.want()
    reader.settle()
    assert reader.papers.stage is Stage.CHOOSING
    reader.papers.choose(kinds[1])
    reader.settle()
    assert [(document.file_name, mail_to) for document, mail_to in reader.made] == [("2.pdf", "")]


def test_an_erp_that_makes_none_says_so(reader: Reader) -> None:
    reader.erp.offered = OrderDocuments(())
    reader.papers.want()
    reader.settle()
    assert reader.papers.stage is Stage.NO_KINDS
    reader.erp.capabilities = frozenset()
    assert not reader.papers.is_possible
