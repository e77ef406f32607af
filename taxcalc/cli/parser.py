"""The parser of the command line: wrong use as one sentence in the language of the user, help pages and completion.

Typer has no public name for the errors of its parser, for what writes its help pages, nor for what completes. All that is
used of its private parts is used here, and the release of Typer is pinned.
"""

import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from typer._click.core import Command as AnyCommand
from typer._click.core import Context as Context  # for the commands that parse in their own way
from typer._click.core import Parameter as Parameter
from typer._click.exceptions import BadOptionUsage, BadParameter, ClickException, NoArgsIsHelpError, NoSuchOption
from typer._click.formatting import HelpFormatter
from typer._click.shell_completion import CompletionItem, _resolve_context, _resolve_incomplete, add_completion_class
from typer._completion_classes import BashComplete
from typer.core import TyperCommand, TyperGroup, TyperOption

from taxcalc.cli.locale import be_quiet, t

if TYPE_CHECKING:
    from taxcalc.base.problem import Lang, Problem
    from taxcalc.cli.help import Described, Term


Value = tuple[str, str]
"""What may stand there, and what it means."""


class Asked(NamedTuple):
    """A value that is to be completed."""

    name: str
    """Of an option or an argument, without dashes."""
    takes: str
    """What its help page says that it takes."""
    typed: str
    before: list[str]
    """The words that stand before it, after the command."""
    is_fact: bool


_offers: list[Callable[[Asked], list[Value]]] = []


def offer(values: Callable[[Asked], list[Value]]) -> None:
    """From now on this says what a shell is offered for a value."""
    _offers[:] = [values]


WHOLE = "--help-all"
TYPED = "taxcalc.typed"
"""Under this name the context keeps what was typed after the name of the command."""


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

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse, and remember what was typed."""
        ctx.meta[TYPED] = list(args)
        return super().parse_args(ctx, args)

    def more(self) -> Sequence[Parameter]:
        """Options that depend on what is typed."""
        return ()

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
        every = [*own, *self.more(), *self._of_all, last]
        if ctx.resilient_parsing:
            for param in every:
                param._custom_shell_complete = _values
        return every

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Options and commands, each with the first line of what it says of itself."""
        found = super().shell_complete(ctx, incomplete)
        for item in found:
            command = self.commands.get(item.value) if isinstance(self, TyperGroup) else None
            item.help = _brief(_first(command) if command else (item.help or "").partition("\n")[0])
        return found

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The page that fits a screen."""
        from taxcalc.cli.help import page

        formatter.write(page(_described(ctx)))


def _values(ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem]:
    """What may stand for the value of an option or an argument."""
    is_fact = isinstance(param, TyperOption) and bool(param.rich_help_panel)
    name = max(param.opts, key=len).lstrip("-") if isinstance(param, TyperOption) else str(param.name)
    asked = Asked(name, param.make_metavar(ctx), incomplete, ctx.meta.get(TYPED, []), is_fact)
    return [CompletionItem(value, help=_brief(about)) for say in _offers for value, about in say(asked)]


def _brief(about: str) -> str | None:
    """What fits beside a word that a shell offers: of a long sentence what stands before its colon."""
    return (about if len(about) < 40 else re.split(r"[：；，]|[:;,] ", about)[0]) or None


class _Bash(BashComplete):
    """Bash takes = and : for the ends of words; here they are not."""

    _before = ""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one to be completed, and that."""
        args, incomplete = super().get_completion_args()
        words: list[str] = []
        for word in [*args, incomplete]:
            if words and (word in _BREAKS or (words[-1][-1:] in _BREAKS and words[-1][-1:])):
                words[-1] += word
            else:
                words.append(word)
        *args, whole = words
        self._before = whole[: max(map(whole.rfind, _BREAKS)) + 1]
        return args, whole

    def format_completion(self, item: CompletionItem) -> str:
        """What bash puts in the place of the piece of a word that it has."""
        return str(item.value).removeprefix(self._before)


_BREAKS = ("=", ":")


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


class HandsOver(Command):
    """A command that hands its arguments over to an application of its own."""

    def to(self) -> AnyCommand:
        """The application."""
        raise NotImplementedError

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """What the application says."""
        group = self.to()
        inner = _resolve_context(group, {}, ctx.command_path, [*ctx.args])
        asked, incomplete = _resolve_incomplete(inner, [*ctx.args], incomplete)
        found = asked.shell_complete(inner, incomplete)
        if inner.parent and not ctx.args and incomplete[:1] != "-":  # its commands too
            found = [*group.shell_complete(inner.parent, incomplete), *found]
        return found


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

    def _main_shell_completion(self, ctx_args: Any, prog_name: str, complete_var: str | None = None) -> None:
        add_completion_class(_Bash, "bash")
        super()._main_shell_completion(ctx_args, prog_name, complete_var)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, AnyCommand | None, list[str]]:
        """The command that is named."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-") and not ctx.resilient_parsing:
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
