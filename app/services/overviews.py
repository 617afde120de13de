"""What the user may read of the cache now: what the systems showed under the sign-ins that are proven."""

from collections.abc import Sequence

from app.domain.names import Name
from app.ports.cache import Cache, Caches
from app.ports.connection import SystemKind
from app.services.no_cache import NoCache
from app.services.systems import Systems


class Overviews:
    """The cache, seen through the sign-ins of now. Who cannot show that he is the user reads nothing and keeps nothing.

    Attributes:
        caches: The caches of all sign-ins.
    """

    def __init__(self, systems: Systems, caches: Caches | None = None) -> None:
        self.caches: Caches = caches or NoCache()
        self._systems = systems

    def at(self, kind: SystemKind) -> Cache:
        """The cache of the system of this kind. Take it before a question is asked, and keep the answer there: another
        user may have signed in when it comes."""
        connection = self._systems.proven.get(kind)
        return NoCache() if connection is None else self.caches.of(connection)

    async def find(self, text: str) -> Sequence[Name]:
        """What is known by this text of what either system gave; the likeliest first."""
        return [name for _, name in await self.caches.find(list(self._systems.proven.values()), text)]
