"""What is wrong with the links between the systems, and whom a company may mean."""

from dataclasses import replace

import pytest

from app.domain.links import (
    CustomerIndex,
    Finding,
    FindingKind,
    NameTable,
    Reason,
    Suggestion,
    findings,
    project_finding,
    same_vat,
    without,
)
from app.domain.names import Name, NameKind


def company(key: str, name: str, number: str = "", vat: str = "") -> Name:
    return Name(NameKind.COMPANY, key, name, number, vat_number=vat)


def customer(number: str, name: str, vat: str = "") -> Name:
    return Name(NameKind.CUSTOMER, f"e{number}", name, number, vat_number=vat)


NORDLYS = customer("10023", "Nordlys Belysning ApS", "DK32321356")
HAVN = customer("10024", "Havn & Co. A/S", "DK30576489")
TWIN = customer("10025", "Havn & Co A/S", "DK99999999")
MANELYS = customer("10026", "Månelys Interiør ApS")
ERP = CustomerIndex([NORDLYS, HAVN, TWIN, MANELYS, customer("", "Uden nummer")])


def found(*companies: Name, erp: CustomerIndex = ERP) -> list[Finding]:
    return [each for each in findings(companies, erp) if each is not None]


def test_a_link_that_holds_is_not_found() -> None:
    assert found(company("1", "Nordlys Belysning ApS", "10023"), company("2", "MÅNELYS INTERIØR APS", "10026")) == []


def test_the_four_kinds() -> None:
    one, two = company("4", "Delt Et", "10024"), company("5", "Delt To", "10024")
    companies = (company("1", "Ny"), company("2", "Væk", "19999"), one, two, company("6", "Nordlys Lys", "10023"))
    result = found(*companies)
    assert [(each.company.id, each.kind) for each in result] == [
        ("1", FindingKind.NO_NUMBER),
        ("2", FindingKind.NOT_IN_ERP),
        ("4", FindingKind.SHARED),
        ("5", FindingKind.SHARED),
        ("6", FindingKind.NAMES_DIFFER),
    ]
    assert result[2].sharers == (two,)
    assert result[3].sharers == (one,)
    assert result[4].customer == NORDLYS


def test_whose_a_project_is_goes_by_the_number_alone() -> None:
    index = CustomerIndex([NORDLYS])
    theirs = Name(NameKind.PROJECT, "1", "Nyt lager", "P-1", "Nordlys Belysning ApS", "10023")
    assert project_finding(theirs, index) is None
    nowhere = project_finding(replace(theirs, parent_id="19999"), index)
    assert nowhere is not None
    assert (nowhere.kind, nowhere.suggestions) == (FindingKind.PROJECT_NOT_IN_ERP, ())
    own = project_finding(replace(theirs, parent_id=""), index)
    assert own is not None
    assert own.kind is FindingKind.PROJECT_NO_CUSTOMER
    # A company may have the same key in its own system.
    assert own.company.id != company("1", "Ny").id
    assert own.is_project
    # A table of many gives them back whole.
    assert list(NameTable(NameKind.PROJECT, [theirs])) == [theirs]


@pytest.mark.parametrize(
    ("vat", "name", "reason", "number"),
    [
        ("DK 32 32 13 56", "Helt andet navn", Reason.VAT_NUMBER, "10023"),
        ("32321356", "Helt andet navn", Reason.VAT_NUMBER, "10023"),
        ("", "NORDLYS BELYSNING APS", Reason.NAME, "10023"),
        ("", "Maanelys Interior ApS", Reason.SIMILAR, "10026"),
        ("", "Nordlys Belysnig ApS", Reason.SIMILAR, "10023"),
        ("", "Belysning Nordlys A/S", Reason.SIMILAR, "10023"),
        # The VAT number counts for more than the name.
        ("DK32321356", "Månelys Interiør ApS", Reason.VAT_NUMBER, "10023"),
    ],
)
def test_whom_a_company_without_a_number_may_mean(vat: str, name: str, reason: Reason, number: str) -> None:
    (finding,) = found(company("1", name, vat=vat))
    assert finding.best is not None
    assert (finding.best.reason, finding.best.number) == (reason, number)


@pytest.mark.parametrize("name", ["Ny", "ApS", "A/S", "", "Solskin Belægning", "Lys"])
def test_nobody_is_suggested_for_what_is_like_nobody(name: str) -> None:
    (finding,) = found(company("1", name, vat="DK12"))
    assert finding.suggestions == ()


def test_another_countrys_number_is_another_number() -> None:
    assert same_vat("DK32321356", "32 32 13 56")
    assert same_vat("NO909051711MVA", "909 051 711")
    assert not same_vat("DK32321356", "SE32321356")
    assert not same_vat("", "")
    assert not same_vat("1", "1")


def test_a_customer_that_another_company_holds_is_told_and_not_offered() -> None:
    holder = company("9", "Nordlys Belysning ApS", "10023")
    (finding,) = found(holder, company("1", "Nordlys Belysning ApS", vat="DK32321356"))
    assert finding.suggestions == (Suggestion(Reason.VAT_NUMBER, "10023", NORDLYS, holder.name),)
    assert finding.best is None


def test_of_two_on_one_number_the_one_it_does_not_belong_to_may_lose_it() -> None:
    owner = company("1", "Havn & Co. A/S", "10024", "DK30576489")
    other = company("2", "Månelys Interiør ApS", "10024")
    first, second = found(owner, other)
    assert first.suggestions == (), "the number is its own"
    assert [(each.reason, each.number) for each in second.suggestions] == [(Reason.NAME, "10026"), (Reason.OTHERS, "")]


def test_where_names_differ_and_the_vat_number_does_not_nobody_else_is_meant() -> None:
    (finding,) = found(company("1", "Havn og Søn", "10024", "DK30576489"))
    assert finding.same_vat
    assert finding.suggestions == ()


def test_a_name_may_mean_several() -> None:
    (finding,) = found(company("1", "Havn & Co A/S"))
    assert [each.number for each in finding.suggestions] == ["10025", "10024"]


def test_a_company_that_has_another_number_shares_none_any_more() -> None:
    owner, other = company("1", "Havn & Co. A/S", "10024"), company("2", "Noget andet", "10024")
    third, fourth = company("3", "Væk Et", "19999"), company("4", "Væk To", "19999")
    result = found(owner, other, third, fourth)
    assert [each.company.id for each in without(result, "2")] == ["3", "4"], "the other one's link holds"
    (differing, *_) = without(result, "1")
    assert (differing.company, differing.kind, differing.sharers) == (other, FindingKind.NAMES_DIFFER, ())
    (nowhere,) = without(without(result, "2"), "3")
    assert (nowhere.company, nowhere.kind) == (fourth, FindingKind.NOT_IN_ERP)
