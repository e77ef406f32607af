"""`taxcalc check`: what is wrong with a table."""

# No postponed annotations here: Typer would compile each one again at start-up.
import sys
from typing import Annotated

import typer

from taxcalc.cli.application import SOME_REJECTED, app
from taxcalc.cli.locale import t
from taxcalc.cli.options import (
    Folders,
    Jobs,
    Language,
    Table,
    TableOptions,
    chosen_book,
    chosen_language,
    option,
    reads_table,
)
from taxcalc.cli.output import writing
from taxcalc.cli.table_input import last_words, opened, prepared, saying_errors


@app.command(help=t("检查表格：只报告问题。", "Check a table: say only what is wrong with it."))
@reads_table
def check(
    table: TableOptions,
    file: Table = "-",
    sample: Annotated[
        int, option("--sample", "N", "另抽 N 行逐行精确重算并比对", "recompute N rows one by one, exactly, and compare")
    ] = 0,
    jobs: Jobs = 0,
    lang: Language = None,
    tables: Folders = None,
) -> None:
    """Compute every row and write none."""
    language = chosen_language(lang)
    book = chosen_book(tables)
    with saying_errors(language), opened(file, table, language) as tables_in:
        feed, computation = prepared(tables_in, book, "full" if sample else "summary", table, language)
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
