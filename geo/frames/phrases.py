"""Noun phrases as places and as sides.

A place phrase is a name, a kind word with a name ("the port of Sirte"), a set with a location ("more
than 50 villages in eastern Idlib") with its named members, a part of a place ("a third of Palmyra"),
or a definite description or pronoun that an earlier place answers to. Rule of thumb throughout: the
tree decides roles, the text decides lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Token

from geo.frames.parsed import PLACE_SORTS, Parsed
from geo.frames.slots import antecedent, conjuncts, is_verb, objects_of
from geo.lexicon import lexicon
from geo.mentions import Mention, Sort


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place as a phrase gives it. Offsets index the article.

    text is None where the phrase only points back (`kind_words` say at what: "the town"). partial: a
    part of the place; count: of an unnamed set; holder: who is said to hold it ("rebel-held");
    anchored: the text names a surrounding or nearby place, not the place itself.
    """

    start: int
    end: int
    text: str | None
    kind_words: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    partial: bool = False
    count: int | None = None
    holder: str | None = None
    anchored: bool = False
    plural: bool = False
    certain: bool = False
    sort: Sort | None = None


@dataclass(frozen=True, slots=True)
class SideRef:
    """A side as a phrase gives it: its words, and whether they only point back (they, the group)."""

    text: str
    start: int
    end: int
    pronoun: bool
    named: bool
    armed: bool = False


_KINDS = ("settlement", "quarter", "facility", "region", "area", "place", "position")
_LOCATING = (
    "in",
    "of",
    "inside",
    "around",
    "near",
    "at",
    "within",
    "on",
    "across",
    "throughout",
    "outside",
    "between",
    "along",
    "from",
)
_BESIDE = (
    "north of",
    "south of",
    "east of",
    "west of",
    "northwest of",
    "northeast of",
    "southwest of",
    "southeast of",
    "close to",
    "near",
)
_NUMBERS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}
_PRONOUNS = frozenset({"it", "them", "there", "they"})
_LIST_GAP = re.compile(
    r"(?: (?:in|near|on|outside|(?:north|south|east|west)[a-z]* of) [^,.;:]{3,45}(?=,))?"
    r"(?:,? ?(?:and|as well as|along with|plus|and then|then|together with|followed by)?"
    r" ?|/| ?[–—-] ?)"
    r"(?:(?:nearby|neighbou?ring|strategic|also|the|both) )*"
    r"(?:(?:towns?|villages?|cit(?:y|ies)|districts?|neighbou?rhoods?|areas?|hamlets?|regions?) (?:of )?)?"
    r"(?:(?:nearby|neighbou?ring|the) )*"
)


def _class(token: Token, *names: str) -> bool:
    return lexicon().is_class(token.lower_, *names)


def place_refs(head: Token, parsed: Parsed) -> list[PlaceRef]:
    """Every place a noun phrase names or points at, in order of the text."""
    head = _described(antecedent(head), parsed)
    refs: list[PlaceRef] = []
    for token in conjuncts(head):
        if token.dep_ == "appos" and _class(token, *_KINDS) and _is_name(token.head, parsed):
            continue
        refs += _placed(_one(token, parsed, 0), token, parsed)
    return _with_list(refs, parsed)


def _described(token: Token, parsed: Parsed) -> Token:
    """The name an apposition describes: "X, the capital of Y, which fell", "X, one of the towns seized"."""
    at = token
    for _ in range(6):
        if at.dep_ == "appos" and parsed.mention(at) is None:
            return at.head
        if (
            at.dep_ == "pobj"
            and at.head.lower_ == "of"
            and at.head.head.i < at.i
            and (at.head.head.lower_ in ("one", "some", "all") or at is not token)
            or at.dep_ == "pobj"
            and at.head.lower_ == "of"
            and _class(at.head.head, "area", "position", "part")
            and _class(at, "ground")
        ):
            at = at.head.head
        else:
            break
    return token


def _placed(refs: list[PlaceRef], token: Token, parsed: Parsed) -> list[PlaceRef]:
    """A phrase that names no place of its own, placed by the words right behind it, with its named members."""
    out: list[PlaceRef] = []
    for ref in refs:
        bare = ref.text is None and bool(ref.kind_words) and ref.kind_words != ("it",)
        if bare and (ref.count is not None or _class(token, "facility")):
            located = _behind(token, parsed)
            if located is not None:
                ref = _set_or_facility(token, located, parsed, ref.plural, ref.count, ref.holder)
        out.append(ref)
    if not refs and _class(token, "ground", "part", "count"):
        located = _behind(token, parsed)
        if located is not None:
            out.append(replace(located, partial=True, anchored=True))
    if _class(token, *_KINDS) and token.tag_ == "NNS" or any(r.count for r in out):
        have = {r.end for r in out if r.certain or not r.count}
        members = [m for m in _members(token, parsed) if m.end not in have]
        out += members
        if members:
            out = [r for r in out if r.text is not None or r.count is None]
    return out


_LOCATE = re.compile(
    r"(?: with (?:the )?[A-Z][a-z]+)? ?(?:[a-z-]+ ){0,2}?"
    r"(?P<near>known as|called|named|dubbed|in|near|at|around|outside|inside|within|across|along|throughout|"
    r"(?:just )?(?:to the )?(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) of)"
    r"(?: the)?(?: [a-z-]+){0,3}? $"
)


def _behind(token: Token, parsed: Parsed) -> PlaceRef | None:
    """The place that the words right behind a noun locate it by, wherever the tree hung them."""
    end = parsed.at(token)[1]
    for name, mention in parsed.names():
        start = parsed.start + mention.start
        if start < end or mention.sort not in PLACE_SORTS:
            continue
        found = _LOCATE.fullmatch(parsed.masked.original[end - parsed.start : mention.start])
        if found is None:
            if mention.sort is Sort.STATE:
                continue
            return None
        ref = _named(name, mention, parsed)
        kind = name.head if name.dep_ in ("compound", "poss", "nmod") and _class(name.head, *_KINDS, "part") else None
        if kind is not None:
            inner = [r for r in _compound(kind, name, parsed, False) if r.text]
            ref = inner[0] if inner else ref
        if found.group("near") in ("known as", "called", "named", "dubbed"):
            return replace(ref, certain=True)
        if found.group("near").endswith(" of"):
            a = end + found.start("near")
            ref = replace(
                ref,
                start=a,
                text=parsed.masked.original[a - parsed.start : ref.end - parsed.start],
                parents=(mention.text, *ref.parents),
            )
        return ref
    return None


_MEMBERS = re.compile(
    r"[^.;]{0,80}?(?:,? (?:including|such as|among them|namely|notably)|:| ?[–—]| -)(?: the)?(?: [a-z-]+){0,2}?"
    r"(?: (?:towns?|villages?|cit(?:y|ies)|districts?|areas?|settlements?)(?: of)?)? "
)


def _members(token: Token, parsed: Parsed) -> list[PlaceRef]:
    """ "25 locations in X, including A, B and C": A, B and C."""
    end = parsed.at(token)[1]
    skipped = 0
    for name, mention in parsed.names():
        start = parsed.start + mention.start
        if start < end or mention.sort not in PLACE_SORTS:
            continue
        gap = parsed.masked.original[end - parsed.start : mention.start]
        if _MEMBERS.fullmatch(gap) and not re.search(r"\b(?:said|says|told)\b", gap):
            kind = token.lower_ if _class(token, "settlement", "quarter", "facility") else ""
            return [replace(_named(name, mention, parsed), kind_words=(kind,) if kind else (), certain=True)]
        skipped += 1
        if skipped > 2:
            break
    return []


def _one(token: Token, parsed: Parsed, depth: int) -> list[PlaceRef]:
    if depth > 4:
        return []
    mention = parsed.mention(token)
    if mention is not None:
        if mention.sort in PLACE_SORTS or (mention.sort is Sort.BODY and _place_slot(token)):
            return [_named(token, mention, parsed)]
        return []
    if _class(token, "part", "count", "ground") or token.lower_ in ("%", "percent") or token.tag_ == "CD":
        inner = _located(token, parsed, depth)
        if inner:
            whole = not _class(token, "count") and token.tag_ != "CD"
            side = _directed(token, inner, parsed)
            if side is not None:
                return [side]
            return [replace(r, partial=r.partial or whole) for r in inner]
        if _class(token, "count") or token.tag_ == "CD":
            return []
    if _class(token, *_KINDS):
        return _kind_phrase(token, parsed, depth)
    if token.lower_ in _PRONOUNS and token.tag_ in ("PRP", "EX", "RB"):
        a, b = parsed.at(token)
        return [PlaceRef(a, b, None, plural=token.lower_ in ("them", "they"))]
    if (
        token.tag_ in ("NNP", "NNPS")
        and token.text[0].isupper()
        and not _class(token, "armed", "organisation", "calendar", "adjective")
    ):
        a, b, text = parsed.words(token, token)
        return [PlaceRef(a, b, text, sort=Sort.NAME, holder=_holder(token, parsed))]
    return []


def _directed(token: Token, inner: list[PlaceRef], parsed: Parsed) -> PlaceRef | None:
    """ "the eastern and southeastern parts of X", "the northern tip of X": the whole phrase, as an area."""
    directions = [t for c in token.lefts for t in (c, *c.children) if _class(t, "direction_adj") and t.i < token.i]
    if not directions or len(inner) != 1 or inner[0].text is None:
        return None
    start = parsed.at(min(directions, key=lambda t: t.i))[0]
    text = parsed.masked.original[start - parsed.start : inner[0].end - parsed.start]
    return replace(
        inner[0], start=start, text=text, parents=(inner[0].text, *inner[0].parents), partial=True, anchored=True
    )


def _place_slot(token: Token) -> bool:
    return any(c.dep_ in ("compound", "amod") and _class(c, *_KINDS) for c in token.children)


def _holder(token: Token, parsed: Parsed) -> str | None:
    for child in token.children:
        if child.dep_ in ("amod", "compound", "nmod"):
            holder = parsed.holder(child)
            if holder:
                return holder
    return None


def _named(token: Token, mention: Mention, parsed: Parsed) -> PlaceRef:
    """A named place with the direction word before it and the kind words beside it."""
    first = token
    kinds: list[str] = []
    for child in token.lefts:
        if child.dep_ in ("amod", "compound", "nmod"):
            if _class(child, "direction_adj"):
                first = min(first, child, key=lambda t: t.i)
            elif _class(child, *_KINDS):
                kinds.append(child.lower_)
    if first.i + 1 != token.i and first is not token:
        between = parsed.doc[first.i + 1 : token.i]
        if not all(
            _class(t, "direction_adj", "settlement", "region") or t.lower_ in ("and", ",", "parts", "of")
            for t in between
        ):
            first = token
    a, b, text = parsed.words(first, token)
    partial = first is not token and mention.sort is Sort.PLACE
    return PlaceRef(
        a,
        b,
        text,
        tuple(kinds),
        _parents(token, parsed),
        (),
        partial,
        None,
        _holder(token, parsed),
        certain=mention.sort is Sort.PLACE,
        sort=mention.sort,
    )


def _parents(token: Token, parsed: Parsed) -> tuple[str, ...]:
    """Names of the places this one is said to lie in or near, nearest first."""
    out: list[str] = []
    for inner in objects_of(token, "in", "near", "of", *_BESIDE):
        for t in [inner, *(c for c in inner.children if c.dep_ == "compound")]:
            mention = parsed.mention(t)
            if mention is not None and mention.sort in PLACE_SORTS:
                out.append(mention.text)
        out += _parents(inner, parsed) if inner.i > token.i else ()
    return tuple(dict.fromkeys(out))


def _kind_phrase(token: Token, parsed: Parsed, depth: int) -> list[PlaceRef]:
    plural = token.tag_ in ("NNS", "NNPS") and token.lower_ not in ("barracks", "headquarters", "works")
    before = [c for c in token.lefts if c.dep_ in ("compound", "nmod", "poss", "amod")]
    own = [c for c in before if _is_name(c, parsed)]
    holder = _holder(token, parsed)
    if own:
        refs = [r for c in own for r in _compound(token, c, parsed, plural)]
        return [replace(r, holder=r.holder or holder) for r in refs]
    # compound of a kind word with a name: "London city neighbourhoods of London"
    named = [
        r for inner in objects_of(token, "of") for t in conjuncts(inner) for r in _one(t, parsed, depth + 1) if r.text
    ]
    if token.lower_ in ("capital", "hub", "centre"):
        named = []
    apposed = [
        r for c in token.children if c.dep_ == "appos" and _is_name(c, parsed) for r in _one(c, parsed, depth + 1)
    ]
    if _class(token, "quarter") and plural and len(named) == 1 and named[0].text and not _counted(token):
        return [_part_of(token, named[0], parsed, holder)]
    if _class(token, "settlement", "quarter", "region", "place") and named and not _counted(token):
        kind = token.lower_
        return [replace(r, kind_words=(*r.kind_words, kind), holder=r.holder or holder, certain=True) for r in named]
    if named and _class(token, "facility", "area", "position") and not plural:
        first = min(
            (c for c in token.lefts if c.dep_ in ("compound", "amod") and not _plain(c, parsed)),
            key=lambda t: t.i,
            default=token,
        )
        a, _, _ = parsed.at(first)[0], 0, 0
        text = parsed.masked.original[a - parsed.start : named[-1].end - parsed.start]
        partial = _class(token, "area")
        return [
            PlaceRef(
                a,
                named[-1].end,
                text,
                (token.lower_,),
                tuple(r.text or "" for r in named),
                partial=partial,
                holder=holder,
                anchored=True,
            )
        ]
    members = [
        replace(r, kind_words=(*r.kind_words, token.lower_), certain=True)
        for inner in objects_of(token, "including")
        for t in conjuncts(inner)
        for r in _one(t, parsed, depth + 1)
        if r.text
    ]
    behind = _behind(token, parsed) if depth == 0 else None
    located = [behind] if behind is not None and " of " in (behind.text or "") else _located(token, parsed, depth)
    if apposed:
        return [replace(r, kind_words=(*r.kind_words, token.lower_), certain=True) for r in [*apposed, *members]]
    definite = any(c.lower_ in ("the", "this", "that", "its", "these", "those", "their", "both") for c in token.lefts)
    count = _count(token)
    if located and (plural or count or not definite or _class(token, "facility", "position")):
        area = _set_or_facility(token, located[0], parsed, plural, count, holder)
        return [area, *members]
    a, b = parsed.at(token)
    if members:
        return members
    if definite and not _class(token, "position", "area"):
        if _class(token, "facility"):
            first = min((c for c in token.lefts if c.dep_ == "compound"), key=lambda t: t.i, default=token)
            a = parsed.at(first)[0]
        return [PlaceRef(a, b, None, (token.lower_,), plural=plural, holder=holder)]
    if _class(token, "facility") and any(c.dep_ == "compound" for c in token.lefts):
        first = min((c for c in token.lefts if c.dep_ in ("compound", "amod")), key=lambda t: t.i)
        a, b, _ = parsed.words(first, token)
        return [PlaceRef(a, b, None, (token.lower_,), plural=plural, holder=holder, count=count)]
    return [PlaceRef(a, b, None, (token.lower_,), plural=plural, holder=holder, count=count or 0)]


def _part_of(token: Token, whole: PlaceRef, parsed: Parsed, holder: str | None) -> PlaceRef:
    """ "the old quarters of Homs": a part of a place that has no name of its own."""
    first = min(
        (c for c in token.lefts if c.dep_ in ("amod", "compound") and parsed.holder(c) is None),
        key=lambda t: t.i,
        default=token,
    )
    a = parsed.at(first)[0]
    text = parsed.masked.original[a - parsed.start : whole.end - parsed.start]
    return PlaceRef(
        a,
        whole.end,
        text,
        (token.lower_,),
        ((whole.text or ""), *whole.parents),
        partial=True,
        holder=holder,
        anchored=True,
        certain=True,
    )


def _is_name(token: Token, parsed: Parsed) -> bool:
    mention = parsed.mention(token)
    return mention is not None and mention.sort in PLACE_SORTS


def _plain(token: Token, parsed: Parsed) -> bool:
    """An adjective that is no part of a facility's name: "the strategic base", "rebel-held"."""
    return parsed.holder(token) is not None or token.tag_ in ("JJ", "JJS", "JJR", "VBN", "VBG") and token.text.islower()


def _compound(token: Token, name: Token, parsed: Parsed, plural: bool) -> list[PlaceRef]:
    """ "Homs province", "the Hasil and Aran regions", "Goma's border post", "the Shaar oilfield"."""
    mention = parsed.mention(name)
    if mention is None:
        return []
    heads = [t for t in conjuncts(name) if _is_name(t, parsed) and t.i < token.i]
    kind = token.lower_
    if _class(token, "settlement", "quarter") and name.dep_ != "poss":
        of = [r for inner in objects_of(token, "of") for t in conjuncts(inner) for r in _one(t, parsed, 3) if r.text]
        if of and (plural or name.i + 1 < token.i):
            return [
                replace(r, kind_words=(*r.kind_words, kind), parents=(*r.parents, mention.text), certain=True)
                for r in of
            ]
        named = [_named(h, m, parsed) for h in heads if (m := parsed.mention(h))]
        return [replace(r, kind_words=(*r.kind_words, kind), certain=True) for r in named]
    if len(heads) > 1 or plural and _class(token, "region"):
        named = [_named(h, m, parsed) for h in heads if (m := parsed.mention(h))]
        return [replace(r, kind_words=(*r.kind_words, kind), certain=True) for r in named]
    named_ref = _named(name, mention, parsed)
    first = parsed.token_at(named_ref.start) or name
    directions = [c for c in token.lefts if c.i < first.i and _class(c, "direction_adj")]
    if directions:
        first = directions[0]
    a, b, text = parsed.words(first, token)
    partial = _class(token, "part", "area") or first is not name and _class(token, "region")
    count = _count(token)
    return [
        PlaceRef(
            a,
            b,
            text,
            (kind,),
            (mention.text, *named_ref.parents),
            (),
            partial,
            count,
            _holder(token, parsed) or named_ref.holder,
            anchored=True,
            certain=True,
            sort=mention.sort,
        )
    ]


def _counted(token: Token) -> bool:
    return (
        _count(token) is not None
        and token.tag_ == "NNS"
        and not any(c.lower_ in ("the", "all", "both") for c in token.lefts)
    )


def _count(token: Token) -> int | None:
    for child in token.lefts:
        if child.dep_ == "nummod" or child.tag_ == "CD":
            digits = child.text.replace(",", "")
            return int(digits) if digits.isdigit() and len(digits) < 7 else _NUMBERS.get(child.lower_)
    return None


def _located(token: Token, parsed: Parsed, depth: int) -> list[PlaceRef]:
    """The places that say where a set or a part lies."""
    for group in (
        ("of", "in", "inside", "within", "across", "throughout"),
        ("around", "near", "at", "along", "outside", "on"),
        _BESIDE,
    ):
        refs: list[PlaceRef] = []
        for inner in objects_of(token, *group):
            for t in conjuncts(inner):
                if _class(t, "direction") or t.lower_ in ("countryside", "surroundings"):
                    own = [r for r in _one(t, parsed, depth + 1) if r.text]
                    refs += own or _located(t, parsed, depth + 1)
                else:
                    refs += _one(t, parsed, depth + 1)
        refs = [r for r in refs if r.text or group[0] == "of"]
        if refs:
            return refs
    for child in token.children:
        if child.dep_ in ("relcl", "acl") and not _class(token, "facility"):
            for inner in objects_of(child, "in", "near", "around"):
                refs = _one(inner, parsed, depth + 1)
                if refs:
                    return refs
    names = [c for c in token.lefts if c.dep_ in ("compound", "poss", "nmod") and _is_name(c, parsed)]
    return [_named(c, m, parsed) for c in names if (m := parsed.mention(c))]


def _set_or_facility(
    token: Token, at: PlaceRef, parsed: Parsed, plural: bool, count: int | None, holder: str | None
) -> PlaceRef:
    """An unnamed set or facility, placed by the phrase that locates it."""
    if plural or _class(token, "settlement", "area", "position", "region", "quarter"):
        return replace(
            at,
            kind_words=(*at.kind_words,),
            count=count or at.count or 0,
            anchored=True,
            holder=holder or at.holder,
            partial=False,
        )
    first = min(
        (c for c in token.lefts if c.dep_ in ("compound", "amod") and not _plain(c, parsed)),
        key=lambda t: t.i,
        default=token,
    )
    a = parsed.at(first)[0]
    text = parsed.masked.original[a - parsed.start : at.end - parsed.start]
    return PlaceRef(
        a, at.end, text, (token.lower_,), ((at.text,) if at.text else ()) + at.parents, holder=holder, anchored=True
    )


def _with_list(refs: list[PlaceRef], parsed: Parsed) -> list[PlaceRef]:
    """The refs, and the names that go on their list in the text where the tree lost them."""
    if not refs or refs[-1].text is None or refs[-1].count is not None and not refs[-1].certain:
        return with_neighbours(refs)
    out = list(refs)
    ends = {r.end for r in refs}
    while True:
        last = max(out, key=lambda r: r.end)
        following = next(((t, m) for t, m in parsed.names() if m.start + parsed.start >= last.end), None)
        if following is None:
            break
        token, mention = following
        gap = parsed.masked.original[last.end - parsed.start : mention.start]
        if not (gap.strip() or gap == " ") or not _LIST_GAP.fullmatch(gap.lower()) or mention.sort not in PLACE_SORTS:
            break
        if mention.end + parsed.start in ends or not _goes_on_list(token, mention, gap, parsed):
            break
        ref = _named(token, mention, parsed)
        out.append(replace(ref, kind_words=last.kind_words if not last.anchored else (), certain=ref.certain))
        ends.add(ref.end)
    return with_neighbours(out)


def _goes_on_list(token: Token, mention: Mention, gap: str, parsed: Parsed) -> bool:
    """Not the subject of what follows ("took A, B said"), nor the owner of a later noun."""
    if token.dep_ == "nsubj" and is_verb(token.head):
        return False
    after = parsed.masked.original[mention.end : mention.end + 2]
    if after.startswith(("'s", "’s")):
        return False
    if "and" in gap or "as well as" in gap or "along" in gap:
        return True
    rest = parsed.masked.original[mention.end :]
    listed = re.match(r",? (?:and|as well as) |, ", rest)
    return (
        mention.sort is Sort.PLACE and bool(listed) and gap.strip() == "," or gap == " " and mention.sort is Sort.PLACE
    )


def with_neighbours(refs: list[PlaceRef]) -> list[PlaceRef]:
    """The refs, each told which names stand beside it: a pair tells namesakes apart."""
    names = tuple(r.text for r in refs if r.text and not r.anchored)
    if len(names) < 2:
        return refs
    return [replace(r, beside=tuple(n for n in names if n != r.text)) if r.text in names else r for r in refs]


_GROUP_WORDS = frozenset(
    "alliance coalition faction factions army group groups movement organisation organization militia force side "
    "fighters men units members".split()
)
_SIDE_PRONOUNS = frozenset(
    {"they", "it", "he", "she", "we", "i", "who", "which", "them", "him", "her", "us", "itself", "themselves"}
)


def side_ref(head: Token, parsed: Parsed) -> SideRef | None:
    """A noun phrase read as a side, with the qualifiers that say whose it is."""
    head = antecedent(head)
    mention = parsed.mention(head)
    if mention is not None and mention.sort in (Sort.PERSON,):
        pass
    if head.lower_ in _SIDE_PRONOUNS and head.tag_.startswith(("PRP", "W")):
        a, b, text = parsed.words(head, head)
        return SideRef(text, a, b, True, False)
    if not (head.tag_.startswith(("NN", "JJ", "VBG", "DT", "CD")) or mention is not None):
        return None
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
