"""How far a build is, told to whoever started it."""

from collections.abc import Callable


def telling(stage: str) -> Callable[[float], None]:
    """What prints ``progress <0..1> <stage>``."""

    def at(fraction: float) -> None:
        print(f"progress {fraction:.3f} {stage}", flush=True)

    return at
