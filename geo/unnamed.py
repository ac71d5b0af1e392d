"""Unnamed: a place that an article tells of before it says its name.

Wires begin "Rebels seized a strategic town in the north" and name the town further down. Such a phrase is the
place that the next sentences call by its kind ("the town of X"), else the place that the same side is told to
have taken, or left, right after. Where neither answers it stays what it says: some place in the north.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.claims import CHANGES, Kind, Status
from geo.discourse import Discourse, Said
from geo.drafts import Draft
from geo.frames.refs import PlaceRef
from geo.lexicon import lexicon
from geo.pointing import AHEAD, Pointing


class Introduced:
    """The places that an article has introduced by their kind alone, in order of the text."""

    def __init__(self, discourse: Discourse, pointing: Pointing) -> None:
        self._discourse, self._pointing = discourse, pointing
        self._last: dict[str, tuple[int, Said | None]] = {}

    def named(self, ref: PlaceRef) -> Said | None:
        """The name that the text gives afterwards to the place a phrase introduces, if it is called by its kind."""
        told = self._pointing.named_after(ref.end, ref.unnamed, (ref.text or "", *ref.parents))
        self._last[ref.unnamed] = ref.start, told
        return told

    def answers(self, ref: PlaceRef, said: Sequence[Said]) -> list[Said]:
        """What "the town" points back to: not to another place told before "a town" was introduced."""
        kind = ref.kind_words[0] if ref.kind_words and not ref.plural else ""
        if kind not in self._last:
            return list(said)
        start, told = self._last[kind]
        if any(s.start > start and self._pointing.kind_of(s) in ("", kind) for s in said):
            return list(said)
        if any(s.sentence == self._discourse.sentence_of(start) and s.start < start for s in said):
            return list(said)  # "took X, hours after it had lost a town in the south": the text is about X
        return [told] if told is not None else []


def named_later(drafts: Sequence[Draft], discourse: Discourse) -> list[Draft]:
    """Drafts with each place that was only introduced put under the name its side's next change gives it."""
    return [_named(draft, drafts[i + 1 :], discourse) if draft.ref.unnamed else draft for i, draft in enumerate(drafts)]


def _named(draft: Draft, later: Sequence[Draft], discourse: Discourse) -> Draft:
    if draft.kind not in CHANGES or draft.status is not Status.REPORTED:
        return draft
    last = discourse.sentence_of(draft.sentence[0]) + AHEAD
    for other in later:
        if discourse.sentence_of(other.sentence[0]) > last:
            break
        if _one_event(draft, other):
            ref, own = other.ref, draft.ref
            return replace(draft, ref=replace(ref, start=own.start, end=own.end, holder=ref.holder or own.holder))
    return draft


def _one_event(draft: Draft, other: Draft) -> bool:
    """Whether a change of a named place may be the one told before of a place without its name."""
    if other.kind not in CHANGES or other.status is not Status.REPORTED or other.sentence == draft.sentence:
        return False
    ref = other.ref
    if ref.unnamed or ref.anchored or ref.count is not None or not ref.text:
        return False
    if ref.text in (draft.ref.text, *draft.ref.parents):
        return False
    if any(lexicon().is_class(kind, "facility") for kind in ref.kind_words) and draft.ref.unnamed not in ref.kind_words:
        return False
    leaves = draft.kind is Kind.WITHDRAWAL
    a, b = (draft.loser, other.loser) if leaves else (draft.taker, other.taker)
    return a.actor is not None and b.actor is not None and a.actor.id == b.actor.id and _same_days(draft, other)


def _same_days(a: Draft, b: Draft) -> bool:
    if a.when.span is None or b.when.span is None:
        return True
    return abs((a.when.span.day - b.when.span.day).days) <= 1
