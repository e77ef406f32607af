"""`taxcalc law`: the tables of the law, what changed between two days, and a check of them.

A group whose first word may also be a path: `taxcalc law cit.rd` is `taxcalc law show cit.rd`.
"""

# No postponed annotations here: Typer would compile each one again at start-up.
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from taxcalc.cli.common import Folders, Language, chosen_book, chosen_language, make_console, one_of, refuse, t, writing

if TYPE_CHECKING:
    from taxcalc.base.problem import Lang


FOUND = 1
"""Exit code: a strict check that found something."""


class PathOrCommand(TyperGroup):
    """Takes a first word that is no command for the path of `show`, wherever options stand."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
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


law_app = typer.Typer(
    name="law",
    cls=PathOrCommand,
    pretty_exceptions_enable=False,
    add_completion=False,
    subcommand_metavar="[PATH | COMMAND] [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"]},
    help=t(
        "法规表：各版本、依据、变动与检查。taxcalc law 路径 即 taxcalc law show 路径。",
        "The law in the tables: versions, documents, changes, checks. 'taxcalc law PATH' is 'taxcalc law show PATH'.",
    ),
)

Format = Annotated[str, typer.Option("--format", "-f", metavar="table|json", help=t("输出格式", "output format"))]


@law_app.command(
    help=t(
        "查看法规：全部表格，或某表、某参数的各版本（show 可省略）。",
        "Look at the law: all tables, or each version of a table or parameter (the word 'show' may be left out).",
    )
)
def show(
    path: Annotated[
        str | None,
        typer.Argument(
            metavar="[PATH]",
            help=t(
                "表、参数或前缀，如 cit.rd、cit.rd.rate、cit", "a table, parameter or prefix: cit.rd, cit.rd.rate, cit"
            ),
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="DATE",
            help=t("只看该日有效的版本，如 2023-06-30", "only the version in force on a day such as 2023-06-30"),
        ),
    ] = None,
    format: Format = "table",
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
    with writing():
        if format == "json":
            from taxcalc.report.citing import Citing
            from taxcalc.report.law.json import tables_as_json

            sys.stdout.write(tables_as_json(Citing(book, language), selected, day, only=at is not None))
            return
        from taxcalc.report.law.view import LawView

        view = LawView(book, language, day, only=at is not None)
        if selected:
            view.print_tables(selected, make_console())
        else:
            view.print_list(make_console())


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
    one: Annotated[str, typer.Argument(metavar="DATE", help=t("日期或年度，如 2022", "a day or year, such as 2022"))],
    other: Annotated[
        str, typer.Argument(metavar="DATE", help=t("另一日期或年度，如 2026-06-30", "another, such as 2026-06-30"))
    ],
    format: Format = "table",
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
    with writing():
        if format == "json":
            from taxcalc.report.citing import Citing
            from taxcalc.report.law.json import diff_as_json

            sys.stdout.write(diff_as_json(Citing(book, language), found))
            return
        from taxcalc.report.law.diff import print_diff
        from taxcalc.report.law.view import LawView

        print_diff(found, LawView(book, language, date.today()), make_console())


@law_app.command(
    help=t(
        "检查法规表：格式、已到期、将到期、空缺、仅凭记忆。格式错误退出码2；有其他发现仍为0，--strict 时为1。",
        "Check the tables: form, what has ended or soon ends, holes, what is from memory. "
        "A table that breaks a rule is exit code 2; findings are 0, or 1 with --strict.",
    )
)
def check(
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help=t("以该日为准，默认今天", "as of a day; today by default")),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help=t("有任何发现即以退出码1结束", "any finding is exit code 1"))
    ] = False,
    format: Format = "table",
    lang: Language = None,
    tables: Folders = None,
) -> None:
    """Read the tables anew, not as they were kept compiled, and look through them."""
    language = chosen_language(lang)
    one_of("--format", format, ("table", "json"), language)
    day = _day(on, language)
    from taxcalc.law.book import LawBook
    from taxcalc.law.check import check_law
    from taxcalc.law.folder import compile_anew

    book = LawBook(compile_anew(more=map(Path, tables or ())))
    found = check_law(book, day)
    with writing():
        if format == "json":
            from taxcalc.report.citing import Citing
            from taxcalc.report.law.json import check_as_json

            sys.stdout.write(check_as_json(Citing(book, language), found, day))
        else:
            from taxcalc.report.law.check import print_check
            from taxcalc.report.law.view import LawView

            print_check(found, LawView(book, language, day), make_console())
    if strict and found:
        raise typer.Exit(FOUND)
