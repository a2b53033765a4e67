#!/usr/bin/env python3
"""Writes docs/languages.md, the list of Kazakh and Russian texts that want a native's check: languages.py [FILE]"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEXTS = (
    ("src/TrafficAI.Server/web/src/i18n", "", "The dashboard"),
    ("src/TrafficAI.Runtime/Explain", "Phrases.", "Explanations of decisions: `explain`, the dashboard"),
    ("src/TrafficAI.Runtime/Measuring", "Measures.", "Measures and their formulas: `kpi`, the dashboard"),
    ("src/TrafficAI.Cli/Design", "Sheet.", "The timing sheet: `design`"),
)
HEAD = """# Texts that want a native's check

No native speaker has checked these Kazakh and Russian texts yet. Read them here, correct them in their file; `{word}` stands for a value and stays as it is.
This list is written by `scripts/languages.py`, and `LanguageTests` fails where it differs from the files.

Names of streets and junctions come from OpenStreetMap (`simulations/almaty-data/junctions.csv`, in both languages) and are not repeated here. The words on maps stand in `simulations/almaty-data/map.py`, in Russian alone.

The first question: the dashboard calls a phase «кезең», the others «фаза». One of them should go.

| where | texts |
|---|---|
"""


def read(folder, stem, language):
    return json.loads((ROOT / folder / f"{stem}{language}.json").read_text(encoding="utf-8"))


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def section(folder, stem, what):
    english, russian, kazakh = (read(folder, stem, language) for language in ("en", "ru", "kk"))
    wanted = [key for key in english if any(letter.isalpha() for letter in kazakh[key])]
    lines = [f"\n## {what}\n", f"`{folder}/{stem}kk.json`, `{folder}/{stem}ru.json`\n", "| key | English | русский | қазақша |", "|---|---|---|---|"]
    return wanted, [*lines, *(f"| `{key}` | {cell(english[key])} | {cell(russian[key])} | {cell(kazakh[key])} |" for key in wanted)]


def main(out=ROOT / "docs" / "languages.md"):
    sections = [(what, *section(folder, stem, what)) for folder, stem, what in TEXTS]
    counts = "".join(f"| {what} | {len(wanted)} |\n" for what, wanted, _ in sections)
    pathlib.Path(out).write_text(HEAD + counts + "".join("\n".join(lines) + "\n" for _, _, lines in sections), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
