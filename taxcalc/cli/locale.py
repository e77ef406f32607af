"""The language of the user, by the locale; help pages are in it before any option is read."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taxcalc.base.problem import Lang


def locale_lang() -> "Lang":
    """Chinese where the locale is Chinese, English otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def t(zh: str, en: str) -> str:
    """A text in the language of the locale."""
    return zh if locale_lang() == "zh" else en
