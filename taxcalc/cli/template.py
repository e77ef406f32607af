"""`taxcalc template`: a table to start from."""

# No postponed annotations here: Typer would compile each one again at start-up.
import sys
from pathlib import Path
from typing import Annotated

from taxcalc.cli.application import app
from taxcalc.cli.locale import t
from taxcalc.cli.options import Folders, Language, NamesOf, argument, chosen_book, chosen_language, chosen_names, one_of
from taxcalc.cli.output import writing
from taxcalc.cli.table_input import saying_errors


@app.command(help=t("生成空表：带表头和说明。", "A table to start from, with headings and notes."))
def template(
    file: Annotated[
        str, argument("[FILE]", ".csv 或 .xlsx 文件，- 为标准输出", "a .csv or .xlsx file; - is standard output")
    ] = "-",
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
    from taxcalc.firms import template as made

    titles = chosen_names(names, language)
    catalogue = catalogue_of(chosen_book(tables))
    with saying_errors(language):
        if file == "-":
            with writing():
                sys.stdout.buffer.write(made.as_csv(catalogue, language, titles))
            return
        with replacing(file) as part:
            if suffix == ".xlsx":
                made.write_workbook(catalogue, language, str(part), titles)
            else:
                part.write_bytes(made.as_csv(catalogue, language, titles))
