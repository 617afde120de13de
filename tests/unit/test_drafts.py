"""What is being typed outlives the program: in the encrypted journal, and only for whoever typed it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyringHere

from app.ports.connection import Connection, SystemKind
from app.ports.journal import JournalTrouble, Waiting
from app.services.drafts import KEPT_WITHIN, Drafts
from app.services.systems import Systems
from app.storage.journal import EncryptedJournals, wipe_drafts
from tests.helpers.manual_runner import ManualRunner

Run = Callable[[Coroutine[Any, Any, Any]], Any]
HERE = Connection("creme", "http://127.0.0.1:8000", "saelger")
OTHER = Connection("creme", "http://127.0.0.1:8000", "mette")
TEXTS = {"subject": "Æøå 💡", "text": "To\nlinjer"}
CRM = SystemKind.CRM
_ROOT = Path(__file__).parents[2]


@pytest.mark.usefixtures("ring")
def test_only_who_typed_it_gets_it_back_and_only_once_it_is_another_run(tmp_path: Path, run: Run) -> None:
    journals = EncryptedJournals(tmp_path)
    store = journals.drafts(HERE)
    run(store.keep("touch 7", {"subject": "Æ"}))
    run(store.keep("touch 7", TEXTS))
    run(store.keep("touch 8", TEXTS))
    run(store.drop("touch 8"))
    assert list(run(store.left())) == []  # they are still being typed
    journals.close()
    later = EncryptedJournals(tmp_path)
    assert list(run(later.drafts(OTHER).left())) == []
    (draft,) = run(later.drafts(HERE).left())
    assert (draft.place, dict(draft.texts)) == ("touch 7", TEXTS)
    later.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"linjer" not in kept


@pytest.mark.usefixtures("ring")
def test_wiping_takes_the_drafts_and_leaves_what_is_on_its_way(tmp_path: Path, run: Run) -> None:
    journals = EncryptedJournals(tmp_path)
    run(journals.drafts(HERE).keep("touch 7", TEXTS))
    run(journals.of(HERE).keep(Waiting("slot")))
    journals.close()
    assert wipe_drafts(tmp_path) is True
    later = EncryptedJournals(tmp_path)
    assert list(run(later.drafts(HERE).left())) == []
    assert later.trouble is None
    later.close()
    assert wipe_drafts(tmp_path / "never used") is True


@pytest.mark.usefixtures("ring")
def test_without_its_key_or_a_keyring_nobody_reads_it(tmp_path: Path, run: Run) -> None:
    journals = EncryptedJournals(tmp_path)
    run(journals.drafts(HERE).keep("touch 7", TEXTS))
    journals.close()
    keyring.set_keyring(NoKeyringHere())
    assert wipe_drafts(tmp_path) is None
    elsewhere = EncryptedJournals(tmp_path / "elsewhere")
    run(elsewhere.drafts(HERE).keep("touch 7", TEXTS))
    assert elsewhere.trouble is JournalTrouble.NO_KEYRING
    assert not list((tmp_path / "elsewhere").glob("*.db*"))
    elsewhere.close()


_CHILD = """
import asyncio, sys
from pathlib import Path
from app.ports.connection import Connection
from app.storage.journal import EncryptedJournals
async def main():
    store = EncryptedJournals(Path(sys.argv[1])).drafts(Connection("creme", "http://127.0.0.1:8000", "saelger"))
    await store.keep("touch 7", {"subject": "Halvt fær"})
    print("kept", flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


@pytest.mark.usefixtures("file_ring")
def test_a_killed_process_leaves_what_was_typed(tmp_path: Path, run: Run) -> None:
    command = [sys.executable, "-c", _CHILD, str(tmp_path / "data")]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "kept\n"
        os.kill(child.pid, signal.SIGKILL)
    journals = EncryptedJournals(tmp_path / "data")
    (draft,) = run(journals.drafts(HERE).left())
    assert dict(draft.texts) == {"subject": "Halvt fær"}
    journals.close()


class _Written(EncryptedJournals):
    """In memory, and tells what was written in which order."""

    def __init__(self) -> None:
        self.trouble = None
        self.kept: dict[str, dict[str, str]] = {}
        self.writes = 0

    def drafts(self, connection: Connection) -> Any:
        """One for all."""
        del connection
        return self

    async def keep(self, place: str, texts: dict[str, str]) -> None:
        """See `DraftStore`."""
        self.writes += 1
        self.kept[place] = dict(texts)

    async def drop(self, place: str) -> None:
        """See `DraftStore`."""
        self.kept.pop(place, None)

    async def left(self) -> list[Any]:
        """See `DraftStore`."""
        return []


def test_a_text_is_written_soon_after_a_key_and_not_once_a_key(runner: ManualRunner) -> None:
    journals = _Written()
    drafts = Drafts(Systems(proven={CRM: HERE}), runner, journals)
    for length in range(1, 20):
        drafts.keep(CRM, "touch 7", {"subject": "x" * length})
        runner.advance(KEPT_WITHIN / 10)
    assert 1 <= journals.writes <= 3
    runner.advance(KEPT_WITHIN)
    assert journals.kept == {"touch 7": {"subject": "x" * 19}}
    drafts.keep(CRM, "touch 7", {"subject": ""})
    runner.advance(KEPT_WITHIN)
    assert journals.kept == {}
    drafts.keep(CRM, "touch 7", {"subject": "again"})
    drafts.drop(CRM, "touch 7")
    runner.advance(KEPT_WITHIN)
    assert journals.kept == {}
