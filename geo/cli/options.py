"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day, written 2024-11-30."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is no date: write it as 2024-11-30.", param, ctx)


def workspace(function: F) -> F:
    """-w / --workspace DIR."""
    return click.option(
        "-w", "--workspace", "folder", type=click.Path(path_type=Path), metavar="DIR",
        help="Workspace to use. Default: this folder, where it is one, else the one that comes with the program.",
    )(function)  # fmt: skip


def as_json(function: F) -> F:
    """--json / --table."""
    return click.option(
        "--json/--table", "as_json", default=None,
        help="JSON lines, or a table. Default: a table on a terminal, JSON lines in a pipe.",
    )(function)  # fmt: skip
