"""The commands. Thin: they collect options, call the library, and print. Nothing heavy is imported early."""

import gc
import os
import sys
from typing import Annotated

import typer

# Each registers its command, in the order of the help page.
# isort: off
import taxcalc.cli.assess
import taxcalc.cli.advise
import taxcalc.cli.what_if
import taxcalc.cli.curve
import taxcalc.cli.facts
import taxcalc.cli.batch
import taxcalc.cli.explain
import taxcalc.cli.returns
import taxcalc.cli.check
import taxcalc.cli.template
import taxcalc.cli.measures  # noqa: F401

# isort: on
from taxcalc.base.unraisable import last_resort
from taxcalc.base.version import __version__
from taxcalc.cli.application import UNUSABLE, app
from taxcalc.cli.locale import ask_for, locale_lang, t
from taxcalc.cli.options import Language, chosen_language, option


@app.callback(invoke_without_command=True)
def main_options(
    version: Annotated[bool, option("--version", None, "显示版本", "show the version")] = False,
    lang: Language = None,
) -> None:
    """Options of the program itself."""
    ask_for(None)
    ask_for(chosen_language(lang) if lang else None)
    if version:
        print(f"taxcalc {__version__}")
        raise typer.Exit


@app.command(
    help=t("法规表：各版本、依据、变动与检查。", "The law in the tables: versions, documents, changes, checks."),
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
    add_help_option=False,
)
def law(ctx: typer.Context) -> None:
    """Hand over to commands of its own, which no other command pays for at start-up."""
    from taxcalc.cli.law import law_app

    law_app(ctx.args, prog_name="taxcalc law")


_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000
"""The graph of the rules is many objects that stay to the end; to look for rubbish among them takes time in vain."""


def main() -> None:
    """The console script. A broken table is one sentence."""
    from taxcalc.law.strict import LoaderError, TableError

    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.unraisablehook = last_resort
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        app()
    except (TableError, LoaderError) as error:
        print(f"taxcalc: {error.problem.text(locale_lang())}", file=sys.stderr)
        raise SystemExit(UNUSABLE) from None
