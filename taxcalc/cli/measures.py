"""`taxcalc measures`: the register of the notice's measures."""

# No postponed annotations here: Typer would compile each one again at start-up.
import sys
from typing import Annotated

import typer

from taxcalc.cli.common import (
    Folders,
    Language,
    app,
    chosen_book,
    chosen_language,
    make_console,
    one_of,
    refuse,
    t,
    writing,
)


@app.command(
    help=t(
        "列出通知的全部措施：给谁、给多少、到何时、能否计算。",
        "Every measure of a notice: who, how much, until when, computed or not.",
    )
)
def measures(
    notice: Annotated[
        str | None,
        typer.Option("--notice", metavar="NAME", help=t("只列此通知，如 wuwei-2023", "one notice, such as wuwei-2023")),
    ] = None,
    computable: Annotated[
        bool, typer.Option("--computable", help=t("只列可计算的", "only those that can be computed"))
    ] = False,
    in_force: Annotated[
        str | None,
        typer.Option(
            "--in-force",
            metavar="DATE",
            help=t("此日仍有效的，如 2026-06-30", "those in force on a day, such as 2026-06-30"),
        ),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="table|json", help=t("输出格式", "output format"))
    ] = "table",
    lang: Language = None,
    tables: Folders = None,
) -> None:
    """Read the register and print it."""
    language = chosen_language(lang)
    one_of("--format", format, ("table", "json"), language)
    from taxcalc.base.problem import Problem
    from taxcalc.law.days import read_day
    from taxcalc.report.law import measures as register

    book = chosen_book(tables)
    if notice is not None:
        one_of("--notice", notice, tuple(book.notices), language)
    day = read_day(in_force) if in_force is not None else None
    if isinstance(day, Problem):
        refuse([day], language)
    found = register.entries(book, notice, computable=computable, day=day)
    with writing():
        if format == "json":
            sys.stdout.write(register.as_json(book, found, language, day))
        else:
            register.print_measures(book, found, language, make_console(), day)
