"""`taxcalc returns`: the forms of one business or of a table of them, filled line by line."""

# No postponed annotations here: Typer would compile each one again at start-up.
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taxcalc.cli.application import SOME_REJECTED, app
from taxcalc.cli.assess import FactCommand, facts_from, names_for
from taxcalc.cli.locale import t
from taxcalc.cli.options import (
    REPORTS,
    Folders,
    Language,
    NamesOf,
    Report,
    argument,
    chosen_book,
    chosen_language,
    one_of,
    option,
)
from taxcalc.cli.output import make_console, refuse, writing

if TYPE_CHECKING:
    from taxcalc.base.problem import Lang
    from taxcalc.law.book import LawBook
    from taxcalc.report.names import Names
    from taxcalc.returns.sheet import Returns

TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".jsonl", ".ndjson")
"""Files of many businesses; any other is the facts of one."""


@app.command(
    cls=FactCommand,
    help=t(
        "申报表填报：各金额填入哪张表、哪个版本、第几栏，公式与来源。\n\n"
        "例：taxcalc returns --period 2026Q2 --place city --revenue 350000；taxcalc returns 客户.xlsx -o 栏次.csv",
        "Filing sheets: which form, version and line each amount goes to, with formulas and origins.\n\n"
        "Such as: taxcalc returns --period 2026Q2 --place city --revenue 350000; taxcalc returns clients.xlsx -o lines.csv",
    ),
    no_args_is_help=True,
)
def returns(
    ctx: typer.Context,
    files: Annotated[
        list[str] | None,
        argument(
            "[FILE]...",
            "TOML 或 JSON 资料文件，- 为标准输入；或一份客户表",
            "TOML or JSON files, - is standard input; or one table of businesses",
        ),
    ] = None,
    sets: Annotated[
        list[str] | None,
        option("--set", "NAME=VALUE", "任一资料项，如 revenue_q1=300000", "any fact, such as revenue_q1=300000"),
    ] = None,
    output: Annotated[
        str | None,
        option("--output -o", "FILE", "写入文件（完整写成或不写）", "write to a file, whole or not at all"),
    ] = None,
    format: Report = "table",
    lang: Language = None,
    names: NamesOf = None,
    tables: Folders = None,
) -> None:
    """Assess, fill the forms, print."""
    language = chosen_language(lang)
    one_of("--format", format, REPORTS, language)
    given = files or []
    of_table = len(given) == 1 and Path(given[0]).suffix.lower() in TABLES
    if of_table:  # which has rows of CSV and nothing else, so that nobody need ask for it
        source = ctx.get_parameter_source("format")
        if source is None or source.name != "DEFAULT":
            one_of("--format", format, ("csv",), language)
        format = "csv"
    titles = names_for(format, names, language)
    book = chosen_book(tables)
    if of_table:
        from taxcalc.cli.returns_table import fill_table

        fill_table(given[0], sets or [], ctx.obj, book, language, titles, output)
        return
    from taxcalc.base.problem import InputError
    from taxcalc.cli.table_input import saying_errors
    from taxcalc.returns.quarters import returns_of

    try:
        made = returns_of(facts_from(book, given, sets or [], ctx.obj, None), book)
    except InputError as error:
        refuse(error.problems, language)
    with saying_errors(language):
        complete = _print(made, book, format, language, titles, output)
    if not complete:
        raise typer.Exit(SOME_REJECTED)


def _print(made: "Returns", book: "LawBook", format: str, language: "Lang", names: "Names", output: str | None) -> bool:
    """Write the sheets; is every one there with all that its facts should give?"""
    if format == "json":
        from taxcalc.report.returns_data import as_json

        text = as_json(made, book, language)
    elif format == "csv":
        from taxcalc.report.returns_data import as_csv, heading

        text = heading(names) + as_csv(made, book, language)
    elif format == "markdown" or output:
        from taxcalc.report.markdown import as_markdown
        from taxcalc.report.returns import document

        text = as_markdown(document(made, book, language))
    else:
        from taxcalc.report.returns import document
        from taxcalc.report.terminal import print_document

        with writing():
            print_document(document(made, book, language), make_console())
        text = ""
    if output:
        from taxcalc.base.atomic_file import replacing

        with replacing(output) as part:
            part.write_text(text, encoding="utf-8")
    elif text:
        with writing():
            sys.stdout.write(text)
    missing = any(line.value is None and line.needs for sheet in made.sheets for line in sheet.lines)
    return not (missing or made.unknown)
