"""Names of sides as gold and claims spell them: which mean the same side, and which are of one family.

Comes from an aliases.json of a gold corpus, or, without one, from the actor registry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.actors import ActorRegistry
from geo.errors import InputError
from geo.evaluation.likeness import plain_name

_FILLER = re.compile(r"^(the|a|an) |\b(forces|fighters|troops|militants|militia|group|army)$")


@dataclass(frozen=True, slots=True)
class SideNames:
    """known: plain name -> the side's name. families: the side's name -> its family, for the lenient figures."""

    known: Mapping[str, str]
    families: Mapping[str, str]

    @classmethod
    def load(cls, path: Path) -> SideNames:
        """An aliases.json: {"aliases": {side: [name, ...]}, "families": {family: [side, ...]}}."""
        try:
            table = json.loads(path.read_text("utf-8"))
            aliases, families = table.get("aliases", {}), table.get("families", {})
            return cls.of(aliases, families)
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror or error}", path) from error
        except (ValueError, AttributeError, TypeError) as error:
            raise InputError('is no table of aliases; write {"aliases": {"side": ["name"]}}', path) from error

    @classmethod
    def of(cls, aliases: Mapping[str, Iterable[str]], families: Mapping[str, Iterable[str]]) -> SideNames:
        known = {plain_name(name): side for side, names in aliases.items() for name in (side, *names)}
        of_side: dict[str, str] = {}
        for family, members in families.items():
            for side in members:
                of_side.setdefault(side, family)
        return cls(known, of_side)

    @classmethod
    def from_registry(cls, registry: ActorRegistry) -> SideNames:
        """Each side by its own name; a family is a side with those below it."""
        families = {}
        for actor in registry.actors.values():
            top = actor
            while top.parent is not None:
                top = registry.actors[top.parent]
            families[actor.name] = top.name
        return cls({plain_name(actor.name): actor.name for actor in registry.actors.values()}, families)

    def side(self, name: str | None) -> str | None:
        """The one name of the side that `name` means; a name nobody knows stands for itself."""
        if not name:
            return None
        words = plain_name(name)
        if words in self.known:
            return self.known[words]
        return self.known.get(_FILLER.sub("", words).strip(), words)

    def same(self, said: str | None, wanted: tuple[str | None, ...], *, lenient: bool = False) -> bool:
        """Whether `said` is a wanted side, or (lenient) of its family. A gold that names nobody takes all."""
        if not wanted[0]:
            return True
        side = self.side(said)
        sides = {self.side(name) for name in wanted if name}
        if side in sides:
            return True
        family = self.families.get(side) if side is not None else None
        return lenient and family is not None and family in {self.families.get(name) for name in sides if name}
