"""The account of a build: what was read, what reached the map, and what did not and why.

Articles and their reading in, an `Account` out. Every candidate stands in it once: as a claim on the map,
as a claim that is not (with its reason), or as a candidate that became no claim (with its reason).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from geo import timeline
from geo.actors import ActorRegistry
from geo.articles import Article
from geo.claims import CHANGES, Claim, Dropped, Method, Reason, Status
from geo.gazetteer import Gazetteer
from geo.maps.payload import counts_by_day
from geo.reading import Reading
from geo.sentences import sentences
from geo.timeline import ControlState

#: Beside the reasons of `claims`: published after the day for which the map was asked.
LATER = "published_later"
#: For so many of the most frequent unknown names the gazetteer is asked for like ones; each takes some milliseconds.
LOOKED_UP = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One article: how many sentences it has, its claims by status, how many are on the map, what was dropped."""

    article: Article
    sentences: int
    statuses: Mapping[str, int]
    mapped: int
    dropped: int

    @property
    def claims(self) -> int:
        return sum(self.statuses.values())


@dataclass(frozen=True, slots=True)
class Unmapped:
    """One candidate that is not on the map. claim is the id where it became a claim."""

    article: str
    start: int
    end: int
    sentence: str
    place_text: str | None
    trigger: str
    reason: str
    detail: str
    claim: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words that stand for something the gazetteer or the registry does not know, and how often."""

    text: str
    count: int
    articles: tuple[str, ...]
    reasons: tuple[str, ...]
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """What the map shows of one actor: claims of a change in its favour, and places it holds at the end."""

    actor: str
    name: str
    changes: int
    places: int


@dataclass(frozen=True, slots=True)
class Account:
    """The whole account. held: places with a state. days: (day, places changed on it), each with a map of its own.

    Sorted: rows and unmapped by article, days by date, the rest by number.
    """

    rows: tuple[Row, ...]
    sentences: int
    parsed: int
    claims: int
    mapped: int
    unmapped: tuple[Unmapped, ...]
    places: tuple[Wanted, ...]
    actors: tuple[Wanted, ...]
    sides: tuple[Side, ...]
    held: int
    days: tuple[tuple[date, int], ...] = ()
    as_known_on: date | None = None

    @property
    def candidates(self) -> int:
        """Claims, and candidates that became none."""
        return self.mapped + len(self.unmapped)

    @property
    def dropped(self) -> int:
        return self.candidates - self.claims

    @property
    def reasons(self) -> dict[str, int]:
        """How many candidates are not on the map, by reason, most frequent first."""
        found = Counter(one.reason for one in self.unmapped)
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def account(
    articles: Iterable[Article],
    reading: Reading,
    states: Sequence[ControlState],
    gazetteer: Gazetteer,
    actors: ActorRegistry,
    as_known_on: date | None = None,
) -> Account:
    """The account of a reading. as_known_on is the day that the timeline was asked for, if any."""
    by_id = {article.id: article for article in articles}
    off_map = [(claim, why(claim, as_known_on)) for claim in reading.claims]
    unmapped = [_unmapped_claim(claim, reason, by_id) for claim, reason in off_map if reason is not None]
    unmapped += [_unmapped_candidate(lost, by_id) for lost in reading.dropped]
    unmapped.sort(key=lambda one: (one.article, one.start, one.end, one.place_text or "", one.reason, one.claim or ""))
    statuses: dict[str, Counter[str]] = {}
    for claim in reading.claims:
        statuses.setdefault(claim.article, Counter())[str(claim.status)] += 1
    shown = [claim for claim, reason in off_map if reason is None]
    mapped = Counter(claim.article for claim in shown)
    dropped = Counter(lost.article for lost in reading.dropped)
    rows = [
        Row(
            article=article,
            sentences=len(sentences(article.text)),
            statuses={str(status): statuses.get(article.id, Counter())[str(status)] for status in Status},
            mapped=mapped[article.id],
            dropped=dropped[article.id],
        )
        for _, article in sorted(by_id.items())
    ]
    return Account(
        rows=tuple(rows),
        sentences=reading.sentences,
        parsed=reading.parsed,
        claims=len(reading.claims),
        mapped=mapped.total(),
        unmapped=tuple(unmapped),
        places=_wanted_places(unmapped, gazetteer),
        actors=_wanted_actors(reading.claims),
        sides=_sides(shown, states, actors),
        held=len({state.place_id for state in states}),
        days=tuple(counts_by_day(shown)),
        as_known_on=as_known_on,
    )


def why(claim: Claim, as_known_on: date | None = None) -> str | None:
    """Why a claim is not on the map, None where it is. What it says comes first, then where, then when."""
    if timeline.counts(claim, as_known_on):
        return None
    if claim.status in (Status.DENIED, Status.PLANNED, Status.HYPOTHETICAL):
        return str(claim.status)
    if claim.resolution is Method.AMBIGUOUS:
        return str(Reason.PLACE_AMBIGUOUS)
    if claim.place_id is None or not claim.is_placed or claim.resolution is Method.UNRESOLVED:
        return str(Reason.PLACE_UNKNOWN)
    if as_known_on is not None and (claim.published is None or claim.published > as_known_on):
        return LATER
    return str(Reason.NO_DATE) if claim.date is None else str(Reason.BACKGROUND)


def _unmapped_claim(claim: Claim, reason: str, articles: Mapping[str, Article]) -> Unmapped:
    detail = claim.resolution_basis if reason.startswith("place") else claim.date_basis
    return Unmapped(
        article=claim.article,
        start=claim.sentence_start,
        end=claim.sentence_end,
        sentence=_sentence(claim.article, claim.sentence_start, claim.sentence_end, articles),
        place_text=claim.place_text,
        trigger=claim.trigger,
        reason=reason,
        detail=detail,
        claim=claim.id,
    )


def _unmapped_candidate(lost: Dropped, articles: Mapping[str, Article]) -> Unmapped:
    return Unmapped(
        article=lost.article,
        start=lost.sentence_start,
        end=lost.sentence_end,
        sentence=_sentence(lost.article, lost.sentence_start, lost.sentence_end, articles),
        place_text=lost.place_text,
        trigger=lost.trigger,
        reason=str(lost.reason),
        detail=lost.detail,
        claim=None,
    )


def _sentence(article: str, start: int, end: int, articles: Mapping[str, Article]) -> str:
    return articles[article].text[start:end] if article in articles else ""


def _sides(mapped: Iterable[Claim], states: Iterable[ControlState], actors: ActorRegistry) -> tuple[Side, ...]:
    changes = Counter(claim.to_actor for claim in mapped if claim.kind in CHANGES and claim.to_actor is not None)
    places = Counter(state.controller for state in states if state.end is None and state.controller is not None)
    found = []
    for actor_id in sorted({*changes, *places}):
        known = actors.actors.get(actor_id)
        found.append(Side(actor_id, known.name if known else actor_id, changes[actor_id], places[actor_id]))
    return tuple(sorted(found, key=lambda side: (-side.places, -side.changes, side.actor)))


def _wanted_places(unmapped: Sequence[Unmapped], gazetteer: Gazetteer) -> tuple[Wanted, ...]:
    """Names that could not be placed: what an editor of the gazetteer should look at first."""
    reasons = (Reason.PLACE_UNKNOWN, Reason.PLACE_AMBIGUOUS)
    found = _wanted((one.place_text, one.article, one.reason) for one in unmapped if one.reason in reasons)
    likely = [replace(one, suggestions=_suggestions(one.text, gazetteer)) for one in found[:LOOKED_UP]]
    return (*likely, *found[LOOKED_UP:])


def _suggestions(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The likeliest places in words; the editor decides whether it is one of them."""
    return tuple(f"{found.place.name} ({found.place.id}): {found.because}" for found in gazetteer.lookup(text)[:3])


def _wanted_actors(claims: Iterable[Claim]) -> tuple[Wanted, ...]:
    """Words for a side that the registry does not know."""
    sides = (
        (text, claim.article, side)
        for claim in claims
        for text, actor, side in (
            (claim.to_text, claim.to_actor, "gains"),
            (claim.from_text, claim.from_actor, "loses"),
        )
        if actor is None
    )
    return _wanted(sides)


def _wanted(found: Iterable[tuple[str | None, str, str]]) -> tuple[Wanted, ...]:
    """Grouped without regard to case and blanks, most frequent first; the commonest spelling stands for the group."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for text, article, reason in found:
        plain = " ".join((text or "").split())
        if plain:
            groups.setdefault(plain.casefold(), []).append((plain, article, reason))
    made = []
    for rows in groups.values():
        spellings = Counter(text for text, _, _ in rows)
        made.append(
            Wanted(
                text=min(spellings, key=lambda text: (-spellings[text], text)),
                count=len(rows),
                articles=tuple(sorted({article for _, article, _ in rows})),
                reasons=tuple(sorted({reason for _, _, reason in rows})),
            )
        )
    return tuple(sorted(made, key=lambda one: (-one.count, one.text.casefold(), one.text)))
