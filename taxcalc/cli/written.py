"""How a command on one business writes what it says: in the format that is asked for, to the console or to a file."""

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from taxcalc.cli.output import make_console, writing
from taxcalc.cli.table_input import saying_errors

if TYPE_CHECKING:
    from taxcalc.base.problem import Lang
    from taxcalc.report.document import Document


def write_report(
    format: str,
    output: str | None,
    lang: "Lang",
    texts: "Mapping[str, Callable[[], str]]",
    document: "Callable[[], Document]",
) -> None:
    """Write what one business is told: as one of some texts, else as a document for people, which is Markdown in a file."""
    text = texts[format]() if format in texts else ""
    if not text and (format == "markdown" or output):
        from taxcalc.report.markdown import as_markdown

        text = as_markdown(document())
    if output:
        from taxcalc.base.atomic_file import replacing

        with saying_errors(lang), replacing(output) as part:
            part.write_text(text, encoding="utf-8")
        return
    with writing():
        if text:
            sys.stdout.write(text)
        else:
            from taxcalc.report.terminal import print_document

            print_document(document(), make_console())
