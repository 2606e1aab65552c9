"""One style sheet, one script and one sheet of pictures for every page, made when collecting.

A page that asks for twenty small files waits for twenty answers. While one develops (`DEBUG`) and
in the tests the files are served one by one, as they are.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from urllib.parse import quote

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEETS = (
    "dkfds/css/fonts.css",
    "dkfds/css/dkfds.layer.css",
    "css/tokens.css",
    "css/base.css",
    "css/bar.css",
    "css/shell.css",
    "css/components.css",
    "css/status.css",
    "css/forms.css",
    "css/tables.css",
    "css/worklist.css",
    "css/today.css",
    "css/notices.css",
    "css/print.css",
)
SCRIPTS = ("django_htmx/htmx-2.min.js", "js/kf.js", "js/worklist.js")
SPRITES = ("dkfds/img/all-svg-icons.svg", "img/status.svg")
ALL_SHEETS, ALL_SCRIPTS, ALL_SPRITES = "dkfds/css/all.css", "js/all.js", "img/all.svg"
PICTURES = re.compile(r"url\(\.\./(img/svg-icons/(?:chevron-down|check-white)\.svg)\)")
Paths = dict[str, tuple[Storage, str]]


class BundledStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Static files with a hash in their names, packed, and the bundles among them."""

    def post_process(
        self,
        paths: Paths,
        dry_run: bool = False,  # noqa: FBT001, FBT002 (Django's signature)
        **options: Any,  # noqa: ANN401 (Django's signature)
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Write the bundles beside what was collected, then hash and pack everything."""
        if not dry_run:
            self._bundle(ALL_SHEETS, self._style_sheet(paths), paths)
            self._bundle(ALL_SCRIPTS, "\n;\n".join(self._texts(SCRIPTS, paths)), paths)
            self._bundle(ALL_SPRITES, _one_picture(self._texts(SPRITES, paths)), paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _texts(self, names: Iterable[str], paths: Paths) -> list[str]:
        return [self._text(name) for name in names if name in paths]

    def _text(self, name: str) -> str:
        with self.open(name) as file:
            return bytes(file.read()).decode()

    def _style_sheet(self, paths: Paths) -> str:
        """All style sheets; the small pictures that every form needs stand inside."""

        def inside(found: re.Match[str]) -> str:
            picture = quote(self._text(f"dkfds/{found[1]}"))
            return f'url("data:image/svg+xml,{picture}")'

        return PICTURES.sub(inside, "\n".join(self._texts(SHEETS, paths)))

    def _bundle(self, name: str, text: str, paths: Paths) -> None:
        """Write a bundle beside what was collected, to be hashed and packed like the rest."""
        self.delete(name)
        self._save(name, ContentFile(text.encode()))
        paths[name] = (self, name)


def _one_picture(sprites: Iterable[str]) -> str:
    """Sprites in one file: the symbols of all."""
    inner = "".join(re.sub(r"(?s)^.*?<svg[^>]*>|</svg>\s*$", "", one) for one in sprites)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>'


def sheets() -> tuple[str, ...]:
    """The style sheets that a page links to: the bundle where there is one."""
    return (ALL_SHEETS,) if _is_bundled() else SHEETS


def scripts() -> tuple[str, ...]:
    """The scripts that a page loads."""
    return (ALL_SCRIPTS,) if _is_bundled() else SCRIPTS


def sprite(name: str) -> str:
    """The file in which to look for a symbol of a sprite."""
    return ALL_SPRITES if _is_bundled() else name


@cache
def _is_bundled() -> bool:
    return isinstance(staticfiles_storage, BundledStorage)
