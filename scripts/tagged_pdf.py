"""Says what keeps a PDF from being read aloud: an independent look at the tags a compiler wrote.

`python -m scripts.tagged_pdf letter.pdf …` prints each fault, and ends with 1 when there is one.
It reads the file with another program than wrote it, and needs no JVM. It checks what PDF/UA-1
(ISO 14289-1) asks of a plain document: nothing drawn outside the tags, headings in order, the
language, the title, tables with headers, the reading order, and fonts that can be read as text.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf

DRAWS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI"}
HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")
UA = "http://www.aiim.org/pdfua/ns/id/"


def faults(path: Path) -> list[str]:
    """What is wrong with a document, in no more than a line each."""
    with pikepdf.open(path) as pdf:
        return [*_document(pdf), *_pages(pdf), *_structure(pdf), *_fonts(pdf)]


def _document(pdf: pikepdf.Pdf) -> Iterator[str]:
    root: Any = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "the document does not say that it is tagged"
    if not str(root.get("/Lang", "")):
        yield "the document has no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the window would show the file's name instead of the title"
    with pdf.open_metadata() as told:
        if not told.get("dc:title"):
            yield "the document has no title"
        if told.get(f"{{{UA}}}part") != "1":
            yield "the document does not say that it follows PDF/UA-1"


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Everything that is drawn lies in a tag or is marked as decoration."""
    for number, page in enumerate(pdf.pages, start=1):
        if page.get("/Tabs") != "/S" and page.get("/Annots"):
            yield f"page {number}: the tab order is not that of the tags"
        untagged = sum(1 for _ in _untagged(page))
        if untagged:
            yield f"page {number}: {untagged} drawn outside the tags"
        if "/StructParents" not in page:
            yield f"page {number}: no way back from the page to its tags"


def _instructions(page: pikepdf.Page) -> Iterable[Any]:
    """What is drawn on a page, each with its operands."""
    return pikepdf.parse_content_stream(page)


def _untagged(page: pikepdf.Page) -> Iterator[str]:
    """The operators that draw while no marked content is open."""
    depth = 0
    for operands, operator in _instructions(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            depth += 1
            if str(operands[0]) != "/Artifact" and not _has_mark(operands):
                yield f"{operands[0]} without a number"
        elif name == "EMC":
            depth -= 1
        elif name in DRAWS and depth == 0:
            yield name


def _has_mark(operands: Any) -> bool:  # noqa: ANN401 (whatever the stream holds)
    """Whether marked content is tied to the tree; a span inside tagged content need not be."""
    if str(operands[0]) == "/Span":
        return True
    return (
        len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]
    )


Tag = tuple[str, Any]


def tags(pdf: pikepdf.Pdf) -> list[Tag]:
    """Every tag of the document in reading order, by the name it stands for."""
    tree = pdf.Root.get("/StructTreeRoot")
    roles = dict(tree.get("/RoleMap", {}).items()) if tree is not None else {}
    return list(_walk(tree, roles)) if tree is not None else []


def _walk(node: Any, roles: dict[str, Any]) -> Iterator[Tag]:  # noqa: ANN401 (pikepdf's objects)
    if not isinstance(node, pikepdf.Dictionary):
        return
    if "/S" in node:
        name = str(node["/S"])
        yield str(roles.get(name, name)), node
    children: Any = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        yield from _walk(child, roles)


def _structure(pdf: pikepdf.Pdf) -> Iterator[str]:
    found = tags(pdf)
    names = [name for name, _node in found]
    if not names:
        yield "there are no tags"
        return
    if names[0] != "/Document":
        yield "the outermost tag is no document"
    yield from _headings([name for name in names if name in HEADINGS])
    yield from _tables(found)
    yield from (f"{name} has no text instead" for name, node in found if _lacks_text(name, node))
    yield from _marks(pdf, found)


def _headings(names: list[str]) -> Iterator[str]:
    if not names or names[0] != "/H1":
        yield "the first heading is not of the first level"
    deepest = 0
    for name in names:
        level = int(name[2:])
        if level > deepest + 1:
            yield f"{name} skips a level"
        deepest = level


def _tables(found: list[Tag]) -> Iterator[str]:
    """Tables have header cells, and each says whether it heads a row or a column."""
    for name, node in found:
        if name != "/Table":
            continue
        inside = list(_walk(node, {}))
        heads = [one for inner, one in inside if inner == "/TH"]
        if not heads:
            yield "a table has no header cells"
        if any(_attribute(head, "/Scope") is None for head in heads):
            yield "a header cell does not say what it heads"


def _attribute(node: Any, name: str) -> Any:  # noqa: ANN401 (pikepdf's objects)
    """An attribute of a tag, whichever of its owners has it."""
    owners = node.get("/A", [])
    for owner in owners if isinstance(owners, pikepdf.Array) else [owners]:
        if isinstance(owner, pikepdf.Dictionary) and name in owner:
            return owner[name]
    return None


def _lacks_text(name: str, node: Any) -> bool:  # noqa: ANN401 (pikepdf's objects)
    return name in ("/Figure", "/Formula") and not str(node.get("/Alt", ""))


def _marks(pdf: pikepdf.Pdf, found: list[Tag]) -> Iterator[str]:
    """Each mark on a page stands in the tree, and each in the tree on a page."""
    drawn = sum(len(_mark_numbers(page)) for page in pdf.pages)
    told = sum(_marks_of(node) for _name, node in found)
    if drawn != told:
        yield f"{drawn} marks on the pages, {told} in the tags"


def _mark_numbers(page: pikepdf.Page) -> set[int]:
    return {
        int(operands[1]["/MCID"])
        for operands, operator in _instructions(page)
        if str(operator) == "BDC"
        and isinstance(operands[1], pikepdf.Dictionary)
        and "/MCID" in operands[1]
    }


def _marks_of(node: Any) -> int:  # noqa: ANN401 (pikepdf's objects)
    children: Any = node.get("/K", [])
    listed = list(children) if isinstance(children, pikepdf.Array) else [children]
    return sum(isinstance(one, int) or _refers(one) for one in listed)


def _refers(one: Any) -> bool:  # noqa: ANN401 (pikepdf's objects)
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/MCR"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every font travels with the document and says which letters it draws."""
    for number, page in enumerate(pdf.pages, start=1):
        for font in page.resources.get("/Font", {}).values():
            name = str(font.get("/BaseFont", "?"))
            inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
            told: Any = inner.get("/FontDescriptor", {})
            if not any(key in told for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield f"page {number}: {name} is not embedded"
            if "/ToUnicode" not in font:
                yield f"page {number}: {name} does not say which letters it draws"


def main(names: list[str]) -> int:
    """Print the faults of each file."""
    wrong = [(name, fault) for name in names for fault in faults(Path(name))]
    for name, fault in wrong:
        print(f"{name}: {fault}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
