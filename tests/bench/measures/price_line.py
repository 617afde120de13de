"""Requests to have one line priced."""

from tests.bench.bench import Bench
from tests.bench.figures import Judged
from tests.bench.registry import Found, measure


@measure("price_line.requests", unit="requests", goal=1, judged=Judged.P95)
def price_line(bench: Bench) -> Found:
    """Every kind of question a typed line leads to, asked of the ERP's port for each item of the tour."""
    by_question = bench.child("prices")["requests"]
    notes = [f"{question}: {max(numbers)} at most" for question, numbers in by_question.items()]
    return Found([number for numbers in by_question.values() for number in numbers], ["; ".join(notes)])
