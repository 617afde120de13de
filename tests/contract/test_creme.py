"""The contract, and what is Creme's own, against a real Creme and with its database looked into directly."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.domain.contact_changes import NewPerson, new_token
from app.domain.contacts import ContactField, Outcome, TouchKind
from app.domain.names import NameKind
from app.domain.sales_changes import StageChange, TaskCompletion
from app.ports.capability import Capability
from app.ports.crm import CrmSystem
from app.ports.errors import AccessEnded, Conflict, NoRights, Refused, TooManyAttempts, WrongPassword
from tests.contract.crm_contract import CrmContract
from tests.contract.crm_facts import CrmFacts, Reach, Run, a_call, card, choosing, every_name, value_of
from tests.contract.crm_people import correcting, named, somebody
from tests.contract.crm_sales import a_task, done, into, the_sale
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
    own_number="10006",
    anothers_number="10001",
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

    def test_an_email_is_one_that_creme_took_from_a_mailbox(
        self, real_creme: RealCreme, crm: CrmSystem, run: Run
    ) -> None:
        company = card(crm, FACTS.number, run)
        person = next(one for one in company.people if one.email)
        before = real_creme.one("SELECT count(*) FROM emails_entityemail")
        out = replace(a_call(company), kind=TouchKind.EMAIL, text="<b>Hej</b>", person_id=person.id)
        came = replace(a_call(company), kind=TouchKind.EMAIL, is_incoming=True)
        for mail in (out, came, out):
            run(crm.log_touch_point(mail))
        assert real_creme.one("SELECT count(*) FROM emails_entityemail") == before + 2
        find = """SELECT m.cremeentity_ptr_id, m.status, m.sender, m.recipient, m.body, m.body_html, u.username, u.email
                  FROM emails_entityemail m JOIN creme_core_cremeentity e ON e.id = m.cremeentity_ptr_id
                  JOIN creme_core_cremeuser u ON u.id = e.user_id WHERE m.subject = ?"""
        ((pk, status, sender, recipient, body, html, owner, own_email),) = real_creme.rows(find, out.subject)
        synchronized = 4  # Creme sends what is 2, "not sent", by itself
        assert (status, sender, recipient, body, owner) == (
            synchronized,
            own_email,
            person.email,
            out.text,
            "saelger",
        )
        assert "&lt;b&gt;" in html
        relations = real_creme.rows(
            "SELECT type_id, object_entity_id FROM creme_core_relation WHERE subject_entity_id = ? ORDER BY type_id", pk
        )
        assert [kind for kind, _ in relations] == [
            "email-subject_mail_received",
            "email-subject_mail_sended",
            "email-subject_related_to",
        ]
        assert [str(entity) for kind, entity in relations if not kind.endswith("sended")] == [person.id, company.id]
        ((_, status, sender, recipient, *_),) = real_creme.rows(find, came.subject)
        assert (status, sender, recipient) == (synchronized, company.email, own_email)

    def test_an_email_to_somebody_without_an_address(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        company = card(crm, FACTS.number, run)
        person = next(one for one in company.people if one.email)
        mail = replace(a_call(company), kind=TouchKind.EMAIL, person_id=person.id)
        contact = "UPDATE persons_contact SET email = ? WHERE cremeentity_ptr_id = ?"
        real_creme.change(contact, "", person.id)
        try:
            with pytest.raises(Refused) as refused:
                run(crm.log_touch_point(mail))
        finally:
            real_creme.change(contact, person.email, person.id)
        assert "has no email address" in refused.value.words
        # The token is not used up.
        assert run(crm.log_touch_point(mail)).people == (person.name,)

    def test_a_task_is_an_activity_of_its_day(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        company = card(crm, FACTS.number, run)
        wanted = a_task(company)
        run(crm.log_touch_point(wanted))
        find = """SELECT a.cremeentity_ptr_id, a.floating_type, a.start, a.end, e.description, s.name
                  FROM activities_activity a JOIN activities_status s ON s.id = a.status_id
                  JOIN creme_core_cremeentity e ON e.id = a.cremeentity_ptr_id WHERE a.title = ?"""
        ((pk, floating, start, end, text, status),) = real_creme.rows(find, wanted.subject)
        only_the_day = 2
        assert (floating, text, status) == (only_the_day, wanted.text, "Planned")
        # The database has UTC; the salesperson's Creme has Copenhagen.
        assert (start[:16], end[:16]) == ("2031-02-28 23:00", "2031-03-01 22:59")
        (task,) = [task for task in run(crm.tasks(company.id)) if task.title == wanted.subject]
        change, edits = done(task, company), len(self._edits(real_creme, pk))
        for _ in range(3):
            run(crm.complete_task(change))
        assert real_creme.rows(find, wanted.subject)[0][5] == "Done"
        assert self._edits(real_creme, pk)[edits:] == ["saelger"]

    def test_a_sale_is_moved_once_and_in_its_history(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        company = card(crm, FACTS.selling_number, run)
        sale = the_sale(crm, company, run)
        stages = run(crm.sales_stages())
        was, won = (
            next(stage for stage in stages if stage.id == sale.stage_id),
            next(stage for stage in stages if stage.outcome is Outcome.WON),
        )
        row = "SELECT * FROM opportunities_opportunity WHERE cremeentity_ptr_id = ?"
        before, edits = real_creme.rows(row, sale.id)[0], len(self._edits(real_creme, sale.id))
        change = into(sale, won, company)

        async def five_times() -> None:
            await asyncio.gather(*(crm.set_stage(change) for _ in range(5)))

        run(five_times())
        after = real_creme.rows(row, sale.id)[0]
        assert {new for old, new in zip(before, after, strict=True) if old != new} == {int(won.id)}
        assert self._edits(real_creme, sale.id)[edits:] == ["saelger"]
        # What Creme does with a sale that is won is done too: its workflow makes the target a customer.
        assert real_creme.one(
            "SELECT count(*) FROM creme_core_relation WHERE subject_entity_id = ? AND type_id = ?",
            company.id,
            "persons-subject_customer_supplier",
        )
        run(crm.set_stage(into(the_sale(crm, company, run, sale.id), was, company)))
        assert real_creme.rows(row, sale.id)[0] == before

    def _edits(self, real_creme: RealCreme, entity_id: object) -> list[str]:
        """Who has changed it, from Creme's history."""
        lines = "SELECT username FROM creme_core_historyline WHERE entity_id = ? AND type = 2 ORDER BY id"
        return [name for (name,) in real_creme.rows(lines, entity_id)]

    def test_a_changed_sector_has_a_line_in_the_history(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        company = card(crm, FACTS.number, run)
        was = value_of(company, "sector")
        other = next(choice.id for choice in run(crm.category_choices("sector")) if choice.id != was)
        changed = run(crm.set_category(choosing(company, "sector", other)))
        sector = "SELECT sector_id FROM persons_organisation WHERE cremeentity_ptr_id = ?"
        assert str(real_creme.one(sector, company.id)) == other
        lines = real_creme.rows(
            "SELECT username, value FROM creme_core_historyline WHERE entity_id = ? AND type = 2 ORDER BY id",
            company.id,
        )
        assert lines[-1][0] == "saelger"
        assert "sector" in lines[-1][1]
        run(crm.set_category(choosing(changed, "sector", was)))
        assert str(real_creme.one(sector, company.id)) == was

    def test_a_person_is_employed_there(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        company = card(crm, FACTS.number, run)
        new = somebody(company)
        contacts = "SELECT count(*) FROM persons_contact"
        before = real_creme.one(contacts)
        for _ in range(2):
            run(crm.add_person(new))
        assert real_creme.one(contacts) == before + 1
        ((pk, position, owner),) = real_creme.rows(
            """SELECT c.cremeentity_ptr_id, c.full_position, u.username FROM persons_contact c
               JOIN creme_core_cremeentity e ON e.id = c.cremeentity_ptr_id
               JOIN creme_core_cremeuser u ON u.id = e.user_id WHERE c.last_name = ?""",
            new.last_name,
        )
        assert (position, owner) == (new.role, "saelger")
        relations = "SELECT type_id, object_entity_id FROM creme_core_relation WHERE subject_entity_id = ?"
        assert real_creme.rows(relations, pk) == [("persons-subject_employed_by", int(company.id))]
        assert real_creme.one("SELECT username FROM creme_core_historyline WHERE entity_id = ? AND type = 1", pk) == (
            "saelger"
        )

    def test_a_correction_has_a_line_in_the_history_and_a_receipt_without_anybodys_card(
        self, real_creme: RealCreme, crm: CrmSystem, run: Run
    ) -> None:
        company = card(crm, FACTS.number, run)
        new = somebody(company)
        (person,) = named(run(crm.add_person(new)), new.name)
        change = correcting(company, person, phone="+45 31 41 59 26")
        for _ in range(2):
            run(crm.correct(change))
        history = "SELECT username, value FROM creme_core_historyline WHERE entity_id = ? AND type = 2"
        ((username, value),) = real_creme.rows(history, person.id)
        assert username == "saelger"
        assert "phone" in value
        assert "email" not in value
        answer = real_creme.one("SELECT answer FROM samspil_creme_receipt WHERE key = ?", change.token)
        assert answer == "{}"

    def test_a_position_from_cremes_list_gives_way(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        company = card(crm, FACTS.number, run)
        new = replace(somebody(company), role="")
        (person,) = named(run(crm.add_person(new)), new.name)
        position = real_creme.rows("SELECT id, title FROM persons_position ORDER BY id LIMIT 1")[0]
        contact = "UPDATE persons_contact SET position_id = ? WHERE cremeentity_ptr_id = ?"
        real_creme.change(contact, position[0], person.id)
        seen = replace(person, role=position[1])
        assert seen in run(crm.company(company.id)).people
        (now,) = named(run(crm.correct(correcting(company, seen, role="Direktør i alt"))), new.name)
        assert now.role == "Direktør i alt"
        (now,) = named(run(crm.correct(correcting(company, now, role=""))), new.name)
        assert now.role == ""

    def test_a_hidden_or_a_mandatory_field(self, real_creme: RealCreme, crm: CrmSystem, run: Run) -> None:
        """The administrator hides one field of people and demands another, in Creme's own configuration."""
        company = card(crm, FACTS.number, run)
        new = somebody(company)
        (person,) = named(run(crm.add_person(new)), new.name)
        content_type = real_creme.one(
            "SELECT id FROM django_content_type WHERE app_label = 'persons' AND model = 'contact'"
        )
        was = real_creme.rows(
            "SELECT raw_descriptions FROM creme_core_fieldsconfig WHERE content_type_id = ?", content_type
        )
        rules = '[["mobile", {"hidden": true}], ["phone", {"required": true}]]'
        real_creme.change("DELETE FROM creme_core_fieldsconfig WHERE content_type_id = ?", content_type)
        real_creme.change(
            "INSERT INTO creme_core_fieldsconfig (content_type_id, raw_descriptions) VALUES (?, ?)", content_type, rules
        )
        try:
            (seen,) = named(run(crm.company(company.id)), new.name)
            assert seen.mobile == ""
            assert ContactField.MOBILE not in seen.can_set
            with pytest.raises(NoRights):
                run(crm.correct(correcting(company, seen, mobile="+45 1")))
            with pytest.raises(Refused) as refused:
                run(crm.correct(correcting(company, seen, phone="")))
            assert "required" in refused.value.words
            with pytest.raises(Refused):
                run(crm.add_person(NewPerson(new_token(), company.id, "Nobody")))
        finally:
            real_creme.change("DELETE FROM creme_core_fieldsconfig WHERE content_type_id = ?", content_type)
            for (row,) in was:
                real_creme.change(
                    "INSERT INTO creme_core_fieldsconfig (content_type_id, raw_descriptions) VALUES (?, ?)",
                    content_type,
                    row,
                )
        assert person in run(crm.company(company.id)).people

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
            run(crm.log_touch_point(type(touch)("k", touch.company_id, TouchKind.OTHER, touch.at, "x")))

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
            system.sales_stages(),
            system.tasks(company.id),
            system.log_touch_point(a_task(company)),
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

    def test_owns_what_creme_says(self, real_creme: RealCreme, trainee: CrmSystem, run: Run) -> None:
        owned = real_creme.rows(
            """SELECT o.cremeentity_ptr_id FROM persons_organisation o
               JOIN creme_core_cremeentity e ON e.id = o.cremeentity_ptr_id
               JOIN creme_core_cremeuser u ON u.id = e.user_id WHERE u.username = 'elev' AND NOT e.is_deleted"""
        )
        page = run(trainee.own_companies(""))
        assert {hit.id for hit in page.items} == {str(pk) for (pk,) in owned}
        assert page.next is None
        after = sorted(int(hit.id) for hit in page.items)[3]
        assert len(run(trainee.own_companies(str(after))).items) == len(owned) - 4

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
        assert trainee.capabilities == {
            Capability.NAMES,
            Capability.OWN_COMPANIES,
            Capability.TIMELINE,
            Capability.TASKS,
        }

    def test_the_names_are_those_that_the_user_may_see(
        self, real_creme: RealCreme, trainee: CrmSystem, run: Run
    ) -> None:
        names = every_name(trainee, run)
        of_a_kind = {kind: {name.id for name in names if name.kind is kind} for kind in NameKind}
        seen, everybody = of_a_kind[NameKind.COMPANY], real_creme.one("SELECT count(*) FROM persons_organisation")
        assert 0 < len(seen) < everybody
        for company_id in seen:
            run(trainee.company(company_id))
        assert all(name.parent_id in seen or not name.parent_id for name in names)

    def test_sees_no_sales_of_their_own_company(self, trainee: CrmSystem, run: Run) -> None:
        hit = run(trainee.search("e", limit=1))[0]
        company = run(trainee.company(hit.company_id))
        assert company.people
        assert not any(category.can_set for category in company.categories)
        assert not company.can_set
        assert not company.can_add_people
        assert not any(person.can_set for person in company.people)
        # The role has neither these apps nor a right to anybody else's activities.
        assert list(run(trainee.sales(company.id))) == []
        assert list(run(trainee.cases(company.id))) == []
        assert run(trainee.timeline(company.id)).items == ()
        assert run(trainee.tasks(company.id)) == ()

    def test_changes_nothing(self, real_creme: RealCreme, trainee: CrmSystem, run: Run) -> None:
        company = run(trainee.company(run(trainee.search("e", limit=1))[0].company_id))
        tables = (_ACTIVITIES, "SELECT count(*) FROM assistants_memo", "SELECT count(*) FROM creme_core_historyline")
        sale_id, stage_id = map(
            str,
            real_creme.rows("SELECT cremeentity_ptr_id, sales_phase_id FROM opportunities_opportunity LIMIT 1")[0],
        )
        task_id = self._a_task_of_somebody_else(real_creme, run)
        before = [real_creme.one(table) for table in tables]
        touch = a_call(company)
        note = type(touch)("n", company.id, TouchKind.NOTE, touch.at, "x")
        for deed in (
            lambda: trainee.log_touch_point(touch),
            lambda: trainee.log_touch_point(note),
            lambda: trainee.log_touch_point(replace(touch, kind=TouchKind.EMAIL)),
            lambda: trainee.log_touch_point(a_task(company)),
            trainee.sales_stages,
            lambda: trainee.set_stage(StageChange("s", company.id, sale_id, stage_id, "1")),
            lambda: trainee.complete_task(TaskCompletion("d", company.id, task_id, "1")),
            lambda: trainee.set_number(company, "1"),
            lambda: trainee.set_category(choosing(company, "sector", "1")),
            lambda: trainee.correct(correcting(company, None, phone="1")),
            lambda: trainee.correct(correcting(company, company.people[0], phone="1")),
            lambda: trainee.add_person(somebody(company)),
        ):
            with pytest.raises(NoRights) as refused:
                run(deed())
            assert refused.value.words
        assert [real_creme.one(table) for table in tables] == before

    def _a_task_of_somebody_else(self, real_creme: RealCreme, run: Run) -> str:
        system = real_creme.system()
        run(system.sign_in(real_creme.password()))
        wanted = a_task(card(system, FACTS.number, run))
        run(system.log_touch_point(wanted))
        run(system.close())
        return str(real_creme.one("SELECT cremeentity_ptr_id FROM activities_activity WHERE title = ?", wanted.subject))

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
