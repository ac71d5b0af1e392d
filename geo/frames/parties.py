"""Parties: noun phrases as sides, and whether a noun can be one at all."""

from __future__ import annotations

from collections.abc import Iterator

from geo.frames.parsed import Parsed
from geo.frames.refs import SideRef
from geo.frames.slots import antecedent, doer, objects_of
from geo.lexicon import lexicon
from geo.mentions import Sort
from geo.trees import Token

_GROUP_WORDS = frozenset(
    "alliance coalition faction factions army group groups movement organisation organization militia force side "
    "fighters men units members".split()
)


_SIDE_PRONOUNS = frozenset("they it he she we i who which them him her us itself themselves ours theirs".split())
_WHOSE = frozenset({"ours", "theirs", "its", "their", "our"})
"""Possessives that stand for a side on their own: "is in its hands", "came under their control"."""


def side_ref(head: Token, parsed: Parsed) -> SideRef | None:
    """A noun phrase read as a side, with the qualifiers that say whose it is."""
    head = _whose(antecedent(head))
    mention = parsed.mention(head)
    if head.lower_ in _SIDE_PRONOUNS and head.tag_.startswith(("PRP", "W")) or head.lower_ in _WHOSE:
        a, b, text = parsed.words(head, head)
        return SideRef(text, a, b, True, False)
    if not (head.tag_.startswith(("NN", "JJ", "VBG", "DT", "CD")) or mention is not None):
        return None
    apposed = _called(head, parsed) if mention is None else None
    if apposed is not None:
        return side_ref(apposed, parsed)
    first = head
    for child in head.lefts:
        if child.dep_ in (
            "amod",
            "compound",
            "nmod",
            "poss",
            "det",
            "nummod",
            "appos",
            "advmod",
            "quantmod",
            "npadvmod",
            "dep",
            "punct",
            "conj",
            "cc",
        ):
            first = min(first, *(t for t in child.subtree if t.i <= child.i), key=lambda t: t.i)
    last = head
    for child in head.rights:
        if head.i + 1 < child.i and head.doc[head.i + 1].text == "," and child.dep_ in ("acl", "amod"):
            break  # "A, supported by B, captured X"
        if (
            child.dep_ == "prep"
            and child.lower_ in ("of", "from", "under")
            or child.dep_ in ("acl", "amod")
            and child.lower_
            in (
                "loyal",
                "led",
                "backed",
                "allied",
                "aligned",
                "supported",
                "linked",
                "affiliated",
                "commanded",
                "belonging",
            )
        ):
            if (
                child.lower_ == "from"
                and mention is not None
                and mention.sort is Sort.ACTOR
                and not _plain_body(mention.text)
            ):
                continue
            tail = [t for t in child.subtree if t.i > head.i and t.i - head.i < 12 and t.dep_ not in ("relcl",)]
            if tail and not any(t.dep_ in ("relcl", "punct") for t in tail):
                last = max(tail, key=lambda t: t.i)
        elif child.i > last.i + 1:
            break
    a, b, text = parsed.words(first, last)
    named = mention is not None or any(parsed.mention(t) for t in parsed.doc[first.i : last.i + 1])
    points_back = not named and (
        head.lower_ in _GROUP_WORDS
        and any(c.lower_ in ("the", "its", "their", "his") for c in head.lefts)
        or any(c.dep_ == "poss" and c.lower_ in ("its", "their", "his", "her", "our") for c in head.lefts)
    )
    armed = any((m := parsed.mention(t)) is not None and m.sort is Sort.ACTOR for t in parsed.doc[first.i : last.i + 1])
    return SideRef(text, a, b, points_back, named, armed)


def _called(head: Token, parsed: Parsed) -> Token | None:
    """ "a smaller group, A", "the main rebel faction, the A": the name right behind the comma."""
    if head.lower_ not in _GROUP_WORDS or any(parsed.mention(t) is not None for t in head.lefts):
        return None
    behind = head.doc[head.i + 1 : head.i + 4]
    if len(behind) < 2 or behind[0].text != ",":
        return None
    name = behind[2] if behind[1].lower_ == "the" and len(behind) > 2 else behind[1]
    mention = parsed.mention(name)
    apposed = name.dep_ == "appos" and name.head.i == head.i
    return name if apposed and mention is not None and mention.sort is Sort.ACTOR else None


def _whose(head: Token) -> Token:
    """ "A, whose fighters took X": A, of a body told of by nothing but whose it is."""
    if not any(c.tag_ == "WP$" and c.lower_ == "whose" for c in head.lefts) or not is_armed_word(head):
        return head
    return next((t.head for t in (head, *head.ancestors) if t.dep_ == "relcl"), head)


_EVENTS = frozenset(
    "assault offensive attack counterattack counteroffensive counter-offensive advance push operation campaign raid "
    "blitz ambush invasion incursion onslaught drive uprising strikes bombardment raids deal agreement units column "
    "convoy division divisions victory state country nation republic kingdom authorities side opponents".split()
)
"""Common nouns for what an army does, or acts for: they can take a place, a fire or a virus cannot."""


def _plain_body(name: str) -> bool:
    """ "fighters", of whom a "from" says whose they are; a side with a name needs none."""
    return all(lexicon().is_class(w, "armed") for w in name.lower().split())


_CIVIL = frozenset("protesters demonstrators strikers fans tourists".split())
"""Crowds: what they occupy has not changed hands."""


def no_side(head: Token | None, parsed: Parsed) -> bool:
    """A common noun that can hold nothing: the virus, prices, the fire."""
    if head is None:
        return False
    head = antecedent(head)
    if head.lower_ in _CIVIL or is_civil(head, parsed):
        return True
    if head.lower_ in _SIDE_PRONOUNS:
        return False
    if parsed.mention(head) is not None or not head.tag_.startswith("NN") or head.tag_ in ("NNP", "NNPS"):
        return False
    if is_armed_word(head) or lexicon().is_class(head.lower_.removesuffix("s"), "title") or head.lower_ in _EVENTS:
        return False
    return not any(
        parsed.mention(t) is not None or lexicon().is_class(t.lower_, "armed") for t in head.subtree if t.i < head.i + 6
    )


def is_civil(head: Token | None, parsed: Parsed) -> bool:
    """ "rights groups", "an aid agency", "Doctors Without Borders": bodies that hold no ground."""
    if head is None:
        return False
    lex, mention = lexicon(), parsed.mention(head)
    if mention is not None and mention.sort in (Sort.NAME, Sort.BODY):
        return any(lex.is_class(word, "civil_name") for word in mention.text.lower().split())
    return any(lex.is_class(child.lower_, "civil") for child in head.lefts)


def acting(verb: Token, parsed: Parsed) -> Token | None:
    """Who did it; where the tree gives a noun that can do nothing, the armed body right before the verb."""
    told = doer(verb)
    if told is None or not no_side(told, parsed) or verb.i == 0:
        return told
    beside = verb.doc[verb.i - 1]
    return beside if is_body(beside, parsed) else told


def is_side(token: Token | None, parsed: Parsed) -> bool:
    """Whether a noun can be a side: an actor's name, an armed body, or a pronoun."""
    if token is None:
        return False
    token = antecedent(token)
    if parsed.mention(token) is not None or token.tag_.startswith(("PRP", "W")):
        return True
    if is_demonym(token) and any(c.dep_ == "conj" and is_body(c, parsed) for c in token.rights):
        return True  # "fell to Somali and Kenyan troops"
    return is_armed_word(token) or token.tag_ in ("NNP", "NNPS")


def is_armed_word(token: Token) -> bool:
    """A common noun for an armed body or a ruling one, in either number."""
    return token.lower_ in lexicon().armed


def is_body(token: Token | None, parsed: Parsed) -> bool:
    """Whether a noun names an armed body and could not be a place: not a state or a capital."""
    if token is None:
        return False
    token = antecedent(token)
    mention = parsed.mention(token)
    if mention is not None:
        return mention.sort is Sort.ACTOR
    if token.lower_ == "side" and any(c.lower_ == "of" for c in token.rights):
        return False
    if is_armed_word(token):
        return True
    if not token.classes.isdisjoint(("settlement", "facility", "quarter", "place")):
        return False  # "Al-Shabab's last big town", "the rebel base"
    return bool(token.lefts) and any((m := parsed.mention(c)) is not None and m.sort is Sort.ACTOR for c in token.lefts)


def is_armed(token: Token | None, parsed: Parsed) -> bool:
    """Whether a noun can act as a side in a war: a body, a state, or a pronoun for one."""
    if token is None:
        return False
    token = antecedent(token)
    mention = parsed.mention(token)
    if mention is not None and mention.sort is Sort.STATE:
        return True
    if token.tag_.startswith("PRP"):
        return token.lower_ in ("they", "them", "it")
    return is_body(token, parsed)


def owner(noun: Token, parsed: Parsed) -> Token | None:
    """ "the rebels' capture", "government takeover", "Russian hands", "capture by the army"."""
    by = next((t for t in (*objects_of(noun, "by"), *_loose_by(noun)) if is_side(t, parsed)), None)
    if by is not None:
        return by
    for child in noun.lefts:
        if child.dep_ not in ("poss", "compound", "nmod", "amod"):
            continue
        mention = parsed.mention(child)
        if mention is not None and mention.sort in (Sort.ACTOR, Sort.NAME, Sort.PLACE, Sort.STATE):
            return child
        if child.tag_ == "PRP$" or is_armed_word(child) or is_demonym(child):
            return child
        if child.dep_ == "poss" and child.tag_.startswith("NN"):
            return child
    return None


def _loose_by(noun: Token) -> Iterator[Token]:
    """The object of a "by" right behind the noun's own phrase, wherever the tree hung it."""
    for token in noun.doc[noun.i + 1 : noun.i + 10]:
        if token.tag_.startswith(("VB", "MD")) or token.text in ",;":
            return
        if token.lower_ == "by":
            yield from (c for c in token.children if c.dep_ == "pobj")
            return


def is_demonym(token: Token) -> bool:
    """ "Russian", "Kurdish": an adjective that tells whose it is."""
    return token.text[:1].isupper() and lexicon().is_class(token.lower_, "adjective")


def announcer(noun: Token, parsed: Parsed) -> Token | None:
    """Who tells of its own doing: "A announced the capture", "the capture was claimed by A"."""
    verb = noun.head
    if verb.lower_ not in _OWN_DOING or noun.dep_ not in ("dobj", "nsubjpass"):
        return None
    told = doer(verb)
    return told if is_armed(told, parsed) else None


_OWN_DOING = frozenset(
    "announced announces claimed claims celebrated celebrates declared declares hailed hails".split()
)
