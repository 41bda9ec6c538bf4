// One key for one answer: whoever looks at hundreds of pairs keeps a hand on the keyboard. `data-press` says which.
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  const target = document.querySelector(`[data-press="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  const reason = document.getElementById("reason");
  if (target.value === "take-back" && reason && !reason.value) return reason.focus(); // it has to be said why
  target.click();
});
