"""How the program speaks: the language of the user, by the locale, before any option is read; and whether it makes remarks."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taxcalc.base.problem import Lang


_asked: "list[Lang]" = []
"""What --lang before the command asks for, in this run."""


def ask_for(lang: "Lang | None") -> None:
    """Speak this language from now on, or that of the locale."""
    _asked[:] = [lang] if lang else []


def asked_for() -> "Lang | None":
    """The language of --lang before the command."""
    return _asked[0] if _asked else None


def locale_lang() -> "Lang":
    """What was asked for before the command, or is set; else Chinese where the locale is Chinese, English otherwise."""
    if _asked:
        return _asked[0]
    if found := _set():
        return "zh" if found == "zh" else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def _set() -> str | None:
    """The language that is set for every run."""
    from taxcalc.cli.settings import spoken

    return spoken(os.environ.get("TAXCALC_LANGUAGE"))


def t(zh: str, en: str) -> str:
    """A text in the language of the locale."""
    return zh if locale_lang() == "zh" else en


_quiet: list[bool] = []
"""Was --quiet said in this run?"""


def be_quiet(quiet: bool = True) -> None:
    """Make no remarks from now on, or again."""
    _quiet[:] = [quiet]


def is_quiet() -> bool:
    """Are remarks left out? Errors never are."""
    return _quiet == [True]
