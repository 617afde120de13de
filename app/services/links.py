"""Everything about the links between the systems, in one place for the window."""

from app.ports.jobs import Runner
from app.ports.journal import Journals
from app.services.link_detail import LinkDetail
from app.services.link_inbox import LinkInbox
from app.services.new_customers import NewCustomers
from app.services.overviews import Overviews
from app.services.systems import Systems


class Links:
    """The links that do not hold, the one that is looked at, and the customers that are being made.

    Attributes:
        inbox, detail, makings: As said.
    """

    def __init__(
        self, systems: Systems, runner: Runner, overviews: Overviews | None = None, journals: Journals | None = None
    ) -> None:
        self.inbox = LinkInbox(systems, runner, overviews)
        self.detail = LinkDetail(systems, runner)
        self.makings = NewCustomers(systems, runner, journals)

    def leave(self) -> None:
        """Another system takes the place of one: what was found was the former ones'."""
        self.detail.show(None, "")
        self.inbox.forget()
        self.makings.close()

    def close(self) -> None:
        """The program ends."""
        self.inbox.cancel()
        self.detail.close()
        self.makings.close()
