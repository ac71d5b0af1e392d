"""The check of a gazetteer folder: everything that is wrong with it, by file and line.

An error is what a build would stop at: an id twice, a parent that is not there, a place within itself, a position off
the globe, a name or a judgement of no place, an outline of no place or of no valid shape. A doubt is what an editor
should look at (see `doubts`).
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from geo import pending
from geo.actors import ActorRegistry
from geo.edits.doubts import Finding, doubts
from geo.edits.session import ACTOR_CONFLICTS, ACTOR_NAMES, ACTORS, JUDGEMENTS, NAMES, PLACES, STOPLIST
from geo.errors import ControlmapError, InputError, MissingFileError
from geo.gazetteer.files import read_names, read_places, read_stoplist
from geo.gazetteer.outlines import OUTLINES, faults
from geo.judgements import read_judgements

MOST = 200
"""Errors listed before the check gives up: each costs one more reading of the folder."""


def check(folder: Path) -> list[Finding]:
    """Everything wrong with the folder, errors and doubts, by file and line. Raises MissingFileError."""
    if not (folder / PLACES).is_file():
        raise MissingFileError(f"{folder}: no gazetteer (it has no {PLACES}); `controlmap init DIR` makes one")
    found = [*_errors(folder)]
    if pending.stands(folder / OUTLINES):
        found += _outline_errors(folder)
    if not any(finding.error and finding.line <= 1 and finding.file != OUTLINES for finding in found):
        found += doubts(folder)
    return sorted(set(found), key=lambda finding: (finding.file, finding.line, finding.text))


def _errors(folder: Path) -> Iterator[Finding]:
    """Read, note the first error, blank its line, read again: so that the readers' own rules are the only ones."""
    with tempfile.TemporaryDirectory(prefix="controlmap-") as name:
        trial = Path(name)
        for file in (PLACES, NAMES, STOPLIST, JUDGEMENTS, ACTORS, ACTOR_NAMES, ACTOR_CONFLICTS):
            raw = pending.content(folder / file)
            if raw is not None:
                (trial / file).write_bytes(raw)
        readers: list[Callable[[], object]] = [lambda: _read_places(trial)]
        if (trial / STOPLIST).exists():
            readers.append(lambda: read_stoplist(trial / STOPLIST))
        if (trial / ACTORS).exists() or (trial / ACTOR_NAMES).exists():
            readers.append(lambda: ActorRegistry.load(trial))
        for reader in readers:
            yield from _errors_of(reader, trial)


def _outline_errors(folder: Path) -> Iterator[Finding]:
    """The faults of areas.geojson; none where the places cannot be read, which is an error of its own."""
    try:
        places = read_places(folder / PLACES)
    except ControlmapError:
        return
    for error in faults(folder / OUTLINES, places):
        yield Finding(OUTLINES, error.line or 1, True, _reason(error))


def _read_places(folder: Path) -> None:
    places = read_places(folder / PLACES)
    if (folder / NAMES).exists():
        read_names(folder / NAMES, places)
    if (folder / JUDGEMENTS).exists():
        read_judgements(folder / JUDGEMENTS, places)


def _errors_of(reader: Callable[[], object], trial: Path) -> Iterator[Finding]:
    gone: set[str] = set()
    for _ in range(MOST):
        try:
            reader()
        except InputError as error:
            path, line = Path(error.path or PLACES), error.line or 1
            text = _reason(error)
            # A row that leans on one already found wrong is no fault of its own.
            if not any(re.search(rf"(?<![\w-]){re.escape(place)}(?![\w-])", text) for place in gone):
                yield Finding(path.name, line, True, text)
            if line <= 1:
                return
            gone |= _blank(path, line)
        except ControlmapError as error:
            yield Finding(PLACES, 1, True, str(error).replace(f"{trial}/", ""))
            return
        else:
            return


def _reason(error: InputError) -> str:
    where = f"{error.path}:{error.line}: " if error.line is not None else f"{error.path}: "
    return str(error).removeprefix(where)


def _blank(path: Path, line: int) -> set[str]:
    """Empty a line, so that the numbers of the others stay. Returns the id that stood first in it."""
    lines = path.read_bytes().split(b"\n")
    first = re.split(rb"[,;\t]", lines[line - 1])[0].decode("utf-8", "replace").strip('" \r')
    lines[line - 1] = b""
    path.write_bytes(b"\n".join(lines))
    return {first} - {""} if path.name in (PLACES, ACTORS) else set()
