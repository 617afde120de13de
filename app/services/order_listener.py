"""Telling the window what changed in an order that is being edited."""

from typing import Protocol

from app.services.order_draft import OrderDraft


class SessionListener(Protocol):
    """Is told what changed; called in the session's own thread."""

    def rows_changed(self, keys: frozenset[str]) -> None:
        """These rows look different; which rows there are and their order is the same."""

    def rows_reset(self) -> None:
        """Rows came, went or moved."""

    def order_changed(self) -> None:
        """State, totals, header, connection or question changed."""


class Recorder(Protocol):
    """Is told what the user does to rows, so that it can be taken back; called in the session's own thread."""

    def changing(self, *keys: str) -> None:
        """The user is about to change these rows, to put them elsewhere, or to take them away."""

    def began(self, *keys: str) -> None:
        """The user has begun these rows."""


class NoRecorder:
    """Nothing is to be taken back."""

    def changing(self, *keys: str) -> None:
        """See `Recorder`."""

    def began(self, *keys: str) -> None:
        """See `Recorder`."""


class Teller:
    """Tells the listener, if there is one.

    Attributes:
        listener: Who is told, or None.
    """

    def __init__(self, draft: OrderDraft) -> None:
        self.listener: SessionListener | None = None
        self._draft = draft

    def rows(self, *line_ids: str) -> None:
        """The rows of these lines look different."""
        if self.listener is not None:
            self.listener.rows_changed(frozenset(self._draft.key_of(line_id) for line_id in line_ids))

    def row(self, *line_ids: str) -> None:
        """The rows of these lines look different, or are gone."""
        if all(self._draft.order.line(line_id) is not None for line_id in line_ids):
            self.rows(*line_ids)
        else:
            self.reset()

    def reset(self) -> None:
        """Rows came, went or moved."""
        if self.listener is not None:
            self.listener.rows_reset()

    def order(self) -> None:
        """Something that is not a row changed."""
        if self.listener is not None:
            self.listener.order_changed()
