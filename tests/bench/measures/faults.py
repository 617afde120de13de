"""Writes through everything that can go wrong, counted in the ERP's own database. Only with ``--faults``."""

from tests.bench.bench import Bench
from tests.bench.figures import Judged
from tests.bench.registry import Found, measure


@measure("faults.runs", unit="writes", goal=1000, judged=Judged.AT_LEAST)
def faults_runs(bench: Bench) -> Found:
    """To how many writes something happened."""
    result = bench.faults()
    return Found([result.faulted], [str(result)])


@measure("faults.lost", unit="rows", goal=0)
def faults_lost(bench: Bench) -> Found:
    """Rows that were on this computer's disk and are not in the ERP."""
    return Found([len(bench.faults().lost)])


@measure("faults.doubled", unit="rows", goal=0)
def faults_doubled(bench: Bench) -> Found:
    """Rows that are in the ERP more than once."""
    return Found([len(bench.faults().doubled)])


@measure("faults.overwritten", unit="rows", goal=0)
def faults_overwritten(bench: Bench) -> Found:
    """What somebody else wrote and is gone, though nobody said it might go."""
    return Found([len(bench.faults().overwritten)])
