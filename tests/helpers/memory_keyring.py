"""A keyring in memory, and one in a file that child processes share; neither is anybody's own."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """Gone with the test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """See `KeyringBackend`."""
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """See `KeyringBackend`."""
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """See `KeyringBackend`."""
        if self.secrets.pop((service, username), None) is None:
            raise PasswordDeleteError("there is none")


class FileKeyring(KeyringBackend):
    """In the file that ``SAMSPIL_TEST_KEYRING`` names. Chosen by ``PYTHON_KEYRING_BACKEND`` in a child."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        """See `KeyringBackend`."""
        found: str | None = self._read().get(f"{service} {username}")
        return found

    def set_password(self, service: str, username: str, password: str) -> None:
        """See `KeyringBackend`."""
        text = json.dumps({**self._read(), f"{service} {username}": password})
        new = self._path.with_suffix(".new")
        new.write_text(text, encoding="utf-8")
        new.replace(self._path)

    def delete_password(self, service: str, username: str) -> None:
        """See `KeyringBackend`."""
        kept = self._read()
        if kept.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError("there is none")
        self._path.write_text(json.dumps(kept), encoding="utf-8")

    @property
    def _path(self) -> Path:
        return Path(os.environ["SAMSPIL_TEST_KEYRING"])

    def _read(self) -> dict[str, str]:
        if not self._path.exists():
            return {}
        found: dict[str, str] = json.loads(self._path.read_text(encoding="utf-8"))
        return found


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    """A keyring of the test's own."""
    former = keyring.get_keyring()
    made = MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(former)


@pytest.fixture
def file_ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A keyring of the test's own that its child processes share; its file."""
    former = keyring.get_keyring()  # asked before the environment says otherwise
    path = tmp_path / "keyring.json"
    monkeypatch.setenv("SAMSPIL_TEST_KEYRING", str(path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.helpers.memory_keyring.FileKeyring")
    keyring.set_keyring(FileKeyring())
    yield path
    keyring.set_keyring(former)
