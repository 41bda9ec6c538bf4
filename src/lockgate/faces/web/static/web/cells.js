// A cell that is changed in its place: Enter keeps, Escape discards, Shift+Enter is a new line.
"use strict";

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.(".in-cell");
  if (!form) return;
  if (event.key === "Escape") {
    event.preventDefault();
    form.querySelector("[data-discard]").click();
  } else if (event.key === "Enter" && !event.shiftKey && event.target.matches("select, textarea")) {
    event.preventDefault();
    form.requestSubmit();
  }
});
document.addEventListener("htmx:afterSwap", (event) => {
  const input = event.target.querySelector?.(".in-cell :is(input:not([type=hidden]), select, textarea)");
  if (input) input.focus();
});
