"""What every CRM must do with e-mails that are logged, with tasks, and with the stages of a sale."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from app.domain.contacts import (
    Company,
    NewTouchPoint,
    Outcome,
    SalesProcess,
    SalesStage,
    Task,
    TouchKind,
    TouchPoint,
    next_stage,
)
from app.domain.sales_changes import StageChange, TaskCompletion
from app.ports.capability import Capability
from app.ports.crm import CrmSystem
from app.ports.errors import Conflict, NotFound, OutcomeUnknown, Refused
from tests.contract.crm_facts import CrmFacts, Run, a_call, card, needs
from tests.helpers.transports import Between

DUE = date(2031, 3, 1)


def a_task(company: Company, due: date | None = DUE) -> NewTouchPoint:
    """A task that was never added before."""
    return replace(a_call(company), kind=TouchKind.TASK, subject=f"Ring igen {uuid4().hex[:8]}", due=due)


def done(task: Task, company: Company) -> TaskCompletion:
    """That this task is done."""
    return TaskCompletion(uuid4().hex, company.id, task.id, task.version, task.title)


def into(sale: SalesProcess, stage: SalesStage, company: Company) -> StageChange:
    """That this sale comes into this stage."""
    return StageChange(uuid4().hex, company.id, sale.id, stage.id, sale.version, sale.name, stage.name, sale.stage)


def the_sale(crm: CrmSystem, company: Company, run: Run, sale_id: str = "") -> SalesProcess:
    """The company's first open sale, or the one with this id."""
    found = run(crm.sales(company.id))
    return next(sale for sale in found if (sale.id == sale_id if sale_id else sale.is_open))


class CrmSales:
    """A part of the suite."""

    # -- e-mails

    def test_a_logged_email_is_there_once_with_whom_it_was(self, crm: CrmSystem, company: Company, run: Run) -> None:
        needs(crm, Capability.LOG_EMAIL)
        person = next(person for person in company.people if person.email)
        mail = replace(a_call(company), kind=TouchKind.EMAIL, person_id=person.id)
        logged = run(crm.log_touch_point(mail))
        assert (logged.kind, logged.subject, logged.text, logged.at, logged.people) == (
            TouchKind.EMAIL,
            mail.subject,
            mail.text,
            mail.at,
            (person.name,),
        )
        assert run(crm.log_touch_point(mail)) == logged
        assert self._in_timeline(crm, mail, run) == [logged]

    def test_an_email_that_came_and_has_only_a_subject(self, crm: CrmSystem, company: Company, run: Run) -> None:
        needs(crm, Capability.LOG_EMAIL)
        mail = replace(a_call(company), kind=TouchKind.EMAIL, text="", is_incoming=True)
        logged = run(crm.log_touch_point(mail))
        assert (logged.subject, logged.text, logged.at) == (mail.subject, "", mail.at)
        assert self._in_timeline(crm, mail, run) == [logged]

    def _in_timeline(self, crm: CrmSystem, touch: NewTouchPoint, run: Run) -> list[TouchPoint]:
        page = run(crm.timeline(touch.company_id, kinds=frozenset({touch.kind}), text=touch.subject, limit=100))
        return list(page.items)

    # -- tasks

    def test_a_task_is_open_until_it_is_done(self, crm: CrmSystem, company: Company, run: Run) -> None:
        needs(crm, Capability.TASKS)
        person = company.people[0]
        wanted = replace(a_task(company), person_id=person.id)
        for _ in range(2):
            run(crm.log_touch_point(wanted))
        (task,) = self._open(crm, company, wanted.subject, run)
        assert (task.title, task.text, task.due, task.people) == (wanted.subject, wanted.text, DUE, (person.name,))
        assert task.can_change
        assert task.is_open
        change = done(task, company)
        answer = run(crm.complete_task(change))
        assert not answer.is_open
        assert answer.version != task.version
        assert self._open(crm, company, wanted.subject, run) == []
        assert run(crm.complete_task(change)) == answer
        # Two people of one mind.
        assert run(crm.complete_task(done(task, company))) == answer

    def test_tasks_stand_by_their_day(self, crm: CrmSystem, company: Company, run: Run) -> None:
        needs(crm, Capability.TASKS)
        today = datetime.now(UTC).date()
        days = (None, today + timedelta(days=400), today - timedelta(days=3))
        mark = uuid4().hex[:8]
        for number, day in enumerate(days):
            run(crm.log_touch_point(replace(a_task(company, day), subject=f"{mark} {number}")))
        found = [task for task in run(crm.tasks(company.id)) if task.title.startswith(mark)]
        assert [task.due for task in found] == [days[2], days[1], None]
        for task in found:
            run(crm.complete_task(done(task, company)))

    def test_a_task_that_somebody_has_changed(self, crm: CrmSystem, company: Company, run: Run) -> None:
        needs(crm, Capability.TASKS)
        wanted = a_task(company)
        run(crm.log_touch_point(wanted))
        (task,) = self._open(crm, company, wanted.subject, run)
        with pytest.raises(Conflict):
            run(crm.complete_task(done(replace(task, version="2001-01-01T00:00:00.000000+00:00"), company)))
        assert self._open(crm, company, wanted.subject, run) == [task]
        run(crm.complete_task(done(task, company)))

    def test_a_lost_answer_and_five_at_once_tick_off_once(
        self, crm: CrmSystem, between: Between, company: Company, run: Run
    ) -> None:
        needs(crm, Capability.TASKS)
        wanted = a_task(company)
        run(crm.log_touch_point(wanted))
        (task,) = self._open(crm, company, wanted.subject, run)
        change = done(task, company)
        between.lose = lambda request: request.method == "POST"
        with pytest.raises(OutcomeUnknown):
            run(crm.complete_task(change))
        between.lose = lambda _request: False

        async def five_times() -> list[Task]:
            return list(await asyncio.gather(*(crm.complete_task(change) for _ in range(5))))

        assert len(set(run(five_times()))) == 1
        assert self._open(crm, company, wanted.subject, run) == []

    def _open(self, crm: CrmSystem, company: Company, title: str, run: Run) -> list[Task]:
        return [task for task in run(crm.tasks(company.id)) if task.title == title]

    # -- stages

    @pytest.fixture
    def seller(self, crm: CrmSystem, facts: CrmFacts, run: Run) -> Company:
        """The card of a company with an open sale."""
        needs(crm, Capability.SET_STAGE)
        return card(crm, facts.selling_number, run)

    def test_stages(self, crm: CrmSystem, seller: Company, run: Run) -> None:
        stages = run(crm.sales_stages())
        assert {stage.outcome for stage in stages} == set(Outcome)
        assert all(stage.name for stage in stages)
        assert len({stage.id for stage in stages}) == len(stages)
        for sale in run(crm.sales(seller.id)):
            (stage,) = [stage for stage in stages if stage.id == sale.stage_id]
            assert (stage.name, stage.outcome) == (sale.stage, sale.outcome)
            assert sale.is_open == (sale.outcome is Outcome.OPEN)

    def test_a_sale_goes_on_and_is_won(self, crm: CrmSystem, seller: Company, run: Run) -> None:
        stages = run(crm.sales_stages())
        sale = the_sale(crm, seller, run)
        was = next(stage for stage in stages if stage.id == sale.stage_id)
        further = next_stage(stages, sale.stage_id)
        assert further is not None
        won = next(stage for stage in stages if stage.outcome is Outcome.WON)
        moved = run(crm.set_stage(into(sale, further, seller)))
        assert (moved.stage, moved.stage_id, moved.name, moved.amount) == (
            further.name,
            further.id,
            sale.name,
            sale.amount,
        )
        assert moved.version != sale.version
        # Somebody who still sees the old stage.
        with pytest.raises(Conflict):
            run(crm.set_stage(into(sale, won, seller)))
        assert the_sale(crm, seller, run, sale.id) == moved
        # The same wish again is no conflict.
        assert run(crm.set_stage(into(sale, further, seller))) == moved
        over = run(crm.set_stage(into(moved, won, seller)))
        assert (over.outcome, over.is_open) == (Outcome.WON, False)
        assert run(crm.set_stage(into(over, was, seller))).stage == was.name

    def test_a_lost_answer_moves_a_sale_once(self, crm: CrmSystem, between: Between, seller: Company, run: Run) -> None:
        stages = run(crm.sales_stages())
        sale = the_sale(crm, seller, run)
        was = next(stage for stage in stages if stage.id == sale.stage_id)
        further = next_stage(stages, sale.stage_id)
        assert further is not None
        change = into(sale, further, seller)
        between.lose = lambda request: request.method == "POST"
        with pytest.raises(OutcomeUnknown):
            run(crm.set_stage(change))
        between.lose = lambda _request: False
        moved = the_sale(crm, seller, run, sale.id)
        assert moved.stage == further.name
        # Somebody takes it back, and only then is the same sent again: it is not moved a second time.
        back = run(crm.set_stage(into(moved, was, seller)))
        assert run(crm.set_stage(change)) == moved
        assert the_sale(crm, seller, run, sale.id) == back

    def test_of_two_at_once_one_is_told(self, crm: CrmSystem, seller: Company, run: Run) -> None:
        stages = run(crm.sales_stages())
        sale = the_sale(crm, seller, run)
        was = next(stage for stage in stages if stage.id == sale.stage_id)
        others = [stage for stage in stages if stage.id != was.id][:2]

        async def both() -> list[SalesProcess | BaseException]:
            work = (crm.set_stage(into(sale, stage, seller)) for stage in others)
            return list(await asyncio.gather(*work, return_exceptions=True))

        answers = run(both())
        (moved,) = [answer for answer in answers if isinstance(answer, SalesProcess)]
        assert [type(answer) for answer in answers if answer is not moved] == [Conflict]
        assert the_sale(crm, seller, run, sale.id) == moved
        run(crm.set_stage(into(moved, was, seller)))

    def test_no_such_stage_sale_or_task(self, crm: CrmSystem, seller: Company, run: Run) -> None:
        stages = run(crm.sales_stages())
        sale = the_sale(crm, seller, run)
        with pytest.raises(Refused) as refused:
            run(crm.set_stage(into(sale, SalesStage("99999999", "Nowhere"), seller)))
        assert refused.value.words
        for sale_id in ("99999999", "", "../whoami"):
            with pytest.raises(NotFound):
                run(crm.set_stage(into(replace(sale, id=sale_id), stages[0], seller)))
            with pytest.raises(NotFound):
                run(crm.complete_task(done(Task(sale_id, "x", version="1"), seller)))
        assert the_sale(crm, seller, run, sale.id) == sale
