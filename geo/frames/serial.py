"""Series: what goes on from a change told before: "X followed on Sunday", "X was next", "it was the turn of X".

The words say of nobody what he did; whose gain it is stands in what is told right before (`opponents`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from geo.frames.frame import Frame, Rule, build, places_of
from geo.frames.parsed import Parsed
from geo.frames.slots import is_passive, is_verb, objects_of
from geo.lexicon import Trigger
from geo.mentions import Sort
from geo.trees import Token

SHAPE = "series"
"""The shape of a frame that tells a change only where another was told before it."""
_BEING = frozenset({"is", "was", "were", "'s", "’s"})


def _so_did(word: Token) -> list[Token]:
    """ "So did X", as a sentence of its own."""
    verb = word.head
    if verb.lower_ not in ("did", "has", "have") or verb.head.i != verb.i or word.i > 1:
        return []
    return [c for c in verb.rights if c.dep_ in ("nsubj", "dobj")]


def _serial(word: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    heads = _TOLD[trigger.lemma](word)
    places = [p for p in places_of(heads, parsed) if p.text and p.sort in (Sort.PLACE, Sort.NAME) and not p.partial]
    if places:
        yield build(word, trigger, places, None, None, parsed, shape=SHAPE)


def _followed(verb: Token) -> list[Token]:
    """ "X followed", with nothing that it follows."""
    deps = {c.dep_ for c in verb.children}
    if not is_verb(verb) or is_passive(verb) or deps & {"dobj", "ccomp", "auxpass"} or verb.dep_ in ("advcl", "relcl"):
        return []
    return [c for c in verb.lefts if c.dep_ == "nsubj"]


def _next(word: Token) -> list[Token]:
    """ "X was next", "next was X"."""
    verb = word.head
    if verb.lower_ not in _BEING or any(c.dep_ == "prep" and c.lower_ in ("to", "door") for c in word.rights):
        return []
    return [c for c in verb.children if c.dep_ in ("nsubj", "attr") and c is not word]


def _turn(noun: Token) -> list[Token]:
    """ "It was the turn of X", "it was X's turn"; not the turn to do something."""
    if noun.head.lower_ not in _BEING or any(is_verb(c) for c in noun.rights):
        return []
    return [*objects_of(noun, "of"), *(c for c in noun.lefts if c.dep_ == "poss")]


def _same(noun: Token) -> list[Token]:
    """ "X went the same way", "X met the same fate", "the same fate befell X"."""
    verb = noun.head
    another = any(t.tag_ == "NNP" for t in objects_of(noun, "of"))  # "went the way of X"
    if not (another or any(c.lower_ in ("same", "similar") for c in noun.lefts)) or not is_verb(verb):
        return []
    if noun.dep_ == "nsubj":
        return [c for c in verb.rights if c.dep_ == "dobj"] if verb.lower_ in ("befell", "hit", "awaited") else []
    return [c for c in verb.lefts if c.dep_ == "nsubj"] if verb.lower_ in _GOING else []


_GOING = frozenset("went gone met meet suffered suffer shared share".split())
_TOLD: dict[str, Callable[[Token], list[Token]]] = {
    "follow": _followed,
    "next": _next,
    "turn": _turn,
    "way": _same,
    "fate": _same,
    "so": _so_did,
}


RULES: dict[str, Rule] = {"serial": _serial}
