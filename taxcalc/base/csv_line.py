"""One line of CSV."""

import csv
import io
from collections.abc import Sequence


def as_line(cells: Sequence[str]) -> str:
    """Cells as a line, without its end, quoted where they must be."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)  # its line end decides what it quotes
    return line.getvalue().removesuffix("\r\n")
