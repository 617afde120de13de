"""The walls between the rooms hold: each import that architecture.md forbids is found by the project's own contracts.

The contracts of pyproject.toml run on a house with the same rooms and nothing in them but the import in question.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOMS = (
    "domain",
    "ports",
    "services",
    "systems",
    "systems.tryton",
    "systems.creme",
    "systems.datasette",
    "systems.superset",
    "storage",
    "runtime",
    "ui",
    "demo",
)
LINT = "from importlinter.cli import lint_imports_command as main; main()"


@pytest.fixture
def house(tmp_path: Path, pytestconfig: pytest.Config) -> Path:
    for room in ROOMS:
        package = tmp_path / "app" / room.replace(".", "/")
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
    for part in ("app/__init__.py", "app/bootstrap.py"):
        (tmp_path / part).touch()
    (tmp_path / "pyproject.toml").write_bytes((pytestconfig.rootpath / "pyproject.toml").read_bytes())
    return tmp_path


def lint(house: Path, **modules: str) -> subprocess.CompletedProcess[str]:
    """Lint the house with these modules in it: ``domain="import app.ui"`` puts that line into ``app/domain``."""
    for room, code in modules.items():
        (house / "app" / room.replace("__", "/") / "odd.py").write_text(code + "\n", encoding="utf-8")
    command = [sys.executable, "-c", LINT, "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=house, capture_output=True, encoding="utf-8", check=False)


def test_an_orderly_house(house: Path) -> None:
    result = lint(
        house,
        ports="import app.domain",
        services="import app.ports",
        ui="import app.services, PySide6",
        systems__tryton="import app.ports, app.domain, httpx",
        storage="import app.ports, app.domain, sqlite3, keyring",
        runtime="import app.ports, app.domain, PySide6",
        demo="import app.ports, asyncio",
    )
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize(
    ("room", "forbidden"),
    [
        ("domain", "app.ports app.services app.ui app.storage PySide6 httpx sqlite3"),
        ("ports", "app.services app.systems PySide6 httpx keyring"),
        ("services", "app.ui app.systems app.storage app.runtime app.bootstrap PySide6 httpx sqlite3"),
        ("systems__tryton", "app.systems.creme app.services app.storage app.ui PySide6 sqlite3 keyring"),
        ("storage", "app.systems app.services app.runtime app.ui PySide6 httpx"),
        ("runtime", "app.services app.systems app.storage app.ui httpx sqlite3"),
        ("demo", "app.ui app.services app.systems.tryton app.runtime app.bootstrap PySide6 httpx"),
        ("ui", "app.systems app.storage app.demo app.bootstrap httpx sqlite3 keyring"),
    ],
)
def test_a_wall_holds(house: Path, room: str, forbidden: str) -> None:
    passed = []
    for module in forbidden.split():
        # An import inside a function is an import.
        result = lint(house, **{room: f"def late():\n    import {module}"})
        offender = f"app.{room.replace('__', '.')}.odd -> {module}"
        if result.returncode != 1 or offender not in result.stdout:
            passed.append(module)
    assert passed == []


def test_a_wall_cannot_be_walked_around(house: Path) -> None:
    """What a room may import must not lead it to what it may not."""
    result = lint(house, ui="import app.runtime.odd", runtime="import httpx")
    assert result.returncode == 1
    assert "app.ui.odd -> app.runtime.odd" in result.stdout


def test_the_domain_needs_the_standard_library_alone(pytestconfig: pytest.Config) -> None:
    """No contract can say "nothing from outside", so this reads the imports themselves."""
    foreign = {
        f"{path.name}: {module}"
        for path in (pytestconfig.rootpath / "app" / "domain").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        for module in imported(node)
        if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith("app.domain")
    }
    assert foreign == set()


def imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [name.name for name in names]
        case ast.ImportFrom(module=module, level=level):
            return ["." * level + (module or "")]
        case _:
            return []
