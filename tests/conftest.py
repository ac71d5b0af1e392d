"""What the tests share: no network, small real workspaces, and the default workspace built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
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
