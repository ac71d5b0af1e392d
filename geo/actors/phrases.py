"""Actor phrases taken apart: "fighters of the US-backed Syrian Democratic Forces (SDF)" -> the SDF's name.

Comes in: plain text (see `words.plain`), the index of names, the article's day and country. Goes out:
the actor and the steps that led to it. Grammar decides, not capital letters: links ("loyal to", "led
by"), possessives, demonyms, determiners and qualifiers in front, military nouns behind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from geo.actors.index import Context, Names
from geo.actors.model import ActorName
from geo.actors.words import Words

# Phrases nest ("forces loyal to the leader of ..."); deeper than this no phrase of the corpus went.
DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Found:
    """An actor id, the steps that led to it, and the name that decided."""

    actor: str
    because: tuple[str, ...]
    name: ActorName | None

    def after(self, step: str) -> Found:
        return Found(self.actor, (step, *self.because), self.name)

    @property
    def is_proper(self) -> bool:
        return self.name is not None and not self.name.role and self.name.note != "adjective"


def read_phrase(names: Names, text: str, context: Context, depth: int = 0) -> Found | None:
    """The actor that plain text names, or None."""
    if depth > DEEPEST:
        return None
    text, owned = _bare(names.words, text)
    if not text:
        return None
    found = _read(names, text, context, depth)
    return None if owned and found is not None and not found.is_proper else found


def _read(names: Names, text: str, context: Context, depth: int) -> Found | None:
    whole = _whole(names, text, context)
    if whole is not None:
        return whole
    for rule in (_bracketed, _slashed, _linked, _possessive, _compound, _national, _named, _qualified):
        found = rule(names, text, context, depth)
        if found is not None:
            return found
    return None


def _bare(words: Words, text: str) -> tuple[str, bool]:
    """The text without determiners in front; True where a possessive pronoun stood there."""
    text, owned = text.strip(" ,;:.-'"), False
    for _ in range(4):
        for kind in ("determiner", "owner"):
            found = _leading(words, kind).match(text)
            if found:
                text, owned = text[found.end() :].strip(), owned or kind == "owner"
                break
        else:
            break
    return text, owned


@cache
def _pattern(words: frozenset[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _leading(words: Words, kind: str) -> re.Pattern[str]:
    return _compiled(rf"(?:{_pattern(words.by_kind[kind])})(?= )")


def _whole(names: Names, text: str, context: Context) -> Found | None:
    name = names.find(text, context)
    if name is not None:
        return Found(name.actor, (_says(name),), name)
    if context.country and names.words.is_a(text, "state_alone"):
        name = names.government(context.country, context.on)
        if name is not None:
            return Found(name.actor, (f'"{text}" is the government of {context.country}', _says(name)), name)
    if text in names.words.peoples:
        return _state(names, names.words.peoples[text], text, context)
    return None


def _says(name: ActorName) -> str:
    bounds = f" {name.valid_from or ''}..{name.valid_to or ''}" if name.is_dated else ""
    where = f" in {name.country}" if name.country else ""
    sort = name.note if name.note in ("country", "capital", "leader") else "role word" if name.role else "name"
    return f'{sort} "{name.text}"{where}{bounds}'


def _state(names: Names, country: str, words: str, context: Context) -> Found | None:
    name = names.government(country, context.on)
    if name is None:
        return None
    return Found(name.actor, (f'"{words}": government of {country}', _says(name)), name)


def _bracketed(names: Names, text: str, context: Context, depth: int) -> Found | None:
    """ "X (Y)": X, else Y."""
    found = re.search(r"[(\[]([^)\]]*)[)\]]?", text)
    if found is None:
        return None
    outside = f"{text[: found.start()].strip()} {text[found.end() :].strip()}".strip()
    for part in (outside, found[1]):
        inner = read_phrase(names, part, context, depth + 1)
        if inner is not None:
            return inner
    return None


def _slashed(names: Names, text: str, context: Context, depth: int) -> Found | None:
    """ "PKK/YPG organisation": the side that holds ground in the article's country, else the first known."""
    if "/" not in text:
        return None
    head, *rest = text.split(" ")
    parts = [read_phrase(names, part, context, depth + 1) for part in head.split("/") if part]
    known = [part for part in parts if part is not None]
    if not known:
        return read_phrase(names, " ".join(rest), context, depth + 1) if rest else None
    local = [part for part in known if context.country in names.actors[part.actor].countries[:1]]
    return (local or known)[0].after(f'of "{head}"')


def _linked(names: Names, text: str, context: Context, depth: int) -> Found | None:
    """Phrases joined by a link: which side names the actor depends on the kind of link."""
    kinds = ("link_is", "link_for", "link_with", "link_of")
    links = [word for kind in kinds for word in names.words.by_kind[kind]]
    found = _compiled(rf" (?P<link>{_pattern(frozenset(links))}) |(?P<comma>,| - )").search(text)
    if found is None:
        return None
    left, right, link = text[: found.start()].strip(), text[found.end() :].strip(), found["link"] or ","
    kind = next((kind for kind in kinds if link in names.words.by_kind[kind]), "link_with")
    if not left or not right:
        return read_phrase(names, left or right, context, depth + 1)
    if kind == "link_for":
        return _backed_by(names, left, right, link, context, depth)
    if link == "and" and not names.words.is_noun(left.split()[-1]):
        joined = read_phrase(names, left, context, depth + 1)
        if joined is None or not joined.is_proper:
            rest = [word for word in left.split() if "~" in names.key(word)]
            shared = read_phrase(names, " ".join([*rest, right]), context, depth + 1)
            return shared if joined is None or rest else joined
        return joined
    order = (right, left) if kind in ("link_is", "link_of") else (left, right)
    if kind == "link_of" and not _is_crowd(names, left):
        owner = names.country_of(_bare(names.words, right)[0].split())
        if owner is not None:
            return read_phrase(names, left, context.within(owner[0]), depth + 1)
    for part in order:
        inner = read_phrase(names, part, context, depth + 1)
        if inner is not None:
            return _checked_owner(names, inner, left, kind).after(f'"{link}"') if kind == "link_of" else inner
    return None


def _is_crowd(names: Names, text: str) -> bool:
    return names.words.is_a(text.split()[-1], "noun", "state_noun") and not names.words.is_a(text.split()[-1], "state_alone")


def _checked_owner(names: Names, inner: Found, left: str, kind: str) -> Found:
    return inner


def _backed_by(names: Names, left: str, right: str, link: str, context: Context, depth: int) -> Found | None:
    """ "rebels backed by Turkey" is "Turkish-backed rebels"; "forces aligned with X" are X's."""
    backer = names.country_of(_bare(names.words, right)[0].split())
    if backer is not None:
        head, owned = _bare(names.words, left)
        made = read_phrase(names, f"{backer[0].lower()}~backed {head}", context, depth + 1)
        if made is not None and made.name is not None and "~" in names.key(made.name.text.lower()):
            return made
    inner = read_phrase(names, left, context, depth + 1)
    if inner is None and _is_crowd(names, left):
        inner = read_phrase(names, right, context, depth + 1)
        return None if inner is None else inner.after(f'"{link}"')
    return inner


def _possessive(names: Names, text: str, context: Context, depth: int) -> Found | None:
    """ "Assad's forces", "Ukraine's 3rd Assault Brigade", "Syrias rebels" (lost apostrophe)."""
    found = re.match(r"(?P<owner>.+?)(?:'s|s'|') (?P<thing>.+)$", text)
    if found is None:
        first, _, rest = text.partition(" ")
        if not rest or not first.endswith("s") or first[:-1] not in names.countries or first in names.words.peoples:
            return None
        owner, thing = first[:-1], rest
    else:
        owner, thing = found["owner"], found["thing"]
    country = names.countries.get(_bare(names.words, owner)[0])
    if country is not None:
        return _of_country(names, country, thing, f"{owner}'s", context, depth)
    inner = read_phrase(names, owner, context, depth + 1)
    if inner is not None and names.words.is_noun(thing.split()[-1]):
        return inner.after("possessive")
    return read_phrase(names, thing, context, depth + 1) or inner


def _of_country(names: Names, country: str, thing: str, said: str, context: Context, depth: int) -> Found | None:
    """What belongs to a country: a name or role word of that country, else its state by a military noun."""
    words = names.words
    joined = names.find(f"{said.removesuffix(chr(39) + 's')} {thing}", context)
    if joined is not None:
        return Found(joined.actor, (_says(joined),), joined)
    abroad = context.within(country)
    inner = read_phrase(names, thing, abroad, depth + 1)
    if inner is not None and not (inner.name is not None and inner.name.note in ("country", "capital")):
        return inner.after(f'"{said}": {country}')
    tokens = re.findall(r"[\w'-]+", thing)
    if tokens and words.is_a(tokens[-1], "state_noun") and not any(words.is_a(token, "barred") for token in tokens):
        return _state(names, country, f"{said} {thing}", context)
    return None


def _compound(names: Names, text: str, context: Context, depth: int) -> Found | None:
    """ "US-backed SDF" is the SDF; "YPG-led forces" are the YPG; "anti-Houthi fighters" are not the Houthis."""
    found = re.match(r"(?P<stem>[\w' .]+?|\w+(?:-\w+)?)-(?P<end>\w+)\b ?(?P<rest>.*)$", text)
    opposed = re.match(r"(?P<against>\w+)-[\w-]+ ?(?P<rest>.*)$", text)
    if opposed and names.words.is_a(opposed["against"], "opposing"):
        inner = read_phrase(names, opposed["rest"], context, depth + 1) if opposed["rest"] else None
        return inner if inner is not None and inner.is_proper else None
    made = re.match(r"(?P<backed>[a-z]{2}~backed) (?P<rest>.+)$", names.key(text))
    if made:
        return _without_backer(names, made["backed"], made["rest"], context, depth)
    favouring = re.match(r"pro-(?P<stem>[\w-]+) ?(?P<rest>.*)$", text)
    if favouring:
        inner = read_phrase(names, favouring["rest"], context, depth + 1) if favouring["rest"] else None
        if inner is not None and inner.is_proper:
            return inner
        return read_phrase(names, favouring["stem"], context, depth + 1) or inner
    if found is None or not (names.words.is_a(found["end"], "leading", "backing")):
        return None
    rest = read_phrase(names, found["rest"], context, depth + 1) if found["rest"] else None
    if rest is not None and rest.is_proper:
        return rest
    if found["end"] in ("led", "commanded", "dominated", "loyal", "run", "aligned", "allied", "affiliated"):
        leader = _adjective(names, found["stem"], context) or read_phrase(names, found["stem"], context, depth + 1)
        if leader is not None and (rest is None or leader.is_proper or leader.name and leader.name.note == "adjective"):
            return leader.after(f'"{found["stem"]}-{found["end"]}"')
    return rest


def _without_backer(names: Names, backed: str, rest: str, context: Context, depth: int) -> Found | None:
    tokens = rest.split()
    inner = read_phrase(names, rest, context, depth + 1)
    if inner is not None and inner.is_proper:
        return inner
    for start in range(1, len(tokens)):
        name = names.find(f"{backed} {' '.join(tokens[start:])}", context)
        if name is not None:
            return Found(name.actor, (_says(name),), name)
    return inner


def _national(names: Names, text: str, context: Context, depth: int) -> Found | None:
    """Demonym or country in front: "Ukrainian paratroopers", "Libyan unity government forces"."""
    tokens = text.split()
    start = _qualifiers(names.words, tokens)
    for at in range(start + 1):
        found = names.country_of(tokens[at:])
        if found is None:
            continue
        country, length = found
        said, thing = " ".join(tokens[at : at + length]), " ".join(tokens[at + length :])
        if not thing:
            return _state(names, country, said, context) if said in names.words.demonyms else None
        return _of_country(names, country, thing, said, context, depth) or _cut(names, text, context)
    return None


def _qualifiers(words: Words, tokens: list[str]) -> int:
    """How many of the first tokens are qualifiers, titles or ordinal numbers."""
    count = 0
    while count < len(tokens) - 1:
        pair = " ".join(tokens[count : count + 2])
        if count < len(tokens) - 2 and words.is_a(pair, "qualifier", "determiner"):
            count += 2
        elif words.is_a(tokens[count], "qualifier", "determiner") or re.fullmatch(r"\d+(st|nd|rd|th)?", tokens[count]):
            count += 1
        else:
            break
    return count


def _named(names: Names, text: str, context: Context, depth: int) -> Found | None:
    """A name of its own with words around it: "hardline group Tahrir al-Sham", "Islamic State fighters"."""
    tokens = text.split()
    if len(tokens) > 1 and names.words.is_noun(tokens[-1]):
        stem = " ".join(tokens[:-1])
        adjective = _adjective(names, stem, context)
        inner = adjective or read_phrase(names, stem, context, depth + 1)
        if inner is not None and _may_lead(names, inner, tokens[-1]):
            return inner
    return _cut(names, text, context)


def _may_lead(names: Names, inner: Found, noun: str) -> bool:
    """A country's or capital's bare name takes state nouns only: "Damascus rebels" are not the government."""
    if inner.name is None or inner.is_proper or inner.name.note == "adjective":
        return True
    return names.words.is_a(noun, "state_noun")


def _adjective(names: Names, text: str, context: Context) -> Found | None:
    tokens = text.split()
    for start in range(_qualifiers(names.words, [*tokens, ""]) + 1):
        name = names.find(" ".join(tokens[start:]), context, note="adjective")
        if name is not None:
            return Found(name.actor, (_says(name),), name)
    return None


def _cut(names: Names, text: str, context: Context) -> Found | None:
    """The longest name of its own inside the phrase: at its end first, else at its start."""
    tokens = text.split()
    for part in [tokens[at:] for at in range(1, len(tokens))] + [tokens[:-at] for at in range(1, len(tokens))]:
        name = names.find(" ".join(part), context, proper=True)
        if name is not None:
            return Found(name.actor, (_says(name),), name)
    return None


def _qualified(names: Names, text: str, context: Context, depth: int) -> Found | None:
    """Role words behind qualifiers: "heavily armed rebels", "hardline Sunni militants", "Aleppo rebels"."""
    tokens = text.split()
    sure = _qualifiers(names.words, tokens)
    for at in range(1, len(tokens)):
        rest = tokens[at:]
        if at > sure and (names.words.is_a(rest[-1], "state_noun") or any("-" in t and t.split("-")[0] == "anti" for t in tokens)):
            break
        found = _whole(names, " ".join(rest), context) or (_adjective(names, " ".join(rest[:-1]), context) if rest[1:] and names.words.is_noun(rest[-1]) else None)
        if found is not None and not (found.name and found.name.note in ("country", "capital") and at > sure):
            return found
    return None
