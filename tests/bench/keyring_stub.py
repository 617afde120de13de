"""A keyring that holds what the parent put into the child's folder: the app signs in as it does every morning."""

import os
from pathlib import Path

from keyring.backend import KeyringBackend

from tests.bench.order import read_order


class Keyring(KeyringBackend):
    """Chosen by ``PYTHON_KEYRING_BACKEND``. Keeps nothing."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        """The secret of a system: its name is the first word of the user name that the app asks with."""
        del service
        return read_order(Path(os.environ["SAMSPIL_BENCH_FOLDER"])).secrets.get(username.partition(" ")[0])

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep nothing."""

    def delete_password(self, service: str, username: str) -> None:
        """There is nothing to delete."""
