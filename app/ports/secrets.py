"""Where passwords and tokens are kept."""

from typing import Protocol

from app.ports.connection import Connection


class SecretStore(Protocol):
    """The operating system's own secret store. Every call may block: never from the GUI thread."""

    def read(self, connection: Connection) -> str | None:
        """The secret kept for this connection, or None: there is none, or the store cannot be used now."""

    def write(self, connection: Connection, secret: str) -> bool:
        """Keep a secret. False where there is no store: the user is asked again next time."""

    def delete(self, connection: Connection) -> None:
        """Forget it; without effect when there is none."""
