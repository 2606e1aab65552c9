"""Take from the installed front-end packages what the pages use, into a folder git ignores.

The design system's style sheet goes into a layer of its own, so that our style sheet always wins
over its long selectors. Its font faces go (one of them is broken upstream, all of them are large);
`fonts.css` declares the three ready-made Latin cuts that the pages use.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules" / "dkfds"
TARGET = ROOT / "build" / "static" / "dkfds"
CUTS = {"Regular": 400, "Medium": 500, "SemiBold": 600}
LATIN = (  # what the cut holds
    "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2013-2014,U+2018-201A,"
    "U+201C-201E,U+2020-2022,U+2026,U+2030,U+2039-203A,U+2044,U+20AC,U+2122,U+2212,U+FB01-FB02"
)
FACE = """@font-face {{
  font-family: "IBM Plex Sans";
  font-style: normal;
  font-weight: {weight};
  font-display: swap;
  src: url("../fonts/IBMPlexSans-{cut}-Latin1.woff2") format("woff2");
  unicode-range: {latin};
}}
"""


def main() -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    for folder in ("css", "fonts", "img", "js"):
        (TARGET / folder).mkdir(parents=True)
    sheet = layered((PACKAGE / "dist/css/dkfds.min.css").read_text())
    (TARGET / "css/dkfds.layer.css").write_text(sheet)
    (TARGET / "css/fonts.css").write_text(faces())
    (TARGET / "js/dkfds.min.js").write_text(
        without_map((PACKAGE / "dist/js/dkfds.min.js").read_text())
    )
    copy_fonts()
    copy_pictures(sheet)
    shutil.copy(PACKAGE / "dist/LICENSE.md", TARGET)
    files = sum(1 for file in TARGET.rglob("*") if file.is_file())
    print(f"{files} front-end files in {TARGET.relative_to(ROOT)}")


def layered(sheet: str) -> str:
    """The style sheet without charset and font faces, inside the layer `dkfds`."""
    plain = re.sub(r"@font-face\{[^}]*\}", "", without_map(sheet).lstrip("\ufeff"))
    return f"@layer dkfds{{{re.sub(r'@charset[^;]*;', '', plain)}}}\n"


def without_map(text: str) -> str:
    """A built file without the address of a source map that is not here."""
    return re.sub(r"\s*(/\*|//)# sourceMappingURL=\S+?(\*/|$)", "", text.rstrip())


def faces() -> str:
    """The three cuts as font faces."""
    return "".join(FACE.format(cut=cut, weight=weight, latin=LATIN) for cut, weight in CUTS.items())


def copy_fonts() -> None:
    fonts = PACKAGE / "dist/fonts/IBMPlexSans/split/woff2"
    for cut in CUTS:
        shutil.copy(fonts / f"IBMPlexSans-{cut}-Latin1.woff2", TARGET / "fonts")
    shutil.copy(fonts / "license.txt", TARGET / "fonts/OFL.txt")


def copy_pictures(sheet: str) -> None:
    """Every picture the style sheet names, and the sprite; no portal's logo is among them."""
    named = set(re.findall(r"url\(\"?\.\./(img/[^)\"#?]+)", sheet))
    for name in sorted(named | {"img/all-svg-icons.svg"}):
        (TARGET / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGE / "dist" / name, TARGET / name)


if __name__ == "__main__":
    main()
