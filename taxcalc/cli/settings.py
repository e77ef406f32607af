"""What holds where no option says otherwise: of the environment, of `taxcalc.toml` beside the input, of the user's own.

A setting may classify a business (its place, its year), never bring it a relief. Each is said where it counts.
"""

import functools
import os
import stat
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from taxcalc.base.problem import Problem
    from taxcalc.facts.catalogue import Catalogue

FILE = "taxcalc.toml"
_PREFIX = "TAXCALC_"
_MOST = 1 << 16
"""Bytes of a file of settings."""
FACTS = ("place", "year")
"""The facts that may be set: they say what kind a business is."""
_CHOICES = {"language": ("zh", "en"), "columns": ("summary", "items", "full"), "names": ("id", "zh", "en")}
KEYS = (*FACTS, *_CHOICES, "office", "mark", "tables", "map")
_FILES_ONLY = ("tables", "map")
"""They decide what is read and by which law: a variable that is left over from elsewhere may not."""
From = Literal["environment", "folder", "user"]


class Setting(NamedTuple):
    """What is set, and by which variable or file."""

    key: str
    value: Any  # a text, a list of them (tables), or texts by headings (map)
    of: From
    source: str

    @property
    def told_as(self) -> str:
        """The source of a fact that is set so."""
        from taxcalc.base.problem import DEFAULT_OF

        return f"{DEFAULT_OF}{self.source}"


_settled: dict[str, Setting] = {}
"""What counts in this run, by its key."""


def user_file() -> Path:
    """The user's own settings, in the folder that the system has for such."""
    home = Path(os.path.expanduser("~"))  # which is no folder where there is no home
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    return base / "taxcalc" / FILE


def folder_file(inputs: Iterable[str]) -> Path | None:
    """Where the settings of the first input that is a file may stand: in its folder."""
    first = next((path for path in inputs if path and path != "-"), None)
    return Path(first).parent / FILE if first else None


def forget() -> None:
    """Nothing is found out yet."""
    _settled.clear()
    spoken.cache_clear()


def settle(inputs: Sequence[str] = ()) -> None:
    """Find out what counts for these inputs from now on. Raises InputError, with all that cannot be used."""
    forget()
    wrong: list[Problem] = []
    found = [*_of_file(user_file(), "user", wrong)]
    if (beside := folder_file(inputs)) and beside.absolute() != user_file().absolute():
        found += _of_file(beside, "folder", wrong)
    found += _of_environment(wrong)
    if wrong:
        from taxcalc.base.problem import InputError

        raise InputError(wrong)
    _settled.update((one.key, one) for one in found)


def setting(key: str) -> Setting | None:
    """What is set, if it is; what decides the law or the columns is said where it stands beside an input."""
    return _settled.get(key)


def used(key: str, language: Any) -> Any:
    """The value that is set, or None; tables and maps beside an input are said each time, as they may not be the user's."""
    found = _settled.get(key)
    if found and found.of == "folder" and key in _FILES_ONLY:
        from taxcalc.base.problem import problem

        print(f"taxcalc: {problem('config_used', key=key, path=found.source).text(language)}", file=sys.stderr)
    return found.value if found else None


def set_facts(catalogue: "Catalogue", stated: Iterable[str]) -> list[tuple[str, dict[str, str]]]:
    """The facts that are set, each with its source, but for those that are stated; no year where any time is."""
    from taxcalc.facts.statement import WHEN

    named = {slot.fact.name for name in stated if (slot := catalogue.find(name))}
    dated = not named.isdisjoint(WHEN)
    found = [_settled[key] for key in FACTS if key in _settled and key not in named and not (key == "year" and dated)]
    return [(one.told_as, {one.key: one.value}) for one in found]


@functools.cache
def spoken(variable: str | None) -> str | None:
    """The language of the variable, else of the user's own file: before anything else is known, and asked for often."""
    if variable in _CHOICES["language"]:
        return variable
    found = (one.value for one in _of_file(user_file(), "user", []) if one.key == "language")
    return next(found, None)


def _of_environment(wrong: "list[Problem]") -> list[Setting]:
    named = {name: value for name, value in os.environ.items() if name.startswith(_PREFIX) and value}
    given = {name.removeprefix(_PREFIX).lower(): value for name, value in named.items()}
    return _checked(given, "environment", "", wrong) if given else []


def _of_file(path: Path, of: From, wrong: "list[Problem]") -> list[Setting]:
    try:
        about = path.stat()
    except (OSError, ValueError):
        return []
    from taxcalc.base.problem import InputError, problem
    from taxcalc.facts.files import read_toml

    if not stat.S_ISREG(about.st_mode) or about.st_size > _MOST:
        wrong.append(problem("config_file", path=str(path), limit=_MOST))
        return []
    try:
        return _checked(read_toml(str(path)), of, str(path), wrong)
    except InputError as error:
        wrong += error.problems
        return []


def _checked(given: Mapping[str, Any], of: From, path: str, wrong: "list[Problem]") -> list[Setting]:
    """Settings from a file or (no path) the environment, those that can be used."""
    found = []
    for key, value in given.items():
        source = path or f"{_PREFIX}{key.upper()}"
        if why := _why_not(key, value, of, source):
            wrong.append(why)
            continue
        if key == "year":
            value = str(value)
        elif key == "mark" and path:
            value = str(Path(path).parent / value)
        elif key == "tables":
            value = [str(Path(path).parent / one) for one in ([value] if isinstance(value, str) else value)]
        found.append(Setting(key, value, of, source))
    return found


def _why_not(key: str, value: Any, of: From, source: str) -> "Problem | None":
    """Why something cannot be set so."""
    from taxcalc.base.problem import problem

    if key not in KEYS:
        return _unknown(key, source)
    if key in _FILES_ONLY and of == "environment":
        return problem("config_files_only", source=source)
    texts = [value] if isinstance(value, str) else value
    fits = {
        "tables": lambda: isinstance(texts, list) and all(isinstance(one, str) and one for one in texts),
        "map": lambda: isinstance(value, dict) and all(isinstance(one, str) for one in value.values()),
        "year": lambda: isinstance(value, str | int) and not isinstance(value, bool),
    }
    if not fits.get(key, lambda: isinstance(value, str) and bool(value.strip()))():
        return problem("config_type", source=source, key=key)
    if key in _CHOICES and value not in _CHOICES[key]:
        return problem("config_value", source=source, key=key, value=value, allowed=list(_CHOICES[key]))
    return None


def _unknown(key: str, source: str) -> "Problem":
    import difflib

    from taxcalc.assessment.model import catalogue_of, shipped_book
    from taxcalc.base.problem import problem

    slot = catalogue_of(shipped_book()).find(key)
    if slot and slot.fact.name not in FACTS:
        kind = "config_relief" if slot.fact.entitles else "config_fact"
        return problem(kind, source=source, key=key, label=slot.fact.label)
    near = difflib.get_close_matches(key, KEYS, n=3) or list(KEYS)
    return problem("config_unknown", source=source, key=key, near=near)
