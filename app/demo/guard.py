"""Run a foreign command so that it dies with whoever started it.

``python guard.py COMMAND [ARGUMENT ...]``: the command gets no input of its own. The guard's input is a pipe
whose other end the parent holds and never writes to. When the parent is gone, killed or not, the operating
system closes that end, the guard reads end-of-file and takes the command and all its descendants with it.
There is no signal from the parent, no ``prctl`` and no polling in this, so it is the same on Linux, macOS and
Windows.

Standard library only, any Python from 3.8: it may be run by another virtual environment's interpreter.
"""

import os
import signal
import subprocess
import sys
import threading
from typing import List, NoReturn  # noqa: UP035  # any Python from 3.8


def _hold_job_object() -> None:
    """On Windows put this process and all its future descendants into a job that ends with us.

    The handle is deliberately never closed: the kernel closes it when this process ends, in whatever way, and
    ``JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE`` then ends every member.
    """
    if sys.platform != "win32":
        return
    import ctypes
    from ctypes import wintypes

    class Limits(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION; only LimitFlags is used."""

        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    job = kernel.CreateJobObjectW(None, None)
    limits = Limits()
    limits.LimitFlags = 0x2000  # JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
    extended_limit_information = 9
    if not (
        job
        and kernel.SetInformationJobObject(job, extended_limit_information, ctypes.byref(limits), ctypes.sizeof(limits))
        and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
    ):
        raise ctypes.WinError(ctypes.get_last_error())


def _end_everything() -> NoReturn:
    if sys.platform != "win32":
        # Our own group: the command, its descendants and this process. Nobody is left to wait for more.
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _wait_for_end_of_input() -> NoReturn:
    try:
        # os.read on the descriptor, not sys.stdin: no lock that would block the interpreter's exit.
        while os.read(0, 1024):
            pass
    except OSError:
        pass  # a broken pipe says the same as its end
    _end_everything()


def main(argv: List[str]) -> int:  # noqa: UP006
    """Run the command to its end and return its exit code (128 + signal when a signal ended it)."""
    if sys.platform != "win32" and os.getpgrp() != os.getpid():
        os.setpgid(0, 0)
    _hold_job_object()
    threading.Thread(target=_wait_for_end_of_input, daemon=True).start()
    try:
        code = subprocess.call(argv, stdin=subprocess.DEVNULL)
    except OSError as error:
        print(f"{argv[0]}: {error}", file=sys.stderr, flush=True)
        return 127
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    # Not sys.exit: the watching thread is blocked in a read.
    os._exit(code)
