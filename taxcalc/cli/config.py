"""`taxcalc config`: what holds where no option says otherwise, and where it is set."""

# No postponed annotations here: Typer would compile each one again at start-up.
from typing import TYPE_CHECKING, Annotated

from taxcalc.cli.application import app
from taxcalc.cli.locale import t
from taxcalc.cli.options import Language, TableOrJson, argument, chosen_language, one_of, settled
from taxcalc.cli.output import answer
from taxcalc.cli.settings import KEYS, folder_file, setting, user_file

if TYPE_CHECKING:
    from rich.console import Console

    from taxcalc.report.shapes import Json

_WORDS = {
    "environment": ("环境变量", "environment"),
    "folder": ("资料所在文件夹", "folder of the input"),
    "user": ("用户设置", "user's own"),
}


@app.command(
    help=t(
        "默认设置：哪些生效，来自何处。依次为选项、环境变量 TAXCALC_…、资料所在文件夹的 taxcalc.toml、用户自己的。",
        "Defaults: what counts and where it is set. In this order: options, TAXCALC_… of the environment, taxcalc.toml in "
        "the folder of the input, the user's own.",
    )
)
def config(
    file: Annotated[str, argument("[FILE]", "将要读取的文件", "a file that would be read")] = "-",
    format: TableOrJson = "table",
    lang: Language = None,
) -> None:
    """List the settings."""
    settled([file])
    language = chosen_language(lang)
    one_of("--format", format, ("table", "json"), language)
    side = 0 if language == "zh" else 1
    beside = folder_file([file])
    files = {"user": user_file(), "folder": beside}
    found = [one for one in map(setting, KEYS) if one]

    def as_json() -> str:
        from taxcalc.report.shapes import dumped

        listed = [{"key": one.key, "value": one.value, "from": one.of, "source": one.source} for one in found]
        places: dict[str, Json] = {
            of: {"path": str(path), "there": path.is_file()} if path else None for of, path in files.items()
        }
        return dumped("config/1", {"files": places, "settings": listed})

    def draw(console: "Console") -> None:
        from taxcalc.base.problem import shown

        lines = [
            f"{one.key} = {shown(str(one.value))}  ({_WORDS[one.of][side]}{'：' if not side else ': '}{shown(one.source)})"
            for one in found
        ]
        lines += [("没有设置", "nothing is set")[side]] if not found else []
        for of, path in files.items():
            there = ("有", "there") if path and path.is_file() else ("无", "not there")
            lines += (
                [f"{_WORDS[of][side]}{'：' if not side else ': '}{shown(str(path))} ({there[side]})"] if path else []
            )
        for line in lines:
            console.print(line, markup=False, soft_wrap=True)

    answer(format, as_json, draw)
