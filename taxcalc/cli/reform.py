"""`taxcalc reform`: what a draft law would change for the businesses of a table."""

# No postponed annotations here: Typer would compile each one again at start-up.
from typing import Annotated

from taxcalc.cli.application import app
from taxcalc.cli.batch import DUPLICATES
from taxcalc.cli.locale import t
from taxcalc.cli.options import (
    REPORTS,
    Folders,
    Language,
    NamesOf,
    Output,
    Report,
    chosen_book,
    chosen_language,
    chosen_names,
    one_of,
    option,
)
from taxcalc.cli.output import deliver
from taxcalc.cli.table_input import (
    ended,
    not_the_input,
    opened,
    plausible_of,
    prepared,
    progress_of,
    saying_errors,
)
from taxcalc.cli.table_options import Jobs, Table, TableOptions, reads_table


@app.command(
    help=t(
        "草案试算：政策若如此，表中各户谁少缴、谁多缴，各税种与优惠增减多少。所列均为假设，不是现行政策。",
        "A draft law over a table: who pays less, who more, what each levy and relief comes to. All of it is of the draft, "
        "not of the law.",
    ),
    no_args_is_help=True,
)
@reads_table
def reform(
    table: TableOptions,
    file: Table = "-",
    law: Annotated[
        list[str] | None,
        option(
            "--law",
            "PATH=VALUE",
            "假设政策的这项数值如此，各版本都改，如 cit.small_low_profit.income=5_000_000",
            "if this figure were so in every version, such as cit.small_low_profit.income=5_000_000",
        ),
    ] = None,
    draft: Annotated[
        list[str] | None,
        option(
            "--draft",
            "FOLDER",
            "假设的政策表目录，写法同 --tables",
            "a folder of drafted tables, as --tables takes them",
        ),
    ] = None,
    by: Annotated[str | None, option("--by", "COLUMN,…", "再按这些列分组", "by these columns too")] = None,
    top: Annotated[int, option("--top", "N", "列出影响最大的 N 行", "name the N rows of which most is at stake")] = 10,
    duplicates: Annotated[
        str | None,
        option(
            "--duplicates",
            "|".join(DUPLICATES),
            "同一户同一所属期有多行时计入先出现的、后出现的或全部；默认都不计入",
            "of rows of one business and period, those that count; none by default",
        ),
    ] = None,
    jobs: Jobs = 0,
    output: Output = None,
    format: Report = "table",
    lang: Language = None,
    names: NamesOf = None,
    tables: Folders = None,
) -> None:
    """Compute every row under both laws, compare, print."""
    language = chosen_language(lang)
    one_of("--format", format, REPORTS, language)
    if duplicates is not None:
        one_of("--duplicates", duplicates, DUPLICATES, language)
    for name, number in (("--jobs", jobs), ("--top", top)):
        if number < 0:
            one_of(name, str(number), ("0", "1", "2", "…"), language)
    titles = chosen_names(names, language)
    book = chosen_book(tables)
    proposed = chosen_book([*(tables or []), *draft]) if draft else book
    not_the_input(file, output, None, language)
    from taxcalc.firms.reform import ReformSink
    from taxcalc.firms.run import run_batch
    from taxcalc.firms.write import reform as drawn
    from taxcalc.firms.write.added import AddedColumns
    from taxcalc.firms.write.rejects import Rejects
    from taxcalc.law.draft import draft as drafted

    with saying_errors(language):
        made = drafted(book, proposed, law or [])
        with opened(file, table, language) as tables_in:
            feed, computation = prepared(tables_in, book, "reform", table, language)
            columns, collected = AddedColumns(computation, language, titles), Rejects(language, None, names=titles)
            groups = [name for name in (by or "").replace("，", ",").split(",") if name.strip()]
            sink, plausible = ReformSink(columns, computation, made, groups, top), plausible_of(feed, computation)
            with progress_of(feed) as progress:
                counts = run_batch(feed, computation, sink, collected, jobs, progress, plausible=plausible)
        found, said = sink.settle(counts.together, next((one for one in DUPLICATES if one == duplicates), None))
        counts = counts.saying([*plausible.said(), *said])
        texts = {"json": lambda: drawn.as_json(found), "csv": lambda: drawn.as_csv(found, titles)}
        deliver(format, texts, lambda: drawn.document(found), output)
    ended(collected, counts, language, found=bool(found.not_compared))
