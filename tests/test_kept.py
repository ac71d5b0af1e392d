"""Answers kept beside an object: given once, and gone with it."""

from __future__ import annotations

import gc
import weakref

from geo.kept import kept


class Thing:
    """Something that can be held weakly."""


def test_an_answer_is_worked_out_once_for_each_object_and_question() -> None:
    asked: list[tuple[int, str]] = []

    @kept
    def answer(thing: Thing, question: str) -> str:
        asked.append((id(thing), question))
        return question.upper()

    one, other = Thing(), Thing()
    assert [answer(one, "a"), answer(one, "a"), answer(one, "b"), answer(other, "a")] == ["A", "A", "B", "A"]
    assert asked == [(id(one), "a"), (id(one), "b"), (id(other), "a")]


def test_the_object_is_not_held() -> None:
    @kept
    def answer(thing: Thing, question: str) -> str:
        return question

    thing = Thing()
    answer(thing, "a")
    gone = weakref.ref(thing)
    del thing
    gc.collect()
    assert gone() is None
