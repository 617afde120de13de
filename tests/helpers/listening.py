"""Ending a server of asyncio's in the middle of its work."""

import asyncio


async def stop_listening(server: asyncio.Server) -> None:
    """Refuse new connections, and let those that were accepted just before come to their tasks.

    asyncio 3.11 leaves a connection open, and says so much later, whose transport is made after `close`: hence first
    nothing is accepted any more, then what was accepted gets its turns of the loop, then the server is closed.
    """
    loop = asyncio.get_running_loop()
    for listener in server.sockets:
        loop.remove_reader(listener.fileno())
    for _ in range(5):
        await asyncio.sleep(0)
    server.close()
