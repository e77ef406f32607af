"""No cell that came from the input may become a formula in a spreadsheet.

A cell that a spreadsheet could take for one gets an apostrophe in front, and so does one that already has
apostrophes before such a sign: taking one apostrophe off `'=…`, `''=…` gives the cell back as it was.
"""

from __future__ import annotations

import re

_RISKY = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"[+-]?(?:[0-9][0-9,_]*)?\.?[0-9]+%?")
FIRST_BYTES = b"=+-@\t\r'" + "＝".encode()[:1]
"""A cell that begins with none of these bytes is harmless."""


def guarded(cell: str) -> str:
    """The cell, or the cell behind an apostrophe. A plain number is no formula."""
    if cell and _RISKY.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def restored(cell: str) -> str:
    """A guarded cell as it was."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell
