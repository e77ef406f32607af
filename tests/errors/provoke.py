"""Runs the examples of examples.toml, each in a fresh folder, and finds the sentence that it should provoke."""

from __future__ import annotations

import contextlib
import functools
import importlib
import io
import os
import re
import shlex
import string
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import openpyxl

from helpers.command import environment, here
from helpers.sample_table import GOOD
from taxcalc.base.messages import MESSAGES
from taxcalc.base.problem import InputError, Lang
from taxcalc.law.compile import compile_tables
from taxcalc.law.strict import LoaderError, TableError

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
EXAMPLES: dict[str, dict[str, Any]] = tomllib.loads((HERE / "examples.toml").read_text(encoding="utf-8"))
_DOCUMENTS = '[law-1]\nzh = "法"\nen = "law"\n'


class Said(NamedTuple):
    """What an example led to: its exit code, and all that was written."""

    code: int
    text: str

    def sentence(self, key: str, lang: Lang) -> str | None:
        """The line with the message of a key, if it is there."""
        template = MESSAGES[key][0 if lang == "zh" else 1]
        pattern = "".join(
            re.escape(literal) + ("" if field is None else ".+?")
            for literal, field, _, _ in string.Formatter().parse(template)
        )
        found = re.search(f"^.*{pattern}.*$", self.text, re.MULTILINE)
        return found[0] if found else None


@functools.cache
def provoke(key: str, lang: Lang) -> Said:
    """Run the example of a message in one language."""
    example = EXAMPLES[key]
    with (
        _folder(example),
        _limits(example.get("limits", {})),
        mock.patch("taxcalc.base.problem.hint_year", return_value=2026),
    ):
        if "shell" in example:
            return _in_shell(example["shell"], example.get("limits", {}), lang)
        if "run" in example:
            return _here(example, lang)
        out = io.StringIO()
        try:
            with contextlib.redirect_stdout(out):
                _as_program(example, lang)
            return Said(0, out.getvalue())
        except InputError as error:
            return Said(2, "\n".join(problem.text(lang) for problem in error.problems))
        except (LoaderError, TableError) as error:
            return Said(2, error.problem.text(lang))


def _as_program(example: dict[str, Any], lang: Lang) -> None:
    if "python" in example:
        exec(example["python"], {"lang": lang})
        return
    texts = {"documents.toml": _DOCUMENTS, "facts.toml": example.get("facts", ""), "levy.toml": GOOD}
    if "table" in example:
        old, new = example["table"]
        assert old in GOOD, old
        texts["levy.toml"] = GOOD.replace(old, new, 1)
    if "twice" in example:
        texts["other.toml"] = GOOD
    compile_tables({name: text.encode() for name, text in texts.items()})


def _here(example: dict[str, Any], lang: Lang) -> Said:
    """The command in this very process: starting one takes twenty times as long."""
    content = _bytes(example, example.get("stdin", ""))
    given = _Interrupted() if "interrupt" in example else io.BytesIO(content)
    done = here(*shlex.split(example["run"]), stdin=given, lang=lang, terminal="terminal" in example)
    return Said(done.code, f"{done.err}\n{done.out.decode()}")


def _in_shell(line: str, limits: dict[str, int], lang: Lang) -> Said:
    lowered = "".join(
        f"import {name.rpartition('.')[0]} as m; m.{name.rpartition('.')[2]} = {n}; " for name, n in limits.items()
    )
    start = f"{lowered}import taxcalc.cli; taxcalc.cli.main()"
    script = f'taxcalc() {{ "$PYTHON" -c "$START" "$@"; }}\n{line}'
    env = environment(LC_ALL="zh_CN.UTF-8" if lang == "zh" else "C.UTF-8") | {"PYTHON": sys.executable, "START": start}
    done = subprocess.run(["bash", "-c", script], capture_output=True, env=env, timeout=60)
    return Said(done.returncode, (done.stderr + b"\n" + done.stdout).decode())


class _Interrupted(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        raise KeyboardInterrupt


def _bytes(example: dict[str, Any], text: str) -> bytes:
    return text.encode(example.get("encoding", "utf-8"))


def _workbook(sheets: dict[str, list[list[Any]]], number_format: str, hidden: list[Any]) -> None:
    """A workbook in.xlsx of these sheets, the last cell of each in this format; rows and columns of them are hidden."""
    book = openpyxl.Workbook(write_only=False)
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        sheet.cell(len(rows) or 1, 2).number_format = number_format
        for which in hidden:
            (sheet.row_dimensions if isinstance(which, int) else sheet.column_dimensions)[which].hidden = True
    book.save("in.xlsx")


@contextlib.contextmanager
def _folder(example: dict[str, Any]) -> Iterator[None]:
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in example.get("files", {}).items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(_bytes(example, content))
        os.chdir(folder)
        if "sheets" in example:
            _workbook(example["sheets"], example.get("number_format", "General"), example.get("hidden", []))
        try:
            yield
        finally:
            os.chdir(before)


@contextlib.contextmanager
def _limits(lowered: dict[str, int]) -> Iterator[None]:
    places = [
        (importlib.import_module(name.rpartition(".")[0]), name.rpartition(".")[2], n) for name, n in lowered.items()
    ]
    before = [getattr(module, attribute) for module, attribute, _ in places]
    for module, attribute, n in places:
        setattr(module, attribute, n)
    try:
        yield
    finally:
        for (module, attribute, _), value in zip(places, before, strict=True):
            setattr(module, attribute, value)
