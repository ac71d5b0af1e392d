"""The publication date of a web page, from what the page itself says of it and never from a guess.

A parsed page comes in; the date as written and where it stood go out. Ready-made date finders fall
back to any date on the page, be it the copyright year or that of a related story; a wrong day puts a
claim on the wrong map, so here no date is better than a likely one. A date of change is not used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from geo.dates import parse_published

# An element of lxml.html, which comes without types.
Element = Any

METADATA, BYLINE, ADDRESS = "page metadata", "page byline", "page address"
# Names of <meta> tags that say when a page was published, surest first.
_META = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "date",
)
_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|Coverage|Review)$")
_FOREIGN = re.compile(
    r"related|recommend|more-|most-|popular|trending|sidebar|widget|comment|teaser|promo|latest|newsletter|footer", re.I
)
_BYLINE = re.compile(
    r"byline|dateline|publish|posted|timestamp|(?:post|entry|article|story)-?date|(?:post|entry|article)-?meta", re.I
)
_CHANGED = re.compile(r"updat|modif", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_WRITTEN = re.compile(
    rf"\b(?:{_NTH}(?: of)? {_MONTH},? \d{{4}}|{_MONTH} {_NTH},? \d{{4}}|\d{{4}}-\d\d-\d\d)(?!\d)", re.I
)
_IN_ADDRESS = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")
# A line that carries the date of a page is short; a longer one is a paragraph that tells of some day.
_BYLINE_LENGTH = 160
_MAX_ELEMENTS = 200


def published(tree: Element, url: str | None) -> tuple[str, str] | None:
    """The date as the page writes it and its basis: metadata, else a byline, else a day in the address."""
    for value in _metadata(tree):
        if parse_published(value):
            return value, METADATA
    for found in (_times(tree), _bylines(tree)):
        if found is not None:
            return found, BYLINE
    if url and (day := _IN_ADDRESS.search(urlsplit(url).path)):
        written = f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}"
        if parse_published(written):
            return written, ADDRESS
    return None


def _metadata(tree: Element) -> Iterator[str]:
    """Dates of JSON-LD, then of meta tags, then of microdata."""
    yield from _linked_data(tree)
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute, "").lower()
            if name in _META:
                found.setdefault(name, element.get("content", "").strip())
    yield from (found[name] for name in _META if found.get(name))
    for element in tree.xpath("//*[@itemprop='datePublished'][not(self::meta)]")[:_MAX_ELEMENTS]:
        if not _is_foreign(element):
            yield (element.get("content") or element.get("datetime") or element.text_content()).strip()


def _linked_data(tree: Element) -> Iterator[str]:
    """datePublished of the page's own article in its JSON-LD, where all such blocks agree on the day."""
    articles: list[str] = []
    pages: list[str] = []
    for script in tree.iter("script"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        try:
            value = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(value):
            written = item.get("datePublished")
            types = item.get("@type")
            names = [name for name in (types if isinstance(types, list) else [types]) if isinstance(name, str)]
            if isinstance(written, str) and any(_ARTICLE_TYPES.search(name) for name in names):
                articles.append(written.strip())
            elif isinstance(written, str) and "WebPage" in names:
                pages.append(written.strip())
    for written_dates in (articles, pages):
        if (agreed := _agreed(written_dates)) is not None:
            yield agreed


def _items(value: object) -> Iterator[dict[str, object]]:
    """Objects at the top, in a top list, in @graph, or as the mainEntity: never members of a list of other stories."""
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict):
            continue
        yield item
        graph = item.get("@graph")
        yield from (part for part in (graph if isinstance(graph, list) else [graph]) if isinstance(part, dict))
        main = item.get("mainEntity")
        if isinstance(main, dict):
            yield main


def _times(tree: Element) -> str | None:
    """The `<time>` of the page's head or article, where all that are not of other stories agree on one day."""
    written: list[str] = []
    for element in islice(tree.iter("time"), _MAX_ELEMENTS):
        if not _is_foreign(element) and not _CHANGED.search(_marks(element)):
            written.append((element.get("datetime") or element.text_content()).strip())
    return _agreed(written)


def _bylines(tree: Element) -> str | None:
    """A date written in an element that is marked as a byline, where all such agree on one day."""
    written: list[str] = []
    marked = (element for element in tree.xpath("//body//*[@class or @id]") if _BYLINE.search(_marks(element)))
    for element in islice(marked, _MAX_ELEMENTS):
        text = _short_text(element)
        if text and not _is_foreign(element):
            written += _WRITTEN.findall(_CHANGED.split(text)[0])
    return _agreed(written)


def _short_text(element: Element) -> str:
    """The element's words, or nothing where they are more than a byline has."""
    parts = list(islice(element.itertext(), _BYLINE_LENGTH))
    text = " ".join("".join(parts).split())
    return text if len(parts) < _BYLINE_LENGTH and len(text) <= _BYLINE_LENGTH else ""


def _agreed(written: list[str]) -> str | None:
    """The first of several dates that all name one day, else None."""
    dates = [(value, found[0]) for value in written if (found := parse_published(value))]
    return dates[0][0] if dates and len({day for _, day in dates}) == 1 else None


def _marks(element: Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}"


def _is_foreign(element: Element) -> bool:
    """Whether an element stands in navigation, a list of other stories, comments or the foot of the page."""
    for at in (element, *element.iterancestors()):
        if at.tag in ("nav", "aside", "footer"):
            return True
        if at.tag not in ("html", "body") and _FOREIGN.search(_marks(at)):
            return True
    return False
