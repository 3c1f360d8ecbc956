"""The defined name under which a workbook keeps a cell of the return."""

from __future__ import annotations

import re

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
PREFIX = "r_"


def cell_name(cell: str) -> str:
    """`211.3.quarter` -> `r_211_3_quarter`.

    Letters and digits of any alphabet stay, hyphens of a UUID go, the rest becomes `_`.  The result
    never looks like the address of a cell.
    """
    short = _UUID.sub(lambda found: found[0].replace("-", ""), cell)
    return PREFIX + "".join(sign if sign.isalnum() else "_" for sign in short)
