"""A parsed sentence: the tree over the masked text, with the way back to the words of the article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from geo.dates import DateMention
from geo.lexicon import lexicon
from geo.masking import HELD, Masked, Segment
from geo.mentions import Mention, Sort
from geo.trees import Token, Tree

PLACE_SORTS = frozenset({Sort.PLACE, Sort.NAME, Sort.STATE})


@dataclass
class Parsed:
    """One sentence. `dates` have offsets into the article, like every offset given out here."""

    doc: Tree
    masked: Masked
    dates: list[DateMention] = field(default_factory=list)
    tokens: tuple[Token, ...] = ()
    forms: frozenset[str] = frozenset()
    _segments: dict[int, Segment] = field(default_factory=dict)
    _names: tuple[tuple[Token, Mention], ...] = ()

    def __post_init__(self) -> None:
        starts = {segment.masked_start: segment for segment in self.masked.segments}
        self.tokens = self.doc
        self.forms = frozenset([t.lower_ for t in self.tokens])
        self._segments = {t.i: starts[t.idx] for t in self.tokens if t.idx in starts}
        for token in self.tokens[:2]:
            if token.i not in self._segments and _opens_with_name(token):
                a, b, text = self.words(token, token)
                mention = Mention(a - self.start, b - self.start, text, Sort.NAME)
                self._segments[token.i] = Segment(token.idx, token.idx + len(token.text), a, b, mention)
        standing = ((self.tokens[i], segment.mention) for i, segment in sorted(self._segments.items()))
        self._names = tuple((token, mention) for token, mention in standing if mention is not None)

    @property
    def of_other_field(self) -> bool:
        """Whether a word of sports, business or voting stands in it."""
        return not self.forms.isdisjoint(lexicon().other_field)

    @property
    def start(self) -> int:
        return self.masked.start

    @property
    def end(self) -> int:
        return self.masked.start + len(self.masked.original)

    def mention(self, token: Token) -> Mention | None:
        """The name this token stands for, with offsets into the sentence."""
        segment = self._segments.get(token.i)
        return segment.mention if segment else None

    def holder(self, token: Token) -> str | None:
        """ "rebel" of a token that stands for "rebel-held"."""
        segment = self._segments.get(token.i)
        if segment is None or segment.mention is not None:
            return None
        words = self.masked.original[segment.start : segment.end]
        found = HELD.search(words)
        return words[: found.end("holder")] if found else None

    def at(self, token: Token) -> tuple[int, int]:
        """Article offsets of one token."""
        return self._offsets[token.i]

    @cached_property
    def _offsets(self) -> list[tuple[int, int]]:
        """Article offsets of every token; of one inside a mask, the borders of what it stands for."""
        return self.masked.original_spans([(t.idx, t.idx + len(t.text)) for t in self.tokens])

    def words(self, first: Token, last: Token) -> tuple[int, int, str]:
        """Article offsets and text from one token to another, both included."""
        a, b = self.at(first)[0], self.at(last)[1]
        return a, b, self.masked.original[a - self.start : b - self.start]

    def token_at(self, offset: int) -> Token | None:
        """The token that covers an article offset."""
        return next((t for t, (a, b) in zip(self.tokens, self._offsets, strict=True) if a <= offset < b), None)

    def names(self) -> tuple[tuple[Token, Mention], ...]:
        """Tokens that stand for a name, with the name, in order of the text."""
        return self._names

    def holders(self) -> Iterator[tuple[Token, str]]:
        """Tokens that stand for "rebel-held", with the holder's words."""
        for i in self._segments:
            holder = self.holder(self.tokens[i])
            if holder:
                yield self.tokens[i], holder


def _opens_with_name(token: Token) -> bool:
    """A name the scan could not tell from a capital that opens a sentence; the tagger can."""
    opens = token.i == 0 or token.i == 1 and token.nbor(-1).is_punct
    word, lex = token.lower_, lexicon()
    if not opens or token.tag_ != "NNP" or not token.text[:1].isupper():
        return False
    known = word in lex.word_classes or word in lex.verbs or word in lex.nouns or word in lex.governors
    if known or word + "s" in lex.word_classes:
        return False
    verbal = token.head.tag_.startswith("VB") and token.head.i > token.i  # no verb has an adjective
    return token.dep_ not in ("compound", "amod") or verbal or _names_head(token.head)


_OWN_EVENT = frozenset({"battle", "siege", "fighting", "offensive", "clashes", "attack", "assault"})


def _names_head(head: Token) -> bool:
    """Whether an unknown word before a noun is a place's name: "Busley base", "Tinzaouaten battle"."""
    lex = lexicon()
    return lex.is_class(head.lower_, "settlement", "quarter", "facility", "region") or head.lower_ in _OWN_EVENT
