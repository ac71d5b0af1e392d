"""The wheel: it carries the default workspace, and a build in an empty folder works from it alone."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from command import ROOT
from once import made_once


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the repository and unpacked as an installer would."""
    return made_once(tmp_path_factory, "wheel", unpack) / "site"


def unpack(folder: Path) -> None:
    folder.mkdir()
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run(
        [*build, "--wheel-dir", folder, ROOT], capture_output=True, timeout=200, cwd=folder, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    (wheel,) = folder.glob("controlmap-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")


def run(site: Path, cwd: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONPATH": str(site)}
    return subprocess.run([sys.executable, "-m", "geo", *args], cwd=cwd, env=env, capture_output=True, timeout=200)


def test_a_build_in_an_empty_folder_uses_what_the_wheel_carries(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "build")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.startswith(b"5 articles, ")
    assert (tmp_path / "output" / "index.html").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["output"]
    place = run(installed, tmp_path, "claims", "--place", "awijil")
    assert place.stdout.count(b'"place_id": "awijil"') == 1


def test_the_gazetteer_of_the_wheel_is_not_edited(installed: Path, tmp_path: Path) -> None:
    before = (installed / "geo" / "default" / "gazetteer" / "places.csv").read_bytes()
    done = run(installed, tmp_path, "gazetteer", "alias", "nubl", "Noubboul")
    assert done.returncode == 2
    assert b"`controlmap init DIR` makes a copy of your own" in done.stderr
    assert (installed / "geo" / "default" / "gazetteer" / "places.csv").read_bytes() == before


def test_the_command_is_in_the_wheel(installed: Path) -> None:
    (points,) = installed.glob("*.dist-info/entry_points.txt")
    assert "controlmap = geo.cli:main" in points.read_text("utf-8")
