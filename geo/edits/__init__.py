"""Edits: the only writer of a gazetteer folder.

A folder and a wish come in; the files come out changed by whole rows, in order, every other row's bytes as
they were, and a line in changes.log says who did what and when. An edit that would leave a gazetteer that
cannot be read is refused, and nothing is written.
"""

from geo.edits.actors import add_actor_name, remove_actor_name
from geo.edits.check import Finding, check
from geo.edits.places import Point, add_name, add_place, parse_point, remove_name, remove_place, set_field
from geo.edits.session import Change, changes, undo

__all__ = [
    "Change",
    "Finding",
    "Point",
    "add_actor_name",
    "add_name",
    "add_place",
    "changes",
    "check",
    "parse_point",
    "remove_actor_name",
    "remove_name",
    "remove_place",
    "set_field",
    "undo",
]
