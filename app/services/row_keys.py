"""Which row of the window stands for which line, while lines get their ids, go, and come back under another."""


class RowKeys:
    """A row keeps its key for as long as the order is on the desk, whatever line it stands for.

    A line that the ERP had from the start is its own key; one begun here has its local id for a key, also after the
    ERP has given it an id, and so has the line that is made in the place of one that was removed.

    Attributes:
        given: How often a row has come to stand for another line.
    """

    def __init__(self) -> None:
        self.given = 0
        self._keys: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def id_of(self, key: str) -> str:
        """The line's id of a row."""
        return self._ids.get(key, key)

    def key_of(self, line_id: str) -> str:
        """The key of a line's row."""
        return self._keys.get(line_id, line_id)

    def give(self, line_id: str, key: str) -> None:
        """The row of this key stands for another line from now on."""
        self.given += 1
        self._keys[line_id], self._ids[key] = key, line_id
