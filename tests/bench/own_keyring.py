"""A keyring for this process: what the child's own holds, and the keys that it is given. Gone with the process."""

import keyring
from keyring.backend import KeyringBackend


class OwnKeyring(KeyringBackend):
    """Asks the one that was there before for what nobody has given it."""

    priority = 1

    def __init__(self, before: KeyringBackend | None = None) -> None:
        super().__init__()
        self._before = before
        self._kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """See `KeyringBackend`."""
        kept = self._kept.get((service, username))
        return kept if kept is not None or self._before is None else self._before.get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        """See `KeyringBackend`."""
        self._kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """See `KeyringBackend`."""
        self._kept.pop((service, username), None)


def use_own_keyring(*, over: bool = False) -> None:
    """From now on in this process. ``over``: what the present one holds can still be read."""
    keyring.set_keyring(OwnKeyring(keyring.get_keyring() if over else None))
