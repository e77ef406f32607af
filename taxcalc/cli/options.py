"""The options that several commands share, and what is made of them."""

# No postponed annotations here: Typer would compile each one again at start-up.
import functools
import inspect
from collections.abc import Callable, Container, Sequence
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

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

# ---- of those that read a table
Table = Annotated[str, argument("[FILE]", "CSV 或 XLSX 文件，- 为标准输入", "a CSV or XLSX file; - is standard input")]
Year = Annotated[str | None, option("--year", "YEAR", "未注明年度的行所属年度", "the year of rows that state none")]
PeriodOf = Annotated[
    str | None,
    option(
        "--period",
        "PERIOD",
        "测算此所属期，如 2025Q2：只用该期的列，其他所属期的行不计入",
        "assess this period, such as 2025Q2: by its own columns, leaving out rows of others",
    ),
]
Sets = Annotated[
    list[str] | None,
    option(
        "--set",
        "NAME=VALUE",
        "未填此项的行取此值，如 place=county",
        "a fact of the rows that do not state it, such as place=county",
    ),
]
Encoding = Annotated[
    str | None,
    option(
        "--encoding", "NAME", "utf-8、gb18030 或 utf-16；默认自动识别", "utf-8, gb18030 or utf-16; found out by default"
    ),
]
Delimiter = Annotated[
    str | None,
    option(
        "--delimiter",
        "CHAR",
        "逗号、分号、竖线或 tab；默认自动识别",
        "comma, semicolon, bar or tab; found out by default",
    ),
]
SheetOf = Annotated[
    str | None,
    option("--sheet", "NAME", "工作表的名称；all 为依次读取各表", "the sheet to read; all: one after the other"),
]
HeaderRow = Annotated[
    int | None,
    option("--header-row", "N", "表头所在行；默认自动寻找", "the row of the heading; found out by default"),
]
Maps = Annotated[
    list[str] | None,
    option(
        "--map",
        "HEADING=FACT",
        "此标题的列是此项目，如 主营收入=revenue",
        "the column so headed is this fact, such as turnover=revenue",
    ),
]
MapFile = Annotated[
    str | None,
    option("--map-file", "FILE", "TOML 文件，[map] 下列出同样的对应", "the same as TOML, under [map]"),
]
Passed = Annotated[
    list[str] | None,
    option(
        "--pass", "HEADING", "此标题的列不是项目，原样保留", "the column so headed is no fact, and is passed through"
    ),
]
PassUnknown = Annotated[
    bool,
    option("--pass-unknown", None, "凡不认识的列都原样保留", "pass every unknown column through"),
]
Jobs = Annotated[
    int,
    option(
        "--jobs -j",
        "N",
        "同时处理的块数；默认为处理器数",
        "blocks in work at a time; as many as processors where left out",
        show_default=False,
    ),
]


Memory = Annotated[
    int,
    option(
        "--memory",
        "MB",
        "可用内存的兆字节数：不够时同时处理的块数少于 --jobs",
        "megabytes to keep to, with fewer blocks in work than --jobs where they take more",
    ),
]
LEAST_MEMORY = 300
"""Megabytes that one block in work needs, and all else beside it."""


class TableOptions(NamedTuple):
    """What a user says of a table that is read."""

    year: str | None
    period: str | None
    sets: list[str] | None
    sheet: str | None
    header_row: int | None
    maps: list[str] | None
    map_file: str | None
    passed: list[str] | None
    pass_unknown: bool
    encoding: str | None
    delimiter: str | None


_OF_A_TABLE: dict[str, tuple[object, object]] = {
    "year": (Year, None),
    "period": (PeriodOf, None),
    "sets": (Sets, None),
    "sheet": (SheetOf, None),
    "header_row": (HeaderRow, None),
    "maps": (Maps, None),
    "map_file": (MapFile, None),
    "passed": (Passed, None),
    "pass_unknown": (PassUnknown, False),
    "encoding": (Encoding, None),
    "delimiter": (Delimiter, None),
}
"""Each option by its type and what it is where it is not given."""
NO_TABLE = TableOptions(*(default for _, default in _OF_A_TABLE.values()))  # type: ignore[arg-type]


def reads_table(command: Callable[..., None], without: Container[str] = ()) -> Callable[..., None]:
    """A command that takes a `table: TableOptions`, with the options that each command on a table has, `without` those that
    it has of its own."""
    own = inspect.signature(command).parameters
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in _OF_A_TABLE.items()
        if name not in without
    ]

    @functools.wraps(command)
    def run(**given: Any) -> None:
        told = {one.name: given.pop(one.name) for one in shared}
        settled([given.get("file", "-")])
        command(table=NO_TABLE._replace(**told), **given)

    parameters = [each.replace(kind=each.KEYWORD_ONLY) for name, each in own.items() if name != "table"]
    parameters[-2:-2] = shared  # before --lang and --tables
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run


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


def one_of(option: str, value: str, allowed: tuple[str, ...], lang: "Lang") -> None:
    from taxcalc.base.problem import problem

    if value not in allowed:
        refuse([problem("option_value", option=option, value=value, allowed=list(allowed))], lang)
