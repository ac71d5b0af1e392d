"""Masking: a sentence rewritten with one common word per name, so that a small parser reads it well.

Every recognised place, person and unknown name becomes "London", every actor "troops", and
"rebel-held" an ordinary adjective, and some words that a small parser trips over a like one that it
knows ("overran": captured); the spans are mapped back afterwards. A small model reads
transliterated names badly: masked, the same sentences parse alike, so one rule serves many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo.lexicon import lexicon
from geo.mentions import Mention, Sort

PLACE_WORD = "London"
ACTOR_WORD = "troops"
SINGULAR_WORD = "army"
HELD_WORD = "large"

HELD = re.compile(r"(?P<holder>[^\W_][\w.'’]*)[-‑–](?P<how>held|controlled|run|occupied|ruled|dominated)\b")
_HYPHEN = re.compile("[-‑–]")
_LED = re.compile(
    r"[-‑–](?:led|backed|linked|aligned|affiliated|allied|supported|dominated|sponsored|trained)((?: [a-z]+){1,3})"
)
_STAND_INS = {
    "overrun": "captured",
    "overran": "captured",
    "overruns": "captures",
    "overrunning": "capturing",
    "north-eastern": "northeastern",
    "north-western": "northwestern",
    "south-eastern": "southeastern",
    "south-western": "southwestern",
    "and controlled": "and captured",
    "then controlled": "then captured",
    "retook": "recaptured",
    "reestablished": "restored",
    "re-established": "restored",
    "take-over": "takeover",
    "reestablishing": "restoring",
    "re-establishing": "restoring",
    "pull-out": "withdrawal",
    "hand-over": "handover",
    "rebels": "troops",
    "counter-attack": "attack",
    "counter-attacks": "attacks",
    "counterattack": "attack",
    "counter-offensive": "offensive",
    "counter-offensives": "offensives",
    "counteroffensive": "offensive",
}
"""Words a small parser reads badly, with one of the same part of speech that it reads well."""
_NEXT_WORD = re.compile(r" ([a-z]{3,}s)\b(?! (?:of|by)\b)")
_ODD = re.compile(r"\b(?:" + "|".join(sorted(_STAND_INS, key=len, reverse=True)) + r")\b|\bre-[a-z]{4,}")
_ASIDE = re.compile(
    r"(?P<open> (?:--?|[–—]) )(?=(?:an?|the|which|who|whose|including|now|once|long|formerly|home)\b)[^-–—.;:]{5,90}"
    r"(?P<close> (?:--?|[–—]) )(?=[a-z])"
)
"""An aside between dashes, which a parser reads better between commas."""
_NEAR = re.compile(
    r"\b[A-Z][\w’'-]* (?:village|town|city|hamlet|farm|hill|base|airbase|checkpoint|camp) "
    r"(?P<near>(?:north|south|east|west|(?:north|south)-?(?:east|west)) of)\b"
)
""" "X village east of Y": a parser takes "village east" for one noun, which "village near" is not."""
_BEFORE = re.compile(r"\b(?:hours?|days?|weeks?|months?|minutes?|evening|night) (?P<word>before)(?=, )")
""" "Some hours before, X and Y fell": a parser takes the names for what it was before."""
_BEFORE_NOUN = re.compile(
    r" (?:[a-z]+ )?(?:hands|positions?|strongholds?|bastions?|territory|bases?|lines|flags?|outposts?|camps?|posts?"
    r"|garrisons?|checkpoints?|barracks|headquarters|compounds?|tunnels?|redoubts?)\b"
)
"""Nouns before which the actor's word must be a singular to be read as describing them."""
_RULE = re.compile(r" (?:control|rule)\b")
_UNDER = re.compile(r"\b(?:under|into|in|of|from|beyond)(?: (?:the|full|complete|partial|nominal))? $")
_INFINITIVE = re.compile(r"\b(?:to|will|would|could|may|might|can|cannot|not|n['’]t) $")


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of masked text that stands for one of the original. mention None: a held-word or a stand-in."""

    masked_start: int
    masked_end: int
    start: int
    end: int
    mention: Mention | None


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked sentence. start is the sentence's offset in the article's text."""

    text: str
    original: str
    start: int
    segments: tuple[Segment, ...]

    def original_offset(self, offset: int, *, at_end: bool = False) -> int:
        """The place in the article of an offset into the masked text (a mask's inside: its border)."""
        shift = 0
        for segment in self.segments:
            if offset <= segment.masked_start:
                break
            if offset < segment.masked_end or (at_end and offset == segment.masked_end):
                return self.start + (segment.end if at_end else segment.start)
            shift = segment.end - segment.masked_end
        return self.start + offset + shift

    def original_spans(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """The places in the article of many stretches of the masked text, which are to be in order."""
        out: list[tuple[int, int]] = []
        coming = iter(self.segments)
        segment = next(coming, None)
        shift = self.start
        for start, end in spans:
            while segment is not None and segment.masked_end <= start:
                shift = self.start + segment.end - segment.masked_end
                segment = next(coming, None)
            if segment is None or end < segment.masked_start:
                out.append((start + shift, end + shift))
            else:
                out.append((self.original_offset(start), self.original_offset(end, at_end=True)))
        return out

    def unmasked(self) -> str:
        """The original sentence, rebuilt from the masked one: the test of the offsets."""
        out, at = [], 0
        for segment in self.segments:
            out += [self.text[at : segment.masked_start], self.original[segment.start : segment.end]]
            at = segment.masked_end
        return "".join([*out, self.text[at:]])


def mask(sentence: str, start: int, mentions: Sequence[Mention]) -> Masked:
    """Mask one sentence. Offsets of the mentions index the sentence; `start` is where it stands."""
    hyphened = HELD.finditer(sentence) if _HYPHEN.search(sentence) else ()
    held = [(_holder_start(m, mentions), m.end(), None) for m in hyphened]
    spans: list[tuple[int, int, Mention | None]] = list(held)
    mentions = _longest(mentions)
    for mention in mentions:
        if not (held and any(a < mention.end and mention.start < b for a, b, _ in held)):
            spans.append((_with_known(sentence, mention), _with_led(sentence, mention), mention))
    spans += [(m.start(), m.end(), None) for m in _ODD.finditer(sentence)]
    spans += [(m.start("word"), m.end("word"), None) for m in _BEFORE.finditer(sentence)]
    spans += [(m.start("near"), m.end("near"), None) for m in _NEAR.finditer(sentence)]
    for aside in _ASIDE.finditer(sentence):
        spans += [(*aside.span("open"), None), (*aside.span("close"), None)]
    spans += [span for mention in mentions if (span := _singular_verb(sentence, mention)) is not None]
    out: list[str] = []
    segments: list[Segment] = []
    at = length = 0
    for a, b, m in sorted(spans, key=lambda span: (span[0], -span[1])):
        if a < at:
            continue
        word = _word(sentence, a, b, m)
        out += [sentence[at:a], word]
        length += a - at
        segments.append(Segment(length, length + len(word), a, b, m))
        length += len(word)
        at = b
    out.append(sentence[at:])
    return Masked("".join(out), sentence, start, tuple(segments))


def _holder_start(held: re.Match[str], mentions: Sequence[Mention]) -> int:
    """Where the holder's name begins: "Islamic State-held" has two words before its hyphen."""
    over = [m.start for m in mentions if m.start <= held.start() < m.end]
    return min(over, default=held.start())


def _singular_verb(sentence: str, mention: Mention) -> tuple[int, int, None] | None:
    """Where "seizes" stands right behind an actor, whose mask is a plural: "troops seize"."""
    if mention.sort is not Sort.ACTOR:
        return None
    found = _NEXT_WORD.match(sentence, mention.end)
    if found is None or found.group(1) not in lexicon().verbs:
        return None
    return found.start(1), found.end(1), None


def _longest(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Mentions without those that a longer one overlaps ("al Qaeda" in "al Qaeda-linked Nusra Front")."""
    if all(left.end <= right.start for left, right in pairwise(mentions)):
        return mentions
    return [
        m
        for m in mentions
        if not any(
            o is not m and o.start < m.end and m.start < o.end and o.end - o.start > m.end - m.start for o in mentions
        )
    ]


_KNOWN_AS = re.compile(
    r"\b(?:militia|group|movement|faction|coalition|alliance|organi[sz]ation|army) "
    r"(?:known as|called|calling itself)(?: the)? $"
)


def _with_known(sentence: str, mention: Mention) -> int:
    """Where the mention begins with the noun it names: "militia known as the X" is one side."""
    if mention.sort is not Sort.ACTOR:
        return mention.start
    found = _KNOWN_AS.search(sentence, max(0, mention.start - 40), mention.start)
    return found.start() if found is not None else mention.start


def _with_led(sentence: str, mention: Mention) -> int:
    """Where the mention ends with the body it leads: "Haftar-led units" is one side."""
    if mention.sort not in (Sort.ACTOR, Sort.STATE):
        return mention.end
    found = _LED.match(sentence, mention.end)
    if found is None:
        return mention.end
    end = found.start(1)
    for word in re.finditer(r" [a-z]+", found.group(1)):
        if lexicon().is_class(word.group().strip(), "armed"):
            end = found.start(1) + word.end()
    return end if end > found.start(1) else mention.end


def _word(sentence: str, at: int, end: int, mention: Mention | None) -> str:
    if mention is None:
        return _stand_in(sentence, at, end)
    if mention.sort is Sort.ACTOR or end > mention.end:
        describes = _BEFORE_NOUN.match(sentence, end) or _RULE.match(sentence, end) and _UNDER.search(sentence, 0, at)
        word = SINGULAR_WORD if describes else ACTOR_WORD
        return word.capitalize() if at == 0 else word
    return PLACE_WORD


_BASES = {"storm": "enter"}
"""Base forms that would be read as nouns behind the actor's word, with one that is not."""


def _joined(word: str) -> str:
    """ "re-established" without the hyphen that a tokeniser cuts at; without its "re" where that is no word here."""
    bare = word.removeprefix("re-")
    known = "re" + bare in lexicon().verbs or "re" + bare in lexicon().control_verbs
    return "re" + bare if known else bare


def _stand_in(sentence: str, at: int, end: int) -> str:
    word = sentence[at:end]
    if word.startswith(" ") and word.endswith(" "):
        return ", "
    if word == "before":
        return "earlier"
    if word.startswith("re-") and word not in _STAND_INS:
        return _joined(word)
    if word.endswith(" of"):
        return "near"
    if word not in _STAND_INS and word in lexicon().verbs:
        lemma = lexicon().verbs[word][0].lemma
        return _BASES.get(lemma, lemma)
    if word not in _STAND_INS:
        return HELD_WORD
    if word == "overrun" and _INFINITIVE.search(sentence[:at]):
        return "capture"
    return _STAND_INS[word]
