"""What is read of the systems before anybody asks: names to be found, the user's own customers, and whole cards."""

from collections.abc import Callable

from app.ports.connection import SystemKind
from app.ports.errors import SystemFault, Unreachable
from app.ports.jobs import Runner
from app.services.card import CustomerCard
from app.services.card_parts import PartName, PartStatus
from app.services.connections import Connections, ConnectionStatus
from app.services.name_refresh import NameRefresh
from app.services.offline_copies import OfflineCopies
from app.services.order_session import OrderSession
from app.services.overviews import Overviews
from app.services.own_customers import OwnCustomers
from app.services.quiet import is_quiet
from app.services.search import ContactSearch
from app.services.shelves import Shelves
from app.services.systems import Systems


class WithinReach:
    """Follows the connections, and reads when they answer and the user does not wait for them himself.

    Attributes:
        shelves: The lists of customers.
        copies: What of them is available offline.
        search: The search field, which proposes what is within reach.
    """

    def __init__(self, systems: Systems, runner: Runner, overviews: Overviews, connections: Connections) -> None:
        self._connections = connections
        self._names = NameRefresh(systems, runner, overviews)
        self.shelves = Shelves(systems, runner, overviews)
        self.search = ContactSearch(systems, runner, overviews, self.shelves.suggested)
        self._own = OwnCustomers(systems, runner, overviews, self.shelves)
        self.copies = OfflineCopies(
            systems, runner, overviews, self.shelves, is_busy=self._is_user_waiting, report=self._report
        )
        self._card: CustomerCard | None = None
        self._session: Callable[[], OrderSession | None] = lambda: None

    @property
    def knows_own(self) -> bool:
        """The CRM can say which customers are the user's own."""
        return self._own.is_known

    def give_way_to(self, card: CustomerCard, session: Callable[[], OrderSession | None]) -> None:
        """What the user looks at: its questions come first."""
        self._card, self._session = card, session

    def follow(self, kind: SystemKind, *, is_back: bool) -> None:
        """The state of a connection has changed; its system answers again where it ``is_back``."""
        self.shelves.look()
        if is_back:
            self._names.start(kind)
            if kind is SystemKind.CRM:
                self._own.start()
        states = [self._connections.state(each) for each in self._connections.kinds]
        in_use = [state.status for state in states if state.connection is not None]
        self.copies.go_on(can_answer=all(status is ConnectionStatus.ONLINE for status in in_use))

    def close(self) -> None:
        """Break everything off."""
        self.copies.close()

    def _report(self, fault: SystemFault) -> None:
        if isinstance(fault, Unreachable):  # one slow answer is no broken connection
            self._connections.report(fault)

    def _is_user_waiting(self) -> bool:
        """Something that the user has asked for himself is under way."""
        session, card = self._session(), self._card
        is_writing = session is not None and session.fault is None and not is_quiet(session)
        is_reading = card is not None and any(card.part(name).status is PartStatus.LOADING for name in PartName)
        return is_writing or is_reading or self.search.is_searching
