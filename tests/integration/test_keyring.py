"""Secrets in a real keyring: gnome-keyring's Secret Service on a D-Bus of the test's own, with a home of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux",
    reason="the Secret Service is Linux's; Keychain and Credential Manager need a user's session",
)

_HEAD = """
import asyncio, json, sys
from pathlib import Path
from app.ports.connection import Connection
from app.storage.secrets import KeyringSecrets, NoKeyring, kept_key

HERE = Connection("tryton", "https://erp.example.com", "clerk", {"database": "samspil"})
ELSEWHERE = Connection("tryton", "https://erp.example.com", "another", {"database": "samspil"})
secrets = KeyringSecrets()
found = {}
"""
_TAIL = """
import keyring
found["backend"] = type(keyring.get_keyring()).__module__
print(json.dumps(found))
"""


class Desktop:
    """Somebody's home, and the keyring that lies there; each `run` is a login session of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        (home / "run").mkdir(mode=0o700)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "XDG_", "GNOME_"))},
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home / "run"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "PYTHONPATH": str(_ROOT),
        }
        # No display: a locked keyring would ask on it, and wait for somebody.
        for name in ("PYTHON_KEYRING_BACKEND", "DISPLAY", "WAYLAND_DISPLAY"):
            self.environment.pop(name, None)

    def run(self, script: str, *, password: str | None = "login") -> Any:  # noqa: S107 - a keyring of the test's own
        """What a Python script of ours finds in a session whose keyring is opened with ``password``.

        Without one there is no session: no D-Bus and no keyring.
        """
        command = [sys.executable, str(self._file(script))]
        if password is not None:
            unlock = f"printf '{password}' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"
            command = ["dbus-run-session", "--", "sh", "-c", f'{unlock}; exec "$0" "$@"', *command]
        ended = subprocess.run(
            command, env=self.environment, cwd=self.home, capture_output=True, text=True, timeout=60, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    def _file(self, script: str) -> Path:
        path = self.home / "script.py"
        path.write_text(_HEAD + script + _TAIL, encoding="utf-8")
        return path


@pytest.fixture
def desktop(tmp_path: Path) -> Desktop:
    missing = [name for name in ("dbus-run-session", "gnome-keyring-daemon") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"{' and '.join(missing)} not installed here; dev.py installs it on Debian")
    return Desktop(tmp_path)


def test_a_secret_outlives_the_session_and_goes_when_the_user_signs_out(desktop: Desktop) -> None:
    written = desktop.run(
        """
found["empty"] = secrets.read(HERE)
found["kept"] = secrets.write(HERE, "blåbærgrød 🫐")
found["read"] = secrets.read(HERE)
found["other"] = secrets.read(ELSEWHERE)
"""
    )
    assert written == {
        "backend": "keyring.backends.SecretService",
        "empty": None,
        "kept": True,
        "read": "blåbærgrød 🫐",
        "other": None,
    }
    later = desktop.run('found["read"] = secrets.read(HERE); secrets.delete(HERE); found["gone"] = secrets.read(HERE)')
    assert later["read"] == "blåbærgrød 🫐"
    assert later["gone"] is None
    files = b"".join(path.read_bytes() for path in (desktop.home / "data").rglob("*") if path.is_file())
    assert files, "the keyring wrote nothing"
    assert "blåbærgrød".encode() not in files


_JOURNAL = """
from app.domain.order_changes import OrderChanges
from app.domain.orders import OrderHeader
from app.domain.parties import CustomerHit
from app.ports.journal import Waiting
from app.storage.journal import _KEY, EncryptedJournals

journals = EncryptedJournals(Path.home() / "journal")
journal = journals.of(HERE)
header = OrderHeader(CustomerHit("7", "10023", "Nordlys Belysning ApS"), "DKK")
changes = OrderChanges("516", "1795430641.46177", header)
"""


def test_the_journal_s_key_is_in_the_keyring_and_in_no_file(desktop: Desktop) -> None:
    first = desktop.run(
        _JOURNAL
        + """
found["id"] = asyncio.run(journal.begin(changes, frozenset(), Waiting("slot")))
found["trouble"] = journals.trouble
found["key"] = kept_key(_KEY).hex()
journals.close()
"""
    )
    assert first["trouble"] is None
    assert first["id"] != 0
    later = desktop.run(
        _JOURNAL
        + """
found["ids"] = [entry.id for entry in asyncio.run(journal.pending())]
found["key"] = kept_key(_KEY).hex()
journals.close()
"""
    )
    assert later["ids"] == [first["id"]]
    assert later["key"] == first["key"]
    assert len(bytes.fromhex(first["key"])) == 32
    files = b"".join(
        path.read_bytes() for path in desktop.home.rglob("*") if path.is_file() and path.name != "script.py"
    )
    for secret in (bytes.fromhex(first["key"]), first["key"].encode(), b"Nordlys Belysning"):
        assert secret not in files


@pytest.mark.parametrize("case", ["no D-Bus", "locked"])
def test_without_a_keyring_nothing_is_kept_and_that_is_said(desktop: Desktop, case: str) -> None:
    if case == "locked":
        # Made with one password and opened with another: it stays locked, and nobody is there to ask.
        desktop.run('found["kept"] = secrets.write(HERE, "secret")')
    found = desktop.run(
        _JOURNAL
        + """
found["read"] = secrets.read(HERE)
found["kept"] = secrets.write(ELSEWHERE, "secret")
secrets.delete(HERE)
found["id"] = asyncio.run(journal.begin(changes, frozenset(), Waiting("slot")))
found["trouble"] = journals.trouble
journals.close()
""",
        password="another" if case == "locked" else None,
    )
    assert found["read"] is None
    assert found["kept"] is False
    assert found["trouble"] == "no_keyring"
    assert found["id"] == 0
