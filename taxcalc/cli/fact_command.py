"""A command on one business: each fact of the catalogue is an option of it."""

# No postponed annotations here: Typer would compile each one again at start-up.
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

from typer.core import TyperOption

from taxcalc.cli.locale import locale_lang
from taxcalc.cli.options import chosen_book, settled
from taxcalc.cli.parser import WHOLE, Command, Context, Parameter, Wrong
from taxcalc.cli.settings import setting


class FactCommand(Command):
    """A command with one option for each fact of the catalogue, put into `ctx.obj` as given.

    Only the options that stand on the command line are made, unless one is not known: then all are, for
    the help page or for "did you mean".
    """

    _facts: list[TyperOption] = []  # noqa: RUF012  (set anew by each parse)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Make the options that are needed, then parse."""
        self._facts = []
        written = {arg.partition("=")[0] for arg in args if arg.startswith("-")}
        own = {name for param in super().get_params(ctx) for name in param.opts} - {*ctx.help_option_names, WHOLE}
        asked = {"--"} if ctx.resilient_parsing else written - own  # to complete a line, every fact may follow
        self._facts = [fact for fact in _fact_options(asked, _folders(args)) if own.isdisjoint(fact.opts)]
        if not ctx.resilient_parsing:
            _refuse_swallowed(args, {name for option in self._facts for name in option.opts}, own)
        return super().parse_args(ctx, args)

    def more(self) -> Sequence[Parameter]:
        """Those of the facts."""
        return self._facts

    def invoke(self, ctx: Context) -> None:
        """Set the facts apart from the command's own parameters."""
        settled(ctx.params.get("files") or ())
        ctx.obj = {option.name: ctx.params.pop(option.name, None) for option in self._facts if option.name}
        super().invoke(ctx)


def _refuse_swallowed(args: list[str], of_facts: set[str], others: set[str]) -> None:
    """An option without a value would take the next option for it, and what then goes wrong is something else."""
    from taxcalc.base.problem import problem

    for name, value in itertools.pairwise(args):
        if name in of_facts and value.partition("=")[0] in of_facts | others:
            raise Wrong(problem("option_empty", option=name))


def _folders(args: list[str]) -> list[str]:
    """The folders of tables on the command line: their facts have options too."""
    after = [value for name, value in itertools.pairwise(args) if name == "--tables"]
    after += [arg.partition("=")[2] for arg in args if arg.startswith("--tables=")]
    if after:
        return after
    settled([arg for arg in args if Path(arg).suffix.lower() in (".toml", ".json")])
    found = setting("tables")
    return found.value if found else []


def _fact_options(written: set[str], folders: list[str]) -> Iterator[TyperOption]:
    from taxcalc.assessment.model import catalogue_of

    side = 0 if locale_lang() == "zh" else 1
    catalogue = catalogue_of(chosen_book(folders))
    names = {f"--{fact.name.replace('_', '-')}": fact for fact in catalogue}
    for flag, fact in names.items():
        if flag not in written and written <= names.keys():
            continue
        choices = [label[0] for label in fact.options.values()] if side == 0 else fact.options
        yield TyperOption(
            param_decls=[flag, fact.name],
            type=str,
            default=None,
            help=fact.label[side] + (f"\n{fact.help[side]}" if fact.help[side] else ""),
            metavar="|".join(choices) or _METAVARS[fact.type][side],
            rich_help_panel=_PANELS.get(fact.group, _OTHER)[side],
        )


_METAVARS = {
    "text": ("文本", "TEXT"),
    "money": ("元", "YUAN"),
    "rate": ("比率", "RATE"),
    "average": ("数", "NUMBER"),
    "count": ("数", "NUMBER"),
    "month": ("年-月", "YYYY-MM"),
    "flag": ("是|否", "yes|no"),
}
_PANELS = {
    "who": ("主体与期间", "Who and when"),
    "vat": ("增值税", "Value-added tax"),
    "six": ("附加与小税种", "Surcharges and small taxes"),
    "income": ("所得税", "Income tax"),
    "rd": ("研发费用", "R&D"),
    "individual": ("个体经营", "Individual businesses"),
    "fees": ("车辆与收费", "Vehicles and charges"),
    "finance": ("融资", "Financing"),
    "grants": ("补助", "Grants"),
    "labour": ("就业与社保", "Work and social insurance"),
}
_OTHER = ("其他", "Other")
