"""The contract, and what is Datasette's own, against a real Datasette over a small warehouse."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.demo.children import ChildError
from app.demo.datasette import DatasetteDemo
from app.domain.economy import PanelData, Subject, SubjectKind
from app.ports.errors import AccessEnded, MalformedAnswer, NoRights, NotFound, Refused, Unreachable, WrongPassword
from app.ports.reporting import ReportingSystem
from tests.contract.reporting_contract import CUSTOMER, ENDLESS, Reach, ReportingContract, ReportingFacts, Run
from tests.fixtures.datasette import RealDatasette
from tests.helpers import small_warehouse
from tests.helpers.background import BackgroundLoop


class _Base:
    @pytest.fixture(scope="class")
    @classmethod
    def reach(cls, real_datasette: RealDatasette) -> Reach:
        return real_datasette

    @pytest.fixture
    def facts(self, real_datasette: RealDatasette) -> ReportingFacts:
        return ReportingFacts(
            ages={
                "Tryton (ERP)": datetime(2026, 11, 24, 22, 30, tzinfo=UTC),
                "Creme": datetime(2026, 11, 25, 1, 15, tzinfo=UTC),
            },
            link=f"{real_datasette.server.url}/warehouse/turnover?number=10023",
            newest_first=True,
        )


class TestDatasette(_Base, ReportingContract):
    """Everything that every reporting system must do."""


def _get(real: RealDatasette, path: str, user: str = "", **options: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {real.password(user)}"} if user else {}
    return httpx.get(real.server.url + path, headers=headers, **options)


class TestRights:
    """What Datasette itself lets somebody do, whatever our program asks of it."""

    def test_nobody_sees_anything_without_a_token(self, real_datasette: RealDatasette) -> None:
        for path in ("/.json", "/warehouse.json", "/warehouse/turnover.json?number=10023", "/-/metadata.json"):
            assert _get(real_datasette, path).status_code == 403
        # A person with a browser is shown the way in.
        answer = _get(real_datasette, "/warehouse/turnover?number=10023")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/-/login")

    def test_a_clerk_has_the_panels_and_no_sql_and_no_tables(self, real_datasette: RealDatasette) -> None:
        assert _get(real_datasette, "/warehouse/turnover.json?number=10023", "clerk").status_code == 200
        sql = "sql=select+title+from+source"
        for path in (f"warehouse.json?{sql}", f"warehouse.csv?{sql}", f"warehouse?{sql}", "warehouse/source.json"):
            assert _get(real_datasette, f"/{path}", "clerk").status_code == 403, path
        assert _get(real_datasette, "/warehouse.json", "clerk").json()["tables"] == []

    def test_an_analyst_asks_in_sql_and_changes_nothing(self, real_datasette: RealDatasette) -> None:
        def ask(sql: str) -> httpx.Response:
            return _get(real_datasette, f"/warehouse.json?{httpx.QueryParams({'sql': sql})}", "analyst")

        assert ask("select count(*) from turnover").json()["rows"] == [[6]]
        for sql in ("delete from turnover", "with x as (select 1) delete from turnover", "pragma user_version = 3"):
            assert ask(sql).status_code == 400
        assert ask("select count(*) from turnover").json()["rows"] == [[6]]

    def test_nobody_sees_a_token(self, real_datasette: RealDatasette) -> None:
        secrets = [token.partition("-")[2] for token in real_datasette.server.users.values()]
        paths = ("/-/metadata.json", "/tokens.json", "/tokens/token.json", "/tokens.json?sql=select+*+from+token")
        for path in (*paths, "/-/plugins.json", "/-/databases.json", "/_internal.json", "/.json"):
            text = _get(real_datasette, path, "analyst").text
            assert not any(secret in text for secret in secrets), path
        assert not any(secret in real_datasette.server.log_path.read_text("utf-8") for secret in secrets)
        assert real_datasette.server.tokens_path.stat().st_mode & 0o077 == 0

    def test_an_analyst_follows_the_link_in_a_browser(self, real_datasette: RealDatasette, run: Run) -> None:
        system = real_datasette.system("analyst")
        run(system.sign_in(real_datasette.password("analyst")))
        panel = run(system.panels(SubjectKind.CUSTOMER))[0]
        link = run(system.panel(panel, CUSTOMER)).link
        run(system.close())
        with httpx.Client(follow_redirects=True) as browser:
            form = browser.get(link)
            assert form.url.path == "/-/login"
            fields = {"username": "analyst", "password": real_datasette.password("analyst")}
            token = browser.cookies["ds_csrftoken"]
            assert browser.post(form.url, data={**fields, "csrftoken": token}).status_code == 200
            page = browser.get(link)
        assert page.status_code == 200
        assert "Turnover by month" in page.text
        assert "123456703" in page.text


class TestItself(_Base):
    """What is Datasette's own."""

    @pytest.fixture
    def reports(self, real_datasette: RealDatasette, run: Run) -> Any:
        system = real_datasette.system(language="da")
        run(system.sign_in(real_datasette.password()))
        yield system
        run(system.close())

    def shown(self, system: ReportingSystem, title: str, subject: Subject, run: Run) -> PanelData:
        panel = next(panel for panel in run(system.panels(subject.kind)) if panel.title == title)
        found: PanelData = run(system.panel(panel, subject))
        return found

    def test_danish_words(self, reports: ReportingSystem, run: Run) -> None:
        panel = run(reports.panels(SubjectKind.CUSTOMER))[0]
        assert (panel.title, panel.hint) == (
            "Omsætning pr. måned",
            "Faktureret uden moms, kreditnotaer trukket fra.",
        )
        found = run(reports.panel(panel, CUSTOMER))
        assert [column.label for column in found.columns] == ["Måned", "Omsætning"]

    def test_a_query_that_takes_too_long(self, reports: ReportingSystem, run: Run) -> None:
        with pytest.raises(Refused) as refused:
            self.shown(reports, "Aldrig færdig", ENDLESS, run)
        assert "for lang tid" in refused.value.words
        # Nobody else waits for it.
        assert self.shown(reports, "Omsætning pr. måned", CUSTOMER, run).rows

    def test_a_source_that_the_warehouse_does_not_know(self, reports: ReportingSystem, run: Run) -> None:
        ages = self.shown(reports, "Faktureret", CUSTOMER, run).sources
        assert {age.name: age.as_of for age in ages} == {
            "Tryton (ERP)": datetime(2026, 11, 24, 22, 30, tzinfo=UTC),
            "elsewhere": None,
        }

    def test_a_load_while_it_is_read(self, real_datasette: RealDatasette, reports: ReportingSystem, run: Run) -> None:
        real_datasette.change("INSERT INTO turnover VALUES ('10777', '2026-11', 'Spots', 7, 'DKK')")
        try:
            (row,) = self.shown(reports, "Omsætning pr. måned", Subject(SubjectKind.CUSTOMER, "10777"), run).rows
            assert str(row[1]) == "Money(amount=Decimal('0.07'), currency='DKK')"
        finally:
            real_datasette.change("DELETE FROM turnover WHERE customer = '10777'")

    def test_a_figure_that_is_no_whole_number_of_oere_is_not_shown(
        self, real_datasette: RealDatasette, reports: ReportingSystem, run: Run
    ) -> None:
        real_datasette.change("INSERT INTO turnover VALUES ('10778', '2026-11', 'Spots', 7.25, 'DKK')")
        try:
            with pytest.raises(MalformedAnswer):
                self.shown(reports, "Omsætning pr. måned", Subject(SubjectKind.CUSTOMER, "10778"), run)
        finally:
            real_datasette.change("DELETE FROM turnover WHERE customer = '10778'")

    def test_a_token_that_is_revoked(self, real_datasette: RealDatasette, run: Run) -> None:
        token = real_datasette.new_token("clerk", "shortlived")
        system = real_datasette.system()
        run(system.sign_in(token))
        panel = run(system.panels(SubjectKind.CUSTOMER))[0]
        real_datasette.revoke("shortlived")
        with pytest.raises(AccessEnded):
            run(system.panel(panel, CUSTOMER))
        with pytest.raises(AccessEnded):
            run(system.panels(SubjectKind.CUSTOMER))
        with pytest.raises(AccessEnded):
            run(system.resume(token))
        run(system.close())

    def test_somebody_who_may_not_see_anything(self, real_datasette: RealDatasette, run: Run) -> None:
        token = real_datasette.new_token("stranger", "strange")
        system = real_datasette.system()
        with pytest.raises(WrongPassword):
            run(system.sign_in(token))
        real_datasette.revoke("strange")
        run(system.close())

    def test_no_such_database(self, real_datasette: RealDatasette, run: Run) -> None:
        for name, fault in (("elsewhere", NotFound), ("tokens", NoRights), ("å/../b", NotFound)):
            system = real_datasette.system(database=name)
            with pytest.raises(fault):
                run(system.sign_in(real_datasette.password()))
            with pytest.raises(AccessEnded):
                run(system.panels(SubjectKind.CUSTOMER))
            run(system.close())

    def test_another_program_at_this_address(self, real_datasette: RealDatasette, run: Run) -> None:
        system = real_datasette.system(transport=httpx.MockTransport(lambda _request: httpx.Response(404)))
        with pytest.raises(Unreachable):
            run(system.sign_in("a-b"))
        run(system.close())


def test_a_server_that_is_killed_and_comes_back(tmp_path: Path, run: Run) -> None:
    warehouse, panels = small_warehouse.make(tmp_path)
    with BackgroundLoop() as loop:

        def start(port: int = 0) -> Any:
            return loop.run(DatasetteDemo().start(tmp_path / "work", warehouse, panels, lambda _progress: None, port))

        server = start()
        try:
            real = RealDatasette(server, warehouse)
            system = real.system()
            run(system.sign_in(real.password()))
            loop.run(server.kill())
            with pytest.raises(Unreachable):
                run(system.panels(SubjectKind.CUSTOMER))
            server = start(int(server.url.rpartition(":")[2]))
            # The same tokens, and a panel that was made meanwhile would be there now.
            assert run(system.panels(SubjectKind.CUSTOMER))
            run(system.close())
        finally:
            loop.run(server.stop())
        assert json.loads((tmp_path / "work" / "users.json").read_text()) == server.users
        (panels / "99_odd.sql").write_text("-- title: Odd\nSELECT 1", encoding="utf-8")
        with pytest.raises(ChildError, match="99_odd"):
            start()
