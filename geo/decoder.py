"""The decoder: the model's own steps from vectors to trees, taken by all sentences of a batch at once with numpy.

The same weights, the same sums and the same transition system (arc-eager, Nivre 2003, as the model's `parser` has it):
at each step a state (what is read, what is open) is scored from eight words of it, and the best valid action is taken.
What a word adds to a state in each of the eight positions is worked out once; a step then adds eight rows for each
sentence that is not done, multiplies once, and moves all of them on. The model's own loop does that one sentence
after the other. Layers and actions of another build are left to the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD
from spacy.pipeline._parser_internals.nonproj import DELIMITER, deprojectivize
from spacy.tokens import Doc

WORDS = 8192
"""Words decoded together: more take more memory (4 kB each) than they save steps."""

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.intp]


_LAYERS = ["tok2vec-listener>>list2array>>linear", "precomputable_affine", "linear"]
_POSITIONS = 8
_MOVES = "SDLRB"
"""Shift, reduce, left arc, right arc, break: the order in which the model has its actions."""


def decoder_of(parser: Any) -> Decoder | None:
    """A decoder to stand in the place of a `parser` component; None where its layers or actions are not known here."""
    layers = [layer.name for layer in parser.model.layers] == _LAYERS
    if not layers or parser.model.attrs["unseen_classes"] or parser.cfg["beam_width"] != 1:
        return None
    actions = _actions(parser)
    moves = [_MOVES.index(action[0]) for action in actions]
    usual = moves == sorted(moves) and [moves.count(move) for move in (0, 1, 4)] == [1, 1, 1]
    if not usual or parser.model.layers[1].get_dim("nF") != _POSITIONS or any(a.endswith("-subtok") for a in actions):
        return None
    return Decoder(parser)


def _actions(parser: Any) -> list[str]:
    """ "S", "D", "L-nsubj", "R-dobj", "B-ROOT": what a step can do, in the order of its scores."""
    return [parser.moves.class_name(number) for number in range(parser.moves.n_moves)]


class Decoder:
    """Writes trees into sentences whose vectors (`tensor`) the encoder has made."""

    def __init__(self, parser: Any) -> None:
        narrow, affine, upper = parser.model.layers
        self._narrow = _transposed(narrow.layers[-1])
        weights: Floats = affine.get_param("W")  # (positions, width, pieces, inputs)
        _, self._width, self._pieces, inputs = weights.shape
        # pieces first, so that the largest piece is found block by block
        self._affine = np.ascontiguousarray(weights.transpose(3, 0, 2, 1).reshape(inputs, -1))
        self._missing = affine.get_param("pad")[0].transpose(0, 2, 1).reshape(-1)
        self._bias = affine.get_param("b").T.reshape(-1)
        self._upper = _transposed(upper)
        actions, strings = _actions(parser), parser.vocab.strings
        self._moves = np.asarray([_MOVES.index(action[0]) for action in actions])
        self._labels = np.asarray([strings.add(action[2:]) if action[2:] else 0 for action in actions], dtype=np.uint64)
        self._crossing = np.asarray([DELIMITER in action for action in actions])
        self._root = strings.add("ROOT")

    def pipe(self, docs: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """The sentences in their order, with heads and labels; so many are read at once."""
        waiting = iter(docs)
        while batch := list(islice(waiting, batch_size)):
            for part in _of_like_length(batch):
                states = _States([len(doc) for doc in part])
                self._decode(states, self._rows(np.concatenate([doc.tensor for doc in part])))
                self._write(states, part)
            yield from batch

    def _rows(self, vectors: Floats) -> Floats:
        """(word, position): what a word adds to a state that has it there. The first word is the missing one."""
        weights, bias = self._narrow
        rows = np.empty((len(vectors) + 1, self._affine.shape[1]), dtype=np.float32)
        rows[0] = self._missing
        np.matmul(vectors @ weights + bias, self._affine, out=rows[1:])
        return rows.reshape(-1, self._pieces * self._width)

    def _decode(self, states: _States, rows: Floats) -> None:
        weights, bias = self._upper
        shift, reduce, left, _, stop = np.searchsorted(self._moves, np.arange(len(_MOVES)))
        while len(states.top):
            positions = states.positions()
            summed = self._bias + rows.take(positions[0] * _POSITIONS, axis=0)
            for number, words in enumerate(positions[1:], 1):
                summed += rows.take(words * _POSITIONS + number, axis=0)
            best = summed[:, : self._width]
            for piece in range(1, self._pieces):
                best = np.maximum(best, summed[:, piece * self._width : (piece + 1) * self._width])
            scores = best @ weights + bias
            may_shift, may_reduce, may_link, may_stop = states.valid()
            scores[~may_shift, shift] = scores[~may_reduce, reduce] = scores[~may_stop, stop] = -np.inf
            scores[~may_link, left:stop] = -np.inf
            actions = scores.argmax(axis=1)
            states.act(self._moves[actions], actions)

    def _write(self, states: _States, docs: Sequence[Doc]) -> None:
        """Heads and labels into the documents; crossing arcs, which the steps know by their labels, as they cross."""
        heads = states.head - np.arange(len(states.head))
        heads[states.head == 0] = 0
        rows: Any = np.stack([heads.astype(np.uint64), self._labels[states.action]], axis=1)
        rows[heads == 0, 1] = self._root
        crossing = self._crossing[states.action] & (heads != 0)
        at = 1
        for doc in docs:
            until = at + len(doc)
            doc.from_array([HEAD, DEP], rows[at:until])
            if crossing[at:until].any():
                deprojectivize(doc)
            at = until


class _States:
    """What is read and what is open in each sentence of a part. Words are numbered from 1; 0 is the missing one.

    The open words of a sentence (its stack) and those to come (its buffer) lie on one tape with a gap between them:
    the next word goes over the gap when it is opened, and back when it is taken back.
    """

    def __init__(self, lengths: Sequence[int]) -> None:
        words = sum(lengths)
        self.head = np.zeros(words + 1, dtype=np.intp)
        self.action = np.zeros(words + 1, dtype=np.intp)
        self._last_left, self._last_right, self._right_before = (np.zeros(words + 1, dtype=np.intp) for _ in range(3))
        self._begins, self._taken_back = (np.zeros(words + 1, dtype=np.bool_) for _ in range(2))
        before, behind = 3, 2  # missing words before the first open one and behind the last one to come
        sizes = np.asarray(lengths, dtype=np.intp)
        ends = np.cumsum(sizes + before + behind)
        self._end = ends - behind
        self.front = self._end - sizes
        self.top = self.front - 1
        self._bottom = self.top.copy()
        self._tape = np.zeros(int(ends[-1]), dtype=np.intp)
        gaps = np.repeat(np.arange(1, len(sizes) + 1) * before + np.arange(len(sizes)) * behind, sizes)
        numbers = np.arange(words)
        self._tape[numbers + gaps] = numbers + 1

    def positions(self) -> tuple[Numbers, ...]:
        """The eight words of each state that its score depends on."""
        tape, front, top = self._tape, self.front, self.top
        self._next, self._second, self._open = tape[front], tape[front + 1], tape[top]
        return (
            self._next,
            self._second,
            self._open,
            tape[top - 1],
            tape[top - 2],
            self._last_left[self._next],
            self._last_left[self._open],
            self._last_right[self._open],
        )

    def valid(self) -> tuple[npt.NDArray[np.bool_], ...]:
        """Whether each state may shift, reduce, link the open word and the next, and end a sentence before a word."""
        deep, more = self.top > self._bottom, self.front + 1 < self._end
        inside = ~self._begins[self._next]
        shift = ~deep | more & inside & ~self._taken_back[self._next]
        stop = more & (self._second == self._next + 1) & ~self._begins[self._second]
        return shift, deep, deep & (self.front < self._end) & inside, stop

    def act(self, moves: Numbers, actions: Numbers) -> None:
        """Move each state on, and forget those that are done."""
        shift, reduce, left, right, stop = ((moves == move).nonzero()[0] for move in range(len(_MOVES)))
        heads, children = self._next[left], self._open[left]
        self._last_right[self.head[children]] = self._right_before[children]  # where it was linked before
        self._link(heads, children, actions[left])
        self._last_left[heads] = children
        self._taken_back[heads] = False
        heads, children = self._open[right], self._next[right]
        self._link(heads, children, actions[right])
        self._right_before[children] = self._last_right[heads]
        self._last_right[heads] = children
        self._begins[self._second[stop]] = True
        back = reduce[(self.head[self._open[reduce]] == 0) & (self.top[reduce] > self._bottom[reduce] + 1)]
        self.front[back] -= 1
        self._tape[self.front[back]] = self._open[back]
        self._taken_back[self._open[back]] = True
        self.top[reduce] -= 1
        self.top[left] -= 1
        pushed = np.concatenate([shift, right])
        self.top[pushed] += 1
        self.front[pushed] += 1
        self._tape[self.top[pushed]] = self._next[pushed]
        going = (self.top > self._bottom) | (self.front < self._end)
        if not going.all():
            self.top, self._bottom = self.top[going], self._bottom[going]
            self.front, self._end = self.front[going], self._end[going]

    def _link(self, heads: Numbers, children: Numbers, actions: Numbers) -> None:
        self.head[children] = heads
        self.action[children] = actions


def _transposed(linear: Any) -> tuple[Floats, Floats]:
    return np.ascontiguousarray(linear.get_param("W").T), linear.get_param("b")


def _of_like_length(docs: Sequence[Doc]) -> Iterator[list[Doc]]:
    """The sentences from short to long, in parts of some WORDS words."""
    part: list[Doc] = []
    words = 0
    for doc in sorted(docs, key=len):
        if part and words + len(doc) > WORDS:
            yield part
            part, words = [], 0
        if len(doc):
            part.append(doc)
            words += len(doc)
    if part:
        yield part
