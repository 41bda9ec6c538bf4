// What a page does beyond links and forms: the palette, keys, the theme and the menu. No library but htmx.
"use strict";

const byId = (id) => document.getElementById(id);

document.addEventListener("click", (event) => {
  const toggle = event.target.closest("[data-toggle]");
  if (toggle) {
    const shown = byId(toggle.dataset.toggle).classList.toggle("shown");
    toggle.setAttribute("aria-expanded", String(shown));
    return;
  }
  if (event.target.closest("[data-palette]")) return openPalette("");
  if (event.target.closest("[data-theme-switch]")) return switchTheme();
  const copy = event.target.closest("[data-copy]");
  if (copy) return copied(copy);
  const unfold = event.target.closest("[data-unfold]");
  if (unfold) return unfoldAll(unfold);
  if (event.target.closest("[data-print]")) return window.print();
  if (event.target.closest("[data-dismiss]")) return told("");
  if (event.target.matches("input.secret")) event.target.select();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
});

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = dark ? "light" : "dark";
  root.dataset.theme = theme;
  htmx.ajax("POST", "/account/theme/", { values: { theme }, swap: "none" });
}

async function copied(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  button.classList.add("done");
  setTimeout(() => button.classList.remove("done"), 1500);
}

function unfoldAll(button) {
  const folds = [...byId(button.dataset.unfold).querySelectorAll("details.criterion")];
  const open = folds.some((fold) => !fold.open);
  for (const fold of folds) fold.open = open;
  button.textContent = open ? button.dataset.unfolded : button.dataset.folded;
}

// --- the slider over moments says which one it stands at ---

function scrubbed(slider) {
  const at = slider.list.querySelector(`option[value="${slider.value}"]`);
  const said = at ? at.label : "";
  slider.setAttribute("aria-valuetext", said);
  byId("scrubbed").textContent = said;
}
document.addEventListener("input", (event) => event.target.matches("[data-scrub]") && scrubbed(event.target));
for (const slider of document.querySelectorAll("[data-scrub]")) scrubbed(slider);

// --- a part of the page that did not come says so: in the server's own words, else in those of the layout ---

let leaving = false;
window.addEventListener("beforeunload", () => {
  leaving = true;
  setTimeout(() => { leaving = false; }, 3000); // a download leaves nothing
});

function told(words) {
  const trouble = byId("trouble");
  const said = trouble.querySelector("[role=alert]");
  (document.querySelector("dialog[open]") || document.body).append(trouble); // a dialog hides what is beside it
  trouble.hidden = !words;
  if (said.textContent !== words) said.textContent = words; // what is tried every few seconds is told once
}

function wordsOf(answer) {
  const stop = new DOMParser().parseFromString(answer, "text/html").querySelector(".stop");
  return stop && [...stop.querySelectorAll("h1, .why, .do")].map((part) => part.textContent.trim()).join(" ");
}
document.addEventListener("htmx:responseError", ({ detail }) =>
  told(wordsOf(detail.xhr.responseText) || byId("trouble").dataset.refused));
for (const lost of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(lost, () => leaving || told(byId("trouble").dataset.lost));
}
document.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful && told(""));

// --- the palette: Ctrl+K, and the marks / @ # ? that narrow it ---

function openPalette(start) {
  const dialog = byId("palette");
  if (!dialog) return;
  if (!dialog.open) dialog.showModal();
  const input = dialog.querySelector("input");
  input.value = start;
  input.focus();
  htmx.trigger(input, "search");
}

function stepInPalette(dialog, step) {
  const links = [...dialog.querySelectorAll("a[href]")];
  if (!links.length) return;
  const at = links.findIndex((link) => link.getAttribute("aria-selected") === "true");
  const next = links[(at + step + links.length) % links.length];
  for (const link of links) link.setAttribute("aria-selected", String(link === next));
  for (const [place, link] of links.entries()) link.id ||= `found-${place}`;
  dialog.querySelector("input").setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

// What is shown may be found for fewer letters than are typed by now: Enter waits for the answer to all of them.
function openFound(dialog) {
  const list = byId("found");
  const answered = list.querySelector("[data-said]")?.dataset.said === dialog.querySelector("input").value;
  if (!answered) return list.addEventListener("htmx:afterSettle", () => dialog.open && openFound(dialog), { once: true });
  const link = list.querySelector('a[aria-selected="true"]') || list.querySelector("a[href]");
  link ? link.click() : dialog.querySelector("form").submit();
}

document.addEventListener("keydown", (event) => {
  const dialog = byId("palette");
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    return openPalette("");
  }
  if (dialog?.open) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      stepInPalette(dialog, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      openFound(dialog);
    }
    return;
  }
  if (event.altKey && !event.ctrlKey) return pressed(event);
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (!typing && ["/", "@", "#", "?"].includes(event.key)) {
    event.preventDefault();
    openPalette(event.key);
  }
});

// Odoo's keys: each acts on the element that says `data-key`, and holding Alt shows them.
function pressed(event) {
  if (event.key === "Alt") return document.body.classList.add("keys");
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  target.matches("input, textarea, select") ? target.focus() : target.click();
}
document.addEventListener("keyup", (event) => event.key === "Alt" && document.body.classList.remove("keys"));
window.addEventListener("blur", () => document.body.classList.remove("keys"));
