"""Tables that people edit, as spreadsheets save them: CSV text in, rows with their file and line out."""

from geo.tables.days import DayOrder, day_order, iso_day
from geo.tables.memory import kept_by_text
from geo.tables.rows import Row, read_table, separator, text_of

__all__ = ["DayOrder", "Row", "day_order", "iso_day", "kept_by_text", "read_table", "separator", "text_of"]
