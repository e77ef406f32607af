"""`taxcalc assess`: one business."""

# No postponed annotations here: Typer would compile each one again at start-up.
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from taxcalc.cli.application import app
from taxcalc.cli.fact_command import FactCommand
from taxcalc.cli.facts_given import facts_from
from taxcalc.cli.locale import asked_for, t
from taxcalc.cli.options import (
    REPORTS,
    FactFiles,
    Folders,
    Language,
    NamesOf,
    Report,
    SetFacts,
    chosen_book,
    chosen_language,
    names_for,
    one_of,
    option,
)
from taxcalc.cli.output import deliver, refuse
from taxcalc.cli.parser import TYPED

if TYPE_CHECKING:
    from taxcalc.assessment.evaluation import Evaluation
    from taxcalc.base.problem import Lang
    from taxcalc.report.document import Document
    from taxcalc.report.names import Names


@app.command(
    cls=FactCommand,
    help=t("测算一户：逐项列出优惠、节省、依据。", "Assess one business: each relief, what it saves, and why."),
    no_args_is_help=True,
)
def assess(
    ctx: typer.Context,
    files: FactFiles = None,
    sets: SetFacts = None,
    format: Report = "table",
    lang: Language = None,
    full: Annotated[
        bool, option("--full", None, "列出全部内容，不止一屏", "print all there is to say, not one screen")
    ] = False,
    explain: Annotated[
        bool,
        option("--explain", None, "全部内容，并逐行列出计算过程", "all, and print the computation line by line"),
    ] = False,
    carry: Annotated[
        str | None,
        option(
            "--carry",
            "ANSWER.json",
            "以上期的 JSON 结果为期初数",
            "open with the balances of an earlier JSON answer",
        ),
    ] = None,
    names: NamesOf = None,
    tables: Folders = None,
) -> None:
    """Collect the facts, assess, print."""
    language = chosen_language(lang)
    one_of("--format", format, REPORTS, language)
    if explain:
        one_of("--explain --format", format, ("table", "markdown", "json"), language)
    titles = names_for(format, names, language)
    from taxcalc.assessment.evaluation import evaluate
    from taxcalc.base.problem import InputError

    book = chosen_book(tables)
    try:
        evaluation = evaluate(facts_from(book, files or [], sets or [], ctx.obj, carry), book=book)
    except InputError as error:
        refuse(error.problems, language)
    if full or explain or format in ("json", "csv"):
        print_assessment(evaluation, format, language, explain, titles)
        return
    program = f"taxcalc --lang {asked} assess" if (asked := asked_for()) else "taxcalc assess"
    command = [program, *typed(ctx.meta[TYPED])]

    def short() -> "Document":
        from taxcalc.report.short import short_document

        return short_document(evaluation.assessment, book, language, command)

    deliver(format, {}, short)


def typed(args: list[str]) -> Iterator[str]:
    """What was typed as a shell takes it: an option with its value in one piece, control characters as escapes."""
    import shlex

    from taxcalc.base.problem import printable

    quoted = [shlex.quote(printable(arg)) for arg in args]
    while quoted:
        piece = quoted.pop(0)
        takes_next = piece.startswith("-") and piece != "-" and "=" not in piece
        yield f"{piece} {quoted.pop(0)}" if takes_next and quoted and not quoted[0].startswith("-") else piece


def print_assessment(
    evaluation: "Evaluation", format: str, language: "Lang", explain: bool, names: "Names | None" = None
) -> None:
    """Write the whole report in its format; each brings only what it needs."""
    assessment, book = evaluation.assessment, evaluation.model.book

    def whole() -> "Document":
        from taxcalc.report.explain import steps
        from taxcalc.report.single import document

        return document(assessment, book, language, steps=steps(evaluation, language) if explain else ())

    def json() -> str:
        from taxcalc.report.explain import as_dicts
        from taxcalc.report.json import as_json

        return as_json(assessment, book, language, explained=as_dicts(evaluation, language) if explain else None)

    def csv() -> str:
        from taxcalc.report.csv import as_csv

        return as_csv(whole(), book, names)

    deliver(format, {"json": json, "csv": csv}, whole)
