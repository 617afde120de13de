"""Settings of the demo's Creme: Creme's own, the apps that Samspil shows, our add-on, one SQLite file.

Environment variables say where: ``SAMSPIL_CREME_FOLDER`` holds the database and the secret key,
``SAMSPIL_CREME_MEDIA`` the scripts and pictures of Creme's own pages, ``SAMSPIL_CREME_ADDON`` the add-on's package.
``SAMSPIL_CREME_BUILDING`` is set while the template is made.
"""

import os
import sys
import warnings
from pathlib import Path

# Creme sets it for its own good; Django 5.2 announces the end of the setting whenever it is read.
from creme.settings import *  # noqa: F403
from creme.settings import INSTALLED_DJANGO_APPS, LOGGING

# After the import, because Creme's settings ask for every warning once. Creme sets this one for its own good, and
# Django 5.2 announces the end of it whenever the settings are read.
warnings.filterwarnings("ignore", message="The FORMS_URLFIELD_ASSUME_HTTPS")

FOLDER = Path(os.environ["SAMSPIL_CREME_FOLDER"])
BUILDING = "SAMSPIL_CREME_BUILDING" in os.environ
sys.path.insert(0, os.environ["SAMSPIL_CREME_ADDON"])

DATABASE = FOLDER / "creme.sqlite3"
# While building, a crash loses only what is thrown away anyhow. Afterwards a logged call survives a power cut.
_PRAGMAS = (
    "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY; PRAGMA temp_store=MEMORY"
    if BUILDING
    else "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"
)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATABASE,
        # IMMEDIATE: two writers queue at the start of their transactions, so none fails half-way.
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": _PRAGMAS},
        "CONN_MAX_AGE": None,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

SECRET_KEY = (FOLDER / "secret.key").read_text(encoding="ascii").strip()
# Django's own takes 0.4 s of processor for each sign-in, to make guessing slow. The passwords here are 96 random bits,
# which nobody guesses however fast he may try.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
SITE_DOMAIN = "http://127.0.0.1"
LANGUAGE_CODE = "en"
TIME_ZONE = "Europe/Copenhagen"
MEDIA_ROOT = FOLDER / "media" / "upload"
# Made once with the template and served from there: a thousand files that no start need copy.
MEDIA = Path(os.environ["SAMSPIL_CREME_MEDIA"])
STATIC_ROOT = MEDIA / "static"
GENERATED_MEDIA_NAMES_FILE = MEDIA / "demo_media_names.py"
GENERATED_MEDIA_NAMES_MODULE = "demo_media_names"
sys.path.insert(0, str(MEDIA))
# Nobody listens: the demo needs none of Creme's periodic jobs, and no Redis.
JOBMANAGER_BROKER = f"unix_socket://{FOLDER / 'no-job-manager'}"

# Each app costs a second of migration; these are the ones whose data Samspil shows, and what they depend on.
INSTALLED_CREME_APPS = [
    "creme.creme_core",
    "creme.creme_config",
    "creme.custom_entities",
    "creme.documents",
    "creme.persons",
    "creme.activities",
    "creme.assistants",
    "creme.products",
    "creme.opportunities",
    "creme.commercial",
    "creme.emails",
    "creme.tickets",
    "samspil_creme",
]
INSTALLED_APPS = INSTALLED_DJANGO_APPS + INSTALLED_CREME_APPS

LOGGING = {
    **LOGGING,
    "disable_existing_loggers": False,
    "loggers": {
        **LOGGING["loggers"],
        # A refused request is the client's affair, and it is told.
        "django.request": {"level": "ERROR"},
        "creme.creme_core.core.job": {"level": "ERROR"},
    },
}
