"""Reference layers: tables of places from elsewhere, turned once into a read-only database behind the gazetteer.

A file of GeoNames, OCHA / HDX, OpenStreetMap, Linked Places or any table with a header comes in
(`read_rows`); `write_layer` makes gazetteer/layers/<name>.sqlite of it, which `gazetteer.stored` reads.
"""

from geo.reference.rows import ReferenceRow, Skipped
from geo.reference.sources import read_rows
from geo.reference.write import Imported, remove_layer, write_layer

__all__ = ["Imported", "ReferenceRow", "Skipped", "read_rows", "remove_layer", "write_layer"]
