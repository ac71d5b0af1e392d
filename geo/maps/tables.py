"""Tables: rows of a page's data as JSON that does not say everything a thousand times.

A table is `{"columns": [...], "rows": [[...], ...]}`. The values of pooled columns are numbers of entries in one
list of texts that all tables of a page share; null stays null. The page's script turns rows back into objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


class Pool:
    """Texts, each kept once, in the order in which they were first needed."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def texts(self) -> list[str]:
        return list(self._numbers)

    def number(self, value: Any) -> Any:
        """The number of a text; of a list, the numbers of its texts; None for None."""
        if value is None:
            return None
        if isinstance(value, (list, tuple)):
            return [self.number(one) for one in value]
        return self._numbers.setdefault(value, len(self._numbers))

    def table(self, rows: Iterable[Mapping[str, Any]], columns: Sequence[str], pooled: Iterable[str]) -> dict[str, Any]:
        """Rows as a table; a column that a row lacks is null in it. Trailing nulls of a row are left out."""
        pool = frozenset(pooled)
        made = []
        for row in rows:
            values = [self.number(row.get(name)) if name in pool else row.get(name) for name in columns]
            while values and values[-1] is None:
                values.pop()
            made.append(values)
        return {"columns": list(columns), "pooled": sorted(pool), "rows": made}
