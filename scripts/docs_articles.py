"""Copies the Markdown pages of a folder to a DocC catalog, with links that DocC understands.

usage: docs_articles.py FOLDER CATALOG

A link to another page becomes a link to its article; a link to any other file of the repository keeps its text only.
Pictures are copied beside the articles, under names without folders.
"""

import pathlib
import re
import shutil
import sys

folder, catalog = (pathlib.Path(argument) for argument in sys.argv[1:3])
pages = {page.stem for page in folder.glob("*.md")}


def link(match: re.Match) -> str:
    text, target = match.groups()
    if "://" in target or target.startswith("#"):
        return match.group(0) if "://" in target else text
    path = pathlib.PurePosixPath(target.split("#")[0])
    if path.suffix == ".md" and path.stem in pages and len(path.parts) == 1:
        return f"[{text}](doc:{path.stem})"
    return text


def picture(match: re.Match) -> str:
    text, target = match.groups()
    name = target.replace("/", "-")
    shutil.copy(folder / target, catalog / name)
    return f"![{text}]({name})"


for page in sorted(folder.glob("*.md")):
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"!\[([^\]]*)\]\(([^)]+)\)", picture, text)
    text = re.sub(r"(?<!!)\[([^\]]*)\]\(((?!doc:)[^)]+)\)", link, text)
    (catalog / page.name).write_text(text, encoding="utf-8")
