"""An article out of a saved web page.

The bytes of one .html file come in; a draft with the page's main text, title, publisher, address and
date goes out. The text is what trafilatura takes for the article, without navigation, notices, related
stories and readers' comments.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from geo.articles import Problem
from geo.readers.decode import decode
from geo.readers.fields import Draft
from geo.readers.pagedates import METADATA, published

# A page with its pictures inside, as some browsers save it, is seldom above ten megabytes.
MAX_PAGE = 20_000_000
# What is left without pictures. Long live blogs reach one megabyte and twenty thousand (opening) tags; parsing
# and extraction grow faster than the number of tags, and at these limits take seconds where tags nest badly.
_MAX_MARKUP = 4_000_000
_MAX_TAGS = 25_000
# No tag of a page made for readers is longer without pictures, and a parser needs the square of the number
# of a tag's attributes.
_MAX_TAG = 8_000
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_PICTURE = re.compile(r"data:[^\"'()\s<>]{200,}")
# A tag from < to >, with quotes opening only after an equals sign, as HTML has it. One pass: it never goes back.
_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9:-]{0,30}+)((?:[^>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?)*+)(>|\Z)")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")

# What the libraries have to say of a page is for their own log; what matters of it is a problem here.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def read_page(
    data: bytes, label: str, name: str, sidecar: dict[str, object] | None
) -> tuple[Draft | None, list[Problem]]:
    """The article of a page, or None and why not. What a sidecar says goes before what the page says."""
    charset = _CHARSET.search(data[:4096])
    markup, notes = decode(data, charset[1].decode("ascii") if charset else None)
    problems = [Problem(label, note) for note in notes]
    markup, refusal = _bounded(markup)
    if refusal:
        return None, [Problem(label, refusal, skipped=True)]
    try:
        text, values, basis = _extract(markup)
    except Exception as error:  # three parsers on a hostile page: no list of their errors is complete
        return None, [Problem(label, f"page cannot be read: {type(error).__name__}", skipped=True)]
    if not text:
        return None, [Problem(label, "no article text found in the page", skipped=True)]
    if sidecar:
        values |= sidecar
        basis = "sidecar" if "published" in sidecar else basis
    return Draft(label, name, text, values, basis), problems


def _bounded(markup: str) -> tuple[str, str]:
    """The markup without inlined pictures and without overlong tags' attributes, and why it is refused, if so."""
    markup = _PICTURE.sub("data:,", _DECLARATION.sub("", markup))
    if len(markup) > _MAX_MARKUP:
        return "", f"too large: {len(markup)} characters without pictures, {_MAX_MARKUP} are the limit"
    tags = 0
    overlong = False
    for tag in _TAG.finditer(markup):
        tags += 1
        overlong = overlong or tag.end() - tag.start() > _MAX_TAG
    if tags > _MAX_TAGS:
        return "", f"too large: {tags} tags, {_MAX_TAGS} are the limit"
    if overlong:
        markup = _TAG.sub(lambda tag: tag[0] if len(tag[0]) <= _MAX_TAG else f"<{tag[1]}>", markup)
    return markup, ""


def _extract(markup: str) -> tuple[str, dict[str, object], str]:
    """Text, fields and basis of the date. Imported here: the parsers take longer to load than a text to read."""
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_metadata
    from trafilatura.utils import load_html

    tree = load_html(markup)
    if tree is None:
        return "", {}, ""
    # Its own search for a date guesses, even when told not to search widely: what it finds is not used.
    meta: Any = extract_metadata(tree, date_config={"extensive_search": False, "original_date": True})
    found = published(tree, meta.url)
    _unfold_layout(tree)
    document: Any = bare_extraction(tree, include_comments=False)
    values: dict[str, object] = {"title": meta.title, "publisher": meta.sitename, "url": meta.url}
    if found:
        values["published"] = found[0]
    return (document.text if document is not None else "") or "", values, found[1] if found else METADATA


def _unfold_layout(tree: Any) -> None:
    """Tables that hold paragraphs or headings lay a page out: read row by row, they would be one line each."""
    for table in list(tree.iter("table")):
        if table.xpath(".//td//p | .//td//h1 | .//td//h2 | .//td//h3"):
            for part in table.iter("table", "tbody", "tr", "td", "th"):
                part.tag = "div"
