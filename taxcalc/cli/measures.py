"""`taxcalc measures`: the register of the notice's measures."""

# No postponed annotations here: Typer would compile each one again at start-up.
from typing import Annotated

from taxcalc.cli.application import app
from taxcalc.cli.locale import t
from taxcalc.cli.options import Folders, Language, TableOrJson, chosen_book, chosen_language, one_of, option
from taxcalc.cli.output import answer, refuse


@app.command(
    help=t(
        "列出通知的全部措施：给谁、给多少、到何时、能否计算。",
        "Every measure of a notice: who, how much, until when, computed or not.",
    )
)
def measures(
    notice: Annotated[
        str | None, option("--notice", "NAME", "只列此通知，如 wuwei-2023", "one notice, such as wuwei-2023")
    ] = None,
    computable: Annotated[
        bool, option("--computable", None, "只列可计算的", "only those that can be computed")
    ] = False,
    in_force: Annotated[
        str | None,
        option("--in-force", "DATE", "此日仍有效的，如 2026-06-30", "those in force on a day, such as 2026-06-30"),
    ] = None,
    format: TableOrJson = "table",
    lang: Language = None,
    tables: Folders = None,
) -> None:
    """Read the register and print it."""
    language = chosen_language(lang)
    one_of("--format", format, ("table", "json"), language)
    from taxcalc.base.problem import Problem
    from taxcalc.law.days import read_day
    from taxcalc.report.citing import Citing
    from taxcalc.report.law import measures as register

    book = chosen_book(tables)
    if notice is not None:
        one_of("--notice", notice, tuple(book.notices), language)
    day = read_day(in_force) if in_force is not None else None
    if isinstance(day, Problem):
        refuse([day], language)
    found = register.entries(book, notice, computable=computable, day=day)
    words = Citing(book, language)
    answer(
        format,
        lambda: register.as_json(words, found, day),
        lambda console: register.print_measures(words, found, console, day),
    )
