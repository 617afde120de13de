"""Serve the warehouse on a loopback port: Datasette with a canned query for each panel file.

    python serve.py --warehouse FILE --panels FOLDER --folder FOLDER [--port PORT]

``--folder`` has users.json, the token of each user. Prints ``ready http://127.0.0.1:PORT`` when the first request can
be answered. Ends when its standard input does: whoever started it holds the other end.
"""

import argparse
import asyncio
import json
import os
import socket
import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

from panel_files import queries

_HASH = "SAMSPIL_ANALYST_HASH"
# The word behind it has 128 random bits: it is not to be guessed, however quick a guess is.
_ITERATIONS = 20_000
_SETTINGS = {
    "default_allow_sql": False,
    "allow_download": False,
    "suggest_facets": False,
    "default_cache_ttl": 0,
    "sql_time_limit_ms": 3000,
    "max_returned_rows": 1000,
    # As many as the app asks for at a time.
    "num_sql_threads": 6,
}


def _end_with_parent() -> None:
    try:
        # os.read, not sys.stdin: no lock that would block the interpreter's exit.
        while os.read(0, 1024):
            pass
    except OSError:
        pass  # a broken pipe says the same as its end
    os._exit(0)


def _tokens(folder: Path, users: dict[str, str]) -> Path:
    """Make the file in which the tokens are looked up, unless it is there: one that was revoked stays so."""
    file = folder / "tokens.sqlite"
    if not file.exists():
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("CREATE TABLE token (id TEXT PRIMARY KEY, actor TEXT NOT NULL, secret TEXT NOT NULL)")
            rows = [(*token.split("-"), user) for user, token in users.items()]
            connection.executemany("INSERT INTO token (id, secret, actor) VALUES (?, ?, ?)", rows)
    return file


def _metadata(panels: Path) -> dict[str, Any]:
    return {
        "title": "Samspil's reporting system",
        "allow": {"id": ["clerk", "analyst"]},
        "allow_sql": {"id": "analyst"},
        "databases": {
            "warehouse": {"title": "Warehouse", "queries": queries(panels)},
            # For the plugin alone.
            "tokens": {"allow": False, "allow_sql": False},
        },
        "plugins": {
            "datasette-auth-tokens": {
                "query": {
                    "sql": "SELECT actor AS actor_id, secret AS token_secret FROM token WHERE id = :token_id",
                    "database": "tokens",
                }
            },
            # For an analyst's browser; the clerk has no business there.
            "datasette-auth-passwords": {"analyst_password_hash": {"$env": _HASH}},
        },
    }


def _listen(port: int) -> socket.socket:
    # With the protocol named: only then does asyncio switch Nagle's algorithm off, with which an answer takes 45 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":
        # A port that a former server has just left is free; on Windows it would mean: also one that is in use.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen(128)
    return listening


async def _serve(options: argparse.Namespace) -> None:
    import uvicorn
    from datasette.app import Datasette
    from datasette.database import Database
    from datasette_auth_passwords.utils import hash_password

    users: dict[str, str] = json.loads((options.folder / "users.json").read_text(encoding="utf-8"))
    os.environ[_HASH] = hash_password(users["analyst"], iterations=_ITERATIONS)
    plugins = str(Path(__file__).with_name("plugins"))
    served = Datasette([], metadata=_metadata(options.panels), settings=_SETTINGS, plugins_dir=plugins)
    # By these names, whatever the files are called.
    for name, path in (("warehouse", options.warehouse), ("tokens", _tokens(options.folder, users))):
        served.add_database(Database(served, path=str(path), is_mutable=True), name=name)
    await served.invoke_startup()

    listening = _listen(options.port)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(served.app(), log_level="warning", access_log=False, lifespan="on"))
    # It serves what was asked before it says so: the socket listens already.
    print(f"ready {address}", flush=True)
    await server.serve(sockets=[listening])


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("warehouse", "panels", "folder"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    asyncio.run(_serve(options))


if __name__ == "__main__":
    sys.exit(main())
