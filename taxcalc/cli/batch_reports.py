"""A page for each business of a table, in a folder with an index."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from taxcalc.cli.application import SOME_REJECTED, UNUSABLE
from taxcalc.cli.options import TableOptions
from taxcalc.cli.output import remark
from taxcalc.cli.report import drawn, made_of
from taxcalc.cli.table_input import opened, prepared, progress_of, saying_errors

if TYPE_CHECKING:
    from taxcalc.base.file_names import FileNames
    from taxcalc.base.problem import Lang
    from taxcalc.firms.single import Single
    from taxcalc.law.book import LawBook
    from taxcalc.report.html import Letterhead
    from taxcalc.report.index import Entry

_INDEX = "index"
_ENDINGS = {"html": ".html", "pdf": ".pdf", "markdown": ".md"}


def write_reports(
    file: str,
    folder: str,
    format: str,
    letterhead: "Letterhead",
    table: TableOptions,
    book: "LawBook",
    language: "Lang",
) -> None:
    """Assess each row as one business, exactly, and write its page; a row that cannot be used is said, in the index too."""
    from taxcalc.base.file_names import FileNames
    from taxcalc.base.filled_folder import filling
    from taxcalc.base.problem import problem
    from taxcalc.base.version import __version__
    from taxcalc.firms.single import each_row
    from taxcalc.report.index import as_index
    from taxcalc.report.labels import LABELS

    entries: list[Entry] = []
    names = FileNames(_INDEX)
    with saying_errors(language), opened(file, table, language) as tables_in, filling(folder, f"{_INDEX}.html") as part:
        feed, computation = prepared(tables_in, book, "summary", table, language)
        with progress_of(feed) as tell:
            for one in each_row(feed, computation.single, plainly=computation.engine.name == "arrays"):
                entries.append(_written(one, part, names, format, letterhead, book, language))
                if tell:
                    tell(len(entries))
        footer = LABELS["engine"][0 if language == "zh" else 1].format(version=__version__, tables=book.sha256[:8])
        (part / f"{_INDEX}.html").write_text(as_index(entries, language, footer, letterhead), "utf-8", newline="\n")
    done = sum(bool(entry.file) for entry in entries)
    for entry in entries:
        if not entry.file:
            print(f"taxcalc: {entry.name}: {'; '.join(entry.said)}", file=sys.stderr)
    written = problem("reports_written", number=done, path=str(Path(folder) / f"{_INDEX}.html"))
    accounted = problem("rows_accounted", rows=len(entries), out=done, rejected=len(entries) - done)
    for said in (written, accounted):
        remark(said.text(language))
    if done < len(entries):
        raise typer.Exit(SOME_REJECTED if done else UNUSABLE)


def _written(
    one: "Single",
    folder: Path,
    names: "FileNames",
    format: str,
    letterhead: "Letterhead",
    book: "LawBook",
    language: "Lang",
) -> "Entry":
    """The page of one row, in its file; or why there is none."""
    from taxcalc.base.problem import InputError
    from taxcalc.report.index import Entry, entry_of
    from taxcalc.report.labels import LABELS

    row = LABELS["index_row"][0 if language == "zh" else 1].format(row=one.row)
    wrong = one.wrong
    if one.facts is not None:
        try:
            made, assessment = made_of(one.facts, book, language)
        except InputError as error:
            wrong = tuple(error.problems)
        else:
            name = one.name or one.id or row
            file = names.unused(name, str(assessment.period)) + _ENDINGS[format]
            (folder / file).write_bytes(drawn(made, format, letterhead))
            return entry_of(name, file, assessment, language)
    return Entry(" ".join(filter(None, (row, one.id or one.name))), 0, tuple(why.text(language) for why in wrong))
