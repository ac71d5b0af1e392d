"""Files that are whole or not there: bytes in, a file on disk out.

Everything that the project writes goes through here. A file is written beside its name, flushed to the disk
and renamed, so that a reader, or a build that is killed, never meets half of one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import InputError

_BLOCK = 1 << 20


def write(path: Path, content: str | bytes) -> Path:
    """Make `path` hold `content` (text as UTF-8, line ends as they are) at once, and return it.

    Folders are made as needed. Raises InputError where the path is a folder or cannot be written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).chmod(_mode(path))
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        _flush_folder(path.parent)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", path) from error
    return path


def _mode(path: Path) -> int:
    """The mode of the file that stands there, else what the user's umask gives to a new one."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _flush_folder(folder: Path) -> None:
    """Make renames in the folder last. Some file systems do not let a folder be flushed; theirs last anyway."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A fresh folder to write into; when the block ends well, its files are moved into `folder`.

    What stands in `folder` stays as it is until then, and for good if the block raises or is killed.
    Only files of the same names are replaced (see `prune` for those that are no longer made).
    """
    work = folder.parent / f".{folder.name}.new"
    shutil.rmtree(work, ignore_errors=True)
    try:
        work.mkdir(parents=True)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", folder) from error
    try:
        yield work
        for source in sorted(path for path in work.rglob("*") if path.is_file()):
            target = folder / source.relative_to(work)
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def prune(folder: Path, pattern: str, keep: Iterable[Path]) -> list[Path]:
    """Delete the files of `folder` that match `pattern` (as in Path.glob) and are not in `keep`; return them."""
    kept = {path.resolve() for path in keep}
    stale = [path for path in sorted(folder.glob(pattern)) if path.is_file() and path.resolve() not in kept]
    for path in stale:
        path.unlink()
    return stale


def digest(path: Path) -> str:
    """The SHA-256 of a file's bytes, as 64 hex digits. Raises InputError where it cannot be read."""
    total = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                total.update(block)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path) from error
    return total.hexdigest()
