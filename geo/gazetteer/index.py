"""The index of one layer's names: which places a spelling may mean, and by which kind of likeness.

Names come in once; a look-up tries the exact spelling, the folded one, the one without articles, the key of
the romanisation (Latin and Arabic), and at last one letter's difference. The costly parts are built when the
first look-up needs them, and kept for the next gazetteer of the same names.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from geo import names
from geo.gazetteer.places import Match, Name
from geo.names.cost import ARABIC_SHARE

FUZZY_FACTOR = 2.0  # within the bucket, up to twice the cap is still worth showing to a person
_TYPO_LETTERS = 6  # below six letters one letter's difference is mostly another name
_SCORES = {Match.EXACT: 1.0, Match.FOLDED: 0.97, Match.ROMANISED: 0.91, Match.FUZZY: 0.5}


@dataclass(frozen=True, slots=True)
class Hit:
    """One place met by a spelling: by which of its names, how, how well (0..1)."""

    place: str
    name: str
    match: Match
    score: float
    because: str
    cost: float = 0.0
    cap: float = 0.0
    consonants: int = 0


class NameIndex:
    """All names of one layer. Insertion order decides nothing: hits are sorted by score and place id."""

    def __init__(self, entries: Iterable[Name]) -> None:
        self._names = tuple(entries)
        self._exact: dict[str, dict[str, str]] = defaultdict(dict)
        self._plain: dict[str, dict[str, str]] = defaultdict(dict)
        self._bare: dict[str, dict[str, str]] = defaultdict(dict)
        for name in self._names:
            text = unicodedata.normalize("NFC", name.text)
            plain = names.plain(text)
            self._exact[text].setdefault(name.place, text)
            self._plain[plain].setdefault(name.place, text)
            self._bare[names.strip_articles(plain)].setdefault(name.place, text)

    def exact_or_folded(self, text: str) -> list[Hit]:
        """Hits by the spelling itself, best likeness first; a place is named once."""
        text = unicodedata.normalize("NFC", text.strip())
        plain = names.plain(text)
        bare = names.strip_articles(plain)
        found: dict[str, Hit] = {}
        for table, form, match, score, because in (
            (self._exact, text, Match.EXACT, 1.0, "exact"),
            (self._plain, plain, Match.FOLDED, 0.97, "same but for case, accents and hyphens"),
            (self._bare, bare, Match.FOLDED, 0.95, "same but for the article"),
        ):
            for place, name in table.get(form, {}).items():
                found.setdefault(place, Hit(place, name, match, score, because))
        return list(found.values())

    @cached_property
    def _latin(self) -> dict[str, list[tuple[names.LatinKey, Name]]]:
        out: dict[str, list[tuple[names.LatinKey, Name]]] = defaultdict(list)
        for name in self._names:
            if not names.is_arabic(name.text):
                for key in names.latin_keys(name.text):
                    out[key.bucket].append((key, name))
        return out

    @cached_property
    def _arabic(self) -> dict[str, list[tuple[names.ArabicKey, Name]]]:
        out: dict[str, list[tuple[names.ArabicKey, Name]]] = defaultdict(list)
        for name in self._names:
            for key in names.arabic_keys(name.text):
                out[key.bucket].append((key, name))
        return out

    @cached_property
    def surfaces(self) -> dict[str, set[str]]:
        """Every folded surface that a text may write for a name, generic ones left out -> ids of its places."""
        out: dict[str, set[str]] = defaultdict(set)
        for name in self._names:
            if name.kind != "generic":
                for form in names.variants(name.text):
                    out[form].add(name.place)
        return dict(sorted(out.items()))

    @cached_property
    def _typos(self) -> dict[str, tuple[str, ...]]:
        """Each plain name with one letter left out -> the plain names that it may have been."""
        out: dict[str, tuple[str, ...]] = {}
        for plain in self._plain:
            if len(plain) >= _TYPO_LETTERS and plain.isascii():
                alone = (plain,)  # most forms are of one name: they share its tuple
                for form in _shortened(plain):
                    known = out.get(form)
                    out[form] = alone if known is None else known + alone
        return out

    def romanised(self, text: str) -> list[Hit]:
        """Hits by the key of the romanisation: ROMANISED within the cap, FUZZY up to twice the cap."""
        best: dict[str, Hit] = {}
        for hit in self._by_key(text):
            if hit.place not in best or hit.score > best[hit.place].score:
                best[hit.place] = hit
        return list(best.values())

    def _by_key(self, text: str) -> Iterator[Hit]:
        for mine in names.latin_keys(text):
            count = len(mine.letters)
            cap = names.cap_for(count)
            for latin, name in self._latin.get(mine.bucket, ()):
                yield from _key_hit(name, names.latin_cost(mine, latin), cap, count, "spelt alike")
            for arabic, name in self._arabic.get(mine.bucket, ()):
                yield from _key_hit(name, names.arabic_cost(arabic, mine), cap * ARABIC_SHARE, count, "Arabic name")

    def misspelt(self, text: str) -> list[Hit]:
        """Hits by one letter more, fewer or other (never used by itself, only offered)."""
        plain = names.plain(text)
        if len(plain) < _TYPO_LETTERS:
            return []
        found: dict[str, Hit] = {}
        for form in _shortened(plain):
            for other in self._typos.get(form, ()):
                if abs(len(other) - len(plain)) <= 1 and other != plain:
                    for place, name in self._plain[other].items():
                        found.setdefault(place, Hit(place, name, Match.FUZZY, 0.45, f"one letter from {name}"))
        return list(found.values())


@lru_cache(maxsize=2)
def indexed(entries: tuple[Name, ...]) -> NameIndex:
    """The index of these names: the same one for the same names, as before and after most edits.

    Two are kept, each of some tens of megabytes: an edit and its undo, a replay and the next one, find theirs again.
    """
    return NameIndex(entries)


def _shortened(plain: str) -> set[str]:
    return {plain} | {plain[:at] + plain[at + 1 :] for at in range(len(plain))}


def _key_hit(name: Name, cost: float, cap: float, consonants: int, how: str) -> Iterator[Hit]:
    if cost > cap * FUZZY_FACTOR:
        return
    match = Match.ROMANISED if cost <= cap else Match.FUZZY
    share = cost / cap if cap else 0.0
    score = _SCORES[match] - (0.1 * share if match is Match.ROMANISED else 0.1 * (share - 1))
    yield Hit(name.place, name.text, match, score, f"{how}: {name.text} (distance {cost:.2f} of {cap:.2f})", cost, cap,
              consonants)  # fmt: skip
