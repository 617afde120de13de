"""The platform's own folders for this app."""

from pathlib import Path

import platformdirs

_APP = "samspil"


def config_dir() -> Path:
    """Where the settings file is."""
    return platformdirs.user_config_path(_APP, appauthor=False)


def log_dir() -> Path:
    """Where the logs are."""
    return platformdirs.user_log_path(_APP, appauthor=False)


def data_dir() -> Path:
    """Where the write journal is: kept until the ERP has answered, never roaming between computers."""
    return platformdirs.user_data_path(_APP, appauthor=False)
