"""What holds for every test. Fixtures live in plugins: one module a subject, named in the list below."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.helpers.collecting",
    "tests.helpers.logfail",
    "tests.helpers.qtfail",
    "tests.helpers.threadfail",
    "tests.helpers.runner",
    "tests.helpers.memory_keyring",
    "tests.helpers.manual_runner",
    "tests.fixtures.creme",
    "tests.fixtures.datasette",
    "tests.fixtures.superset",
    "tests.fixtures.tryton",
    "tests.fixtures.tryton_expenses",
    "tests.fixtures.tryton_time",
    "tests.fixtures.program",
    "tests.fixtures.window",
    # pytest itself in a folder of its own, for the tests of the three above
    "pytester",
]

# No test reads or writes the keyring of whoever runs it. A test of the real one sets another backend itself.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# A failure is repeatable, and a run tests the change at hand: Hypothesis draws the same examples each time, however
# busy the machine is. With SAMSPIL_MACHINE_RUNS, the number of runs of the state machines, it draws others.
settings.register_profile(
    "samspil",
    derandomize="SAMSPIL_MACHINE_RUNS" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("samspil")
