"""TLS in front of a real server, with any certificate."""

import asyncio
import ssl

import trustme

from tests.helpers.listening import stop_listening

_CHUNK = 65_536


class TlsFront:
    """Takes TLS on a free loopback port with one certificate, and hands what is in it to a server as it is.

    Attributes:
        url: Its address, by the name ``localhost``.
    """

    def __init__(self, target: str, certificate: trustme.LeafCert) -> None:
        host, _, port = target.removeprefix("http://").rstrip("/").rpartition(":")
        self._target = (host, int(port))
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(self._context)
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.url = ""
        self.bytes_in = 0

    async def start(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._context)
        self.url = f"https://localhost:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Cut everything."""
        if self._server is not None:
            await stop_listening(self._server)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        ends = [writer]
        try:
            there, back = await asyncio.open_connection(*self._target)
            ends.append(back)
            await asyncio.gather(self._pass_on(reader, back, count=True), self._pass_on(there, writer))
            for end in ends:
                end.close()
                await end.wait_closed()
        except (OSError, asyncio.CancelledError):
            pass  # `stop`; asyncio 3.11 logs an error for a connection whose task ends as cancelled
        finally:
            self._tasks.discard(task)
            for end in ends:
                end.transport.abort()

    async def _pass_on(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, count: bool = False
    ) -> None:
        while data := await source.read(_CHUNK):
            self.bytes_in += len(data) if count else 0
            target.write(data)
            await target.drain()
        target.close()
