"""What was read from tables, kept by their text: a table that says the same need not be read again.

An edit reads a gazetteer three times, to change it, to check it and to try it on the articles, and most of its tables
are the same each time. Where a table lies decides nothing of what it says, so that copies are one. A table with an
error is never kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import TypeVar

from geo.tables.rows import text_of

R = TypeVar("R")
MOST = 3
"""Texts kept for each kind of table: before an edit, after it, and one more."""


def kept_by_text(read: Callable[[Path, str], R]) -> Callable[[Path], R]:
    """A reader of (path, text of the table) as one of the path alone; what it returns is shared, so never changed."""
    known: OrderedDict[str, R] = OrderedDict()
    lock = Lock()

    @wraps(read)
    def asked(path: Path) -> R:
        text = text_of(path)
        with lock:
            if text in known:
                known.move_to_end(text)
                return known[text]
        answer = read(path, text)
        with lock:
            known[text] = answer
            if len(known) > MOST:
                known.popitem(last=False)
        return answer

    return asked
