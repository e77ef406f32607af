"""`taxcalc returns`: the forms of one business or of a table of them, filled line by line."""

# No postponed annotations here: Typer would compile each one again at start-up.
import functools
from typing import TYPE_CHECKING, Annotated

import typer

from taxcalc.cli.application import SOME_REJECTED, app
from taxcalc.cli.fact_command import FactCommand
from taxcalc.cli.facts_given import facts_from
from taxcalc.cli.locale import t
from taxcalc.cli.options import (
    REPORTS,
    Folders,
    FormLine,
    Language,
    NamesOf,
    Output,
    Report,
    SetFacts,
    argument,
    chosen_book,
    chosen_language,
    names_for,
    one_of,
)
from taxcalc.cli.output import deliver, refuse
from taxcalc.cli.table_options import TableOptions, reads_table

if TYPE_CHECKING:
    from taxcalc.base.problem import Lang
    from taxcalc.law.book import LawBook
    from taxcalc.report.document import Document
    from taxcalc.report.names import Names
    from taxcalc.returns.sheet import Returns

LINES = ("table", "markdown")
"""The formats of one line."""
_OWN = ("year", "period", "sets")
"""Of the options on tables, those that are facts of one business too."""


@app.command(
    cls=FactCommand,
    help=t(
        "申报表填报：各金额填入哪张表、哪个版本、第几栏，公式与来源。",
        "Filing sheets: which form, version and line each amount goes to, with formulas and origins.",
    ),
    no_args_is_help=True,
)
@functools.partial(reads_table, without=_OWN)
def returns(
    ctx: typer.Context,
    table: TableOptions,
    files: Annotated[
        list[str] | None,
        argument(
            "[FILE]...",
            "TOML 或 JSON 资料文件，或一份客户表；- 为标准输入",
            "TOML or JSON files, or one table of businesses; - is standard input",
        ),
    ] = None,
    sets: SetFacts = None,
    output: Output = None,
    line: FormLine = None,
    format: Report = "table",
    lang: Language = None,
    names: NamesOf = None,
    tables: Folders = None,
) -> None:
    """Assess, fill the forms, print."""
    language = chosen_language(lang)
    one_of("--format", format, REPORTS, language)
    given = files or []
    from taxcalc.base.problem import problem
    from taxcalc.cli.returns_table import fill_table, is_a_table

    of_table = is_a_table(given, table)
    if of_table:
        source = ctx.get_parameter_source("format")
        format = "csv" if source is None or source.name == "DEFAULT" else format
        one_of("--format", format, ("csv", "json"), language)
    if line is not None:
        if of_table:
            refuse([problem("line_of_table")], language)
        one_of("--line --format", format, LINES, language)
    titles = names_for(format, names, language)
    book = chosen_book(tables)
    if of_table:
        told = dict(ctx.obj)
        when = {name: told.pop(name, None) for name in _OWN[:2]}
        more = [f"{name}={value}" for name, value in told.items() if value is not None]
        table = table._replace(**when, sets=[*(sets or []), *more])
        fill_table(given[0] if given else "-", table, book, language, titles if format == "csv" else None, output)
        return
    from taxcalc.cli.table_input import saying_errors
    from taxcalc.returns.quarters import returns_of

    with saying_errors(language):
        made = returns_of(facts_from(book, given, sets or [], ctx.obj, None), book)
        if line is not None:
            print_line(made, book, line, format, language, output)
            return
        complete = _print(made, book, format, language, titles, output)
    if not complete:
        raise typer.Exit(SOME_REJECTED)


def print_line(
    made: "Returns", book: "LawBook", line: str, format: str, language: "Lang", output: str | None = None
) -> None:
    """Write one line of the sheets with what it is made of. Raises InputError where there is none such."""
    from taxcalc.report.returns_line import line_document

    document, known = line_document(made, book, language, line)
    deliver(format, {}, lambda: document, output)
    if not known:
        raise typer.Exit(SOME_REJECTED)


def _print(made: "Returns", book: "LawBook", format: str, language: "Lang", names: "Names", output: str | None) -> bool:
    """Write the sheets; is every one there with all that its facts should give?"""

    def json() -> str:
        from taxcalc.report.returns_data import as_json

        return as_json(made, book, language)

    def csv() -> str:
        from taxcalc.report.returns_data import as_csv, heading

        return heading(names) + as_csv(made, book, language)

    def sheets() -> "Document":
        from taxcalc.report.returns import document

        return document(made, book, language)

    deliver(format, {"json": json, "csv": csv}, sheets, output)
    return made.complete
