"""`taxcalc advise`: how near the limits are, what is missing, what may be chosen, what ends."""

# No postponed annotations here: Typer would compile each one again at start-up.
from typing import Annotated

import typer

from taxcalc.cli.application import app
from taxcalc.cli.fact_command import FactCommand
from taxcalc.cli.facts_given import facts_from
from taxcalc.cli.locale import t
from taxcalc.cli.options import (
    REPORTS,
    FactFiles,
    Folders,
    Language,
    NamesOf,
    Output,
    Report,
    SetFacts,
    chosen_book,
    chosen_language,
    names_for,
    one_of,
    option,
)
from taxcalc.cli.output import deliver


@app.command(
    cls=FactCommand,
    help=t(
        "临界点、可再享受的优惠、可选择的办法与到期日，以元计，最多者在前。",
        "Limits on both sides, what would bring money, choices, and what ends: most yuan first.",
    ),
    no_args_is_help=True,
)
def advise(
    ctx: typer.Context,
    files: FactFiles = None,
    sets: SetFacts = None,
    full: Annotated[bool, option("--full", None, "列出全部，不止一屏", "print all, not one screen")] = False,
    output: Output = None,
    format: Report = "table",
    lang: Language = None,
    names: NamesOf = None,
    tables: Folders = None,
) -> None:
    """Assess, look around, print."""
    language = chosen_language(lang)
    one_of("--format", format, REPORTS, language)
    titles = names_for(format, names, language)
    from taxcalc.advice.advise import advise as advice_on
    from taxcalc.assessment.evaluation import evaluate
    from taxcalc.cli.table_input import saying_errors
    from taxcalc.report import advice as drawn
    from taxcalc.report import advice_data as data

    book = chosen_book(tables)
    whole = full or bool(output) or format in ("json", "csv")
    with saying_errors(language):
        evaluation = evaluate(facts_from(book, files or [], sets or [], ctx.obj, None), book=book)
        found = advice_on(evaluation, full=whole)
        texts = {
            "json": lambda: data.as_json(found, book, language),
            "csv": lambda: data.as_csv(found, book, language, titles),
        }
        deliver(format, texts, lambda: drawn.document(found, book, language, full=whole), output)
