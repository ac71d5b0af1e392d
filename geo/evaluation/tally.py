"""Shares: how many of how many were right, and precision, recall and F1 made of counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(slots=True)
class Share:
    """right of `of`. `share` is None where there was nothing to be right about."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.of += 1

    @property
    def share(self) -> float | None:
        return self.right / self.of if self.of else None

    def as_json(self) -> dict[str, float | int | None]:
        return {"right": self.right, "of": self.of, "share": None if self.share is None else round(self.share, 4)}

    def __str__(self) -> str:
        return f"{self.right}/{self.of}" + (f" ({self.share:.2f})" if self.share is not None else "")


@dataclass(slots=True)
class Found:
    """Changes found, false and missed; the three figures follow. 0.0 where nothing was found."""

    found: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false) if self.found + self.false else 0.0

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed) if self.found + self.missed else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, other: Found) -> None:
        self.found += other.found
        self.false += other.false
        self.missed += other.missed

    def as_json(self) -> dict[str, float | int]:
        return {
            "found": self.found,
            "false": self.false,
            "missed": self.missed,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
        }

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  "
            f"(found {self.found}, false {self.false}, missed {self.missed})"
        )


def shares(*names: str) -> dict[str, Share]:
    """An empty share for every name."""
    return {name: Share() for name in names}


def shares_as_json(table: Mapping[str, Share]) -> dict[str, dict[str, float | int | None]]:
    return {name: share.as_json() for name, share in table.items()}
