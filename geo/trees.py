"""Trees: parsed sentences as plain words, which rules can walk without asking the model's library at each step.

Comes from the model's own documents; goes to `frames`. A tree is the tuple of its words in order. Each word knows its
head, its children as they stand in the sentence, and the lexicon's classes of it; the root is its own head. Words are
named as the model's library names them, and are not to be changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np
from spacy.attrs import DEP, HEAD, ORTH, SPACY, TAG
from spacy.lang.lex_attrs import is_punct
from spacy.strings import StringStore
from spacy.tokens import Doc

from geo.lexicon import lexicon

_COLUMNS: list[int | str] = [ORTH, TAG, DEP, SPACY, HEAD]


class Token:
    """One word. i: its number in the sentence; idx: where it begins, in characters."""

    __slots__ = ("children", "classes", "dep_", "doc", "head", "i", "idx", "lefts", "lower_", "rights", "tag_", "text")

    doc: tuple[Token, ...]
    head: Token
    lefts: tuple[Token, ...]
    rights: tuple[Token, ...]
    children: tuple[Token, ...]

    def __init__(self, i: int, idx: int, word: _Word, tag: str, dep: str) -> None:
        self.i, self.idx = i, idx
        self.text, self.lower_, self.classes = word
        self.tag_, self.dep_ = tag, dep
        self.lefts = self.rights = self.children = ()

    def __repr__(self) -> str:
        return f"{self.text}/{self.dep_}"

    @property
    def is_punct(self) -> bool:
        return bool(is_punct(self.text))

    @property
    def subtree(self) -> Iterator[Token]:
        """The word with all that hangs on it, in order of the sentence."""
        for child in self.lefts:
            yield from child.subtree
        yield self
        for child in self.rights:
            yield from child.subtree

    @property
    def ancestors(self) -> Iterator[Token]:
        """Its head, the head's head, and so on to the root."""
        at = self
        while at.head is not at:
            at = at.head
            yield at

    def nbor(self, steps: int = 1) -> Token:
        """The word so many steps further on. Raises IndexError where there is none."""
        if self.i + steps < 0:
            raise IndexError(self.i + steps)
        return self.doc[self.i + steps]


Tree = tuple[Token, ...]
_Word = tuple[str, str, frozenset[str]]
"""A text, the same in small letters, and the lexicon's classes of it."""


def trees(docs: Iterable[Doc]) -> list[Tree]:
    """Parsed documents as trees."""
    return [_tree(doc, _words_of(doc.vocab.strings)) for doc in docs]


@lru_cache(maxsize=2)
def _words_of(strings: StringStore) -> _Words:
    """The words of a store, which itself forgets none."""
    return _Words(strings)


class _Words(dict[int, _Word]):
    """Words by their keys, each worked out when it is first asked for."""

    def __init__(self, strings: StringStore) -> None:
        super().__init__()
        self._strings, self._classes = strings, lexicon().word_classes

    def __missing__(self, key: int) -> _Word:
        text = self._strings[key]
        lower = text.lower()
        self[key] = word = text, lower, self._classes.get(lower, _NO_CLASSES)
        return word


_NO_CLASSES: frozenset[str] = frozenset()


def _tree(doc: Doc, words: _Words) -> Tree:
    rows = doc.to_array(_COLUMNS)
    heads = rows[:, -1].view(np.int64).tolist()
    tokens: list[Token] = []
    idx = 0
    for i, (form, tag, label, blank, _) in enumerate(rows.tolist()):
        word = words[form]
        tokens.append(Token(i, idx, word, words[tag][0], words[label][0]))
        idx += len(word[0]) + blank
    tree = tuple(tokens)
    for token, steps in zip(tree, heads, strict=True):
        token.doc = tree
        token.head = head = tree[token.i + steps]
        if steps > 0:
            head.lefts += (token,)
        elif steps < 0:
            head.rights += (token,)
    for token in tree:
        if token.lefts or token.rights:
            token.children = token.lefts + token.rights
    return tree


def forget(tree: Tree) -> None:
    """Cut the words of a tree that nobody needs any more from each other: in circles they would wait for Python to
    look for unreachable objects."""
    for token in tree:
        del token.head, token.doc
