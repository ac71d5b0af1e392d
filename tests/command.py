"""Running the command as its users do: a process of its own, or in this one where a new one adds nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import CliRunner, Result

from geo.cli import cli

ROOT = Path(__file__).resolve().parents[1]
COMMAND = (sys.executable, "-m", "geo")


def environment(**changed: str) -> dict[str, str]:
    """The environment of a process that finds this package from any folder, on a terminal 120 columns wide."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120", **changed}


def process(*args: str | Path, cwd: Path, stdin: str | bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    """`controlmap ARGS` in `cwd`, as a shell would run it; output as bytes."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    return subprocess.run(
        [*COMMAND, *map(str, args)], cwd=cwd, input=data, capture_output=True, env=environment(**env), timeout=280
    )


PAUSED = """
import signal, sys, time
from geo import exports
from geo.cli import main
def wait(*_, **__):
    print("half", flush=True)
    time.sleep(100)
exports.write = wait
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it for what it runs in the background
sys.argv = ["controlmap", "build"]
main()
"""


@contextmanager
def half_built(cwd: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`controlmap build` in `cwd`, which has written its maps, not its exports, and goes on only by a signal.

    However busy the machine is, the build is caught in the middle.
    """
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", PAUSED], cwd=cwd, env=environment(), stdout=pipe, stderr=pipe
    ) as build:
        try:
            assert build.stdout is not None
            assert build.stdout.readline() == b"half\n", "the build did not come so far"
            yield build
        finally:
            build.kill()


def call(*args: str | Path, stdin: str | None = None) -> Result:
    """`controlmap ARGS` in this process and folder, by the same entry point; stdout and stderr kept apart."""
    return CliRunner().invoke(cli, [str(arg) for arg in args], input=stdin, prog_name="controlmap")


def refused(result: Result) -> str:
    """The one line that a refused command wrote; a failed assertion where it was not refused properly."""
    assert result.exit_code == 2, (result.exit_code, result.output)
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("controlmap: ")
    assert "Traceback" not in lines[0]
    assert "defect" not in lines[0]
    return lines[0]
