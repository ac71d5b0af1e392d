"""Settling: the frames of an article in; drafts, and the candidates that became none, out.

Each frame's places, sides, date and status are settled with what the whole article says. A frame
that fails on the way is kept with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from geo.actors import ActorRegistry
from geo.articles import Article
from geo.attribution import attribution
from geo.claims import CHANGES, Dropped, Kind, Reason, Status
from geo.dates import DateMention, DateSpan, Precision
from geo.discourse import Discourse, Said
from geo.drafts import HAPPENED, Draft, held_before, merged, taken_back
from geo.frames.parsed import Parsed
from geo.frames.refs import PlaceRef
from geo.frames.rules import Frame
from geo.frames.serial import SHAPE as SERIES
from geo.gazetteer import Gazetteer
from geo.hedges import hedge
from geo.kinds import families, settled_kind
from geo.lexicon import lexicon
from geo.masking import Masked
from geo.mentions import Mention, Sort
from geo.opponents import NEXT, Opponents
from geo.patterns import Second, Tight, compared, tight
from geo.places import evidence, not_a_place
from geo.pointing import Pointing
from geo.recalled import Recalled
from geo.rivals import STATES
from geo.sides import NOBODY, Scene, Side, Sides
from geo.speakers import Speakers
from geo.telling import own_words, teller
from geo.unnamed import Introduced, named_later
from geo.voice import Voice
from geo.when import Dated, dated, status_with_date

_BOILERPLATE = re.compile(
    r"(?:Published originally|Tags?:|Related|READ(?: MORE)?:|Subscribe|Follow us|Editing by|Reporting by"
    r"|pic\.twitter|Sign up)"
)


_WHENCE = re.compile(r" (?:from|of|in|at|near) .*")
_TAKING = frozenset({"take", "clear", "nominal_take"})
_CONCEDED = re.compile(r"\b(?:acknowledged?|admit(?:s|ted)?|conced(?:ed?|es)|confessed|lament(?:s|ed)|overr[ua]n)\b")
FRESH = 10
"""A day further back than this is no longer the running date of a news text: it is told as context."""


_BODIES = frozenset("group groups outfit outfits organisation organization gang gangs elements groupings".split())
"""What a loaded word may stand before: "the terrorist outfit"."""
_POINTING = frozenset({"it", "former", "latter"})


Told = tuple[Sequence[DateMention], Parsed | None, Sequence[Frame]]
"""What a sentence with a word of control tells: its dates and, where it was worth a parse, its tree and its frames."""


class Settler:
    """Settles the frames of one article. `settle` is to be called once."""

    def __init__(
        self,
        article: Article,
        spans: Sequence[tuple[int, int, Sequence[Mention]]],
        gazetteer: Gazetteer,
        actors: ActorRegistry,
    ) -> None:
        self.article, self.gazetteer, self.actors = article, gazetteer, actors
        self.discourse = Discourse(article.text, spans, gazetteer, actors, article.published)
        self.sides = Sides(self.discourse, actors, Speakers(article.text, self.discourse))
        self.opponents = Opponents(self.discourse, actors)
        self.voice = Voice(article.publisher, actors)
        self.running: DateSpan | None = None
        self._tight: tuple[Masked, list[Tight]] | None = None
        self.recalled = Recalled(article.published, self.discourse)
        self.pointing = Pointing(self.discourse, gazetteer)
        self.introduced = Introduced(self.discourse, self.pointing)
        self.drafts: list[Draft] = []
        self.dropped: list[Dropped] = []

    def settle(self, sentences: Iterable[Told]) -> list[Draft]:
        """Drafts of the parsed sentences, in order of the text; of those that were not worth a parse, the dates."""
        for dates, parsed, frames in sentences:
            if parsed is not None:
                if _BOILERPLATE.match(parsed.masked.original):
                    continue
                for frame in frames:
                    self._frame(frame, parsed)
            self._keep_date(dates)
            self.recalled.hear(dates, parsed)
        return taken_back(held_before(merged(named_later(self.drafts, self.discourse))))

    def _keep_date(self, dates: Sequence[DateMention]) -> None:
        """A day told in a sentence with an event goes on to the undated sentences after it."""
        published = self.article.published
        for d in dates:
            if d.span is None or published is None or d.role not in ("point", "since"):
                continue
            first = d.span.start if d.role == "since" else d.span.end
            fresh = d.span.end <= published and (published - first).days <= FRESH
            if fresh and d.span.precision in (Precision.DAY, Precision.RANGE):
                self.running = d.span

    def _drop(self, frame: Frame, parsed: Parsed, reason: Reason, detail: str, place: str | None = None) -> None:
        self.dropped.append(Dropped(self.article.id, parsed.start, parsed.end, frame.word, place, reason, detail))

    def _frame(self, frame: Frame, parsed: Parsed) -> None:
        if frame.reason is not None:
            side = frame.taker or frame.loser
            self._drop(frame, parsed, frame.reason, f"“{side.text if side else ''}” is no side")
            return
        if not frame.places:
            self._drop(frame, parsed, Reason.NO_PLACE, "no place in the slot of the trigger")
            return
        if parsed.masked.original.rstrip("\"'”’").endswith("?") and frame.kind in CHANGES:
            frame = replace(frame, status=Status.HYPOTHETICAL, status_word="?")
        when = dated(frame, parsed, self.article.published, self.running, self.recalled)
        status = status_with_date(frame.status, when, self.article.published)
        on = when.span.day if when.span is not None else self.article.published
        names = [ref.text for ref in frame.places if ref.text] or self._pointed_at(frame.places[0])
        source = attribution(frame, parsed, self.discourse)
        scene = Scene(frame, parsed, on, self.discourse.country(frame.places[0].start, names), source)
        scene = self.sides.at_home(scene)
        taker = self.voice.heard(self.sides.read(frame.taker, scene, frame.loser), frame.taker, scene)
        loser = self.voice.heard(self.sides.read(frame.loser, scene, frame.taker), frame.loser, scene)
        taker = own_words(taker, frame.taker, source, scene, self.actors)
        for ref in frame.places:
            for place in self._settled(ref, frame, parsed):
                self._draft(place, scene, when, status, taker, loser)

    def _pointed_at(self, ref: PlaceRef) -> list[str]:
        """The names that "it" or "the town" points back to: they say which country's war it is."""
        return [said.text for said in self.pointing.place_before(ref.start, ref.kind_words, ref.plural)]

    def _settled(self, ref: PlaceRef, frame: Frame, parsed: Parsed) -> list[PlaceRef]:
        """The place itself, or what a pointing phrase points back to; nothing where nothing answers."""
        if ref.unnamed:
            told = self.introduced.named(ref)
            if told is not None:
                return [self._pointed(replace(ref, kind_words=(ref.unnamed,), count=None), told)]
        if ref.text is not None:
            judgement = self.gazetteer.judgements.of(self.article.id, ref.text, parsed.start)
            if judgement is None:
                reason = not_a_place(ref, frame, parsed, self.discourse, self.gazetteer, self.actors)
            else:
                reason = None if judgement.place is not None else (Reason.NOT_A_PLACE, judgement.basis)
            if reason is not None:
                self._drop(frame, parsed, *reason, place=ref.text)
                return []
            if ref.sort is Sort.NAME:
                self.discourse.promote(ref.text)
            return [ref]
        if ref.count is not None:
            self._drop(frame, parsed, Reason.NO_PLACE, f"an unnamed set ({' '.join(ref.kind_words)}) with no location")
            return []
        before = self.pointing.place_before(ref.start, ref.kind_words, ref.plural)
        said = self.introduced.answers(ref, before)
        if not said and ref.kind_words and lexicon().is_class(ref.kind_words[0], "facility") and not ref.plural:
            around = self.pointing.town_around(ref.start)
            if around is not None:
                text = self.article.text[ref.start : ref.end]
                return [replace(ref, text=text, parents=(around.text,), anchored=True)]
        if not said:
            self._drop(frame, parsed, Reason.NO_PLACE, f"“{' '.join(ref.kind_words) or 'it'}” points back to no place")
            return []
        return [self._pointed(ref, s) for s in said]

    def _pointed(self, ref: PlaceRef, said: Said) -> PlaceRef:
        """The place a pronoun or "the town" stands for; of a facility with a town's name before it the facility."""
        kinds = tuple(k for k in ref.kind_words if k not in _POINTING)
        kind, through = self.pointing.kind_of(said), self.pointing.through(said)
        facility = through > said.end and lexicon().is_class(kind, "facility")
        whole = facility and all(lexicon().is_class(k, "facility") for k in kinds)
        return replace(
            ref,
            text=self.article.text[said.start : through] if whole else said.text,
            kind_words=(kind, *kinds) if kind else kinds,
            parents=(said.text,) if whole else ref.parents,
            certain=True,
            plural=True,
            sort=said.sort,
            anchored=whole,
        )

    def _draft(self, ref: PlaceRef, scene: Scene, when: Dated, status: Status, taker: Side, loser: Side) -> None:
        frame, parsed = scene.frame, scene.parsed
        kind = frame.kind
        if ref.partial and kind in (Kind.CAPTURE, Kind.RECAPTURE) and not ref.count:
            kind = Kind.PARTIAL_CAPTURE if kind is Kind.CAPTURE else kind
        if not loser.said and ref.holder and kind in CHANGES:
            loser = self.sides.holder(ref.holder, scene)
        if kind in CHANGES - {Kind.WITHDRAWAL} and status is Status.REPORTED:
            taker, loser = self._inferred(kind, taker, loser, ref, scene)
        elif kind is Kind.WITHDRAWAL and status is Status.REPORTED and loser.actor is not None and not taker.said:
            taker = self.opponents.pressing(loser.actor, scene)
        if taker.actor is not None and loser.actor is not None and self.actors.kin(taker.actor.id, loser.actor.id):
            loser = NOBODY
        kind = settled_kind(kind, scene, taker, loser, self.actors)
        before = self._change_before(ref.start) if frame.shape == SERIES and not taker.said else None
        if before is not None:
            kind, taker, loser = Kind.CAPTURE, before.taker, before.loser
        if frame.shape == SERIES and not taker.said and before is None:
            self._drop(frame, parsed, Reason.NO_ACTOR, "goes on from no change told before", ref.text)
            return
        if not (taker.said or loser.said or frame.strong or kind not in CHANGES or evidence(ref, self.gazetteer)):
            self._drop(frame, parsed, Reason.NO_ACTOR, "no side named and the word alone is too weak", ref.text)
            return
        if kind in CHANGES and taker.actor is None and loser.actor is None and self.discourse.names_no_side():
            self._drop(frame, parsed, Reason.NO_ACTOR, "the article names no side that could take it", ref.text)
            return
        if taker.actor is not None and ref.text and kind is not Kind.WITHDRAWAL and status in HAPPENED:
            sure = not taker.basis.startswith("inferred") or loser.said and not loser.basis.startswith("inferred")
            news = kind in CHANGES and status is Status.REPORTED and sure
            self.opponents.remember(ref.text, taker.actor, ref.start, news=news)
        sentence, decisive = (parsed.start, parsed.end), self._evidence(ref, scene)
        self.drafts.append(
            Draft(
                ref=ref,
                kind=kind,
                status=status,
                status_word=frame.status_word,
                taker=taker,
                loser=loser,
                when=when,
                trigger=frame.word,
                shape=frame.shape,
                strong=frame.strong,
                sentence=sentence,
                evidence=decisive,
                attribution=scene.source,
                country=scene.country,
                hedge=hedge(self.article.text, sentence, decisive),
                second=self._second(ref, scene) if kind in CHANGES and status is Status.REPORTED else Second.SILENT,
            )
        )

    def _change_before(self, offset: int) -> Draft | None:
        """The last change told, where it was told a sentence or two ago."""
        told = next((d for d in reversed(self.drafts) if d.kind in CHANGES and d.status is Status.REPORTED), None)
        near = (
            told is not None and self.discourse.sentence_of(offset) - self.discourse.sentence_of(told.ref.start) <= NEXT
        )
        return told if near else None

    def _second(self, ref: PlaceRef, scene: Scene) -> Second:
        """What the patterns, which know no tree, say of the place and its taker."""
        side = scene.frame.taker
        span = (side.start, side.end) if side is not None else None
        if self._tight is None or self._tight[0] is not scene.parsed.masked:
            self._tight = scene.parsed.masked, tight(scene.parsed.masked)
        return compared(self._tight[1], (ref.start, ref.end), span)

    def _evidence(self, ref: PlaceRef, scene: Scene) -> tuple[int, int]:
        """From the first to the last of the decisive words: trigger, place, sides."""
        spans = [scene.parsed.at(scene.frame.trigger), (ref.start, ref.end)]
        spans += [(side.start, side.end) for side in (scene.frame.taker, scene.frame.loser) if side is not None]
        inside = [(a, b) for a, b in spans if scene.parsed.start <= a < b <= scene.parsed.end]
        return min(a for a, _ in inside), max(b for _, b in inside)

    def _inferred(self, kind: Kind, taker: Side, loser: Side, ref: PlaceRef, scene: Scene) -> tuple[Side, Side]:
        """The sides with those the sentence leaves out inferred from the article, where one is clear."""
        place = ref.text or ""
        if taker.actor is not None and (not loser.said or self._loaded(loser)):
            other = self.opponents.other(taker.actor, place, ref.start, scene)
            return taker, other if not loser.said else self._meant(loser, other)
        if loser.actor is not None and (not taker.said or self._loaded(taker)):
            other = self.opponents.other(loser.actor, place, ref.start, scene)
            return other if not taker.said else self._meant(taker, other), loser
        if not taker.said and not loser.said and kind in (Kind.CAPTURE, Kind.RECAPTURE):
            told = self.opponents.news_of(kind, place, ref.start, scene)
            if told[0].said:
                return told
            before = self.opponents.as_before(place, ref.start, scene)
            if before[0].said:
                return before
            both = self.opponents.both(kind, place, ref.start, scene)
            return both if both[0].said else self._told(place, ref, scene)
        return taker, loser

    def _told(self, place: str, ref: PlaceRef, scene: Scene) -> tuple[Side, Side]:
        """The sides of "X has been taken, the army said": an army, a ministry, its paper tell what their side took."""
        words, sentence = scene.source, scene.parsed.masked.original
        if words is None or _TAKING.isdisjoint(families(scene.frame)) or _CONCEDED.search(sentence):
            return NOBODY, NOBODY
        own = teller(words, scene, self.actors)
        if own is None:
            return NOBODY, NOBODY
        other = self.opponents.other(own, place, ref.start, scene)
        return Side(own, None, f"inferred: {words} tells it, and tells of no other taker"), other

    def _meant(self, side: Side, other: Side) -> Side:
        """A side called "militants": the one that fights the other, where that is no state."""
        known = other.actor is not None and other.actor.bloc not in STATES
        return replace(other, text=side.text) if known else side

    def _loaded(self, side: Side) -> bool:
        """ "the terrorists", "militants": whoever is called so is the enemy of the other side."""
        words = _WHENCE.sub("", side.text or "").lower().split()
        body = len(words) > 1 and words[-1] in _BODIES and lexicon().is_class(words[-2], "loaded")
        return side.actor is None and bool(words) and (body or lexicon().is_class(words[-1], "loaded"))
