"""The application that every command registers with, its language and its exit codes."""

from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand

from taxcalc.cli.locale import t
from taxcalc.cli.parser import Command, Commands

SOME_REJECTED = 1
"""Exit code: a batch in which some rows were rejected."""
UNUSABLE = 2
"""Exit code: the input or the options cannot be used."""


class Application(typer.Typer):
    """Whose commands are ours: with a help page that fits a screen, and completion."""

    def command(  # type: ignore[override]  # `Any`: all else as Typer has it
        self, name: str | None = None, *, cls: type[TyperCommand] | None = None, **more: Any
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register a command."""
        return super().command(name, cls=cls or Command, **more)


app = Application(
    name="taxcalc",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=t(
        "中国小微企业税费优惠测算：精确到分，逐项列明依据、条件与期限。",
        "Tax and fee reliefs of small businesses in China: exact to the fen, with clause, conditions and dates.",
    ),
)
