"""Files are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo import files
from geo.errors import InputError


@pytest.mark.parametrize("content", ["a\r\nb نبل\n", b"\x00\xff", ""])
def test_write_makes_folders_and_leaves_nothing_else(tmp_path: Path, content: str | bytes) -> None:
    path = files.write(tmp_path / "a" / "b" / "file.txt", content)
    assert path.read_bytes() == (content.encode() if isinstance(content, str) else content)
    assert [p.name for p in path.parent.iterdir()] == ["file.txt"]


def test_write_keeps_the_mode_of_the_file_it_replaces(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_text("old")
    path.chmod(0o640)
    files.write(path, "new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = files.write(tmp_path / "file.txt", "old")
    with pytest.raises(UnicodeEncodeError):
        files.write(path, "half a character: \ud800")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["file.txt"]


def test_a_path_that_cannot_be_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="folder: cannot be written"):
        files.write(tmp_path / "folder", "text")
    files.write(tmp_path / "plain", "text")
    with pytest.raises(InputError, match="plain/below: cannot be written"):
        files.write(tmp_path / "plain" / "below", "text")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "plain"]


def test_staged_files_arrive_together(tmp_path: Path) -> None:
    output = tmp_path / "output"
    files.write(output / "README.md", "stays")
    files.write(output / "map.html", "old")
    with files.staged(output) as work:
        files.write(work / "map.html", "new")
        files.write(work / "maps" / "day.html", "new")
        assert (output / "map.html").read_text() == "old"
    found = {str(p.relative_to(output)): p.read_text() for p in output.rglob("*") if p.is_file()}
    assert found == {"README.md": "stays", "map.html": "new", "maps/day.html": "new"}
    assert [p.name for p in tmp_path.iterdir()] == ["output"]


def test_a_build_that_fails_leaves_the_previous_output(tmp_path: Path) -> None:
    output = tmp_path / "output"
    files.write(output / "map.html", "old")
    with pytest.raises(RuntimeError), files.staged(output) as work:  # noqa: PT012
        files.write(work / "map.html", "new")
        raise RuntimeError
    assert (output / "map.html").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["output"]


def test_what_a_killed_build_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    files.write(tmp_path / ".output.new" / "stray.html", "half")
    with files.staged(tmp_path / "output") as work:
        assert list(work.iterdir()) == []
        files.write(work / "map.html", "new")
    assert [p.name for p in (tmp_path / "output").iterdir()] == ["map.html"]


def test_prune_deletes_what_is_no_longer_made(tmp_path: Path) -> None:
    kept, stale = files.write(tmp_path / "2016.geojson", ""), files.write(tmp_path / "2015.geojson", "")
    other = files.write(tmp_path / "notes.txt", "")
    assert files.prune(tmp_path, "*.geojson", [kept]) == [stale]
    assert sorted(tmp_path.iterdir()) == [kept, other]


def test_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = files.write(tmp_path / "file", "abc")
    assert files.digest(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    with pytest.raises(InputError, match="cannot be read"):
        files.digest(tmp_path / "missing")
