// The reply of a case: the moment in which a sent one can be taken back, and the sign for colleagues
// that one is being written. Without this file the button stays until the page is loaded again, and
// the server says whether it is too late.
"use strict";

(function () {
  const LOOK_MS = 200;
  const DONE = "taken";

  // The strip may come with a step in another tab, and is made anew with each refresh of the page.
  function count() {
    const form = document.querySelector("form.undo");
    if (!form || form.dataset.state === DONE) return;
    form.dataset.until ||= performance.now() + Number(form.dataset.left) * 1000;
    const left = Math.ceil((Number(form.dataset.until) - performance.now()) / 1000);
    form.hidden = left <= 0;
    form.querySelector(".left").textContent = `(${left})`;
  }
  setInterval(count, LOOK_MS);
  count();

  // What was begun since stands behind the words that come back.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.undo")) return;
    event.target.dataset.state = DONE;
    event.target.querySelector("[name=text]").value = document.querySelector("#reply textarea[name=text]")?.value || "";
  }, true);

  // Said once in a while, and kept nowhere: who writes on goes on being said to write.
  const SAY_MS = 8000;
  let saidAt = -SAY_MS;
  document.addEventListener("input", (event) => {
    if (!event.target.matches("#reply textarea[name=text]") || performance.now() - saidAt < SAY_MS) return;
    saidAt = performance.now();
    const headers = { "X-Donghanh-Watching": "1" };
    fetch(document.body.dataset.writing, { headers, credentials: "same-origin" }).catch(() => {});
  });
})();
