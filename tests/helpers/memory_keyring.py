"""A keyring in memory, and one in a file that child processes share; neither is anybody's own."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend


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
        self.secrets.pop((service, username), None)


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
        """Not needed."""

    @property
    def _path(self) -> Path:
        return Path(os.environ["SAMSPIL_TEST_KEYRING"])

    def _read(self) -> dict[str, str]:
        if not self._path.exists():
            return {}
        found: dict[str, str] = json.loads(self._path.read_text(encoding="utf-8"))
        return found
