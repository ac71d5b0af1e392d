"""The types of the actor registry: a side, a name of a side, and what words were found to mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Actor:
    """A side. bloc groups sides of one colour; colour is #rrggbb; validity bounds are inclusive.

    countries: ISO 3166 alpha-2, home first, then the theatres where it fights or holds ground.
    """

    id: str
    name: str
    bloc: str
    colour: str
    parent: str | None = None
    countries: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""

    def exists_on(self, day: date | None) -> bool:
        """Whether there was such a side on the day; on an unknown day there may have been."""
        if day is None:
            return True
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class ActorName:
    """One name of an actor; "the government" is a name that holds in a country for a time.

    note says what sort of name it is where that matters: country, capital, leader, adjective; small where papers
    write it without a capital too.
    """

    actor: str
    text: str
    country: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    role: bool = False
    note: str = ""

    def holds_on(self, day: date | None) -> bool:
        """Whether the name is valid on the day; on an unknown day only names without bounds are sure, all may hold."""
        if day is None:
            return True
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    @property
    def is_dated(self) -> bool:
        return self.valid_from is not None or self.valid_to is not None


@dataclass(frozen=True, slots=True)
class ActorMatch:
    """The actor that words mean, why, and the registry's name that decided it (None: a rule did)."""

    actor: Actor
    because: str
    name: ActorName | None = None

    @property
    def is_role(self) -> bool:
        """Decided by a role word, a capital or a country, not by a name of the actor's own."""
        return self.name is None or self.name.role

    def names_as(self, words: str) -> bool:
        """Whether the words write the name as one: "the national army" is no name of the National Army's own."""
        name = self.name
        if name is None or name.text.islower() or name.note == "small":  # peshmerga: papers write it so
            return True
        first, _, rest = words.partition(" ")
        opens = first != first.lower() and first[:4].lower() in name.text.lower()
        return opens or rest != rest.lower()
