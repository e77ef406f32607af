"""docs/architecture.md and docs/decisions name what is there: paths, modules, what stands in them, and fields."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = (ROOT / "docs" / "architecture.md", *sorted((ROOT / "docs" / "decisions").glob("*.md")))
PAGES = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in FILES}
PAGE = PAGES["docs/architecture.md"]
ROOMS = sorted(path.parent.name for path in (ROOT / "taxcalc").glob("*/__init__.py"))
_NAME = rf"`((?:{'|'.join(ROOMS)})(?:\.\w+)+)`"
NAMES = sorted({name for text in PAGES.values() for name in re.findall(_NAME, text)})
FIELDS = re.findall(rf"(?m)^\| {_NAME} \| `([\w, ]+)` \|", PAGE)


def found(name: str) -> object:
    """What a dotted name below `taxcalc` means."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            thing: object = importlib.import_module(".".join(["taxcalc", *parts[:length]]))
            for part in parts[length:]:
                thing = getattr(thing, part)
        except (ModuleNotFoundError, AttributeError):
            continue
        return thing
    raise AssertionError(f"taxcalc.{name} is named, but not there")


def test_there_is_much_to_check() -> None:
    assert len(NAMES) > 50
    assert len(FIELDS) > 30


@pytest.mark.parametrize("page", PAGES)
def test_paths_that_a_page_names_exist(page: str) -> None:
    named = re.findall(r"`((?:taxcalc|tables|tests|verification|docs|benchmarks|examples)/[\w./-]*)`", PAGES[page])
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_exists(name: str) -> None:
    assert found(name) is not None


@pytest.mark.parametrize(("name", "fields"), FIELDS, ids=[name for name, _ in FIELDS])
def test_a_type_has_these_fields(name: str, fields: str) -> None:
    """All of them and no other, where it is a record; of other classes, those that matter."""
    kind, said = found(name), fields.split(", ")
    assert isinstance(kind, type)
    if own := getattr(kind, "_fields", None) or vars(kind).get("__slots__"):
        assert set(said) == set(own)
    elif hasattr(kind, "__required_keys__"):
        assert set(said) == set(kind.__annotations__)
    else:
        source = inspect.getsource(kind)
        assert [field for field in said if not re.search(rf"\b(self\.|def )?{field}\b", source)] == []


def test_every_room_is_described() -> None:
    assert re.findall(r"(?m)^\| \d+ \| `taxcalc/(\w+)/` \|", PAGE) == sorted(
        ROOMS, key=lambda room: PAGE.index(f"`taxcalc/{room}/`")
    )
    assert all(f"`taxcalc/{room}/`" in PAGE for room in ROOMS)


def test_every_decision_is_listed() -> None:
    listed = set(re.findall(r"\]\(([\w-]+\.md)\)", PAGES["docs/decisions/README.md"]))
    assert listed == {path.name for path in FILES[1:]} - {"README.md"}


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.startswith("docs/decisions/") and "README" not in page]
)
def test_a_decision_says_what_it_costs(page: str) -> None:
    said = re.findall(r"(?m)^\*\*([\w ]+)\.\*\*", PAGES[page])
    assert said == ["Context", "Decision", "What it costs", "How we know"]
