"""Actor phrases taken apart: "fighters of the US-backed Syrian Democratic Forces (SDF)" -> the SDF's name.

Comes in: plain text (see `words.plain`), the index of names, the article's day and country. Goes out:
the actor and the steps that led to it. Grammar decides, not capital letters: links ("loyal to", "led
by"), possessives, demonyms, determiners and qualifiers in front, military nouns behind. The rules are
tried in the order of `_RULES`; the whole phrase as it stands always comes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from geo.actors.index import PLACES, Context, Names
from geo.actors.model import ActorName
from geo.actors.words import Words

# Phrases nest ("forces loyal to the leader of ..."); no phrase of the development corpus went deeper than five.
DEEPEST = 8
_COMMANDED = frozenset("led commanded dominated loyal run aligned allied affiliated loyalist".split())


@dataclass(frozen=True, slots=True)
class Found:
    """An actor id, the steps that led to it, and the name that decided (None never: a state's is "government")."""

    actor: str
    because: tuple[str, ...]
    name: ActorName

    def after(self, step: str) -> Found:
        return Found(self.actor, (step, *self.because), self.name)

    @property
    def is_proper(self) -> bool:
        return not self.name.role and self.name.note != "adjective"

    @property
    def is_place(self) -> bool:
        """Decided by the bare name of a country or capital."""
        return self.name.note in PLACES


@dataclass(frozen=True, slots=True)
class Task:
    """A phrase to be read: its words, and where and when."""

    names: Names
    context: Context
    depth: int = 0

    @property
    def words(self) -> Words:
        return self.names.words

    def read(self, text: str, *, country: str | None = None) -> Found | None:
        """Another, smaller phrase; with `country`, as if the article were about that country."""
        context = self.context if country is None else self.context.within(country)
        return Task(self.names, context, self.depth + 1).phrase(text)

    def phrase(self, text: str) -> Found | None:
        if self.depth > DEEPEST:
            return None
        text, owned = bare(self.words, text)
        if not text:
            return None
        found = self.whole(text)
        for rule in _RULES:
            if found is not None:
                break
            found = rule(self, text)
        return None if owned and found is not None and not found.is_proper else found

    def whole(self, text: str) -> Found | None:
        """The words as they stand: a name, a role word, "government" and its synonyms, a people, adjective + noun."""
        name = self.names.find(text, self.context)
        if name is not None:
            return Found(name.actor, (_says(name),), name)
        if self.context.country and self.words.is_a(text, "state_alone"):
            return self.state(self.context.country, text)
        head, _, last = text.rpartition(" ")
        if head and self.words.is_noun(last):
            return self.adjective(head)
        return self.adjective(text) or (self.state(country, text) if (country := self._people(text)) else None)

    def _people(self, text: str) -> str | None:
        return self.words.peoples.get(text)

    def adjective(self, text: str) -> Found | None:
        """An adjective that stands for a side here and now ("Druze", "Kurdish-led"), qualifiers dropped."""
        tokens = text.split()
        for start in range(qualifiers(self.words, [*tokens, ""]) + 1):
            name = self.names.find(" ".join(tokens[start:]), self.context, adjective=True)
            if name is not None:
                return Found(name.actor, (_says(name),), name)
        return None

    def state(self, country: str, said: str) -> Found | None:
        """The government of a country on the day."""
        name = self.names.government(country, self.context.on)
        return None if name is None else Found(name.actor, (f'"{said}": government of {country}', _says(name)), name)

    def of_country(self, country: str, said: str, thing: str) -> Found | None:
        """What belongs to a country: a name or role word of that country, else its state by a military noun."""
        joined = self.names.find(f"{said} {thing}", self.context)
        if joined is not None:
            return Found(joined.actor, (_says(joined),), joined)
        inner = self.read(thing, country=country)
        if inner is not None and not inner.is_place:
            return inner.after(f'"{said}": {country}')
        tokens = re.findall(r"[\w'-]+", thing)
        if not tokens or any(self.words.is_a(token, "barred") for token in tokens):
            return None
        return self.state(country, f"{said} {thing}") if self.words.is_a(tokens[-1], "state_noun", "action") else None

    def first(self, *parts: str) -> Found | None:
        """The first part that names an actor."""
        for part in parts:
            found = self.read(part) if part else None
            if found is not None:
                return found
        return None


def read_phrase(names: Names, text: str, context: Context) -> Found | None:
    """The actor that plain text names, or None."""
    return Task(names, context).phrase(text)


def bare(words: Words, text: str) -> tuple[str, bool]:
    """The text without determiners in front; True where a possessive pronoun ("its") stood there."""
    text, owned = text.strip(" ,;:.-'"), False
    for _ in range(4):
        for kind in ("determiner", "owner"):
            found = _compiled(rf"(?:{_alternatives(words.by_kind[kind])})(?= )").match(text)
            if found:
                text, owned = text[found.end() :].strip(), owned or kind == "owner"
                break
        else:
            break
    return text, owned


def qualifiers(words: Words, tokens: list[str]) -> int:
    """How many of the first tokens are qualifiers, titles or ordinal numbers; the last token never counts."""
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


@cache
def _alternatives(words: frozenset[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _says(name: ActorName) -> str:
    bounds = f" {name.valid_from or ''}..{name.valid_to or ''}" if name.is_dated else ""
    where = f" in {name.country}" if name.country else ""
    sort = name.note if name.note in (*PLACES, "leader", "adjective") else "role word" if name.role else "name"
    return f'{sort} "{name.text}"{where}{bounds}'


def _bracketed(task: Task, text: str) -> Found | None:
    """ "X (Y)": X, else Y."""
    found = re.search(r"[(\[]([^)\]]*)[)\]]?", text)
    if found is None:
        return None
    return task.first(f"{text[: found.start()].strip()} {text[found.end() :].strip()}".strip(), found[1])


def _slashed(task: Task, text: str) -> Found | None:
    """ "PKK/YPG organisation": of the names, one at home in the article's country, else the first known."""
    at = next((i for i, token in enumerate(text.split()) if "/" in token), None)
    if at is None:
        return None
    tokens = text.split()
    parts = [task.read(part) for part in tokens[at].split("/") if part]
    known = [part for part in parts if part is not None]
    home = [part for part in known if task.context.country in task.names.actors[part.actor].countries[:1]]
    if known:
        return (home or known)[0].after(f'of "{tokens[at]}"')
    return task.first(" ".join(tokens[:at] + tokens[at + 1 :]))


def _linked(task: Task, text: str) -> Found | None:
    """Phrases joined by a link: the kind of link says which side of it names the actor."""
    kinds = ("link_is", "link_for", "link_of", "link_at", "link_with")
    by_kind = task.words.by_kind
    links = _alternatives(frozenset().union(*(by_kind[kind] for kind in kinds)))
    found = _compiled(rf" (?P<link>{links}) |(?P<comma>,| - )").search(f"{text} ")
    if found is None:
        return None
    left, right, link = text[: found.start()].strip(), text[found.end() :].strip(), found["link"] or ","
    kind = next((kind for kind in kinds if link in by_kind[kind]), "link_with")
    if not left or not right:
        return task.first(left or right)
    if kind == "link_for":
        return _backed(task, left, right, link)
    if kind == "link_of":
        return _owned(task, left, right, link)
    if kind == "link_at":
        return task.first(left)
    if kind == "link_is":
        return task.first(right, left)
    if link in ("and", "or") and not task.words.is_noun(left.split()[-1]):
        return _adjectives(task, left, right)
    return task.first(left, right)


def _owned(task: Task, left: str, right: str, link: str) -> Found | None:
    """ "fighters of the YPG" are the YPG; "the government of Yemen" is a government there."""
    last = left.split()[-1]
    crowd = task.words.is_noun(last) and not task.words.is_a(last, "state_alone")
    owner = task.names.country_of(bare(task.words, right)[0].split())
    if owner is not None and not crowd:
        found = task.read(left, country=owner[0])
        if found is not None:
            return found.after(f'"{link}" {owner[0]}')
    found = task.read(right)
    if found is not None and found.is_place and not task.words.is_a(last, "state_noun"):
        found = None
    return found.after(f'"{link}"') if found is not None else task.read(left)


def _backed(task: Task, left: str, right: str, link: str) -> Found | None:
    """ "rebels backed by Turkey" is "Turkish-backed rebels"; "forces aligned with X" are X's."""
    backer = task.names.country_of(bare(task.words, right)[0].split())
    if backer is not None:
        made = task.read(f"{backer[0].lower()}~backed {bare(task.words, left)[0]}")
        if made is not None and "~" in task.names.key(made.name.text.casefold()):
            return made
    found = task.read(left)
    if found is None and task.words.is_noun(left.split()[-1]):
        found = task.read(right)
        return None if found is None else found.after(f'"{link}"')
    return found


def _adjectives(task: Task, left: str, right: str) -> Found | None:
    """ "Arab and Turkoman rebels": two adjectives of one noun; a backer said of the first is said of both."""
    joined = task.read(left)
    if joined is not None and joined.is_proper:
        return joined
    backer = [word for word in left.split() if "~" in word]
    shared = task.read(" ".join([*backer, right]))
    return shared if joined is None or backer else joined


def _possessive(task: Task, text: str) -> Found | None:
    """ "Assad's forces", "Ukraine's 3rd Assault Brigade"; an unknown somebody's militia is not the state's."""
    parts = re.match(r"(?P<owner>.+?)(?:'s|s'|') (?P<thing>.+)$", text)
    if parts is None:
        return _lost_apostrophe(task, text)
    owner, thing = bare(task.words, parts["owner"])[0], parts["thing"]
    country = task.names.countries.get(owner)
    if country is not None:
        return task.of_country(country, owner, thing)
    inner = task.read(parts["owner"])
    if inner is not None and task.words.is_a(thing.split()[-1], "noun", "state_noun", "action"):
        return inner.after("possessive")
    found = task.read(thing)
    if inner is None and found is not None and not found.is_proper and owner not in _OWNERS:
        state = task.state(task.context.country or "", thing)
        return None if state is not None and state.actor == found.actor else found
    return found or inner


_OWNERS = frozenset("country nation state republic region province city town capital village area world".split())
"""Whose forces are the state's."""


def _lost_apostrophe(task: Task, text: str) -> Found | None:
    """ "Syrias rebels", "President Bashar al-Assads forces": texts that lost their apostrophes."""
    tokens = text.split()
    for at, token in enumerate(tokens):
        if not re.fullmatch(r"[^\W\d]{3,}s", token):
            continue
        owner, thing = " ".join([*tokens[:at], token[:-1]]), " ".join(tokens[at + 1 :])
        country = task.names.country_names.get(owner)
        if country is not None and thing:
            return task.of_country(country, owner, thing)
        for start in range(at + 1):
            name = task.names.find(" ".join([*tokens[start:at], token[:-1]]), task.context, proper=True)
            if name is not None:
                return Found(name.actor, ("possessive without apostrophe", _says(name)), name)
    return None


def _compound(task: Task, text: str) -> Found | None:
    """ "US-backed SDF" is the SDF; "YPG-led forces" are the YPG; "anti-Houthi fighters" are not the Houthis."""
    first, _, rest = text.partition(" ")
    prefix, _, whom = first.partition("-")
    if whom and task.words.is_a(prefix, "opposing"):
        inner = task.first(rest)
        return inner if inner is not None and inner.is_proper else None
    made = re.match(r"(?P<backed>[a-z]{2}~backed) (?P<rest>.+)$", task.names.key(text))
    if made:
        return _without_backer(task, made["backed"], made["rest"])
    if whom and prefix == "pro":
        inner = task.first(rest)
        return inner if inner is not None and inner.is_proper else task.first(whom) or inner
    found = re.match(r"(?P<stem>[\w'-]+(?: [\w'-]+){0,3}?)-(?P<end>\w+)(?: (?P<rest>.*))?$", text)
    if found is None or not task.words.is_a(found["end"], "leading", "backing"):
        return None
    inner = task.first(found["rest"] or "")
    if found["end"] == "based" and inner is not None and not inner.is_proper and task.names.rivalled(task.context):
        return inner if found["stem"] in task.names.countries else None
    if inner is not None and inner.is_proper or found["end"] not in _COMMANDED:
        return inner
    leader = task.adjective(found["stem"]) or task.read(found["stem"])
    if leader is not None and (inner is None or leader.is_proper or leader.name.note == "adjective"):
        return leader.after(f'"{found["stem"]}-{found["end"]}"')
    return inner


def _without_backer(task: Task, backed: str, rest: str) -> Found | None:
    tokens = rest.split()
    inner = task.read(rest)
    if inner is not None and inner.is_proper:
        return inner
    for start in range(1, len(tokens)):
        name = task.names.find(f"{backed} {' '.join(tokens[start:])}", task.context)
        if name is not None and _may_be_of(task, name, tokens[:start]):
            return Found(name.actor, (_says(name),), name)
    return inner


def _may_be_of(task: Task, name: ActorName, dropped: list[str]) -> bool:
    """Whether no country among the words left out speaks against a name: Syrian forces are nobody's in Ukraine."""
    found = (task.names.country_of(dropped[at:]) for at in range(len(dropped)))
    return all(country is None or country[0] in task.names.actors[name.actor].countries for country in found)


def _national(task: Task, text: str) -> Found | None:
    """Demonym or country in front: "Ukrainian paratroopers", "Libyan unity government forces"."""
    tokens = text.split()
    head, last = " ".join(tokens[:-1]), tokens[-1]
    if head and task.words.is_a(last, "noun", "state_noun"):
        name = task.names.find(head, task.context, proper=True)
        if name is not None and name.note not in PLACES:
            return Found(name.actor, (_says(name),), name)
    for at in range(qualifiers(task.words, tokens) + 1):
        country = task.names.country_of(tokens[at:])
        if country is None:
            continue
        said, thing = " ".join(tokens[at : at + country[1]]), " ".join(tokens[at + country[1] :])
        if not thing:
            return task.state(country[0], said) if said in task.words.demonyms and len(said) > 2 else None
        return task.of_country(country[0], said, thing) or _inside(task, text)
    return None


def _trailing(task: Task, text: str) -> Found | None:
    """ "Islamic State fighters", "Syrian army units", "government offensive": what stands before the noun."""
    head, _, last = text.rpartition(" ")
    if not head or not task.words.is_a(last, "noun", "state_noun", "action"):
        return None
    inner = task.read(head)
    if inner is None or inner.is_proper:
        return inner
    if inner.is_place:
        return inner if task.words.is_a(last, "state_noun", "action") else None
    return None if task.words.is_a(last, "foe") else inner


def _inside(task: Task, text: str) -> Found | None:
    """The longest name of its own at the end of the phrase, else at its start: "hardline group Tahrir al-Sham"."""
    tokens = text.split()
    for part in [tokens[at:] for at in range(1, len(tokens))] + [tokens[:-at] for at in range(1, len(tokens))]:
        name = task.names.find(" ".join(part), task.context, proper=True)
        if name is not None:
            return Found(name.actor, (_says(name),), name)
    return None


def _qualified(task: Task, text: str) -> Found | None:
    """Role words behind qualifiers: "heavily armed rebels", "hardline Sunni militants", "Aleppo rebels".

    Before a word for the state's own forces only known qualifiers may be dropped: a "Euphrates army"
    may be anybody's.
    """
    tokens = text.split()
    sure = qualifiers(task.words, tokens)
    for at in range(1, len(tokens)):
        if at > sure and tokens[at - 1].endswith("'s"):
            break
        if at > sure and (task.words.is_a(tokens[-1], "state_noun") or any(t.startswith("anti-") for t in tokens)):
            break
        found = task.whole(" ".join(tokens[at:]))
        if found is not None and (at <= sure or not found.is_place):
            return found
    return None


_RULES: tuple[Callable[[Task, str], Found | None], ...] = (
    _bracketed, _slashed, _linked, _possessive, _compound, _national, _trailing, _inside, _qualified,
)  # fmt: skip
