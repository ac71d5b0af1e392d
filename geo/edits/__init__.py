"""Edits: the only writer of a gazetteer folder.

A folder and a wish come in; the files come out changed by whole rows, in order, every other row's bytes as
they were, and a line in changes.log says who did what and when. An edit that would leave a gazetteer that
cannot be read is refused, and nothing is written; one that is killed is wholly in or wholly out.

    with edits.editing(folder, why="seen on the map") as session:
        edits.add_name(session, "nubl", "Nebbol")
"""

from geo.edits.actors import add_actor_name, remove_actor_name
from geo.edits.changes import Change, changes, standing
from geo.edits.check import check
from geo.edits.doubts import Finding
from geo.edits.judging import judge, withdraw
from geo.edits.names import add_name, merge_places, remove_name, split_place
from geo.edits.outlines import given_outline, remove_outline, set_outline
from geo.edits.places import NewPlace, add_place, move_place, remove_place, set_field
from geo.edits.replaying import Changed, Effect, Replay, replay
from geo.edits.session import Session, editing
from geo.edits.undoing import undo
from geo.points import Point, distance_m, parse_point

__all__ = [
    "Change",
    "Changed",
    "Effect",
    "Finding",
    "NewPlace",
    "Point",
    "Replay",
    "Session",
    "add_actor_name",
    "add_name",
    "add_place",
    "changes",
    "check",
    "distance_m",
    "editing",
    "given_outline",
    "judge",
    "merge_places",
    "move_place",
    "parse_point",
    "remove_actor_name",
    "remove_name",
    "remove_outline",
    "remove_place",
    "replay",
    "set_field",
    "set_outline",
    "split_place",
    "standing",
    "undo",
    "withdraw",
]
