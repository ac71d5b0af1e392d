"""What commands print: a table for a person, JSON lines for a pipe, a progress bar on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from geo.cli.tables import lines

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

WHOLE = frozenset({"id", "date", "kind", "what", "position", "file", "line", "level", "article", "score"})
"""Columns that are not broken over lines: short words, and ids that are copied."""


def wants_lines(as_json: bool | None) -> bool:
    """Whether JSON lines are wanted: asked for, or standard output is no terminal."""
    return bool(as_json) or (as_json is None and not sys.stdout.isatty())


def rows(
    records: Iterable[Mapping[str, Any]],
    columns: Sequence[str],
    as_json: bool | None,
    empty: str = "",
    row: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict,
) -> None:
    """Print records: as a table of `columns` to a terminal, whole as JSON lines to a pipe or with --json.

    empty: what to say to a person where there is nothing. row: the cells of a table, from a record.
    """
    if wants_lines(as_json):
        for record in records:
            click.echo(json.dumps(record, ensure_ascii=False))
        return
    records = list(records)
    if not records:
        click.echo(empty or "Nothing found.", err=True)
        return
    table([[shown(cells.get(column)) for column in columns] for cells in map(row, records)], columns)


def record(known: Mapping[str, Any], as_json: bool | None) -> None:
    """Print one record: a line per field to a terminal, one JSON line to a pipe or with --json."""
    if wants_lines(as_json):
        click.echo(json.dumps(known, ensure_ascii=False))
        return
    width = max(len(key) for key in known)
    for key, value in known.items():
        for at, line in enumerate(_lines(value)):
            click.echo(f"{key.replace('_', ' ') if at == 0 else '':<{width}}  {safe(line)}")


def _lines(value: Any) -> list[str]:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return ["  ".join(shown(cell) for cell in row.values() if cell is not None) for row in value]
    return [shown(value)]


def table(rows: Sequence[Sequence[str]], columns: Sequence[str]) -> None:
    """A table of cells, as wide as the terminal. Texts are shown as they are, without what drives a terminal."""
    heads = [column.replace("_", " ") for column in columns]
    for line in lines(heads, [[safe(cell) for cell in row] for row in rows], [name in WHOLE for name in columns]):
        click.echo(line)


def counted(number: int, what: str) -> str:
    """'1 article', '3 dates with a change': the first word of `what` takes the plural."""
    noun, space, rest = what.partition(" ")
    return f"{number:,} {noun}{'' if number == 1 else 's'}{space}{rest}"


def shown(value: object) -> str:
    """A cell of a table."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(shown(item) for item in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def safe(text: str) -> str:
    """Without control characters, which could drive the terminal, and without overrides of the writing direction."""
    return "".join(" " if _is_control(char) else char for char in text)


def _is_control(char: str) -> bool:
    code = ord(char)
    return code < 0x20 or 0x7F <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069


@contextmanager
def stages() -> Iterator[Callable[[str, int, int], None] | None]:
    """A bar on stderr while the block works: call what is yielded with (stage, done, total). None off a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    with _bar() as bar:
        task = bar.add_task("", total=None)
        shown_stage = ""

        def say(stage: str, done: int, total: int) -> None:
            # A stage is shown as soon as it begins, however short it is.
            nonlocal shown_stage
            bar.update(task, description=stage, completed=done, total=total, refresh=stage != shown_stage)
            shown_stage = stage

        yield say


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
