"""Mood: what a word's own auxiliaries, negation, adverbs and conjunction say of it, and nothing above it."""

from __future__ import annotations

from geo.claims import Status
from geo.frames.slots import is_verb
from geo.lexicon import lexicon
from geo.trees import Token

Mood = tuple[Status, str]

MODALS = frozenset(
    {"will", "would", "could", "may", "might", "should", "must", "can", "shall", "'ll", "’ll", "wo", "ca"}
)
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "should"})
_TEMPORAL = frozenset({"until", "till", "once", "before"})
_WEEKS = frozenset("week weeks fortnight month months year years decade decades".split())
"""Times after which an event is no news but what something else is counted from: "a week after the fall of X"."""
_PAST = frozenset({"previously", "formerly", "originally", "initially", "once", "historically"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "without", "hardly", "barely"})
_NEARLY = frozenset({"almost", "nearly", "narrowly", "supposedly"})
_NOBODY = frozenset({"nobody", "none", "neither"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj"})
_ANYONE = frozenset({"whoever", "whichever", "whatever", "anyone"})
_SURE = frozenset({"doubt", "question", "denying", "dispute", "secret"})
"""Nouns of which there is none where something is certain: "no doubt that they took it"."""
_INSTEAD = (("rather", "than"), ("instead", "of"), ("far", "from"), ("short", "of"), ("other", "than"))
_DEALS = frozenset("accord agreement deal plan proposal terms truce roadmap".split())
_PERHAPS = frozenset({"could", "may", "might", "should", "would"})


def no_argument(token: Token) -> Mood | None:
    """ "Nobody took X", "not one village fell", "took no villages": an argument that is none."""
    for child in token.children:
        if child.dep_ not in _ARGUMENTS:
            continue
        if child.lower_ in _ANYONE:
            return Status.HYPOTHETICAL, child.lower_
        if lexicon().is_class(child.lower_, "harm"):
            continue
        words = [c.lower_ for c in (*child.lefts, *(g for c in child.lefts for g in c.lefts)) if not _not_only(c)]
        if child.lower_ in _NOBODY or any(w in ("no", "not", "neither") for w in words):
            return Status.DENIED, child.lower_
    return None


def _not_only(word: Token) -> bool:
    """ "took not only X but also Y", "no fewer than seven": so many, and more."""
    return (word.lower_, word.nbor(1).lower_) in (("not", "only"), ("no", "fewer"), ("no", "less"), ("not", "less"))


def own_mood(token: Token, verbal: bool) -> Mood | None:
    """What the token's own dependents say; None where it is told plainly as done. PLANNED, "to" of an infinitive."""
    if verbal and _inverted(token):
        return Status.HYPOTHETICAL, "had"
    if verbal and (words := _instead(token)):
        return Status.DENIED, words
    for child in token.children:
        found = _negated(child, token) or _auxiliary(child, token, verbal) or _joined(child, token, verbal)
        if found is not None:
            return found
    if token.dep_ == "pcomp" and token.head.lower_ == "without":
        return Status.DENIED, "without"
    if token.dep_ in ("pobj", "pcomp") and token.head.lower_ == "since":
        return Status.BACKGROUND, "since"
    if token.dep_ == "pobj" and token.head.lower_ == "after" and any(c.lower_ in _WEEKS for c in token.head.lefts):
        return Status.BACKGROUND, "after"
    return None


def _inverted(verb: Token) -> bool:
    """ "Had they taken X, ...": a condition told by word order."""
    aux = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in ("had", "were")), None)
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return aux is not None and subject is not None and aux.i < subject.i and verb.dep_ == "advcl"


def _instead(verb: Token) -> str:
    """ "rather than take X", "far from having taken X", "at no point did they take X"."""
    first = min((c.i for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < verb.i), default=verb.i)
    if first >= 2 and (pair := tuple(t.lower_ for t in verb.doc[first - 2 : first])) in _INSTEAD:
        return " ".join(pair)
    for child in verb.lefts:
        if child.dep_ == "prep" and any(
            o.dep_ == "pobj" and any(d.lower_ == "no" for d in o.lefts) for o in child.children
        ):
            return f"{child.lower_} no"
    return ""


def _negated(child: Token, token: Token) -> Mood | None:
    word = child.lower_
    if word == "no" and token.lower_ in _SURE:
        return None
    negative = child.dep_ in ("det", "advmod", "preconj") and word in _NEGATIONS and child.i < token.i
    if child.dep_ == "neg" or negative:
        after = token.doc[child.i + 1].lower_ if child.i + 1 < len(token.doc) else ""
        if word == "no" and after == "longer" or word == "not" and after == "only":
            return None
        if _late(token):
            return None
        return Status.DENIED, word
    if child.dep_ == "advmod" and word in _NEARLY and child.i < token.i and is_verb(token):
        return Status.DENIED, word
    return None


def _late(verb: Token) -> bool:
    """ "did not enter until the shelling had stopped", "not before Sunday": late, and done."""
    if not is_verb(verb) or not any(c.dep_ == "aux" and c.lower_ == "did" for c in verb.children):
        return False
    after = (t for t in verb.subtree if t.i > verb.i and t.lower_ in ("until", "till"))
    return any(t.i + 1 < len(verb.doc) and verb.doc[t.i + 1].lower_ not in ("now", "then", "recently") for t in after)


def _auxiliary(child: Token, token: Token, verbal: bool) -> Mood | None:
    if not verbal or child.dep_ not in ("aux", "auxpass"):
        return None
    word = child.lower_
    if word in MODALS:
        if word in _PERHAPS and any(c.lower_ == "have" for c in token.children):
            return Status.HYPOTHETICAL, word + " have"
        return Status.PLANNED, word
    return (Status.PLANNED, "to") if word == "to" and child.tag_ == "TO" else None


def _joined(child: Token, token: Token, verbal: bool) -> Mood | None:
    """What the conjunction or the adverb before a clause makes of it."""
    word = child.lower_
    if child.dep_ == "mark" and word in _CONDITIONS:
        return Status.HYPOTHETICAL, word
    if child.dep_ in ("mark", "advmod") and word in _TEMPORAL and _present(token) and child.i < token.i:
        return Status.PLANNED, word
    if word == "under" and child.dep_ == "prep" and verbal and _present(token):
        deal = next((o.lower_ for o in child.children if o.lower_ in _DEALS), "")
        return (Status.PLANNED, deal) if deal else None
    if word == "earlier" and child.i > token.i and _this_year(child):
        return Status.BACKGROUND, "earlier this year"
    if child.dep_ == "advmod" and word in _PAST:
        return Status.BACKGROUND, word
    if child.dep_ == "mark" and word == "since" and verbal and not _on_weekday(token):
        return Status.BACKGROUND, word
    if child.dep_ == "mark" and word == "after" and verbal and _anniversary(child, token):
        return Status.BACKGROUND, "years after"
    if child.dep_ == "advcl" and verbal and _present(token) and any(c.lower_ == "unless" for c in child.children):
        return Status.HYPOTHETICAL, "unless"
    return None


def _this_year(earlier: Token) -> bool:
    after = [t.lower_ for t in earlier.doc[earlier.i + 1 : earlier.i + 3]]
    return after in (["this", "year"], ["this", "month"], ["this", "summer"], ["this", "decade"], ["that", "year"])


def _on_weekday(verb: Token) -> bool:
    """ "Since they took X on Sunday": days ago, and news."""
    return any(t.lower_ in _WEEKDAYS for t in verb.subtree)


_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday".split())


def _anniversary(after: Token, verb: Token) -> bool:
    """ "Four years to the day after A took X", "a decade after": a time that is long past."""
    before = [t.lower_ for t in after.doc[max(after.i - 4, 0) : after.i]]
    return any(word in _LONG for word in before) and after.i < verb.i


_LONG = frozenset({"years", "decade", "decades", "year"})


def _present(verb: Token) -> bool:
    if any(c.dep_ in ("aux", "auxpass") and c.lower_ in ("was", "were", "had", "did") for c in verb.children):
        return False
    return verb.tag_ in ("VBZ", "VBP", "VB") or any(
        c.dep_ in ("aux", "auxpass") and c.lower_ in ("is", "are", "has", "have") for c in verb.children
    )
