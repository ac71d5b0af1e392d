"""What the tests share: no network, small real workspaces, and the default workspace built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from browsing import built, chromium, crowd, small_war, visit
from command import call
from once import made_once
from pytest_socket import disable_socket, socket_allow_hosts

ROOT = Path(__file__).resolve().parents[1]


def pytest_runtest_setup() -> None:
    """Nothing leaves this machine: a test that needs the network is a defect of the program."""
    disable_socket(allow_unix_socket=True)
    socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture
def gazetteer_copy(tmp_path: Path) -> Path:
    """A copy of the default gazetteer that a test may change."""
    folder = tmp_path / "gazetteer"
    shutil.copytree(ROOT / "gazetteer", folder)
    return folder


ARTICLE = """\
---
id: field-note
title: "Army back in two villages"
publisher: Test Wire
url: https://wire.example/field-note
published: 2024-12-03
---

Government troops recaptured Nubl, Anjarah and Awijil from rebels on Monday, the defence ministry said. Rebels seized
Kafr Nowhere, a hamlet that no map shows, on Tuesday.
"""


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as `controlmap init` makes it, with an article of its user's, built. Not to be changed."""
    return made_once(tmp_path_factory, "war", make_workspace)


def make_workspace(folder: Path) -> None:
    assert call("init", folder, "--title", "A war").exit_code == 0
    (folder / "corpus" / "field-note.md").write_text(ARTICLE, encoding="utf-8")
    result = call("build", folder)
    assert result.exit_code == 0, result.output


@pytest.fixture
def own(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the built workspace that a test may change; the test runs inside it."""
    folder = tmp_path / "own"
    shutil.copytree(workspace, folder)
    monkeypatch.chdir(folder)
    return folder


__all__ = ["built", "chromium", "crowd", "small_war", "visit"]
