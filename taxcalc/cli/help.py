"""Help pages in Chinese: the words on them that are not ours but the library's. Imported only where help is asked for."""

from typing import Any

from typer import rich_utils
from typer._click.core import Command, Context
from typer._click.formatting import HelpFormatter
from typer.core import TyperOption

_USAGE = "用法："
_COMPLETION = {
    "install_completion": "为当前 shell 安装自动补全",
    "show_completion": "显示当前 shell 的自动补全脚本，供复制或修改",
}


class _Formatter(HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, _USAGE if prefix is None else prefix)


def in_chinese(commands: Command) -> None:
    """Titles of the panels, the line of usage, the mark of a default, and what options that are not ours say of
    themselves. Once in a process."""
    if Context.formatter_class is _Formatter:
        return
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

    def get_help_option(self: Command, ctx: Context) -> Any:
        option = of_command(self, ctx)
        if option is not None:
            option.help = "显示本说明后退出"
        return option

    Command.get_help_option = get_help_option  # type: ignore[method-assign]
