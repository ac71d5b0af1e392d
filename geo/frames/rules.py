"""Frame rules: for each class of trigger, which slots hold the places, the taker and the loser.

Comes from a `Parsed` sentence; yields `Frame`s. A rule returns nothing where its slots do not fit,
and the reason is kept for the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from spacy.tokens import Token

from geo.claims import Kind, Reason, Status
from geo.frames.parsed import Parsed
from geo.frames.phrases import PlaceRef, SideRef, place_refs, side_ref, with_neighbours
from geo.frames.slots import (
    antecedent,
    conjuncts,
    doer,
    grammatical_subject,
    is_passive,
    is_verb,
    objects_of,
    particle,
    undergoer,
)
from geo.frames.status import status
from geo.lexicon import Trigger, lexicon
from geo.mentions import Sort


@dataclass(frozen=True)
class Frame:
    """One reported event or state. trigger is the token that carries it."""

    trigger: Token
    word: str
    kind: Kind
    places: tuple[PlaceRef, ...]
    taker: SideRef | None
    loser: SideRef | None
    status: Status
    status_word: str
    strong: bool
    shape: str = "verb"
    reason: Reason | None = None
    clause: Token | None = None
    notes: tuple[str, ...] = field(default=())


Rule = Callable[[Token, Trigger, Parsed], Iterator[Frame]]


def frames(parsed: Parsed) -> list[Frame]:
    """Every frame of a sentence, in order of its triggers; the held-words ("rebel-held X") last."""
    out: list[Frame] = []
    for token in parsed.doc:
        if parsed.mention(token) is not None:
            continue
        lex = lexicon()
        if (is_verb(token) or any(c.dep_ == "agent" for c in token.children)) and token.dep_ not in ("compound",):
            trigger = lex.verbs.get(token.lower_)
            if trigger is not None and not _adjectival(token, parsed):
                out += list(_RULES[trigger.frame](token, trigger, parsed))
            if token.lower_ in (
                "raise",
                "raised",
                "raising",
                "hoist",
                "hoisted",
                "hoisting",
                "planted",
                "plant",
                "unfurled",
            ):
                out += list(_flag(token, parsed))
            if token.lower_ in ("was", "were", "is", "are", "include", "included", "includes"):
                out += list(_among(token, parsed))
            if token.lower_ in ("changed", "change", "changes", "swapped", "traded", "trading", "changing"):
                out += list(_changed_hands(token, parsed))
        elif token.tag_.startswith("NN") or token.tag_ in ("VBG", "VB"):
            trigger = lex.nouns.get(token.lower_)
            if trigger is not None:
                out += list(_RULES[trigger.frame](token, trigger, parsed))
    out += list(_held(parsed))
    return out


def _adjectival(verb: Token, parsed: Parsed) -> bool:
    """ "occupied Donbas", "the captured town": a participle that only describes."""
    if verb.tag_ != "VBN" or any(c.dep_ in ("aux", "auxpass", "agent") for c in verb.children):
        return False
    following = verb.nbor(1) if verb.i + 1 < len(verb.doc) else None
    return verb.dep_ == "amod" or (
        following is not None and parsed.mention(following) is not None and verb.dep_ not in ("acl", "ROOT", "conj")
    )


def _frame(
    token: Token,
    trigger: Trigger,
    places: list[PlaceRef],
    taker: Token | None,
    loser: Token | None,
    parsed: Parsed,
    kind: Kind | None = None,
    **more: Any,
) -> Frame:
    state, word = status(token)
    reason = (
        Reason.NOT_CONTROL if _no_side(taker, parsed) and trigger.frame in ("take", "clear", "expel", "enter") else None
    )
    base = Frame(
        token,
        token.text,
        kind or trigger.kind,
        tuple(places),
        side_ref(taker, parsed) if taker is not None else None,
        side_ref(loser, parsed) if loser is not None else None,
        state,
        word,
        trigger.strong,
        reason=reason,
    )
    return replace(base, **more)


_EVENTS = frozenset(
    "assault offensive attack counterattack counteroffensive counter-offensive advance push operation campaign raid "
    "blitz ambush invasion incursion onslaught drive uprising strikes bombardment raids deal agreement units column "
    "convoy victory".split()
)


def _no_side(head: Token | None, parsed: Parsed) -> bool:
    """A common noun that can hold nothing: the virus, prices, the fire."""
    if head is None:
        return False
    head = antecedent(head)
    if parsed.mention(head) is not None or not head.tag_.startswith("NN") or head.tag_ in ("NNP", "NNPS"):
        return False
    if lexicon().is_class(head.lower_, "armed", "title") or head.lower_ in _EVENTS:
        return False
    return not any(
        parsed.mention(t) is not None or lexicon().is_class(t.lower_, "armed") for t in head.subtree if t.i < head.i + 6
    )


def _places(heads: Iterator[Token] | list[Token], parsed: Parsed) -> list[PlaceRef]:
    seen: dict[tuple[int, int], PlaceRef] = {}
    for head in heads:
        for ref in place_refs(head, parsed):
            seen.setdefault((ref.start, ref.end), ref)
    return with_neighbours(list(seen.values()))


def _first(tokens: Iterator[Token]) -> Token | None:
    return next(tokens, None)


def _is_side(token: Token | None, parsed: Parsed) -> bool:
    """Whether a noun can be a side: an actor's name, an armed body, or a pronoun."""
    if token is None:
        return False
    token = antecedent(token)
    mention = parsed.mention(token)
    if mention is not None:
        return True
    if token.tag_.startswith(("PRP", "W")):
        return True
    return lexicon().is_class(token.lower_, "armed") or token.tag_ in ("NNP", "NNPS")


def _is_armed(token: Token | None, parsed: Parsed) -> bool:
    if token is None:
        return False
    token = antecedent(token)
    mention = parsed.mention(token)
    if mention is not None:
        return mention.sort in (Sort.ACTOR, Sort.STATE)
    if lexicon().is_class(token.lower_, "armed"):
        return True
    if token.tag_.startswith("PRP"):
        return token.lower_ in ("they", "them", "it")
    return any(parsed.mention(c) is not None and parsed.mention(c).sort is Sort.ACTOR for c in token.lefts)  # type: ignore[union-attr]


def _take(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    obj = undergoer(verb)
    if obj is None:
        return
    if _control_noun(obj):
        return
    places = _places([obj], parsed)
    if not places and trigger.strong and obj.lower_ in ("stronghold", "strongholds"):
        return
    extra_from = list(objects_of(verb, "from")) + [t for o in conjuncts(obj) for t in objects_of(o, "from")]
    loser = _first(t for t in extra_from if _is_armed(t, parsed))
    kind = trigger.kind
    if particle(verb) == "back" and kind is Kind.CAPTURE:
        kind = Kind.RECAPTURE
    if (
        verb.lower_.startswith("t")
        and trigger.lemma == "take"
        and particle(verb) in ("up", "off", "down", "away", "out")
    ):
        return
    yield _frame(verb, trigger, places, doer(verb), loser, parsed, kind=kind)


def _clear(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    obj = undergoer(verb)
    if obj is None:
        return
    places = _places([obj], parsed)
    sources = list(objects_of(verb, "from", "of")) + list(objects_of(obj, "from", "of"))
    if places and not (_is_armed(obj, parsed)):
        loser = _first(t for t in sources if _is_armed(t, parsed))
        if trigger.lemma in ("clear", "free", "rid", "purge", "cleanse") and loser is None and not places[0].text:
            return
        yield _frame(verb, trigger, places, doer(verb), loser, parsed)
    elif _is_armed(obj, parsed):
        yield _frame(verb, trigger, _places(sources, parsed), doer(verb), obj, parsed)


def _expel(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    obj = undergoer(verb)
    if obj is None:
        if trigger.lemma == "push":
            yield from _enter(verb, replace(trigger, kind=Kind.PARTIAL_CAPTURE), parsed)
        return
    if not _is_side(obj, parsed):
        return
    sources = list(objects_of(verb, "from", "out of", "off")) + [
        t for o in conjuncts(obj) for t in objects_of(o, "from", "out of")
    ]
    after = (
        sources
        if sources
        else [
            t
            for prep in verb.subtree
            if prep.lower_ == "from" and prep.i > verb.i
            for t in prep.children
            if t.dep_ == "pobj"
        ]
    )
    places = _places(after, parsed)
    if not places and not trigger.strong and particle(verb) not in ("out", "back", "off", "away"):
        return
    if not places and particle(verb) == "back":
        return
    if not places:
        a, b = parsed.at(verb)
        places = [PlaceRef(a, b, None, ("town",))]
    kind = Kind.PARTIAL_CAPTURE if all(p.partial for p in places) else trigger.kind
    yield _frame(verb, trigger, places, doer(verb), obj, parsed, kind=kind)


def _lose(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    obj = undergoer(verb)
    if obj is None or _control_noun(obj):
        return
    places = _places([obj], parsed)
    subject = grammatical_subject(verb) if not is_passive(verb) else doer(verb)
    taker = _first(t for t in [*objects_of(verb, "to"), *objects_of(obj, "to")] if _is_side(t, parsed))
    yield _frame(
        verb, trigger, places, taker, subject, parsed, kind=Kind.CAPTURE if taker is not None else Kind.WITHDRAWAL
    )


def _fall(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    subject = grammatical_subject(verb)
    if subject is None or _is_armed(subject, parsed):
        return
    places = _places([subject], parsed)
    if not places:
        return
    if any(_control_noun(t) for t in objects_of(verb, "under", "into", "in", "from", "out of")):
        return
    if (
        any(True for t in objects_of(verb, "by", "on", "into", "in", "below"))
        and trigger.lemma != "collapse"
        and not places[0].certain
    ):
        return
    taker = _first(t for t in objects_of(verb, "to", "before", "to forces") if _is_side(t, parsed))
    if taker is None and trigger.lemma != "fall":
        return
    yield _frame(verb, trigger, places, taker, None, parsed)


def _leave(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    subject = grammatical_subject(verb)
    if is_passive(verb):
        subject_side = doer(verb)
        obj = undergoer(verb)
        if obj is not None and _is_armed(obj, parsed):
            places = _places(list(objects_of(verb, "from")), parsed)
            if places:
                yield _frame(verb, trigger, places, None, obj, parsed)
            return
        subject = subject_side
    intransitive = trigger.lemma in ("withdraw", "retreat", "pull", "depart", "flee", "evacuate")
    sources = list(objects_of(verb, "from", "out of")) if intransitive else []
    obj = undergoer(verb)
    side = subject
    if obj is not None and _is_armed(obj, parsed) and trigger.lemma in ("withdraw", "pull", "evacuate"):
        side = obj
        sources += list(objects_of(obj, "from"))
    elif obj is not None and trigger.lemma not in ("withdraw", "retreat", "pull", "depart"):
        sources.append(obj)
    places = _places(sources, parsed)
    if side is None and verb.dep_ != "pcomp":
        return
    if not places or (not trigger.strong and not _is_armed(side, parsed)):
        return
    if trigger.lemma == "pull" and particle(verb) not in ("out", "back", "") and not sources:
        return
    if side is not None and not _is_side(side, parsed):
        return
    if (
        trigger.lemma in ("flee", "leave", "evacuate", "quit")
        and side is not None
        and antecedent(side).tag_.startswith("PRP")
    ):
        return
    yield _frame(verb, trigger, places, None, side, parsed)


def _give(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    if (
        trigger.lemma in ("give", "turn", "hand", "yield")
        and particle(verb) not in ("over", "up", "back")
        and not any(True for _ in objects_of(verb, "over"))
    ) and trigger.lemma != "hand":
        return
    obj = undergoer(verb)
    heads = [obj] if obj is not None else []
    heads += list(objects_of(verb, "over"))
    if heads and _control_noun(heads[0]):
        return
    places = _places(heads, parsed)
    taker = _recipient(verb, heads, parsed)
    if not places or trigger.lemma in ("transfer", "return") and not _is_armed(taker, parsed):
        return
    if trigger.lemma in ("surrender", "give", "return", "turn") and not places[0].text:
        return
    if places[0].text and trigger.lemma == "hand":
        places = _given(verb, places, taker, parsed)
    yield _frame(verb, trigger, places, taker, doer(verb), parsed)


def _recipient(verb: Token, heads: list[Token], parsed: Parsed) -> Token | None:
    """The side given to, wherever the tree hung its "to"."""
    direct = _first(t for t in objects_of(verb, "to") if _is_side(t, parsed))
    if direct is not None:
        return direct
    for token in verb.subtree:
        if token.lower_ == "to" and token.i > verb.i and token.tag_ in ("IN", "TO"):
            found = _first(c for c in token.children if c.dep_ == "pobj" and _is_side(c, parsed))
            if found is not None:
                return found
    return None


def _given(verb: Token, places: list[PlaceRef], taker: Token | None, parsed: Parsed) -> list[PlaceRef]:
    """A long list handed over: every name between the verb and the taker but those that only locate."""
    if taker is None:
        return places
    known = {(p.start, p.end) for p in places}
    covered = [(p.start, p.end) for p in places]
    out = list(places)
    for token, mention in parsed.names():
        a, _b = parsed.at(token)
        if (
            not verb.i < token.i < taker.i
            or any(s <= a < e for s, e in covered)
            or mention.sort not in (Sort.PLACE, Sort.NAME)
        ):
            continue
        if (
            token.dep_ == "pobj"
            and token.head.lower_ in ("in", "near", "from", "at", "by", "after")
            or token.dep_ == "poss"
        ):
            continue
        for ref in place_refs(token, parsed):
            if (ref.start, ref.end) not in known and not any(s <= ref.start < e for s, e in covered):
                known.add((ref.start, ref.end))
                out.append(replace(ref, parents=()) if token.dep_ == "appos" else ref)
    return with_neighbours(sorted(out, key=lambda r: r.start))


_INTO = ("into", "inside", "in to")
_CENTRES = frozenset(
    {
        "centre",
        "center",
        "heart",
        "downtown",
        "middle",
        "district",
        "districts",
        "neighbourhood",
        "neighborhoods",
        "neighborhood",
        "neighbourhoods",
        "quarter",
        "streets",
    }
)


def _enter(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    subject = doer(verb)
    if subject is None or not _is_armed(subject, parsed):
        return
    heads: list[Token] = []
    obj = undergoer(verb)
    lemma = trigger.lemma
    if lemma in ("enter", "storm", "penetrate", "infiltrate", "breach") and obj is not None:
        heads = [obj]
    elif lemma == "reach":
        if obj is not None and (obj.lower_ in _CENTRES):
            heads = [obj]
    elif lemma == "sweep":
        heads = list(objects_of(verb, "into", "through"))
    elif lemma == "deploy":
        return
    elif lemma == "expand":
        heads = list(objects_of(verb, "into", "inside", "in"))
    else:
        heads = list(objects_of(verb, *_INTO))
        if not heads and lemma in ("break", "push", "advance"):
            heads = [
                t
                for prep in verb.subtree
                if prep.lower_ in _INTO and prep.i > verb.i
                for t in prep.children
                if t.dep_ == "pobj"
            ]
    places = [replace(p, partial=True) for p in _places(heads, parsed)]
    if not places:
        return
    yield _frame(verb, trigger, places, subject, None, parsed, kind=Kind.PARTIAL_CAPTURE)


def _hold(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    obj = undergoer(verb)
    if obj is None:
        return
    if trigger.lemma == "retain" and _control_noun(obj):
        return
    places = _places([obj], parsed)
    subject = doer(verb)
    if not places or not (_is_armed(subject, parsed) or trigger.strong):
        return
    if (
        trigger.lemma == "control"
        and verb.tag_ == "VBD"
        and _after_fighting(verb)
        and verb.dep_ not in ("relcl", "acl")
    ):
        yield _frame(verb, trigger, places, subject, None, parsed, kind=Kind.CAPTURE)
        return
    if any(_control_noun(t) for t in objects_of(verb, "in", "under")):
        return
    yield _frame(verb, trigger, places, subject, None, parsed, kind=Kind.HOLD)


def _after_fighting(verb: Token) -> bool:
    words = {t.lower_ for t in verb.doc}
    return not words.isdisjoint(
        {"clashes", "attack", "clash", "fighting", "battles", "following", "assault", "advanced", "shelling"}
    )


def _siege(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    obj = undergoer(verb)
    if obj is None or trigger.lemma == "cut" and particle(verb) != "off":
        return
    places = _places([obj], parsed)
    if places and (trigger.strong or _is_armed(doer(verb), parsed)):
        yield _frame(verb, trigger, places, doer(verb), None, parsed, kind=Kind.SIEGE)


def _contest(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    subject = doer(verb)
    if not _is_armed(subject, parsed):
        return
    obj = undergoer(verb)
    heads = [obj] if obj is not None else []
    heads += list(objects_of(verb, "in", "near", "around", "inside", "outside", "at", "on"))
    places = [p for p in _places(heads, parsed) if p.text]
    if places:
        rival = _first(t for t in objects_of(verb, "with", "against") if _is_armed(t, parsed))
        yield _frame(verb, trigger, places, subject, rival, parsed, kind=Kind.CONTESTED)


def _repel(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    obj = undergoer(verb)
    if obj is None or trigger.lemma in ("beat", "throw") and particle(verb) not in ("back", "off"):
        return
    places = [
        p
        for p in _places(
            [*objects_of(obj, "on", "against", "at", "towards", "toward"), *objects_of(verb, "on", "from", "at", "in")],
            parsed,
        )
        if p.text
    ]
    attacker = obj if _is_armed(obj, parsed) else _first(t for t in objects_of(obj, "by") if _is_armed(t, parsed))
    if places:
        yield _frame(
            verb,
            trigger,
            places,
            attacker,
            doer(verb),
            parsed,
            kind=Kind.CAPTURE,
            status=Status.DENIED,
            status_word=verb.lower_,
        )


def _owner(noun: Token, parsed: Parsed) -> Token | None:
    """ "the rebels' capture", "government takeover", "capture by the army"."""
    by = _first(t for t in objects_of(noun, "by") if _is_side(t, parsed))
    if by is not None:
        return by
    for child in noun.lefts:
        if child.dep_ in ("poss", "compound", "nmod", "amod"):
            mention = parsed.mention(child)
            if (
                mention is not None
                and mention.sort in (Sort.ACTOR, Sort.NAME, Sort.PLACE)
                or lexicon().is_class(child.lower_, "armed")
            ):
                return child
            if child.tag_ == "PRP$":
                return child
            if child.dep_ == "poss" and child.tag_.startswith("NN"):
                return child
    return None


def _above(noun: Token, parsed: Parsed) -> list[PlaceRef]:
    """Places of the clause a placeless noun belongs to: "fighting in X that saw the takeover"."""
    at = noun
    for _ in range(5):
        if at.dep_ == "relcl":
            head = at.head
            for candidate in (head, *head.ancestors):
                places = [p for p in _places([candidate], parsed) if p.text]
                if not places:
                    places = [
                        p
                        for t in objects_of(candidate, "in", "at", "of", "for")
                        for p in place_refs(t, parsed)
                        if p.text
                    ]
                if places:
                    return places
                if is_verb(candidate):
                    break
        if at.head.i == at.i:
            break
        at = at.head
    return []


def _nominal_take(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    places = _places(list(objects_of(noun, "of", "over")), parsed)
    of = _first(objects_of(noun, "of"))
    if not places and noun.dep_ in ("dobj", "nsubj", "conj", "pobj") and (of is None or _is_armed(of, parsed)):
        places = _above(noun, parsed)
    if not places:
        owners = [
            c
            for c in noun.lefts
            if c.dep_ in ("compound", "poss") and (m := parsed.mention(c)) is not None and m.sort is Sort.PLACE
        ]
        if owners and _first(objects_of(noun, "by")) is not None:
            places = _places(owners, parsed)
    if not places:
        return
    loser = _first(t for t in objects_of(noun, "from") if _is_armed(t, parsed))
    yield _frame(noun, trigger, places, _owner(noun, parsed), loser, parsed, shape="noun")


def _nominal_fall(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    places = _places(list(objects_of(noun, "of")), parsed)
    if not places:
        places = [p for p in _places([c for c in noun.lefts if c.dep_ == "poss"], parsed) if p.certain]
    if not places or not any(p.certain or p.text and p.sort is Sort.NAME for p in places):
        return
    taker = _first(t for t in objects_of(noun, "to") if _is_side(t, parsed))
    yield _frame(noun, trigger, places, taker, None, parsed, shape="noun")


def _nominal_lose(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    places = [p for p in _places(list(objects_of(noun, "of")), parsed) if p.text]
    if not places or noun.tag_ == "NNS" and not places[0].certain:
        return
    taker = _first(t for t in objects_of(noun, "to") if _is_side(t, parsed))
    yield _frame(noun, trigger, places, taker, _owner(noun, parsed), parsed, shape="noun")


def _nominal_expel(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    loser = _first(t for t in objects_of(noun, "of") if _is_side(t, parsed))
    if loser is None:
        return
    places = _places([*objects_of(noun, "from"), *objects_of(loser, "from")], parsed) or _above(noun, parsed)
    if places:
        taker = _first(t for t in objects_of(noun, "by") if _is_side(t, parsed))
        yield _frame(noun, trigger, places, taker, loser, parsed, shape="noun")


def _nominal_leave(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    places = _places(list(objects_of(noun, "from", "out of")), parsed)
    if not places and is_verb(noun.head):
        places = _places(list(objects_of(noun.head, "from")), parsed)
    side = _first(t for t in objects_of(noun, "of", "by") if _is_side(t, parsed)) or _owner(noun, parsed)
    if side is None and is_verb(noun.head) and noun.dep_ == "dobj":
        side = doer(noun.head)
    if places and (trigger.strong or _is_armed(side, parsed)):
        yield _frame(noun, trigger, places, None, side, parsed, shape="noun")


def _nominal_enter(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "advances inside X", "entry into X", "gains in X" made by a side."""
    where = ("into", "inside") if trigger.lemma != "gain" else ("in", "inside", "around")
    places = [replace(p, partial=True) for p in _places(list(objects_of(noun, *where)), parsed) if p.text and p.certain]
    side = _owner(noun, parsed)
    if side is None and is_verb(noun.head) and noun.dep_ == "dobj":
        side = doer(noun.head)
        if not places:
            places = [
                replace(p, partial=True)
                for p in _places(list(objects_of(noun.head, *where)), parsed)
                if p.text and p.certain
            ]
    if places and _is_armed(side, parsed):
        yield _frame(noun, trigger, places, side, None, parsed, shape="noun", kind=Kind.PARTIAL_CAPTURE)


def _nominal_give(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    places = [p for p in _places(list(objects_of(noun, "of")), parsed) if p.text]
    taker = _first(t for t in objects_of(noun, "to") if _is_side(t, parsed))
    if places and (trigger.strong or taker is not None):
        yield _frame(noun, trigger, places, taker, _owner(noun, parsed), parsed, shape="noun")


def _nominal_siege(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    places = [p for p in _places(list(objects_of(noun, "of", "on", "to")), parsed) if p.text]
    if places:
        yield _frame(noun, trigger, places, _owner(noun, parsed), None, parsed, shape="noun", kind=Kind.SIEGE)


def _nominal_hold(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    places: list[PlaceRef] = [p for p in _places(list(objects_of(noun, "of", "in")), parsed) if p.text]
    for child in noun.children:
        if child.dep_ == "appos":
            places += [p for p in place_refs(child, parsed) if p.text]
    owner = _owner(noun, parsed)
    if places and owner is not None and _is_armed(owner, parsed):
        yield _frame(noun, trigger, places, owner, None, parsed, shape="noun", kind=Kind.HOLD)


def _nominal_contest(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    places = [
        p
        for p in _places(
            list(objects_of(noun, "on", "in", "at", "for", "around", "near", "outside", "inside", "against")), parsed
        )
        if p.text and p.certain
    ]
    if places:
        yield _frame(noun, trigger, places, _owner(noun, parsed), None, parsed, shape="noun", kind=Kind.CONTESTED)


_CONTROL = frozenset(
    {
        "control",
        "hold",
        "grip",
        "authority",
        "possession",
        "charge",
        "rule",
        "sway",
        "command",
        "hands",
        "hand",
        "grasp",
    }
)


def _control_noun(token: Token) -> bool:
    return token.lower_ in _CONTROL and token.tag_.startswith("NN")


_EFFECT_KIND = {
    "take": Kind.CAPTURE,
    "fall": Kind.CAPTURE,
    "retake": Kind.RECAPTURE,
    "give": Kind.HANDOVER,
    "hold": Kind.HOLD,
    "be": Kind.HOLD,
    "lose": Kind.CAPTURE,
}


def _control(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:  # noqa: C901
    """ "took control of X", "X is under the control of A", "in rebel hands", "lost its grip on X"."""
    lex = lexicon()
    if not _control_noun(noun):
        return
    at = noun
    while at.dep_ in ("conj",) and at.head.i != at.i:
        at = at.head
    if at.dep_ == "pobj" and at.head.lower_ in (
        "under",
        "in",
        "into",
        "from",
        "out",
        "beyond",
        "outside",
        "of",
        "within",
    ):
        yield from _under_control(noun, at, trigger, parsed)
        return
    if noun.lower_ in ("hand", "hands", "rule"):
        return
    verb = at.head if at.dep_ in ("dobj", "nsubjpass", "oprd", "attr") else None
    if verb is None and at.dep_ == "pobj" and is_verb(at.head.head):
        verb = at.head.head
    places = _places(
        [*objects_of(noun, "of", "over", "on"), *(objects_of(verb, "of", "over", "on") if verb is not None else ())],
        parsed,
    )
    if verb is None or not is_verb(verb):
        return
    effect = lex.control_verbs.get(verb.lower_)
    if effect is None or effect in ("be", "fall", "change"):
        return
    if not places:
        heads = [*objects_of(noun, "in", "inside", "at"), *objects_of(verb, "in", "inside", "at")]
        places = _places(heads, parsed)
    if not places and not any(True for _ in objects_of(noun, "of", "over")):
        places = _places([verb.head], parsed) if verb.dep_ == "relcl" else [PlaceRef(*parsed.at(noun), None, ("it",))]
    subject = doer(verb)
    if particle(verb) == "back" and effect == "take":
        effect = "retake"
    loser: Token | None = None
    if effect in ("lose", "give"):
        taker = _first(t for t in [*objects_of(verb, "to"), *objects_of(noun, "to")] if _is_side(t, parsed))
        taker, loser = taker, subject
        kind = Kind.HANDOVER if effect == "give" else Kind.CAPTURE if taker is not None else Kind.WITHDRAWAL
        yield _frame(verb, trigger, places, taker, loser, parsed, kind=kind, shape="control", strong=True)
        return
    loser = _first(t for t in [*objects_of(verb, "from"), *objects_of(noun, "from")] if _is_armed(t, parsed))
    kind = _EFFECT_KIND[effect]
    if not places or kind is Kind.HOLD and not places[0].text:
        return
    yield _frame(verb, trigger, places, subject, loser, parsed, kind=kind, shape="control", strong=True)


_AGAIN = frozenset({"back", "again", "once", "returned"})


def _under_control(noun: Token, at: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:  # noqa: C901
    prep = at.head
    owner = _first(t for t in objects_of(noun, "of") if _is_side(t, parsed)) or _owner(noun, parsed)
    if noun.lower_ in ("hands", "hand", "charge", "command") and owner is None:
        return
    verb = prep.head
    if prep.head.lower_ in ("out", "from", "no") and prep.head.head is not None and not is_verb(prep.head):
        verb = prep.head.head
    subject: Token | None
    if is_verb(verb):
        subject = (
            undergoer(verb)
            if verb.tag_ != "VBG" and any(c.dep_ in ("dobj", "nsubjpass") for c in verb.children)
            else grammatical_subject(verb)
        )
    elif verb.tag_.startswith(("NN",)) or parsed.mention(verb) is not None:
        subject = verb
    elif verb.dep_ in ("acomp", "advmod", "oprd") and is_verb(verb.head):
        verb = verb.head
        subject = grammatical_subject(verb)
    else:
        return
    if subject is None:
        return
    places = _places([subject], parsed)
    if not places or _is_armed(subject, parsed):
        return
    words = {t.lower_ for t in verb.subtree if abs(t.i - noun.i) < 8}
    lost = prep.lower_ in ("from", "out", "beyond", "outside") or {"no", "longer"} <= words or prep.head.lower_ == "out"
    negative = any(c.dep_ == "neg" for c in verb.children) and not {"no", "longer"} <= words
    if lost or prep.lower_ == "of" and prep.head.lower_ == "out":
        taker = _first(t for t in objects_of(verb, "to") if _is_armed(t, parsed))
        frame = _frame(
            verb,
            trigger,
            places,
            taker,
            owner,
            parsed,
            kind=Kind.WITHDRAWAL if taker is None else Kind.CAPTURE,
            shape="control",
            strong=True,
        )
        if {"no", "longer"} <= words and frame.status is Status.DENIED:
            frame = replace(frame, status=Status.REPORTED, status_word="no longer")
        if is_verb(verb) and (
            lexicon().control_verbs.get(verb.lower_) in ("fall", "be", "take") or verb.lower_ in ("removed", "slipped")
        ):
            yield frame
        return
    effect = lexicon().control_verbs.get(verb.lower_, "") if is_verb(verb) else "be"
    causer: Token | None = None
    if is_verb(verb) and verb.lower_ in (
        "brought",
        "bring",
        "bringing",
        "put",
        "placed",
        "restored",
        "returned",
        "placing",
    ):
        causer = doer(verb)
        effect = "retake" if verb.lower_ in ("restored", "returned") else "take"
    kind = _EFFECT_KIND.get(effect)
    if kind is None:
        kind = Kind.HOLD
    if effect in ("fall", "retake") or kind is Kind.HOLD and (words & {"back"} or "again" in words or {"now"} <= words):
        kind = Kind.RECAPTURE if words & {"back", "again", "returned", "restored"} else Kind.CAPTURE
    elif kind is Kind.HOLD and _since(verb):
        kind = Kind.CAPTURE
    if negative:
        kind = Kind.HOLD
    taker = owner if owner is not None and owner.tag_ != "PRP$" else causer or owner
    if effect == "fall" and any(c.lower_ == "of" for c in noun.children) is False and owner is None:
        taker = causer
    yield _frame(
        verb if is_verb(verb) else noun, trigger, places, taker, None, parsed, kind=kind, shape="control", strong=True
    )


def _since(verb: Token) -> bool:
    """ "has been under A's control since Wednesday": a state that tells when it began."""
    return any(c.dep_ == "prep" and c.lower_ == "since" for c in verb.children)


def _flag(verb: Token, parsed: Parsed) -> Iterator[Frame]:
    obj = undergoer(verb)
    if obj is None or obj.lower_ not in ("flag", "flags", "banner", "banners"):
        return
    places = list(
        _places(
            [
                *objects_of(verb, "over", "in", "at", "on", "above", "atop", "inside"),
                *objects_of(obj, "over", "in", "at", "on", "above", "atop"),
            ],
            parsed,
        )
    )
    trigger = Trigger("raise a flag", "verb", "flag", Kind.CAPTURE, True)
    if places:
        yield _frame(verb, trigger, places, doer(verb), None, parsed, shape="control")


def _among(verb: Token, parsed: Parsed) -> Iterator[Frame]:
    """ "Among the spoils was the base", "the captured towns include X"."""
    spoils = next(
        (
            t
            for t in verb.subtree
            if t.lower_ in ("spoils", "gains", "conquests", "prizes") and t.head.lower_ == "among"
        ),
        None,
    )
    heads: list[Token] = []
    if spoils is not None:
        heads = [c for c in verb.children if c.dep_ in ("nsubj", "attr", "nsubjpass") and c.i > verb.i]
    else:
        subject = next(
            (
                c
                for c in verb.children
                if c.dep_ == "nsubj"
                and c.i < verb.i
                and lexicon().is_class(c.lower_, "settlement", "quarter", "position", "facility")
            ),
            None,
        )
        taken = subject is not None and any(
            c.lower_ in ("captured", "seized", "liberated", "recaptured", "retaken", "overrun", "taken")
            and c.dep_ in ("amod", "acl")
            for c in subject.children
        )
        if taken:
            heads = [c for c in verb.children if c.dep_ in ("attr", "dobj") and c.i > verb.i]
    places = _places(heads, parsed)
    if places:
        a, b = parsed.at(verb)
        trigger = Trigger("among the gains", "verb", "among", Kind.CAPTURE, True)
        yield replace(
            _frame(verb, trigger, places, None, None, parsed, shape="control"), taker=SideRef("they", a, b, True, False)
        )


def _changed_hands(verb: Token, parsed: Parsed) -> Iterator[Frame]:
    if not any(c.lower_ in ("hands", "hand") for c in verb.children):
        return
    subject = grammatical_subject(verb)
    if subject is None:
        return
    places = [p for p in _places([subject], parsed) if p.certain or p.anchored]
    trigger = Trigger("change hands", "verb", "change", Kind.CAPTURE, True)
    if places:
        yield _frame(verb, trigger, places, None, None, parsed)


def _held(parsed: Parsed) -> Iterator[Frame]:
    """ "rebel-held X": a state told in passing."""
    for token in parsed.doc:
        holder = parsed.holder(token)
        if not holder:
            continue
        noun = token.head
        places = [p for p in _places([noun], parsed) if p.text and not p.count]
        a, _b = parsed.at(token)
        side = SideRef(holder, a, a + len(holder), False, True)
        if places:
            yield Frame(token, "held", Kind.HOLD, tuple(places), side, None, Status.REPORTED, "", True, "held")


def _nothing(token: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    return iter(())


_RULES: dict[str, Rule] = {
    "take": _take,
    "clear": _clear,
    "expel": _expel,
    "lose": _lose,
    "fall": _fall,
    "leave": _leave,
    "give": _give,
    "enter": _enter,
    "hold": _hold,
    "siege": _siege,
    "contest": _contest,
    "repel": _repel,
    "control": _control,
    "nominal_take": _nominal_take,
    "nominal_fall": _nominal_fall,
    "nominal_lose": _nominal_lose,
    "nominal_expel": _nominal_expel,
    "nominal_leave": _nominal_leave,
    "nominal_give": _nominal_give,
    "nominal_siege": _nominal_siege,
    "nominal_hold": _nominal_hold,
    "nominal_contest": _nominal_contest,
    "nominal_enter": _nominal_enter,
    "flag": _nothing,
    "ground": _nothing,
}
