"""The decoder: the model's own steps from vectors to trees, taken by all sentences of a batch at once with numpy.

The same weights, the same sums and the same transition system as the model's `parser`: at each step a state (what is
read, what is open) is scored from eight words of it, and the best valid action is taken. What a word adds to a state
in each of the eight positions is worked out once; a step then adds eight rows for each sentence that is not done, and
multiplies once. The model's own loop does that one sentence after the other, and takes and leaves Python's lock at
each. Layers of another build are left to the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.ml.parser_model import ParserStepModel
from spacy.tokens import Doc

WORDS = 4096
"""Words decoded together: more take more memory (4 kB each) than they save steps."""

Floats = npt.NDArray[np.float32]


_LAYERS = ["tok2vec-listener>>list2array>>linear", "precomputable_affine", "linear"]


def decoder_of(parser: Any) -> Decoder | None:
    """A decoder to stand in the place of a `parser` component; None where its layers are not known here."""
    known = [layer.name for layer in parser.model.layers] == _LAYERS
    if not known or parser.model.attrs["unseen_classes"] or parser.cfg["beam_width"] != 1:
        return None
    return Decoder(parser)


class Decoder:
    """Writes trees into sentences whose vectors (`tensor`) the encoder has made."""

    def __init__(self, parser: Any) -> None:
        narrow, affine, upper = parser.model.layers
        self._parser = parser
        self._narrow = _transposed(narrow.layers[-1])
        weights: Floats = affine.get_param("W")  # (positions, width, pieces, inputs)
        self._positions, self._width, pieces, inputs = weights.shape
        # pieces first, so that the largest piece is found block by block
        self._affine = np.ascontiguousarray(weights.transpose(3, 0, 2, 1).reshape(inputs, -1))
        self._missing = affine.get_param("pad")[0].transpose(0, 2, 1).reshape(-1)
        self._bias = affine.get_param("b").T.reshape(-1)
        self._upper = _transposed(upper)
        self._pieces = pieces
        # of a step's model, `get_token_ids` asks nothing but the number of positions
        self._asking = SimpleNamespace(state2vec=SimpleNamespace(nF=self._positions))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """The sentences in their order, with heads and labels; so many are read at once."""
        waiting = iter(docs)
        while batch := list(islice(waiting, batch_size)):
            for part in _of_like_length(batch):
                states = self._parser.moves.init_batch(part)
                self._decode(states, self._rows(np.concatenate([doc.tensor for doc in part])))
                self._parser.set_annotations(part, states)
            yield from batch

    def _rows(self, vectors: Floats) -> Floats:
        """(word, position): what a word adds to a state that has it there. The first word is the missing one."""
        weights, bias = self._narrow
        rows = np.empty((len(vectors) + 1, self._affine.shape[1]), dtype=np.float32)
        rows[0] = self._missing
        np.matmul(vectors @ weights + bias, self._affine, out=rows[1:])
        return rows.reshape(-1, self._pieces * self._width)

    def _decode(self, states: list[Any], rows: Floats) -> None:
        weights, bias = self._upper
        first = np.arange(self._positions) + self._positions  # the missing word has number -1
        states = [state for state in states if not state.is_final()]
        while states:
            at = ParserStepModel.get_token_ids(self._asking, states) * self._positions + first
            summed = rows.take(at[:, 0], axis=0)
            for position in range(1, self._positions):
                summed += rows.take(at[:, position], axis=0)
            summed += self._bias
            best = summed[:, : self._width]
            for piece in range(1, self._pieces):
                best = np.maximum(best, summed[:, piece * self._width : (piece + 1) * self._width])
            states = self._parser.transition_states(states, best @ weights + bias)


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
