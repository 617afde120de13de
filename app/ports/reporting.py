"""What the app asks of a reporting system."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.economy import Panel, PanelData, Subject, SubjectKind
from app.ports.connection import ConnectedSystem


class ReportingSystem(ConnectedSystem, Protocol):
    """Figures gathered from the other systems. It decides which panels there are and what is in them.

    Every method may raise :class:`~app.ports.errors.SystemFault`: `NoAnswer` and `NotSignedIn` anywhere, others as
    noted. A user sees what the reporting system itself lets him.
    """

    async def panels(self, kind: SubjectKind) -> Sequence[Panel]:
        """The panels of a kind of card that this user may see, in the order in which they are shown. One request."""

    async def panel(self, panel: Panel, subject: Subject) -> PanelData:
        """One of them for a number. One request; a number that it does not know has no rows.

        With `Capability.ANALYSE` the answer has the address where the user goes on by himself.

        Raises `NotFound` where the panel is gone, `NoRights`, `Refused` where it cannot be run.
        """
