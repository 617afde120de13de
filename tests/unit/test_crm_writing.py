"""`CrmWriting`: a change of the CRM is brought to a certain end, whatever answers and whoever is signed in."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from app.domain.contacts import ContactField, NewTouchPoint, TouchKind, TouchPoint
from app.ports.connection import Connection, SystemKind
from app.ports.errors import AccessEnded, Conflict, NoRights, OutcomeUnknown, Refused, SystemFault, Unreachable
from app.ports.journal import JournalTrouble, KeptChange
from app.services.contact_work import ContactWork
from app.services.crm_writing import CrmWriting, WriteNews, WriteState
from app.services.no_journal import NoJournal
from app.services.systems import Systems
from tests.helpers.fake_contacts import NORDLYS, FakeCrm
from tests.helpers.manual_runner import ManualRunner

METTE = Connection("crm", "http://127.0.0.1:1", "mette")
OLE = replace(METTE, user="ole")
TOUCH = NewTouchPoint("t1", "c1", TouchKind.CALL, datetime(2026, 11, 25, tzinfo=UTC), "About delivery")


@dataclass
class Memory(NoJournal):
    """A journal in memory.

    Attributes:
        kept: What is in it, by user and token.
        earlier: What an earlier run has left to each user.
    """

    kept: dict[tuple[str, str], KeptChange] = field(default_factory=dict)
    earlier: dict[str, list[KeptChange]] = field(default_factory=dict)
    trouble: JournalTrouble | None = None

    def of_crm(self, connection: Connection) -> "_Of":  # type: ignore[override]
        return _Of(self, connection.user)


@dataclass
class _Of:
    memory: Memory
    user: str

    async def keep(self, kept: KeptChange) -> None:
        self.memory.kept[self.user, kept.change.token] = kept

    async def done(self, token: str) -> None:
        self.memory.kept.pop((self.user, token), None)

    async def pending(self) -> Sequence[KeptChange]:
        return self.memory.earlier.get(self.user, [])


@dataclass
class World:
    """A CRM, a journal, and what was told."""

    runner: ManualRunner
    crm: FakeCrm
    systems: Systems
    journal: Memory
    writes: CrmWriting
    news: list[WriteNews]

    def sign_in(self, user: Connection | None) -> None:
        """Another user, or nobody."""
        self.systems.proven.clear()
        if user is not None:
            self.systems.proven[SystemKind.CRM] = user
            self.writes.resume()

    @property
    def states(self) -> list[WriteState]:
        return [write.state for write in self.writes.pending]

    @property
    def sent(self) -> int:
        return len(self.crm.logged)


@pytest.fixture
def world(runner: ManualRunner) -> World:
    crm, journal, news = FakeCrm(), Memory(), list[WriteNews]()
    systems = Systems(crm.as_system(), proven={SystemKind.CRM: METTE})
    writes = CrmWriting(systems, runner, journal)
    writes.listen(news.append)
    return World(runner, crm, systems, journal, writes, news)


def test_what_is_acknowledged_is_over(world: World) -> None:
    world.writes.send(TOUCH, "Nordlys")
    assert world.states == [WriteState.SENDING]
    world.runner.settle()
    assert world.states == []
    assert isinstance(world.news[-1].answer, TouchPoint)
    assert world.journal.kept == {}


def test_it_is_on_disk_before_it_is_sent(world: World) -> None:
    before: list[dict[tuple[str, str], KeptChange]] = []
    log = world.crm.log_touch_point

    async def watched(touch: NewTouchPoint) -> TouchPoint:
        before.append(dict(world.journal.kept))
        return await log(touch)

    world.crm.log_touch_point = watched  # type: ignore[method-assign]
    world.writes.send(TOUCH, "Nordlys")
    world.runner.settle()
    assert before == [{("mette", "t1"): KeptChange(TOUCH, "Nordlys", is_sent=True)}]


@pytest.mark.parametrize("fault", [OutcomeUnknown("crm"), ValueError("a bug of ours in reading the answer")])
def test_no_answer_is_unknown_and_the_very_same_is_sent_again(world: World, fault: SystemFault) -> None:
    world.crm.fault = fault
    world.writes.send(TOUCH)
    world.runner.advance(0.1)
    assert world.states == [WriteState.UNKNOWN]
    assert world.journal.kept["mette", "t1"].is_sent
    # It does not become certain by a later question that got nowhere.
    world.crm.fault = Unreachable("crm")
    world.runner.advance(3)
    assert world.states == [WriteState.UNKNOWN]
    world.crm.fault = None
    world.runner.settle()
    assert world.states == []
    assert set(world.crm.logged) == {TOUCH}


def test_a_crm_that_is_away_gets_it_when_it_is_back(world: World) -> None:
    told: list[SystemFault] = []
    world.writes.report = told.append
    world.crm.fault = Unreachable("crm")
    world.writes.send(TOUCH)
    world.runner.advance(0.1)
    assert world.states == [WriteState.WAITING]
    assert not world.journal.kept["mette", "t1"].is_sent
    assert told == [world.crm.fault]
    world.runner.advance(120)
    world.crm.fault = None
    world.writes.resume()  # the connection was seen to be back
    world.runner.settle()
    assert world.states == []


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (Refused("crm", "Not on Sundays"), WriteState.REFUSED),
        (NoRights("crm", "You may not"), WriteState.REFUSED),
        (Conflict("crm"), WriteState.CONFLICT),
    ],
)
def test_a_no_waits_for_the_user(world: World, fault: SystemFault, state: WriteState) -> None:
    world.crm.fault = fault
    world.writes.send(TOUCH, "Nordlys")
    world.runner.settle()
    (write,) = world.writes.pending
    assert (write.state, write.fault, write.change) == (state, fault, TOUCH)
    assert world.journal.kept["mette", "t1"] == KeptChange(TOUCH, "Nordlys", is_stopped=True)
    world.crm.fault = None
    world.writes.resume()
    world.runner.settle()
    assert world.sent == 1, "it is not sent again by itself"
    world.writes.again("t1")
    world.runner.settle()
    assert world.states == []


def test_letting_go_of_one(world: World) -> None:
    world.crm.fault = OutcomeUnknown("crm")
    world.writes.send(TOUCH)
    world.runner.advance(0.1)
    world.writes.drop("t1")
    world.runner.settle()
    assert world.states == []
    assert world.journal.kept == {}
    assert world.news[-1].is_over
    assert world.news[-1].answer is None


def test_what_was_let_go_of_and_arrived_all_the_same_is_told(world: World) -> None:
    world.writes.send(TOUCH)
    world.writes.drop("t1")
    world.runner.settle()
    assert isinstance(world.news[-1].answer, TouchPoint)


def test_a_sign_in_that_was_ended_and_another_user(world: World) -> None:
    world.crm.fault = AccessEnded("crm")
    world.writes.send(TOUCH)
    world.runner.settle()
    assert world.states == [WriteState.WAITING]
    sent = world.sent
    world.crm.fault = None
    world.sign_in(OLE)
    world.runner.settle()
    assert (world.states, world.sent) == ([], sent), "nobody writes in another's name"
    world.sign_in(METTE)
    world.runner.settle()
    assert (world.states, world.sent) == ([], sent + 1)


def test_what_is_typed_after_the_sign_in_was_ended_is_still_the_users(world: World) -> None:
    world.writes.resume()
    world.sign_in(None)
    world.writes.send(TOUCH)
    world.runner.settle()
    assert (world.states, world.sent) == ([WriteState.WAITING], 0)
    world.sign_in(OLE)
    world.runner.settle()
    assert world.sent == 0
    world.sign_in(METTE)
    world.runner.settle()
    assert (world.states, world.sent) == ([], 1)


def test_what_an_earlier_run_left(world: World) -> None:
    sent, waited, refused = (replace(TOUCH, token=token) for token in ("sent", "waited", "refused"))
    world.journal.earlier["mette"] = [
        KeptChange(sent, "Nordlys", is_sent=True),
        KeptChange(waited),
        KeptChange(refused, is_stopped=True),
    ]
    world.crm.fault = OutcomeUnknown("crm")
    world.writes.resume()
    world.runner.advance(0.1)
    assert world.states == [WriteState.UNKNOWN, WriteState.UNKNOWN, WriteState.REFUSED]
    world.crm.fault = None
    world.runner.settle()
    assert [write.change for write in world.writes.pending] == [refused]
    assert set(world.crm.logged) == {sent, waited}
    world.writes.resume()
    world.runner.settle()
    assert [write.change for write in world.writes.pending] == [refused], "the journal is read once"


def test_a_refused_correction_gives_way_to_one_of_the_same_field_alone(world: World, runner: ManualRunner) -> None:
    work = ContactWork(world.systems, runner, world.writes)
    person = NORDLYS.people[0]
    world.crm.fault = Refused("crm", "No")
    work.correct(NORDLYS, person, {ContactField.EMAIL: "bad", ContactField.ROLE: "Boss"})
    world.runner.settle()
    world.crm.fault = None
    assert not work.correct(NORDLYS, person, {ContactField.PHONE: person.phone}), "there is nothing to correct"
    work.correct(NORDLYS, person, {ContactField.PHONE: "+45 1"})
    world.runner.settle()
    assert world.states == [WriteState.REFUSED], "what was typed in another field is kept"
    work.correct(NORDLYS, person, {ContactField.EMAIL: "good@example.com"})
    world.runner.settle()
    assert world.states == []
    now = world.crm.companies["c1"].people[0]
    assert (now.phone, now.email, now.role) == ("+45 1", "good@example.com", "Boss")
