"""Tables as people have them, one of each kind and more, through the command: what is read, and what is said of it.

The cases are data, in field/*.toml. Each has
  text      the table as a CSV, with `encoding` where that is not UTF-8; or
  sheets    a workbook: sheets of rows; names in `hidden` are hidden, and `hidden_rows` and `hidden_columns` of each
            sheet; `number_format` is that of all numbers
  file      its name (t.csv, t.xlsx), `run` what is asked of it where that is not `batch … --columns summary`
  exit      the exit code, 0 where there is none
  out       columns of the output, each with its values below each other; 'a…' begins with a, '…a…' holds a
  says      sentences on standard error by the key of their message, each with what stands in it
  silent    keys of messages that are not said
"""

from __future__ import annotations

import csv
import io
import tomllib
from contextlib import chdir
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from errors.provoke import Said
from helpers.command import here

FOLDER = Path(__file__).parent / "field"
CASES: dict[str, dict[str, Any]] = {}
for _path in sorted(FOLDER.glob("*.toml")):
    for _name, _case in tomllib.loads(_path.read_text(encoding="utf-8")).items():
        CASES[f"{_path.stem}-{_name}"] = _case


def made(case: dict[str, Any], folder: Path) -> str:
    """The table of a case as a file, and its name."""
    name: str = case.get("file", "t.xlsx" if "sheets" in case else "t.csv")
    for other, text in case.get("files", {}).items():
        (folder / other).write_text(text, encoding="utf-8")
    if "text" in case:
        (folder / name).write_bytes(case["text"].encode(case.get("encoding", "utf-8")))
        return name
    book = openpyxl.Workbook()
    del book["Sheet"]
    for title, rows in case["sheets"].items():
        sheet = book.create_sheet(title)
        sheet.sheet_state = "hidden" if title in case.get("hidden", []) else "visible"
        for cells in rows:
            sheet.append([None if cell == "" else cell for cell in cells])
        for row in case.get("hidden_rows", []):
            sheet.row_dimensions[row].hidden = True
        for letter in case.get("hidden_columns", []):
            sheet.column_dimensions[letter].hidden = True
        for cell in (cell for cells in sheet for cell in cells if isinstance(cell.value, int | float)):
            cell.number_format = case.get("number_format", "General")
    book.save(folder / name)
    return name


def agrees(said: str, expected: str) -> bool:
    """Is a cell as it is expected, of which … stands for anything?"""
    begin, dots, rest = expected.partition("…")
    if not dots:
        return said == expected
    return said.startswith(begin) and rest.rstrip("…") in said[len(begin) :]


@pytest.mark.parametrize("name", CASES)
def test_read_as_its_owner_means_it(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    file = made(case, tmp_path)
    with chdir(tmp_path):
        done = here(*case.get("run", "batch {file} --columns summary").format(file=file).split(" "), "--lang", "zh")
    said = Said(done.code, done.err)
    assert done.code == case.get("exit", 0), done.err
    rows = list(csv.DictReader(io.StringIO(done.out.decode("utf-8-sig"), newline="")))
    for title, cells in case.get("out", {}).items():
        found = [row[title] for row in rows]
        as_expected = len(found) == len(cells) and all(map(agrees, found, cells))
        assert as_expected, f"{title}: {found}\n{done.err}"
    for key, texts in case.get("says", {}).items():
        sentence = said.sentence(key, "zh")
        assert sentence, f"{key}\n{done.err}"
        missing = [text for text in ([texts] if isinstance(texts, str) else texts) if text not in sentence]
        assert not missing, f"{key}: {missing}\n{done.err}"
    for key in case.get("silent", []):
        assert said.sentence(key, "zh") is None, done.err
