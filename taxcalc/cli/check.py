"""`taxcalc check`: how a table is read, what is wrong with it, and what is doubtful."""

# No postponed annotations here: Typer would compile each one again at start-up.
import sys
from typing import Annotated

from taxcalc.cli.application import app
from taxcalc.cli.locale import t
from taxcalc.cli.options import Folders, Language, TableOrJson, chosen_book, chosen_language, one_of, option
from taxcalc.cli.output import stdout_bytes, writing
from taxcalc.cli.table_input import ended, opened, prepared, saying_errors
from taxcalc.cli.table_options import Jobs, Table, TableOptions, reads_table


@app.command(
    help=t(
        "检查表格：怎样读取，哪里不对，哪里可疑。", "Check a table: how it is read, what is wrong, what is doubtful."
    )
)
@reads_table
def check(
    table: TableOptions,
    file: Table = "-",
    sample: Annotated[
        int, option("--sample", "N", "另抽 N 行逐行精确重算并比对", "recompute N rows one by one, exactly, and compare")
    ] = 0,
    jobs: Jobs = 0,
    format: TableOrJson = "table",
    lang: Language = None,
    tables: Folders = None,
) -> None:
    """Read and settle every row as a batch does; no figure is told."""
    language = chosen_language(lang)
    one_of("--format", format, ("table", "json"), language)
    book = chosen_book(tables)
    with saying_errors(language), opened(file, table, language) as tables_in:
        feed, computation = prepared(tables_in, book, "full" if sample else "summary", table, language)
        from taxcalc.firms.check import CheckSink, RefusedByKind
        from taxcalc.firms.run import run_batch
        from taxcalc.firms.write.checked import Checked, as_json, lines

        sink = CheckSink(computation, sample, feed.rows_about())
        refused = RefusedByKind(language)
        counts = run_batch(feed, computation, sink, refused, jobs, plausible=sink.plausible)
        counts = counts.saying(counts.together.remarks())
        checked = Checked(feed, computation.plan.header, sink, refused, counts)
        with writing():
            text = as_json(checked) if format == "json" else "".join(f"{line}\n" for line in lines(checked, language))
            stdout_bytes().write(text.encode("utf-8", "replace"))
    for said in sink.words(language):
        print(said, file=sys.stderr)
    ended(refused, counts, language, found=not (checked.clean and counts.out), all_said=True, written=False)
