"""What every command shares: the application, the language, and how it writes and refuses."""

# No postponed annotations here: Typer would compile each one again at start-up.
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from taxcalc.cli.usage import Commands

if TYPE_CHECKING:
    from rich.console import Console

    from taxcalc.base.problem import Lang, Problem
    from taxcalc.law.book import LawBook
    from taxcalc.report.names import Names

SOME_REJECTED = 1
"""Exit code: a batch in which some rows were rejected."""
UNUSABLE = 2
"""Exit code: the input or the options cannot be used."""


def locale_lang() -> "Lang":
    """Chinese where the locale is Chinese, English otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def t(zh: str, en: str) -> str:
    return zh if locale_lang() == "zh" else en


app = typer.Typer(
    name="taxcalc",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=t(
        "中国小微企业税费优惠测算：精确到分，逐项列明依据、条件与期限。",
        "Tax and fee reliefs of small businesses in China: exact to the fen, with clause, conditions and dates.",
    ),
)

Language = Annotated[
    str | None,
    typer.Option("--lang", metavar="zh|en", help=t("输出语言，默认随系统", "language; the locale's by default")),
]


NamesOf = Annotated[
    str | None,
    typer.Option(
        "--names",
        metavar="id|zh|en",
        help=t(
            "列名用编号、中文或英文，默认随输出语言", "headings as ids, Chinese or English; the output's by default"
        ),
    ),
]
Folders = Annotated[
    list[str] | None,
    typer.Option(
        "--tables",
        metavar="FOLDER",
        help=t("另加或覆盖的法规表文件夹", "a folder of tables to add to or put over the shipped ones"),
    ),
]


def chosen_book(folders: list[str] | None) -> "LawBook":
    """The shipped tables, with those of the folders added. A broken table is said by `main`."""
    from pathlib import Path

    from taxcalc.assessment.model import book_with

    return book_with(tuple(map(Path, folders or ())))


def chosen_language(lang: str | None) -> "Lang":
    if lang is None:
        return locale_lang()
    one_of("--lang", lang, ("zh", "en"), locale_lang())
    return "zh" if lang == "zh" else "en"


def chosen_names(names: str | None, language: "Lang") -> "Names":
    """How the columns of a table of answers are headed."""
    from taxcalc.report.names import NAMES

    if names is None:
        return language
    one_of("--names", names, NAMES, language)
    return next(one for one in NAMES if one == names)


def one_of(option: str, value: str, allowed: tuple[str, ...], lang: "Lang") -> None:
    from taxcalc.base.problem import problem

    if value not in allowed:
        refuse([problem("option_value", option=option, value=value, allowed=list(allowed))], lang)


def refuse(problems: "list[Problem]", lang: "Lang") -> NoReturn:
    """Say what is wrong, one sentence a line, and stop."""
    for said in problems[:_SAID]:
        print(f"taxcalc: {said.text(lang)}", file=sys.stderr)
    if len(problems) > _SAID:
        from taxcalc.base.problem import say

        print(f"taxcalc: {say('problems_more', lang, more=len(problems) - _SAID)}", file=sys.stderr)
    raise typer.Exit(UNUSABLE)


_SAID = 50
"""Problems that are said before the rest is counted."""


def make_console() -> "Console":
    from rich.console import Console

    class Quiet(Console):
        """Leaves a closed pipe to `main`."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    console = Quiet(highlight=False, soft_wrap=False)
    return console if console.width >= _NARROWEST else Quiet(highlight=False, soft_wrap=False, width=_NARROWEST)


_NARROWEST = 40


@contextmanager
def writing() -> Iterator[None]:
    """Around what is written: a closed pipe ends quietly, a full disk is one sentence."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        give_up_output()
        raise typer.Exit(0) from None
    except OSError as error:
        from taxcalc.base.problem import problem

        give_up_output()
        refuse([problem("output_failed", why=error.strerror or str(error))], locale_lang())


class Terminal:
    """Standard output when it is a terminal: what came from the input may not speak to it, so control
    characters are written as their escapes. To a file or a pipe, data go as they are."""

    def write(self, content: bytes) -> None:
        """Write bytes of UTF-8 text."""
        sys.stdout.write(readable(content.decode("utf-8", "replace")))


def stdout_bytes() -> Any:
    """Where bytes for standard output are written."""
    return Terminal() if sys.stdout.isatty() else sys.stdout.buffer


def readable(text: str) -> str:
    """Lines without control characters."""
    from taxcalc.base.problem import printable

    return "\n".join(line if line.isprintable() else printable(line) for line in text.split("\n"))


def give_up_output() -> None:
    """So that the interpreter does not try, and fail, to flush it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
