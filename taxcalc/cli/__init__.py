"""The commands. Thin: they collect options, call the library, and print. Nothing heavy is imported early."""

import gc
import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

# Each registers its command, in the order of the help page.
# isort: off
import taxcalc.cli.assess
import taxcalc.cli.advise
import taxcalc.cli.what_if
import taxcalc.cli.curve
import taxcalc.cli.facts
import taxcalc.cli.batch
import taxcalc.cli.reform
import taxcalc.cli.explain
import taxcalc.cli.returns
import taxcalc.cli.report
import taxcalc.cli.check
import taxcalc.cli.template
import taxcalc.cli.verify
import taxcalc.cli.measures
import taxcalc.cli.config  # noqa: F401

# isort: on
from taxcalc.base.problem import say
from taxcalc.base.unraisable import last_resort
from taxcalc.base.version import __version__
from taxcalc.cli.application import UNUSABLE, app
from taxcalc.cli.locale import ask_for, locale_lang, t
from taxcalc.cli.options import Language, chosen_language, option, settled
from taxcalc.cli.parser import Asked, Group, HandsOver, Value, offer
from taxcalc.cli.settings import forget


@app.callback(invoke_without_command=True)
def main_options(
    version: Annotated[bool, option("--version -V", None, "显示版本", "show the version")] = False,
    lang: Language = None,
) -> None:
    """Options of the program itself."""
    ask_for(None)
    settled()
    ask_for(chosen_language(lang) if lang else None)
    if version:
        print(f"taxcalc {__version__}")
        about = t("taxcalc-cn，中国小微企业税费优惠；", "taxcalc-cn: tax and fee reliefs in China; ")
        print(about + t("与名称相同的其他 taxcalc 包无关", "not the other package that is called taxcalc"))
        raise typer.Exit


def _offered(asked: Asked) -> list[Value]:
    from taxcalc.cli.completion import values

    return values(asked)


offer(_offered)


class _Law(HandsOver):
    def to(self) -> Group:
        """The commands on the law."""
        from typer.main import get_group

        from taxcalc.cli.law import law_app

        return get_group(law_app)  # type: ignore[return-value]


@app.command(
    cls=_Law,
    help=t("政策表：各版本、依据、变动与检查。", "The law in the tables: versions, documents, changes, checks."),
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
    add_help_option=False,
)
def law(ctx: typer.Context) -> None:
    """Hand over to commands of its own, which no other command pays for at start-up."""
    from taxcalc.cli.law import law_app

    law_app(ctx.args, prog_name="taxcalc law")


_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000
"""The graph of the rules is many objects that stay to the end; to look for rubbish among them takes time in vain."""


def _fill_closed_streams() -> None:
    """What whoever started us closed is there again, or the next file that is opened would take its number: input is
    empty, to write an answer fails, as it should, and what is said is said to nobody."""
    for number, (name, mode) in enumerate((("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY))):
        if getattr(sys, name) is None and os.open(os.devnull, mode) == number:
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8"))  # noqa: SIM115


def _page() -> NoReturn:
    """What is mostly a help page, which Typer writes without a look at whether that can be done."""
    from taxcalc.cli.output import writing

    try:
        with writing():
            try:
                app()
            except SystemExit as left:
                code = left.code
    except typer.Exit as failed:
        code = failed.exit_code
    raise SystemExit(code)


def main() -> None:
    """The console script. A broken table is one sentence."""
    from taxcalc.law.strict import LoaderError, TableError

    _fill_closed_streams()
    ask_for(None)  # what an earlier run of this process was told, or found, holds no more
    forget()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.unraisablehook = last_resort
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    given = sys.argv[1:]
    try:
        if len(given) < 2 or {"-h", "--help"}.intersection(given):
            _page()
        app()
    except (TableError, LoaderError) as error:
        print(f"taxcalc: {error.problem.text(locale_lang())}", file=sys.stderr)
        raise SystemExit(UNUSABLE) from None
    except MemoryError:
        print(f"taxcalc: {say('memory_short', locale_lang())}", file=sys.stderr)
        raise SystemExit(UNUSABLE) from None
    except TypeError as error:  # one that says of a rule what is wrong with it
        from taxcalc.graph.nodes import RuleError

        if not isinstance(error, RuleError):
            _fault(error)
        print(f"taxcalc: {_rule_of(error)}{error}", file=sys.stderr)
        raise SystemExit(UNUSABLE) from None
    except Exception as error:
        _fault(error)


def _fault(error: Exception) -> NoReturn:
    """An error of this program is told by its place: its text may hold what a client's table holds."""
    from taxcalc.base.problem import place_of, problem

    why = " ".join((type(error).__name__, place_of(error))).rstrip()
    print(f"taxcalc: {problem('fault', why=why).text(locale_lang())}", file=sys.stderr)
    raise SystemExit(UNUSABLE) from None


def _rule_of(error: Exception) -> str:
    """Where the rule is in which an error arose: its file and line, for whoever writes it."""
    import traceback

    frames = [one for one in traceback.extract_tb(error.__traceback__) if "/rules/" in one.filename.replace("\\", "/")]
    return f"{'/'.join(Path(frames[-1].filename).parts[-3:])}:{frames[-1].lineno}: " if frames else ""
