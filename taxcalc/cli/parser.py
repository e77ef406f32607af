"""The parser of the command line: wrong use as one sentence in the language of the user, and help pages in Chinese.

Typer has no public name for the errors of its parser, nor for the words of its help pages. All that is used of its
private parts is used here, and the release of Typer is pinned.
"""

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from typer._click.core import Command
from typer._click.core import Context as Context  # for the commands that parse in their own way
from typer._click.core import Parameter as Parameter
from typer._click.exceptions import BadOptionUsage, BadParameter, ClickException, NoArgsIsHelpError, NoSuchOption
from typer._click.formatting import HelpFormatter
from typer.core import TyperGroup, TyperOption

if TYPE_CHECKING:
    from taxcalc.base.problem import Lang, Problem


class Commands(TyperGroup):
    """The commands. What the parser of the command line cannot use becomes a `Problem`."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> NoReturn:  # `Any`: as Typer has it
        """Run; leave with the exit code."""
        given = list(sys.argv[1:] if args is None else args)
        if (not given or {"-h", "--help"}.intersection(given)) and _language([]) == "zh":
            _in_chinese(self)
        try:
            code = super().main(given, *more, **options | {"standalone_mode": False})
        except NoArgsIsHelpError:  # the help page has been printed
            code = 2
        except ClickException as error:
            print(f"taxcalc: {_problem(error).text(_language(given))}", file=sys.stderr)
            code = 2
        raise SystemExit(code if isinstance(code, int) else 0)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
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


# ---- help pages in Chinese: the words on them that are not ours

_USAGE = "用法："
_COMPLETION = {
    "install_completion": "为当前 shell 安装自动补全",
    "show_completion": "显示当前 shell 的自动补全脚本，供复制或修改",
}


class _Formatter(HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, _USAGE if prefix is None else prefix)


def _in_chinese(commands: Command) -> None:
    """Titles of the panels, the line of usage, the mark of a default, and what options that are not ours say of
    themselves. Once in a process."""
    if Context.formatter_class is _Formatter:
        return
    from typer import rich_utils  # slow, and of use to help pages only

    for param in commands.params:
        if isinstance(param, TyperOption) and param.name in _COMPLETION:
            param.help = _COMPLETION[param.name]
    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.DEFAULT_STRING = "[默认：{}]"
    rich_utils.OptionHighlighter.highlights.append(f"(?P<usage>{_USAGE})")
    Context.formatter_class = _Formatter
    of_command = Command.get_help_option

    def get_help_option(self: Command, ctx: Context) -> TyperOption | None:
        option = of_command(self, ctx)
        if option is not None:
            option.help = "显示本说明后退出"
        return option

    Command.get_help_option = get_help_option  # type: ignore[method-assign]
