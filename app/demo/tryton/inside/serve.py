"""Serve the demo's ERP on a loopback port: trytond's own WSGI application under waitress.

    python serve.py --folder DIR [--port PORT]         the SQLite file DIR/samspil.sqlite
    TRYTOND_DATABASE_URI=postgresql://… python serve.py the PostgreSQL database samspil

Prints ``ready http://127.0.0.1:PORT`` when the first request can be answered. Ends when its standard input does:
whoever started it holds the other end.
"""

import argparse
import io
import json
import os
import shlex
import shutil
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import addons
import passwords

NAME = "samspil"
_THREADS = 6
# A document of an order, as bytes in JSON, is the largest thing that anybody sends.
_LARGEST_BODY = 20 * 1024 * 1024

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class OneAtATime:
    """Lets the requests that are concerned pass one at a time, and all others at once."""

    def __init__(self, application: Application, is_concerned: Callable[[str], bool]) -> None:
        self._application = application
        self._is_concerned = is_concerned
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request; the answer is complete before the lock is let go."""
        if environ["REQUEST_METHOD"] in ("GET", "HEAD", "OPTIONS") or not self._is_concerned(_method(environ)):
            return self._application(environ, start_response)
        with self._lock:
            return self._application(environ, start_response)


def _may_write(method: str) -> bool:
    """Tell whether a request may write: it does not when the server itself declares its method so (``RPC.readonly``).

    On SQLite trytond compares a record's timestamp before it has the write lock, so that two writes with the same
    valid timestamp both succeeded in 58 of 60 tries; one at a time in none: trytond commits before it answers.
    PostgreSQL needs it not.
    """
    return not _declared_readonly(method)


def _prints(method: str) -> bool:
    """Tell whether a request makes a document: two LibreOffices at one profile get in each other's way."""
    return method.startswith("report.")


def _method(environ: Environ) -> str:
    """Return the JSON-RPC method that is asked for, or "" for anything else; the body can be read again after."""
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return ""
    if not 0 < length <= _LARGEST_BODY or environ.get("HTTP_CONTENT_ENCODING"):
        return ""
    body = environ["wsgi.input"].read(length)
    environ["wsgi.input"] = io.BytesIO(body)
    try:
        request = json.loads(body)
    except ValueError:
        return ""
    method = request.get("method") if isinstance(request, dict) else None
    return method if isinstance(method, str) else ""


def _declared_readonly(method: str) -> bool:
    from trytond.pool import Pool

    kind, _, rest = method.partition(".")
    name, _, function = rest.rpartition(".")
    if kind not in ("model", "wizard", "report"):
        # Signing in and out write the session.
        return False
    try:
        rpc = Pool(NAME).get(name, type=kind).__rpc__[function]
    except KeyError:
        return False
    return bool(rpc.readonly)


def _office() -> str | None:
    """Return LibreOffice's program, which makes the PDFs; without it an order's document is an OpenDocument text."""
    usual = (
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        r"C:\Program Files\LibreOffice\program\soffice.exe",
    )
    return shutil.which("soffice") or next((path for path in usual if Path(path).exists()), None)


def _convert_command(office: str, folder: Path | None) -> str:
    """Return the setting: trytond's own command, with a profile that is ours and not the user's."""
    profile = (folder or Path(tempfile.mkdtemp(prefix="samspil-"))).absolute() / "office"
    options = ["--headless", "--nolockcheck", "--nodefault", "--norestore"]
    command = shlex.join([office, f"-env:UserInstallation={profile.as_uri()}", *options])
    # trytond puts the paths in with the per cent operator.
    command = command.replace("%", "%%")
    return f'{command} --convert-to "%(output_extension)s" --outdir "%(directory)s" "%(input_path)s"'


def _keep_connections() -> None:
    """Let each thread use its connections to the SQLite file again.

    Tryton opens one for each transaction, three for a request, and each time SQLite reads all that it knows of some six
    hundred tables and indexes anew: twenty milliseconds of processor a request.
    """
    from trytond.backend.sqlite.database import Database

    connect, put_back = Database.connect, Database.put_connection
    idle: Any = threading.local()  # SQLite's connections are for the thread that opened them

    def taken(database: Any) -> Any:
        kept = vars(idle).setdefault(database.name, [])
        if database._conn is None and kept:
            database._conn = kept.pop()
        return connect(database)  # which does nothing where there is one

    def kept_again(database: Any, connection: Any = None) -> None:
        # After the commit or the rollback: nothing of the transaction is left in it.
        put_back(database, connection)
        if connection is not None and database._conn is connection:
            vars(idle).setdefault(database.name, []).append(connection)
            database._conn = None

    Database.connect = taken
    Database.put_connection = kept_again


def _end_with_parent() -> None:
    """Exit when standard input ends. os.read, not sys.stdin: no lock that would hold up the interpreter's exit."""

    def watch() -> None:
        try:
            while os.read(0, 1024):
                pass
        except OSError:
            pass
        # At once and without clean-up: what was committed is committed, the rest rolls back.
        os._exit(0)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where the SQLite file is; none on PostgreSQL")
    parser.add_argument("--addons", type=Path, help="where modules of ours are; they are served where they are active")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--keep-connections", action="store_true", help="to the SQLite file, which makes it quicker")
    options = parser.parse_args()

    if options.addons is not None:
        addons.install(options.addons)
    # trytond picks its backend when it is imported, so its configuration comes before.
    os.environ["TRYTOND_DATABASE_NAMES"] = NAME
    from trytond import config

    warnings.simplefilter("ignore")
    if options.folder is not None:
        config.set("database", "uri", "sqlite://")
        config.set("database", "path", str(options.folder.absolute()))
    office = _office()
    if office:
        config.set("report", "convert_command", _convert_command(office, options.folder))
    # Loads the pool of the database, and refuses to if any thread runs by then.
    from trytond.application import app

    passwords.hash_quickly()
    _end_with_parent()
    import waitress
    from trytond import backend

    application: Application = OneAtATime(app, _prints)
    if backend.name == "sqlite":
        if options.keep_connections:
            _keep_connections()
        application = OneAtATime(application, _may_write)
    server = waitress.create_server(
        application,
        host="127.0.0.1",
        port=options.port,
        threads=_THREADS,
        max_request_body_size=_LARGEST_BODY,
        # A server name of the world outside would be of no use, and looking for it takes time on some machines.
        server_name="localhost",
    )
    print(f"ready http://127.0.0.1:{server.effective_port}", flush=True)
    server.run()


if __name__ == "__main__":
    sys.exit(main())
