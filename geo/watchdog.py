"""The watchdog: a bound on the time that one article may take.

Article text is hostile: a text that some pattern or loop cannot get through must not hold up a build. On the main
thread an alarm interrupts the work, a regular expression included; on another thread, and where there are no
alarms, the interruption comes at the next step of Python code.
"""

from __future__ import annotations

import ctypes
import signal
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

SECONDS = 60.0
SECONDS_PER_CHARACTER = 0.001
"""Reading takes about a hundredth of this on one slow core: only what would never end meets the bound."""


class TooLongError(Exception):
    """The work inside `bounded` took longer than it may."""


def bound_for(text: str) -> float:
    """Seconds that an article of this text may take."""
    return SECONDS + SECONDS_PER_CHARACTER * len(text)


def bounded(seconds: float) -> AbstractContextManager[None]:
    """Raises TooLongError inside the block once it has taken so many seconds."""
    if _has_alarm():
        return _ByAlarm(seconds)
    return _by_thread(seconds)


@contextmanager
def watching() -> Iterator[None]:
    """The alarm's bell hung once for all `bounded` blocks inside: hanging it takes longer than setting the alarm."""
    if not _has_alarm():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    _hung.append(True)
    try:
        yield
    finally:
        _hung.pop()
        signal.signal(signal.SIGALRM, before)


_hung: list[bool] = []


class _ByAlarm:
    """A context manager written out, for it is entered several times an article."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        self._before = None if _hung else signal.signal(signal.SIGALRM, _ring)
        signal.setitimer(signal.ITIMER_REAL, self._seconds)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if self._before is not None:
            signal.signal(signal.SIGALRM, self._before)


def _has_alarm() -> bool:
    return threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")


def _ring(number: int, frame: FrameType | None) -> None:
    raise TooLongError


@contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    worker = threading.get_ident()
    over = threading.Event()

    def ring() -> None:
        if not over.is_set():
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker), ctypes.py_object(TooLongError))

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        over.set()
        timer.cancel()
