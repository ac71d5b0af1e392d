"""The rules of the timeline for one place: its claims in, its states out.

The rules are those of docs/timeline.md; `Rn` in a comment names the rule that a line follows. The
claims are taken day by day; on one day changes of the whole place go first, then departures, partial
changes, holds, and last fighting and sieges.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, zip_longest

from geo.claims import CHANGES, Claim, Kind
from geo.timeline.states import Condition, ControlState
from geo.timeline.weight import Camp, Scales, publishers

#: Two takers whose dates are no further apart than this are taken to be two accounts of one event (R9):
#: a day of fighting is often dated by its eve, and by the paper of the morning after.
SAME_EVENT = timedelta(days=2)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _State:
    """A state in the making. base set the controller, own came later, against contradict it.

    takes are the changes of the last event, anchor the first day of it (None: set by a hold).
    """

    start: date
    controller: str | None
    previous: str | None
    rivals: tuple[str, ...]
    condition: Condition
    base: tuple[Claim, ...]
    own: tuple[Claim, ...] = ()
    against: tuple[Claim, ...] = ()
    takes: tuple[Claim, ...] = ()
    anchor: date | None = None
    basis: str = ""

    @property
    def face(self) -> tuple[str | None, tuple[str, ...], Condition]:
        return self.controller, self.rivals, self.condition

    def is_recent(self, day: date) -> bool:
        return self.anchor is not None and day - self.anchor <= SAME_EVENT


def states_of(place_id: str, claims: Sequence[Claim], scales: Scales) -> list[ControlState]:
    """The states of one place, in order of time. Every claim must have a date and count (see `timeline`)."""
    history = _History(scales)
    ordered = sorted(claims, key=lambda c: (c.date or date.min, c.published or date.max, c.id))
    for day, todays in groupby(ordered, key=lambda c: c.date or date.min):
        history.add(day, list(todays))
    return history.finished(place_id)


class _History:
    """The states of one place while its claims are read."""

    def __init__(self, scales: Scales) -> None:
        self.scales, self.sides = scales, scales.sides
        self.states: list[_State] = []

    def add(self, day: date, claims: Sequence[Claim]) -> None:
        """Apply the claims of one day. Days must come in order."""
        changes = [c for c in claims if c.kind in CHANGES]
        takes = [c for c in changes if _is_whole(c) and c.to_actor is not None]
        if takes:
            self._put(self._taken(day, takes))
        for claim in changes:
            if _is_whole(claim) and claim.to_actor is None:
                self._left(day, claim)
        parts = [c for c in changes if not _is_whole(c)]
        if parts:
            self._parted(day, parts)
        fights = [c for c in claims if c.kind in (Kind.CONTESTED, Kind.SIEGE)]
        self._holds(day, [c for c in claims if c.kind is Kind.HOLD and c.to_actor is not None], bool(fights))
        for kind, condition in ((Kind.CONTESTED, Condition.CONTESTED), (Kind.SIEGE, Condition.BESIEGED)):
            self._fought(day, [c for c in fights if c.kind is kind], condition)

    def finished(self, place_id: str) -> list[ControlState]:
        """The states as others see them. Days that established nothing leave none."""
        ends = [state.start - _DAY for state in self.states[1:]]
        return [self._finish(place_id, state, end) for state, end in zip_longest(self.states, ends)]

    def _finish(self, place_id: str, state: _State, end: date | None) -> ControlState:
        last = self._expiry(state)
        supporting = _unique((*state.base, *state.own))
        known = {claim.id for claim in supporting}
        reported = [claim.published for claim in supporting if claim.published is not None]
        return ControlState(
            place_id=place_id,
            start=state.start,
            end=end if last is None or (end is not None and end < last) else last,
            controller=state.controller,
            previous=state.previous,
            rivals=state.rivals,
            condition=state.condition,
            supporting=tuple(claim.id for claim in supporting),
            conflicting=tuple(claim.id for claim in _unique(state.against) if claim.id not in known),
            sources=publishers(supporting, self.scales.evidence),
            last_reported=max(reported, default=None),
            basis=state.basis,
        )

    def _expiry(self, state: _State) -> date | None:
        """R14: the last day of a state whose controller ends; None where it does not."""
        last = self.sides.last_day(state.controller)
        return last if last is not None and last >= state.start else None

    def _now(self, day: date) -> _State | None:
        """The state that still stands on `day`."""
        if not self.states:
            return None
        last = self._expiry(self.states[-1])
        return None if last is not None and last < day else self.states[-1]

    def _put(self, state: _State) -> None:
        """Make `state` the last one; one that shows nothing new is joined to the one before it."""
        if self.states and self.states[-1].start == state.start:
            self.states.pop()
        before = self._now(state.start)
        if before is not None and before.start < state.start and before.face == state.face:
            self.states[-1] = replace(
                state,
                start=before.start,
                previous=before.previous,
                base=before.base,
                own=(*before.own, *state.base, *state.own),
                against=(*before.against, *state.against),
                basis=state.basis or before.basis,
            )
        else:
            self.states.append(state)

    def _support(self, *claims: Claim) -> None:
        self.states[-1] = replace(self.states[-1], own=(*self.states[-1].own, *claims))

    def _oppose(self, *claims: Claim) -> None:
        self.states[-1] = replace(self.states[-1], against=(*self.states[-1].against, *claims))

    def _taken(self, day: date, takes: list[Claim]) -> _State:
        """R1, R2, R9, R10, R11: the whole place changes hands, by one account or by several."""
        now = self._now(day)
        one_event = now is not None and now.is_recent(day) and not any(self._follows(claim, now) for claim in takes)
        cluster = (*now.takes, *takes) if now is not None and one_event else tuple(takes)
        camps = self.scales.camps(cluster)
        first, others = camps[0], camps[1:]
        controller = first.sides[0]
        if now is not None and len(camps) == 1 and now.condition is Condition.HELD and self._confirms(first, now):
            return replace(now, own=(*now.own, *takes), takes=cluster, anchor=now.anchor if one_event else day)
        return _State(
            start=day,
            controller=controller,
            previous=self._previous(now, first, one_event),
            rivals=tuple(sorted({*first.sides[1:], *(camp.sides[0] for camp in others)})),
            condition=Condition.DISPUTED if others else Condition.HELD,
            base=first.claims,
            against=tuple(claim for camp in others for claim in camp.claims),
            takes=cluster,
            anchor=now.anchor if now is not None and one_event else day,
            basis=_why(first, others),
        )

    def _follows(self, claim: Claim, now: _State) -> bool:
        """True where the claim itself says that it comes after the present state."""
        if self.sides.same(claim.to_actor, now.controller) or claim.date == now.takes[-1].date:
            return False
        return claim.kind is Kind.RECAPTURE or self.sides.same(claim.from_actor, now.controller)

    def _confirms(self, camp: Camp, now: _State) -> bool:
        """True where the camp says no more than is known: the same side, or a wider name for it."""
        lost = any(self.sides.same(claim.from_actor, now.controller) for claim in camp.claims)
        wider = () if now.controller is None or lost else self.sides.line(now.controller)
        return camp.sides == (now.controller,) or all(side in wider for side in camp.sides)

    def _previous(self, now: _State | None, camp: Camp, one_event: bool) -> str | None:
        """Who held it before: as the timeline knows it, else as the winning claims say."""
        controller = camp.sides[0]
        known = () if now is None else (now.previous,) if one_event else (now.controller, now.previous)
        for actor in known:
            if actor is not None and actor != controller:
                return actor
        named = [claim.from_actor for claim in camp.claims if claim.from_actor not in (None, controller)]
        return min(named, key=lambda actor: (-named.count(actor), actor or "")) if named else None

    def _left(self, day: date, claim: Claim) -> None:
        """R5, R6: somebody leaves or loses it, and no taker is known."""
        now, loser = self._now(day), claim.from_actor
        if now is None:
            self._put(_State(day, None, loser, (), Condition.VACATED, (claim,), basis=_stranger(claim)))
            return
        of_holder = loser is None or self.sides.same(loser, now.controller)
        told = loser is None and now.is_recent(day)
        if told or now.condition is Condition.VACATED or self.sides.same(loser, now.previous):
            self._support(claim)
        elif of_holder and now.takes and now.takes[-1].date == day:
            self._oppose(claim)
        elif of_holder or now.controller is None:
            before = now.controller or loser or now.previous
            inside = tuple(r for r in now.rivals if r != loser) if now.condition is Condition.PARTLY_HELD else ()
            self._put(_State(day, None, before, inside, Condition.VACATED, (claim,), basis=_stranger(claim)))
        elif loser in now.rivals:
            rivals = tuple(rival for rival in now.rivals if rival != loser)
            left = replace(now, rivals=rivals, condition=now.condition if rivals else Condition.HELD, basis="")
            self._put(_onward(left, day, claim))
        else:
            self._oppose(claim)

    def _parted(self, day: date, parts: list[Claim]) -> None:
        """R3, R4: part of it changes hands; the taker becomes a rival of whoever has the rest."""
        now = self._now(day)
        takers = sorted({claim.to_actor for claim in parts if claim.to_actor is not None})
        losers = sorted({claim.from_actor for claim in parts if claim.from_actor is not None} - set(takers))
        controller = now.controller if now is not None else None
        if now is None or controller is None:
            holders = losers or takers
            if not holders:
                return
            standing = now.rivals if now is not None else ()
            before = now.previous if now is not None and now.previous != holders[0] else None
            rivals = tuple(sorted({*standing, *takers} - {holders[0]}))
            self._put(_State(day, holders[0], before, rivals, Condition.PARTLY_HELD, tuple(parts)))
            return
        fresh = {taker for taker in takers if not self.sides.same(taker, controller)}
        if fresh or (not takers and any(self.sides.same(loser, controller) for loser in losers)):
            rivals = tuple(sorted({*now.rivals, *fresh}))
            parted = replace(now, rivals=rivals, condition=Condition.PARTLY_HELD, takes=(), anchor=None)
            self._put(_onward(parted, day, *parts))
        elif takers:
            self._support(*parts)
        else:
            self._oppose(*parts)

    def _holds(self, day: date, holds: list[Claim], fighting: bool) -> None:
        """R7, R8: who is said to have it, where nothing changes."""
        now = self._now(day)
        if now is not None and now.condition is Condition.VACATED:
            stale = [c for c in holds if self.sides.same(c.to_actor, now.previous) and day - now.start <= SAME_EVENT]
            self._oppose(*stale)
            holds = [claim for claim in holds if claim not in stale]
        if holds and (now is None or now.controller is None):
            self._put(self._established(day, holds, now))
            return
        for claim in holds:
            self._held(day, claim, fighting)

    def _established(self, day: date, holds: list[Claim], now: _State | None) -> _State:
        camps = self.scales.camps(holds)
        first, others = camps[0], camps[1:]
        rivals = {*first.sides[1:], *(camp.sides[0] for camp in others)}
        condition = Condition.DISPUTED if others else Condition.HELD
        if now is not None and now.condition is Condition.BESIEGED and not others:
            rivals, condition = {*rivals, *now.rivals} - {first.sides[0]}, Condition.BESIEGED
        return _State(
            start=day,
            controller=first.sides[0],
            previous=now.previous if now is not None and now.previous != first.sides[0] else None,
            rivals=tuple(sorted(rivals)),
            condition=condition,
            base=first.claims,
            against=tuple(claim for camp in others for claim in camp.claims),
            basis=_why(first, others),
        )

    def _held(self, day: date, claim: Claim, fighting: bool) -> None:
        now, holder = self.states[-1], claim.to_actor or ""
        if self.sides.allied(holder, now.controller):
            if now.condition is Condition.CONTESTED and now.start < day and not fighting:
                self._put(_onward(replace(now, rivals=(), condition=Condition.HELD), day, claim))
            else:
                self._support(claim)
        elif now.condition is Condition.PARTLY_HELD and holder in now.rivals:
            self._support(claim)
        elif self._is_stale(claim, now, day) or (now.condition is Condition.DISPUTED and holder in now.rivals):
            self._oppose(claim)
        else:
            rivals = tuple(sorted({*now.rivals, holder}))
            against = (*now.against, claim)
            self._put(_onward(replace(now, rivals=rivals, condition=Condition.DISPUTED, against=against), day))

    def _is_stale(self, hold: Claim, now: _State, day: date) -> bool:
        """R8: a hold that tells of the time just before the change: the loser's, or of the same article."""
        if not now.is_recent(day):
            return False
        losers = (now.previous, *(take.from_actor for take in now.takes))
        of_loser = any(self.sides.allied(hold.to_actor, loser) for loser in losers)
        return of_loser or hold.article in {take.article for take in now.takes}

    def _fought(self, day: date, claims: list[Claim], condition: Condition) -> None:
        """R12, R13: fighting for it, or a ring around it, with no outcome."""
        now = self._now(day)
        named = {actor for claim in claims for actor in (claim.to_actor, claim.from_actor) if actor is not None}
        if not claims:
            return
        if now is None:
            self._put(_State(day, None, None, tuple(sorted(named)), condition, tuple(claims)))
        elif now.condition not in (Condition.HELD, Condition.VACATED, Condition.CONTESTED):
            self._support(*claims)
        elif now.start < day or not _has_change(now.base, day):
            standing = now.rivals if now.condition is Condition.CONTESTED else ()
            rivals = sorted(r for r in {*standing, *named} if not self.sides.same(r, now.controller))
            self._put(_onward(replace(now, rivals=tuple(rivals), condition=condition), day, *claims))


def _onward(state: _State, day: date, *claims: Claim) -> _State:
    """The state from `day` on, with the claims of that day as its own."""
    return replace(state, start=day, own=(*(state.own if state.start == day else ()), *claims))


def _is_whole(claim: Claim) -> bool:
    """R4: unnamed places inside a place ("twelve villages of ...") are a part of it."""
    return claim.kind is not Kind.PARTIAL_CAPTURE and claim.count is None


def _stranger(claim: Claim) -> str:
    """R5: the words for a taker whom the registry does not know; empty where none is named."""
    return f"taken by “{claim.to_text}”, a side that the registry does not know" if claim.to_text else ""


def _has_change(claims: Iterable[Claim], day: date) -> bool:
    return any(claim.kind in CHANGES and claim.date == day for claim in claims)


def _unique(claims: Iterable[Claim]) -> list[Claim]:
    found = {claim.id: claim for claim in claims}
    return sorted(found.values(), key=lambda c: (c.date or date.min, c.published or date.max, c.id))


def _why(first: Camp, others: Sequence[Camp]) -> str:
    """What decided between camps, in words; empty where there is one."""
    if not others:
        return ""
    if first.admitted and not others[0].admitted:
        return "the side that lost it says so itself"
    if first.sources > others[0].sources:
        return f"more sources ({first.sources} against {others[0].sources})"
    if first.rank > others[0].rank:
        return "the later report"
    return "equal reports; first by name"
