"""Slots: the subject, object and prepositional objects of a verb, seen through English grammar.

A verb borrows its subject from the clause it hangs on (coordination, participles, infinitives), and
a relative clause borrows its gap from the noun it describes. Every climb is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator

from geo.trees import Token

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_VERBAL = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_CLIMB = 6


def is_verb(token: Token) -> bool:
    return token.tag_ in _VERBAL


def is_passive(verb: Token) -> bool:
    """Whether the verb's grammatical subject is what it was done to."""
    deps = {child.dep_ for child in verb.children}
    if "nsubjpass" in deps or "auxpass" in deps or "agent" in deps:
        return True
    if verb.tag_ == "VBD" and verb.dep_ == "acl" and not deps & {"nsubj", "dobj"}:
        return True
    if _parted(verb):
        return True
    if verb.tag_ == "VBN" and "aux" not in deps and "nsubj" not in deps and "dobj" not in deps:
        return verb.dep_ in ("acl", "advcl", "amod", "ccomp", "conj", "dep") and not _shares_aux(verb)
    return False


def _parted(verb: Token) -> bool:
    """ "The base of X, snatched from B at dawn, lies empty": a participle that the tree took for a verb."""
    deps = {child.dep_ for child in verb.children}
    if verb.tag_ not in ("VBD", "VBN") or verb.dep_ not in ("ROOT", "dep") or deps & {"dobj", "aux", "auxpass", "cc"}:
        return False
    if _name_before(verb) is None:
        return False
    goes_on = (c for c in verb.children if c.dep_ == "conj" and is_verb(c) and c.i > verb.i)
    return "nsubj" not in deps or any(verb.doc[c.i - 1].text == "," for c in goes_on)


def _shares_aux(verb: Token) -> bool:
    """ "have entered and seized it": the second participle is as active as the first."""
    return verb.dep_ == "conj" and is_verb(verb.head) and not is_passive(verb.head)


def antecedent(pronoun: Token) -> Token:
    """The noun a relative pronoun stands for; any other token stands for itself."""
    if pronoun.lower_ not in _RELATIVE or pronoun.tag_ not in ("WDT", "WP", "IN", "DT"):
        return pronoun
    verb = pronoun
    for _ in range(_CLIMB):
        if verb.dep_ == "relcl":
            return verb.head
        if verb.head.i == verb.i:
            break
        told = _own(verb.head, _TOLD) if verb.dep_ == "ccomp" and pronoun.tag_ == "WDT" else None
        if told is not None and any(c.dep_ == "nsubj" and c.lower_ == "it" for c in verb.head.children):
            return told  # "it is X that has been freed"
        verb = verb.head
    hung_above = _name_before(pronoun) if pronoun.lower_ == "which" else None  # on the verb, not on the name
    return hung_above or pronoun


_TOLD = frozenset({"attr"})


def _own(verb: Token, deps: frozenset[str]) -> Token | None:
    return next((child for child in verb.children if child.dep_ in deps), None)


def grammatical_subject(verb: Token) -> Token | None:
    """The subject as the grammar has it, borrowed from a higher clause where the verb has none."""
    at = verb
    if verb.tag_ == "VB" and (took := _took_time(verb)) is not None:
        return next((c for c in took.children if c.dep_ in ("dative", "dobj") and c.lower_ not in SPANS), None)
    for _ in range(_CLIMB):
        own = _nearest_subject(at) or _behind_opening(at)
        if own is not None:
            return antecedent(own)
        if at.dep_ == "acl":
            return at.head
        if at.dep_ == "relcl":
            return at.head if not any(c.dep_ == "nsubj" for c in at.children) else None
        if at.dep_ == "pcomp" and at.head.lower_ == "from":
            return _own(at.head.head, frozenset({"dobj", "nsubjpass"})) or grammatical_subject(at.head.head)
        if at.dep_ == "xcomp":
            controlled = _own(at.head, frozenset({"dobj"}))
            moved = at.head.tag_ != "VBG" or at.head.lower_ in _FORCING
            if controlled is not None and moved and _has_to(at):
                return controlled
        if at.head.i == at.i:
            return None
        at = at.head
        if (
            not is_verb(at)
            and not is_time(at)
            and at.dep_
            not in (
                "prep",
                "pcomp",
                "acomp",
                "ROOT",
                "ccomp",
                "conj",
                "advcl",
                "attr",
                "mark",
            )
        ):
            if at.tag_.startswith("NN") and _purpose(verb, at):
                return _own(at, frozenset({"poss"}))
            return at if at.tag_.startswith("NN") else None
    return None


SPANS = frozenset("minute minutes hour hours day days week weeks month months year years decade decades".split())


def _took_time(verb: Token) -> Token | None:
    """The "took" of "it took A two days to V X": A is who did it."""
    above = verb.head.head if verb.head.lower_ in SPANS else verb.head
    if above.lower_ not in ("took", "taken") or verb.dep_ not in ("relcl", "acl", "xcomp", "advcl", "ccomp"):
        return None
    return above if any(c.dep_ == "nsubj" and c.lower_ == "it" for c in above.lefts) else None


_FORCING = frozenset("forcing obliging compelling prompting enabling allowing ordering causing leading".split())
"""Participles whose object does what follows: "forcing B to leave", not "using drones to reach X"."""


def _purpose(verb: Token, noun: Token) -> bool:
    """ "the aim of freeing X", "their plan for taking X": a thing that somebody has, and no doer."""
    prep = verb.head
    return (
        verb.dep_ == "pcomp" and prep.lower_ in ("of", "for") and prep.head.i == noun.i and "armed" not in noun.classes
    )


def _nearest_subject(verb: Token) -> Token | None:
    """The subject right before the verb where the tree gave it two (the first is an aside's)."""
    subjects = [c for c in verb.children if c.dep_ in _SUBJECTS and not _left_out(c)]
    before = [c for c in subjects if c.i < verb.i and c.lower_ not in _SELVES]
    if len(before) > 1 and _torn(verb, before[0]):
        return before[0]
    return before[-1] if before else next(iter(subjects), None)


_SELVES = frozenset({"themselves", "itself", "himself"})
"""What stands beside a subject and is none: "the rebels have themselves left"."""


def _behind_opening(verb: Token) -> Token | None:
    """ "In P, A and B were taken": the subject A, which the tree took for another P."""
    if not is_verb(verb):
        return None
    for prep in verb.lefts:
        if prep.dep_ != "prep" or prep.i and prep.nbor(-1).text != ",":
            continue
        place = next((c for c in prep.children if c.dep_ == "pobj"), None)
        first = next((c for c in place.children if c.dep_ in ("conj", "appos")), None) if place is not None else None
        if first is None or first.nbor(-1).text != "," or not first.tag_.startswith("NNP"):
            continue
        if not any(
            t.head.i == verb.i and t.i > first.i for t in verb.lefts if t.dep_ not in ("aux", "auxpass", "advmod")
        ):
            return first
    return None


def _torn(verb: Token, first: Token) -> bool:
    """ "The base, which men who came by night shelled, is theirs": a main clause that the tree hung on its aside."""
    aside = verb.dep_ == "relcl" and first.lower_ in _RELATIVE and verb.head.dep_ == "ROOT" and not is_verb(verb.head)
    return aside and verb.doc[verb.i - 1].text == ","


def _left_out(noun: Token) -> bool:
    """ "Every district but two is": what "but" leaves out is no subject."""
    start = noun.lefts[0].i if noun.lefts else noun.i
    return start > 0 and noun.doc[start - 1].lower_ == "but" and any(t.lower_ in _ALL for t in noun.doc[: start - 1])


_ALL = frozenset({"all", "every", "everything", "none", "nothing"})


def _has_to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def doer(verb: Token) -> Token | None:
    """Who did it: the subject, or the agent of a passive."""
    if not is_passive(verb):
        return grammatical_subject(verb)
    for prep in verb.children:
        if prep.dep_ == "agent" or (prep.dep_ == "prep" and prep.lower_ == "by"):
            found = next((c for c in prep.children if c.dep_ == "pobj"), None)
            if found is not None and not is_time(found):
                return found
    return None


def is_time(noun: Token) -> bool:
    """A day or a time of day: what "by" and "on" put behind a verb without being its doer or its place."""
    return not noun.classes.isdisjoint(_TIMES) or len(noun.text) == 4 and noun.text.isdigit()


_TIMES = frozenset({"calendar", "time"})


_MOMENTARY = frozenset("hour hours minute minutes moment moments while time spell".split())
_LONG = frozenset({"long", "considerable", "whole", "full"})


def brief(verb: Token) -> bool:
    """ "for some hours", "for a short while", "briefly": a time so short that what lasted it had just begun."""
    if any(c.lower_ in ("briefly", "momentarily") for c in verb.children):
        return True
    spans = [t for t in objects_of(verb, "for") if t.lower_ in _MOMENTARY]
    return any(not any(c.lower_ in _LONG for c in t.lefts) for t in spans)


def undergoer(verb: Token) -> Token | None:
    """What it was done to: the object, a passive's subject, or the gap of a relative clause."""
    if is_passive(verb):
        own = _own(verb, _SUBJECTS) if not _parted(verb) else _name_before(verb)
        own = own or _behind_aux(verb)
        if own is not None:
            return antecedent(own)
        if verb.dep_ in ("acl", "advcl", "conj", "dep", "appos") and (beside := _name_before(verb)) is not None:
            return beside
        if verb.dep_ in ("acl", "relcl"):
            return grammatical_subject(clause_verb(verb.head)) if _spans(verb.head) else verb.head
        if verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children):
            shown = _own(verb.head, frozenset({"dobj", "nsubjpass"}))
            return antecedent(shown) if shown is not None else None
        return grammatical_subject(verb)
    found = _own(verb, frozenset({"dobj", "dative", "oprd"})) or _own(verb, frozenset({"attr"}))
    if found is not None:
        return antecedent(found)
    if verb.dep_ == "relcl" and any(c.dep_ == "nsubj" and c.lower_ not in _RELATIVE for c in verb.children):
        return verb.head
    return _swallowed(verb) or _said_gap(verb)


def _spans(noun: Token) -> bool:
    """ "the third town in a week to be taken": a time, which nobody takes."""
    return noun.dep_ == "pobj" and noun.lower_ in _WHILES


_WHILES = frozenset("hour hours day days week weeks weekend month months year years".split())


def _swallowed(verb: Token) -> Token | None:
    """ "They have captured X, the seat of Y, people said": an object that the tree took for one of those who say it."""
    said, after = verb.head, verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else verb
    if verb.dep_ != "ccomp" or after.dep_ != "nsubj" or after.head.i != said.i or not after.tag_.startswith("NNP"):
        return None
    return after if any(t.text == "," for t in verb.doc[after.i : said.i]) else None


def _behind_aux(verb: Token) -> Token | None:
    """ "Lost in one day were X and Y": what a fronted participle was done to."""
    aux = _own(verb, frozenset({"auxpass"}))
    after = _own(verb, frozenset({"attr"})) or (_own(aux, frozenset({"attr"})) if aux is not None else None)
    return after if aux is not None and after is not None and verb.i < aux.i < after.i else None


def further_objects(verb: Token, obj: Token) -> list[Token]:
    """ "took X on Sunday and the camp of Y a day later": objects behind the first one's own date."""
    found = [c for c in verb.children if c.i > obj.i and c.dep_ in ("conj", "dobj", "dep", "npadvmod", "appos")]
    return [c for c in found if c.tag_.startswith("NN") and not is_time(c) and c.i > obj.i + 1 and _timed(verb, obj, c)]


def _timed(verb: Token, obj: Token, further: Token) -> bool:
    """Whether a time stands between the two objects and no other verb."""
    between = verb.doc[obj.i + 1 : further.i]
    return any(is_time(t) for t in between) and not any(is_verb(t) and t.dep_ != "amod" for t in between)


_SHARES = frozenset("most rest half part parts all some much third quarter".split())


def part_of_which(verb: Token) -> Token | None:
    """ "X, the rest of which they took": X, whatever the tree made of the clause."""
    doc = verb.doc
    for at in range(verb.i - 1, max(verb.i - 8, 2), -1):
        if doc[at].lower_ != "which" or doc[at - 1].lower_ != "of" or doc[at - 2].lower_ not in _SHARES:
            continue
        comma = at - 3
        while comma > 0 and doc[comma].tag_ in ("DT", "JJ"):
            comma -= 1
        before = doc[comma - 1] if comma > 0 and doc[comma].text == "," else None
        return before if before is not None and before.tag_.startswith("NN") else None
    return None


def _said_gap(verb: Token) -> Token | None:
    """ "X, which A says it took": the gap of a clause inside a clause of saying."""
    above = verb.head
    if verb.dep_ != "ccomp" or above.dep_ != "relcl" or above.i == verb.i:
        return None
    gap = _own(above, frozenset({"dobj"}))
    if gap is None:  # "X, a town that they say they took", "X, a town they say they took"
        told = any(c.dep_ == "nsubj" and c.lower_ not in _RELATIVE for c in above.children)
        placed = any(c.lower_ in ("where", "when") for at in (above, verb) for c in at.children)
        return above.head if told and not placed and not any(c.dep_ == "mark" for c in verb.children) else None
    return above.head if gap.lower_ in _RELATIVE else None


def _name_before(word: Token) -> Token | None:
    """ "X, liberated on Sunday", "X, which": the name right before the comma, wherever the tree hung what follows."""
    if word.i < 2 or word.nbor(-1).text != ",":
        return None
    before = word.nbor(-2)
    named = before.tag_ == "NN" and any(c.dep_ == "compound" and c.tag_ == "NNP" for c in before.lefts)
    return before if named or before.tag_ in ("NNP", "NNPS") else None


_LOOSE = frozenset({"back", "away", "out", "over", "up", "down", "off", "deep", "as", "further", "farther", "right"})


def objects_of(token: Token, *prepositions: str) -> Iterator[Token]:
    """Objects of the token's prepositions of those names, with "out of" and "close to" seen through."""
    for prep in token.children:
        if prep.dep_ not in ("prep", "agent", "advmod", "prt", "dative", "pcomp"):
            continue
        if prep.lower_ in prepositions:
            yield from (c for c in prep.children if c.dep_ in ("pobj", "dobj"))
        for inner in prep.children:
            if inner.dep_ == "prep" and (
                f"{prep.lower_} {inner.lower_}" in prepositions
                or (prep.lower_ in _LOOSE and inner.lower_ in prepositions)
            ):
                yield from (c for c in inner.children if c.dep_ == "pobj")


def particle(verb: Token) -> str:
    """The verb's particle or bare adverb ("over", "back", "out", "down"), or the empty string."""
    for child in verb.children:
        if child.dep_ in ("prt", "advmod", "prep") and child.lower_ in (
            "over",
            "back",
            "out",
            "up",
            "down",
            "off",
            "away",
        ):
            return child.lower_
    return ""


def clause_verb(token: Token) -> Token:
    """The verb of the clause a token stands in (the token itself where it is one)."""
    at = token
    for _ in range(12):
        if is_verb(at) and at.dep_ not in ("amod", "aux", "auxpass"):
            return at
        if at.head.i == at.i:
            return at
        at = at.head
    return at


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated with it or put in apposition, in order of the text."""
    out = [token, *_twins(token)]
    todo = list(out)
    while todo:
        at = todo.pop()
        for child in at.children:
            if child.dep_ in ("conj", "appos") and child not in out and not _excepted(child):
                out.append(child)
                todo.append(child)
    return sorted(out, key=lambda t: t.i)


def _twins(token: Token) -> list[Token]:
    """ "X and then Y fell": the earlier of two subjects that only "and" parts, where the tree made two of one."""
    if token.dep_ not in _SUBJECTS:
        return []
    own = {token.i, *(t.i for child in token.lefts for t in child.subtree)}
    for other in token.head.lefts:
        if other.dep_ in _SUBJECTS and other.i < token.i and other.tag_.startswith("NNP"):
            between = [t for t in token.doc[other.i + 1 : token.i] if t.i not in own and t.head is not other]
            joined = any(t.lower_ == "and" for t in token.doc[other.i + 1 : token.i])
            if joined and all(t.lower_ in _THEN for t in between):
                return [other]
    return []


_THEN = frozenset({"and", "then", "later", "also", "finally", "soon", ",", "the"})


def _excepted(token: Token) -> bool:
    """ "all of X but Y", "the fall of X, only Y is left": a noun that "but" or "only" leaves out."""
    only = any(c.lower_ == "only" and c.dep_ == "advmod" for c in token.lefts) and token.dep_ == "conj"
    return token.tag_.startswith("NN") and (only or _left_out(token))


def first_conjunct(token: Token) -> Token:
    """The head of a coordination or apposition that the token belongs to."""
    for _ in range(6):
        if token.dep_ not in ("conj", "appos") or token.head.i == token.i:
            break
        token = token.head
    return token
