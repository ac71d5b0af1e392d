"""The default corpus: five digests that say what they are, and tell the places and days of their sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.articles import Article
from geo.readers import read_corpus
from geo.readers.plain import front_matter

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
FILES = sorted(CORPUS.glob("seed-*.md"))


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    found, problems = read_corpus([CORPUS])
    assert problems == []
    return {article.id: article for article in found}


def test_five_digests_of_their_days(articles: dict[str, Article]) -> None:
    assert [(a.id, a.published and a.published.isoformat(), a.published_basis) for a in articles.values()] == [
        ("seed-000", "2026-01-13", "front matter"),
        ("seed-001", "2016-12-01", "front matter"),
        ("seed-002", "2024-11-28", "front matter"),
        ("seed-003", "2015-06-03", "front matter"),
        ("seed-004", "2024-11-30", "front matter"),
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_digest_names_its_source(path: Path, articles: dict[str, Article]) -> None:
    values, notes = front_matter(path.read_text("utf-8").split("---\n")[1])
    assert notes == []
    assert set(values) - {"url"} == {"id", "title", "publisher", "published", "lang", "source_title", "note"}
    article = articles[path.stem]
    assert article.title.startswith("Digest: ")
    assert article.title != values["source_title"]
    assert article.publisher
    assert article.is_english
    assert 120 <= len(article.text.split()) <= 300


NAMES = {
    "seed-000": "Shaykh Maqsud; Ashrafiya; Syrian Democratic Forces; central government; east of the Euphrates",
    "seed-001": "eastern Aleppo; more than a third; rejected a withdrawal; Russia; Mosul; Raqqa; Ankara; Wednesday",
    "seed-002": "western Aleppo countryside; 46th Regiment; February 2020; about 25; Anjarah; Awijil; Kafr Basin; "
    "Qubtan al-Jabal; Urm al-Sughra; Sheikh Aqil; Wednesday; Sham Legion",
    "seed-003": "Sauran; Marea; Nabul; Zahra; Idlib; Industrial City; last week",
    "seed-004": "Aleppo International Airport; Nubl; Zahraa; Aleppo Industrial Zone; Tal Aran; Tal Hasil; PKK/YPG; "
    "on Friday; Saturday morning; more than 50 villages; eastern and southeastern Idlib; repelled; HTS",
}


@pytest.mark.parametrize("key", NAMES)
def test_digest_tells_what_its_source_reports(key: str, articles: dict[str, Article]) -> None:
    assert [name for name in NAMES[key].split("; ") if name not in articles[key].text] == []
