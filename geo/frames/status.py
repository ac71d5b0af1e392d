"""Status: whether the article tells a change as done, denied, planned, hypothetical or long past.

Read off the trigger's own auxiliaries, then off the words it hangs on (geo/data/governors.csv),
climbing the tree until a word of saying closes the matter: what was said stands as reported, and by
whom is kept.
"""

from __future__ import annotations

from geo.claims import Status
from geo.frames.mood import MODALS, Mood, no_argument, own_mood
from geo.frames.slots import SPANS, first_conjunct, grammatical_subject, is_verb, particle
from geo.lexicon import lexicon
from geo.trees import Token

_CLIMB = 8
_COMPLEMENTS = frozenset({"ccomp", "dobj", "xcomp", "pobj", "prep", "pcomp", "nsubjpass", "acl"})
ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth last latest next only biggest largest".split()
)
"""Words that make an infinitive tell of what happened: "the second city to fall"."""
_NAMING = frozenset("called call calls dubbed branded labelled described".split())
_MOMENTS = frozenset({"day", "moment", "time", "hour", "week", "scenario"})
_TAKING_TIME = frozenset({"took", "needed", "spent"})
"""Verbs whose infinitive was done where they are told with a time: "needed nine months to take X"."""
_TIMES = frozenset("morning afternoon evening night nights".split())
_KEEPING = frozenset("keep keeps kept keeping bar barred deter deterred dissuade dissuaded discouraged".split())
"""Verbs that with "from" tell that something did not happen: "were kept from taking X"."""
_DOUBTING = frozenset({"doubt", "doubts", "doubted", "doubting"})
_SUBJUNCTIVE = frozenset("insist insists insisted suggest suggests suggested recommend recommended".split())
_HEARSAY = frozenset({"believed", "reported", "said", "thought", "claimed", "seen", "understood", "known"})
"""Participles before an infinitive that tells of the past: "is believed to have taken"."""
_CONFIRMING = frozenset({"confirm", "confirmed", "say", "said", "verify", "verified", "occur", "happen", "materialise"})


def status(trigger: Token) -> Mood:
    """The status of what a trigger word reports, and the word that decided it."""
    found = no_argument(trigger) or _described(trigger)
    if found is not None:
        return found
    at, done = trigger, ""
    for step in range(_CLIMB):
        found = own_mood(at, is_verb(at)) if not _told_of(at, trigger) else _modal(at)
        if found == (Status.PLANNED, "to"):
            found, done = _infinitive(at)
        if found is not None:
            return found
        at, shared = _coordinated(at, trigger, step)
        if shared is not None and shared == (Status.PLANNED, "to"):
            shared, done = _infinitive(at)
        if shared is not None:
            return shared
        if at.head.i == at.i or at.dep_ == "parataxis":
            break
        found = None if _closed(at) and at.head.lower_ not in _MOMENTS else _governed(at, at.head, done)
        if found is None and _closed(at):
            break
        if found is not None:
            return found
        if _said(at):
            if any(c.dep_ == "aux" and c.lower_ == "will" for c in at.head.children):
                return Status.PLANNED, "will"
            break
        at = at.head
    return Status.REPORTED, done


def _described(trigger: Token) -> Mood | None:
    """ "a failed takeover", "the planned withdrawal", "the imminent fall": an adjective of a reporting noun."""
    if is_verb(trigger):
        return None
    for child in trigger.lefts:
        effect = lexicon().governors.get(child.lower_, "")
        if child.dep_ in ("amod", "compound") and effect in ("denied", "planned", "hypothetical"):
            return Status(effect), child.lower_
    return None


def _told_of(at: Token, trigger: Token) -> bool:
    """The verb a reporting noun is the subject of: its negation is not the noun's ("the fall did not surprise")."""
    return at is not trigger and not is_verb(trigger) and is_verb(at) and at.lower_ not in _CONFIRMING


def _modal(verb: Token) -> Mood | None:
    word = next((c.lower_ for c in verb.children if c.dep_ == "aux" and c.lower_ in MODALS), "")
    if word:
        return Status.PLANNED, word
    return own_mood(verb, True) if any(c.dep_ == "mark" or c.lower_ == "to" for c in verb.children) else None


def _infinitive(verb: Token) -> tuple[Mood | None, str]:
    """What the word above an infinitive makes of it, and the word where it makes it done."""
    governor = _governor(verb)
    if governor is None:
        ordinal = verb.i >= 2 and verb.nbor(-2).lower_ in ORDINALS
        return (None, verb.nbor(-2).lower_) if ordinal else ((Status.PLANNED, "to"), "")
    if (nth := _counted(verb)) and governor.i < verb.i:
        return None, nth
    word = governor.lower_
    effect = lexicon().governors.get(word, "")
    if any(c.dep_ == "advmod" and c.lower_ == "only" and c.i < verb.i for c in verb.children):
        return None, "only"
    if verb.dep_ in ("relcl", "acl") and any(t.lower_ in ORDINALS for t in (governor, *governor.lefts)):
        return None, word
    perfect = any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children)
    if effect == "done" or effect == "say" and (word in _HEARSAY or perfect):
        return None, word
    if word in _TAKING_TIME and any(
        c.lower_ in SPANS | _TIMES for c in governor.children if c.dep_ in ("dobj", "npadvmod")
    ):
        return None, word
    if word in SPANS and governor.head.lower_ in _TAKING_TIME:
        return None, governor.head.lower_  # "it took them a day to win X"
    if word == "had" and any(t.frame in _GOING for t in lexicon().verbs.get(verb.lower_, ())):
        return None, "had to"
    if effect == "denied":
        return (None, word) if _denied_itself(governor) else ((Status.DENIED, word), "")
    above = governor.head.lower_ if governor.dep_ in ("dobj", "nsubjpass") else ""
    if lexicon().governors.get(above) == "denied":
        return (Status.DENIED, above), ""
    return (Status.PLANNED, word), ""


_GOING = frozenset({"leave", "lose", "give"})
"""Frames of what somebody has done where he had to do it: "had to abandon X"."""


def _counted(verb: Token) -> str:
    """The ordinal of "became the third town in a week to fall", whatever the tree hung the infinitive on."""
    before = verb.doc[max(0, verb.i - 9) : verb.i]
    at = next((t for t in reversed(before) if is_verb(t) and t.dep_ not in ("auxpass", "aux")), None)
    told = [t.lower_ for t in before if t.lower_ in ORDINALS and (at is None or t.i > at.i)]
    return told[0] if told and at is not None and at.lower_ in _BECOMING else ""


_BECOMING = frozenset("became become becomes is was are were".split())


def _denied_itself(word: Token) -> bool:
    """ "could not prevent", "failed to stop": a denial denied."""
    if any(c.dep_ == "neg" for c in word.children):
        return True
    return word.dep_ == "xcomp" and lexicon().governors.get(word.head.lower_) == "denied"


def _denial(at: Token, denying: Token) -> Mood | None:
    """What a word of denial makes of what hangs on it: "did not deny that they had taken it" tells that they had."""
    if not _denied_itself(denying):
        return Status.DENIED, denying.lower_
    return (Status.REPORTED, denying.lower_) if at.dep_ == "ccomp" else None


def _long_ago(at: Token, parent: Token) -> bool:
    """ "ended its hold on X", "known for taking X"; not "ended up ceding X", nor "the day ended with them taking X"."""
    if parent.lower_.startswith("end") and (particle(parent) == "up" or at.lower_ == "with"):
        return False
    return at.dep_ in ("xcomp", "dobj", "nsubjpass") or at.lower_ in ("for", "with")


def _governor(verb: Token) -> Token | None:
    """The word an infinitive hangs on."""
    verb = first_conjunct(verb)
    return verb.head if verb.head.i != verb.i else None


def _coordinated(at: Token, trigger: Token, step: int) -> tuple[Token, Mood | None]:
    """The first of a coordination, and the mood a later member shares with it ("will enter and take X")."""
    if at.dep_ not in ("conj", "appos"):
        return at, None
    first = first_conjunct(at)
    bare = at.tag_ == "VB" and is_verb(first) and not any(c.dep_ in ("nsubj", "aux") for c in at.children)
    root = first.head.i == first.i and step == 0 and not is_verb(trigger)
    return first, own_mood(first, is_verb(first)) if bare or root else None


def _closed(at: Token) -> bool:
    """Clauses that stand for themselves, whatever is above them: relative and adverbial ones."""
    if at.dep_ == "prep" and at.lower_ == "by" and at.i < at.head.i and any(c.dep_ == "pcomp" for c in at.children):
        return True
    if at.dep_ == "relcl" or at.i < at.head.i and any(t.text == ";" for t in at.doc[at.i : at.head.i]):
        return True
    if at.dep_ != "advcl" or _shown_as(at):
        return False
    if any(c.dep_ == "advmod" and c.lower_ in ("when", "while", "whilst") for c in at.lefts):
        return True  # "met no resistance when retaking X"
    return at.tag_ != "VBG" or any(c.dep_ in ("mark", "nsubj") for c in at.children)


def _shown_as(at: Token) -> bool:
    """ "showed X as captured": a clause that the verb above stands for."""
    return any(c.dep_ == "mark" and c.lower_ == "as" for c in at.children) and not any(
        c.dep_ in ("nsubj", "nsubjpass") for c in at.children
    )


_WRONGLY = frozenset("wrongly falsely mistakenly incorrectly erroneously prematurely".split())


def _unsure(at: Token, parent: Token) -> Mood | None:
    """What "wrongly said", "kept from", "doubted" and "a plan that includes" make of what hangs on them."""
    word = parent.lower_
    if lexicon().governors.get(word) == "say" and parent.tag_.startswith("NN") and (false := _called_false(parent)):
        return Status.DENIED, false
    if word in _CONTAINING and at.tag_ == "VBG" and (plan := _contained_in(parent)):
        return Status.PLANNED, plan
    if is_verb(parent) and (wrong := next((c.lower_ for c in parent.children if c.lower_ in _WRONGLY), "")):
        return Status.DENIED, wrong
    if word in _KEEPING and at.lower_ == "from" and any(c.dep_ == "pcomp" for c in at.children):
        return Status.DENIED, f"{word} from"
    if (
        word in _PROVIDING
        and at.dep_ in ("xcomp", "pcomp", "ccomp", "dobj")
        and at.tag_ == "VBG"
        and _of_a_plan(parent)
    ):
        return Status.PLANNED, word
    if word in _DOUBTING and at.dep_ in ("ccomp", "acl"):
        sure = any(c.dep_ == "neg" or c.lower_ in ("no", "nobody", "few", "without", "none") for c in parent.children)
        return None if sure else (Status.HYPOTHETICAL, word)
    return None


def _governed(at: Token, parent: Token, done: str) -> Mood | None:
    """What the word above makes of it."""
    effect = lexicon().governors.get(parent.lower_, "")
    word = parent.lower_
    if (unsure := _unsure(at, parent)) is not None:
        return unsure
    if at.dep_ == "prep" and at.lower_ == "by" and effect in ("denied", "background"):
        return None  # "ended the siege by storming X"
    if effect == "denied" and at.dep_ in _COMPLEMENTS:
        return _denial(at, parent)
    if effect == "background" and _long_ago(at, parent):
        return Status.BACKGROUND, word
    if effect == "hypothetical" and at.dep_ in ("pobj", "prep", "pcomp", "acl", "ccomp"):
        return Status.HYPOTHETICAL, word
    if word in _SUBJUNCTIVE and at.dep_ == "ccomp" and at.tag_ in ("VB", "VBP") and is_verb(at):
        aux = {c.lower_ for c in at.children if c.dep_ in ("aux", "auxpass")}
        return None if aux & {"has", "have"} else (Status.PLANNED, word)
    if effect == "planned" and not done and _under_plan(at, parent):
        return Status.PLANNED, word
    if word in _NAMING and at.dep_ in ("dobj", "nsubj", "nsubjpass", "ccomp"):
        return _judged(parent)
    if at.dep_ == "relcl" and word in _MOMENTS and at.tag_ in ("VBZ", "VBP"):
        return Status.HYPOTHETICAL, word
    if effect in ("planned", "hypothetical") and at.dep_ == "nsubjpass":
        return Status(effect), word
    if at.dep_ in ("nsubj", "nsubjpass", "ccomp", "csubj"):
        return _judged(parent)
    return None


_PROVIDING = frozenset("include includes included involve involves involved entail entails envisages means for".split())
"""What a plan does with what is still to come: "a plan that includes seizing X"."""


def _of_a_plan(verb: Token) -> bool:
    """Whether what includes or provides is a plan, an order, a deal."""
    at = verb if is_verb(verb) else verb.head
    nouns = at.ancestors if at.dep_ == "relcl" else (c for c in at.children if c.dep_ == "nsubj")
    return any(lexicon().governors.get(n.lower_) == "planned" and n.lower_ not in _HALTED for n in nouns)


def _judged(verb: Token) -> Mood | None:
    """ "reports that X fell are false", "the fall of X is imminent"."""
    for child in verb.children:
        if child.dep_ in ("acomp", "attr", "oprd"):
            effect = lexicon().governors.get(child.lower_, "")
            if effect in ("denied", "planned", "hypothetical") and child.tag_.startswith(("JJ", "VBN", "NN")):
                return Status(effect), child.lower_
    return None


def _said(at: Token) -> bool:
    """Whether a verb of saying stands above, so that nothing higher matters (saying that others deny does)."""
    parent = at.head
    if at.dep_ != "ccomp" or lexicon().governors.get(parent.lower_) != "say" or not is_verb(parent):
        return False
    if parent.lower_ in _CONFIRMING and any(c.dep_ == "neg" for c in parent.children):
        return False
    if any(c.dep_ == "aux" and c.lower_ == "could" for c in parent.children):
        return True  # "so it could announce that X was taken": it did
    return parent.head.i == parent.i or parent.dep_ not in ("xcomp", "ccomp", "conj", "acl")


_CONTAINING = frozenset("include includes included involve involves involved envisages envisaged entails".split())


def _contained_in(verb: Token) -> str:
    """The plan that includes, involves or entails doing something."""
    subject = grammatical_subject(verb)
    words = (subject, *subject.subtree) if subject is not None else ()
    return next((t.lower_ for t in words if lexicon().governors.get(t.lower_) == "planned"), "")


def _called_false(report: Token) -> str:
    """ "false claims that they had taken X"; and "refuted claims", where the tree makes an adjective of the verb."""
    lefts = (c for c in report.lefts if c.dep_ == "amod")
    return next((c.lower_ for c in lefts if lexicon().governors.get(c.lower_) == "denied"), "")


_HALTED = frozenset("drive offensive operation assault mission race".split())
"""Nouns that name a fight as well as a purpose: what hangs on them by "of" or "in" is not planned."""
_FIGHT = frozenset("battle battled battling fight fighting fought push pushed pushing".split())
_NARROW = frozenset("told tell called set close".split())


def _under_plan(at: Token, parent: Token) -> bool:
    """Whether a word of planning really governs: its complement, not a bystander clause."""
    if parent.tag_.startswith("NN"):
        if any(c.lower_ == "no" for c in parent.lefts):  # "no question that they took it"
            return False
        kinds = ("acl", "prep", "pobj", "compound", "pcomp", "ccomp")
        headline = at.dep_ == "ccomp" and at.i < parent.i
        return at.dep_ in kinds and parent.lower_ not in _HALTED and not headline
    if not (is_verb(parent) or parent.tag_.startswith("JJ")):
        return at.dep_ in ("pobj", "prep", "pcomp")
    if parent.lower_ in _NARROW:
        return parent.lower_ == "close" and at.lower_ == "to"
    if parent.lower_ in _FIGHT:
        return at.dep_ in ("xcomp", "pobj", "prep")
    complements = ("xcomp", "ccomp", "dobj", "prep", "pobj", "pcomp")
    return at.dep_ in complements and at.lower_ not in ("after", "since")
