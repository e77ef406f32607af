"""`taxcalc assess`: one business."""

# No postponed annotations here: Typer would compile each one again at start-up.
import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperOption

from taxcalc.cli.application import app
from taxcalc.cli.locale import asked_for, locale_lang, t
from taxcalc.cli.options import (
    REPORTS,
    FactFiles,
    Folders,
    Language,
    NamesOf,
    Report,
    SetFacts,
    chosen_book,
    chosen_language,
    chosen_names,
    one_of,
    option,
    settled,
)
from taxcalc.cli.output import deliver, refuse
from taxcalc.cli.parser import TYPED, WHOLE, Command, Context, Parameter, Wrong
from taxcalc.cli.settings import set_facts, setting

if TYPE_CHECKING:
    from taxcalc.assessment.evaluation import Evaluation
    from taxcalc.base.problem import Lang
    from taxcalc.facts.catalogue import Catalogue
    from taxcalc.facts.statement import FactSet
    from taxcalc.law.book import LawBook
    from taxcalc.report.document import Document
    from taxcalc.report.names import Names


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


@app.command(
    cls=FactCommand,
    help=t("测算一户：逐项列出优惠、节省、依据。", "Assess one business: each relief, what it saves, and why."),
    no_args_is_help=True,
)
def assess(
    ctx: typer.Context,
    files: FactFiles = None,
    sets: SetFacts = None,
    format: Report = "table",
    lang: Language = None,
    full: Annotated[
        bool, option("--full", None, "列出全部内容，不止一屏", "print all there is to say, not one screen")
    ] = False,
    explain: Annotated[
        bool,
        option("--explain", None, "全部内容，并逐行列出计算过程", "all, and print the computation line by line"),
    ] = False,
    carry: Annotated[
        str | None,
        option(
            "--carry",
            "ANSWER.json",
            "以上期的 JSON 结果为期初数",
            "open with the balances of an earlier JSON answer",
        ),
    ] = None,
    names: NamesOf = None,
    tables: Folders = None,
) -> None:
    """Collect the facts, assess, print."""
    language = chosen_language(lang)
    one_of("--format", format, REPORTS, language)
    if explain:
        one_of("--explain --format", format, ("table", "markdown", "json"), language)
    titles = names_for(format, names, language)
    from taxcalc.assessment.evaluation import evaluate
    from taxcalc.base.problem import InputError

    book = chosen_book(tables)
    try:
        evaluation = evaluate(facts_from(book, files or [], sets or [], ctx.obj, carry), book=book)
    except InputError as error:
        refuse(error.problems, language)
    if full or explain or format in ("json", "csv"):
        print_assessment(evaluation, format, language, explain, titles)
        return
    program = f"taxcalc --lang {asked} assess" if (asked := asked_for()) else "taxcalc assess"
    command = [program, *typed(ctx.meta[TYPED])]

    def short() -> "Document":
        from taxcalc.report.short import short_document

        return short_document(evaluation.assessment, book, language, command)

    deliver(format, {}, short)


def typed(args: list[str]) -> Iterator[str]:
    """What was typed as a shell takes it: an option with its value in one piece, control characters as escapes."""
    import shlex

    from taxcalc.base.problem import printable

    quoted = [shlex.quote(printable(arg)) for arg in args]
    while quoted:
        piece = quoted.pop(0)
        takes_next = piece.startswith("-") and piece != "-" and "=" not in piece
        yield f"{piece} {quoted.pop(0)}" if takes_next and quoted and not quoted[0].startswith("-") else piece


def names_for(format: str, names: str | None, language: "Lang") -> "Names":
    """How the columns are headed; only a table has any."""
    if names is not None:
        one_of("--names --format", format, ("csv",), language)
    return chosen_names(names, language)


def print_assessment(
    evaluation: "Evaluation", format: str, language: "Lang", explain: bool, names: "Names | None" = None
) -> None:
    """Write the whole report in its format; each brings only what it needs."""
    assessment, book = evaluation.assessment, evaluation.model.book

    def whole() -> "Document":
        from taxcalc.report.explain import steps
        from taxcalc.report.single import document

        return document(assessment, book, language, steps=steps(evaluation, language) if explain else ())

    def json() -> str:
        from taxcalc.report.explain import as_dicts
        from taxcalc.report.json import as_json

        return as_json(assessment, book, language, explained=as_dicts(evaluation, language) if explain else None)

    def csv() -> str:
        from taxcalc.report.csv import as_csv

        return as_csv(whole(), book, names)

    deliver(format, {"json": json, "csv": csv}, whole)


def facts_from(
    book: "LawBook", files: list[str], sets: list[str], flags: dict[str, str | None], carry: str | None
) -> "FactSet":
    """Facts from files in their order, then --set, then the options; each overrides what came before.

    What an earlier answer is carried on from is overridden by all of them. Where they state the parts of a year and another
    period of it is asked for, they are cut to that.
    """
    from taxcalc.assessment.model import catalogue_of
    from taxcalc.facts.files import read_source
    from taxcalc.facts.statement import FactSet
    from taxcalc.facts.within import within

    catalogue = catalogue_of(book)
    sources = [read_source(path) for path in files]
    stated = [name for _, given in sources for name in given]
    typed = [name for name, value in flags.items() if value is not None]
    sources = [*set_facts(catalogue, [*stated, *facts_set(sets), *typed]), *sources]
    sources += [("--set", _lists(catalogue, facts_set(sets))), ("options", _lists(catalogue, flags))]
    collected = FactSet(catalogue)
    if carry is not None:
        from taxcalc.report.json_read import read_opening

        collected.opening, opening = read_opening(carry, FactSet(catalogue).told(sources).period, book)
        collected.add(carry, opening)
    found = collected.told(sources)
    if any(said.key == "part_outside" for said in found.problems):  # of a year whose parts are told, a period is asked
        year = FactSet(catalogue).told([*sources[:-1], ("options", {"year": flags.get("year")})])
        if not year.problems and year.period == found.period.around(12) != found.period:
            year.opening = collected.opening
            return within(year, found.period, flags)
    return found


def facts_set(sets: list[str]) -> dict[str, str]:
    """The facts that --set states. Raises InputError."""
    from taxcalc.base.problem import InputError, problem

    pairs = [text.partition("=") for text in sets]
    wrong = [
        problem("set_shape", text=f"{name}{sign}{value}") for name, sign, value in pairs if not sign or not name.strip()
    ]
    if wrong:
        raise InputError(wrong)
    names = [name.strip() for name, _, _ in pairs]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise InputError([problem("fact_twice", name=name, fact=name, source="--set") for name in twice])
    return {name.strip(): value for name, _, value in pairs}


def _lists(catalogue: "Catalogue", given: Mapping[str, str | None]) -> dict[str, Any]:
    """What is typed of facts: a list of quarters or months as a file has it, any other text as it is."""
    return {name: _list_or_text(catalogue, name, value) for name, value in given.items()}


def _list_or_text(catalogue: "Catalogue", name: str, text: str | None) -> Any:
    """What is typed of a fact: a list of quarters or months as a file has it, any other text as it is."""
    slot = catalogue.find(name)
    if not text or not text.strip().startswith("[") or slot is None or slot.fact.type == "text":
        return text
    import tomllib

    try:
        return tomllib.loads(f"list = {text}", parse_float=str)["list"]
    except tomllib.TOMLDecodeError:
        return text
