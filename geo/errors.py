"""What can go wrong that a user can mend.

Every error here carries one line that names the file (and line) at fault and what to do about it.
The command line prints that line and exits with status 2; a library caller may catch the built-in
that each class resembles.
"""

from __future__ import annotations

from pathlib import Path


class ControlmapError(Exception):
    """Base of all errors that are the input's fault and not the program's."""


class InputError(ControlmapError, ValueError):
    """A file says something that cannot be used."""

    def __init__(self, message: str, path: Path | str | None = None, line: int | None = None) -> None:
        self.path, self.line = path, line
        where = "" if path is None else f"{path}:{line}: " if line is not None else f"{path}: "
        super().__init__(where + message)


class NotFoundError(ControlmapError, LookupError):
    """A place, actor, claim or article that was asked for is not there."""


class MissingFileError(ControlmapError, FileNotFoundError):
    """A file or folder that was asked for is not there."""
