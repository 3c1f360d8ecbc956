"""Files in: lists of any shape (`read_tables`, `match_columns`, `read_rows`)."""

from app.exchange.matching import ColumnMap, match_columns
from app.exchange.reading import read_tables
from app.exchange.rows import ReadRow, read_rows
from app.exchange.tables import RawRow, RawTable

__all__ = ["ColumnMap", "RawRow", "RawTable", "ReadRow", "match_columns", "read_rows", "read_tables"]
