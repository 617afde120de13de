"""The contract, and what is Superset's own, against a real Apache Superset over the small warehouse.

Only where it is asked for: see ``tests/fixtures/superset.py``.
"""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from app.domain.economy import SubjectKind
from app.ports.errors import AccessEnded
from tests.contract.reporting_contract import CUSTOMER, Reach, ReportingContract, ReportingFacts, Run
from tests.fixtures.superset import WANTED, RealSuperset
from tests.helpers.transports import Between

pytestmark = pytest.mark.skipif(
    not WANTED, reason="Superset takes 800 MB and minutes to install: SAMSPIL_SUPERSET=1 runs these"
)


class _Base:
    @pytest.fixture(scope="class")
    @classmethod
    def reach(cls, real_superset: RealSuperset) -> Reach:
        return real_superset

    @pytest.fixture
    def facts(self, real_superset: RealSuperset) -> ReportingFacts:
        return ReportingFacts(
            ages={
                "Tryton (ERP)": datetime(2026, 11, 24, 22, 30, tzinfo=UTC),
                "Creme": datetime(2026, 11, 25, 1, 15, tzinfo=UTC),
            },
            link=f"{real_superset.url}/explore/?slice_id={real_superset.charts['Turnover by month']}&",
            newest_first=False,
        )


class TestSuperset(_Base, ReportingContract):
    """Everything that every reporting system must do."""


class TestItself(_Base):
    """What is Superset's own."""

    def test_danish_words(self, real_superset: RealSuperset, run: Run) -> None:
        system = real_superset.system(language="da")
        run(system.sign_in(real_superset.password()))
        panel = run(system.panels(SubjectKind.CUSTOMER))[0]
        assert panel.title == "Omsætning pr. måned"
        assert [column.label for column in run(system.panel(panel, CUSTOMER)).columns] == ["Måned", "Omsætning"]
        run(system.close())

    def test_an_access_token_that_has_reached_its_age(self, real_superset: RealSuperset, run: Run) -> None:
        between = Between()
        system = real_superset.system(transport=between)
        run(system.sign_in(real_superset.password()))
        spoiled: list[httpx.Request] = []

        def once(request: httpx.Request) -> None:
            if request.url.path.endswith("/charts") and not spoiled:
                spoiled.append(request)
                del request.headers["Authorization"]

        between.fault = once
        assert run(system.panels(SubjectKind.CUSTOMER))
        assert [request.url.path for request in between.requests][-3:] == [
            "/api/v1/dashboard/samspil-customer/charts",
            "/api/v1/security/refresh",
            "/api/v1/dashboard/samspil-customer/charts",
        ]
        run(system.close())

    def test_a_token_of_another_program(self, real_superset: RealSuperset, run: Run) -> None:
        for secret in ("", "a.b.c", "pæn", "x\ny"):
            system = real_superset.system()
            with pytest.raises(AccessEnded):
                run(system.resume(secret))
            run(system.close())

    def test_a_clerk_asks_no_sql(self, real_superset: RealSuperset) -> None:
        def status(user: str) -> int:
            with httpx.Client(base_url=f"{real_superset.url}/api/v1", timeout=60) as client:
                told: dict[str, Any] = {"username": user, "password": real_superset.password(user), "provider": "db"}
                token = client.post("/security/login", json=told).json()["access_token"]
                sql = {"database_id": 1, "sql": "SELECT count(*) FROM turnover", "runAsync": False}
                headers = {"Authorization": f"Bearer {token}"}
                return client.post("/sqllab/execute/", json=sql, headers=headers).status_code

        assert status("clerk") == 403
        assert status("analyst") == 200
