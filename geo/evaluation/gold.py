"""Gold: what a careful reader marks in an article or in a sentence. JSON files in, frozen records out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geo.articles import Article
from geo.claims import CHANGES, Kind
from geo.dates import Precision
from geo.errors import InputError, MissingFileError

CHANGE_KINDS = frozenset(str(kind) for kind in CHANGES)
ARTICLE_KINDS = frozenset(str(kind) for kind in Kind) | {"denied", "planned", "hypothetical", "historical_background"}
STATUSES = frozenset({"reported", "denied", "planned", "hypothetical", "background"})


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One claim as annotated. takers and losers: the answer and those as good; the first is None where none is.

    spans: sentences that tell of it, in characters. hidden_taker and hidden_loser are understood but not said:
    they are not asked for, and only keep a claim with the sides swapped from counting. unknown_taker: the text
    calls the taker by words that name no side, and a claim must not put a side in their place.
    """

    places: tuple[str, ...]
    kinds: tuple[str, ...]
    status: str
    takers: tuple[str | None, ...]
    losers: tuple[str | None, ...]
    date: str | None
    spans: tuple[tuple[int, int], ...]
    quote: str
    optional: bool = False
    lat: float | None = None
    lon: float | None = None
    loc_km: float = 0.0
    hidden_taker: str | None = None
    hidden_loser: str | None = None
    unknown_taker: bool = False

    @property
    def place(self) -> str:
        return self.places[0]

    @property
    def kind(self) -> str:
        return self.kinds[0]

    @property
    def is_change(self) -> bool:
        return self.kind in CHANGE_KINDS and self.status == "reported"


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """The claims of one article. split: "held" where it was never used for tuning."""

    id: str
    claims: tuple[GoldClaim, ...]
    split: str = ""


@dataclass(frozen=True, slots=True)
class SuiteItem:
    """One to three sentences with their claims; pair names the two items that differ in one thing."""

    id: str
    text: str
    published: date
    phenomena: tuple[str, ...]
    claims: tuple[GoldClaim, ...]
    pair: str | None = None
    split: str = ""
    publisher: str | None = None


def load_gold(folder: Path) -> dict[str, GoldArticle]:
    """The gold of every ID.json of a folder, by article id. Raises MissingFileError, InputError."""
    if not folder.is_dir():
        raise MissingFileError(f"{folder}: no such folder of gold")
    found = {}
    for path in sorted(folder.glob("*.json")):
        row = _json(path.read_text("utf-8"), path, None)
        if "claims" not in row:
            continue
        with_path = _Where(path, None)
        claims = tuple(_article_claim(claim, with_path) for claim in row["claims"])
        one = GoldArticle(str(row.get("id", path.stem)), claims, str(row.get("split", "")))
        found[one.id] = one
    if not found:
        raise MissingFileError(f"{folder}: holds no gold (a JSON file with `claims` per article)")
    return found


def load_suite(path: Path) -> list[SuiteItem]:
    """The items of a JSON lines file. Raises MissingFileError, InputError that names the line."""
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file of sentences")
    items = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            items.append(_item(_json(line, path, number), _Where(path, number)))
    if not items:
        raise InputError("holds no sentence", path)
    return items


def suite_articles(items: Iterable[SuiteItem]) -> list[Article]:
    """Each item as an article of its own, with a publisher of its own where it names none."""
    return [
        Article(
            item.id, f"Item {item.id}", item.text, publisher=item.publisher or f"Desk {item.id}",
            published=item.published, published_precision=Precision.DAY, published_basis="suite",
        )
        for item in items
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Where:
    path: Path
    line: int | None

    def wrong(self, message: str) -> InputError:
        return InputError(message, self.path, self.line)


def _json(text: str, path: Path, line: int | None) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except ValueError as error:
        raise InputError(f"is not JSON ({error})", path, line) from error
    if not isinstance(row, dict):
        raise InputError("is no JSON object", path, line)
    return row


def _article_claim(row: Mapping[str, Any], where: _Where) -> GoldClaim:
    kind = _text(row, "kind", where)
    start = int(row.get("sentence_start", 0))
    end = row.get("sentence_end") or max(start + 1, row.get("quote_end") or start + len(row.get("quote", "")))
    return GoldClaim(
        places=(_text(row, "place", where),),
        kinds=(kind,),
        status="reported",
        takers=(row.get("to"), *_more(row, "to_alt")),
        losers=(row.get("from"), *_more(row, "from_alt")),
        date=row.get("date"),
        spans=((start, int(end)), *((int(a), int(b)) for a, b in row.get("alt_spans", ()))),
        quote=str(row.get("quote", "")),
        optional=bool(row.get("optional")),
        lat=row.get("lat"),
        lon=row.get("lon"),
        loc_km=float(row.get("loc_km") or 0),
    )


def _item(row: Mapping[str, Any], where: _Where) -> SuiteItem:
    text = _text(row, "text", where)
    try:
        published = date.fromisoformat(_text(row, "published", where))
    except ValueError as error:
        raise where.wrong("`published` is no date: write it as 2024-11-30") from error
    return SuiteItem(
        id=_text(row, "id", where),
        text=text,
        published=published,
        phenomena=(_text(row, "phenomenon", where), *_more(row, "also")),
        claims=tuple(_suite_claim(claim, text, where) for claim in row.get("claims", ())),
        pair=row.get("pair"),
        split=str(row.get("split", "")),
        publisher=row.get("publisher"),
    )


def _suite_claim(row: Mapping[str, Any], text: str, where: _Where) -> GoldClaim:
    kind, status, quote = _text(row, "kind", where), _text(row, "status", where), _text(row, "quote", where)
    if kind not in ARTICLE_KINDS or status not in STATUSES:
        raise where.wrong(f"there is no kind {kind!r} with status {status!r}")
    at = text.find(quote)
    if at < 0:
        raise where.wrong(f"the quote {quote!r} is not in the text")
    return GoldClaim(
        places=(_text(row, "place", where), *_more(row, "place_alt")),
        kinds=(kind, *_more(row, "kind_alt")),
        status=status,
        takers=(row.get("to"), *_more(row, "to_alt")),
        losers=(row.get("from"), *_more(row, "from_alt")),
        date=row.get("date"),
        spans=((at, at + len(quote)),),
        quote=quote,
        optional=bool(row.get("optional")),
        hidden_taker=row.get("to_implied"),
        hidden_loser=row.get("from_implied"),
        unknown_taker=bool(row.get("to_words")),
    )


def _text(row: Mapping[str, Any], key: str, where: _Where) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise where.wrong(f"`{key}` is missing or no text")
    return value


def _more(row: Mapping[str, Any], key: str) -> Sequence[str]:
    values = row.get(key, ())
    return [str(value) for value in values] if isinstance(values, list | tuple) else []
