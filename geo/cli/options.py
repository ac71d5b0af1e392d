"""Options that several commands share."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from geo.cli.door import did_you_mean

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


def output(function: F) -> F:
    """--output DIR."""
    return click.option(
        "--output", "target", type=click.Path(path_type=Path), metavar="DIR",
        help="Output folder of the build to look at. Default: that of the workspace.",
    )(function)  # fmt: skip


def known(option: str, value: str | None, words: Iterable[str]) -> None:
    """Raise a usage error with suggestions unless `value` is None or one of the words."""
    among = sorted({word for word in words if word})
    if value is not None and value not in among:
        some = did_you_mean(value, among) or f" There is: {', '.join(among)}."
        raise click.UsageError(f"--{option}: there is no {option} '{value}'.{some}")


@dataclass(frozen=True, slots=True)
class Span:
    """Days start..end, both included."""

    start: date
    end: date


PERIOD_HELP = "Only claims dated so: a day, a month (2024-11), a year, or DATE..DATE."


class Period(click.ParamType[Span]):
    """A day, a month, a year, or two of them with .. between."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Span:
        if isinstance(value, Span):
            return value
        first, dots, second = str(value).partition("..")
        start, end = _days(first or "0001"), _days((second or "9999") if dots else first)
        if start is None or end is None or not value.strip("."):
            self.fail(f"'{value}' is no date: write 2024-11-30, 2024-11, 2024 or 2024-11-01..2024-11-30.", param, ctx)
        return Span(start.start, end.end)


def _days(text: str) -> Span | None:
    """The days that an ISO day, month or year means."""
    try:
        year, *rest = [int(part) for part in text.split("-")]
        if len(rest) > 1:
            day = date.fromisoformat(text)
            return Span(day, day)
        month = rest[0] if rest else 0
        last = date(year, month or 12, monthrange(year, month or 12)[1])
        return Span(date(year, month or 1, 1), last)
    except ValueError:
        return None
