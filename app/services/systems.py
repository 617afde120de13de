"""The systems at hand now."""

from dataclasses import dataclass, field
from typing import cast

from app.ports.capability import Capability
from app.ports.connection import ConnectedSystem, Connection, SystemKind
from app.ports.crm import CrmSystem
from app.ports.erp import ErpSystem
from app.ports.expense import ExpenseSystem
from app.ports.reporting import ReportingSystem
from app.ports.time import TimeSystem


@dataclass(slots=True)
class Systems:
    """One of each kind, or None while none is set up. `Connections` puts another in its place when the user connects
    elsewhere; whoever asks takes the one that is here at that moment.

    Attributes:
        erp_connection: Where the ERP is and who uses it.
        proven: The sign-ins that this user has shown to be his: the system took the password, or it is in his keyring.
            Also while a system does not answer, until it turns him away or he signs out.
    """

    crm: CrmSystem | None = None
    erp: ErpSystem | None = None
    erp_connection: Connection | None = None
    proven: dict[SystemKind, Connection] = field(default_factory=dict)
    time: TimeSystem | None = None
    expense: ExpenseSystem | None = None
    reporting: ReportingSystem | None = None

    def take(self, kind: SystemKind, connection: Connection, system: ConnectedSystem) -> None:
        """This is asked of its kind from now on. The manifest's kind promises which port its system implements."""
        match kind:
            case SystemKind.CRM:
                self.crm = cast(CrmSystem, system)
            case SystemKind.ERP:
                self.erp, self.erp_connection = cast(ErpSystem, system), connection
            case SystemKind.TIME:
                self.time = cast(TimeSystem, system)
            case SystemKind.EXPENSE:
                self.expense = cast(ExpenseSystem, system)
            case SystemKind.REPORTING:
                self.reporting = cast(ReportingSystem, system)

    def leave(self, kind: SystemKind) -> None:
        """Nobody is asked of this kind, until there is another."""
        self.proven.pop(kind, None)
        setattr(self, kind.value, None)
        if kind is SystemKind.ERP:
            self.erp_connection = None

    @property
    def at_hand(self) -> tuple[ConnectedSystem, ...]:
        """All that are here."""
        every = (self.crm, self.erp, self.time, self.expense, self.reporting)
        return tuple(system for system in every if system is not None)

    def can(self, capability: Capability) -> bool:
        """One of them can do this for this user."""
        return any(capability in system.capabilities for system in self.at_hand)
