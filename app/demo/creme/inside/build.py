"""Make the demo's Creme: ``build.py migrate`` and then ``build.py fill``, each in a process of its own.

Two processes, because Creme leaves its registries empty in a process whose arguments hold ``migrate``, and
filling needs them. Prints ``progress <0..1> <stage>``.
"""

import contextlib
import io
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def _progress(fraction: float, stage: str) -> None:
    print(f"progress {min(fraction, 1.0):.3f} {stage}", flush=True)


class _Counting(io.TextIOBase):
    """Takes a Django command's output and counts the steps in it.

    Attributes:
        step: Is called with the number of steps so far.
    """

    def __init__(self, sign: str, step: Callable[[int], None]) -> None:
        self._sign, self._count, self.step = sign, 0, step

    def write(self, text: str) -> int:
        """Count; what the command says otherwise is of no interest."""
        if self._sign in text:
            self._count += 1
            self.step(self._count)
        return len(text)


# Django's migration of the whole takes about four times as long as Creme's populate command.
_MIGRATE_PART = 0.8


def migrate() -> None:
    """Create the tables by Creme's own migrations, and the scripts and pictures of its pages."""
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    executor = MigrationExecutor(connection)
    total = max(1, len(executor.migration_plan(executor.loader.graph.leaf_nodes())))
    counting: Any = _Counting("  Applying", lambda done: _progress(_MIGRATE_PART * done / total, "create"))
    call_command("migrate", stdout=counting, no_color=True, skip_checks=True)
    call_command("generatemedia", stdout=io.StringIO())


def fill(data: Path) -> None:
    """Configure Creme by its own populate command, then enter the demo's data through its models."""
    import django
    from creme.creme_core.apps import creme_app_configs
    from django.core.management import call_command

    django.setup()
    total = sum(1 for _ in creme_app_configs())
    counting: Any = _Counting(
        " OK", lambda done: _progress(_MIGRATE_PART + (1 - _MIGRATE_PART) * done / total, "create")
    )
    call_command("creme_populate", stdout=counting, no_color=True, skip_checks=True)
    _progress(1.0, "create")

    import content

    content.fill(data, Path(os.environ["SAMSPIL_CREME_FOLDER"]), lambda done: _progress(done, "fill"))


def _make_key(folder: Path) -> None:
    """Make the key that signs this Creme's sessions, for the owner's eyes only, unless it is there."""
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(folder / "secret.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))


def main(argv: list[str]) -> None:
    """Run one of the two."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "demo_settings"
    os.environ["SAMSPIL_CREME_BUILDING"] = "1"
    Path(os.environ["SAMSPIL_CREME_MEDIA"]).mkdir(parents=True, exist_ok=True)
    _make_key(Path(os.environ["SAMSPIL_CREME_FOLDER"]))
    match argv:
        case ["migrate"]:
            migrate()
        case ["fill", data]:
            fill(Path(data))
        case _:
            sys.exit("build.py migrate | build.py fill DATA-FOLDER")


if __name__ == "__main__":
    main(sys.argv[1:])
