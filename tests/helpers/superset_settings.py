"""Superset's settings in the tests, read by Superset itself."""

import os

SECRET_KEY = "only the tests' own, on a loopback port " * 2
SQLALCHEMY_DATABASE_URI = f"sqlite:///{os.environ['SAMSPIL_SUPERSET_FOLDER']}/superset.db"
# The small warehouse is an SQLite file.
PREVENT_UNSAFE_DB_CONNECTIONS = False
# What the fixture makes over the REST API; our program needs no exception.
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
AUTH_RATE_LIMITED = False
