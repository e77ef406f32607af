"""`taxcalc template`: a table to start from."""

# No postponed annotations here: Typer would compile each one again at start-up.
import sys
from pathlib import Path
from typing import Annotated

from taxcalc.cli.application import app
from taxcalc.cli.locale import t
from taxcalc.cli.options import (
    Folders,
    Language,
    NamesOf,
    argument,
    chosen_book,
    chosen_language,
    chosen_names,
    one_of,
    option,
)
from taxcalc.cli.output import refuse, remark, writing
from taxcalc.cli.table_input import saying_errors


@app.command(
    help=t("生成空表：带表头、下拉选项和填写说明。", "A table to start from, with headings, choices and notes.")
)
def template(
    file: Annotated[
        str, argument("[FILE]", ".xlsx 或 .csv 文件，- 为标准输出", "an .xlsx or .csv file; - is standard output")
    ] = "-",
    monthly: Annotated[
        bool,
        option("--monthly", None, "销售额按月填（默认按季）", "sales by month; by quarter where it is left out"),
    ] = False,
    force: Annotated[bool, option("--force", None, "覆盖已有文件", "replace a file that is there")] = False,
    lang: Language = None,
    names: NamesOf = None,
    tables: Folders = None,
) -> None:
    """Write the usual headings and one example row."""
    language = chosen_language(lang)
    suffix = Path(file).suffix.lower() if file != "-" else ".csv"
    one_of("FILE", suffix, (".csv", ".xlsx"), language)
    from taxcalc.assessment.model import catalogue_of
    from taxcalc.base.atomic_file import replacing
    from taxcalc.base.problem import problem
    from taxcalc.firms import template as made

    titles = chosen_names(names, language)
    catalogue = catalogue_of(chosen_book(tables))
    with saying_errors(language):
        if file == "-":
            with writing():
                sys.stdout.buffer.write(made.as_csv(catalogue, language, titles, monthly=monthly))
            return
        if Path(file).is_file() and not force:
            refuse([problem("file_there", path=file)], language)
        called = f'"{file}"' if any(map(str.isspace, file)) else file
        with replacing(file) as part:
            if suffix == ".xlsx":
                from taxcalc.firms.template_workbook import write_workbook

                write_workbook(catalogue, language, str(part), titles, called, monthly=monthly)
            else:
                part.write_bytes(made.as_csv(catalogue, language, titles, monthly=monthly))
    remark(problem("template_written", path=file, called=called).text(language))
