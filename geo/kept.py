"""Answers kept beside what they were worked out from, and gone with it.

A cache that has a gazetteer or a registry among its keys would hold it for ever: each is tens of megabytes, and
a long process (a notebook, an editor's replays) makes many. Here the first argument is held weakly.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, ref

R = TypeVar("R")
MOST = 100_000
"""Answers kept for one object; with more they are forgotten and worked out again."""


def kept(function: Callable[..., R]) -> Callable[..., R]:
    """The function with its answers kept for each first argument, which has to be one that can be held weakly."""
    memory: WeakKeyDictionary[Any, dict[tuple[Any, ...], R]] = WeakKeyDictionary()
    last: Callable[[], Any] = _nobody  # mostly one object is asked about, and finding it in `memory` takes longer
    answers: dict[tuple[Any, ...], R] = {}

    def forget(_: object) -> None:
        nonlocal answers
        answers = {}

    @wraps(function)
    def asked(first: Any, *others: Any) -> R:
        nonlocal last, answers
        if last() is not first:
            last, answers = ref(first, forget), memory.setdefault(first, {})
        if others not in answers:
            if len(answers) >= MOST:
                answers.clear()
            answers[others] = function(first, *others)
        return answers[others]

    return asked


def _nobody() -> None:
    """Stands in for a reference to an object before there is one."""
