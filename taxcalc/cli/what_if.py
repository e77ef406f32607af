"""`taxcalc what-if`: what would change if facts were others, or the year were another."""

# No postponed annotations here: Typer would compile each one again at start-up.
from typing import TYPE_CHECKING, Annotated

import typer

from taxcalc.cli.application import app
from taxcalc.cli.fact_command import FactCommand
from taxcalc.cli.facts_given import facts_from, facts_set
from taxcalc.cli.locale import t
from taxcalc.cli.options import (
    REPORTS,
    FactFiles,
    Folders,
    Language,
    NamesOf,
    Output,
    Report,
    chosen_book,
    chosen_language,
    names_for,
    one_of,
    option,
)
from taxcalc.cli.output import deliver

if TYPE_CHECKING:
    from taxcalc.facts.statement import FactSet
    from taxcalc.law.book import LawBook


@app.command(
    "what-if",
    cls=FactCommand,
    help=t(
        "假如资料或年度不同：逐税、逐项优惠的前后与差额，以及转变的条件；政策与资料的影响分开列示。",
        "If facts or the year were others: each levy and relief before, after and the difference, and the conditions that "
        "turn; law and facts apart.",
    ),
    no_args_is_help=True,
)
def what_if(
    ctx: typer.Context,
    files: FactFiles = None,
    sets: Annotated[
        list[str] | None,
        option(
            "--set",
            "NAME=VALUE",
            "假如此项如此，如 rd_expensed=1500000",
            "if this fact were so, such as rd_expensed=1500000",
        ),
    ] = None,
    shares: Annotated[
        list[str] | None,
        option(
            "--with",
            "NAME=±N%",
            "假如此项增减此比例，如 taxable_income=+10%，在 --set 之后；四舍五入到分",
            "if this fact were more or less by a share, such as taxable_income=+10%, after --set; to the fen, half up",
        ),
    ] = None,
    year: Annotated[str | None, option("--year", "YEAR", "假如在此年度", "if it were this year")] = None,
    against: Annotated[
        str | None,
        option("--against", "FILE", "与此资料文件相比", "compare with the facts of this file"),
    ] = None,
    output: Output = None,
    format: Report = "table",
    lang: Language = None,
    names: NamesOf = None,
    tables: Folders = None,
) -> None:
    """Assess both sides, compare, print."""
    language = chosen_language(lang)
    one_of("--format", format, REPORTS, language)
    titles = names_for(format, names, language)
    from taxcalc.advice.what_if import what_if as steps_of
    from taxcalc.cli.table_input import saying_errors
    from taxcalc.report import what_if as drawn

    book = chosen_book(tables)
    with saying_errors(language):
        before = facts_from(book, files or [], [], ctx.obj, None)
        steps = steps_of(before, _after(before, sets or [], shares or [], year, against, book), book)
        texts = {
            "json": lambda: drawn.as_json(steps, book, language),
            "csv": lambda: drawn.as_csv(steps, book, language, titles),
        }
        deliver(format, texts, lambda: drawn.document(steps, book, language), output)


def _after(
    before: "FactSet", sets: list[str], shares: list[str], year: str | None, against: str | None, book: "LawBook"
) -> "FactSet":
    """The facts to compare with. Raises InputError."""
    from taxcalc.advice.what_if import in_period, moved
    from taxcalc.base.problem import InputError, problem

    given = facts_set(sets)
    if before.problems:
        raise InputError(before.problems)
    if against is not None:
        if sets or shares or year:
            raise InputError([problem("if_one_way")])
        return facts_from(book, [against], [], {}, None)
    if not given and not shares and year is None:
        raise InputError([problem("if_nothing_set")])
    if year is None:
        after = before.restated("--set", given) if given else before
        return moved(after, shares) if shares else after
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise InputError([problem("if_year", value=year)])
    after = in_period(before, before.period._replace(year=int(year)), given)
    return moved(after, shares) if shares else after
