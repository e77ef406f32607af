"""`taxcalc batch`: a table of businesses in, the same table with its savings out."""

# No postponed annotations here: Typer would compile each one again at start-up.
import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

from taxcalc.cli.application import app
from taxcalc.cli.batch_output import withheld, write_rows, write_totals
from taxcalc.cli.locale import t
from taxcalc.cli.options import Folders, Language, NamesOf, chosen_book, chosen_language, chosen_names, one_of, option
from taxcalc.cli.output import refuse
from taxcalc.cli.report import ENDINGS, Mark, Office, letterhead_of
from taxcalc.cli.settings import used
from taxcalc.cli.table_input import (
    ended,
    not_the_input,
    opened,
    prepared,
    saying_errors,
)
from taxcalc.cli.table_options import LEAST_MEMORY, Jobs, Memory, Table, TableOptions, reads_table
from taxcalc.firms.write.formats import SUFFIXES

if TYPE_CHECKING:
    from taxcalc.base.atomic_file import Parts
    from taxcalc.base.problem import Lang
    from taxcalc.firms.together import Duplicates


DUPLICATES: "tuple[Duplicates, ...]" = ("first", "last", "all")
DETAILS = ("summary", "items", "full")


@app.command(help=t("批量测算：一行一户，原表附上节省。", "Assess a table: one business a row, its savings beside it."))
@reads_table
def batch(
    table: TableOptions,
    file: Table = "-",
    output: Annotated[
        str | None,
        option(
            "--output -o",
            "FILE",
            f"写入 {'、'.join(SUFFIXES[:-1])} 或 {SUFFIXES[-1]}；默认为标准输出",
            f"write {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}; standard output by default",
        ),
    ] = None,
    rejects: Annotated[
        str | None, option("--rejects", "FILE", "不能计算的行写入此 CSV", "write the rows that cannot be computed here")
    ] = None,
    select: Annotated[
        str | None,
        option(
            "--select",
            "COLUMN,…",
            "只输出这些列，按此顺序：编号如 total.saving，或原表的列如 name",
            "only these columns, in this order: ids such as total.saving, or columns of the table such as name",
        ),
    ] = None,
    columns: Annotated[
        str | None,
        option("--columns", "|".join(DETAILS), "输出列的详略，默认 items", "how much is said of each row; items"),
    ] = None,
    jobs: Jobs = 0,
    memory: Memory = 500,
    strict: Annotated[
        bool,
        option(
            "--strict",
            None,
            "有任何一行不能计算或存疑即不输出",
            "write nothing if any row is rejected, or doubted in what touches a tax",
        ),
    ] = False,
    excel: Annotated[
        bool, option("--excel", None, "CSV 带 BOM，电子表格可直接打开", "mark the CSV as UTF-8 for spreadsheets")
    ] = False,
    summary: Annotated[bool, option("--summary", None, "只输出按优惠的合计", "only totals by relief")] = False,
    by: Annotated[str | None, option("--by", "COLUMN,…", "合计再按这些列分组", "totals by these columns too")] = None,
    duplicates: Annotated[
        str | None,
        option(
            "--duplicates",
            "|".join(DUPLICATES),
            "同一户同一所属期有多行时，合计计入先出现的、后出现的或全部；默认都不计入",
            "of rows of one business and period, those that totals count; none by default",
        ),
    ] = None,
    reports: Annotated[
        str | None,
        option(
            "--reports",
            "FOLDER",
            "每户一份报告写入此文件夹，附目录 index.html",
            "a page for each business in this folder, with index.html",
        ),
    ] = None,
    report_format: Annotated[str, option("--report-format", "|".join(ENDINGS), "报告的格式", "their format")] = "html",
    advice: Annotated[
        bool,
        option(
            "--advice",
            None,
            "每户附最近的临界点与可再享受的最大优惠（逐户测算，较慢）",
            "tell each row its nearest limit and largest unlock (one firm at a time, slower)",
        ),
    ] = False,
    office: Office = "",
    mark: Mark = None,
    format: Annotated[
        str,
        option(
            "--format -f",
            "table|csv|json|jsonl",
            "合计的格式；jsonl 为每户一行 JSON",
            "the format of the totals; jsonl: each row as a line of JSON",
        ),
    ] = "table",
    lang: Language = None,
    names: NamesOf = None,
    tables: Folders = None,
) -> None:
    """Read a table, compute every row, write it with what was found."""
    language = chosen_language(lang)
    columns = columns or used("columns", language) or "items"
    one_of("--columns", columns, DETAILS, language)
    one_of("--format", format, ("table", "csv", "json", "jsonl"), language)
    lines = format == "jsonl"
    suffix = Path(output).suffix.lower() if output else ".jsonl" if lines else ".csv"
    one_of("--output", suffix, (*SUFFIXES, ".json") if summary or by else SUFFIXES, language)
    if jobs < 0:
        one_of("--jobs", str(jobs), ("0", "1", "2", "…"), language)
    if memory < LEAST_MEMORY:
        one_of("--memory", str(memory), (str(LEAST_MEMORY), str(LEAST_MEMORY + 1), "…"), language)
    if duplicates is not None:
        one_of("--duplicates", duplicates, DUPLICATES, language)
    only = [("--format", format not in ("table", "jsonl")), ("--duplicates", duplicates is not None)]
    if summary or by:
        apart = {"--select": select is not None, "--format jsonl": lines}
        _apart([name for name, given in apart.items() if given], "--summary", language)
    if lines:
        one_of("--output", suffix, (".jsonl",), language)
    _together([name for name, given in only if given], summary or by is not None, (format, output, rejects), language)
    one_of("--report-format", report_format, tuple(ENDINGS), language)
    of_pages = {"--report-format": report_format != "html", "--office": office, "--mark": mark}
    of_table = {
        "--select": select,
        "--format": lines,
        "--output": output,
        "--rejects": rejects,
        "--summary": summary,
        "--by": by,
        "--strict": strict,
        "--advice": advice,
    }
    if select and advice:
        from taxcalc.base.problem import problem

        refuse([problem("option_apart", option="--select", other="--advice")], language)
    _pages([name for name, given in (of_pages if reports is None else of_table).items() if given], reports, language)
    if reports is not None:
        from taxcalc.cli.batch_reports import write_reports

        letterhead = letterhead_of(office, mark, report_format, language)
        write_reports(file, reports, report_format, letterhead, table, chosen_book(tables), language)
        return
    if suffix == ".jsonl" and names is not None:
        one_of("--names", names, ("id",), language)
    titles = "id" if suffix == ".jsonl" else chosen_names(names, language)
    book = chosen_book(tables)
    not_the_input(file, output, rejects, language)
    from taxcalc.base.atomic_file import together
    from taxcalc.firms.write.added import AddedColumns
    from taxcalc.firms.write.rejects import Rejects

    with saying_errors(language), opened(file, table, language) as tables_in:
        detail, sheets = ("totals", False) if summary or by else (columns, suffix == ".xlsx")
        feed, computation = prepared(
            tables_in,
            book,
            detail,
            table,
            language,
            names=titles,
            select=select,
            advice=advice,
            totals=sheets,
        )
        with together() as files, _text_of(files, rejects) as refused:
            collected, added = Rejects(language, refused, names=titles), AddedColumns(computation, language, titles)
            target = files.beside(output) if output else None
            if summary or by:
                of_totals = (by or "", format, target, next((one for one in DUPLICATES if one == duplicates), None))
                counts = write_totals(feed, computation, added, collected, (jobs, memory, strict), of_totals)
            else:
                counts = write_rows(
                    feed, computation, added, collected, (jobs, memory, strict), (target, suffix, excel)
                )
            if target and strict and withheld(collected, counts):
                files.drop(target)
    written = not (strict and withheld(collected, counts))
    ended(collected, counts, language, all_said=rejects is not None, written=written)


def _pages(others: list[str], reports: str | None, language: "Lang") -> None:
    """Options of pages make no sense where a table is written, and those of a table none where pages are."""
    from taxcalc.base.problem import problem

    if reports is not None:
        _apart(others, "--reports", language)
    elif others:
        refuse([problem("option_needs", option=name, other="--reports") for name in others], language)


def _apart(options: list[str], other: str, language: "Lang") -> None:
    """Options that make no sense with another."""
    from taxcalc.base.problem import problem

    if options:
        refuse([problem("option_apart", option=name, other=other) for name in options], language)


def _together(
    of_totals: list[str], summary: bool, written: tuple[str, str | None, str | None], language: "Lang"
) -> None:
    """Options that make no sense with or without each other."""
    from taxcalc.base.problem import problem

    format, output, rejects = written
    if of_totals and not summary:
        refuse([problem("option_needs", option=name, other="--summary") for name in of_totals], language)
    if summary and output:
        one_of("--output", Path(output).suffix.lower(), (".json",) if format == "json" else (".csv",), language)
    if output and rejects and os.path.realpath(output) == os.path.realpath(rejects):  # a loop of links has no end
        refuse([problem("same_file", path=output)], language)


@contextlib.contextmanager
def _text_of(files: "Parts", path: str | None) -> Iterator[TextIO | None]:
    if path is None:
        yield None
        return
    with files.beside(path).open("w", encoding="utf-8-sig", newline="") as file:
        yield file
