"""The build as a whole: the same bytes anywhere, whole or not at all, hostile input in the report and nowhere else."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import pty
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import geopandas
import pytest
from command import COMMAND, call, environment, half_built, refused
from shapely.geometry import shape

from geo.articles import Article
from geo.claims import Kind
from geo.dates import Precision
from geo.pipeline import load
from geo.reading import read
from geo.workspace import Workspace


def hashes(folder: Path) -> dict[str, str]:
    """Every file below a folder, with the hash of its bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def report_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    return found


@contextmanager
def terminal() -> Iterator[tuple[int, list[bytes]]]:
    """The end of a terminal that a process may write to, and what it wrote there."""
    ours, theirs = pty.openpty()
    seen: list[bytes] = []

    def read() -> None:
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # the other end is closed
                return
            if not piece:
                return
            seen.append(piece)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    yield theirs, seen
    os.close(theirs)
    reader.join(10)
    os.close(ours)


def test_the_same_input_gives_the_same_bytes_in_another_folder_and_process(own: Path, workspace: Path) -> None:
    """Another place, another process, another seed of Python's hashes, and a terminal that shows how far it is."""
    other = own.parent / "elsewhere" / "deeper" / "war"
    other.parent.mkdir(parents=True)
    own.rename(other)
    (other / "output").rename(other / "gone")
    with terminal() as (screen, seen):
        done = subprocess.run(
            [*COMMAND, "build", other], env=environment(PYTHONHASHSEED="7", TERM="xterm"), stdout=subprocess.PIPE,
            stderr=screen, timeout=200, cwd=own.parent,
        )  # fmt: skip
    assert done.returncode == 0
    assert hashes(other / "output") == hashes(workspace / "output")
    assert b"Reading articles" in b"".join(seen), "no progress on a terminal"
    assert b"Reading articles" not in done.stdout


def test_a_second_build_changes_nothing_and_keeps_files_of_others(own: Path) -> None:
    before = hashes(own / "output")
    (own / "output" / "notes").mkdir()
    (own / "output" / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    result = call("build")
    assert result.exit_code == 0
    assert result.stderr == "", "progress or warnings where nobody watches"
    after = hashes(own / "output")
    assert after.pop("notes/mine.txt")
    assert after == before


def test_a_killed_build_leaves_the_output_whole_and_the_next_one_works(own: Path) -> None:
    before = hashes(own / "output")
    (own / "corpus" / "later.txt").write_text("Rebels captured Anadan on Sunday.", encoding="utf-8")
    (own / "corpus" / "later.json").write_text('{"published": "2024-12-09"}', encoding="utf-8")
    with half_built(own) as build:
        assert (own / ".output.new" / "index.html").exists()
        build.send_signal(signal.SIGKILL)
    assert build.returncode == -signal.SIGKILL
    assert hashes(own / "output") == before
    assert call("claims", "--place", "anadan").exit_code == 2
    assert call("build").exit_code == 0
    assert not list(own.glob(".output.*"))
    assert '"anadan"' in call("claims", "--place", "anadan").stdout


def test_two_builds_at_once_are_one_too_many(own: Path) -> None:
    (own / ".output.new").mkdir()
    handle = os.open(own / ".output.new", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    assert "output: another build is writing here; wait for it to end" in refused(call("build"))
    os.close(handle)


def test_files_that_a_build_did_not_write_are_never_taken(own: Path) -> None:
    (own / "stuff").mkdir()
    (own / "stuff" / "thesis.doc").write_text("x", encoding="utf-8")
    line = refused(call("build", "--output", "stuff"))
    assert "stuff: is not empty and was not written by controlmap (it holds thesis.doc)" in line
    assert hashes(own / "stuff").keys() == {"thesis.doc"}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (None, b"", "corpus: holds no article"),
        ("README.md", b"# nothing", "corpus: holds no article"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "corpus: no article to read: corpus/photo.txt: "),
        ("empty.txt", b"  \n", "corpus: no article to read: corpus/empty.txt: "),
        ("list.xyz", b"a", "corpus: no article to read: corpus/list.xyz: "),
        ("lines.jsonl", b"{]\n", "corpus: no article to read: corpus/lines.jsonl:1: "),
    ],
)
def test_a_corpus_without_an_article_is_refused(name: str | None, content: bytes, told: str, own: Path) -> None:
    for path in (own / "corpus").iterdir():
        path.unlink()
    if name is not None:
        (own / "corpus" / name).write_bytes(content)
    before = hashes(own / "output")
    assert told in refused(call("build"))
    assert hashes(own / "output") == before


def test_as_known_on_leaves_out_what_came_later(own: Path) -> None:
    assert call("build", "--as-known-on", "2024-12-01").exit_code == 0
    claims = [json.loads(line) for line in call("claims").stdout.splitlines()]
    assert {claim["article"] for claim in claims} == {"seed-004"}
    assert report_of(own / "output")["reasons"]["published_later"] >= 2


HOSTILE = {
    "template.txt": b"{{ 7*7 }} {% for x in y %} Rebels captured Nubl on Friday. <img src=x onerror=alert(1)>",
    "script.md": b'---\ntitle: "</script><script>alert(2)</script>"\nurl: "javascript:alert(3)"\n'
    b"published: 2024-11-30\n"
    b"---\n\nRebels captured </script> Anadan <!-- on Friday, they said.\n",
    "direction.txt": "Rebels \u202ecaptured Azaz\u202c on Friday.\x07\x1b[2J".encode(),
    "broken.txt": b"Rebels captured Afrin on Friday. \xff\xfe\xfa\x80",
    "undated.txt": b"Rebels captured Jarabulus.",
    "noise.txt": bytes(range(1, 256)) * 20_000,
}


def test_hostile_articles_break_nothing_and_are_in_the_report(own: Path) -> None:
    for name, content in HOSTILE.items():
        (own / "corpus" / name).write_bytes(content)
        if name.endswith(".txt") and name != "undated.txt":
            (own / "corpus" / f"{name[:-4]}.json").write_text('{"published": "2024-11-30"}', encoding="utf-8")
    result = call("build")
    assert result.exit_code == 0, result.stderr
    for page in (own / "output").rglob("*.html"):
        html = page.read_text("utf-8")
        assert "<img src=x" not in html
        assert "<script>alert" not in html
        assert 'href="javascript:' not in html
        assert "\x1b" not in html
        assert "\u202e" not in html
    told = json.dumps(report_of(own / "output"), ensure_ascii=False)
    assert all(name.partition(".")[0] in told for name in HOSTILE)
    assert "{{ 7*7 }}" in (own / "output" / "index.html").read_text("utf-8") + told
    shown = call("explain", "direction").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_exports_are_geojson_as_the_standard_wants_it(workspace: Path) -> None:
    output = workspace / "output"
    days = sorted(path.stem for path in (output / "geojson").glob("*.geojson"))
    assert days == sorted(path.stem for path in (output / "maps").glob("*.html"))
    seen: set[str] = set()
    for path in [output / "claims.geojson", output / "control.geojson", *(output / "geojson").glob("*.geojson")]:
        found = json.loads(path.read_text("utf-8"))
        assert found["type"] == "FeatureCollection"
        assert "crs" not in found
        placed = [shape(one["geometry"]) for one in found["features"] if one["geometry"] is not None]
        west, south, east, north = found["bbox"]
        for geometry in placed:
            assert geometry.is_valid
            left, low, right, high = geometry.bounds
            assert west <= left <= right <= east
            assert south <= low <= high <= north
            assert 30 < low <= high < 40, "Syria's latitudes stand second"
            for part in getattr(geometry, "geoms", [geometry]):
                if part.geom_type == "Polygon":
                    seen.add("area")
                    assert part.exterior.is_ccw
                    assert not any(ring.is_ccw for ring in part.interiors)
        ids = [one["id"] for one in found["features"]]
        assert len(set(ids)) == len(ids)
        table = geopandas.read_file(path, engine="pyogrio")
        assert len(table) == len(found["features"])
        assert table.crs == "EPSG:4326"
    assert seen == {"area"}
    control = json.loads((output / "control.geojson").read_text("utf-8"))["features"]
    spans = [(one["properties"]["place_id"], one["properties"]["start"]) for one in control]
    assert len(set(spans)) == len(spans), "one feature per place and interval"


def test_two_things_told_of_one_place_in_one_sentence_are_two_claims() -> None:
    workspace = Workspace.find(None)
    text = "The factions took the base of the 46th Regiment, which regime forces had captured in February 2020."
    article = Article("a", "", text, published=date(2024, 11, 28), published_precision=Precision.DAY)
    claims = read([article], *load(workspace.gazetteer, workspace)).claims
    assert sorted((claim.place_id, claim.kind, str(claim.status)) for claim in claims) == [
        ("base-46", Kind.CAPTURE, "background"),
        ("base-46", Kind.CAPTURE, "reported"),
    ]
    assert claims[0].id != claims[1].id
