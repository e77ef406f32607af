"""A page for each business of a table, in a folder with an index."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from taxcalc.cli.options import TableOptions
from taxcalc.cli.output import remark
from taxcalc.cli.report import drawn, made_of
from taxcalc.cli.table_input import ended, last_words, opened, plausible_of, prepared, progress_of, saying_errors

if TYPE_CHECKING:
    from taxcalc.assessment.result import Assessment
    from taxcalc.base.file_names import FileNames
    from taxcalc.base.problem import Lang
    from taxcalc.firms.one_by_one import Single
    from taxcalc.law.book import LawBook
    from taxcalc.report.document import Document
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
    from taxcalc.firms.one_by_one import one_by_one
    from taxcalc.firms.write.rejects import Rejects
    from taxcalc.report.index import Entry, as_index
    from taxcalc.report.labels import LABELS

    entries: list[Entry] = []
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

            def use(one: "Single", made: "tuple[Document, Assessment]") -> None:
                entries.append(_written(one, made, part, names, format, letterhead, language))
                if tell:
                    tell(len(entries))

            counts = one_by_one(
                feed,
                computation,
                collected,
                lambda facts: made_of(facts, book, language),
                use,
                plausible_of(feed, computation),
            )
        footer = LABELS["engine"][side].format(version=__version__, tables=book.sha256[:8])
        index = as_index([*refused.values(), *entries], language, footer, letterhead)
        (part / f"{_INDEX}.html").write_text(index, "utf-8", newline="\n")
    remark(problem("reports_written", number=len(entries), path=str(Path(folder) / f"{_INDEX}.html")).text(language))
    last_words(collected, counts, language, all_said=False)
    ended(counts.out, left_out=counts.rejected > 0)


def _written(
    one: "Single",
    made: "tuple[Document, Assessment]",
    folder: Path,
    names: "FileNames",
    format: str,
    letterhead: "Letterhead",
    language: "Lang",
) -> "Entry":
    """The page of one row, in its file. Raises InputError where none can be written of any row."""
    from taxcalc.report.index import entry_of
    from taxcalc.report.labels import LABELS

    document, assessment = made
    name = one.name or one.id or LABELS["index_row"][0 if language == "zh" else 1].format(row=one.row)
    file = names.unused(name, str(assessment.period)) + _ENDINGS[format]
    (folder / file).write_bytes(drawn(document, format, letterhead))
    return entry_of(name, file, assessment, language)
