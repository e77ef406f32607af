"""`taxcalc curve`: what is to pay over a range of one fact."""

# No postponed annotations here: Typer would compile each one again at start-up.
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taxcalc.cli.application import SOME_REJECTED, app
from taxcalc.cli.fact_command import FactCommand
from taxcalc.cli.facts_given import facts_from
from taxcalc.cli.locale import t
from taxcalc.cli.options import (
    FactFiles,
    Folders,
    Language,
    NamesOf,
    Output,
    SetFacts,
    chosen_book,
    chosen_language,
    chosen_names,
    one_of,
    option,
)
from taxcalc.cli.output import deliver, refuse

if TYPE_CHECKING:
    from taxcalc.base.units import Number
    from taxcalc.facts.catalogue import Catalogue

FORMATS = ("table", "json", "csv", "svg", "markdown")
_MOVING = ("money", "average", "rate", "count")


@app.command(
    cls=FactCommand,
    help=t(
        "应纳税费随一项资料变化的曲线：逐段精确，跳变处不连线，注明依据与金额。",
        "What is to pay over one fact: exact piece by piece, jumps left open, cliffs with clause and yuan.",
    ),
    no_args_is_help=True,
)
def curve(
    ctx: typer.Context,
    over: Annotated[
        str | None,
        option(
            "--over",
            "NAME=FROM..TO",
            "资料项及其范围，如 revenue=0..600000",
            "a fact and its range, such as revenue=0..600000",
        ),
    ] = None,
    files: FactFiles = None,
    sets: SetFacts = None,
    output: Output = None,
    format: Annotated[
        str | None,
        option(
            "--format -f",
            "|".join(FORMATS),
            "输出格式，默认随文件名或为 table",
            "output format; that of the file's name, else table",
        ),
    ] = None,
    lang: Language = None,
    names: NamesOf = None,
    tables: Folders = None,
) -> None:
    """Walk over the range, draw."""
    language = chosen_language(lang)
    suffix = {".md": "markdown"}.get(Path(output or "").suffix, Path(output or "").suffix[1:])
    form = format or (suffix if suffix in FORMATS else "table")
    one_of("--format", form, FORMATS, language)
    from taxcalc.advice.curve import curve as made
    from taxcalc.assessment.model import catalogue_of
    from taxcalc.base.problem import InputError, problem
    from taxcalc.cli.table_input import saying_errors
    from taxcalc.report import curve as drawn

    if over is None:
        refuse([problem("option_empty", option="--over")], language)

    book = chosen_book(tables)
    titles = chosen_names(names, language)
    with saying_errors(language):
        name, start, end = read_over(over, catalogue_of(book))
        facts = facts_from(book, files or [], sets or [], ctx.obj, None)
        if facts.problems:
            raise InputError(facts.problems)
        found = made(facts, name, start, end, book)
        texts = {
            "json": lambda: drawn.as_json(found, book, language),
            "csv": lambda: drawn.as_csv(found, titles),
            "svg": lambda: drawn.as_svg(found, book, language),
        }
        deliver(form, texts, lambda: drawn.document(found, book, language), output)
    if not found.complete:
        raise typer.Exit(SOME_REJECTED)


def read_over(over: str, catalogue: "Catalogue") -> "tuple[str, Number, Number]":
    """The input that moves, and between which values. Raises InputError."""
    from taxcalc.base.problem import InputError, Problem, problem
    from taxcalc.facts.values import read_value

    name, sign, span = over.partition("=")
    low, dots, high = span.partition("..")
    slot = catalogue.find(name.strip())
    if not sign or not dots or slot is None or slot.fact.type not in _MOVING:
        raise InputError([problem("over_shape", text=over)])
    values = [read_value(slot.fact, text.strip()) for text in (low, high)]
    wrong = [value for value in values if isinstance(value, Problem)]
    if wrong:
        label = slot.fact.label
        raise InputError([problem("bad_fact", name=slot.name, label=label, source="--over", why=why) for why in wrong])
    start, end = (value for value in values if not isinstance(value, Problem | str))
    if not start < end:
        raise InputError([problem("over_shape", text=over)])
    return slot.name, start, end
