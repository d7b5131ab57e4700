"""The docs know every setting, command and page."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def _settings() -> set[str]:
    code = (ROOT / "mapsite" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r'env_\w+\("([A-Z_]+)"', code))


def _commands() -> set[str]:
    folder = ROOT / "incidents" / "management" / "commands"
    return {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}


def test_every_setting_has_an_entry():
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert _settings()
    assert {name for name in _settings() if f"`{name}`" not in text} == set()


def test_no_entry_names_a_setting_that_is_gone():
    rows = re.findall(r"^\| `([A-Z_]+)`", (DOCS / "settings.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(rows) == _settings()


def test_every_command_has_an_entry():
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert {name for name in _commands() if f"## {name}" not in text} == set()


def test_every_page_is_listed_and_every_listed_page_is_there():
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"\]\((\w+\.md)\)", index))
    assert listed == {path.name for path in DOCS.glob("*.md")} - {"README.md"}


def test_every_link_between_the_docs_leads_somewhere():
    broken = []
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")
    assert broken == []


def test_every_make_target_the_readme_names_is_there():
    readme = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", readme)) <= targets
