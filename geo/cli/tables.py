"""Tables of text for a person at a terminal: cells in, lines out, no wider than the window where words allow it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence

GAP = 2
"""Spaces between columns."""
WORD = 24
"""A word of so many cells is never broken; a longer one is an address or the like, and may be."""


def lines(head: Sequence[str], rows: Sequence[Sequence[str]], whole: Sequence[bool]) -> Iterator[str]:
    """A header, a rule, and the rows, each cell wrapped between words.

    whole says of each column whether its cells must stay on one line (dates, ids that are copied). Where the
    window is too narrow for the longest words, lines run over it: nothing is cut off.
    """
    room = shutil.get_terminal_size().columns - GAP * (len(head) - 1)
    widths = _widths([head, *rows], whole, room)
    yield from _row(head, widths)
    yield (" " * GAP).join("─" * width for width in widths)
    for row in rows:
        yield from _row(row, widths)


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for at in range(max(map(len, wrapped))):
        parts = [column[at] if at < len(column) else "" for column in wrapped]
        padded = [part + " " * (width - cells_of(part)) for part, width in zip(parts, widths, strict=True)]
        yield (" " * GAP).join(padded).rstrip()


def _widths(rows: Sequence[Sequence[str]], whole: Sequence[bool], room: int) -> list[int]:
    """Cells for each column: all it wants where there is room, else at least its longest word."""
    columns = list(zip(*rows, strict=True))
    wanted = [max(map(cells_of, column)) for column in columns]
    words = [max(cells_of(word) for cell in column for word in cell.split() or [""]) for column in columns]
    out = [
        want if uncut else min(want, max(word, 1), WORD) for want, word, uncut in zip(wanted, words, whole, strict=True)
    ]
    left = room - sum(out)
    for at in sorted(range(len(out)), key=lambda at: wanted[at] - out[at]):
        waiting = sum(1 for other in range(len(out)) if out[other] < wanted[other])
        more = max(min(wanted[at] - out[at], left // waiting if waiting else 0), 0)
        out[at] += more
        left -= more
    return out


def wrap(text: str, width: int) -> list[str]:
    """The text in pieces of at most `width` cells, cut between words, and inside a word that is longer."""
    out = [""]
    for word in text.split():
        line = f"{out[-1]} {word}" if out[-1] else word
        if cells_of(line) <= width:
            out[-1] = line
            continue
        if out[-1]:
            out.append("")
        for char in word:
            if cells_of(out[-1] + char) > width and out[-1]:
                out.append("")
            out[-1] += char
    return out


def cells_of(text: str) -> int:
    """How many columns of a terminal a text takes: none for marks over letters, two for wide letters."""
    from rich.cells import cell_len

    return cell_len(text)
