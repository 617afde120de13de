"""What runs under Superset's own Python: make its database with its users, and serve it on a loopback port.

    SAMSPIL_SUPERSET_FOLDER=DIR python superset_inside.py make
    SAMSPIL_SUPERSET_FOLDER=DIR python superset_inside.py serve

``serve`` prints ``ready http://127.0.0.1:PORT`` when it answers, and ends when its standard input does.
"""

import os
import sys
import threading
from pathlib import Path

os.environ["SUPERSET_CONFIG_PATH"] = str(Path(__file__).with_name("superset_settings.py"))

_NOT_A_CLERKS = {("can_explore", "Superset"), ("can_explore_json", "Superset")}


def _make() -> None:
    from flask_migrate import upgrade
    from superset.app import create_app

    app = create_app()
    with app.app_context():
        import superset
        from superset.extensions import db, security_manager

        upgrade(str(Path(superset.__file__).with_name("migrations")))
        app.appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
        # A clerk sees dashboards and their data; who may explore them is an analyst.
        clerk = security_manager.add_role("Clerk")
        all_data = security_manager.find_permission_view_menu("all_datasource_access", "all_datasource_access")
        seen = security_manager.find_role("Gamma").permissions
        clerk.permissions = [
            *(one for one in seen if (one.permission.name, one.view_menu.name) not in _NOT_A_CLERKS),
            all_data,
        ]
        roles = {"clerk": [clerk], "analyst": [security_manager.find_role(name) for name in ("Alpha", "sql_lab")]}
        roles["admin"] = [security_manager.find_role("Admin")]
        for name, granted in roles.items():
            word = os.environ[f"SAMSPIL_{name.upper()}_PASSWORD"]
            security_manager.add_user(name, name, "", f"{name}@example.com", granted, word)
        db.session.commit()


def _end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os._exit(0)


def _serve() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from superset.app import create_app
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, create_app(), threaded=True)
    sys.stdout.write(f"ready http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    {"make": _make, "serve": _serve}[sys.argv[1]]()
