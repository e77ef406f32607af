"""The options of the commands that read a table, and what a user says of it with them."""

# No postponed annotations here: Typer would compile each one again at start-up.
import functools
import inspect
from collections.abc import Callable, Container
from typing import Annotated, Any, NamedTuple

from taxcalc.cli.options import argument, option, settled

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
