"""What every reporting system must do, whatever it is.

A system's own test module derives from `ReportingContract` and gives two fixtures: ``reach``, how to reach it, and
``facts``, what is known to be in it. It has the panels of ``tests/helpers/small_warehouse.py``.
"""

import asyncio
import unicodedata
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Protocol

import httpx
import pytest

from app.domain.economy import (
    Cell,
    ColumnRole,
    ColumnType,
    Panel,
    PanelData,
    PanelKind,
    Subject,
    SubjectKind,
)
from app.domain.money import Money
from app.ports.capability import Capability
from app.ports.errors import (
    AccessEnded,
    MalformedAnswer,
    NotFound,
    Refused,
    TimedOut,
    Unreachable,
    Untrusted,
    WrongPassword,
)
from app.ports.reporting import ReportingSystem
from tests.helpers.hostile import texts_in
from tests.helpers.transports import Between

Run = Callable[[Coroutine[Any, Any, Any]], Any]
CUSTOMER = Subject(SubjectKind.CUSTOMER, "10023")
PROJECT = Subject(SubjectKind.PROJECT, "P-1")
ENDLESS = Subject(SubjectKind.PROJECT, "P-9")


@dataclass(frozen=True)
class ReportingFacts:
    """What is known to be in it.

    Attributes:
        ages: Until when the data of each source are in, by the source's name in an answer.
        link: The address of a panel's own page begins so.
        newest_first: The order that its turnover says.
        kinds: Its panels of a customer's card, in their order.
    """

    ages: Mapping[str, datetime | None]
    link: str
    newest_first: bool
    kinds: Mapping[str, PanelKind] = field(
        default_factory=lambda: {
            "Turnover by month": PanelKind.BARS,
            "Turnover by product group": PanelKind.STACKED,
            "Open by age": PanelKind.AGEING,
            "Invoiced": PanelKind.FIGURE,
        }
    )


class Reach(Protocol):
    """How to reach it."""

    def system(self, user: str = "clerk", *, transport: Any = None, url: str = "") -> ReportingSystem:
        """A system that is not signed in; `url` for another place than the real one."""

    def password(self, user: str = "clerk") -> str:
        """The right one."""


def dkk(amount: str) -> Money:
    """Danish money."""
    return Money(Decimal(amount), "DKK")


class ReportingContract:
    """The suite. Derive from it under a name that begins with ``Test``."""

    @pytest.fixture
    def between(self) -> Between:
        """What stands between us and the server in this test."""
        return Between()

    @pytest.fixture
    def reports(self, reach: Reach, between: Between, run: Run) -> Iterator[ReportingSystem]:
        """The clerk, signed in."""
        system = reach.system(transport=between)
        run(system.sign_in(reach.password()))
        yield system
        run(system.close())

    def shown(self, reports: ReportingSystem, title: str, subject: Subject, run: Run) -> PanelData:
        """What a panel says of a number."""
        panel = next(panel for panel in run(reports.panels(subject.kind)) if panel.title == title)
        found: PanelData = run(reports.panel(panel, subject))
        assert found.panel == panel
        return found

    def values(self, found: PanelData) -> list[Cell]:
        """The cells of the picture's value."""
        at = found.column(ColumnRole.VALUE)
        assert at is not None
        return [row[at] for row in found.rows]

    # -- signing in

    @pytest.mark.parametrize("password", ["wrong", "", " ", "a-b-c", "clerk-0", "x\ny", "pæn", "é" * 900])
    def test_wrong_password(self, reach: Reach, run: Run, password: str) -> None:
        system = reach.system()
        with pytest.raises(WrongPassword):
            run(system.sign_in(password))
        with pytest.raises(AccessEnded):
            run(system.panels(SubjectKind.CUSTOMER))
        run(system.close())

    def test_what_is_kept_signs_in_again(self, reach: Reach, run: Run) -> None:
        first, second = reach.system(), reach.system()
        identity = run(first.sign_in(reach.password()))
        assert identity.user == "clerk"
        assert identity.system_version
        assert run(second.resume(identity.renewal or reach.password())).user == identity.user
        assert second.capabilities == first.capabilities
        for system in (first, second):
            run(system.close())

    def test_what_is_kept_and_is_wrong(self, reach: Reach, run: Run) -> None:
        system = reach.system()
        with pytest.raises(AccessEnded):
            run(system.resume("clerk-of-yesterday"))
        run(system.close())

    def test_nothing_is_answered_after_signing_out(self, reach: Reach, run: Run) -> None:
        system = reach.system()
        run(system.sign_in(reach.password()))
        panel = run(system.panels(SubjectKind.CUSTOMER))[0]
        run(system.sign_out())
        with pytest.raises(AccessEnded):
            run(system.panels(SubjectKind.CUSTOMER))
        with pytest.raises(AccessEnded):
            run(system.panel(panel, CUSTOMER))
        assert system.capabilities == frozenset()
        run(system.close())

    def test_ping(self, reach: Reach, reports: ReportingSystem, run: Run) -> None:
        run(reports.ping())
        nobody = reach.system()
        run(nobody.ping())
        run(nobody.close())

    def test_examine(self, reports: ReportingSystem, run: Run) -> None:
        wire = run(reports.examine())
        assert wire.tls == ""
        assert abs((wire.server_time - datetime.now(UTC)).total_seconds()) < 60

    # -- the panels

    def test_the_panels_of_a_kind_of_card(
        self, reports: ReportingSystem, between: Between, facts: ReportingFacts, run: Run
    ) -> None:
        before = len(between.requests)
        customers = run(reports.panels(SubjectKind.CUSTOMER))
        assert len(between.requests) == before + 1
        assert {panel.title: panel.kind for panel in customers} == facts.kinds
        assert [panel.title for panel in customers] == list(facts.kinds)
        assert len({panel.key for panel in customers}) == len(customers)
        assert all(panel.on is SubjectKind.CUSTOMER for panel in customers)
        assert "Invoiced without VAT" in customers[0].hint
        projects = run(reports.panels(SubjectKind.PROJECT))
        assert "Hours" in [panel.title for panel in projects]
        assert all(panel.on is SubjectKind.PROJECT for panel in projects)

    def test_money_to_the_oere_in_its_own_currency(
        self, reports: ReportingSystem, between: Between, facts: ReportingFacts, run: Run
    ) -> None:
        panel = run(reports.panels(SubjectKind.CUSTOMER))[0]
        before = len(between.requests)
        found = run(reports.panel(panel, CUSTOMER))
        assert len(between.requests) == before + 1
        assert [(column.role, column.type) for column in found.columns] == [
            (ColumnRole.CATEGORY, ColumnType.MONTH),
            (ColumnRole.VALUE, ColumnType.MONEY),
        ]
        euros = Money(Decimal("99.95"), "EUR")
        # The øre of a sum that a float has not; a credit note's month; two currencies that are not added.
        assert [(str(row[0]), row[1]) for row in sorted(found.rows, key=lambda row: row[0])] == [
            ("2026-09-01", dkk("1234567.03")),
            ("2026-09-01", euros),
            ("2026-10-01", dkk("-50.00")),
            ("2026-11-01", dkk("90071992547409.93")),
        ]
        months = [row[0] for row in found.rows]
        assert months == sorted(months, reverse=facts.newest_first)

    def test_stacked_bars_have_a_series(self, reports: ReportingSystem, run: Run) -> None:
        found = self.shown(reports, "Turnover by product group", CUSTOMER, run)
        at = found.column(ColumnRole.SERIES)
        assert at is not None
        assert [row[at] for row in found.rows] == ["Pendler", "Pendler", "Spots", "Spots", "Ånden <b>gruppe</b>"]
        assert found.columns[at].type is ColumnType.TEXT

    def test_ageing_in_its_order_and_a_currency_without_minor_units(self, reports: ReportingSystem, run: Run) -> None:
        found = self.shown(reports, "Open by age", CUSTOMER, run)
        assert [row[0] for row in found.rows] == ["Ikke forfalden", "1–30 dage", "Over 90 dage"]
        assert self.values(found) == [dkk("100.10"), dkk("0.00"), Money(Decimal(12345), "JPY")]

    def test_a_figure_in_each_currency(self, reports: ReportingSystem, run: Run) -> None:
        found = self.shown(reports, "Invoiced", CUSTOMER, run)
        assert sorted(map(str, self.values(found))) == sorted(
            map(str, [dkk("90071993781926.96"), Money(Decimal("99.95"), "EUR")])
        )

    def test_a_table_of_every_type(self, reports: ReportingSystem, run: Run) -> None:
        found = self.shown(reports, "Hours", PROJECT, run)
        assert [column.type for column in found.columns] == [
            ColumnType.DAY,
            ColumnType.TEXT,
            ColumnType.HOURS,
            ColumnType.COUNT,
            ColumnType.PERCENT,
        ]
        assert [(str(row[0]), *row[1:]) for row in found.rows] == [
            ("2026-11-03", "Kørsel", Decimal("0.12"), Decimal(1), None),
            ("2026-11-02", "Montage", Decimal("1.50"), Decimal(2), Decimal("12.5")),
        ]

    def test_texts_are_safe_to_show(self, reports: ReportingSystem, run: Run) -> None:
        for panel in run(reports.panels(SubjectKind.CUSTOMER)):
            for text in texts_in(run(reports.panel(panel, CUSTOMER))):
                assert unicodedata.is_normalized("NFC", text)
                assert not any(unicodedata.category(c) == "Cc" or c == "\u202e" for c in text)

    @pytest.mark.parametrize(
        "number", ["0000", "", "10023 OR 1=1", "'; DROP TABLE turnover--", "%", "æ" * 500, "10023\x00", ":number"]
    )
    def test_a_number_without_figures(
        self, reports: ReportingSystem, facts: ReportingFacts, run: Run, number: str
    ) -> None:
        for panel in run(reports.panels(SubjectKind.CUSTOMER)):
            found = run(reports.panel(panel, Subject(SubjectKind.CUSTOMER, number)))
            assert found.rows == ()
            assert found.columns
            # What is not there has an age as well.
            assert found.sources

    def test_each_answer_says_how_old_its_data_are(
        self, reports: ReportingSystem, facts: ReportingFacts, run: Run
    ) -> None:
        found = self.shown(reports, "Open by age", CUSTOMER, run)
        assert {source.name: source.as_of for source in found.sources} == facts.ages

    def test_all_at_once(self, reports: ReportingSystem, run: Run) -> None:
        panels = run(reports.panels(SubjectKind.CUSTOMER))

        async def together() -> list[PanelData]:
            return list(await asyncio.gather(*(reports.panel(panel, CUSTOMER) for panel in panels)))

        assert [found.panel for found in run(together())] == list(panels)

    # -- who may what

    def test_only_an_analyst_gets_a_link(self, reach: Reach, facts: ReportingFacts, run: Run) -> None:
        for user, may in (("clerk", False), ("analyst", True)):
            system = reach.system(user)
            run(system.sign_in(reach.password(user)))
            assert (Capability.ANALYSE in system.capabilities) is may
            found = self.shown(system, "Turnover by month", CUSTOMER, run)
            assert found.link.startswith(facts.link) if may else found.link == ""
            assert found.rows
            run(system.close())

    # -- what goes wrong

    def test_no_such_panel(self, reports: ReportingSystem, run: Run) -> None:
        panel = run(reports.panels(SubjectKind.CUSTOMER))[0]
        for key in ("gone", "../-/metadata", "", "source", "%2e%2e"):
            with pytest.raises(NotFound):
                run(reports.panel(Panel(key, panel.title, panel.kind, panel.on), CUSTOMER))
        with pytest.raises(NotFound):
            run(reports.panel(panel, PROJECT))

    def test_a_panel_of_another_day_can_be_asked_at_once(
        self, reach: Reach, reports: ReportingSystem, run: Run
    ) -> None:
        panel = run(reports.panels(SubjectKind.CUSTOMER))[0]
        system = reach.system()
        run(system.sign_in(reach.password()))
        assert run(system.panel(panel, CUSTOMER)) == run(reports.panel(panel, CUSTOMER))
        run(system.close())

    def test_too_many_rows_are_not_shown_as_all(self, reports: ReportingSystem, run: Run) -> None:
        with pytest.raises(Refused) as refused:
            self.shown(reports, "Too much", ENDLESS, run)
        assert refused.value.words

    def test_nobody_there(self, reach: Reach, run: Run) -> None:
        system = reach.system(url="http://127.0.0.1:9")
        with pytest.raises(Unreachable):
            run(system.sign_in("secret"))
        run(system.close())

    @pytest.mark.parametrize(
        "url", ["http://192.0.2.1", "ftp://127.0.0.1", "http://127.0.0.1.example.com", "nonsense", "http://["]
    )
    def test_no_password_leaves_this_machine_unprotected(self, reach: Reach, run: Run, url: str) -> None:
        system = reach.system(url=url)
        with pytest.raises(Untrusted):
            run(system.sign_in("secret"))
        run(system.close())

    def test_a_question_without_an_answer(self, reports: ReportingSystem, between: Between, run: Run) -> None:
        def time_out(request: httpx.Request) -> None:
            raise httpx.ReadTimeout("", request=request)

        between.fault = time_out
        with pytest.raises(TimedOut):
            run(reports.panels(SubjectKind.CUSTOMER))
        between.fault = lambda _request: None
        assert run(reports.panels(SubjectKind.CUSTOMER))

    def test_a_dropped_connection_is_tried_once_more(
        self, reports: ReportingSystem, between: Between, run: Run
    ) -> None:
        dropped: list[httpx.Request] = []

        def drop_first(request: httpx.Request) -> None:
            if not dropped:
                dropped.append(request)
                raise httpx.RemoteProtocolError("", request=request)

        between.fault = drop_first
        assert run(reports.panels(SubjectKind.CUSTOMER))

    def test_nonsense(self, reach: Reach, run: Run) -> None:
        def answer(_request: httpx.Request) -> httpx.Response:
            return httpx.Response(200, content=b"<html>Please sign in to the hotel's network</html>")

        system = reach.system(transport=httpx.MockTransport(answer))
        with pytest.raises(MalformedAnswer):
            run(system.sign_in("secret"))
        run(system.close())
