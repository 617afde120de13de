"""Tryton keeps the ERP's contract: with about 40 modules, with as good as ``sale`` alone, and on PostgreSQL."""

import pytest

from tests.contract.erp_contract import ErpContract, ErpFacts
from tests.fixtures.tryton import RealTryton
from tests.helpers.tryton_trade import Trade, Trader


class _WithTrade(ErpContract):
    @pytest.fixture(scope="class")
    @classmethod
    def traded(cls, erp: RealTryton) -> Trade:
        """A customer of this test's own."""
        return Trader(erp.admin, erp.world).trade()


class TestTryton(_WithTrade):
    """With many modules."""

    @pytest.fixture(scope="class")
    @classmethod
    def erp(cls, real_tryton: RealTryton) -> RealTryton:
        """How to reach it."""
        return real_tryton

    @pytest.fixture(scope="class")
    @classmethod
    def facts(cls, real_tryton: RealTryton) -> ErpFacts:
        """What is in it."""
        return real_tryton.facts


class TestTrytonWithFewModules(_WithTrade):
    """With the least."""

    @pytest.fixture(scope="class")
    @classmethod
    def erp(cls, minimal_tryton: RealTryton) -> RealTryton:
        """How to reach it."""
        return minimal_tryton

    @pytest.fixture(scope="class")
    @classmethod
    def facts(cls, minimal_tryton: RealTryton) -> ErpFacts:
        """What is in it."""
        return minimal_tryton.facts


class TestTrytonOnPostgres(_WithTrade):
    """On the other database."""

    @pytest.fixture(scope="class")
    @classmethod
    def erp(cls, postgres_tryton: RealTryton) -> RealTryton:
        """How to reach it."""
        return postgres_tryton

    @pytest.fixture(scope="class")
    @classmethod
    def facts(cls, postgres_tryton: RealTryton) -> ErpFacts:
        """What is in it."""
        return postgres_tryton.facts
