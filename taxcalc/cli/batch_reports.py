"""A page for each business of a table, in a folder with an index."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from taxcalc.cli.output import remark
from taxcalc.cli.report import ENDINGS, Page, page_of
from taxcalc.cli.table_input import ended, opened, plausible_of, prepared, progress_of, saying_errors
from taxcalc.cli.table_options import TableOptions

if TYPE_CHECKING:
    from taxcalc.base.file_names import FileNames
    from taxcalc.base.problem import Lang
    from taxcalc.firms.one_by_one import Single
    from taxcalc.law.book import LawBook
    from taxcalc.report.html import Letterhead
    from taxcalc.report.index import Entry

_INDEX = "index"


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
    from taxcalc.firms.one_by_one import one_by_one
    from taxcalc.firms.write.rejects import Rejects
    from taxcalc.report.index import Entry, as_index
    from taxcalc.report.labels import LABELS

    entries: list[Entry] = []
    partial = 0
    names = FileNames(_INDEX)
    side = 0 if language == "zh" else 1
    with saying_errors(language), opened(file, table, language) as tables_in, filling(folder, f"{_INDEX}.html") as part:
        feed, computation = prepared(tables_in, book, "summary", table, language)
        collected = Rejects(language)
        refused: dict[str, Entry] = {}

        def refuse(cells: "Sequence[str]") -> None:
            row, id, column, _, why = cells
            name = " ".join(filter(None, (LABELS["index_row"][side].format(row=row), id)))
            before = refused.get(row, Entry(name, 0, ()))
            refused[row] = before._replace(
                said=(*before.said, LABELS["index_why"][side].format(column=column, why=why) if column else why)
            )

        collected.also(refuse, headed=False)
        with progress_of(feed) as tell:

            def use(one: "Single", page: Page) -> None:
                nonlocal partial
                entries.append(_written(one, page, part, names, format, language))
                partial += not page.whole
                if tell:
                    tell(len(entries))

            counts = one_by_one(
                feed,
                computation,
                collected,
                lambda facts: page_of(facts, book, format, letterhead, language),
                use,
                plausible_of(feed, computation),
            )
        footer = LABELS["engine"][side].format(version=__version__, tables=book.sha256[:8])
        index = as_index([*refused.values(), *entries], language, footer, letterhead)
        (part / f"{_INDEX}.html").write_text(index, "utf-8", newline="\n")
    remark(problem("reports_written", number=len(entries), path=str(Path(folder) / f"{_INDEX}.html")).text(language))
    if partial:
        remark(problem("reports_partial", number=partial).text(language))
    ended(collected, counts, language, found=partial > 0)


def _written(
    one: "Single",
    page: Page,
    folder: Path,
    names: "FileNames",
    format: str,
    language: "Lang",
) -> "Entry":
    """The page of one row, in its file. Raises InputError where none can be written of any row."""
    from taxcalc.report.index import entry_of
    from taxcalc.report.labels import LABELS

    name = one.name or one.id or LABELS["index_row"][0 if language == "zh" else 1].format(row=one.row)
    file = names.unused(name, str(page.assessment.period)) + ENDINGS[format]
    (folder / file).write_bytes(page.draw())
    return entry_of(name, file, page.assessment, language)
