"""Interchange: a gazetteer as Linked Places Format, LP-TSV or one table, out and in again.

Tables of a gazetteer folder, or a file from elsewhere, come in as `Entry` rows; text goes out. What a form has no
member for travels in members of our own beside it, so that out and in again is the same gazetteer. Nothing here
writes: `edits.import_entries` puts entries into a folder.
"""

from geo.interchange.entries import Entry, own_entries
from geo.interchange.lpf import read_lpf, write_lpf
from geo.interchange.lptsv import read_lptsv, write_lptsv
from geo.interchange.mapped import read_mapped, write_mapped

__all__ = [
    "Entry",
    "own_entries",
    "read_lpf",
    "read_lptsv",
    "read_mapped",
    "write_lpf",
    "write_lptsv",
    "write_mapped",
]
