"""Bytes to text that nothing later in the chain can stumble over.

Bytes come in; a string with LF line ends goes out, and notes on what had to be replaced. Every
replacement is one character for one character, so offsets stay what they are in the decoded file.
"""

from __future__ import annotations

import codecs
import re

# Longest signature first: that of UTF-32-LE begins with that of UTF-16-LE.
_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
REPLACEMENT = "\ufffd"
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_CHARSETS = re.compile("iso8859|cp[0-9]|koi8|mac-|gb|big5|euc|shift|ptcp|kz")
# A news text has none of these; an image or a program has them in every line. One in fifty leaves room
# for a text with a damaged passage.
_BINARY_SHARE = 0.02
_BINARY_LEAST = 20


def decode(data: bytes, declared: str | None = None) -> tuple[str, list[str]]:
    """Text of a file, and notes on what was wrong with it; never raises.

    The encoding is that of the byte order mark, else `declared` (a page's own charset, where it is one
    that pages are written in), else UTF-8. Bytes that are not UTF-8 are read as Windows-1252 where the
    file holds hardly any valid UTF-8 beside them, and become U+FFFD where it is UTF-8 with some damage.
    A byte order mark is no part of the text.
    """
    for signature, encoding in _SIGNATURES:
        if data.startswith(signature):
            return _damaged(data[len(signature) :], encoding)
    if declared and (charset := _known(declared)):
        return _damaged(data, charset)
    try:
        return tidy(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", errors="replace")
    lost = text.count(REPLACEMENT)
    multibyte = sum(1 for character in text if character > "\x7f") - lost
    if multibyte >= lost:
        return _damaged(data, "utf-8")
    text, notes = tidy(data.decode("cp1252", errors="replace"))
    return text, ["not UTF-8: read as Windows-1252", *notes]


def tidy(text: str) -> tuple[str, list[str]]:
    """LF line ends, and U+FFFD for NUL and for lone surrogates, which no output format can carry."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = len(_UNWRITABLE.findall(text))
    if not found:
        return text, []
    return _UNWRITABLE.sub(REPLACEMENT, text), [f"{found} NUL or broken characters replaced by U+FFFD"]


def looks_binary(text: str) -> bool:
    """Whether this is rather an image or a program than a text."""
    controls = len(_CONTROL.findall(text))
    return controls >= _BINARY_LEAST and controls > _BINARY_SHARE * len(text)


def _damaged(data: bytes, encoding: str) -> tuple[str, list[str]]:
    text = data.decode(encoding, errors="replace")
    own = data.count(REPLACEMENT.encode("utf-8")) if encoding == "utf-8" else 0
    lost = text.count(REPLACEMENT) - own
    text, notes = tidy(text)
    if lost > 0:
        notes.insert(0, f"{lost} bytes that are not {encoding.upper()} replaced by U+FFFD")
    return text, notes


def _known(declared: str) -> str | None:
    """The encoding that a page's declaration means, or None where it says nothing better than UTF-8.

    Declared Latin-1 and ASCII are Windows-1252, as browsers have it. Python's codecs that are no
    charsets (idna, hex, unicode_escape) are not meant, and UTF-16 is known by its byte order mark alone.
    """
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None
    if name in ("ascii", "iso8859-1"):
        return "cp1252"
    return name if _CHARSETS.match(name) else None
