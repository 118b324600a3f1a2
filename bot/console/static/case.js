// The page of a case. Everything works without this file, only by more presses.
"use strict";

(function () {
  // Who has the room sees what is known of a case; on a phone it is a press away.
  // It does not bubble, and a reply box may be new: caught on its way down.
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches("details[data-fetch]")) fetchInto(event.target);
  }, true);
  const hasRoom = window.matchMedia("(min-width: 60rem)").matches;
  if (hasRoom) document.querySelectorAll("details.facts").forEach((one) => { one.open = true; });

  // What helps to answer takes its time: the page does not wait for it.
  async function fetchInto(fold) {
    if (fold.dataset.fetched) return;
    fold.dataset.fetched = "yes";
    const parts = await partsOf(fold.dataset.fetch, fold.dataset.part);
    if (parts) fold.querySelector(".fetched").replaceChildren(parts);
    else delete fold.dataset.fetched;
    showInserts();
  }

  async function partsOf(address, id) {
    try {
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
      if (!answer.ok || answer.redirected) return null;
      return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
    } catch {
      return null;
    }
  }

  const replyBox = () => document.querySelector("#reply textarea[name=text]");

  function showInserts() {
    for (const button of document.querySelectorAll(".insert")) button.hidden = !replyBox();
  }

  function insert(words) {
    const box = replyBox();
    if (!box) return;
    const before = box.value.slice(0, box.selectionStart);
    const gap = before && !before.endsWith("\n") ? "\n\n" : "";
    box.focus();
    box.setRangeText(gap + words, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".insert");
    if (button) insert(button.dataset.insert);
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const into = document.getElementById(form.dataset.find || "");
    if (!into) return;
    event.preventDefault();
    const found = await partsOf(`${form.action}?${new URLSearchParams(new FormData(form))}`, into.id);
    if (found) into.replaceWith(found);
    showInserts();
  });

  // The reply may come with a step in another tab.
  const reply = document.getElementById("reply");
  if (reply) new MutationObserver(showInserts).observe(reply, { childList: true });

  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    if (!box.matches?.("textarea") || !box.form) return;
    event.preventDefault();
    box.form.requestSubmit(box.form.querySelector("button.primary, button[type=submit]"));
  });
})();
