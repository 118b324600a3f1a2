// The page of a case. Everything works without this file, only by more presses.
"use strict";

(function () {
  // Who has the room sees what is known of a case; on a phone it is a press away.
  const hasRoom = window.matchMedia("(min-width: 60rem)").matches;
  if (hasRoom) document.querySelectorAll("details.facts").forEach((one) => { one.open = true; });

  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    if (!box.matches?.("textarea") || !box.form) return;
    event.preventDefault();
    box.form.requestSubmit(box.form.querySelector("button.primary, button[type=submit]"));
  });
})();
