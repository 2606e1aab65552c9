"""Looking at a page as axe does, at several widths, and as those who enlarge, space or tab."""

from collections.abc import Iterator

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

DESK, PHONE = ViewportSize(width=1440, height=1000), ViewportSize(width=390, height=844)
ENLARGED = ViewportSize(width=720, height=500)  # what 200 per cent leaves of a desk's 1440 pixels
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
LOOK = """async (rules) => {
  const found = await axe.run(rules);
  return found.violations.map((one) =>
    `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.target).join(", ")}`);
}"""
# What every way of looking asks: does the page scroll sideways, and is any text cut off?
FIT = """() => {
  const page = document.documentElement, faults = [];
  if (page.scrollWidth > page.clientWidth) faults.push(`it is ${page.scrollWidth} px wide`);
  for (const one of document.querySelectorAll("main *, footer *")) {
    const style = getComputedStyle(one);
    const clips = /hidden|clip/.test(style.overflowX + style.overflowY);
    if (!clips || one.closest(".sr-only, svg, [title]") || !one.clientWidth) continue;
    if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (style.clipPath !== "none" || style.clip !== "auto") continue;
    const wide = one.scrollWidth - one.clientWidth, high = one.scrollHeight - one.clientHeight;
    if (one.innerText?.trim() && (wide > 1 || high > 1))
      faults.push(`cut off: ${one.tagName}.${one.className} “${one.innerText.slice(0, 30)}”`);
  }
  return faults;
}"""
# WCAG 1.4.12, as a sheet of the reader's own: the content policy forbids a style element.
SPACED = """(wanted) => {
  const sheet = new CSSStyleSheet();
  if (wanted) sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
# WCAG 2.4.7, 2.4.11, 2.5.8: what Tab reaches shows it, is not hidden, and is big enough to hit.
REACH = """() => {
  const faults = [], seen = new Set();
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const named = (one) => `${one.tagName}.${one.className} “${(one.innerText || one.name || "")
    .trim().slice(0, 30)}”`;
  for (const one of document.querySelectorAll(wanted)) {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({ visibilityProperty: true }))
      continue;
    one.focus();
    if (document.activeElement !== one) continue;
    const drawn = /radio|checkbox/.test(one.type) && one.labels[0] ? one.labels[0] : one;
    const box = drawn.getBoundingClientRect(), style = getComputedStyle(one);
    const marks = [style, getComputedStyle(drawn, "::before"), getComputedStyle(drawn)];
    if (one.matches(":focus-visible") && !marks.some((mark) =>
        mark.outlineStyle !== "none" && parseFloat(mark.outlineWidth) >= 2))
      faults.push(`shows no focus: ${named(one)}`);
    const middle = [box.left + box.width / 2, box.top + box.height / 2];
    const top = document.elementFromPoint(...middle);
    if (top && !one.contains(top) && !drawn.contains(top) && !top.contains(one)
        && top.closest("header, [class*=bulk], [class*=sticky]"))
      faults.push(`hidden while it has the focus: ${named(one)} by ${named(top)}`);
    const inText = one.tagName === "A" && style.display === "inline";
    if (!inText && (box.width < 24 || box.height < 24)) faults.push(
      `only ${Math.round(box.width)} × ${Math.round(box.height)} px: ${named(one)}`);
  }
  document.activeElement?.blur();
  scrollTo(0, 0);
  return faults.filter((one) => !seen.has(one) && seen.add(one));
}"""


def seen_by_axe(page: Page) -> Iterator[str]:
    """What axe finds at both widths, also under a menu that lies over the page."""
    page.evaluate(AXE_SCRIPT)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        yield from axe_at(page, size)


def axe_at(page: Page, size: ViewportSize) -> Iterator[str]:
    """What axe finds now, a line for each rule."""
    yield from (f"{size['width']} px: {one}" for one in page.evaluate(LOOK, RULES))


def faults(page: Page) -> Iterator[str]:
    """What is wrong with the page that is open, a line for each thing, whoever looks at it."""
    page.evaluate(AXE_SCRIPT)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.evaluate("scrollTo(0, 0)")  # a window made larger leaves links under the bar on top
        width = f"{size['width']} px"
        yield from axe_at(page, size)
        yield from (f"{width}: {one}" for one in page.evaluate(FIT))
        yield from (f"{width}: {one}" for one in page.evaluate(REACH))
        page.evaluate(SPACED, arg=True)
        yield from (f"{width}, spaced: {one}" for one in page.evaluate(FIT))
        page.evaluate(SPACED, arg=False)
    page.set_viewport_size(ENLARGED)
    yield from (f"at 200 %: {one}" for one in page.evaluate(FIT))


def told(found: dict[str, list[str]]) -> str:
    """What was found, a line for each thing, for people to read; empty when there is nothing."""
    return "\n".join(f"{name}: {one}" for name, wrong in found.items() for one in wrong)
