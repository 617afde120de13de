"""The systems at hand now."""

from dataclasses import dataclass

from app.ports.connection import Connection
from app.ports.crm import CrmSystem
from app.ports.erp import ErpSystem


@dataclass(slots=True)
class Systems:
    """One of each kind, or None while none is set up. `Connections` puts another in its place when the user connects
    elsewhere; whoever asks takes the one that is here at that moment.

    Attributes:
        erp_connection: Where the ERP is and who uses it.
    """

    crm: CrmSystem | None = None
    erp: ErpSystem | None = None
    erp_connection: Connection | None = None
