"""An article: the text of one report, and what is known about where and when it was published.

Comes from `readers`; everything later in the chain reads it and nothing changes it. Character
offsets anywhere in the project count from the first character of `Article.text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.dates import Precision


@dataclass(frozen=True, slots=True)
class Article:
    """One report.

    published is None where the source gives no date: such an article is read, its claims are
    listed, and none of them is mapped. published_basis says where the date came from
    ("sidecar", "front matter", "page metadata").
    """

    id: str
    title: str
    text: str
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    published_precision: Precision = Precision.UNKNOWN
    published_basis: str = ""
    language: str = "en"
    path: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the corpus that could not be used, and why; it goes to the report."""

    path: str
    reason: str
    article: str | None = None
