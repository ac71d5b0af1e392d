"""Articles from files: text with sidecar, Markdown with front matter, saved web pages, JSON lines.

Paths come in; articles go out, with one `Problem` for everything that could not be used. The forms
are described in docs/corpus.md.
"""

from geo.readers.corpus import read_corpus

__all__ = ["read_corpus"]
