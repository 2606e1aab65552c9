"use strict";

document.documentElement.classList.add("js");

const typing = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || element.matches("select, textarea, input:not([type=checkbox], [type=radio])"));

/* "/" goes to the search box, unless keys are turned off in the profile; Escape closes a menu. */
document.addEventListener("keydown", (event) => {
  const keys = document.body.dataset.keys === "on";
  if (keys && event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const box = document.getElementById("search-text");
    if (box) {
      event.preventDefault();
      box.focus();
    }
  }
  if (event.key === "Escape") {
    closeMenus(null, true);
  }
});

document.addEventListener("click", (event) => closeMenus(event.target, false));

function closeMenus(target, refocus) {
  for (const menu of document.querySelectorAll("details.kf-menu[open]")) {
    if (!target || !menu.contains(target)) {
      menu.open = false;
      if (refocus) {
        menu.querySelector("summary").focus();
      }
    }
  }
}

/* Errors are the first thing to read after a page or a fragment arrives. */
function focusErrors(root) {
  const summary = root.querySelector("[data-error-summary]") ?? root.querySelector("[data-read-first]");
  if (summary) {
    summary.focus();
  }
}

document.addEventListener("DOMContentLoaded", () => focusErrors(document));

/* A fragment may name the element that gets the focus next, and say in one sentence what happened. */
document.addEventListener("htmx:afterSettle", (event) => {
  const fragment = event.detail.elt;
  focusErrors(fragment);
  const next = fragment.querySelector("[data-focus-next]");
  if (next) {
    next.focus();
  }
  const said = fragment.querySelector("[data-announce]");
  const region = document.getElementById("announcements");
  if (said && region) {
    region.textContent = said.dataset.announce;
  }
});

/* The tick for short notice comes with a day that asks for it. */
function dayTyped(text) {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const said = iso ?? /^(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4}|\d{2})$/.exec(text);
  if (!said) {
    return "";
  }
  const [year, month, day] = iso ? said.slice(1) : said.slice(1).reverse();
  return [year.padStart(4, "20"), month.padStart(2, "0"), day.padStart(2, "0")].join("-");
}

document.addEventListener("input", (event) => {
  for (const box of document.querySelectorAll("[data-short-until]")) {
    const day = event.target.id === box.dataset.shortBy ? dayTyped(event.target.value.trim()) : "";
    if (day) {
      box.hidden = day > box.dataset.shortUntil;
    }
  }
});

/* Printing is a browser's own act; the button only exists where this script runs. */
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-print]")) {
    window.print();
  }
});
