"""Status: whether the article tells a change as done, denied, planned, hypothetical or long past.

Read off the trigger's own auxiliaries, then off the words it hangs on, climbing the tree until a
word of saying closes the matter (what was said stands as reported, by whom is kept).
"""

from __future__ import annotations

from spacy.tokens import Token

from geo.claims import Status
from geo.frames.slots import is_verb
from geo.lexicon import lexicon

_MODALS = frozenset(
    {"will", "would", "could", "may", "might", "should", "must", "can", "shall", "'ll", "’ll", "wo", "ca"}
)
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "should"})
_PAST = frozenset({"previously", "formerly", "originally", "initially", "once", "historically"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "without", "hardly", "barely"})
_AFTER = frozenset({"since", "until", "till", "before"})


def status(trigger: Token) -> tuple[Status, str]:  # noqa: C901
    """The status of what a trigger word reports, and the word that decided it."""
    lex = lexicon()
    at = trigger
    verbal = is_verb(trigger)
    done = ""
    for child in trigger.children:
        if child.dep_ in ("nsubj", "nsubjpass") and (
            child.lower_ in ("nobody", "none", "neither")
            or any(c.lower_ in ("no", "not", "neither") for c in child.lefts)
        ):
            return Status.DENIED, child.lower_
    for step in range(8):
        here = _own_mood(at, verbal and step == 0 or is_verb(at))
        if here is not None:
            if here[0] is Status.PLANNED and here[1] == "to":
                governor = _governor(at)
                effect = lex.governors.get(governor.lower_, "") if governor is not None else ""
                if governor is not None and governor.lower_ == "close":
                    effect = "planned"
                if effect == "done":
                    done = governor.lower_ if governor is not None else ""
                elif effect == "denied":
                    return Status.DENIED, governor.lower_ if governor is not None else "to"
                elif (
                    effect == "say"
                    and governor is not None
                    and governor.lower_ in ("believed", "reported", "said", "thought", "claimed", "seen")
                ):
                    done = governor.lower_
                else:
                    return Status.PLANNED, governor.lower_ if governor is not None else "to"
            else:
                return here
        if at.head.i == at.i:
            break
        parent = at.head
        if at.dep_ in ("conj", "appos"):
            at = _first_conjunct(at)
            if at.head.i == at.i:
                own = _own_mood(at, is_verb(at)) if step == 0 and not is_verb(trigger) else None
                if own is not None:
                    return own
                break
            parent = at.head
        effect = lex.governors.get(parent.lower_, "")
        if at.dep_ in ("relcl", "advcl") and at is not trigger and not is_verb(trigger):
            pass
        if at.dep_ == "relcl":
            break
        if at.dep_ == "advcl" and (at.tag_ != "VBG" or any(c.dep_ in ("mark", "nsubj") for c in at.children)):
            break
        if effect == "denied" and at.dep_ in ("ccomp", "dobj", "xcomp", "pobj", "prep", "pcomp", "nsubjpass"):
            return Status.DENIED, parent.lower_
        if effect == "hypothetical" and at.dep_ in ("pobj", "prep", "pcomp", "acl", "ccomp"):
            return Status.HYPOTHETICAL, parent.lower_
        if effect == "planned" and not done and _under_plan(at, parent):
            return Status.PLANNED, parent.lower_
        if effect == "say" and at.dep_ == "ccomp":
            negated = any(c.dep_ == "neg" for c in parent.children)
            if negated and parent.lower_ in ("confirm", "confirmed", "say", "said"):
                return Status.HYPOTHETICAL, f"not {parent.lower_}"
            if parent.head.i != parent.i and parent.dep_ in ("xcomp", "ccomp", "conj"):
                at = parent
                continue
            break
        at = parent
    return Status.REPORTED, done


def _first_conjunct(token: Token) -> Token:
    for _ in range(6):
        if token.dep_ not in ("conj", "appos") or token.head.i == token.i:
            break
        token = token.head
    return token


def _own_mood(token: Token, verbal: bool) -> tuple[Status, str] | None:  # noqa: C901
    """What the token's own auxiliaries, negation and conjunction say."""
    for child in token.children:
        word = child.lower_
        if child.dep_ == "neg" or (
            child.dep_ in ("det", "advmod", "preconj") and word in _NEGATIONS and child.i < token.i
        ):
            if word == "no" and any(c.lower_ == "longer" for c in token.doc[child.i + 1 : child.i + 2]):
                continue
            return Status.DENIED, word
        if child.dep_ == "mark" and word in _CONDITIONS:
            return Status.HYPOTHETICAL, word
        if verbal and child.dep_ in ("aux", "auxpass"):
            if word in _MODALS:
                have = any(c.lower_ == "have" for c in token.children)
                if word in ("could", "may", "might", "should", "would") and have:
                    return Status.HYPOTHETICAL, word + " have"
                return Status.PLANNED, word
            if word == "to" and child.tag_ == "TO":
                return Status.PLANNED, "to"
        if child.dep_ == "advmod" and word in _PAST:
            return Status.BACKGROUND, word
        if child.dep_ == "mark" and word == "since" and verbal:
            return Status.BACKGROUND, word
        if child.dep_ == "mark" and word in ("until", "till"):
            return Status.PLANNED, word
    if token.dep_ == "pcomp" and token.head.lower_ in ("without", "before"):
        return (Status.DENIED if token.head.lower_ == "without" else Status.PLANNED), token.head.lower_
    if token.dep_ in ("pobj", "pcomp") and token.head.lower_ in ("since",):
        return Status.BACKGROUND, "since"
    return None


def _governor(verb: Token) -> Token | None:
    """The word an infinitive hangs on."""
    if verb.dep_ in ("xcomp", "ccomp", "acl", "advcl", "relcl", "pcomp"):
        return verb.head
    if verb.dep_ == "conj":
        return _governor(_first_conjunct(verb))
    return verb.head if verb.head.i != verb.i else None


def _under_plan(token: Token, parent: Token) -> bool:
    """Whether a word of planning really governs: its complement, not a bystander clause."""
    if parent.tag_.startswith("NN"):
        return token.dep_ in ("acl", "prep", "pobj", "compound", "pcomp", "ccomp") and parent.lower_ not in (
            "drive",
            "offensive",
            "operation",
            "assault",
            "mission",
            "race",
        )
    if is_verb(parent) or parent.tag_.startswith("JJ"):
        if parent.lower_ in (
            "battle",
            "battled",
            "battling",
            "fight",
            "fighting",
            "fought",
            "push",
            "pushed",
            "pushing",
            "set",
            "call",
            "called",
            "tell",
            "told",
            "close",
        ):
            return token.dep_ in ("xcomp", "pobj", "prep") and parent.lower_ not in (
                "told",
                "tell",
                "called",
                "set",
                "close",
            )
        return token.dep_ in ("xcomp", "ccomp", "dobj", "prep", "pobj", "pcomp") and token.lower_ not in (
            "after",
            "since",
        )
    return token.dep_ in ("pobj", "prep", "pcomp")
