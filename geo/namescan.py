"""The name scan: all places of a text where one of many names stands as whole words, in one pass.

Comes from folded names and any text; goes to `mentions`. One automaton over the folded text finds the longest name at
each place; memory grows with the letters of the names, time with the letters of the text alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import ahocorasick_rs

from geo.names import fold


class NameScan:
    """Looks for names, which are to be folded and distinct. Holds no state between texts."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._automaton = ahocorasick_rs.AhoCorasick(
            self.names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False
        )

    def spans(self, text: str) -> list[tuple[int, int, int]]:
        """(number of the name, start, end) of every whole name, in order; offsets are those of the text as given."""
        folded = fold(text)
        last = len(folded)
        return [
            (name, start, end)
            for name, start, end in self._automaton.find_matches_as_indexes(folded)
            if not (start and folded[start - 1].isalnum())
            and (end == last or not folded[end].isalnum() or _plural(folded, end))
        ]


@lru_cache(maxsize=2)
def scan_for(names: frozenset[str]) -> NameScan:
    """The scan for these names. The last two are kept: building one takes as long as scanning some hundred articles."""
    return NameScan(sorted(names))


def _plural(folded: str, end: int) -> bool:
    """Whether but an s follows, as in "Aleppos" of a text that lost its apostrophes."""
    return folded[end] == "s" and (end + 1 == len(folded) or not folded[end + 1].isalnum())
