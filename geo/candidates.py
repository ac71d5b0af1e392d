"""Candidates: which masked sentences deserve a parse.

A sentence is parsed if it holds a word that can report control, and with it what the word's frame needs: something
that can be a place (a name, a kind of place, a pronoun), for most frames a side, for some a preposition and a place
behind the word, for some a word that its rule asks for ("hands" after "changed"). All of it is looked for among the
words alone, so the test costs a fiftieth of a parse. It may say yes in vain; it should never say no to a sentence from
which a rule would read a claim.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from spacy.lang.en.stop_words import STOP_WORDS

from geo.lexicon import Trigger, lexicon
from geo.masking import ACTOR_WORD, Masked
from geo.mentions import Sort

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_KINDS = frozenset("settlement quarter facility region area place position part count ground".split())
_SIDES = (None, Sort.ACTOR, Sort.STATE)
_PRONOUNS = frozenset({"it", "them", "there", "they", "which", "that", "where"})
_ANAPHORS = frozenset({"they", "them", "it"})
_OUT = frozenset("from out off back away into inside in through".split())
_FROM = frozenset({"from"})
_OVER = frozenset("to over up back".split())
_AT = frozenset("on in at for around near outside inside against over".split())
_OF = frozenset({"of", "on", "to", "in", "at"})
_INTO = frozenset("into inside in around to of on towards toward".split())
_STATE = frozenset("under in into from out beyond outside of within".split())
_PASSIVE = frozenset("was were been being be is are being".split())
_GAPS = frozenset({"which", "where", "that"})
_ARTICLES = frozenset("the a an this that its their his her no more heavy fierce of".split())
_BEFORE_VERBS = frozenset(
    "to they who which that and also then has have had will would could may it army militia".split()
)
_NEAR = 9
"""Words from a verb to the place it is about."""
_REACH = 14
"""Words from a noun that reports to the place it reports of: "attacks by A and B on the outskirts of the town of C"."""


def is_candidate(masked: Masked) -> bool:
    """Whether the sentence may report a change or a state of control."""
    words = _Words(masked)
    if any(segment.mention is None for segment in masked.segments) and _named(words, 0):
        return True
    triggers = _triggers()
    for at, word in enumerate(words.forms):
        if word not in triggers or at in words.names:
            continue
        for need, asked in triggers[word]:
            if not any(words.set.isdisjoint(some) for some in asked) and need(words, at):
                return True
    return False


class _Words:
    """The words of a masked sentence, lower case, and what stands at which of them."""

    def __init__(self, masked: Masked) -> None:
        found = list(_WORD.finditer(masked.text))
        self.forms = forms = [word.group().lower() for word in found]
        self.set = frozenset([*forms, "into"] if " in to " in masked.text else forms)
        sorts = {s.masked_start: s.mention.sort if s.mention else None for s in masked.segments}
        named = {start for start, sort in sorts.items() if sort is not None and sort is not Sort.ACTOR}
        self.names = {at for at, word in enumerate(found) if word.start() in named} if named else set()
        if found and found[0].group()[0].isupper() and not sorts.get(found[0].start()) and _may_be_name(forms[0]):
            self.names.add(0)
        known = lexicon().word_classes
        classed = [(at, known[word]) for at, word in enumerate(forms) if word in known]
        self.kinds = {at for at, classes in classed if not classes.isdisjoint(_KINDS)}
        sides = any(sort in _SIDES for sort in sorts.values())
        self.sides = sides or any("armed" in classes for _, classes in classed)

    def behind(self, at: int, prepositions: frozenset[str]) -> bool:
        """Whether one of the prepositions and behind it a place stand within reach of a word."""
        for i in range(at + 1, min(len(self.forms), at + _REACH)):
            if self.forms[i] in prepositions:
                return any(i < name <= at + _REACH for name in self.names | self.kinds)
        return False


def _may_be_name(word: str) -> bool:
    lex = lexicon()
    return not (word in STOP_WORDS or word in lex.word_classes or word in lex.verbs or word in lex.governors)


def _place(words: _Words, at: int) -> bool:
    return bool(words.names or words.kinds) or not words.set.isdisjoint(_PRONOUNS)


def _side(words: _Words, at: int) -> bool:
    return _place(words, at) and (words.sides or not words.set.isdisjoint(_ANAPHORS))


def _beside(words: _Words, at: int) -> bool:
    """A side, and a place not far behind the word; before it where the word may be a passive or have a gap."""
    if not words.sides and words.set.isdisjoint(_ANAPHORS):
        return False
    if any(at < there <= at + _NEAR for there in words.names | words.kinds):
        return True
    if any(
        words.forms[i] in _ANAPHORS or words.forms[i] == "there" for i in range(at + 1, min(at + 4, len(words.forms)))
    ):
        return True
    before = words.forms[max(0, at - 4) : at]
    return (
        any(word in _PASSIVE for word in before)
        or "by" in words.forms[at + 1 : at + 4]
        or not words.set.isdisjoint(_GAPS)
    )


def _fought(words: _Words, at: int) -> bool:
    """The same, where the word before lets it be a verb: "troops battled", "to attack", not "the fight"."""
    word, before = words.forms[at], words.forms[at - 1] if at else ""
    if at == 0 and word.endswith("ing"):  # an item of a list, whose side stands in the lead-in
        return words.behind(at, _FROM)
    if word.endswith(("ed", "ing")) or word == "fought":
        verbal = bool(before) and before not in _ARTICLES
    else:
        verbal = before in _BEFORE_VERBS or before.endswith(("ly", "s"))
    return verbal and _beside(words, at)


def _side_behind(words: _Words, at: int) -> bool:
    return (words.sides or words.forms[at - 1] in ("their", "its", "our")) and words.behind(at, _INTO)


def _expelled(words: _Words, at: int) -> bool:
    return not words.set.isdisjoint(_OUT) and _side(words, at)


def _given(words: _Words, at: int) -> bool:
    return not words.set.isdisjoint(_OVER) and _place(words, at)


def _contested(words: _Words, at: int) -> bool:
    return bool(words.names or words.kinds) and words.behind(at, _AT)


def _of(words: _Words, at: int) -> bool:
    return words.behind(at, _OF) or bool(words.names)


def _named(words: _Words, at: int) -> bool:
    return bool(words.names or words.kinds)


def _fallen(words: _Words, at: int) -> bool:
    """A place of any sort; of what "goes" a side behind "to", or right before it a name that does nothing else."""
    if words.forms[at] not in _GOING:
        return _place(words, at)
    before = {at - 1, at - 2} if at > 1 else {at - 1}
    to = any(word in _TO for word in words.forms[at + 1 :])
    first = words.forms[at] == "go" and not _IN_ORDER.isdisjoint(words.forms[max(0, at - 2) : at])
    return _place(words, at) if to or first else words.forms[at] == "went" and not before.isdisjoint(words.names)


_IN_ORDER = frozenset({"first", "second", "third", "next", "last", "latest"})
_GOING = frozenset({"go", "goes", "went", "gone"})


def _controlled(words: _Words, at: int) -> bool:
    before = words.forms[max(0, at - 6) : at]
    effects = lexicon().control_verbs
    return any(word in _STATE for word in before) or any(effects.get(word, "be") != "be" for word in words.set)


def _possessed(words: _Words, at: int) -> bool:
    """A form of "be" before the word or right behind it, and with "now", "again" and "back" whose it is."""
    word = words.forms[at]
    if words.set.isdisjoint(_PASSIVE) or not _place(words, at):
        return False
    near = words.forms[max(0, at - 9) : at + 3]
    if not any(form in _PASSIVE for form in near):
        return False
    return word in ("ours", "theirs") or words.sides or any(_owns(form) for form in near)


def _owns(word: str) -> bool:
    return word == "s" or lexicon().is_class(word, "adjective")


def _had(words: _Words, at: int) -> bool:
    """A side before, and right behind it the whole of a place, a place by name or "the town"."""
    if not (words.sides or "they" in words.set):
        return False
    for i in range(at + 1, min(at + 6, len(words.forms))):
        if i in words.names or i in words.kinds and i > at + 1 or words.forms[i] == "it":
            return True
        if words.forms[i] not in _WHOLE_OF:
            return False
    return False


_WHOLE_OF = frozenset("now all of the whole every corner both entire already it them trading border".split())


def _there(words: _Words, at: int) -> bool:
    """ "its men were in X": a side before, a name in or inside which it is right behind."""
    behind = words.forms[at + 1 : at + 4]
    if words.forms[at] in ("is", "was", "stand", "stood") and words.set.isdisjoint(_BEGUN):
        return False
    return (
        bool(words.sides)
        and any(i in words.names for i in range(at + 2, at + 5))
        and ("in" in behind or "inside" in behind)
    )


def _ruled(words: _Words, at: int) -> bool:
    """A side, a place and its rule, hold or grip: "put an end to A's rule in X"."""
    return words.sides and _place(words, at) and not words.set.isdisjoint(_RULE)


_RULE = frozenset("rule hold control grip sway authority possession".split())


def _made_own(words: _Words, at: int) -> bool:
    return words.forms[at - 1] in ("its", "their") and not words.set.isdisjoint(_MAKING) and _side(words, at)


_MAKING = frozenset("make makes made making call calls called".split())


def _rid(words: _Words, at: int) -> bool:
    """ "is free of rebels": a side in the sentence, and "of" right behind."""
    return words.sides and _place(words, at) and "of" in words.forms[at + 1 : at + 2]


_BEGUN = frozenset({"now", "since", "already", "by", "again", "finally"})


def _absent(words: _Words, at: int) -> bool:
    return bool(words.names) and words.sides


_Need = Callable[[_Words, int], bool]
_NEEDS: dict[str, _Need] = {
    "enter": _beside,
    "contest": _fought,
    "hold": _beside,
    "siege": _beside,
    "leave": _beside,
    "nominal_leave": _side,
    "nominal_hold": _side,
    "nominal_enter": _side_behind,
    "nominal_contest": _contested,
    "nominal_lose": _of,
    "nominal_give": _of,
    "nominal_siege": _of,
    "repel": _named,
    "give": _given,
    "expel": _expelled,
    "fall": _fallen,
    "admit": _beside,
    "control": _controlled,
    "possessed": _possessed,
    "have": _had,
    "inside": _there,
    "masters": _of,
    "belongs": _side,
    "absent": _absent,
    "rid": _rid,
    "ended": _ruled,
    "own": _made_own,
    "cost": _side,
}
"""What a weak word of a frame needs beside it; a strong word, and those of other frames, need a place of any sort."""


HANDS = frozenset({"hands", "hand", "sides", "masters", "owners"})
"""What a place changes when it goes to somebody else."""
ONLY_FROM = frozenset({"withdraw", "retreat", "pull", "depart", "slip", "retire", "escape"})
"""Verbs that name the place left only after "from" or "out of"."""
NEED_OVER = frozenset({"give", "turn", "yield"})
"""Verbs that give a place away only with a particle, or "it" to a side."""
_AWAY = frozenset({"from", "out", "off"})
_TO = frozenset({"to", "before"})


@cache
def _triggers() -> dict[str, tuple[tuple[_Need, tuple[frozenset[str], ...]], ...]]:
    """What a word can report, as what it needs beside it, with sets of words of which its rule asks for one each,
    wherever they stand; each pair once."""
    lex = lexicon()
    words = lex.trigger_words - {ACTOR_WORD}
    tables = (lex.verbs, lex.nouns, lex.others)
    found = {word: [trigger for table in tables for trigger in table.get(word, ())] for word in words}
    return {word: tuple(dict.fromkeys((_need(t), _asked(t)) for t in triggers)) for word, triggers in found.items()}


def _need(trigger: Trigger) -> _Need:
    return _place if trigger.strong and trigger.pos != "other" else _NEEDS.get(trigger.frame, _place)


def _asked(trigger: Trigger) -> tuple[frozenset[str], ...]:
    if trigger.frame == "enter":
        return _ways_in(trigger.where)
    if trigger.frame == "fall":
        return (_TO,) if trigger.lemma not in ("fall", "collapse", "go", "surrender") else ()
    some = _ASKED.get((trigger.frame, trigger.lemma)) or _ASKED.get((trigger.frame, ""))
    return (some,) if some else ()


_ASKED = {
    ("changed_hands", ""): HANDS,
    ("admit", ""): frozenset({"into", "inside"}),
    ("forsake", ""): frozenset({"than", "instead"}),
    ("nominal_leave", ""): _AWAY,
    ("siege", "cut"): frozenset({"off"}),
    ("repel", "beat"): frozenset({"back", "off"}),
    ("repel", "throw"): frozenset({"back", "off"}),
    ("serial", "next"): frozenset({"was", "is", "were"}),
    ("serial", "turn"): frozenset({"was", "is"}),
    ("serial", "so"): frozenset({"did", "has", "have"}),
    ("give", "transfer"): frozenset({"to"}),
    ("give", "return"): frozenset({"to"}),
    ("belongs", ""): frozenset({"to"}),
    ("absent", "gone"): _FROM,
    ("absent", ""): frozenset({"no", "not", "nothing", "nobody", "none"}),
    ("serial", "way"): frozenset({"same", "went"}),
    ("serial", "fate"): frozenset({"same", "similar", "shared", "met", "suffered"}),
    ("leave", "move"): frozenset({"out"}),
    ("leave", "clear"): frozenset({"out"}),
    **{("leave", lemma): _AWAY for lemma in ONLY_FROM},
    **{("give", lemma): frozenset({"over", "up", "back", "it"}) for lemma in NEED_OVER},
}
"""For a frame, and the verb where it is not all of the frame's: words one of which its rule asks for."""


def _ways_in(where: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    """ "fought their way into X": the word "way", and a preposition; a verb with an object needs none."""
    way = (frozenset({"way"}),) if "way" in where else ()
    slots = frozenset(where) - {"way", "after"}
    if not slots.isdisjoint({"object", "centre"}):
        return way
    return (*way, slots | {"inside", "out"} if "into" in slots else slots)
