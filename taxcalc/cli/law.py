"""`taxcalc law`: the tables of the law, what changed between two days, and a check of them.

A group whose first word may also be a path: `taxcalc law cit.rd` is `taxcalc law show cit.rd`.
"""

# No postponed annotations here: Typer would compile each one again at start-up.
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taxcalc.cli.application import Application
from taxcalc.cli.locale import t
from taxcalc.cli.options import Folders, Language, TableOrJson, argument, chosen_book, chosen_language, one_of, option
from taxcalc.cli.output import answer, refuse
from taxcalc.cli.parser import Context, Group

if TYPE_CHECKING:
    from rich.console import Console

    from taxcalc.base.problem import Lang


FOUND = 1
"""Exit code: a strict check that found something."""


class PathOrCommand(Group):
    """Takes a first word that is no command for the path of `show`, wherever options stand."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Put the command first; `show` where none is written."""
        if len(args) == 1 and args[0] in ctx.help_option_names:
            return super().parse_args(ctx, args)
        place = self._first_word(args)
        if place is not None and args[place] in self.commands:
            args = [args[place], *args[:place], *args[place + 1 :]]
        else:
            args = ["show", *args]
        return super().parse_args(ctx, args)

    def _first_word(self, args: list[str]) -> int | None:
        """Where the first argument is that is neither an option nor the value of one."""
        params = [param for command in self.commands.values() for param in command.params]
        valued = {name for param in params if not getattr(param, "is_flag", False) for name in param.opts}
        takes_value = False
        for place, arg in enumerate(args):
            if not takes_value and not arg.startswith("-"):
                return place
            takes_value = not takes_value and arg in valued
        return None


law_app = Application(
    name="law",
    cls=PathOrCommand,
    pretty_exceptions_enable=False,
    add_completion=False,
    subcommand_metavar="[PATH | COMMAND] [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"]},
    help=t(
        "政策表：各版本、依据、变动与检查。taxcalc law 路径 即 taxcalc law show 路径。",
        "The law in the tables: versions, documents, changes, checks. 'taxcalc law PATH' is 'taxcalc law show PATH'.",
    ),
)


@law_app.command(
    help=t(
        "查看法规：全部表格，或某表、某参数的各版本（show 可省略）。",
        "Look at the law: all tables, or each version of a table or parameter (the word 'show' may be left out).",
    )
)
def show(
    path: Annotated[
        str | None,
        argument(
            "[PATH]",
            "表、参数或前缀，如 cit.rd、cit.rd.rate、cit",
            "a table, parameter or prefix: cit.rd, cit.rd.rate, cit",
        ),
    ] = None,
    at: Annotated[
        str | None,
        option(
            "--at", "DATE", "只看该日有效的版本，如 2023-06-30", "only the version in force on a day such as 2023-06-30"
        ),
    ] = None,
    format: TableOrJson = "table",
    lang: Language = None,
    tables: Folders = None,
) -> None:
    """The list, or what was asked for."""
    language = chosen_language(lang)
    one_of("--format", format, ("table", "json"), language)
    day = _day(at, language)
    from taxcalc.base.problem import problem
    from taxcalc.law.select import nearest, select

    book = chosen_book(tables)
    selected = select(book, path) if path is not None else []
    if path is not None and not selected:
        near = nearest(book, path)
        said = problem("law_unknown_near", path=path, near=near) if near else problem("law_unknown", path=path)
        refuse([said], language)
    from taxcalc.report.law.json import tables_as_json
    from taxcalc.report.law.written import Written

    def draw(console: "Console") -> None:
        from taxcalc.report.law.view import LawView

        view = LawView(book, language, day, only=at is not None)
        if selected:
            view.print_tables(selected, console)
        else:
            view.print_list(console)

    answer(format, lambda: tables_as_json(Written(book, language), selected, day, only=at is not None), draw)


def _day(text: str | None, language: "Lang") -> date:
    """The day that was asked for, or today."""
    if text is None:
        return date.today()
    from taxcalc.law.days import read_day

    day = read_day(text)
    if not isinstance(day, date):
        refuse([day], language)
    return day


@law_app.command(
    help=t(
        "两日或两年之间的法规变动（先后皆可）。",
        "What changed between two days or years, in numbers, and for whom (in either order).",
    )
)
def diff(
    one: Annotated[str, argument("DATE", "日期或年度，如 2022", "a day or year, such as 2022")],
    other: Annotated[str, argument("DATE", "另一日期或年度，如 2026-06-30", "another, such as 2026-06-30")],
    format: TableOrJson = "table",
    lang: Language = None,
    tables: Folders = None,
) -> None:
    """Compare the two and print."""
    language = chosen_language(lang)
    one_of("--format", format, ("table", "json"), language)
    from taxcalc.assessment.law_diff import law_diff
    from taxcalc.law.days import Span, read_span

    read = [read_span(text) for text in (one, other)]
    wrong = [said for said in read if not isinstance(said, Span)]
    if wrong:
        refuse(wrong, language)
    first, second = (span for span in read if isinstance(span, Span))
    book = chosen_book(tables)
    found = law_diff(book, first, second)
    from taxcalc.report.law.json import diff_as_json
    from taxcalc.report.law.written import Written

    def draw(console: "Console") -> None:
        from taxcalc.report.law.diff import print_diff

        print_diff(found, Written(book, language), console)

    answer(format, lambda: diff_as_json(Written(book, language), found), draw)


@law_app.command(
    help=t(
        "检查政策表：格式、已到期、将到期、空缺、待核实。",
        "Check the tables: form, what has ended or soon ends, holes, what is from memory.",
    )
)
def check(
    on: Annotated[str | None, option("--on", "DATE", "以该日为准，默认今天", "as of a day; today by default")] = None,
    strict: Annotated[
        bool, option("--strict", None, "有任何发现即以退出码1结束", "any finding is exit code 1")
    ] = False,
    evidence: Annotated[
        bool,
        option("--evidence", None, "并列出何者已核对原文、何处核对", "say too what was read, where, and what was not"),
    ] = False,
    format: TableOrJson = "table",
    lang: Language = None,
    tables: Folders = None,
) -> None:
    """Read the tables anew, not as they were kept compiled, and look through them."""
    language = chosen_language(lang)
    one_of("--format", format, ("table", "json"), language)
    day = _day(on, language)
    from taxcalc.law.book import LawBook
    from taxcalc.law.check import check_law
    from taxcalc.law.evidence import evidence_of
    from taxcalc.law.folder import load_tables

    book = LawBook(load_tables(more=map(Path, tables or ()), anew=True))
    from taxcalc.assessment.model import shipped_book

    found = check_law(book, day, shipped_book() if tables else None)
    rests = evidence_of(book) if evidence else None
    from taxcalc.report.law.json import check_as_json
    from taxcalc.report.law.written import Written

    def draw(console: "Console") -> None:
        from taxcalc.report.law.check import print_check

        print_check(found, day, Written(book, language), console)
        if rests:
            from taxcalc.report.law.evidence import print_evidence

            print_evidence(rests, Written(book, language), console)

    answer(format, lambda: check_as_json(Written(book, language), found, day, rests), draw)
    if strict and found:
        raise typer.Exit(FOUND)
