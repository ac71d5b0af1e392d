"""Readers: every format, and every fault that a corpus of the world brings along."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.articles import Article, Problem
from geo.dates import Precision
from geo.errors import MissingFileError
from geo.readers import read_corpus
from geo.readers.decode import decode
from geo.readers.fields import MAX_TEXT, as_id, seems_english
from geo.readers.plain import MAX_HEADER, front_matter

DATA = Path(__file__).parent / "data" / "articles"
TODAY = date(2026, 1, 31)
TEXT = "Fighters took the village of Dadikh on Monday, a farmer said. (Invented text for tests.)"
TURKISH = "Ordu pazartesi günü köyü geri aldı ve yolun iki yanını tuttu, sözcü bunu akşam söyledi. " * 8


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(*paths: Path) -> tuple[list[Article], list[Problem]]:
    return read_corpus(paths, today=TODAY)


def only(folder: Path) -> tuple[Article, list[str]]:
    """The one article of a folder, and what was said about it."""
    articles, problems = read(folder)
    assert len(articles) == 1, problems
    return articles[0], [problem.reason for problem in problems]


def refused(folder: Path) -> list[tuple[str, str]]:
    """Paths below the folder and reasons, where no article came out."""
    articles, problems = read(folder)
    assert articles == []
    assert all(problem.skipped for problem in problems)
    return [(problem.path.removeprefix(folder.name + "/"), problem.reason) for problem in problems]


# --- the formats --------------------------------------------------------------------------------------------------


def test_every_format_in_one_folder() -> None:
    articles, problems = read(DATA)
    assert [
        (a.id, a.published and a.published.isoformat(), str(a.published_precision), a.published_basis) for a in articles
    ] == [
        ("Saved-page-780af847", "2019-05-21", "day", "page metadata"),
        ("byline-page", "2020-02-27", "day", "page byline"),
        ("old-page", "2015-09-24", "day", "page address"),
        ("test-line-1", "2018-07-18", "day", "line"),
        ("test-quiet", "2018-05-01", "month", "front matter"),
        ("test-road", "2020-02-17", "day", "sidecar"),
        ("three-lines-3", "2018-07-19", "day", "line"),
        ("undated-page", None, "unknown", ""),
    ]
    assert problems == [
        Problem("articles/undated-page.html", "no publication date: claims are listed, not mapped", "undated-page")
    ]


def test_text_with_sidecar() -> None:
    articles, problems = read(DATA / "market-road.txt")
    text = (DATA / "market-road.txt").read_text(encoding="utf-8")
    assert problems == []
    assert articles == [
        Article(
            id="test-road",
            title="Army says road to Saraqib is open",
            text=text,
            publisher="Test Wire",
            url="https://wire.example/road",
            published=date(2020, 2, 17),
            published_precision=Precision.DAY,
            published_basis="sidecar",
            language="en-GB",
            path="market-road.txt",
        )
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_offsets_are_those_of_the_opened_text(tmp_path: Path, ends: str, mark: str) -> None:
    lines = ["", "  Ḥalab and Şêx Meqsûd — two names", "", "نبل is Nubl. 🙂 Army at Tadif.", ""]
    path = write(tmp_path, "a.txt", mark + ends.join(lines))
    article, _ = only(tmp_path)
    with path.open(encoding="utf-8-sig") as stream:
        assert article.text == stream.read()
    assert article.text.index("Tadif") == "\n".join(lines).index("Tadif")


def test_endings_in_capitals(tmp_path: Path) -> None:
    write(tmp_path, "A.TXT", TEXT)
    write(tmp_path, "A.json", '{"published": "2024-11-30"}')
    article, problems = only(tmp_path)
    assert (article.id, article.published) == ("A", date(2024, 11, 30))
    assert problems == []


def test_front_matter_ends_and_text_begins(tmp_path: Path) -> None:
    write(tmp_path, "a.md", f"---\nid: x\npublished: 2024-11-30\n---\n\n  \n  {TEXT}\n\n---\nLast line.\n")
    article, problems = only(tmp_path)
    assert (article.id, article.text) == ("x", f"  {TEXT}\n\n---\nLast line.\n")
    assert problems == []


def test_markdown_without_front_matter(tmp_path: Path) -> None:
    write(tmp_path, "note.md", f"# A heading\n\n{TEXT}\n")
    article, problems = only(tmp_path)
    assert (article.id, article.title, article.published) == ("note", "A heading", None)
    assert problems == ["no publication date: claims are listed, not mapped"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tal\nAran fell,\nthen Tal Hasil.\n\nNext\n", "Tal Aran fell, then Tal Hasil.\n\nNext\n"),
        ("# Heading\nText\ngoes on\n", "# Heading\nText goes on\n"),
        ("Villages:\n- one\n- two,\n  wrapped\n1. three\n", "Villages:\n- one\n- two,   wrapped\n1. three\n"),
        ("In the year\n2016 it fell.\n", "In the year 2016 it fell.\n"),
        (
            "Hard break  \nstays\n| a | b |\n| c | d |\n> quote\n",
            "Hard break  \nstays\n| a | b |\n| c | d |\n> quote\n",
        ),
        ("Above\n---\nBelow", "Above\n---\nBelow"),
    ],
)
def test_lines_of_a_markdown_paragraph_are_one(tmp_path: Path, text: str, expected: str) -> None:
    write(tmp_path, "a.md", text)
    got = only(tmp_path)[0].text
    assert got == expected
    assert len(got) == len(text)


def test_page_keeps_the_article_and_leaves_the_rest() -> None:
    (article,), problems = read(DATA / "Saved page.html")
    assert problems == []
    assert article.title == "Rebels seize hill above Kabani"
    assert (article.publisher, article.url) == ("Test Gazette", "https://gazette.example/world/rebels-seize-hill")
    assert "Rebel fighters seized a hill above the village of Kabani on Tuesday after two days" in article.text
    for other in ("cookie", "Morek", "Khan Shaykhun", "Latakia", "All rights reserved", "Sport"):
        assert other not in article.text


def test_page_of_tables_in_another_encoding() -> None:
    (article,), problems = read(DATA / "old-page.htm")
    assert problems == []
    first = article.text.splitlines()[0]
    assert first.startswith("The last fighters left Zabadani")
    assert "said – and" in first
    assert "“old market”" in first


def test_sidecar_goes_before_the_page(tmp_path: Path) -> None:
    write(tmp_path, "p.html", (DATA / "undated-page.html").read_bytes())
    write(tmp_path, "p.json", '{"published": "2023-04-05", "publisher": "Test Review"}')
    article, problems = only(tmp_path)
    assert (article.published, article.published_basis, article.publisher) == (
        date(2023, 4, 5),
        "sidecar",
        "Test Review",
    )
    assert problems == []


def test_wild_bytes_beside_a_page_are_not_articles(tmp_path: Path) -> None:
    write(tmp_path, "p.html", (DATA / "Saved page.html").read_bytes())
    write(tmp_path, "p_files/frame.html", f"<html><body><p>{TEXT}</p></body></html>")
    assert len(read(tmp_path)[0]) == 1


# --- dates of pages -----------------------------------------------------------------------------------------------

LINKED = '<script type="application/ld+json">'
PAGE = """<html><head><title>T</title>{head}</head><body>{before}<article><h1>T</h1>{body}
<p>Fighters took the village of Dadikh on Monday, a farmer said, and went on to the road that runs north from there.</p>
<p>The army did not say anything about it until the evening, when it denied the report. All of this is invented.</p>
</article>{after}</body></html>"""


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"head": '<meta property="article:published_time" content="2020-02-01T23:59:00+02:00">'}, "2020-02-01"),
        ({"head": '<meta name="DC.date.issued" content="2020-02-01">'}, "2020-02-01"),
        ({"head": '<meta itemprop="datePublished" content="2020-02-01">'}, "2020-02-01"),
        ({"head": '<meta name="pubdate" content="yesterday"><meta name="date" content="1 Feb 2020">'}, "2020-02-01"),
        ({"head": '<meta property="article:modified_time" content="2020-02-01">'}, None),
        ({"head": '<meta name="date" content="0001-01-01">'}, None),
        (
            {"head": LINKED + '[{"@type":"BlogPosting","datePublished":"2020-02-01"}]</script>'},
            "2020-02-01",
        ),
        (
            {
                "head": LINKED + '{"@type":"WebPage",'
                '"mainEntity":{"@type":"Article","datePublished":"2020-02-01"}}</script>'
            },
            "2020-02-01",
        ),
        (
            {
                "head": LINKED + '[{"@type":"Article","datePublished":"2020-02-01"},'
                '{"@type":"Article","datePublished":"2019-02-01"}]</script>'
            },
            None,
        ),
        ({"head": LINKED + '{"@type":"Article","dateModified":"2020-02-01"}</script>'}, None),
        (
            {"head": LINKED + '{"@type":"Article","datePublished":"2020-02-01",}</script>'},
            None,
        ),
        ({"head": LINKED + "" + "[" * 100_000 + "</script>"}, None),
        (
            {"head": LINKED + '{"@type":[1],"datePublished":{"a":1},"@graph":[3,null]}</script>'},
            None,
        ),
        ({"body": '<time datetime="2020-02-01T10:00Z">today</time>'}, "2020-02-01"),
        (
            {"body": '<time class="updated" datetime="2020-02-03">x</time><time datetime="2020-02-01">x</time>'},
            "2020-02-01",
        ),
        ({"body": '<time datetime="2020-02-01">x</time><time datetime="2018-05-05">x</time>'}, None),
        ({"body": '<span itemprop="datePublished">1 February 2020</span>'}, "2020-02-01"),
        ({"body": '<p class="byline">By A. Tester, Feb. 1, 2020</p>'}, "2020-02-01"),
        ({"body": '<p class="byline">By A. Tester. Updated Feb. 1, 2020</p>'}, None),
        ({"after": '<div class="related"><time datetime="2020-02-01">x</time></div>'}, None),
        ({"after": '<footer><span class="posted">1 February 2020</span> © 2020</footer>'}, None),
        ({"after": "<p>Copyright 2020-02-01</p>"}, None),
        ({"before": "<p>Saturday, 1 February 2020</p>"}, None),
        ({"head": '<link rel="canonical" href="https://a.example/2020/02/01/t">'}, "2020-02-01"),
        ({"head": '<link rel="canonical" href="https://a.example/2020/02/t">'}, None),
        ({"head": '<link rel="canonical" href="https://a.example/2020/13/41/t">'}, None),
    ],
)
def test_date_of_a_page_is_what_it_says_itself(tmp_path: Path, parts: dict[str, str], expected: str | None) -> None:
    write(tmp_path, "p.html", PAGE.format(**{"head": "", "before": "", "body": "", "after": "", **parts}))
    article, _ = only(tmp_path)
    assert (article.published and article.published.isoformat()) == expected


# --- ids, fields --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", ["a", "seed-004", "A.b_c-9", "7"])
def test_good_ids_stay(wanted: str) -> None:
    assert as_id(wanted) == wanted


@pytest.mark.parametrize(
    "wanted", ["../x", "..", ".hidden", "a/b", "C:\\x", "a b", "حلب", "-rf", "x" * 101, "a\nb", ""]
)
def test_ids_that_could_be_paths_are_rewritten(wanted: str) -> None:
    made = as_id(wanted)
    assert as_id(made) == made
    assert made != wanted
    assert not set(made) & set("/\\ :\n.")
    assert made[0].isalnum()


def test_rewritten_ids_stay_apart() -> None:
    assert len({as_id(wanted) for wanted in ("a/b", "a b", "a:b", "../a/b")}) == 4


def fields_of(folder: Path, **fields: object) -> tuple[Article, list[str]]:
    write(folder, "a.txt", TEXT)
    write(folder, "a.json", json.dumps({"published": "2024-11-30", **fields}))
    return only(folder)


@pytest.mark.parametrize(
    ("field", "value", "name", "expected", "said"),
    [
        ("id", "../../etc/passwd", "id", "etc-passwd-", "id '../../etc/passwd' has characters an id cannot have"),
        ("id", 12, "id", "12", None),
        ("id", ["x"], "id", "a", "id is not a string"),
        ("title", {"x": 1}, "title", TEXT, "title is not a string"),
        ("title", "two\nlines\x00", "title", "two lines\ufffd", None),
        ("title", "\ud800", "title", "\ufffd", None),
        ("title", "x" * 5000, "title", "x" * 499 + "…", None),
        ("publisher", True, "publisher", None, "publisher is not a string"),
        ("publisher", "  ", "publisher", None, None),
        ("url", "https://a.example/x?y=1", "url", "https://a.example/x?y=1", None),
        ("url", "javascript:alert(1)", "url", None, "url 'javascript:alert(1)' is not an http(s) address"),
        ("url", "file:///etc/passwd", "url", None, "url 'file:///etc/passwd' is not"),
        ("url", "//a.example/x", "url", None, "url '//a.example/x' is not"),
        ("url", "https://", "url", None, "url 'https://' is not"),
        ("url", "http://[::1", "url", None, "url 'http://[::1' is not"),
        ("url", "https://a.example/a b", "url", None, "url 'https://a.example/a b' is not"),
        ("url", 7, "url", None, "url '7' is not"),
        ("url", None, "url", None, None),
        ("published", None, "published", None, "no publication date: claims are listed, not mapped"),
        ("published", "soon", "published", None, "published 'soon' is not a date: claims are listed, not mapped"),
        ("published", "11/12/2024", "published", None, "published '11/12/2024' is not a date"),
        ("published", "2024-02-30", "published", None, "published '2024-02-30' is not a date"),
        ("published", {"y": 1}, "published", None, "published '' is not a date"),
        ("published", "2026-02-01", "published", date(2026, 2, 1), "publication date 2026-02-01 lies in the future"),
        ("published", "2026-01-31", "published", date(2026, 1, 31), None),
        ("lang", "english", "language", "en", None),
        ("lang", "de", "language", "de", "not English, not read for claims"),
        ("lang", "<b>", "language", "en", "lang '<b>' is not a language tag"),
        ("unknown", "is fine", "title", TEXT, None),
    ],
)
def test_field_checked(
    tmp_path: Path, field: str, value: object, name: str, expected: object, said: str | None
) -> None:
    article, problems = fields_of(tmp_path, **{field: value})
    got = getattr(article, name)
    assert got.startswith(expected) if field == "id" and isinstance(expected, str) else got == expected
    assert [problem.startswith(said) for problem in problems] == [True] if said else problems == []


def test_language_is_checked_where_none_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", TURKISH)
    article, problems = only(tmp_path)
    assert (article.language, article.is_english) == ("und", False)
    assert "not English, not read for claims" in problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TURKISH, False),
        ("سيطرت الفصائل على قرية في الريف الغربي", False),
        (
            "Die Armee hat am Montag das Dorf und die Straße bei der Stadt wieder unter Kontrolle gebracht. " * 5,
            False,
        ),
        (
            "L'armée a repris lundi le village et la route qui mène vers le nord, a dit un porte-parole du ministère. "
            * 5,
            False,
        ),
        (
            "The army took the village on Monday and held the road that runs to the north, a spokesman said in a city. "
            * 5,
            True,
        ),
        ("Dadikh falls.", True),
    ],
)
def test_seems_english(text: str, expected: bool) -> None:
    assert seems_english(text) is expected


# --- hostile and broken files -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "text", "said"),
    [
        (b"plain", "plain", []),
        (b"\xef\xbb\xbfplain", "plain", []),
        ("Şêx".encode("utf-16"), "Şêx", []),
        ("Şêx".encode("utf-32"), "Şêx", []),
        (b"\xfe\xff" + "Şêx".encode("utf-16-be"), "Şêx", []),
        ("“Alep”".encode("cp1252"), "“Alep”", ["not UTF-8: read as Windows-1252"]),
        ("Şêx Meqsûd ".encode() + b"\xff", "Şêx Meqsûd \ufffd", ["1 bytes that are not UTF-8 replaced by U+FFFD"]),
        ("é".encode() + b" Hal\xe1\xb8", "é Hal\ufffd", ["1 bytes that are not UTF-8 replaced by U+FFFD"]),
        (b"a\x00b", "a\ufffdb", ["1 NUL or broken characters replaced by U+FFFD"]),
        (b"\xff\xfea", "\ufffd", ["1 bytes that are not UTF-16-LE"]),
        (b"", "", []),
    ],
)
def test_decode(data: bytes, text: str, said: list[str]) -> None:
    got, notes = decode(data)
    assert got == text
    assert [note[: len(want)] for note, want in zip(notes, said, strict=True)] == said


@pytest.mark.parametrize(
    "declared", ["nonsense", "hex", "zlib", "utf-8", "utf-16", "\x00", "idna", "undefined", "cp1256"]
)
def test_decode_with_any_declared_charset(declared: str) -> None:
    assert decode(b"plain text", declared) == ("plain text", [])


@pytest.mark.parametrize(
    ("declared", "text"),
    [("windows-1256", "حلب"), ("iso-8859-1", "“Alep”"), ("ISO-8859-9", "Şırnak"), ("koi8-r", "Алеппо")],
)
def test_decode_as_the_page_declares(declared: str, text: str) -> None:
    encoding = "cp1252" if declared == "iso-8859-1" else declared
    assert decode(text.encode(encoding), declared) == (text, [])


def test_control_and_direction_marks_stay(tmp_path: Path) -> None:
    text = f"{TEXT} \u202eback\u202c \x07 \u200f \x1b[31m{{{{ 7*7 }}}}<script>"
    write(tmp_path, "a.txt", text)
    assert only(tmp_path)[0].text == text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", "", "no text"),
        ("a.txt", " \n\t\n", "no text"),
        ("a.txt", "x" * (MAX_TEXT + 1), f"too large: {MAX_TEXT + 1} characters, {MAX_TEXT} are the limit"),
        ("a.txt", "x" * 8_000_001, "too large: more than 8000000 bytes"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "not a text"),
        ("a.md", "---\nid: x\n---\n", "no text"),
        ("a.pdf", "%PDF-1.7", "not a format that is read (.htm, .html, .jsonl, .md, .txt)"),
        ("a", TEXT, "not a format that is read (.htm, .html, .jsonl, .md, .txt)"),
        ("a.json", "{}", "sidecar without an article beside it"),
        ("a.html", "", "no article text found in the page"),
        ("a.html", "\x00\x01\x02" * 1000, "no article text found in the page"),
        ("a.html", "<html><body>" + "<div>" * 20_000, "no article text found in the page"),
        ("a.html", "<p>x</p>" * 25_001, "too large: 25001 tags, 25000 are the limit"),
        ("a.html", "x" * 4_000_001, "too large: 4000001 characters without pictures, 4000000 are the limit"),
        ("a.html", "<" * 100_000, "no article text found in the page"),
        ("a.html", "<a b='" * 20_000, "no article text found in the page"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else None,
)
def test_file_refused(tmp_path: Path, name: str, content: str | bytes, said: str) -> None:
    write(tmp_path, name, content)
    assert refused(tmp_path) == [(name, said)]


def test_page_with_pictures_and_a_tag_of_many_attributes(tmp_path: Path) -> None:
    picture = '<img src="data:image/png;base64,' + "A" * 5_000_000 + '">'
    many = "<p " + " ".join(f'a{i}="{i}"' for i in range(50_000)) + ">A line of text with very many attributes.</p>"
    write(tmp_path, "p.html", PAGE.format(head="", before="", body=picture + many, after=""))
    article, _ = only(tmp_path)
    assert "Fighters took the village of Dadikh" in article.text
    assert "very many attributes" in article.text


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        ("id: 007\nlang: no\npublished: 2024-11-30\n", {"id": "007", "lang": "no", "published": "2024-11-30"}, None),
        ("title: 'It''s: so'\nurl: ~\n", {"title": "It's: so"}, None),
        ("note: |\n  two\n  lines\n", {"note": "two\nlines\n"}, None),
        ("", {}, None),
        ("# nothing yet\n", {}, None),
        ("- a\n- b\n", {}, "front matter is not a list of `key: value` lines: left out"),
        ("only words\n", {}, "front matter is not a list of `key: value` lines: left out"),
        ("tags: [a, b]\nid: x\n", {"id": "x"}, "front matter: tags is not a single value: left out"),
        ("a: {b: {c: d}, e: f}\nid: x\n", {"id": "x"}, "front matter: a is not a single value: left out"),
        ("? [a]\n: b\n", {}, "front matter has a key that is not a word: left out"),
        ("id: a\nid: b\n", {"id": "a"}, "front matter: id stands twice: the first is used"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", {}, "front matter uses a YAML alias: left out"),
        ("title: Army: road open\n", {}, "front matter left out: line 2: mapping values are not allowed"),
        (
            "x: !!python/object/apply:os.system ['id']\nid: y\n",
            {"id": "y"},
            "front matter: x is not a single value: left out",
        ),
        ("[" * 8000, {}, "front matter left out: "),
        ('id: "\\UFFFFFFFF"\n', {}, "front matter left out: "),
        ("id: \x07\n", {}, "front matter left out: not YAML"),
    ],
)
def test_front_matter(text: str, values: dict[str, object], said: str | None) -> None:
    got, notes = front_matter(text)
    assert got == values
    assert notes[0].startswith(said) if said else notes == []


@pytest.mark.parametrize("head", ["---\nid: x\n", "---\n" + "a: b # long\n" * MAX_HEADER + "---\n"])
def test_front_matter_that_does_not_end_is_text(tmp_path: Path, head: str) -> None:
    write(tmp_path, "a.md", head + TEXT)
    article, problems = only(tmp_path)
    assert article.id == "a"
    assert article.text.split() == (head + TEXT).split()
    assert problems[0].startswith("front matter has no closing ---")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("not json", "sidecar left out: not JSON (Expecting value at character 1)"),
        ("[1]", "sidecar left out: not a JSON object"),
        ("", "sidecar left out: not JSON"),
        ("[" * 15_000, "sidecar left out: nested too deep"),
        ('{"id": "' + "x" * MAX_HEADER + '"}', "sidecar left out: too large: more than 16000 bytes"),
        ('{"published": ' + "9" * 5000 + "}", "sidecar left out: Exceeds the limit"),
        (b"\xff\xfe\xff", "sidecar left out: "),
    ],
    ids=range(7),
)
def test_sidecar_that_cannot_be_read(tmp_path: Path, content: str | bytes, said: str) -> None:
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "a.json", content)
    article, problems = only(tmp_path)
    assert (article.id, article.text, article.published) == ("a", TEXT, None)
    assert [
        problem.startswith(want) for problem, want in zip(problems, [said, "no publication date"], strict=True)
    ] == [True, True]


def test_bad_lines_are_named_and_good_ones_read(tmp_path: Path) -> None:
    good = [json.dumps({"id": f"ok{i}", "published": "2024-11-30", "text": f"{TEXT} {i}"}) for i in range(2)]
    bad = ["{", "[]", '{"id": "no text"}', '{"text": 5}', "null", "[" * 100_000]
    lines = [
        b"\xef\xbb\xbf" + good[0].encode(),
        *(line.encode() for line in bad),
        b'{"text": "\xff"}',
        b"",
        good[1].encode(),
    ]
    write(tmp_path, "feed.jsonl", b"\n".join(lines))
    articles, problems = read(tmp_path)
    assert [(a.id, a.path) for a in articles] == [
        ("ok0", f"{tmp_path.name}/feed.jsonl:1"),
        ("ok1", f"{tmp_path.name}/feed.jsonl:10"),
    ]
    assert [(p.path.rpartition(":")[2], p.reason) for p in problems] == [
        ("2", "line left out: not JSON (Expecting property name enclosed in double quotes at character 2)"),
        ("3", "line left out: not a JSON object"),
        ("4", 'line left out: no "text", or not a string'),
        ("5", 'line left out: no "text", or not a string'),
        ("6", "line left out: not a JSON object"),
        ("7", "line left out: nested too deep"),
        ("8", "line left out: not UTF-8"),
    ]
    assert all(problem.skipped for problem in problems)


def test_line_beyond_the_limit_is_passed_over(tmp_path: Path) -> None:
    row = json.dumps({"id": "after", "published": "2024-11-30", "text": TEXT})
    write(tmp_path, "feed.jsonl", "x" * 12_500_000 + "\n" + row)
    article, problems = only(tmp_path)
    assert (article.id, article.path.rpartition(":")[2]) == ("after", "2")
    assert problems == ["line is longer than 12000000 bytes"]


def test_broken_characters_of_json_can_be_written(tmp_path: Path) -> None:
    write(tmp_path, "feed.jsonl", json.dumps({"id": "a", "published": "2024", "text": TEXT + "\ud83d \u0000"}))
    article, problems = only(tmp_path)
    assert article.text == TEXT + "\ufffd \ufffd"
    assert problems == ["2 NUL or broken characters replaced by U+FFFD"]


PIECES = [
    "---\n",
    "id: ",
    "published: ",
    "2024-11-30",
    '{"text": "',
    '"}',
    "\n",
    "\r\n",
    "<html><body>",
    "<p>",
    "<a b='",
    "</p>",
]
PIECES += [
    "<script type=application/ld+json>",
    "[",
    "{",
    "&#0;",
    "&#xD800;",
    "<!--",
    "]]>",
    "<?xml version='1.0' encoding='x'?>",
    TEXT,
]


@settings(
    derandomize=True, max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from([piece.encode() for piece in PIECES]) | st.binary(max_size=8), max_size=25))
def test_any_bytes_end_as_an_article_or_a_problem(tmp_path: Path, pieces: list[bytes]) -> None:
    names = ["a.txt", "a.json", "b.md", "c.html", "d.jsonl"]
    for name in names:
        write(tmp_path, name, b"".join(pieces))
    articles, problems = read(tmp_path)
    said = {problem.path.partition("/")[2].partition(":")[0] for problem in problems}
    used = {Path(article.path.partition(":")[0]).name for article in articles}
    assert {"a.txt", "b.md", "c.html"} <= used | said
    for article in articles:
        repr(article).encode()
        article.text.encode()
    "".join(problem.path + problem.reason for problem in problems).encode()


# --- folders ------------------------------------------------------------------------------------------------------


def test_folders_are_read_in_order_and_hidden_files_passed_over(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/3.txt", "1.txt", ".hidden.txt", ".git/x.txt", "README.md", "readme.txt", "b/README"):
        write(tmp_path, name, f"{TEXT} {name}")
    articles, _ = read(tmp_path)
    assert [(a.id, a.path) for a in articles] == [
        ("1", f"{tmp_path.name}/1.txt"),
        ("2", f"{tmp_path.name}/b/2.txt"),
        ("3", f"{tmp_path.name}/a/3.txt"),
    ]


def test_same_file_twice_is_one(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", f"---\npublished: 2024-11-30\n---\n{TEXT}")
    articles, problems = read(tmp_path, path, tmp_path)
    assert len(articles) == 1
    assert problems == []


def test_same_text_twice_is_one_article(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path, f"{name}.md", f"---\npublished: 2024-11-30\n---\n{TEXT}\n")
    articles, problems = read(tmp_path)
    assert [a.id for a in articles] == ["a"]
    folder = tmp_path.name
    assert problems == [
        Problem(f"{folder}/b.md", f"duplicate: same text as {folder}/a.md, which is used", "b", skipped=True)
    ]


def test_same_id_with_another_text_is_named(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path, f"{name}.md", f"---\nid: x\npublished: 2024-11-30\n---\n{TEXT} {name}\n")
    articles, problems = read(tmp_path)
    folder = tmp_path.name
    assert [a.path for a in articles] == [f"{folder}/a.md"]
    assert problems == [
        Problem(
            f"{folder}/b.md",
            f"id x is that of {folder}/a.md too, with another text: only that one is used",
            "x",
            skipped=True,
        )
    ]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path, "outside/secret.txt", TEXT)
    write(tmp_path, "outside/secret.json", '{"title": "secret"}')
    corpus = tmp_path / "corpus"
    write(corpus, "real.txt", f"{TEXT} real")
    for name, target in (
        ("file.txt", outside),
        ("folder", outside.parent),
        ("gone.txt", tmp_path / "nowhere"),
        ("loop.txt", corpus / "loop.txt"),
    ):
        (corpus / name).symlink_to(target)
    (corpus / "real.json").symlink_to(outside.with_suffix(".json"))
    (corpus / "round").symlink_to(corpus)
    articles, problems = read(corpus)
    assert [(a.id, "secret" in a.title) for a in articles] == [("real", False)]
    reason = "link out of the folder: not followed"
    assert [p.path for p in problems if p.reason == reason] == [
        f"corpus/{name}" for name in ("file.txt", "folder", "gone.txt", "loop.txt", "real.json")
    ]


def test_link_inside_the_folder_is_the_same_file(tmp_path: Path) -> None:
    write(tmp_path, "a.md", f"---\npublished: 2024-11-30\n---\n{TEXT}")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    assert only(tmp_path)[1] == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl"])
def test_pipe_is_not_opened(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert refused(tmp_path) == [(name, "not a regular file")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_and_folder(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", TEXT).chmod(0)
    write(tmp_path, "b/c.txt", TEXT)
    (tmp_path / "b").chmod(0)
    try:
        assert refused(tmp_path) == [
            ("a.txt", "cannot be read: Permission denied"),
            ("b", "cannot be read: Permission denied"),
        ]
    finally:
        (tmp_path / "b").chmod(0o755)


def test_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    try:
        write(tmp_path, os.fsdecode(b"h\xffl.txt"), TEXT)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    article, problems = only(tmp_path)
    article.path.encode()
    assert article.id.startswith("h-l-")
    assert problems == ["no publication date: claims are listed, not mapped"]


@pytest.mark.parametrize("name", ["nowhere", "nowhere/a.txt"])
def test_missing_path_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(MissingFileError, match="no such file or folder"):
        read(tmp_path / name)


def test_no_paths_and_an_empty_folder(tmp_path: Path) -> None:
    assert read() == ([], [])
    assert read(tmp_path) == ([], [])
