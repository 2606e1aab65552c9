"use strict";

/* The worklist by keyboard, and the bar that acts on the chosen rows. The list works without this:
   rows are links, the bar is a row of buttons in a form. Keys can be turned off in the profile. */
(() => {
  const GO_WITHIN_MS = 1500;
  let wentAt = 0;
  let place = 0;

  const form = () => document.getElementById("several");
  const boxes = (root) => [...root.querySelectorAll('input[name="duty"]')];
  const rows = () => [...document.querySelectorAll(".kf-worklist .kf-row")];
  const rowInUse = () => document.activeElement.closest(".kf-worklist .kf-row");

  /* --- Choosing --- */
  function count(said) {
    const chosen = form() ? boxes(form()).filter((box) => box.checked).length : 0;
    for (const box of document.querySelectorAll("[data-choose]")) {
      const part = boxes(box.closest(box.dataset.choose));
      const checked = part.filter((one) => one.checked).length;
      box.checked = checked > 0 && checked === part.length;
      box.indeterminate = checked > 0 && checked < part.length;
    }
    const shown = document.querySelector(".kf-bulk-count");
    if (shown) {
      shown.textContent = chosen === 1 ? shown.dataset.one : shown.dataset.many.replace("#", chosen);
      if (said) {
        document.getElementById("announcements").textContent = shown.textContent;
      }
    }
  }

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.closest("#several")) {
      return;
    }
    if (box.dataset.choose) {
      for (const one of boxes(box.closest(box.dataset.choose))) {
        one.checked = box.checked;
      }
    }
    count(true);
  });
  document.addEventListener("reset", () => setTimeout(() => count(true)));
  document.addEventListener("htmx:afterSettle", () => count(false));
  window.addEventListener("pageshow", () => count(false));

  /* --- Keys --- */
  const acts = {
    j: () => step(1),
    k: () => step(-1),
    x: () => inRow('input[name="duty"]'),
    b: () => inRow(".kf-c-book a"),
    "?": () => document.getElementById("keys").showModal(),
    g: () => {
      wentAt = Date.now();
      return true;
    },
  };

  function step(way) {
    const found = rows();
    if (!found.length) {
      return false;
    }
    const here = found.indexOf(rowInUse());
    const next = here < 0 ? Math.min(place, found.length - 1) : here + way;
    place = Math.max(0, Math.min(next, found.length - 1));
    found[place].querySelector("a.kf-plain").focus();
    return true;
  }

  function inRow(selector) {
    const found = rowInUse()?.querySelector(selector);
    found?.click();
    return Boolean(found);
  }

  function go(letter) {
    const link = document.querySelector(`.kf-sections a[data-go="${CSS.escape(letter)}"]`);
    link?.click();
    return Boolean(link);
  }

  function clear() {
    if (!form() || !boxes(form()).some((box) => box.checked)) {
      return false;
    }
    form().reset();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const away = event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]");
    if (away || typing(event.target)) {
      return;
    }
    if (event.key === "Escape") {
      clear();
      return;
    }
    if (event.key === "Enter" && event.target.matches?.('input[name="duty"]')) {
      event.preventDefault();
      rowInUse().querySelector("a.kf-plain").click();
      return;
    }
    if (document.body.dataset.keys !== "on") {
      return;
    }
    const went = Date.now() - wentAt < GO_WITHIN_MS;
    wentAt = 0;
    if (went ? go(event.key) : acts[event.key]?.()) {
      event.preventDefault();
    }
  });
})();
