// Cards that are dragged to a column whose step needs nothing more. The buttons on each card do the same.
"use strict";

let dragged = null;
for (const card of document.querySelectorAll(".card[data-drops]")) {
  if (card.dataset.drops === "{}") continue;
  card.draggable = true;
  card.addEventListener("dragstart", (event) => {
    dragged = card;
    event.dataTransfer.effectAllowed = "move";
    const drops = JSON.parse(card.dataset.drops);
    for (const pile of document.querySelectorAll(".pile")) pile.classList.toggle("takes", pile.dataset.state in drops);
  });
  card.addEventListener("dragend", () => {
    dragged = null;
    for (const pile of document.querySelectorAll(".pile")) pile.classList.remove("takes");
  });
}
for (const pile of document.querySelectorAll(".pile")) {
  pile.addEventListener("dragover", (event) => {
    if (dragged && pile.classList.contains("takes")) event.preventDefault();
  });
  pile.addEventListener("drop", (event) => {
    event.preventDefault();
    const step = JSON.parse(dragged.dataset.drops)[pile.dataset.state];
    dragged.querySelector(`form[data-step="${CSS.escape(step)}"]`).requestSubmit();
  });
}
