"""A folder that changes as a whole: what is written into a fresh one takes its place in one step.

Only files of an earlier run, listed in its manifest.json, are ever removed.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import InputError

MANIFEST = "manifest.json"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_ALWAYS_MINE = frozenset({"README.md", MANIFEST})


@contextmanager
def swapped(folder: Path) -> Iterator[Path]:
    """A fresh folder beside `folder`; when the block ends well it takes its place, else nothing has changed.

    Raises InputError where `folder` holds files that no manifest.json of ours lists, where one of them is
    in the way of a new one, where another build is at work, or where nothing can be written.
    """
    folder = folder.resolve()
    recover(folder)
    check_ours(folder)
    fresh = _beside(folder, "new")
    try:
        fresh.mkdir(parents=True, exist_ok=True)
        handle = os.open(fresh, os.O_RDONLY)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", folder) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError("another build is writing here; wait for it to end", folder) from None
        _empty(fresh)
        try:
            yield fresh
            _keep_foreign(folder, fresh)
            _take_place(fresh, folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    finally:
        os.close(handle)


def recover(folder: Path) -> None:
    """Where a kill left the folder moved aside (systems that cannot exchange two folders), put it back."""
    aside = _beside(folder, "old")
    if aside.is_dir() and not folder.exists():
        aside.rename(folder)
    elif aside.is_dir():
        shutil.rmtree(aside, ignore_errors=True)


def check_ours(folder: Path) -> None:
    """Raise InputError unless the folder is missing, empty, or was written by a build."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError("is a file; name a folder with --output", folder)
    present = [path for path in folder.iterdir() if path.name not in _ALWAYS_MINE and not path.name.startswith(".")]
    if present and outputs_of(folder) is None:
        raise InputError(
            f"is not empty and was not written by controlmap (it holds {present[0].name}); "
            "name another folder with --output",
            folder,
        )


def outputs_of(folder: Path) -> frozenset[str] | None:
    """The files that the folder's manifest lists, None where it has no manifest of ours."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        return frozenset(manifest["outputs"]) if "controlmap" in manifest else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _beside(folder: Path, ending: str) -> Path:
    return folder.parent / f".{folder.name}.{ending}"


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _keep_foreign(folder: Path, fresh: Path) -> None:
    """Give the fresh folder what somebody else put into the old one."""
    if not folder.is_dir():
        return
    mine = (outputs_of(folder) or frozenset()) | _ALWAYS_MINE
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (path.is_dir() and not path.is_symlink()) or name in mine:
            continue
        target = fresh / name
        if target.exists():
            raise InputError("was not written by controlmap and is in the way of a new file; move it", path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target, follow_symlinks=False)


def _take_place(fresh: Path, folder: Path) -> None:
    """`fresh` becomes `folder`; what stood there is then in `fresh`."""
    if not folder.exists():
        fresh.rename(folder)
    elif not _exchange(fresh, folder):
        aside = _beside(folder, "old")
        folder.rename(aside)
        fresh.rename(folder)
        shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step. False where the system or the file system cannot."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    if ctypes.get_errno() in (errno.EINVAL, errno.ENOSYS, errno.EPERM, errno.ENOTSUP):
        return False
    raise InputError(f"cannot be replaced: {os.strerror(ctypes.get_errno())}", other)
