"""The gazetteer: places, the names they go by, and who lies within whom. Reads, never writes (see `edits`).

A folder of places.csv, names.csv, stoplist.csv and areas.geojson comes in; `Gazetteer` goes out, which answers what a
spelling may mean, first from the workspace's own layer and then from a read-only layer of world towns.
"""

from geo.gazetteer.layers import Gazetteer
from geo.gazetteer.places import AREAS, GROUNDS, SETTLEMENTS, Candidate, Match, Name, Place, prominence
from geo.gazetteer.towns import Countries, WorldTowns

__all__ = [
    "AREAS",
    "GROUNDS",
    "SETTLEMENTS",
    "Candidate",
    "Countries",
    "Gazetteer",
    "Match",
    "Name",
    "Place",
    "WorldTowns",
    "prominence",
]
