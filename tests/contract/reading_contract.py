"""What every system must do that is only read, whatever its kind: signing in, and all that goes wrong on the way."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, Generic, Protocol, TypeVar

import httpx
import pytest

from app.ports.connection import ConnectedSystem
from app.ports.errors import AccessEnded, MalformedAnswer, SystemFault, TimedOut, Unreachable, Untrusted, WrongPassword
from tests.helpers.transports import Between, Keeping

Run = Callable[[Coroutine[Any, Any, Any]], Any]
S = TypeVar("S", bound=ConnectedSystem)
S_co = TypeVar("S_co", bound=ConnectedSystem, covariant=True)


class Reach(Protocol[S_co]):
    """How to reach the system."""

    def system(self, *, transport: Any = None, url: str = "") -> S_co:
        """A system that is not signed in; `url` for another place than the real one."""

    def password(self) -> str:
        """The right one."""


class ReadingContract(ABC, Generic[S]):
    """The part of a suite that is the same for all. A system's own module gives the fixture ``reach``."""

    NAME: str
    """The manifest's name, which each fault has."""

    @abstractmethod
    async def ask(self, system: S) -> Any:
        """Ask something whose answer is not empty."""

    @pytest.fixture
    def between(self) -> Keeping:
        """What stands between us and the server in this test."""
        return Keeping()

    @pytest.fixture
    def system(self, reach: Reach[S], between: Keeping, run: Run) -> Iterator[S]:
        """A system that is signed in; the requests of signing in are not counted."""
        system = reach.system(transport=between)
        run(system.sign_in(reach.password()))
        between.requests.clear()
        yield system
        run(system.close())

    def test_wrong_password(self, reach: Reach[S], run: Run) -> None:
        system = reach.system()
        with pytest.raises(WrongPassword) as caught:
            run(system.sign_in("not the password"))
        assert caught.value.system == self.NAME
        run(system.close())

    def test_what_is_kept_signs_in_again_until_signed_out(self, reach: Reach[S], run: Run) -> None:
        first, second = reach.system(), reach.system()
        with pytest.raises(AccessEnded):
            run(self.ask(first))
        assert not first.capabilities
        identity = run(first.sign_in(reach.password()))
        assert identity.user
        assert identity.system_version
        assert run(second.resume(identity.renewal or reach.password())).user == identity.user
        assert second.capabilities == first.capabilities
        assert run(self.ask(second))
        run(first.ping())
        run(first.examine())
        run(second.sign_out())
        with pytest.raises(AccessEnded) as caught:
            run(self.ask(second))
        assert caught.value.system == self.NAME
        for system in (first, second):
            run(system.close())

    def test_nobody_there(self, reach: Reach[S], run: Run) -> None:
        system = reach.system(url="http://127.0.0.1:9")
        for asking in (system.sign_in("secret"), system.ping(), system.examine()):
            with pytest.raises(Unreachable) as caught:
                run(asking)
            assert caught.value.system == self.NAME
        run(system.close())

    @pytest.mark.parametrize("url", ["http://192.0.2.1", "http://127.0.0.1.example.com", "nonsense"])
    def test_no_password_leaves_this_machine_unprotected(self, reach: Reach[S], run: Run, url: str) -> None:
        system = reach.system(url=url)
        with pytest.raises(Untrusted):
            run(system.sign_in("secret"))
        run(system.close())

    def test_a_question_without_an_answer(self, system: S, between: Keeping, run: Run) -> None:
        def time_out(request: httpx.Request) -> None:
            raise httpx.ReadTimeout("", request=request)

        between.fault = time_out
        with pytest.raises(TimedOut) as caught:
            run(self.ask(system))
        assert caught.value.system == self.NAME
        between.fault = lambda _request: None
        assert run(self.ask(system))

    def test_a_dropped_connection_is_tried_once_more(self, system: S, between: Keeping, run: Run) -> None:
        dropped: list[httpx.Request] = []

        def drop_first(request: httpx.Request) -> None:
            if not dropped:
                dropped.append(request)
                raise httpx.RemoteProtocolError("", request=request)

        between.fault = drop_first
        assert run(self.ask(system))
        assert dropped

    @pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b'{"result": 7}', b'{"result": [7]}', b'{"result": {}}'])
    def test_an_answer_of_another_shape(self, reach: Reach[S], run: Run, answer: bytes) -> None:
        spoiling = _Spoiling()
        system = reach.system(transport=spoiling)
        run(system.sign_in(reach.password()))
        spoiling.answer = answer
        with pytest.raises(MalformedAnswer) as caught:
            run(self.ask(system))
        assert isinstance(caught.value, SystemFault)
        assert caught.value.system == self.NAME
        run(system.close())


class _Spoiling(Between):
    """Answers something else instead of the server, once it is told what."""

    answer: bytes | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it, or answer ourselves."""
        if self.answer is None:
            return await super().handle_async_request(request)
        return httpx.Response(200, content=self.answer, request=request)
