"""What holds for every test. Fixtures live in plugins: one module a subject, named in the list below."""

import os

pytest_plugins = [
    "tests.helpers.logfail",
    "tests.helpers.qtfail",
    "tests.helpers.threadfail",
    "tests.helpers.runner",
    "tests.helpers.manual_runner",
    "tests.fixtures.creme",
    "tests.fixtures.tryton",
    "tests.fixtures.program",
    "tests.fixtures.window",
    # pytest itself in a folder of its own, for the tests of the three above
    "pytester",
]

# No test reads or writes the keyring of whoever runs it. A test of the real one sets another backend itself.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
