"""Problems as values: what is wrong with one piece of input, said in either language.

Reading never raises for what a person wrote; it returns a `Problem`, so that one bad cell can be named,
counted and put aside while the rest goes on.
"""

import re
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

Lang = Literal["zh", "en"]


class Problem(NamedTuple):
    """A message by its key, with the values that it names."""

    key: str
    values: dict[str, Any]

    def text(self, lang: Lang) -> str:
        """The sentence. Values that are themselves problems or (Chinese, English) pairs are put in that language."""
        return say(self.key, lang, **self.values)


def problem(key: str, /, **values: Any) -> Problem:
    """Make a Problem."""
    return Problem(key, values)


def say(key: str, lang: Lang, /, **values: Any) -> str:
    """One message of the catalogue in a language."""
    from taxcalc.base.messages import MESSAGES

    side = 0 if lang == "zh" else 1
    named = {name: _in(_called(name, value), side) for name, value in values.items()}
    # only a report on one firm puts amounts into the sentence of a check
    return MESSAGES[key][side].format_map({"hint_year": hint_year(), "amounts": "", **named})


LAST_HINT = 2027
"""The last year that a hint names: no table of the law need know a later one."""


def hint_year() -> int:
    """The year by which a message shows how to write one: this year."""
    return min(date.today().year, LAST_HINT)


def _called(name: str, value: Any) -> Any:
    """What a value is called: a source of facts has a name of its own, a cell that says the same has none."""
    if name == "source" and isinstance(value, str) and value.startswith(DEFAULT_OF):
        return default_called(value)
    return _SOURCES.get(value, value) if name in ("source", "path") and isinstance(value, str) else value


DEFAULT_OF = "default of "
"""Begins the source of a fact that no one stated of this firm: a file of settings, or a variable, says it of all."""


def default_called(source: str) -> tuple[str, str]:
    """What such a source is called; of a file no more than its name, as it is handed on."""
    name = re.split(r"[/\\\\]", source.removeprefix(DEFAULT_OF))
    shown = f"…/{name[-1]}" if len(name) > 1 else name[0]
    return f"默认设置，{shown}", f"default of {shown}"


def _in(value: Any, side: int) -> Any:
    if isinstance(value, Problem):
        return value.text("en" if side else "zh")
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(part, str) for part in value):
        return shown(value[side], side)
    if isinstance(value, str):
        return shown(value, side)
    if isinstance(value, list):
        more = [f"… (+{len(value) - _LISTED})"] if len(value) > _LISTED else []
        return ("、", ", ")[side].join(str(_in(item, side)) for item in [*value[:_LISTED], *more])
    return value


def shown(text: str, side: int = 1) -> str:
    """Text that a terminal can be shown: no control characters, and not without end."""
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}… (+{len(text) - _LONGEST})"
    return text if text.isprintable() else printable(text, side)


def printable(text: str, side: int = 1) -> str:
    """Characters that cannot be seen in words, else as their escapes: no control character may reach a terminal, which
    would obey it."""
    return "".join(c if c.isprintable() else f"‹{_UNSEEN[c][side]}›" if c in _UNSEEN else ascii(c)[1:-1] for c in text)


def json_escaped(document: str) -> str:
    """A JSON document without a control character: each as its escape, which a reader of JSON takes for the same."""
    import json

    lines = document.split("\n")
    if all(map(str.isprintable, lines)):
        return document
    return "\n".join("".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line) for line in lines)


_UNSEEN = {
    "\t": ("制表符", "tab"),
    "\n": ("换行", "line break"),
    "\r": ("回车", "return"),
    "\xa0": ("不换行空格", "no-break space"),
    "\u3000": ("全角空格", "full-width space"),
    "\u200b": ("零宽空格", "zero-width space"),
    "\u200c": ("零宽字符", "zero-width character"),
    "\u200d": ("零宽字符", "zero-width character"),
    "\u200e": ("方向标记", "direction mark"),
    "\u200f": ("方向标记", "direction mark"),
    "\u202c": ("方向标记", "direction mark"),
    "\u202d": ("方向标记", "direction mark"),
    "\ufeff": ("字节顺序标记", "byte order mark"),
}
"""What people paste without seeing it."""
_LONGEST, _LISTED = 300, 40
"""Characters of a value, and members of a list, that a sentence holds."""


_SOURCES = {
    "options": ("选项", "options"),
    "stdin": ("标准输入", "standard input"),
    "stdout": ("标准输出", "standard output"),
    "facts": ("调用参数", "facts"),
    "row": ("本行", "this row"),
}
"""How the sources of facts are called."""


def place_of(error: Exception) -> str:
    """Where in this program an exception arose: file and function; '' where that was outside."""
    import traceback

    package = Path(__file__).parents[1]
    frames = [one for one in traceback.extract_tb(error.__traceback__) if Path(one.filename).is_relative_to(package)]
    if not frames:
        return ""
    return f"{Path(frames[-1].filename).relative_to(package).as_posix()}:{frames[-1].name}"


class InputError(Exception):
    """Input that cannot be used, with every problem found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(p.text("en") for p in problems))
        self.problems = problems
