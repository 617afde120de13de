"""What every CRM must do that lets people be added and corrected, and categories of several values be set."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from app.domain.contact_changes import Correction, FieldChange, NewPerson, new_token
from app.domain.contacts import Company, ContactField, Person
from app.ports.capability import Capability
from app.ports.crm import CrmSystem
from app.ports.errors import Conflict, NotFound, OutcomeUnknown, Refused
from tests.contract.crm_facts import CrmFacts, Run, choosing, needs
from tests.helpers.transports import Between


def somebody(company: Company) -> NewPerson:
    """Nobody of this name was ever at the company."""
    return NewPerson(
        new_token(),
        company.id,
        last_name=f"Ågård-{uuid4().hex[:8]}",
        first_name="Østen",
        role="Indkøber, belysning",
        phone="+45 70 10 20 30",
        mobile="+45 20 30 40 50",
        email="oesten@example.com",
    )


def named(company: Company, name: str) -> list[Person]:
    """Those of this name at the company."""
    return [person for person in company.people if person.name == name]


def correcting(company: Company, person: Person | None, **values: str) -> Correction:
    """A wish for these values, by somebody who sees ``company``."""
    of: Company | Person = person or company
    fields = tuple(FieldChange(ContactField(name), value, getattr(of, name)) for name, value in values.items())
    return Correction(new_token(), company.id, person.id if person is not None else "", fields)


class PeopleContract:
    """A part of the suite; `CrmContract` gives the fixtures."""

    @pytest.fixture
    def person(self, crm: CrmSystem, company: Company, run: Run) -> Person:
        """Somebody who was just added, so that no other test is about them."""
        needs(crm, Capability.ADD_PERSON)
        new = somebody(company)
        (person,) = named(run(crm.add_person(new)), new.name)
        return person

    def test_somebody_is_added_once(self, crm: CrmSystem, between: Between, company: Company, run: Run) -> None:
        needs(crm, Capability.ADD_PERSON)
        assert company.can_add_people
        new = somebody(company)
        between.lose = lambda request: request.method == "POST"
        with pytest.raises(OutcomeUnknown):
            run(crm.add_person(new))
        between.lose = lambda _request: False

        async def four_times() -> list[Company]:
            return list(await asyncio.gather(*(crm.add_person(new) for _ in range(4))))

        for card in run(four_times()):
            (person,) = named(card, new.name)
            assert (person.first_name, person.last_name, person.role) == (new.first_name, new.last_name, new.role)
            assert (person.phone, person.mobile, person.email) == (new.phone, new.mobile, new.email)
            assert ContactField.PHONE in person.can_set

    def test_only_a_last_name_is_needed(self, crm: CrmSystem, company: Company, run: Run) -> None:
        needs(crm, Capability.ADD_PERSON)
        new = somebody(company)
        new = NewPerson(new.token, new.company_id, new.last_name)
        (person,) = named(run(crm.add_person(new)), new.last_name)
        assert (person.first_name, person.role, person.phone, person.email) == ("", "", "", "")

    def test_somebody_who_is_refused_is_not_there(self, crm: CrmSystem, company: Company, run: Run) -> None:
        needs(crm, Capability.ADD_PERSON)
        new = somebody(company)
        with pytest.raises(Refused) as refused:
            run(crm.add_person(replace(new, email="not an address")))
        assert refused.value.words
        with pytest.raises(Refused):
            run(crm.add_person(replace(new, last_name="")))
        assert named(run(crm.company(company.id)), new.name) == []
        assert named(run(crm.add_person(new)), new.name), "the token is not used up"

    def test_a_corrected_person(self, crm: CrmSystem, company: Company, person: Person, run: Run) -> None:
        needs(crm, Capability.CORRECT)
        change = correcting(
            company, person, phone="+45 11 22 33 44", email="ny@example.com", role="Indkøbschef", first_name="Åse"
        )
        card = run(crm.correct(change))
        (now,) = [one for one in card.people if one.id == person.id]
        assert (now.phone, now.email, now.role) == ("+45 11 22 33 44", "ny@example.com", "Indkøbschef")
        assert (now.name, now.mobile) == (f"Åse {person.last_name}", person.mobile)
        emptied = run(crm.correct(correcting(card, now, phone="", role="")))
        (now,) = [one for one in emptied.people if one.id == person.id]
        assert (now.phone, now.role, now.email) == ("", "", "ny@example.com")
        # The first correction, sent again by somebody who did not get its answer, is not done again.
        assert run(crm.correct(change)) == emptied

    def test_somebody_elses_correction_is_never_overwritten_unseen(
        self, crm: CrmSystem, company: Company, person: Person, run: Run
    ) -> None:
        needs(crm, Capability.CORRECT)
        run(crm.correct(correcting(company, person, phone="+45 1")))
        with pytest.raises(Conflict):
            run(crm.correct(correcting(company, person, email="x@example.com", phone="+45 2")))
        (now,) = [one for one in run(crm.company(company.id)).people if one.id == person.id]
        assert (now.phone, now.email) == ("+45 1", person.email), "all of it or nothing"
        # Two people of one mind, or another field, is no conflict.
        run(crm.correct(correcting(company, person, phone="+45 1")))
        run(crm.correct(correcting(company, person, mobile="+45 3")))

    def test_a_correction_at_the_same_time(self, crm: CrmSystem, company: Company, person: Person, run: Run) -> None:
        needs(crm, Capability.CORRECT)
        changes = [correcting(company, person, phone=f"+45 {n}") for n in range(4)]

        async def all_at_once() -> list[object]:
            return list(await asyncio.gather(*map(crm.correct, changes), return_exceptions=True))

        outcomes = run(all_at_once())
        (won,) = [n for n, outcome in enumerate(outcomes) if isinstance(outcome, Company)]
        assert all(isinstance(outcome, Conflict) for n, outcome in enumerate(outcomes) if n != won)
        (now,) = [one for one in run(crm.company(company.id)).people if one.id == person.id]
        assert now.phone == f"+45 {won}"

    def test_a_correction_that_is_refused_or_lost(
        self, crm: CrmSystem, between: Between, company: Company, person: Person, run: Run
    ) -> None:
        needs(crm, Capability.CORRECT)
        with pytest.raises(Refused) as refused:
            run(crm.correct(correcting(company, person, email="no address", phone="+45 9")))
        assert refused.value.words
        with pytest.raises(Refused):
            run(crm.correct(correcting(company, person, last_name="")))
        change = correcting(company, person, phone="+45 5")
        between.lose = lambda request: request.method == "POST"
        with pytest.raises(OutcomeUnknown):
            run(crm.correct(change))
        between.lose = lambda _request: False
        (now,) = [one for one in run(crm.correct(change)).people if one.id == person.id]
        assert replace(now, phone=person.phone) == person, "nothing else has changed"
        assert now.phone == "+45 5"

    def test_the_companys_own_phone(self, crm: CrmSystem, company: Company, run: Run) -> None:
        needs(crm, Capability.CORRECT)
        assert company.can_set == {ContactField.PHONE, ContactField.EMAIL}
        changed = run(crm.correct(correcting(company, None, phone="+45 12 34 56 78", email="ny@firma.example")))
        assert (changed.phone, changed.email) == ("+45 12 34 56 78", "ny@firma.example")
        with pytest.raises(Conflict):
            run(crm.correct(correcting(company, None, phone="+45 99")))
        back = run(crm.correct(correcting(changed, None, phone=company.phone, email=company.email)))
        assert (back.phone, back.email) == (company.phone, company.email)

    def test_nobody_of_another_company_is_corrected(
        self, crm: CrmSystem, facts: CrmFacts, company: Company, person: Person, run: Run
    ) -> None:
        needs(crm, Capability.CORRECT)
        (other, *_) = run(crm.companies_by_number(facts.busy_number))
        with pytest.raises(NotFound):
            run(crm.correct(replace(correcting(company, person, phone="+45 1"), company_id=other.id)))

    def test_several_values(self, crm: CrmSystem, company: Company, run: Run) -> None:
        needs(crm, Capability.SET_CATEGORY)
        category = next((one for one in company.categories if one.several), None)
        if category is None:
            pytest.skip("this CRM has no category of several values")
        choices = [choice.id for choice in run(crm.category_choices(category.key))]

        def values(card: Company) -> set[str]:
            return set(next(one.value_ids for one in card.categories if one.key == category.key))

        changed = run(crm.set_category(choosing(company, category.key, *choices)))
        assert values(changed) == set(choices)
        with pytest.raises(Conflict):
            run(crm.set_category(choosing(company, category.key, choices[0])))
        fewer = run(crm.set_category(choosing(changed, category.key, *choices[1:])))
        assert values(fewer) == set(choices[1:])
        assert fewer.tags == company.tags, "what is no category is left alone"
        none = run(crm.set_category(choosing(fewer, category.key)))
        assert values(none) == set()
        assert values(run(crm.set_category(choosing(none, category.key, *category.value_ids)))) == set(
            category.value_ids
        )
