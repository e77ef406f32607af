"""`taxcalc facts`: the catalogue of what can be said of a business."""

# No postponed annotations here: Typer would compile each one again at start-up.
from typing import Annotated

import typer

from taxcalc.cli.application import app
from taxcalc.cli.locale import t
from taxcalc.cli.options import Folders, Language, chosen_book, chosen_language, one_of
from taxcalc.cli.output import answer


@app.command(help=t("列出全部项目。", "List the facts that can be given."))
def facts(
    format: Annotated[str, typer.Option("--format", "-f", metavar="table|json")] = "table",
    lang: Language = None,
    tables: Folders = None,
) -> None:
    """The catalogue: names, labels, types, limits, aliases, and the reliefs that need each."""
    language = chosen_language(lang)
    one_of("--format", format, ("table", "json"), language)
    from taxcalc.report import catalogue

    book = chosen_book(tables)
    answer(
        format,
        lambda: catalogue.as_json(book),
        lambda console: catalogue.print_table(book, language, console),
    )
