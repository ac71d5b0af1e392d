"""From what a file says of an article to an Article: ids, addresses, dates and languages are checked here.

A `Draft` comes in, with its fields as the file has them; an Article goes out, or none, and the
problems met on the way. One door for all formats, so that they all obey the same rules.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from geo.articles import Article, Problem
from geo.dates import Precision, parse_published
from geo.readers.decode import looks_binary, tidy

# The longest book has about this many characters; no news article comes near it. Longer files are logs,
# dumps or attacks, and one of them must not hold up the other articles.
MAX_TEXT = 2_000_000
_MAX_FIELD = 500
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_SPACE = re.compile(r"[\s\x00-\x20\x7f]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONG_LANGUAGES = {"eng": "en", "english": "en"}
# In English news these are a fifth to a third of all words, in German, French, Dutch, Spanish or Turkish
# texts at most a twentieth; a tenth separates them. Measured in words of the first characters.
_COMMON = frozenset("the of and to in was that for on is with by from has had were at as".split())
_COMMON_SHARE = 0.10
_SAMPLE_CHARACTERS = 4000
_SAMPLE_WORDS = 60


@dataclass(slots=True)
class Draft:
    """An article as its file gives it, nothing checked. label is the path that problems name."""

    label: str
    name: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    basis: str = ""
    title: str = ""


def finish(draft: Draft, today: date) -> tuple[Article | None, list[Problem]]:
    """The article, or None where nothing of it can be used.

    Fields that are wrong are left out, each with a problem; only a text that is empty, too large or no
    text at all costs the article.
    """
    identifier, notes = article_id(draft.values.get("id"), draft.name)
    text, wrong = tidy(draft.text)
    notes += wrong
    if refusal := _refusal(text):
        return None, [Problem(draft.label, refusal, identifier, skipped=True)]
    title = _plain(draft.values, "title", notes) or draft.title or _first_line(text) or identifier
    publisher = _plain(draft.values, "publisher", notes)
    url = _address(draft.values, notes)
    published, precision = _published(draft.values, today, notes)
    article = Article(
        id=identifier,
        title=title,
        text=text,
        publisher=publisher or None,
        url=url,
        published=published,
        published_precision=precision,
        published_basis=draft.basis if published else "",
        language=_language(draft.values, text, notes),
        path=draft.label,
    )
    if not article.is_english:
        notes.append("not English, not read for claims")
    return article, [Problem(draft.label, note, identifier) for note in notes]


def article_id(given: object, name: str) -> tuple[str, list[str]]:
    """An id of letters, digits, dot, dash and underscore, and a note where the given one was not such.

    An id is a label: it is never used as a path, and it is written so that nobody could.
    """
    notes: list[str] = []
    wanted = _scalar(given)
    if wanted is None and given is not None:
        notes.append("id is not a string: the file's name is used")
    identifier = as_id(wanted or name)
    if wanted and identifier != wanted:
        notes.append(f"id {_shown(wanted)} has characters an id cannot have: called {identifier}")
    return identifier, notes


def as_id(wanted: str) -> str:
    """`wanted` where it is an id, else what remains of it and eight hex digits of its hash."""
    if _ID.fullmatch(wanted):
        return wanted
    slug = re.sub(r"[^A-Za-z0-9_-]+", "-", wanted).strip("-_")[:60].rstrip("-_")
    digest = hashlib.sha256(wanted.encode("utf-8", errors="surrogatepass")).hexdigest()[:8]
    return f"{slug or 'article'}-{digest}"


def _refusal(text: str) -> str | None:
    if not text.strip():
        return "no text"
    if len(text) > MAX_TEXT:
        return f"too large: {len(text)} characters, {MAX_TEXT} are the limit"
    if looks_binary(text):
        return "not a text"
    return None


def _scalar(value: object) -> str | None:
    """A string or number as a string on one line, None for everything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float, date)):
        return None
    return " ".join(tidy(str(value))[0].split())


def _plain(values: Mapping[str, object], key: str, notes: list[str]) -> str:
    value = values.get(key)
    if value is None:
        return ""
    text = _scalar(value)
    if text is None:
        notes.append(f"{key} is not a string: left out")
        return ""
    return text if len(text) <= _MAX_FIELD else text[: _MAX_FIELD - 1] + "…"


def _shown(value: str) -> str:
    return repr(value if len(value) <= 60 else value[:59] + "…")


def _first_line(text: str) -> str:
    """The first line with words on it, without a heading's marks; cut where it is a whole paragraph."""
    line = " ".join(text.lstrip()[:200].partition("\n")[0].lstrip("# ").split())
    return line if len(line) <= 120 else line[:119].rstrip() + "…"


def _address(values: Mapping[str, object], notes: list[str]) -> str | None:
    value = values.get("url")
    if value is None or value == "":
        return None
    text = _scalar(value) or ""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not _SPACE.search(text)
    except ValueError:
        usable = False
    if usable and len(text) <= 2000:
        return text
    notes.append(f"url {_shown(text)} is not an http(s) address: left out")
    return None


def _published(values: Mapping[str, object], today: date, notes: list[str]) -> tuple[date | None, Precision]:
    value = values.get("published")
    text = _scalar(value) or ""
    if value is None or value == "":
        notes.append("no publication date: claims are listed, not mapped")
        return None, Precision.UNKNOWN
    found = parse_published(text)
    if found is None:
        notes.append(f"published {_shown(text)} is not a date: claims are listed, not mapped")
        return None, Precision.UNKNOWN
    day, precision = found
    if day > today:
        notes.append(f"publication date {day.isoformat()} lies in the future")
    return day, precision


def _language(values: Mapping[str, object], text: str, notes: list[str]) -> str:
    given = _plain(values, "lang", notes)
    given = _LONG_LANGUAGES.get(given.lower(), given)
    if _LANGUAGE.fullmatch(given):
        return given
    if given:
        notes.append(f"lang {_shown(given)} is not a language tag: left out")
    return "en" if seems_english(text) else "und"


def seems_english(text: str) -> bool:
    """A cheap check for texts that name no language: Latin letters, and enough of English's commonest words.

    Texts of fewer than sixty words pass when they are in Latin letters, for they give too little to count.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    letters = [character for character in sample if character.isalpha()]
    if sum(character < "\u0250" for character in letters) * 2 < len(letters):
        return False
    words = re.findall(r"[^\W\d_]+", sample.lower())
    return len(words) < _SAMPLE_WORDS or sum(word in _COMMON for word in words) >= _COMMON_SHARE * len(words)
