"""Looking at a page as axe does, at the widths of a desk and of a phone."""

from collections.abc import Iterator

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

DESK, PHONE = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
LOOK = """async (rules) => {
  const page = document.documentElement;
  const found = await axe.run(rules);
  const faults = found.violations.map((one) =>
    `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.target).join(", ")}`);
  if (page.scrollWidth > page.clientWidth) faults.push(`it is ${page.scrollWidth} px wide`);
  return faults;
}"""


def faults(page: Page) -> Iterator[str]:
    """What is wrong with the page that is open, a line for each thing, at both widths."""
    page.set_viewport_size(DESK)
    page.evaluate(AXE_SCRIPT)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        yield from (f"{size['width']} px: {one}" for one in page.evaluate(LOOK, RULES))
