"""Edits that are killed, and edits at once: real processes, real SIGKILL."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from geo import edits, files, pending
from geo.gazetteer import Gazetteer

DISTRICT = Path(__file__).parent / "data/district"
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[36.98, 36.36], [37, 36.36], [37, 36.38], [36.98, 36.38], [36.98, 36.36]]],
}
WRITING = {files.__file__, pending.__file__}
"""The modules that touch the disk: a process may be stopped before any line of them."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "gazetteer"
    shutil.copytree(DISTRICT, target)
    with edits.editing(target) as session:  # so that every table is there, and a log
        edits.add_place(session, edits.NewPlace("Nebbol", parent="aleppo-governorate"))
        edits.judge(session, "a-1", "Nubil", "nebbol")
        edits.move_place(session, "nebbol", point=edits.Point(36.37, 36.99))
        edits.set_outline(session, "nebbol", SQUARE)
    return target


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (*folder.glob("*.csv"), *folder.glob("*.geojson"))}


def log_lines(folder: Path) -> int:
    return (folder / "changes.log").read_bytes().count(b"\n")


def merge(folder: Path) -> None:
    """An edit of all tables: names, a judgement and an outline change hands, a place goes."""
    with edits.editing(folder) as session:
        edits.merge_places(session, "nubl", "nebbol")


def split(folder: Path) -> None:
    """An edit of two tables: a place comes, and a name changes hands."""
    with edits.editing(folder) as session:
        edits.split_place(session, "zahraa-nubl", edits.NewPlace("Zahraa of Homs"), ["Al-Zahraa"])


def take_back(folder: Path) -> None:
    """An undo that takes a file away again."""
    edits.undo(folder)


def killed_at(number: int, edit: Callable[[Path], None], folder: Path) -> bool:
    """Make the edit in a child that kills itself before the n-th line that writes; whether it came so far."""
    child = os.fork()
    if child == 0:
        left = number

        def watch(frame: FrameType, event: str, arg: object) -> object:
            nonlocal left
            if frame.f_code.co_filename not in WRITING:
                return None
            if event == "line":
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return watch

        sys.settrace(watch)  # type: ignore[arg-type]
        try:
            edit(folder)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def seen(folder: Path) -> object:
    """The gazetteer as it is read."""
    known = Gazetteer.load(folder, reference=False)
    judged = sorted((row.text, str(row.place), bool(row.withdrawn)) for row in known.judgements.rows)
    drawn = [(place, one.geometry) for place, one in known.outlines.items()]
    return known.places, [known.names_of(place) for place in known.places], judged, drawn


@pytest.mark.parametrize(("edit", "step"), [(merge, 1), (split, 4), (take_back, 4)])
def test_killed_at_any_line_an_edit_is_wholly_in_or_wholly_out(
    folder: Path, tmp_path: Path, edit: Callable[[Path], None], step: int
) -> None:
    old, old_seen, lines = tables(folder), seen(folder), log_lines(folder)
    done = tmp_path / "done"
    shutil.copytree(folder, done)
    edit(done)
    new, new_seen = tables(done), seen(done)
    at, outs, ins = 1, 0, 0
    while True:
        trial = tmp_path / f"trial-{at}"
        shutil.copytree(folder, trial)
        if not killed_at(at, edit, trial):
            break
        found = seen(trial)
        out = found == old_seen
        assert out or found == new_seen, f"half an edit is read after a kill at line {at}"
        bare = tmp_path / "bare"
        shutil.copytree(trial, bare, ignore=shutil.ignore_patterns(".*"))
        Gazetteer.load(bare, reference=False)  # the tables by themselves can be read as well
        shutil.rmtree(bare)
        with edits.editing(trial):  # the next editor finishes what was left
            pass
        assert seen(trial) == found
        assert log_lines(trial) == lines + (0 if out else 1)
        assert sorted(path.name for path in trial.iterdir()) == sorted(["changes.log", *(old if out else new)])
        whole = old if out else new
        for name in tables(trial):
            assert name == "judgements.csv" or tables(trial)[name] == whole[name]  # it holds the time of the edit
        if not out and edit is not take_back:
            edits.undo(trial)
            assert tables(trial) == old
        shutil.rmtree(trial)
        outs, ins, at = outs + out, ins + (not out), at + step
    assert outs > 20 / step
    assert ins > 20 / step


EDITOR = """
import sys
from pathlib import Path
from geo import edits
folder, number, last = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
while number < last:
    with edits.editing(folder) as session:
        place = edits.add_place(session, edits.NewPlace(f"Place {number}", parent="aleppo"))
        edits.add_name(session, place, f"Name {number}")
    print(number, flush=True)
    number += 1
"""


def editor(folder: Path, first: int, last: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", EDITOR, str(folder), str(first), str(last)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_an_editor_killed_at_random_moments_loses_nothing_it_said_it_did(folder: Path) -> None:
    before, rng = tables(folder), random.Random(7)  # noqa: S311 - the moments of every run are other ones anyway
    number, told = 0, []
    for _ in range(6):
        process = editor(folder, number, 10**6)
        assert process.stdout is not None
        told.append(int(process.stdout.readline()))
        time.sleep(rng.uniform(0, 0.15))
        process.kill()
        told += [int(line) for line in process.stdout.read().split()]
        process.wait()
        process.stdout.close()
        known = Gazetteer.load(folder, reference=False)
        made = [place for place in known.places if place.startswith("place-")]
        assert {f"place-{one}" for one in told} <= set(made)
        assert len(made) - len(told) <= 6
        assert all(len(known.names_of(place)) == 2 for place in made)
        number = max(int(place.split("-")[1]) for place in made) + 1
    with edits.editing(folder):
        pass
    assert log_lines(folder) == 1 + len(made)
    for _ in made:
        edits.undo(folder)
    assert tables(folder) == before


def test_editors_at_once_lose_nothing(folder: Path) -> None:
    before = tables(folder)
    processes = [editor(folder, first, first + 20) for first in (0, 100, 200)]
    for process in processes:
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        assert len(said.split()) == 20
    known = Gazetteer.load(folder, reference=False)
    assert sum(place.startswith("place-") for place in known.places) == 60
    made = edits.changes(folder)
    assert len(edits.standing(made)) == 61
    for _ in range(60):
        edits.undo(folder)
    assert tables(folder) == before
