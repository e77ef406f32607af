"""The options that several commands share, and what is made of them."""

# No postponed annotations here: Typer would compile each one again at start-up.
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from typer.models import ArgumentInfo, OptionInfo

from taxcalc.cli.locale import asked_for, locale_lang, t
from taxcalc.cli.output import refuse
from taxcalc.cli.settings import setting, settle, used

if TYPE_CHECKING:
    from taxcalc.base.problem import Lang
    from taxcalc.law.book import LawBook
    from taxcalc.report.names import Names


def option(names: str, metavar: str | None, zh: str, en: str, *, show_default: bool = True) -> OptionInfo:
    """An option by its names, what it takes (None: a flag), and what its help says."""
    made: OptionInfo = typer.Option(*names.split(), metavar=metavar, help=t(zh, en), show_default=show_default)
    return made


def argument(metavar: str, zh: str, en: str) -> ArgumentInfo:
    """An argument by what it takes, and what its help says."""
    made: ArgumentInfo = typer.Argument(metavar=metavar, help=t(zh, en))
    return made


REPORTS = ("table", "json", "csv", "markdown")
"""The formats of the report on one business."""

# ---- of all commands
Language = Annotated[
    str | None,
    option(
        "--lang",
        "zh|en",
        "输出语言，默认随系统",
        "language; the locale's by default",
    ),
]
NamesOf = Annotated[
    str | None,
    option(
        "--names",
        "id|zh|en",
        "列名用编号、中文或英文，默认随输出语言",
        "headings as ids, Chinese or English; the output's by default",
    ),
]
Folders = Annotated[
    list[str] | None,
    option("--tables", "FOLDER", "自定义政策表目录", "a folder of tables to add to or put over the shipped ones"),
]
TableOrJson = Annotated[str, option("--format -f", "table|json", "输出格式", "output format")]
Report = Annotated[str, option("--format -f", "|".join(REPORTS), "输出格式", "output format")]

# ---- of those on one business
FactFiles = Annotated[
    list[str] | None,
    argument("[FILE]...", "TOML 或 JSON 资料文件，- 为标准输入", "TOML or JSON files; - is standard input"),
]
SetFacts = Annotated[
    list[str] | None,
    option(
        "--set",
        "NAME=VALUE",
        "任一项目，可写成列表：'revenue=[1, 2, 3, 4]'",
        "any fact, or its parts: 'revenue=[1, 2, 3, 4]'",
    ),
]
Output = Annotated[
    str | None,
    option("--output -o", "FILE", "写入文件（完整写成或不写）", "write to a file, whole or not at all"),
]
FormLine = Annotated[
    str | None,
    option(
        "--line",
        "FORM:LINE",
        "只列一栏及其由来，如 A200000:32",
        "one line only, and what it is made of, such as A200000:32",
    ),
]


def settled(inputs: Sequence[str] = ()) -> None:
    """Find out what is set for these inputs; what cannot be used is said, and the program ends."""
    from taxcalc.base.problem import InputError

    try:
        settle(inputs)
    except InputError as error:
        refuse(error.problems, locale_lang())


def chosen_book(folders: list[str] | None) -> "LawBook":
    """The shipped tables, with those of the folders added. A broken table is said by `main`."""
    from pathlib import Path

    from taxcalc.assessment.model import book_with

    return book_with(tuple(map(Path, folders or used("tables", locale_lang()) or ())))


def chosen_language(lang: str | None) -> "Lang":
    if lang is None:
        found = None if asked_for() else setting("language")
        return locale_lang() if found is None else "zh" if found.value == "zh" else "en"
    one_of("--lang", lang, ("zh", "en"), locale_lang())
    return "zh" if lang == "zh" else "en"


def chosen_names(names: str | None, language: "Lang") -> "Names":
    """How the columns of a table of answers are headed."""
    from taxcalc.report.names import NAMES

    names = names or used("names", language)
    if names is None:
        return language
    one_of("--names", names, NAMES, language)
    return next(one for one in NAMES if one == names)


def names_for(format: str, names: str | None, language: "Lang") -> "Names":
    """How the columns are headed; only a table has any."""
    if names is not None:
        one_of("--names --format", format, ("csv",), language)
    return chosen_names(names, language)


def one_of(option: str, value: str, allowed: tuple[str, ...], lang: "Lang") -> None:
    from taxcalc.base.problem import problem

    if value not in allowed:
        refuse([problem("option_value", option=option, value=value, allowed=list(allowed))], lang)
