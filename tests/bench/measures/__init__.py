"""A module for each subject; `tests.bench.registry` finds them by themselves."""
