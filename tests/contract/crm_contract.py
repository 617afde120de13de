"""What every CRM must do, whatever it is.

A system's own test module derives from `CrmContract` and gives two fixtures: ``crm``, how to reach it, and
``facts``, what is known to be in it. Each test leaves the CRM as it was, except for what it has logged.
"""

import asyncio
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import httpx
import pytest

from app.domain.contacts import Company, ContactHit, ContactKind, NewTouchPoint, TouchPoint
from app.domain.names import NameKind
from app.ports.capability import Capability
from app.ports.crm import CrmSystem
from app.ports.errors import (
    AccessEnded,
    Conflict,
    MalformedAnswer,
    NotFound,
    OutcomeUnknown,
    Refused,
    TimedOut,
    Unreachable,
    Untrusted,
    WrongPassword,
)
from tests.contract.crm_facts import CrmFacts, Reach, Run, a_call, card, choosing, every_name, needs, texts_in, value_of
from tests.contract.crm_people import PeopleContract
from tests.contract.crm_sales import CrmSales
from tests.helpers.transports import Between


class CrmContract(PeopleContract, CrmSales):
    """The suite. Derive from it under a name that begins with ``Test``."""

    @pytest.fixture
    def between(self) -> Between:
        """What stands between us and the server in this test."""
        return Between()

    @pytest.fixture(scope="class")
    @classmethod
    def kept(cls, reach: Reach) -> str:
        """What the keyring would hold. One for all tests: checking a password takes a server long on purpose."""

        async def sign_in() -> str:
            system = reach.system()
            identity = await system.sign_in(reach.password())
            await system.close()
            return identity.renewal or reach.password()

        return asyncio.run(sign_in())

    @pytest.fixture
    def crm(self, reach: Reach, kept: str, between: Between, run: Run) -> Iterator[CrmSystem]:
        """A system that is signed in."""
        system = reach.system(transport=between)
        run(system.resume(kept))
        yield system
        run(system.close())

    @pytest.fixture
    def company(self, crm: CrmSystem, facts: CrmFacts, run: Run) -> Company:
        """The known company's card."""
        return card(crm, facts.number, run)

    # -- signing in

    def test_wrong_password(self, reach: Reach, run: Run) -> None:
        system = reach.system()
        with pytest.raises(WrongPassword):
            run(system.sign_in("not the password"))
        run(system.close())

    def test_what_is_kept_signs_in_again(self, reach: Reach, run: Run, facts: CrmFacts) -> None:
        first, second = reach.system(), reach.system()
        identity = run(first.sign_in(reach.password()))
        assert identity.user
        assert identity.system_version
        assert run(second.resume(identity.renewal or reach.password())).user == identity.user
        assert second.capabilities == first.capabilities
        assert run(second.companies_by_number(facts.number))
        for system in (first, second):
            run(system.sign_out())
            run(system.close())

    def test_nothing_is_answered_after_signing_out(self, reach: Reach, run: Run) -> None:
        system = reach.system()
        identity = run(system.sign_in(reach.password()))
        run(system.sign_out())
        with pytest.raises(AccessEnded):
            run(system.search("a"))
        if identity.renewal:
            with pytest.raises(AccessEnded):
                run(system.resume(identity.renewal))
        run(system.close())

    def test_ping(self, crm: CrmSystem, run: Run) -> None:
        run(crm.ping())

    # -- finding

    def test_finds_by_each_part_of_the_name_in_any_case(self, crm: CrmSystem, facts: CrmFacts, run: Run) -> None:
        words = [word for word in facts.name.split() if len(word) > 3]
        for text in (facts.name, facts.name.upper(), facts.name.lower(), *words):
            assert facts.name in [hit.name for hit in run(crm.search(text, limit=100))], text

    def test_finds_by_other_spellings(self, crm: CrmSystem, facts: CrmFacts, run: Run) -> None:
        for text, name in facts.spellings.items():
            assert name in [hit.name for hit in run(crm.search(text))], text

    def test_the_very_number_comes_first(self, crm: CrmSystem, facts: CrmFacts, run: Run) -> None:
        first = run(crm.search(facts.number))[0]
        assert (first.kind, first.name, first.number) == (ContactKind.COMPANY, facts.name, facts.number)
        assert first.detail == facts.city

    def test_finds_by_phone_however_it_is_spaced(self, crm: CrmSystem, facts: CrmFacts, run: Run) -> None:
        digits = "".join(filter(str.isdigit, facts.phone))
        for text in (facts.phone, f"+{digits}", f"00{digits}", digits[-8:]):
            assert facts.name in [hit.name for hit in run(crm.search(text))], text

    def test_a_person_leads_to_the_company(self, crm: CrmSystem, facts: CrmFacts, run: Run, company: Company) -> None:
        hit = next(one for one in run(crm.search(facts.person)) if one.kind is ContactKind.PERSON)
        assert hit.name == facts.person
        assert (hit.company_id, hit.number) == (company.id, facts.number)
        assert facts.name in hit.detail

    def test_no_more_than_asked(self, crm: CrmSystem, run: Run) -> None:
        assert len(run(crm.search("e", limit=3))) == 3

    @pytest.mark.parametrize(
        "text", ["", "   ", "%", "_", "'; drop table--", "(((", "[a", "\\", "a\x00b", "å" * 5000, "🦉"]
    )
    def test_odd_texts_are_only_texts(self, crm: CrmSystem, run: Run, text: str) -> None:
        assert len(run(crm.search(text))) <= 20

    def test_by_number(self, crm: CrmSystem, facts: CrmFacts, run: Run) -> None:
        assert [hit.name for hit in run(crm.companies_by_number(facts.number))] == [facts.name]
        assert len(run(crm.companies_by_number(facts.shared_number))) > 1
        for nobody in ("", "0000000", facts.number[:-1], "x" * 400):
            assert list(run(crm.companies_by_number(nobody))) == []

    def test_all_names(self, crm: CrmSystem, facts: CrmFacts, company: Company, run: Run) -> None:
        needs(crm, Capability.NAMES)
        names = every_name(crm, run)
        assert len({(name.kind, name.id) for name in names}) == len(names) > 50
        kinds = [name.kind for name in names]
        assert kinds == sorted(kinds, key=[NameKind.COMPANY, NameKind.PERSON].index)
        (known,) = [name for name in names if name.kind is NameKind.COMPANY and name.id == company.id]
        assert (known.name, known.number, known.detail) == (facts.name, facts.number, facts.city)
        assert facts.phone in known.found_by
        assert known.vat_number == company.vat_number != ""
        assert len([name for name in names if name.number == facts.shared_number and not name.parent_id]) > 1
        people = [name for name in names if name.kind is NameKind.PERSON and name.parent_id == company.id]
        assert facts.person in [person.name for person in people]
        assert {person.number for person in people} == {facts.number}
        assert all(text == unicodedata.normalize("NFC", text) for text in texts_in(names))

    def test_the_users_own_companies(self, crm: CrmSystem, facts: CrmFacts, run: Run) -> None:
        needs(crm, Capability.OWN_COMPANIES)
        own: list[ContactHit] = []
        after = ""
        while True:
            page = run(crm.own_companies(after))
            own += page.items
            if page.next is None:
                break
            after = page.next
        assert {hit.kind for hit in own} == {ContactKind.COMPANY}
        assert len({hit.id for hit in own}) == len(own)
        numbers = [hit.number for hit in own]
        assert facts.own_number in numbers
        assert facts.anothers_number not in numbers
        (known,) = [hit for hit in own if hit.number == facts.own_number]
        assert known == run(crm.companies_by_number(facts.own_number))[0]

    # -- the card

    def test_card(self, company: Company, facts: CrmFacts) -> None:
        assert (company.name, company.number, company.phone) == (facts.name, facts.number, facts.phone)
        assert company.address is not None
        assert company.address.city == facts.city
        assert not company.address.uses, "an address of the CRM's is for meeting"
        assert facts.person in [person.name for person in company.people]
        assert company.version
        assert any(category.key == facts.category and category.value for category in company.categories)

    def test_texts_are_composed_and_clean(self, crm: CrmSystem, company: Company, facts: CrmFacts, run: Run) -> None:
        busy = card(crm, facts.busy_number, run)
        for text in texts_in([company, busy, run(crm.timeline(busy.id, limit=100))]):
            assert unicodedata.is_normalized("NFC", text)
            assert all(unicodedata.category(letter) != "Cc" or letter in "\n\t" for letter in text)

    @pytest.mark.parametrize("company_id", ["999999999", "0", "", "../whoami", "1/../2", "abc", "-1", "１"])
    def test_no_such_company(self, crm: CrmSystem, run: Run, company_id: str) -> None:
        with pytest.raises(NotFound):
            run(crm.company(company_id))

    # -- the timeline

    def test_timeline_is_newest_first_and_pages_join(self, crm: CrmSystem, facts: CrmFacts, run: Run) -> None:
        busy = card(crm, facts.busy_number, run)
        whole = run(crm.timeline(busy.id, limit=100))
        assert len(whole.items) > 5
        assert [point.at for point in whole.items] == sorted((point.at for point in whole.items), reverse=True)
        assert all(point.at.tzinfo is not None and point.subject for point in whole.items)
        joined: list[TouchPoint] = []
        after = None
        while True:
            page = run(crm.timeline(busy.id, after=after, limit=2))
            joined += page.items
            after = page.next
            if after is None:
                break
        assert joined == list(whole.items)[: len(joined)]
        assert len(joined) == len(whole.items)

    def test_timeline_by_kind(self, crm: CrmSystem, facts: CrmFacts, run: Run) -> None:
        busy = card(crm, facts.busy_number, run)
        whole = run(crm.timeline(busy.id, limit=100)).items
        kinds = {point.kind for point in whole}
        assert len(kinds) > 1
        for kind in kinds:
            only = run(crm.timeline(busy.id, kinds=frozenset({kind}), limit=100)).items
            assert only == tuple(point for point in whole if point.kind is kind)

    def test_timeline_by_text(self, crm: CrmSystem, facts: CrmFacts, run: Run) -> None:
        busy = card(crm, facts.busy_number, run)
        found = run(crm.timeline(busy.id, text=facts.word.upper(), limit=100)).items
        assert 0 < len(found) < len(run(crm.timeline(busy.id, limit=100)).items)
        assert all(facts.word.lower() in f"{point.subject} {point.text}".lower() for point in found)

    def test_a_timeline_of_nobody(self, crm: CrmSystem, run: Run) -> None:
        with pytest.raises(NotFound):
            run(crm.timeline("999999999"))

    # -- processes

    def test_sales(self, crm: CrmSystem, facts: CrmFacts, run: Run) -> None:
        needs(crm, Capability.SALES)
        found = run(crm.sales(card(crm, facts.selling_number, run).id))
        assert found
        assert [sale.is_open for sale in found] == sorted((sale.is_open for sale in found), reverse=True)
        assert all(sale.name and sale.stage for sale in found)
        assert any(sale.amount is not None and len(sale.amount.currency) == 3 for sale in found)

    def test_cases(self, crm: CrmSystem, facts: CrmFacts, run: Run) -> None:
        needs(crm, Capability.CASES)
        found = run(crm.cases(card(crm, facts.complaining_number, run).id))
        assert found
        assert [case.is_open for case in found] == sorted((case.is_open for case in found), reverse=True)
        assert all(case.title and case.status and case.opened and case.opened.tzinfo for case in found)

    def test_campaigns(self, crm: CrmSystem, facts: CrmFacts, run: Run) -> None:
        needs(crm, Capability.CAMPAIGNS)
        found = run(crm.campaigns(card(crm, facts.targeted_number, run).id))
        assert found
        assert all(campaign.name for campaign in found)

    # -- logging

    def test_a_logged_call_is_there_once(self, crm: CrmSystem, company: Company, run: Run) -> None:
        needs(crm, Capability.LOG_TOUCH_POINT)
        touch = a_call(company)
        logged = run(crm.log_touch_point(touch))
        assert (logged.kind, logged.subject, logged.text, logged.at) == (
            touch.kind,
            touch.subject,
            touch.text,
            touch.at,
        )
        assert logged.author
        again = run(crm.log_touch_point(touch))
        assert again == logged
        assert self.logged(crm, touch, run) == [logged]

    def test_the_same_call_at_the_same_time(self, crm: CrmSystem, company: Company, run: Run) -> None:
        needs(crm, Capability.LOG_TOUCH_POINT)
        touch = a_call(company)

        async def five_times() -> list[TouchPoint]:
            return list(await asyncio.gather(*(crm.log_touch_point(touch) for _ in range(5))))

        assert len({point.id for point in run(five_times())}) == 1
        assert len(self.logged(crm, touch, run)) == 1

    def test_an_answer_that_was_lost(self, crm: CrmSystem, between: Between, company: Company, run: Run) -> None:
        needs(crm, Capability.LOG_TOUCH_POINT)
        touch = a_call(company)
        between.lose = lambda request: request.method == "POST"
        with pytest.raises(OutcomeUnknown):
            run(crm.log_touch_point(touch))
        between.lose = lambda _request: False
        logged = run(crm.log_touch_point(touch))
        assert self.logged(crm, touch, run) == [logged]

    def test_the_same_words_twice_are_two_calls(self, crm: CrmSystem, company: Company, run: Run) -> None:
        needs(crm, Capability.LOG_TOUCH_POINT)
        touch = a_call(company)
        run(crm.log_touch_point(touch))
        run(crm.log_touch_point(replace(touch, token=uuid4().hex)))
        assert len(self.logged(crm, touch, run)) == 2

    def test_a_call_with_somebody(self, crm: CrmSystem, company: Company, run: Run) -> None:
        needs(crm, Capability.LOG_TOUCH_POINT)
        person = company.people[0]
        logged = run(crm.log_touch_point(replace(a_call(company), person_id=person.id)))
        assert logged.people == (person.name,)

    def test_a_call_that_is_refused_leaves_nothing(self, crm: CrmSystem, company: Company, run: Run) -> None:
        needs(crm, Capability.LOG_TOUCH_POINT)
        touch = replace(a_call(company), subject="x" * 5000)
        before = run(crm.timeline(company.id, limit=100)).items
        with pytest.raises(Refused) as refused:
            run(crm.log_touch_point(touch))
        assert refused.value.words
        assert run(crm.timeline(company.id, limit=100)).items == before
        # The key is not used up: the user shortens the text and sends it again.
        assert run(crm.log_touch_point(replace(touch, subject="short"))).subject == "short"

    def logged(self, crm: CrmSystem, touch: NewTouchPoint, run: Run) -> list[TouchPoint]:
        """What is in the timeline with this touch point's subject."""
        return [
            point for point in run(crm.timeline(touch.company_id, limit=100)).items if point.subject == touch.subject
        ]

    # -- categories and numbers

    def test_category(self, crm: CrmSystem, facts: CrmFacts, company: Company, run: Run) -> None:
        needs(crm, Capability.SET_CATEGORY)
        choices = run(crm.category_choices(facts.category))
        was = value_of(company, facts.category)
        other, third = [choice.id for choice in choices if choice.id != was][:2]
        assert was in [choice.id for choice in choices]
        change = choosing(company, facts.category, other)
        changed = run(crm.set_category(change))
        assert value_of(changed, facts.category) == other
        assert changed.version != company.version
        with pytest.raises(Conflict):
            run(crm.set_category(choosing(company, facts.category, third)))
        assert value_of(run(crm.company(company.id)), facts.category) == other
        # The same wish again, for instance after an answer was lost, is no conflict.
        assert run(crm.set_category(choosing(company, facts.category, other))) == changed
        emptied = run(crm.set_category(choosing(changed, facts.category)))
        assert value_of(emptied, facts.category) == ""
        # Nor is it done again, now that somebody has chosen otherwise.
        assert run(crm.set_category(change)) == emptied
        assert value_of(run(crm.set_category(choosing(emptied, facts.category, was))), facts.category) == was

    def test_a_category_whose_answer_was_lost(
        self, crm: CrmSystem, between: Between, facts: CrmFacts, company: Company, run: Run
    ) -> None:
        needs(crm, Capability.SET_CATEGORY)
        was = value_of(company, facts.category)
        other = next(choice.id for choice in run(crm.category_choices(facts.category)) if choice.id != was)
        change = choosing(company, facts.category, other)
        between.lose = lambda request: request.method == "POST"
        with pytest.raises(OutcomeUnknown):
            run(crm.set_category(change))
        between.lose = lambda _request: False
        changed = run(crm.set_category(change))
        assert value_of(changed, facts.category) == other
        run(crm.set_category(choosing(changed, facts.category, was)))

    def test_no_such_category(self, crm: CrmSystem, company: Company, facts: CrmFacts, run: Run) -> None:
        with pytest.raises(NotFound):
            run(crm.category_choices("no_such_category"))
        with pytest.raises(Refused):
            run(crm.set_category(choosing(company, facts.category, "999999999")))

    def test_number(self, crm: CrmSystem, company: Company, run: Run) -> None:
        needs(crm, Capability.SET_NUMBER)
        changed = run(crm.set_number(company, "ZZ-1"))
        assert changed.number == "ZZ-1"
        with pytest.raises(Conflict):
            run(crm.set_number(company, "ZZ-2"))
        assert [hit.id for hit in run(crm.companies_by_number("ZZ-1"))] == [company.id]
        assert run(crm.set_number(changed, company.number)).number == company.number

    # -- what goes wrong

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

    def test_a_question_without_an_answer(self, crm: CrmSystem, between: Between, run: Run) -> None:
        def time_out(request: httpx.Request) -> None:
            raise httpx.ReadTimeout("", request=request)

        between.fault = time_out
        with pytest.raises(TimedOut):
            run(crm.search("a"))
        between.fault = lambda _request: None
        assert run(crm.search("a"))

    def test_a_dropped_connection_is_tried_once_more(self, crm: CrmSystem, between: Between, run: Run) -> None:
        dropped: list[httpx.Request] = []

        def drop_first(request: httpx.Request) -> None:
            if not dropped:
                dropped.append(request)
                raise httpx.RemoteProtocolError("", request=request)

        between.fault = drop_first
        assert run(crm.search("a"))

    def test_nonsense(self, reach: Reach, run: Run) -> None:
        def answer(_request: httpx.Request) -> httpx.Response:
            return httpx.Response(200, content=b"<html>Please sign in to the hotel's network</html>")

        system = reach.system(transport=httpx.MockTransport(answer))
        with pytest.raises(MalformedAnswer):
            run(system.sign_in("secret"))
        run(system.close())
