"""Wrong use of the command line, said as everything else is: one sentence in the language of the user."""

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from typer._click.exceptions import BadOptionUsage, BadParameter, ClickException, NoArgsIsHelpError, NoSuchOption
from typer.core import TyperGroup

if TYPE_CHECKING:
    from taxcalc.base.problem import Lang, Problem


class Commands(TyperGroup):
    """The commands. What the parser of the command line cannot use becomes a `Problem`."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> Any:
        """Run; leave with the exit code."""
        given = list(sys.argv[1:] if args is None else args)
        if (not given or {"-h", "--help"}.intersection(given)) and _language([]) == "zh":
            from taxcalc.cli.help import in_chinese

            in_chinese(self)
        try:
            code = super().main(given, *more, **options | {"standalone_mode": False})
        except NoArgsIsHelpError:  # the help page has been printed
            code = 2
        except ClickException as error:
            print(f"taxcalc: {_problem(error).text(_language(given))}", file=sys.stderr)
            code = 2
        raise SystemExit(code if isinstance(code, int) else 0)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is named."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            from taxcalc.base.problem import problem

            raise _Wrong(problem("command_unknown", name=args[0], commands=self.list_commands(ctx)))
        return super().resolve_command(ctx, args)


class _Wrong(ClickException):
    """Wrong use that is a `Problem` already."""

    def __init__(self, said: "Problem") -> None:
        super().__init__(said.key)
        self.said = said


def _problem(error: Any) -> "Problem":
    from taxcalc.base.problem import problem

    if isinstance(error, _Wrong):
        return error.said
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
    from taxcalc.cli.common import locale_lang

    line = "\n".join(args)
    asked = re.search(r"(?:^|\n)--lang[\n=](zh|en)(?:\n|$)", line)
    return "zh" if (asked[1] if asked else locale_lang()) == "zh" else "en"
