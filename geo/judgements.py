"""Judgements: what a person settled about one mention of one article, without touching the gazetteer.

gazetteer/judgements.csv comes in; `Judgements` goes out, which says what a place's words in an article were judged
to mean. A row is never altered: a judgement that no longer holds is marked as withdrawn and kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from geo import names
from geo.tables import Row, read_table

COLUMNS = ("id", "article", "text", "sentence", "place", "who", "when", "why", "withdrawn")
NO_PLACE = "-"
"""Stands in the column `place` where the words were judged to name none."""
_OWN_ID = re.compile(r"[^:]+")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One row. sentence: character of the article at which the sentence begins, None for every sentence.

    place: id of a place of any layer, None where the words were judged to name no place. when, withdrawn: ISO times.
    """

    id: str
    article: str
    text: str
    sentence: int | None
    place: str | None
    who: str
    when: str
    why: str = ""
    withdrawn: str = ""

    @property
    def basis(self) -> str:
        """What stands beside a claim that rests on it."""
        return f"judged by {self.who} on {self.when[:10]}" + (f": {self.why}" if self.why else "")


class Judgements:
    """Judgements by article and words. Those that were withdrawn are kept in `rows` and answer nothing."""

    def __init__(self, rows: Iterable[Judgement] = ()) -> None:
        self.rows = tuple(rows)
        self._found: dict[tuple[str, str, int | None], Judgement] = {}
        for row in sorted((row for row in self.rows if not row.withdrawn), key=lambda row: (row.when, row.id)):
            self._found[row.article, names.plain(row.text), row.sentence] = row

    def of(self, article: str, text: str, sentence: int) -> Judgement | None:
        """What was judged of these words in the sentence that begins here, else of them in the whole article."""
        if not self._found:
            return None
        plain = names.plain(text)
        return self._found.get((article, plain, sentence)) or self._found.get((article, plain, None))


def judgement_id(article: str, text: str, sentence: int | None, place: str | None, when: str) -> str:
    """Twelve hex digits made of what is judged and when."""
    key = "\x1f".join((article, text, str(sentence), str(place), when))
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:12]


def read_judgements(path: Path, places: Collection[str]) -> list[Judgement]:
    """The rows of judgements.csv. Those that hold name one of `places`, or a place of a reference layer.

    Raises InputError with file and line.
    """
    out: list[Judgement] = []
    seen: dict[str, int] = {}
    for row in read_table(path, COLUMNS[:5], COLUMNS[5:]):
        for column in ("id", "article", "text", "place"):
            if not row[column]:
                raise row.error(f"a judgement without {column}; withdraw one with `controlmap gazetteer judge`")
        if row["id"] in seen:
            raise row.error(f"judgement {row['id']} stands twice (first in line {seen[row['id']]}); delete one row")
        seen[row["id"]] = row.line
        place = None if row["place"] == NO_PLACE else row["place"]
        if place is not None and not row["withdrawn"] and _OWN_ID.fullmatch(place) and place not in places:
            raise row.error(
                f"no place {place!r} in places.csv; `controlmap gazetteer judge --withdraw {row['id']}` takes it back"
            )
        out.append(
            Judgement(row["id"], row["article"], row["text"], _sentence(row), place, row["who"] or "unknown",
                      row["when"], row["why"], row["withdrawn"])
        )  # fmt: skip
    return out


def _sentence(row: Row) -> int | None:
    if not row["sentence"]:
        return None
    if not row["sentence"].isascii() or not row["sentence"].isdigit():
        raise row.error(f"sentence {row['sentence']!r}: the character at which it begins, or empty for every one")
    return int(row["sentence"])
