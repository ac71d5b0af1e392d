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
    ("sidecar", "front matter", "line", "page metadata", "page byline", "page address").
    text has LF line ends; nothing else in it is changed but what cannot be written as UTF-8 (see
    `readers.decode`). path is as in `Problem`.
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

    @property
    def is_english(self) -> bool:
        """Only English is read for claims; `language` is a BCP 47 tag, "und" where it is some other, unnamed one."""
        return self.language.partition("-")[0].lower() == "en"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the corpus that could not be used, and why; it goes to the report.

    path is the folder's name and the file's path inside it (for a file given by itself its name), with
    `:LINE` behind it where the file holds one article a line. article is the id where one is known.
    skipped is True where an article, a line or a whole file was left out, False where only a detail was.
    """

    path: str
    reason: str
    article: str | None = None
    skipped: bool = False
