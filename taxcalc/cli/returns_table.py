"""The forms of every business of a table, one row a business, form, column and line."""

import contextlib
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from taxcalc.cli.output import remark, stdout_bytes, writing
from taxcalc.cli.parser import Wrong
from taxcalc.cli.table_input import ended, not_the_input, opened, plausible_of, prepared, saying_errors
from taxcalc.cli.table_options import TableOptions

if TYPE_CHECKING:
    from taxcalc.base.problem import Lang
    from taxcalc.firms.one_by_one import Single
    from taxcalc.law.book import LawBook
    from taxcalc.report.names import Names
    from taxcalc.returns.sheet import Returns


_TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".jsonl", ".ndjson")
"""Files of many businesses; any other is the facts of one."""
_HEAD = 1 << 12
_FACTS = re.compile(r"(?:\s*(?:#[^\n]*)?\n)*\s*(?:\Z|\[|[^\n,;|\t]*=|\{(?![^\n]*\}\s*\n\s*\{))")
"""How TOML begins, or JSON that is not a line for each business."""


def is_a_table(files: list[str], table: TableOptions) -> bool:
    """Is it a table of businesses that is meant? What is said of a table tells it, else the name of the file or, of standard
    input, how it begins."""
    from taxcalc.base.problem import problem

    if any(one is not None and one is not False for one in table):
        if len(files) > 1:
            raise Wrong(problem("argument_extra", text=files[1]))
        return True
    if files != ["-"]:
        return len(files) == 1 and Path(files[0]).suffix.lower() in _TABLES
    if sys.stdin is None or sys.stdin.isatty():
        return False
    stream = sys.stdin.buffer
    if hasattr(stream, "peek"):
        head = stream.peek(_HEAD)
    else:
        head = stream.read(_HEAD)
        stream.seek(-len(head), 1)
    return not _FACTS.match(head.decode("utf-8-sig", "replace"))


def fill_table(
    file: str, table: TableOptions, book: "LawBook", language: "Lang", names: "Names | None", output: str | None
) -> None:
    """Assess each row as one business, exactly, and write its sheets: as rows of CSV headed by `names`, else as JSON, a line
    a business. A row that cannot be used is said and left out."""
    from taxcalc.base.problem import problem
    from taxcalc.firms.one_by_one import one_by_one
    from taxcalc.firms.write.rejects import Rejects
    from taxcalc.report.returns_data import as_csv, as_json, heading
    from taxcalc.returns.quarters import returns_of

    not_the_input(file, output, None, language)
    open_ones = 0
    with saying_errors(language), opened(file, table, language) as tables_in, _written_to(output) as write:
        feed, computation = prepared(tables_in, book, "summary", table, language)
        collected = Rejects(language)
        if names:
            write(heading(names))

        def use(one: "Single", made: "Returns") -> None:
            nonlocal open_ones
            write((as_json if names is None else as_csv)(made, book, language, (str(one.row), one.id, one.name)))
            open_ones += not made.complete

        counts = one_by_one(
            feed, computation, collected, lambda facts: returns_of(facts, book), use, plausible_of(feed, computation)
        )
    if open_ones:
        remark(problem("returns_open", n=open_ones).text(language))
    ended(collected, counts, language, found=open_ones > 0)


@contextlib.contextmanager
def _written_to(output: str | None) -> Iterator[Callable[[str], object]]:
    """Where the lines go: a file that is there whole or not at all, or standard output."""
    if output is None:
        with writing():
            yield lambda text: stdout_bytes().write(text.encode("utf-8", "replace"))
        return
    from taxcalc.base.atomic_file import replacing

    with replacing(output) as part, Path(part).open("w", encoding="utf-8") as stream:
        yield stream.write
