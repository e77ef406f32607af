"""The forms of every business of a table, one row a business, form, column and line."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from taxcalc.cli.application import SOME_REJECTED, UNUSABLE
from taxcalc.cli.options import TableOptions
from taxcalc.cli.output import stdout_bytes, writing
from taxcalc.cli.table_input import not_the_input, opened, prepared, saying_errors

if TYPE_CHECKING:
    from taxcalc.base.problem import Lang
    from taxcalc.firms.single import Single
    from taxcalc.law.book import LawBook
    from taxcalc.report.names import Names


def fill_table(
    file: str,
    sets: list[str],
    flags: dict[str, str | None],
    book: "LawBook",
    language: "Lang",
    names: "Names",
    output: str | None,
) -> None:
    """Assess each row as one business, exactly, and write its sheets; a row that cannot be used is said and left out."""
    from taxcalc.base.problem import problem
    from taxcalc.firms.single import each_row
    from taxcalc.report.returns_data import heading

    not_the_input(file, output, None, language)
    told = dict(flags)
    year, period = (told.pop(name, None) for name in ("year", "period"))
    more = [f"{name}={value}" for name, value in told.items() if value is not None]
    table = TableOptions(year, period, [*sets, *more], None, None, None, None, None, False, None, None)
    done = left = 0
    with saying_errors(language), opened(file, table, language) as tables_in, _written_to(output) as write:
        feed, computation = prepared(tables_in, book, "summary", table, language)
        write(heading(names))
        for one in each_row(feed, computation.single, plainly=computation.engine.name == "arrays"):
            text, wrong = _sheets_of(one, book, language)
            left, done = left + bool(wrong), done + (not wrong)
            for why in wrong:
                said = problem(
                    "row_rejected", row=one.row, where=(f"（{one.id}）", f" ({one.id})") if one.id else "", why=why
                )
                print(f"taxcalc: {said.text(language)}", file=sys.stderr)
            write(text)
    accounted = problem("rows_accounted", rows=done + left, out=done, rejected=left)
    print(f"taxcalc: {accounted.text(language)}", file=sys.stderr)
    if left:
        raise typer.Exit(SOME_REJECTED if done else UNUSABLE)


def _sheets_of(one: "Single", book: "LawBook", language: "Lang") -> "tuple[str, tuple[object, ...]]":
    """The lines of one business as CSV, or what is wrong with it."""
    from taxcalc.base.problem import InputError
    from taxcalc.report.returns_data import as_csv
    from taxcalc.returns.quarters import returns_of

    if one.facts is None:
        return "", one.wrong
    try:
        made = returns_of(one.facts, book)
    except InputError as error:
        return "", tuple(error.problems)
    whose = (str(one.row), one.id, one.name)
    return as_csv(made, book, language, whose), ()


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
