"""The lexicon: what the reader knows of words, read once from the data files an editor can change.

Triggers (geo/data/triggers.csv) are the words that can report a change or a state of control, each
with the frame that says where its places and sides stand. Governors (geo/data/governors.csv) are
the words above a trigger that say whether it happened. Mention words sort common nouns: kinds of
place, parts, titles, armed bodies. Each row of the first two has an example that a test reads.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from geo.claims import Kind


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger word. frame names the rule that finds its slots; weak ones need a certain place.

    where: the slots in which the rule looks for places, where its frame leaves that to the word.
    """

    lemma: str
    pos: str
    frame: str
    kind: Kind
    strong: bool
    where: tuple[str, ...] = ()


def _rows(name: str) -> list[dict[str, str]]:
    with files("geo.data").joinpath(name).open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


_NO_CLASSES: frozenset[str] = frozenset()
_VOWELS = "aeiou"


def verb_forms(lemma: str) -> tuple[str, ...]:
    """The regular forms of an English verb: seize -> seize, seizes, seized, seizing."""
    if lemma.endswith("e"):
        return lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    if lemma.endswith(("s", "sh", "ch", "x", "z")):
        return lemma, lemma + "es", lemma + "ed", lemma + "ing"
    doubled = len(lemma) < 6 and lemma[-1] in "bdgmnprt" and lemma[-2] in _VOWELS and not set(lemma[:-2]) & set(_VOWELS)
    stem = lemma + lemma[-1] if doubled else lemma
    return lemma, lemma + "s", stem + "ed", stem + "ing"


def word_forms(row: dict[str, str]) -> set[str]:
    """Every form of a trigger's row: those it lists, or a verb's regular ones."""
    return _forms(row, row["pos"] == "verb")


def _forms(row: dict[str, str], verb: bool) -> set[str]:
    lemma = row["lemma"]
    listed = set((row.get("forms") or "").split())
    if verb:
        return {lemma, *(listed or verb_forms(lemma))}
    return {lemma, *listed}


@dataclass(frozen=True)
class Lexicon:
    """Everything the reader looks up by word form (lower case)."""

    verbs: dict[str, tuple[Trigger, ...]]
    nouns: dict[str, tuple[Trigger, ...]]
    others: dict[str, tuple[Trigger, ...]]
    control_verbs: dict[str, str]
    governors: dict[str, str]
    word_classes: dict[str, frozenset[str]]

    def classes(self, word: str) -> frozenset[str]:
        """The classes of the lower-case word."""
        return self.word_classes.get(word, _NO_CLASSES)

    def is_class(self, word: str, *names: str) -> bool:
        """Whether the lower-case word belongs to one of the named classes."""
        return not self.word_classes.get(word, _NO_CLASSES).isdisjoint(names)

    @cached_property
    def armed(self) -> frozenset[str]:
        """Nouns for an armed body or a ruling one, in either number."""
        listed = {word for word, classes in self.word_classes.items() if "armed" in classes}
        return frozenset(listed | {word[:-1] for word in listed if word.endswith("s")})

    @cached_property
    def other_field(self) -> frozenset[str]:
        """Words of sports, business and voting."""
        return frozenset(word for word, classes in self.word_classes.items() if "other_field" in classes)

    @cached_property
    def trigger_words(self) -> frozenset[str]:
        """Every word form that makes a sentence worth parsing."""
        return frozenset(self.verbs) | frozenset(self.nouns) | frozenset(self.others)


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once per process."""
    verbs: dict[str, tuple[Trigger, ...]] = {}
    nouns: dict[str, tuple[Trigger, ...]] = {}
    others: dict[str, tuple[Trigger, ...]] = {}
    for row in _rows("triggers.csv"):
        strong, where = row["strength"] == "strong", tuple(row["where"].split())
        trigger = Trigger(row["lemma"], row["pos"], row["frame"], Kind(row["kind"]), strong, where)
        table = {"verb": verbs, "noun": nouns}.get(row["pos"], others)
        for form in word_forms(row):
            table[form] = (*table.get(form, ()), trigger)
    control = {form: row["effect"] for row in _rows("control_verbs.csv") for form in _forms(row, True)}
    governors: dict[str, str] = {}
    for row in _rows("governors.csv"):
        for form in {row["lemma"], *verb_forms(row["lemma"]), *_IRREGULAR.get(row["lemma"], ())}:
            governors.setdefault(form, row["effect"])
    classes: dict[str, set[str]] = defaultdict(set)
    for row in _rows("mention_words.csv"):
        classes[row["word"]].add(row["class"])
    for row in _rows("demonyms.csv"):
        if row["kind"] != "country":
            classes[row["word"].lower()].add("adjective")
    return Lexicon(verbs, nouns, others, control, governors, {w: frozenset(c) for w, c in classes.items()})


_IRREGULAR = {
    "say": ("said",),
    "seek": ("sought",),
    "tell": ("told",),
    "think": ("thought",),
    "show": ("shown",),
    "see": ("saw", "seen"),
    "hear": ("heard",),
    "write": ("wrote", "written", "writing"),
    "begin": ("began", "begun", "beginning"),
    "go": ("went", "gone", "goes"),
    "lead": ("led",),
    "fight": ("fought",),
    "set": ("setting",),
    "stop": ("stopped", "stopping"),
    "plan": ("planned", "planning"),
    "refer": ("referred",),
    "deny": ("denies", "denied", "denying"),
    "try": ("tries", "tried", "trying"),
    "prefer": ("preferred",),
    "repel": ("repelled", "repelling"),
    "admit": ("admitted", "admitting"),
    "compel": ("compelled", "compelling"),
    "call": ("called",),
    "attempt": ("attempts",),
    "swear": ("swore", "sworn"),
    "forecast": ("forecast",),
    "foresee": ("foresaw", "foreseen"),
    "agree": ("agreeing",),
    "decide": ("decided",),
    "stave": ("staved",),
    "oppose": ("opposed",),
}
