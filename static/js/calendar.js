"use strict";

/* The calendar by keys and by pointer; every step is a link or a form that works without this. */
(() => {
  const slotsOf = (table) => [...table.querySelectorAll(".kf-slot")].filter((one) => one.offsetParent);

  /* One tab stop: the chosen time, else the first that can be chosen, else the first. */
  function prepare() {
    const table = document.querySelector(".kf-cal");
    if (!table) {
      return;
    }
    const slots = slotsOf(table);
    slots.forEach((one) => (one.tabIndex = -1));
    const first =
      slots.find((one) => one === document.activeElement) ??
      table.querySelector(".kf-slot--chosen") ??
      slots.find((one) => one.matches("a.kf-slot--proposed, a.kf-slot--free")) ??
      slots[0];
    if (first) {
      first.tabIndex = 0;
    }
  }

  function go(table, to) {
    slotsOf(table).forEach((one) => (one.tabIndex = -1));
    to.tabIndex = 0;
    to.focus();
  }

  /* The nearest time in a direction: in the same row or column as it is seen. */
  function nearest(from, slots, key) {
    const own = from.getBoundingClientRect();
    const across = key === "ArrowLeft" || key === "ArrowRight";
    const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
    let best = null;
    let least = Infinity;
    for (const one of slots) {
      const box = one.getBoundingClientRect();
      const beside = across
        ? box.top < own.bottom - 1 && own.top < box.bottom - 1
        : box.left < own.right - 1 && own.left < box.right - 1;
      const away = sign * (across ? box.left - own.left : box.top - own.top);
      if (one !== from && beside && away > 1 && away < least) {
        [best, least] = [one, away];
      }
    }
    return best;
  }

  function edge(from, slots, last) {
    const own = from.getBoundingClientRect();
    const lane = slots.filter((one) => Math.abs(one.getBoundingClientRect().left - own.left) < 2);
    return last ? lane[lane.length - 1] : lane[0];
  }

  document.addEventListener("keydown", (event) => {
    const slot = event.target instanceof Element ? event.target.closest(".kf-cal .kf-slot") : null;
    if (!slot || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const table = slot.closest(".kf-cal");
    const slots = slotsOf(table);
    let to = null;
    if (event.key.startsWith("Arrow")) {
      to = nearest(slot, slots, event.key);
    } else if (event.key === "Home" || event.key === "End") {
      to = edge(slot, slots, event.key === "End");
    } else if (event.key === "PageUp" || event.key === "PageDown") {
      const step = document.querySelector(`[data-step="${event.key === "PageUp" ? -1 : 1}"]`);
      event.preventDefault();
      step?.click();
      return;
    } else if (event.key === "Escape") {
      restore(slot.closest("[data-restore]"));
      return;
    } else {
      return;
    }
    event.preventDefault();
    if (to) {
      go(table, to);
    }
  });

  /* Escape: as it was before a time or an interview was picked. */
  function restore(calendar) {
    const asked = new URLSearchParams(location.search);
    if (calendar && ["tid", "samtale", "flyt"].some((name) => asked.has(name))) {
      location.assign(calendar.dataset.restore);
    }
  }

  /* Screens that show one day change it without asking the server. */
  document.addEventListener("click", (event) => {
    const tab = event.target instanceof Element ? event.target.closest(".kf-day-tabs a[data-day]") : null;
    const calendar = tab?.closest(".kf-calendar");
    if (!calendar || !/kf-shows-\d/.test(calendar.className)) {
      return;
    }
    event.preventDefault();
    calendar.className = calendar.className.replace(/kf-shows-\d/, `kf-shows-${tab.dataset.day}`);
    tab.parentElement.querySelectorAll("a").forEach((one) => one.removeAttribute("aria-current"));
    tab.setAttribute("aria-current", "date");
    history.replaceState(history.state, "", tab.href);
    prepare();
  });

  /* --- Dragging an interview to a free time opens the page that asks before anything is moved --- */
  let dragged = null;

  const fits = (time) => {
    const whose = (time.dataset.whose ?? "").split(" ").filter(Boolean);
    return whose.length === 0 || whose.includes(dragged.dataset.aKasse);
  };

  const target = (event) => {
    const time = event.target instanceof Element ? event.target.closest(".kf-slot[data-time]") : null;
    return dragged && time && fits(time) ? time : null;
  };

  document.addEventListener("dragstart", (event) => {
    dragged = event.target instanceof Element ? event.target.closest(".kf-slot[data-move]") : null;
    if (dragged) {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      const table = dragged.closest(".kf-cal");
      table.classList.add("kf-dragging");
      table.querySelectorAll("[data-time]").forEach((one) => one.classList.toggle("kf-target", fits(one)));
    }
  });

  document.addEventListener("dragover", (event) => {
    if (target(event)) {
      event.preventDefault();
    }
  });

  document.addEventListener("drop", (event) => {
    const time = target(event);
    if (time) {
      event.preventDefault();
      const query = new URLSearchParams({ tid: time.dataset.time, naeste: location.pathname + location.search });
      location.assign(`${dragged.dataset.move}?${query}`);
    }
  });

  document.addEventListener("dragend", () => {
    document.querySelector(".kf-dragging")?.classList.remove("kf-dragging");
    dragged = null;
  });

  /* --- The proposals: arrows only choose, the button follows; a pointer or Enter shows the time --- */
  const proposal = (event) =>
    event.target instanceof Element ? event.target.closest('.kf-times input[data-when]') : null;
  let byKey = false;
  let named = null;

  document.addEventListener("pointerdown", () => (byKey = false), true);

  document.addEventListener("keydown", (event) => {
    const radio = proposal(event);
    byKey = radio !== null && event.key.startsWith("Arrow");
    named = radio;
    if (radio && event.key === "Enter") {
      event.preventDefault();
      htmx.trigger(radio, "picked");
    }
  });

  document.addEventListener("change", (event) => {
    const radio = proposal(event);
    if (!radio) {
      return;
    }
    if (!byKey) {
      htmx.trigger(radio, "picked");
      return;
    }
    const button = radio.form.querySelector(".button-primary");
    button.textContent = button.textContent.replace(named?.dataset.when ?? "", radio.dataset.when);
    const shown = radio.form.elements.namedItem("shown");
    if (shown) {
      shown.value = radio.value;
    }
    named = radio;
  });

  document.addEventListener("DOMContentLoaded", prepare);
  document.addEventListener("htmx:afterSettle", prepare);
})();
