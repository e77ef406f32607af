"""Draws help pages: what a command does, examples, what is needed most, exit codes; or, asked for all, every option.

A page fits a screen of 80 columns and 45 lines, and nothing on it is cut.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from taxcalc.cli.help_pages import PAGES, Page
from taxcalc.cli.locale import t
from taxcalc.report.flow import Flow

_NARROWEST, _WIDEST = 40, 100
_COLUMN = 32
"""Where at most the words beside a term begin."""
_WORDS = {
    "ANSWER": "结果",
    "ARGS": "参数",
    "CHAR": "字符",
    "COLUMN": "列",
    "COMMAND": "命令",
    "DATE": "日期",
    "FACT": "项目",
    "FILE": "文件",
    "FOLDER": "目录",
    "FORM": "表",
    "FROM": "起",
    "HEADING": "列名",
    "LINE": "栏",
    "N": "数",
    "NAME": "名称",
    "OPTIONS": "选项",
    "PATH": "路径",
    "PERIOD": "所属期",
    "TEXT": "文本",
    "TO": "止",
    "VALUE": "值",
    "YEAR": "年度",
}
_COMPLETION = {
    "install-completion": ("为当前 shell 安装自动补全", "set up completion for this shell"),
    "show-completion": ("显示自动补全脚本，供复制或修改", "the script of completion, to copy or change"),
}
"""What options of Typer say of themselves."""
_BARE = Page("", ())
Row = tuple[str, str]


class Term(NamedTuple):
    """An option or an argument."""

    name: str
    names: str
    """As it is typed; of an argument nothing."""
    takes: str
    about: str
    panel: str
    """The heading that it stands under, if it is a fact."""


class Described(NamedTuple):
    """What is known of a command."""

    path: str
    usage: str
    about: str
    terms: tuple[Term, ...]
    commands: dict[str, str]
    """Of a group: what each of its commands does."""


def page(command: Described, *, whole: bool = False) -> str:
    """The help page of a command in the language of the locale, ready to be written; `whole` with every option."""
    console = Console(highlight=False)
    width = max(_NARROWEST, min(console.width, _WIDEST))
    with console.capture() as captured:
        for line in _lines(command, width, whole):
            console.print(line, no_wrap=True, overflow="ignore", crop=False)
    return captured.get()


def _lines(command: Described, width: int, whole: bool) -> Iterator[Text]:
    key = command.path.partition(" ")[2]
    found = PAGES.get(key)
    chosen = found or _BARE
    yield from _flow(
        Text.assemble((t("用法：", "Usage: "), "bold"), f"{command.path} {_in_words(command.usage)}"), width, 4
    )
    yield Text()
    yield from _flow(Text(command.about), width)
    if chosen.examples:
        yield from _heading(t("示例", "Examples"))
        for example in chosen.examples:
            yield from _flow(Text(t(example.zh, example.en), "dim"), width - 2, 2, before="  ")
            yield Text(f"    {example.command}", "cyan")
    for title, rows in _groups(command, chosen, width, whole or found is None):
        if rows:
            yield from _heading(title)
            yield from _listed(rows, width)
    yield from _heading(t("退出码", "Exit codes"))
    one = [("1", chosen.one)] if chosen.one else []
    codes = [("0", chosen.zero), *one, ("2", chosen.two), ("130", ("被中断", "interrupted"))]
    yield from _flow(Text(t("；", "; ").join(f"{code} {t(*words)}" for code, words in codes)), width - 2, before="  ")
    if not whole:
        yield Text()
        all_of = f"{command.path} {'COMMAND --help' if command.commands else '--help-all'}"
        facts = t("；全部项目：taxcalc facts", "; all facts: taxcalc facts") if chosen.facts else ""
        yield from _flow(Text(t(f"全部选项：{_in_words(all_of)}", f"All options: {all_of}") + facts, "dim"), width)


def _groups(command: Described, chosen: Page, width: int, whole: bool) -> list[tuple[str, list[Row]]]:
    """The options under their headings: all, or those that the page names, in its order."""
    arguments = [_row(term) for term in command.terms if not term.names]
    facts = {term.name: term for term in command.terms if term.panel}
    own = {term.name: term for term in command.terms if term.names and not term.panel}
    commands = (t("命令", "Commands"), _commands(command.commands, width))
    if whole:
        by_panel: dict[str, list[Row]] = {}
        for term in facts.values():
            by_panel.setdefault(term.panel, []).append(_row(term))
        return [commands, (t("选项", "Options"), [*arguments, *map(_row, own.values())]), *by_panel.items()]
    most = [_in_brief(*_row(facts[name]), width) for name in chosen.facts.split() if name in facts]
    named = [_row(own[name]) for name in chosen.shown.split() if name in own]
    return [commands, (t("最常用的项目", "The facts most needed"), most), (t("选项", "Options"), arguments + named)]


def _commands(said: dict[str, str], width: int) -> list[Row]:
    """The commands of a group with what each does: the whole sentence, or what stands before its colon, in a line."""
    room = width - max(map(len, said), default=0) - 4
    return [(name, one if cell_len(one) <= room else re.split(r"[：；]|[:;] ", one)[0]) for name, one in said.items()]


def _in_brief(term: str, about: str, width: int) -> Row:
    """A fact by its label, with what helps to state it where that fits the line."""
    label, _, more = about.partition("\n")
    whole = t(f"{label}（{more}）", f"{label} ({more})")
    return term, whole if more and cell_len(whole) <= width - _COLUMN else label


def _row(term: Term) -> Row:
    """A term and what is said of it."""
    return " ".join(filter(None, (term.names, _in_words(term.takes)))), t(
        *_COMPLETION.get(term.name, (term.about,) * 2)
    )


def _in_words(metavar: str) -> str:
    """What an option takes, in the language of the locale."""
    return t(re.sub(r"\b[A-Z]+\b", lambda word: _WORDS.get(word[0], word[0]), metavar), metavar)


def _heading(title: str) -> Iterable[Text]:
    return (Text(), Text(title, "bold"))


def _listed(rows: list[Row], width: int) -> Iterator[Text]:
    column = min(max(cell_len(term) for term, _ in rows) + 4, _COLUMN)
    for term, about in rows:
        head = Text(f"  {term}", "cyan")
        beside = list(Flow(Text(about)).lines(width - column))
        if head.cell_len > column - 2:
            yield head
        elif beside:
            head.append(" " * (column - head.cell_len))
            yield head.append_text(beside.pop(0))
        yield from (Text(" " * column).append_text(line) for line in beside)


def _flow(text: Text, width: int, hang: int = 0, before: str = "") -> Iterator[Text]:
    """A paragraph; all but its first line stand further in."""
    for number, line in enumerate(Flow(text).lines(width - hang)):
        yield Text(before + " " * (hang if number else 0)).append_text(line)
