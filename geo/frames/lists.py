"""Lists: every place a noun phrase gives, with the members the tree lost.

The tree decides roles, the text decides lists: names separated only by commas, "and" or a blank go on.
"""

from __future__ import annotations

import re
from dataclasses import replace

from geo.frames.described import is_unit, of_its_land, set_or_facility
from geo.frames.items import Item, located
from geo.frames.nouns import KINDS, is_class, is_name, named
from geo.frames.parsed import PLACE_SORTS, Parsed
from geo.frames.phrases import behind, one
from geo.frames.refs import PlaceRef
from geo.frames.slots import antecedent, conjuncts, is_verb, objects_of
from geo.lexicon import lexicon
from geo.mentions import Mention, Sort
from geo.trees import Token


def place_refs(head: Token, parsed: Parsed) -> list[PlaceRef]:
    """Every place a noun phrase names or points at, in order of the text."""
    head = _described(antecedent(head), parsed)
    refs: list[PlaceRef] = []
    for token in conjuncts(head):
        beside = token.dep_ == "appos" or token.dep_ == "conj" and token.nbor(-1).text == ","
        apposed = beside and is_class(token, *KINDS)
        if apposed and (is_name(token.head, parsed) or _describes(token, refs)) and not _listed(token, parsed):
            continue
        if token is not head and bracketed(token, parsed):
            continue
        refs += _equated(token, parsed) or _placed(one(token, parsed, 0), token, parsed)
    refs = _share_place(refs, parsed)
    named = {r.start for r in refs if r.text and not r.count}
    if named:
        refs = [r for r in refs if r.text or not (r.count or r.plural)]
    return _with_list(refs, parsed)


def _share_place(refs: list[PlaceRef], parsed: Parsed) -> list[PlaceRef]:
    """ "the airport and the port of X": the first lies where the words behind the last say, as it does."""
    out = list(refs)
    for at, ref in enumerate(refs[:-1]):
        last = refs[-1]
        if ref.text is not None or ref.count is not None or ref.plural or not _facility(ref) or not _facility(last):
            continue
        if last.anchored and last.parents and re.search(r" (?:of|in|at) ", last.text or ""):
            text = parsed.masked.original[ref.start - parsed.start : ref.end - parsed.start]
            out[at] = replace(ref, text=text, parents=last.parents, anchored=True)
    return out


def _facility(ref: PlaceRef) -> bool:
    return bool(ref.kind_words) and lexicon().is_class(ref.kind_words[0], "facility")


def bracketed(name: Token, parsed: Parsed) -> bool:
    """ "X (Y)": a name in brackets right behind a name says what X is called too, or where it lies."""
    if name.i < 2 or name.nbor(-1).text != "(" or not is_name(name, parsed):
        return False
    return name.nbor(-2).tag_ in ("NNP", "NNPS")


def _listed(token: Token, parsed: Parsed) -> bool:
    """ "took X, the village of Y and a depot": a member of a list, which the tree took for an apposition."""
    village = is_class(token, "settlement") and token.lower_ not in ("capital", "city", "seat", "hub", "centre")
    village = village and not any(c.lower_ in _RANKS for c in token.lefts)
    names = [t for t in objects_of(token, "of") if is_name(t, parsed)]
    return village and any(c.dep_ == "conj" for t in (token, *names) for c in t.rights) and bool(names)


_RANKS = frozenset("chief main principal provincial capital first second largest biggest".split())
"""What tells of a town's rank in its land: "chief town of P" is the town before the comma."""


def _describes(token: Token, refs: list[PlaceRef]) -> bool:
    """ "the city of X, capital of its province", "the centre of X, a district of Y": an apposition that describes X."""
    bare = token.tag_ == "NN" and not any(child.dep_ in ("det", "nummod", "poss", "compound") for child in token.lefts)
    return (bare or of_its_land(token)) and any(r.text is not None and r.count is None for r in refs)


def _equated(token: Token, parsed: Parsed) -> list[PlaceRef]:
    """Names that a predicate gives: "the towns taken include X", "among the gains was X", "the town to fall was X"."""
    some = is_class(token, *KINDS, "count") or token.lower_ in ("those", "ones")
    if parsed.mention(token) is not None or not some:
        return []
    verb = token.head
    if token.dep_ == "pobj" and verb.lower_ in ("among", "amongst"):
        verb = verb.head
    elif token.dep_ in ("attr", "oprd") and verb.lower_ in _EQUATING | _BECOMING:
        return [r for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass") for r in one(c, parsed, 0) if r.text]
    elif token.dep_ not in ("nsubj", "nsubjpass") or token.i > verb.i:
        return []
    if verb.lower_ not in _EQUATING:
        return []
    heads = [c for c in verb.children if c.i > verb.i and c.dep_ in ("attr", "dobj", "nsubj", "nsubjpass", "oprd")]
    return [
        replace(r, kind_words=(*r.kind_words, token.lower_), certain=True)
        for head in heads
        for t in conjuncts(head)
        for r in one(t, parsed, 0)
        if r.text and not r.count
    ]


_EQUATING = frozenset({"was", "were", "is", "are", "include", "included", "includes", "being", "called", "named"})
_BECOMING = frozenset({"became", "become", "becomes"})


def _described(token: Token, parsed: Parsed) -> Token:
    """The name an apposition describes: "X, the capital of Y, which fell", "X, one of the towns seized"."""
    beside = _name_beside(token, parsed)
    if beside is not None:
        return beside
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
            and is_class(at.head.head, "area", "position", "part")
            and is_class(at, "ground")
        ):
            at = at.head.head
        else:
            break
    return token


def _name_beside(token: Token, parsed: Parsed) -> Token | None:
    """ "X and Y, two towns held by A": the name right before the comma, wherever the tree hung the apposition."""
    if parsed.mention(token) is not None or not is_class(token, *KINDS):
        return None
    loose = token.dep_ in ("npadvmod", "dep") and any(child.dep_ == "relcl" for child in token.rights)
    if not loose and not any(child.dep_ == "acl" for child in token.rights):
        return None
    alone = token.dep_ == "nsubj" and sum(child.dep_ == "nsubj" for child in token.head.children) == 1
    start = min((child.i for child in token.lefts), default=token.i)
    if alone or start < 2 or token.doc[start - 1].text != "," or token.doc[start].lower_ == "the" and not loose:
        return None
    name = token.doc[start - 2]
    return _first_of_list(name) if is_name(name, parsed) else None


def _first_of_list(name: Token) -> Token:
    for _ in range(6):
        if name.dep_ != "conj":
            break
        name = name.head
    return name


def _placed(refs: list[PlaceRef], token: Token, parsed: Parsed) -> list[PlaceRef]:
    """A phrase that names no place of its own, placed by the words right behind it, with its named members."""
    out: list[PlaceRef] = []
    for ref in refs:
        bare = ref.text is None and bool(ref.kind_words) and ref.kind_words != ("it",)
        if bare and (ref.count is not None or is_class(token, "facility")):
            located = behind(token, parsed)
            if located is not None:
                at = set_or_facility(token, located, parsed, ref.plural, ref.count, ref.holder)
                ref = replace(at, unnamed=ref.unnamed)
        out.append(ref)
    if not refs and is_class(token, "ground", "part", "count"):
        located = behind(token, parsed)
        if located is not None:
            out.append(replace(located, partial=True, anchored=True))
    if (
        is_class(token, *KINDS, "part")
        and (token.tag_ == "NNS" or all(r.text is None for r in out) and not is_class(token, "settlement", "quarter"))
        or any(r.count for r in out)
    ):
        have = {r.end for r in out if r.certain or not r.count}
        members = [m for m in _members(token, parsed) if m.end not in have]
        out += members
        if members:
            out = [r for r in out if r.text is not None or r.count is None]
    return out


_MEMBERS = re.compile(
    r"(?:[^.;]|\b[A-Z][a-z]{2,3}\.){0,80}?(?:,? (?:including|such as|among them|namely|notably"
    r"|one of (?:them|which)(?: being)?|the (?:latest|last)(?: of them)?)|:| ?[–—]| -)(?: the)?(?: [a-z-]+){0,2}?"
    r"(?: (?:towns?|villages?|cit(?:y|ies)|districts?|areas?|settlements?)(?: of)?)? "
)


_LATEST = re.compile(
    r",? (?:being )?(?:the )?(?:latest|last|newest|most recent|among them)(?: of (?:them|these|which))?[,.;]"
)
""" "Seven towns have fallen, X being the latest": what stands behind a member that is named last."""


def _members(token: Token, parsed: Parsed) -> list[PlaceRef]:
    """ "25 locations in X, including A, B and C": A, B and C."""
    end = parsed.at(token)[1]
    skipped = 0
    for name, mention in parsed.names():
        start = parsed.start + mention.start
        if start < end or mention.sort not in PLACE_SORTS:
            continue
        gap = parsed.masked.original[end - parsed.start : mention.start]
        latest = gap.endswith(", ") and _LATEST.match(parsed.masked.original, mention.end) is not None
        if (latest or _MEMBERS.fullmatch(gap)) and not re.search(r"\b(?:said|says|told)\b", gap):
            kind = token.lower_ if is_class(token, "settlement", "quarter", "facility") else ""
            ref = _full(name, parsed)
            return [replace(ref, kind_words=(*ref.kind_words, kind) if kind else ref.kind_words, certain=True)]
        skipped += 1
        if skipped > 2:
            break
    return []


_LIST_GAP = re.compile(
    r"(?: (?:in|near|on|outside|(?:north|south|east|west)[a-z]* of) [^,.;:]{3,45}(?=,))?"
    r"(?: \((?!the )[^()]{3,60}\))?"
    r"(?:, (?:an?|the|two|three|four|both|all|one of)\b(?: (?!said|says|told)[^\s,.;:]+){0,3}?"
    r" (?:towns?|villages?|city|cities|districts?|areas?|suburbs?|bases?|capital|seats?|strongholds?)"
    r"(?: (?!said|says|told|that|who)[^\s,.;:]+){0,9}(?=,))?"
    r"(?:[,;]? ?(?:(?:and )?the others?|and|as well as|along with|"
    r"plus|but also|and then|then|together with|followed by)?"
    r" ?|/| ?[–—-] ?)"
    r"(?:(?:nearby|neighbou?ring|strategic|also|lastly|finally|the|both) )*"
    r"(?:(?:towns?|villages?|cit(?:y|ies)|districts?|neighbou?rhoods?|areas?|hamlets?|regions?) (?:of )?)?"
    r"(?:(?:nearby|neighbou?ring|the) )*"
)


def _with_list(refs: list[PlaceRef], parsed: Parsed) -> list[PlaceRef]:
    """The refs, and the names that go on their list in the text where the tree lost them."""
    if not refs or refs[-1].text is None or refs[-1].count is not None and not refs[-1].certain:
        return with_neighbours(refs)
    out = _itemised(refs, parsed)
    ends = {r.end for r in out}
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
        ref = _full(token, parsed)
        ref = replace(ref, kind_words=last.kind_words if not last.anchored else (), certain=ref.certain)
        if last.count is not None and last.anchored:  # "dozens of villages in X and Y"
            ref = replace(ref, count=0, anchored=True)
        out.append(ref)
        ends.add(ref.end)
    return with_neighbours(out)


def _itemised(refs: list[PlaceRef], parsed: Parsed) -> list[PlaceRef]:
    """The refs with the further items of a list that says where each of its names lies, and without the latter."""
    out = list(refs)
    starts = {r.start for r in refs}
    for items in located(parsed):
        told = [item for item in items if item.mention.start + parsed.start in starts]
        if not told:
            continue
        subject = any(item.token.dep_ in _SUBJECTS for item in told)
        around = {item.where.start + parsed.start for item in items if item.where is not None}
        more = [i for i in items if i not in told and (subject or not _opens_clause(i, parsed))]
        out = [r for r in out if r.start not in around]
        out = sorted([*out, *(item_ref(i, parsed) for i in more)], key=lambda r: r.start)
    return out


_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def _opens_clause(item: Item, parsed: Parsed) -> bool:
    """Whether a name behind a list is the subject of what follows: "took A in P, and B in Q was shelled"."""
    last = parsed.token_at(parsed.start + (item.where or item.mention).end - 1)
    following = last.nbor(1) if last is not None and last.i + 1 < len(last.doc) else None
    return item.token.dep_ in _SUBJECTS or following is not None and (is_verb(following) or following.tag_ == "MD")


def item_ref(item: Item, parsed: Parsed) -> PlaceRef:
    """The place of an item, lying where its list says."""
    ref = _full(item.token, parsed)
    where = item.where.text if item.where is not None else ""
    return replace(ref, parents=(where, *ref.parents)) if where and where not in ref.parents else ref


def _full(name: Token, parsed: Parsed) -> PlaceRef:
    """The place a name stands for, with the facility it gives its name to: "the X checkpoint"."""
    head = name.head
    owned = name.dep_ == "poss" and is_unit(head, parsed)  # "X's Battalion 5"
    if owned or name.dep_ in ("compound", "nmod", "poss") and head.i > name.i and is_class(head, "facility"):
        refs = [r for r in one(head, parsed, 0) if r.text]
        if refs:
            return refs[0]
    mention = parsed.mention(name)
    if mention is None:
        raise ValueError(f"{name.text} is no name")
    return named(name, mention, parsed)


def _goes_on_list(token: Token, mention: Mention, gap: str, parsed: Parsed) -> bool:
    """Not the subject of what follows ("took A, B said"), nor the owner of a later noun."""
    if token.dep_ in ("nsubj", "nsubjpass") and is_verb(token.head) and token.head.i > token.i and "," in gap:
        return False
    if token.dep_ == "nsubj" and is_verb(token.head):
        return False
    after = parsed.masked.original[mention.end : mention.end + 2]
    if after.startswith(("'s", "’s")):
        return (
            gap.strip() == ","
            and token.head.i > token.i
            and (is_class(token.head, "facility") or is_unit(token.head, parsed))
        )
    if "and" in gap or "as well as" in gap or "along" in gap or "but also" in gap:
        return True
    rest = parsed.masked.original[mention.end :]
    listed = re.match(r",? (?:and|as well as) |, ", rest)
    if gap == ", " and _PUSH.fullmatch(rest):
        return True
    if gap.rstrip().endswith((",", ";", ", the")):
        return bool(listed) and (mention.sort is Sort.PLACE or token.dep_ in ("conj", "appos"))
    return gap == " " and mention.sort is Sort.PLACE


_PUSH = re.compile(
    r" in (?:[A-Z][\w'’-]+ ){1,2}(?:push|offensive|advance|assault|attack|raid|drive|sweep|campaign|operation)s?"
)
"""How a headline ends whose comma stands for "and": the second name is no province, for another is told."""


def with_neighbours(refs: list[PlaceRef]) -> list[PlaceRef]:
    """The refs, each told which names stand beside it: a pair tells namesakes apart."""
    names = tuple(r.text for r in refs if r.text and not r.anchored)
    if len(names) < 2:
        return refs
    beside: dict[str | None, tuple[str, ...]] = {name: tuple(n for n in names if n != name) for name in names}
    told = ((r, beside.get(r.text, r.beside)) for r in refs)
    return [r if r.beside == near else replace(r, beside=near) for r, near in told]
