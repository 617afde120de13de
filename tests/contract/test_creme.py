"""The contract, and what is Creme's own, against a real Creme and with its database looked into directly."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.domain.contacts import TouchKind
from app.ports.capability import Capability
from app.ports.crm import CrmSystem
from app.ports.errors import AccessEnded, Conflict, NoRights, Refused, TooManyAttempts, WrongPassword
from tests.contract.crm_contract import CrmContract
from tests.contract.crm_facts import CrmFacts, Reach, Run, a_call, card, value_of
from tests.fixtures.creme import RealCreme
from tests.helpers.transports import Between

_ACTIVITIES = "SELECT count(*) FROM activities_activity"
_OWN_RELATIONS = """
    SELECT r.type_id, e.header_filter_search_field
    FROM creme_core_relation r JOIN creme_core_cremeentity e ON e.id = r.subject_entity_id
    WHERE r.object_entity_id = ? ORDER BY r.type_id, r.id
"""


class _CremeReach:
    """The real Creme, as the salesperson reaches it."""

    def __init__(self, real: RealCreme) -> None:
        self._real = real

    def system(self, *, transport: Any = None, url: str = "") -> CrmSystem:
        return self._real.system(transport=transport, url=url)

    def password(self) -> str:
        return self._real.password()


class _Base:
    @pytest.fixture(scope="class")
    @classmethod
    def reach(cls, real_creme: RealCreme) -> Reach:
        return _CremeReach(real_creme)

    @pytest.fixture
    def facts(self) -> CrmFacts:
        return FACTS


FACTS = CrmFacts(
    name="Lux Nordica Lysdesign ApS",
    number="10001",
    city="København N",
    phone="+45 61 92 55 82",
    person="Camilla Winther",
    spellings={
        "moebelfabrikken": "Møbelfabrikken Eg & Ask A/S",
        "MØBELFABRIKKEN": "Møbelfabrikken Eg & Ask A/S",
        "mobelfabrikken": "Møbelfabrikken Eg & Ask A/S",
        "maanelys": "Månelys Interiør ApS",
        "manelys interior": "Månelys Interiør ApS",
        "ma\u030anelys": "Månelys Interiør ApS",
    },
    shared_number="10018",
    busy_number="10023",
    word="tilbud",
    selling_number="10003",
    complaining_number="10001",
    targeted_number="10003",
    category="sector",
)


class TestCreme(_Base, CrmContract):
    """Everything that every CRM must do."""


class TestWhatIsInTheDatabase(_Base):
    """What was told through the add-on is in Creme, as Creme itself would have put it there."""

    @pytest.fixture
    def crm(self, real_creme: RealCreme, run: Run) -> Any:
        system = real_creme.system()
        run(system.sign_in(real_creme.password()))
        yield system
        run(system.close())

    def test_a_call(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        company = card(crm, FACTS.number, run)
        before = real_creme.one(_ACTIVITIES)
        touch = a_call(company)
        for _ in range(3):
            run(crm.log_touch_point(touch))
        assert real_creme.one(_ACTIVITIES) == before + 1
        ((pk, title, minutes, start, type_name, status, owner),) = real_creme.rows(
            """SELECT a.cremeentity_ptr_id, a.title, a.minutes, a.start, t.uuid, s.name, u.username
               FROM activities_activity a JOIN activities_activitytype t ON t.id = a.type_id
               JOIN activities_status s ON s.id = a.status_id
               JOIN creme_core_cremeentity e ON e.id = a.cremeentity_ptr_id
               JOIN creme_core_cremeuser u ON u.id = e.user_id WHERE a.title = ?""",
            touch.subject,
        )
        assert (title, minutes, status, owner) == (touch.subject, touch.text, "Done", "saelger")
        assert start.startswith(touch.at.strftime("%Y-%m-%d %H:%M:%S"))
        assert type_name == "86934e631ba54b19b2a543f9412fddc3"
        relations = real_creme.rows(_OWN_RELATIONS, pk)
        assert ("activities-subject_activity_subject", FACTS.name) in relations
        assert "activities-subject_participates_to_activity" in [kind for kind, _ in relations]
        # It stands in the salesperson's calendar, and Creme's history says who wrote it.
        assert real_creme.one("SELECT count(*) FROM activities_activity_calendars WHERE activity_id = ?", pk) == 1
        assert (
            real_creme.one("SELECT username FROM creme_core_historyline WHERE entity_id = ? AND type = 1", pk)
            == "saelger"
        )

    def test_a_note_is_a_memo(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        company = card(crm, FACTS.number, run)
        touch = a_call(company)
        note = type(touch)(uuid4().hex, company.id, TouchKind.NOTE, touch.at, touch.subject, touch.text)
        logged = run(crm.log_touch_point(note))
        assert (logged.kind, logged.subject, logged.text) == (TouchKind.NOTE, note.subject, note.text)
        (content,) = real_creme.rows(
            "SELECT content FROM assistants_memo WHERE entity_id = ? AND content LIKE ?", company.id, f"{note.subject}%"
        )
        assert content == (f"{note.subject}\n{note.text}",)

    def test_a_changed_sector_has_a_line_in_the_history(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        company = card(crm, FACTS.number, run)
        was = value_of(company, "sector")
        other = next(choice.id for choice in run(crm.category_choices("sector")) if choice.id != was)
        changed = run(crm.set_category(company, "sector", other))
        sector = "SELECT sector_id FROM persons_organisation WHERE cremeentity_ptr_id = ?"
        assert str(real_creme.one(sector, company.id)) == other
        lines = real_creme.rows(
            "SELECT username, value FROM creme_core_historyline WHERE entity_id = ? AND type = 2 ORDER BY id",
            company.id,
        )
        assert lines[-1][0] == "saelger"
        assert "sector" in lines[-1][1]
        run(crm.set_category(changed, "sector", was))
        assert str(real_creme.one(sector, company.id)) == was

    def test_a_segment(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        company = card(crm, FACTS.number, run)
        was = value_of(company, "segment")
        other = next(choice.id for choice in run(crm.category_choices("segment")) if choice.id != was)
        changed = run(crm.set_category(company, "segment", other))
        assert value_of(changed, "segment") == other
        assert changed.tags == company.tags, "other properties are left alone"
        assert value_of(run(crm.set_category(changed, "segment", was)), "segment") == was

    def test_only_the_number_changes(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        company = card(crm, FACTS.number, run)
        row = "SELECT * FROM persons_organisation WHERE cremeentity_ptr_id = ?"
        before = real_creme.rows(row, company.id)[0]
        changed = run(crm.set_number(company, "Æ-77"))
        after = real_creme.rows(row, company.id)[0]
        assert {new for old, new in zip(before, after, strict=True) if old != new} == {"Æ-77"}
        run(crm.set_number(changed, company.number))
        assert real_creme.rows(row, company.id)[0] == before

    def test_a_key_stands_for_one_thing(self, crm: CrmSystem, run: Run) -> None:
        touch = a_call(card(crm, FACTS.number, run))
        run(crm.log_touch_point(touch))
        other = type(touch)(touch.token, touch.company_id, touch.kind, touch.at, "Something else")
        with pytest.raises(Conflict):
            run(crm.log_touch_point(other))

    def test_what_creme_cannot_keep(self, crm: CrmSystem, run: Run) -> None:
        touch = a_call(card(crm, FACTS.number, run))
        with pytest.raises(Refused):
            run(crm.log_touch_point(type(touch)("k", touch.company_id, TouchKind.EMAIL, touch.at, "x")))

    def test_one_request_a_question(self, real_creme: RealCreme, run: Run) -> None:
        between = Between()
        system = real_creme.system(transport=between)
        run(system.sign_in(real_creme.password()))
        company = card(system, FACTS.number, run)
        for question in (
            system.search("lux"),
            system.company(company.id),
            system.timeline(company.id),
            system.sales(company.id),
            system.log_touch_point(a_call(company)),
        ):
            between.requests.clear()
            run(question)
            assert len(between.requests) == 1
        run(system.close())


class TestSignIn:
    """Tokens: what ends them, and what is renewed without asking."""

    @pytest.fixture
    def crm(self, real_creme: RealCreme, run: Run) -> Any:
        system = real_creme.system("elev")
        run(system.sign_in(real_creme.password("elev")))
        yield system
        run(system.close())

    def test_the_token_itself_is_nowhere(self, real_creme: RealCreme, run: Run) -> None:
        system = real_creme.system("elev")
        token = run(system.sign_in(real_creme.password("elev"))).renewal
        assert len(token) >= 43
        assert token.encode() not in real_creme.server.database_path.read_bytes()
        assert all(token not in str(row) for row in real_creme.rows("SELECT * FROM samspil_creme_accesstoken"))
        run(system.close())

    def test_an_expired_token_is_renewed_by_itself(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        real_creme.change("UPDATE samspil_creme_accesstoken SET expires = '2020-01-01 00:00:00' WHERE revoked IS NULL")
        run(crm.search("a"))

    def test_an_expired_token_without_the_password_asks_the_user(
        self, real_creme: RealCreme, crm: CrmSystem, run: Run
    ) -> None:
        token = run(crm.sign_in(real_creme.password("elev"))).renewal
        other = real_creme.system("elev")
        run(other.resume(token))
        real_creme.change("UPDATE samspil_creme_accesstoken SET expires = '2020-01-01 00:00:00' WHERE revoked IS NULL")
        with pytest.raises(AccessEnded):
            run(other.search("a"))
        run(other.close())

    def test_a_revoked_token_is_not_renewed(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        real_creme.change("UPDATE samspil_creme_accesstoken SET revoked = '2026-01-01 00:00:00' WHERE revoked IS NULL")
        for _ in range(2):
            with pytest.raises(AccessEnded):
                run(crm.search("a"))

    def test_a_deactivated_user_is_out_at_once(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        run(crm.search("a"))
        real_creme.change("UPDATE creme_core_cremeuser SET is_active = 0 WHERE username = 'elev'")
        try:
            with pytest.raises(AccessEnded):
                run(crm.search("a"))
            with pytest.raises(WrongPassword):
                run(crm.sign_in(real_creme.password("elev")))
        finally:
            real_creme.change("UPDATE creme_core_cremeuser SET is_active = 1 WHERE username = 'elev'")
            real_creme.change("DELETE FROM samspil_creme_wrongpassword")

    def test_another_password_ends_the_token(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        was = real_creme.one("SELECT password FROM creme_core_cremeuser WHERE username = 'elev'")
        real_creme.change("UPDATE creme_core_cremeuser SET password = 'x' WHERE username = 'elev'")
        try:
            with pytest.raises(AccessEnded):
                run(crm.search("a"))
        finally:
            real_creme.change("UPDATE creme_core_cremeuser SET password = ? WHERE username = 'elev'", was)

    def test_guessing_is_slowed_down(self, real_creme: RealCreme, run: Run) -> None:
        system = real_creme.system("nobody")
        for _ in range(5):
            with pytest.raises(WrongPassword):
                run(system.sign_in("guess"))
        with pytest.raises(TooManyAttempts):
            run(system.sign_in("guess"))
        run(system.close())
        other = real_creme.system("elev")
        run(other.sign_in(real_creme.password("elev")))
        run(other.close())

    def test_no_cookies(self, real_creme: RealCreme) -> None:
        answer = httpx.get(f"{real_creme.server.url}/samspil/v1/ping")
        assert answer.json() == {}
        assert "set-cookie" not in answer.headers
        assert httpx.get(f"{real_creme.server.url}/samspil/v1/whoami").json()["error"]["code"] == "token_missing"


class TestRights:
    """The trainee sees and does what Creme lets them, and no more."""

    @pytest.fixture
    def trainee(self, real_creme: RealCreme, run: Run) -> Any:
        system = real_creme.system("elev")
        run(system.sign_in(real_creme.password("elev")))
        yield system
        run(system.close())

    def test_finds_only_their_own(self, real_creme: RealCreme, trainee: CrmSystem, run: Run) -> None:
        own = {
            str(pk)
            for (pk,) in real_creme.rows(
                """SELECT e.id FROM creme_core_cremeentity e JOIN creme_core_cremeuser u ON u.id = e.user_id
                   WHERE u.username = 'elev'"""
            )
        }
        for text in ("a", "e", "ApS", "10", "@", "+45"):
            found = run(trainee.search(text, limit=100))
            assert {hit.id for hit in found} <= own
            assert {hit.company_id for hit in found if hit.company_id} <= own
        assert run(trainee.search("e", limit=100))

    def test_no_other_card_and_nothing_on_it(self, real_creme: RealCreme, trainee: CrmSystem, run: Run) -> None:
        company_id = str(
            real_creme.one("SELECT cremeentity_ptr_id FROM persons_organisation WHERE code = ?", FACTS.number)
        )
        assert list(run(trainee.companies_by_number(FACTS.number))) == []
        for question in (
            trainee.company,
            trainee.timeline,
            trainee.sales,
            trainee.cases,
            trainee.campaigns,
        ):
            with pytest.raises(NoRights) as refused:
                run(question(company_id))
            assert FACTS.name not in refused.value.words

    def test_capabilities_are_the_roles(self, trainee: CrmSystem) -> None:
        assert trainee.capabilities == {Capability.TIMELINE}

    def test_sees_no_sales_of_their_own_company(self, trainee: CrmSystem, run: Run) -> None:
        hit = run(trainee.search("e", limit=1))[0]
        company = run(trainee.company(hit.company_id))
        assert company.people
        assert not any(category.can_set for category in company.categories)
        # The role has neither these apps nor a right to anybody else's activities.
        assert list(run(trainee.sales(company.id))) == []
        assert list(run(trainee.cases(company.id))) == []
        assert run(trainee.timeline(company.id)).items == ()

    def test_changes_nothing(self, real_creme: RealCreme, trainee: CrmSystem, run: Run) -> None:
        company = run(trainee.company(run(trainee.search("e", limit=1))[0].company_id))
        tables = (_ACTIVITIES, "SELECT count(*) FROM assistants_memo", "SELECT count(*) FROM creme_core_historyline")
        before = [real_creme.one(table) for table in tables]
        touch = a_call(company)
        note = type(touch)("n", company.id, TouchKind.NOTE, touch.at, "x")
        for deed in (
            lambda: trainee.log_touch_point(touch),
            lambda: trainee.log_touch_point(note),
            lambda: trainee.set_number(company, "1"),
            lambda: trainee.set_category(company, "sector", "1"),
        ):
            with pytest.raises(NoRights) as refused:
                run(deed())
            assert refused.value.words
        assert [real_creme.one(table) for table in tables] == before

    def test_without_the_app_nobody_comes_in(self, real_creme: RealCreme, trainee: CrmSystem, run: Run) -> None:
        was = real_creme.one("SELECT raw_allowed_apps FROM creme_core_userrole WHERE name = 'Elev'")
        real_creme.change("UPDATE creme_core_userrole SET raw_allowed_apps = 'persons' WHERE name = 'Elev'")
        try:
            with pytest.raises(NoRights):
                run(trainee.search("a"))
            with pytest.raises(NoRights):
                run(trainee.sign_in(real_creme.password("elev")))
        finally:
            real_creme.change("UPDATE creme_core_userrole SET raw_allowed_apps = ? WHERE name = 'Elev'", was)

    def test_a_company_in_the_trash_is_gone(self, real_creme: RealCreme, trainee: CrmSystem, run: Run) -> None:
        hit = run(trainee.search("e", limit=1))[0]
        trash = "UPDATE creme_core_cremeentity SET is_deleted = ? WHERE id = ?"
        real_creme.change(trash, 1, hit.company_id)
        try:
            assert hit.company_id not in [one.id for one in run(trainee.search("e", limit=100))]
        finally:
            real_creme.change(trash, 0, hit.company_id)
