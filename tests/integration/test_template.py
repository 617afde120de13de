"""Templates appear whole or not at all, whoever else is making them."""

import asyncio
import sys
from pathlib import Path

import psutil
import pytest

from app.demo.template import copy_template, ensure_template, key_of

ROOT = Path(__file__).parents[2]

# Somebody else who builds the same template, slowly, and says so.
OTHER = """
import asyncio, sys
from pathlib import Path
from app.demo.template import ensure_template
async def build(folder):
    (folder / "database").write_text("theirs")
    print("building", flush=True)
    await asyncio.sleep(float(sys.argv[2]))
asyncio.run(ensure_template(Path(sys.argv[1]), "erp", "k", build))
"""


async def other(home: Path, seconds: float) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OTHER, str(home), str(seconds), stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"building\n"
    return process


def test_a_second_process_waits_and_takes_what_the_first_made(tmp_path: Path) -> None:
    calls: list[Path] = []

    async def build(folder: Path) -> None:
        calls.append(folder)

    async def main() -> Path:
        process = await other(tmp_path, 0.6)
        template = await ensure_template(tmp_path, "erp", "k", build)
        await process.communicate()
        return template

    template = asyncio.run(main())
    assert not calls
    assert (template / "database").read_text() == "theirs"


def test_what_a_killed_process_left_is_made_anew(tmp_path: Path) -> None:
    async def build(folder: Path) -> None:
        assert not await asyncio.to_thread(lambda: list(folder.iterdir()))
        (folder / "database").write_text("ours")

    async def main() -> Path:
        process = await other(tmp_path, 600)
        psutil.Process(process.pid).kill()
        await process.communicate()
        return await ensure_template(tmp_path, "erp", "k", build)

    assert (asyncio.run(main()) / "database").read_text() == "ours"


def test_a_cancelled_build_leaves_nothing(tmp_path: Path) -> None:
    async def build(folder: Path) -> None:
        (folder / "database").write_text("half")
        await asyncio.sleep(600)

    async def main() -> None:
        task = asyncio.create_task(ensure_template(tmp_path, "erp", "k", build))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert [path.name for path in (tmp_path / "templates").iterdir()] == ["erp-k.lock"]


def test_two_tasks_build_once_and_copies_are_independent(tmp_path: Path) -> None:
    calls: list[Path] = []

    async def build(folder: Path) -> None:
        calls.append(folder)
        await asyncio.sleep(0.05)
        (folder / "database").write_text("one")

    async def main() -> Path:
        first, second = await asyncio.gather(*(ensure_template(tmp_path, "erp", "k", build) for _ in range(2)))
        assert first == second
        await copy_template(first, tmp_path / "work")
        (tmp_path / "work" / "database").write_text("changed")
        return first

    template = asyncio.run(main())
    assert len(calls) == 1
    assert (template / "database").read_text() == "one"


def test_the_key_changes_with_content_name_and_words(tmp_path: Path) -> None:
    one, two = tmp_path / "a.csv", tmp_path / "b.csv"
    one.write_text("x")
    two.write_text("x")
    keys = {key_of([one]), key_of([two]), key_of([one], "full"), key_of([one, two])}
    assert len(keys) == 4
    assert key_of([two, one]) == key_of([one, two])
    before = key_of([one])
    one.write_text("y")
    assert key_of([one]) != before
