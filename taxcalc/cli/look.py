"""Looking at a table: `taxcalc explain` one row, `taxcalc check` all, `taxcalc template` to start one."""

# No postponed annotations here: Typer would compile each one again at start-up.
import sys
from pathlib import Path
from typing import Annotated

import typer

from taxcalc.cli.common import (
    SOME_REJECTED,
    Folders,
    Language,
    NamesOf,
    app,
    chosen_book,
    chosen_language,
    chosen_names,
    one_of,
    refuse,
    t,
    writing,
)
from taxcalc.cli.tables import Delimiter, Encoding, Jobs, Sets, Table, Year, last_words, opened, prepared, saying_errors


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
    names: NamesOf = None,
    tables: Folders = None,
) -> None:
    """Find the row and assess it as one business."""
    language = chosen_language(lang)
    one_of("--format", format, ("table", "json", "csv", "markdown"), language)
    from taxcalc.assessment.evaluation import evaluate
    from taxcalc.base.problem import problem
    from taxcalc.cli.assess import names_for, print_assessment
    from taxcalc.firms.find import find_row

    titles = names_for(format, names, language)

    if (row is None) == (id is None):
        refuse([problem("row_or_id")], language)
    book = chosen_book(tables)
    with saying_errors(language):
        with opened(file, encoding, delimiter, language) as feed:
            computation = prepared(feed, book, "summary", year, sets, language, quiet=True)
            facts = find_row(feed, computation, row, id)
        result = evaluate(facts, book=book)
    with writing():
        print_assessment(result, format, language, explain=format != "csv", names=titles)


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
    tables: Folders = None,
) -> None:
    """Compute every row and write none."""
    language = chosen_language(lang)
    book = chosen_book(tables)
    with saying_errors(language), opened(file, encoding, delimiter, language) as feed:
        computation = prepared(feed, book, "full" if sample else "summary", year, sets, language)
        from taxcalc.firms.check import CheckSink
        from taxcalc.firms.run import run_batch
        from taxcalc.firms.write.rejects import Rejects

        sink = CheckSink(computation.single, computation.findings, sample, feed.rows_about())
        collected = Rejects(language, spoken=True)
        with writing():
            counts = run_batch(feed, computation, sink, collected, jobs)
    for said in sink.words(language):
        print(said, file=sys.stderr)
    last_words(collected, counts, language, all_said=True)
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
    names: NamesOf = None,
    tables: Folders = None,
) -> None:
    """Write the usual headings and one example row."""
    language = chosen_language(lang)
    suffix = Path(file).suffix.lower() if file != "-" else ".csv"
    one_of("FILE", suffix, (".csv", ".xlsx"), language)
    from taxcalc.assessment.model import catalogue_of
    from taxcalc.base.atomic_file import replacing
    from taxcalc.firms import template as made

    titles = chosen_names(names, language)
    catalogue = catalogue_of(chosen_book(tables))
    with saying_errors(language):
        if file == "-":
            with writing():
                sys.stdout.buffer.write(made.as_csv(catalogue, language, titles))
            return
        with replacing(file) as part:
            if suffix == ".xlsx":
                made.write_workbook(catalogue, language, str(part), titles)
            else:
                part.write_bytes(made.as_csv(catalogue, language, titles))
