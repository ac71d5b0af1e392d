"""The encoder: the model's own layers from words to vectors, computed with fewer and larger steps of numpy.

The same weights and the same sums as the model's `tok2vec`: a vector for each word by its norm, prefix, suffix and
shape, then four layers that look at one neighbour on either side. Two things make it cheap: a word form's first vector
is worked out once (it depends on nothing but the form), with its products in the first layer once a batch; and each
further layer is one product for the whole batch with few passes over its result. Layers of another build are left to
the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from thinc.model import Model
from thinc.types import Ragged

KEPT_FORMS = 60_000
"""Word forms whose first vector is kept, some 25 MB: more than a year of one war's news has."""
_EPSILON = 1e-8  # as the model's own layer norm has it

BLOCK = 512
"""Words taken through the layers together: their rows stay in the processor's own memory."""

Floats = npt.NDArray[np.float32]
_OfTable = Callable[[npt.NDArray[np.intp]], Floats]


def fitted(tok2vec: Any) -> bool:
    """Put this encoder in the place of a `tok2vec` component's model; False where its layers are not known here."""
    embed, encode = tok2vec.model.layers
    layers = _layers(encode)
    if len(embed.layers) != 5 or embed.layers[0].name != "extract_features" or layers is None:
        return False
    encoder = _Encoder(embed, layers)
    tok2vec.model._func = lambda model, docs, is_train: (encoder.vectors(docs), None)
    return True


def _layers(encode: Any) -> list[_Layer] | None:
    """The convolutions of a model that was built as the small English ones are; None for any other."""
    if encode.attrs.get("pad") is None or len(encode.layers) != 1:
        return None
    out = []
    for residual in encode.layers[0].layers:
        parts = {part.name: part for part in residual.walk()}
        known = {"expand_window", "maxout", "layernorm"} <= set(parts) and residual.name.startswith("residual")
        if not known or parts["expand_window"].attrs["window_size"] != 1:
            return None
        out.append(_Layer(parts["maxout"], parts["layernorm"]))
    return out if len(out) <= int(encode.attrs["pad"]) else None


class _Layer:
    """Neighbours side by side, a product, the largest of each group of pieces, normed, and added to what came in."""

    def __init__(self, maxout: Any, norm: Any) -> None:
        weights: Floats = maxout.get_param("W")  # (width, pieces, inputs)
        self.width, self.pieces, inputs = weights.shape
        # pieces first, so that the largest piece is found block by block
        self.weights = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, -1))
        self.bias = np.ascontiguousarray(maxout.get_param("b").T.reshape(-1))
        self._mean = np.full(self.width, 1 / self.width, dtype=np.float32)
        self.gain, self.shift = norm.get_param("G"), norm.get_param("b")

    def __call__(self, x: Floats) -> Floats:
        wide = np.zeros((len(x), 3 * self.width), dtype=np.float32)
        wide[1:, : self.width] = x[:-1]
        wide[:, self.width : 2 * self.width] = x
        wide[:-1, 2 * self.width :] = x[1:]
        y = wide @ self.weights
        y += self.bias
        return self._normed(y, x)

    def of_table(self, table: Floats) -> _OfTable:
        """The same for rows of a table with few forms, each of which is multiplied once, wherever it stands."""
        left, own, right = (table @ self.weights[i * self.width : (i + 1) * self.width] for i in range(3))
        own += self.bias

        def of_rows(rows: npt.NDArray[np.intp]) -> Floats:
            y = own.take(rows, axis=0)
            y[1:] += left.take(rows[:-1], axis=0)
            y[:-1] += right.take(rows[1:], axis=0)
            return self._normed(y, table.take(rows, axis=0))

        return of_rows

    def _normed(self, y: Floats, x: Floats) -> Floats:
        best = y[:, : self.width]
        for piece in range(1, self.pieces):
            best = np.maximum(best, y[:, piece * self.width : (piece + 1) * self.width])
        best = best - (best @ self._mean)[:, None]
        spread = np.einsum("ij,ij->i", best, best) / np.float32(self.width) + np.float32(_EPSILON)
        best *= (1 / np.sqrt(spread))[:, None]
        best *= self.gain
        best += self.shift
        best += x
        return np.asarray(best)


class _Encoder:
    """Vectors of a batch of sentences."""

    def __init__(self, embed: Model[Any, Any], layers: list[_Layer]) -> None:
        self._columns = embed.layers[0].attrs["columns"]
        self._mixed = (embed.layers[2], embed.layers[3])
        self._layers = layers
        self._known: dict[bytes, int] = {}
        self._nothing = np.zeros((1, layers[0].width), dtype=np.float32)
        self._table = self._nothing[:0]

    def vectors(self, docs: list[Doc]) -> list[Floats]:
        """One array (words, width) a sentence."""
        gap = len(self._layers)  # so many rows of zeros between sentences: no layer sees over them
        lengths = [len(doc) for doc in docs]
        starts = np.cumsum([gap, *(n + gap for n in lengths)])
        if not docs:
            return []
        rows = [np.asarray(doc.to_array(self._columns), dtype=np.uint64) for doc in docs]
        at = np.concatenate([np.arange(s, s + n) for s, n in zip(starts, lengths, strict=False)])
        forms, found = np.unique(self._forms(np.concatenate(rows)), return_inverse=True)
        placed = np.zeros(int(starts[-1]), dtype=np.intp)
        placed[at] = found + 1
        first = self._layers[0].of_table(np.concatenate([self._nothing, self._table[forms]]))
        out: list[Floats] = []
        for some in _blocks(lengths):
            base = starts[some.start] - gap
            x = first(placed[base : starts[some.stop]])
            for layer in self._layers[1:]:
                x = layer(x)
            out += (x[s : s + n] for s, n in zip(starts[some] - base, lengths[some], strict=True))
        return out

    def _forms(self, rows: npt.NDArray[np.uint64]) -> list[int]:
        """The row of the table for each word, those of new forms worked out first."""
        if len(self._known) > KEPT_FORMS:
            self._known, self._table = {}, self._table[:0]
        keys = np.ascontiguousarray(rows).view(f"V{rows.shape[1] * 8}").ravel().tolist()
        new = {key: at for at, key in enumerate(keys) if key not in self._known}
        if new:
            data: Any = rows[list(new.values())]
            lengths: Any = np.asarray([len(new)], dtype=np.int32)
            made = Ragged(data, lengths)
            for layer in self._mixed:
                made = layer.predict(made)
            for number, key in enumerate(new, len(self._table)):
                self._known[key] = number
            self._table = np.concatenate([self._table, made.dataXd])
        return [self._known[key] for key in keys]


def _blocks(lengths: Sequence[int]) -> Iterator[slice]:
    """Sentences of these lengths in their order, in parts of BLOCK words or just above."""
    first = words = 0
    for number, length in enumerate(lengths, 1):
        words += length
        if words >= BLOCK or number == len(lengths):
            yield slice(first, number)
            first, words = number, 0
