"""What a change did to a file, letter by letter, so that it can be taken back to the very first byte."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo.edits.table import Table


@dataclass(frozen=True, slots=True)
class Splice:
    """At character `at` of the old text, `old` gave way to `new`."""

    at: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Patch:
    """The change of one file. before, after: SHA-256 of its text, None where the file was or is not there."""

    file: str
    before: str | None
    after: str | None
    splices: tuple[Splice, ...]

    @classmethod
    def between(cls, name: str, old: Table, new: Table) -> Patch:
        """What makes one table the other. Records that both hold are the same objects, in the same order."""
        return cls(name, digest(old.text()) if old.exists else None, digest(new.text()), _splices(old, new))

    def taken_back(self, text: str) -> str | None:
        """The text before the change, of the text after it; None where the file was not there."""
        if self.before is None:
            return None
        for splice in self.splices:  # what lies before a splice is the old text again when its turn comes
            text = text[: splice.at] + splice.old + text[splice.at + len(splice.new) :]
        return text

    def inverse(self) -> Patch:
        """What the taking back does."""
        out, shift = [], 0
        for splice in self.splices:
            out.append(Splice(splice.at + shift, splice.new, splice.old))
            shift += len(splice.new) - len(splice.old)
        return Patch(self.file, self.after, self.before, tuple(out))

    def as_json(self) -> dict[str, Any]:
        splices = [[splice.at, splice.old, splice.new] for splice in self.splices]
        return {"file": self.file, "before": self.before, "after": self.after, "splices": splices}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Patch:
        """The inverse of as_json. Raises KeyError, ValueError or TypeError on a row of another form."""
        splices = tuple(Splice(int(at), str(old), str(new)) for at, old, new in row["splices"])
        return cls(str(row["file"]), row["before"], row["after"], splices)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _splices(old: Table, new: Table) -> tuple[Splice, ...]:
    """Walk both tables side by side; whatever lies between two records that stayed is one splice."""
    kept = {id(record) for record in old.records} & {id(record) for record in new.records}
    left: list[tuple[str, bool]] = [(old.head if old.exists else "", old.head == new.head and old.exists)]
    left += [(record.raw, id(record) in kept) for record in old.records]
    right: list[tuple[str, bool]] = [(new.head, left[0][1])]
    right += [(record.raw, id(record) in kept) for record in new.records]
    out: list[Splice] = []
    at, i, j = 0, 0, 0
    while i < len(left) or j < len(right):
        gone, come, start = "", "", at
        while i < len(left) and not left[i][1]:
            gone += left[i][0]
            at += len(left[i][0])
            i += 1
        while j < len(right) and not right[j][1]:
            come += right[j][0]
            j += 1
        if gone or come:
            out.append(Splice(start, gone, come))
        if i < len(left):
            at += len(left[i][0])
            i, j = i + 1, j + 1
    return tuple(out)
