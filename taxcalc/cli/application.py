"""The application that every command registers with, its language and its exit codes."""

import typer

from taxcalc.cli.locale import t
from taxcalc.cli.parser import Commands

SOME_REJECTED = 1
"""Exit code: a batch in which some rows were rejected."""
UNUSABLE = 2
"""Exit code: the input or the options cannot be used."""


app = typer.Typer(
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
