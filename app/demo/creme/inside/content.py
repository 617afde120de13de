"""The demo's data, from the CSV files into Creme through Creme's own models, as of today."""

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

import companies
import events
import words
from creme.creme_core.core.workflow import run_workflow_engine
from creme.creme_core.global_info import set_global_info
from django.db.transaction import atomic
from tables import Tables


def fill(data: Path, folder: Path, report: Callable[[float], None]) -> None:
    """Enter everything in one transaction.

    Args:
        data: Where the CSV files are.
        folder: Gets ``users.json`` with the passwords of those who can sign in, for the owner's eyes only.
        report: Is told how much is done, from 0.0 to 1.0.
    """
    tables = Tables(data)
    passwords = {name: secrets.token_urlsafe(12) for name in ("root", "saelger", "elev", "rapport")}
    with atomic():
        root = words.root(passwords["root"])
        # Creme's history names who did it.
        set_global_info(user=root, per_request_cache={})
        with run_workflow_engine(user=root):
            words.own_company(root)
            vocabulary = words.vocabulary(tables)
            employees = words.employees(tables, passwords)
            report(0.05)
            known = companies.fill(tables, vocabulary, employees, lambda done: report(0.05 + 0.4 * done))
            filler = events.Filler(tables, vocabulary, employees, known)
            events.fill(tables, filler, known, lambda done: report(0.45 + 0.5 * done))
        report(0.97)
    _write_secret(folder / "users.json", json.dumps(passwords, indent=1))
    report(1.0)


def _write_secret(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
