"""The parser of the command line: wrong use as one sentence in the language of the user, help pages and completion.

Typer has no public name for the errors of its parser, for what writes its help pages, nor for what completes. All that is
used of its private parts is used here, and the release of Typer is pinned.
"""

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from typer._click.core import Command as AnyCommand
from typer._click.core import Context as Context  # for the commands that parse in their own way
from typer._click.core import Parameter as Parameter
from typer._click.exceptions import BadOptionUsage, BadParameter, ClickException, NoArgsIsHelpError, NoSuchOption
from typer._click.formatting import HelpFormatter
from typer.core import TyperCommand, TyperGroup, TyperOption

from taxcalc.cli.locale import be_quiet, t

if TYPE_CHECKING:
    from taxcalc.base.problem import Lang, Problem
    from taxcalc.cli.help import Described, Term


WHOLE = "--help-all"


def _whole_page(ctx: Context, param: Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from taxcalc.cli.help import page

        sys.stdout.write(page(_described(ctx), whole=True))
        ctx.exit()


def _hush(ctx: Context, param: Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        be_quiet()


class _Paged(AnyCommand):
    """What has a help page of ours, and the options that every command has."""

    _of_all: list[TyperOption] | None = None

    def get_params(self, ctx: Context) -> list[Parameter]:
        """Its own, then --quiet and --help-all, and --help last."""
        params = super().get_params(ctx)
        if not self.add_help_option:  # it hands over to another
            return params
        *own, last = params
        assert isinstance(last, TyperOption)
        if self._of_all is None:  # the same objects each time, or they would not be found among those that were typed
            flag: dict[str, Any] = {"is_flag": True, "expose_value": False}
            quiet = t("不输出提示，出错仍会说明", "no remarks; errors are said all the same")
            whole = t("列出全部选项与项目", "all options and facts")
            self._of_all = [
                TyperOption(param_decls=["--quiet", "-q"], help=quiet, callback=_hush, **flag),
                TyperOption(param_decls=[WHOLE], help=whole, callback=_whole_page, is_eager=True, **flag),
            ]
            last.help = t("显示本说明", "this page")
        return [*own, *self._of_all, last]

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The page that fits a screen."""
        from taxcalc.cli.help import page

        formatter.write(page(_described(ctx)))


def _described(ctx: Context) -> "Described":
    from taxcalc.cli.help import Described

    command = ctx.command
    commands = command.commands if isinstance(command, TyperGroup) else {}
    return Described(
        ctx.command_path,
        " ".join(command.collect_usage_pieces(ctx)),
        _first(command),
        tuple(_term(ctx, param) for param in command.get_params(ctx)),
        {name: _first(one) for name, one in commands.items()},
    )


def _first(command: AnyCommand) -> str:
    """The first paragraph of what a command says of itself."""
    return (command.help or "").partition("\n\n")[0].replace("\n", " ")


def _term(ctx: Context, param: Parameter) -> "Term":
    from taxcalc.cli.help import Term

    about, metavar = getattr(param, "help", None) or "", param.make_metavar(ctx)
    if not isinstance(param, TyperOption):
        return Term(str(param.name), "", metavar, about, "")
    names, takes = ", ".join(sorted(param.opts, reverse=True)), "" if param.is_flag else metavar
    if param.show_default and takes and param.default not in (None, "", 0):
        about += t(f"，默认 {param.default}", f"; {param.default} by default")
    name = max(param.opts, key=len).lstrip("-")
    return Term(name, names, takes, about, param.rich_help_panel or "")


class Command(_Paged, TyperCommand):
    """A command."""


class Group(_Paged, TyperGroup):
    """A command that has commands."""


class Commands(Group):
    """The commands. What the parser of the command line cannot use becomes a `Problem`."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> NoReturn:  # `Any`: as Typer has it
        """Run; leave with the exit code."""
        given = list(sys.argv[1:] if args is None else args)
        be_quiet(False)
        try:
            code = super().main(given, *more, **{"prog_name": "taxcalc"} | options | {"standalone_mode": False})
        except NoArgsIsHelpError as page:
            print(page.message)
            code = 2
        except ClickException as error:
            print(f"taxcalc: {_problem(error).text(_language(given))}", file=sys.stderr)
            code = 2
        raise SystemExit(code if isinstance(code, int) else 0)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, AnyCommand | None, list[str]]:
        """The command that is named."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            from taxcalc.base.problem import problem

            raise Wrong(problem("command_unknown", name=args[0], commands=self.list_commands(ctx)))
        return super().resolve_command(ctx, args)


class Wrong(ClickException):
    """Wrong use that is a `Problem` already."""

    def __init__(self, said: "Problem") -> None:
        super().__init__(said.key)
        self.said = said


def _problem(error: ClickException) -> "Problem":
    from taxcalc.base.problem import problem

    if isinstance(error, Wrong):
        return error.said
    if isinstance(error, NoSuchOption) and error.option_name == "--rows":
        return problem("option_gone")
    if isinstance(error, NoSuchOption):
        near = sorted(error.possibilities or [])[:3]
        return problem("option_unknown_near" if near else "option_unknown", option=error.option_name, near=near)
    if isinstance(error, BadOptionUsage):
        takes_none = "not take a value" in error.message
        return problem("option_is_flag" if takes_none else "option_empty", option=error.option_name)
    if isinstance(error, BadParameter) and error.param is not None:
        value = re.search(r"'(.*)'", error.message, re.DOTALL)
        return problem("option_whole", option=error.param.opts[0], value=value[1] if value else "")
    extra = re.search(r"argument(?:\(s\)|s)? \((.*)\)$", error.message, re.DOTALL)
    return problem("argument_extra", text=extra[1] if extra else error.message)


def _language(args: list[str]) -> "Lang":
    """What --lang asks for, as far as it can be told of a line that could not be parsed."""
    from taxcalc.cli.locale import locale_lang

    line = "\n".join(args)
    asked = re.search(r"(?:^|\n)--lang[\n=](zh|en)(?:\n|$)", line)
    return "zh" if (asked[1] if asked else locale_lang()) == "zh" else "en"
