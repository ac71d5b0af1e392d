"""A change of a folder's files that is wholly made or not made at all, whenever the program is stopped.

What a change will leave is written beside the files first, in one file that is there or is not: from then on the
change counts. The files follow, one by one, and the note goes. Whoever reads in between reads the note; whoever
changes next finishes what was left. Readers hold the folder's lock together, a writer holds it alone.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo import files
from geo.errors import InputError

NOTE = ".change-under-way.json"
PATIENCE_S = 20.0
"""How long one waits for another: a change holds the lock for far less than a second."""
_NAP_S = 0.01


_held: ContextVar[frozenset[Path]] = ContextVar("_held", default=frozenset())
_assumed: ContextVar[Mapping[Path, Mapping[str, str | None]]] = ContextVar("_assumed", default={})  # noqa: B039


@dataclass(frozen=True, slots=True)
class Coming:
    """What a change leaves: whole texts by file name (None: no such file), and a line at the end of a log.

    size: bytes of the log before the line.
    """

    texts: Mapping[str, str | None]
    log: str
    size: int
    line: str


@contextmanager
def held(folder: Path, *, alone: bool) -> Iterator[None]:
    """Hold the folder's lock: alone to change it, with others to read it.

    The lock is on the folder itself, so that no lock file is left behind. A folder that is not there, and a file
    system that knows no locks, are read without; who holds it already goes on. Raises InputError where another keeps
    it for PATIENCE_S.
    """
    path = folder.resolve()
    try:
        handle = None if path in _held.get() else os.open(folder, os.O_RDONLY)
    except OSError:
        handle = None
    if handle is None:
        yield
        return
    try:
        _lock(handle, fcntl.LOCK_EX if alone else fcntl.LOCK_SH, folder)
        token = _held.set(_held.get() | {path})
        try:
            yield
        finally:
            _held.reset(token)
    finally:
        os.close(handle)


@contextmanager
def assumed(folder: Path, texts: Mapping[str, str | None]) -> Iterator[None]:
    """Read these files of the folder, inside the block, as if they held these texts (None: as if not there)."""
    token = _assumed.set({**_assumed.get(), folder.resolve(): texts})
    try:
        yield
    finally:
        _assumed.reset(token)


def _lock(handle: int, how: int, folder: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return fcntl.flock(handle, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise InputError("is being changed by another process; try again", folder) from None
            time.sleep(_NAP_S)
        except OSError:
            return None


def content(path: Path) -> bytes | None:
    """The bytes of a file as the last change left it, or None where there is no such file. Raises InputError."""
    coming = _coming(path.parent)
    told = _told(path, coming)
    if told is not None:
        text = told[path.name]
        return None if text is None else text.encode("utf-8")
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path) from error
    if coming is not None and path.name == coming.log:
        return raw[: coming.size] + coming.line.encode("utf-8")
    return raw


def stands(path: Path) -> bool:
    """Whether the file is there, as the last change left it."""
    told = _told(path, _coming(path.parent))
    return path.is_file() if told is None else told[path.name] is not None


def _told(path: Path, coming: Coming | None) -> Mapping[str, str | None] | None:
    """The texts that stand for the file's own, if any."""
    if _assumed.get():
        texts = _assumed.get().get(path.parent.resolve(), {})
        if path.name in texts:
            return texts
    return coming.texts if coming is not None and path.name in coming.texts else None


def carry_out(folder: Path, texts: Mapping[str, str | None], log: str, line: str) -> None:
    """Make the files hold these texts and end the log with this line. The lock is held alone by the caller.

    Files are written in the order of `texts`. Raises InputError where nothing can be written; nothing is changed then.
    """
    path = folder / log
    written = path.read_bytes() if path.exists() else b""
    if written and not written.endswith(b"\n"):
        line = "\n" + line
    coming = Coming(texts, log, len(written), line)
    note = {"texts": list(texts.items()), "log": log, "size": coming.size, "line": line}
    files.write(folder / NOTE, json.dumps(note, ensure_ascii=False))
    _finish(folder, coming)


def finish(folder: Path) -> None:
    """Finish a change that was cut short, if there is one. Where that cannot be written, it is read as made anyway."""
    if (folder / NOTE).is_file() and os.access(folder, os.W_OK):
        with held(folder, alone=True):
            settle(folder)


def settle(folder: Path) -> None:
    """Finish a change that was cut short, and clear what it left. The lock is held alone by the caller."""
    coming = _coming(folder)
    if coming is not None:
        _finish(folder, coming)
    for left in folder.glob(".*.part"):
        left.unlink(missing_ok=True)


def _finish(folder: Path, coming: Coming) -> None:
    for name, text in coming.texts.items():
        if text is None:
            (folder / name).unlink(missing_ok=True)
        elif not _holds(folder / name, text):
            files.write(folder / name, text)
    with (folder / coming.log).open("ab") as log:
        log.truncate(coming.size)
        log.write(coming.line.encode("utf-8"))
        log.flush()
        os.fsync(log.fileno())
    (folder / NOTE).unlink()


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode("utf-8")


def _coming(folder: Path) -> Coming | None:
    """The change under way, or None. Raises InputError where its note is of another form."""
    path = folder / NOTE
    try:
        raw = path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", path) from error
    try:
        note: dict[str, Any] = json.loads(raw)
        texts = {str(name): text for name, text in note["texts"]}
        if any(Path(name).name != name for name in (*texts, note["log"])):
            raise ValueError("a path")
        return Coming(texts, str(note["log"]), int(note["size"]), str(note["line"]))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("is no note of a change; move it away and check the tables", path) from error
