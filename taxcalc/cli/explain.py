"""`taxcalc explain`: the single report, with its computation, of one business or of one row of a table."""

# No postponed annotations here: Typer would compile each one again at start-up.
from typing import Annotated

from taxcalc.cli.application import app
from taxcalc.cli.locale import t
from taxcalc.cli.options import (
    REPORTS,
    Folders,
    FormLine,
    Language,
    NamesOf,
    Report,
    chosen_book,
    chosen_language,
    names_for,
    one_of,
    option,
)
from taxcalc.cli.output import refuse
from taxcalc.cli.table_input import opened, prepared, saying_errors
from taxcalc.cli.table_options import Table, TableOptions, reads_table


@app.command(
    help=t(
        "单户报告：一份资料，或表中一行的测算与计算过程。",
        "The single report, with its computation, of one business: a file of facts, or a row of a table.",
    )
)
@reads_table
def explain(
    table: TableOptions,
    file: Table = "-",
    row: Annotated[
        int | None, option("--row", "N", "文件中的行号，表头为1", "the row in the file; the heading is 1")
    ] = None,
    id: Annotated[str | None, option("--id", "TEXT", "标识或名称", "the identifier or the name")] = None,
    line: FormLine = None,
    format: Report = "table",
    lang: Language = None,
    names: NamesOf = None,
    tables: Folders = None,
) -> None:
    """Find the row and assess it as one business."""
    language = chosen_language(lang)
    one_of("--format", format, REPORTS, language)
    from taxcalc.assessment.evaluation import evaluate
    from taxcalc.base.problem import problem
    from taxcalc.cli.assess import print_assessment
    from taxcalc.cli.facts_given import facts_from
    from taxcalc.cli.returns import LINES, print_line
    from taxcalc.cli.returns_table import is_a_table
    from taxcalc.firms.single import find_row

    titles = names_for(format, names, language)

    if line is not None:
        one_of("--line --format", format, LINES, language)
    book = chosen_book(tables)
    of_one = row is None and id is None and not is_a_table([file], table)
    if not of_one and (row is None) == (id is None):
        refuse([problem("row_or_id")], language)
    with saying_errors(language):
        if of_one:
            facts = facts_from(book, [file], [], {}, None)
        else:
            with opened(file, table, language) as tables_in:
                feed, computation = prepared(tables_in, book, "summary", table, language, quiet=True)
                facts = find_row(feed, computation.single, row, id, plainly=computation.engine.name == "arrays")
        if line is not None:
            from taxcalc.returns.quarters import returns_of

            print_line(returns_of(facts, book), book, line, format, language)
            return
        result = evaluate(facts, book=book)
    print_assessment(result, format, language, explain=format != "csv", names=titles)
