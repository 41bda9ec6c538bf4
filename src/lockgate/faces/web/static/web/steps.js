// An address that names a step or a field opens it and puts the cursor there.
"use strict";

function reveal() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.matches("details")) target.open = true;
  (target.querySelector("input:not([type=hidden]), select, textarea, button") || target).focus();
}
window.addEventListener("hashchange", reveal);
reveal();
