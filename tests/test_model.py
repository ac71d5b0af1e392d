"""The model: the trees are those of the model as it comes, whatever the batch."""

from __future__ import annotations

import numpy as np
import pytest

from geo import decoder, encoder, model

SENTENCES = (
    "Troops captured London and London from troops on Friday.",
    "The towns of London and London fell to troops after a week of fighting, the monitor said.",
    "Troops were driven out of London.",
    "Large London was taken.",
    "It said that it had handed over London, London and the airport to troops.",
    "Which town did they fight for? Nobody would say.",
)


def _trees(docs: list[object]) -> list[list[tuple[str, str, int]]]:
    return [[(t.tag_, t.dep_, t.head.i) for t in doc] for doc in docs]  # type: ignore[attr-defined]


def test_trees_are_those_of_the_model_as_it_comes() -> None:
    texts = SENTENCES * 20
    whole = model.full_model()
    with whole.select_pipes(enable=["tok2vec", "tagger", "parser"]):
        expected = _trees(list(whole.pipe(texts)))
    assert _trees(model.parse(texts)) == expected


def test_words_stand_to_each_other_as_in_the_model() -> None:
    text = 'Don’t "cannot" re-take London’s  two towns, said Mr. N. on the\nroad, and troops left.'
    tree = model.parse([text])[0]
    doc = model.full_model()(text)
    for word, token in zip(tree, doc, strict=True):
        assert (word.i, word.idx, word.text, word.lower_) == (token.i, token.idx, token.text, token.lower_)
        assert word.is_punct == token.is_punct
        for there in ("lefts", "rights", "children", "subtree", "ancestors"):
            assert [w.i for w in getattr(word, there)] == [t.i for t in getattr(token, there)], (word, there)
    assert tree[1].nbor(-1) is tree[0]
    assert tree[1].nbor() is tree[2]
    for word, steps in ((tree[0], -1), (tree[-1], 1)):
        with pytest.raises(IndexError):
            word.nbor(steps)


def test_nothing_to_parse() -> None:
    assert model.parse([]) == []
    assert model.parse(["", "Troops left.", ""])[::2] == [(), ()]


def test_a_sentence_does_not_depend_on_its_batch() -> None:
    alone = [_trees(model.parse([text]))[0] for text in SENTENCES]
    assert _trees(model.parse(SENTENCES * 30))[: len(SENTENCES)] == alone


def test_threads_are_as_they_were_afterwards() -> None:
    threads = model._threads()
    if threads is None:
        pytest.skip("numpy's BLAS cannot be told its threads here, and is not used")
    number, choose = threads
    before = number()
    choose(2)
    try:
        model.parse(SENTENCES)
        assert number() == 2
    finally:
        choose(before)


@pytest.mark.parametrize(("trans1", "trans2"), [(False, False), (False, True), (True, False), (True, True)])
def test_products(trans1: bool, trans2: bool) -> None:
    random = np.random.default_rng(7)
    x = random.random((4, 3) if trans1 else (3, 4), dtype=np.float32)
    y = random.random((5, 4) if trans2 else (4, 5), dtype=np.float32)
    ours, theirs = model._Products(), model.NumpyOps()
    expected = theirs.gemm(x, y, trans1=trans1, trans2=trans2)
    assert np.allclose(ours.gemm(x, y, trans1=trans1, trans2=trans2), expected, atol=1e-5)
    out = np.zeros((3, 5), dtype=np.float32)
    ours.gemm(x, y, out=out, trans1=trans1, trans2=trans2)
    assert np.allclose(out, expected, atol=1e-5)


def test_the_engine_says_program_and_model() -> None:
    assert model.engine().startswith("controlmap ")
    assert "en_core_web_sm" in model.engine()


def test_layers_that_are_not_known_are_left_to_the_model() -> None:
    class Other:
        model = model.full_model().get_pipe("tok2vec").model.layers[1]

    plain = Other()
    plain.model.layers.append(plain.model.layers[0])
    assert not encoder.fitted(plain)


def test_a_parser_that_is_not_known_is_left_to_the_model() -> None:
    known = model.full_model().get_pipe("parser")
    assert decoder.decoder_of(known) is not None
    known.cfg["beam_width"] = 4
    assert decoder.decoder_of(known) is None
    assert decoder.decoder_of(model.full_model().get_pipe("tagger")) is None
    known.cfg["beam_width"] = 1
    known.add_label("subtok")
    assert decoder.decoder_of(known) is None


def test_long_and_short_sentences_share_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = _trees(model.parse(SENTENCES * 3))
    monkeypatch.setattr(decoder, "WORDS", 20)
    assert _trees(model.parse(SENTENCES * 3)) == expected


def test_forms_are_worked_out_again_when_the_table_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = _trees(model.parse(SENTENCES))
    monkeypatch.setattr(encoder, "KEPT_FORMS", 3)
    assert _trees(model.parse(SENTENCES)) == expected
    assert _trees(model.parse(SENTENCES)) == expected
