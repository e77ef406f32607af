"""`taxcalc verify`: is an answer still what its facts and the law give?"""

# No postponed annotations here: Typer would compile each one again at start-up.
from typing import Annotated

import typer

from taxcalc.cli.application import SOME_REJECTED, app
from taxcalc.cli.locale import t
from taxcalc.cli.options import Folders, Language, Output, TableOrJson, argument, chosen_book, chosen_language, one_of
from taxcalc.cli.output import deliver


@app.command(
    help=t(
        "复核：按其中的资料重新计算一份 JSON 测算结果，逐项比对。",
        "A JSON answer worked out anew from its facts, value by value.",
    ),
    no_args_is_help=True,
)
def verify(
    file: Annotated[str, argument("FILE", "JSON 测算结果，- 为标准输入", "a JSON answer; - is standard input")],
    output: Output = None,
    format: TableOrJson = "table",
    lang: Language = None,
    tables: Folders = None,
) -> None:
    """Read the answer, work it out anew, compare."""
    language = chosen_language(lang)
    one_of("--format", format, ("table", "json"), language)
    from taxcalc.cli.table_input import saying_errors
    from taxcalc.facts.files import read_text
    from taxcalc.report.citing import Citing
    from taxcalc.report.verify import as_text, document
    from taxcalc.report.verify import verify as verified

    words = Citing(chosen_book(tables), language)
    with saying_errors(language):
        verdict = verified(read_text(file), file, words.book, words)
        deliver(format, {"json": lambda: as_text(verdict, file)}, lambda: document(verdict, file, words), output)
    if verdict.differences:
        raise typer.Exit(SOME_REJECTED)
