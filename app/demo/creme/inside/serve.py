"""Serve the demo's Creme on a loopback port: ``serve.py PORT``, 0 for a free one.

Prints ``ready http://127.0.0.1:PORT`` when it answers, and ends when its standard input does.
"""

import os
import sqlite3
import sys
import threading
from contextlib import closing

# The app asks for a card, a timeline, sales, cases and campaigns at once.
_THREADS = 6


def _end_with_parent(database: str) -> None:
    try:
        # os.read, not sys.stdin: no lock that would block the interpreter's exit.
        while os.read(0, 1024):
            pass
    except OSError:
        pass  # a broken pipe says the same as its end
    # What was committed is safe already; this brings it into the one file that people copy and look into.
    try:
        with closing(sqlite3.connect(database, timeout=1)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error:
        pass
    os._exit(0)


def main(port: int) -> None:
    """Serve until the end."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "demo_settings"
    import demo_settings

    threading.Thread(target=_end_with_parent, args=(str(demo_settings.DATABASE),), daemon=True).start()

    from django.core.wsgi import get_wsgi_application
    from django.urls import resolve
    from waitress import create_server

    application = get_wsgi_application()
    # Creme imports all its views with its URLs; better now than in the first request.
    resolve("/samspil/v1/whoami")
    server = create_server(application, host="127.0.0.1", port=port, threads=_THREADS, ident="")
    print(f"ready http://127.0.0.1:{server.effective_port}", flush=True)
    server.run()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
