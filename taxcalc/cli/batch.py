"""Many businesses: `taxcalc batch`, `explain`, `check` and `template`."""

# No postponed annotations here: Typer would compile each one again at start-up.
import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from taxcalc.cli.common import (
    SOME_REJECTED,
    Language,
    app,
    chosen_language,
    make_console,
    one_of,
    refuse,
    t,
    writing,
)

if TYPE_CHECKING:
    from taxcalc.batch.compute import Computation
    from taxcalc.batch.header import Header
    from taxcalc.batch.run import Counts, Feed
    from taxcalc.problem import Lang

DETAILS = ("summary", "items", "full")
SUFFIXES = (".csv", ".xlsx", ".parquet")

Table = Annotated[
    str,
    typer.Argument(
        metavar="[FILE]", help=t("CSV 或 XLSX 文件，- 为标准输入", "a CSV or XLSX file; - is standard input")
    ),
]
Year = Annotated[
    str | None,
    typer.Option("--year", metavar="YEAR", help=t("未注明年度的行所属年度", "the year of rows that state none")),
]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help=t("未填此项的行取此值，如 place=county", "a fact of the rows that do not state it, such as place=county"),
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help=t("utf-8、gb18030 或 utf-16；缺省自动识别", "utf-8, gb18030 or utf-16; found out by default"),
    ),
]
Delimiter = Annotated[
    str | None,
    typer.Option(
        "--delimiter",
        metavar="CHAR",
        help=t("逗号、分号、竖线或 tab；缺省自动识别", "comma, semicolon, bar or tab; found out by default"),
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        help=t("同时处理的块数；缺省为处理器数", "blocks in work at a time; the processors"),
    ),
]


@app.command(help=t("批量测算：一行一户，原表附上节省。", "Assess a table: one business a row, its savings beside it."))
def batch(
    file: Table = "-",
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=t(
                "写入 .csv、.xlsx 或 .parquet；缺省为标准输出",
                "write .csv, .xlsx or .parquet; standard output by default",
            ),
        ),
    ] = None,
    rejects: Annotated[
        str | None,
        typer.Option(
            "--rejects", metavar="FILE", help=t("不能计算的行写入此 CSV", "write the rows that cannot be computed here")
        ),
    ] = None,
    year: Year = None,
    sets: Sets = None,
    columns: Annotated[
        str,
        typer.Option("--columns", metavar="|".join(DETAILS), help=t("输出列的详略", "how much is said of each row")),
    ] = "items",
    jobs: Jobs = 0,
    strict: Annotated[
        bool,
        typer.Option("--strict", help=t("有任何一行不能计算即不输出", "write nothing if any row is rejected")),
    ] = False,
    excel: Annotated[
        bool,
        typer.Option("--excel", help=t("CSV 带 BOM，电子表格可直接打开", "mark the CSV as UTF-8 for spreadsheets")),
    ] = False,
    summary: Annotated[
        bool,
        typer.Option("--summary", help=t("只输出按优惠的合计", "only totals by relief")),
    ] = False,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="COLUMN,…", help=t("合计再按这些列分组", "totals by these columns too")),
    ] = None,
    format: Annotated[
        str,
        typer.Option("--format", "-f", metavar="table|csv|json", help=t("合计的格式", "the format of the totals")),
    ] = "table",
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    lang: Language = None,
) -> None:
    """Read a table, compute every row, write it with what was found."""
    language = chosen_language(lang)
    one_of("--columns", columns, DETAILS, language)
    one_of("--format", format, ("table", "csv", "json"), language)
    suffix = Path(output).suffix.lower() if output else ".csv"
    one_of("--output", suffix, SUFFIXES, language)
    if jobs < 0:
        one_of("--jobs", str(jobs), ("0", "1", "2"), language)
    with _batch_errors(language), _opened(file, encoding, delimiter, language) as feed:
        header, computation = _prepare(feed, "items" if summary else columns, year, sets, language)
        with _rejects_file(rejects) as refused:
            collected = _rejects(language, refused)
            if summary or by:
                counts = _summarise(feed, computation, header, collected, jobs, (by or "", format), output, language)
            else:
                target = (output, suffix, excel, strict)
                counts = _write(feed, computation, header, collected, jobs, target, language)
    _last_words(collected, counts, language, all_said=rejects is not None)
    if collected.rows:
        raise typer.Exit(SOME_REJECTED)


@app.command(
    help=t("单户报告：表中一行的测算与计算过程。", "The single report, with its computation, of one row of a table.")
)
def explain(
    file: Table = "-",
    row: Annotated[
        int | None,
        typer.Option("--row", metavar="N", help=t("文件中的行号，表头为1", "the row in the file; the heading is 1")),
    ] = None,
    id: Annotated[
        str | None, typer.Option("--id", metavar="TEXT", help=t("标识或名称", "the identifier or the name"))
    ] = None,
    year: Year = None,
    sets: Sets = None,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="table|json|csv|markdown", help=t("输出格式", "output format"))
    ] = "table",
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    lang: Language = None,
) -> None:
    """Find the row and assess it as one business."""
    language = chosen_language(lang)
    one_of("--format", format, ("table", "json", "csv", "markdown"), language)
    from taxcalc.assessor import assess
    from taxcalc.batch.find import find_row
    from taxcalc.cli.assess import print_assessment
    from taxcalc.problem import problem

    if (row is None) == (id is None):
        refuse([problem("row_or_id")], language)
    with _batch_errors(language):
        with _opened(file, encoding, delimiter, language) as feed:
            _, computation = _prepare(feed, "summary", year, sets, language, quiet=True)
            facts = find_row(feed, computation, row, id)
        result = assess(facts)
    with writing():
        print_assessment(result, format, language, explain=format != "csv")


@app.command(help=t("检查表格：只报告问题。", "Check a table: say only what is wrong with it."))
def check(
    file: Table = "-",
    sample: Annotated[
        int,
        typer.Option(
            "--sample",
            metavar="N",
            help=t("另抽 N 行逐行精确重算并比对", "recompute N rows one by one, exactly, and compare"),
        ),
    ] = 0,
    year: Year = None,
    sets: Sets = None,
    jobs: Jobs = 0,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    lang: Language = None,
) -> None:
    """Compute every row and write none."""
    language = chosen_language(lang)
    with _batch_errors(language), _opened(file, encoding, delimiter, language) as feed:
        _, computation = _prepare(feed, "full" if sample else "summary", year, sets, language)
        from taxcalc.batch.check import CheckSink
        from taxcalc.batch.rejects import Rejects
        from taxcalc.batch.run import run_batch

        sink = CheckSink(computation, sample, feed.rows_about())
        collected = Rejects(language, spoken=True)
        with writing():
            counts = run_batch(feed, computation, sink, collected, jobs)
    for said in sink.words(language):
        print(said, file=sys.stderr)
    _last_words(collected, counts, language, all_said=True)
    if collected.rows or sink.wrong:
        raise typer.Exit(SOME_REJECTED)


@app.command(help=t("生成空表：带表头和说明。", "A table to start from, with headings and notes."))
def template(
    file: Annotated[
        str,
        typer.Argument(
            metavar="[FILE]", help=t(".csv 或 .xlsx 文件，- 为标准输出", "a .csv or .xlsx file; - is standard output")
        ),
    ] = "-",
    lang: Language = None,
) -> None:
    """Write the usual headings and one example row."""
    language = chosen_language(lang)
    suffix = Path(file).suffix.lower() if file != "-" else ".csv"
    one_of("FILE", suffix, (".csv", ".xlsx"), language)
    from taxcalc.batch import template as made
    from taxcalc.batch.atomic import replacing
    from taxcalc.model import catalogue_of, shipped_book

    catalogue = catalogue_of(shipped_book())
    with _batch_errors(language):
        if file == "-":
            with writing():
                sys.stdout.buffer.write(made.as_csv(catalogue, language))
            return
        with replacing(file) as part:
            if suffix == ".xlsx":
                made.write_workbook(catalogue, language, str(part))
            else:
                part.write_bytes(made.as_csv(catalogue, language))


# ------------------------------------------------------------------------------------------ parts


@contextlib.contextmanager
def _batch_errors(language: "Lang") -> Iterator[None]:
    """What cannot be used is said in sentences; Ctrl-C and a polite kill leave nothing half-written."""
    from taxcalc.batch.atomic import interruptible
    from taxcalc.problem import InputError, problem

    try:
        with interruptible():
            yield
    except InputError as error:
        refuse(error.problems, language)
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        print("taxcalc: " + problem("interrupted").text(language), file=sys.stderr)
        raise typer.Exit(130) from None
    except OSError as error:
        refuse([problem("output_failed", why=error.strerror or str(error))], language)


@contextlib.contextmanager
def _opened(file: str, encoding: str | None, delimiter: str | None, language: "Lang") -> "Iterator[Feed]":
    """The input, with its encoding and delimiter found out or as told."""
    from taxcalc.batch.source import DELIMITERS, Source, encoding_called
    from taxcalc.problem import InputError, problem

    called = encoding_called(encoding) if encoding else None
    if encoding and called is None:
        one_of("--encoding", encoding, ("utf-8", "gb18030", "utf-16"), language)
    names = {
        **{name: char for char, (_, name) in DELIMITERS.items()},
        **{char: char for char in DELIMITERS},
        "\\t": "\t",
    }
    if delimiter and delimiter not in names:
        one_of("--delimiter", delimiter, tuple(name for _, name in DELIMITERS.values()), language)
    char = names[delimiter] if delimiter else None
    if file == "-":
        if sys.stdin is None or sys.stdin.isatty():
            raise InputError([problem("stdin_terminal")])
        yield Source(sys.stdin.buffer, "stdin", called, char)
        return
    with contextlib.ExitStack() as stack:
        try:
            stream = stack.enter_context(Path(file).open("rb"))
        except FileNotFoundError:
            raise InputError([problem("file_missing", path=file)]) from None
        except IsADirectoryError:
            raise InputError([problem("file_folder", path=file)]) from None
        except (OSError, ValueError) as error:
            raise InputError(
                [problem("file_unreadable", path=file, why=getattr(error, "strerror", "") or str(error))]
            ) from None
        if Path(file).suffix.lower() in (".xlsx", ".xlsm"):
            from taxcalc.batch.workbook import Sheet

            yield Sheet(stream, file)
        else:
            yield Source(stream, file, called, char)


def _prepare(
    feed: "Feed", columns: str, year: str | None, sets: list[str] | None, language: "Lang", *, quiet: bool = False
) -> "tuple[Header, Computation]":
    """The heading and the computation; what was found out about the input goes to standard error."""
    from taxcalc.batch.compute import Computation, defaults_of
    from taxcalc.batch.header import read_header
    from taxcalc.batch.run import make_engine
    from taxcalc.model import catalogue_of, shipped_book
    from taxcalc.problem import problem

    book = shipped_book()
    catalogue = catalogue_of(book)
    header = read_header(feed.header, catalogue, feed.name)
    given = [*(sets or []), *([f"year={year}"] if year is not None else [])]
    defaults = defaults_of(given, catalogue)
    if not quiet:
        facts = [column for column in header.columns if column.slot]
        found = problem(
            "input_found", path=feed.name, how=feed.described(), facts=len(facts), columns=len(header.columns)
        )
        for said in (found, *header.notes):
            print(f"taxcalc: {said.text(language)}", file=sys.stderr)
    return header, Computation(header, make_engine(feed), book, columns, defaults)  # type: ignore[arg-type]


def _rejects(language: "Lang", file: Any) -> Any:
    from taxcalc.batch.rejects import Rejects

    return Rejects(language, file)


@contextlib.contextmanager
def _rejects_file(path: str | None) -> Iterator[Any]:
    from taxcalc.batch.atomic import replacing

    if path is None:
        yield None
        return
    with replacing(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        yield file


def _write(
    feed: "Feed",
    computation: "Computation",
    header: "Header",
    collected: Any,
    jobs: int,
    target: tuple[str | None, str, bool, bool],
    language: "Lang",
) -> "Counts":
    """Every row to the output."""
    from taxcalc.batch.atomic import replacing
    from taxcalc.batch.columns import Columns
    from taxcalc.batch.csvout import CsvSink
    from taxcalc.batch.run import Counts, run_batch

    output, suffix, excel, strict = target
    columns = Columns(computation, language)

    def run(sink: Any) -> "Counts":
        with _progress(feed) as progress:
            return run_batch(feed, computation, sink, collected, jobs, progress)

    if output is None:
        with contextlib.ExitStack() as stack:
            held = stack.enter_context(tempfile.TemporaryFile()) if strict else None
            stack.enter_context(writing())
            counts = run(CsvSink(columns, header, held or sys.stdout.buffer, excel))
            if held and not collected.rows:
                held.seek(0)
                shutil.copyfileobj(held, sys.stdout.buffer)
            return counts
    counts = Counts(0, 0, 0)
    with contextlib.suppress(_NotWritten), replacing(output) as part:
        if suffix == ".csv":
            with part.open("wb") as file:
                counts = run(CsvSink(columns, header, file, excel))
        else:
            sink = _table_sink(suffix, columns, header, str(part))
            counts = run(sink)
            sink.finish(str(part))
        if strict and collected.rows:
            raise _NotWritten
    return counts


class _NotWritten(Exception):
    """With --strict, an output with rejects is not put in its place."""


def _table_sink(suffix: str, columns: Any, header: "Header", path: str) -> Any:
    if suffix == ".xlsx":
        from taxcalc.batch.workbook import WorkbookSink

        return WorkbookSink(columns, header)
    from taxcalc.batch.parquet import ParquetSink

    return ParquetSink(columns, header, path)


def _summarise(
    feed: "Feed",
    computation: "Computation",
    header: "Header",
    collected: Any,
    jobs: int,
    how: tuple[str, str],
    output: str | None,
    language: "Lang",
) -> "Counts":
    """Only totals."""
    from taxcalc.batch.atomic import replacing
    from taxcalc.batch.columns import Columns
    from taxcalc.batch.run import run_batch
    from taxcalc.batch.summary import SummarySink
    from taxcalc.report import totals

    by, format = how
    names = [name for name in by.replace("，", ",").split(",") if name.strip()]
    sink = SummarySink(Columns(computation, language), header, names, computation.catalogue)
    with _progress(feed) as progress:
        counts = run_batch(feed, computation, sink, collected, jobs, progress)
    if format == "table" and not output:
        with writing():
            totals.print_table(sink, language, make_console())
        return counts
    text = totals.as_json(sink) if format == "json" else totals.as_csv(sink, language)
    if output:
        with replacing(output) as part:
            part.write_text(text, encoding="utf-8", newline="")
    else:
        with writing():
            sys.stdout.write(text)
    return counts


@contextlib.contextmanager
def _progress(feed: "Feed") -> Iterator[Any]:
    """Rows, rows a second, bytes and the time left, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from taxcalc.report.progress import showing

    with showing(feed) as tell:
        yield tell


def _last_words(collected: Any, counts: "Counts", language: "Lang", *, all_said: bool) -> None:
    """What was rejected, and that every row is accounted for."""
    from taxcalc.problem import problem

    if not all_said:
        for said in collected.sentences():
            print(f"taxcalc: {said}", file=sys.stderr)
    said = problem("rows_accounted", rows=counts.rows, out=counts.out, rejected=counts.rejected).text(language)
    print(f"taxcalc: {said}", file=sys.stderr)
