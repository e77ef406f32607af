"""Recalculates workbooks in LibreOffice: started by a Python that has its bridge (`import uno`), as `office.py PIPE < jobs`.

Each line of the input is a job: a file, cells to set (sheet, row, column, value), cells to read. Each line of the output is
what they read after everything was calculated anew.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.sheet.FormulaResult import STRING
from com.sun.star.table.CellContentType import EMPTY, FORMULA, TEXT


def connected(pipe: str) -> Any:
    """The desktop of an office that was started with this pipe."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            time.sleep(0.25)
    raise TimeoutError(pipe)


def read(cell: Any) -> float | str:
    """A number, or a text; an error as it is shown."""
    if cell.getError():
        return str(cell.String)
    if cell.Type == EMPTY:
        return ""
    text = cell.FormulaResultType2 == STRING if cell.Type == FORMULA else cell.Type == TEXT
    found: float | str = cell.String if text else cell.Value
    return found


def main() -> None:
    """Answer every job; a file stays open while the jobs after it are of the same."""
    desktop = connected(sys.argv[1])
    document: Any = None
    opened = ""
    for line in sys.stdin:
        job = json.loads(line)
        if job["file"] != opened:
            if document is not None:
                document.close(False)
            hidden = PropertyValue(Name="Hidden", Value=True)
            document, opened = (
                desktop.loadComponentFromURL(Path(job["file"]).as_uri(), "_blank", 0, (hidden,)),
                job["file"],
            )
            for place in range(document.Sheets.Count):
                document.Sheets.getByIndex(place).unprotect("")
        for sheet, row, column, value in job["set"]:
            cell = document.Sheets.getByIndex(sheet).getCellByPosition(column, row)
            if isinstance(value, str):
                cell.String = value
            else:
                cell.Value = value
        document.calculateAll()
        found = [read(document.Sheets.getByIndex(s).getCellByPosition(c, r)) for s, r, c in job["read"]]
        print(json.dumps(found), flush=True)
    with contextlib.suppress(Exception):  # the connection ends with it
        desktop.terminate()


if __name__ == "__main__":
    main()
