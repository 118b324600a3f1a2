// Saves an answer page as one goes, and shows the questions that answers open.
// Without it everything works by the buttons.
"use strict";

(function () {
  const WAIT_MS = 700;
  const form = document.getElementById("answers");
  const status = document.getElementById("answers-status");
  if (!form || !window.fetch) return;

  let timer = 0;
  let isSaving = false;
  let isDue = false;

  const written = () => {
    const fields = new URLSearchParams(new FormData(form));
    fields.delete("form_id");
    return fields.toString();
  };

  async function save() {
    if (isSaving) {
      isDue = true;
      return;
    }
    isSaving = true;
    const sent = written();
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("answers");
      if (!fresh) throw new Error("no page of answers");
      // What was changed meanwhile stays as it is typed, and is sent next.
      if (written() === sent) show(fresh);
      else isDue = true;
      status.textContent = "Đã lưu lúc " + new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" }) + ".";
    } catch {
      status.textContent = "Chưa tự lưu được. Bấm “Lưu” để lưu và xem vì sao.";
    }
    isSaving = false;
    if (isDue) {
      isDue = false;
      later();
    }
  }

  function show(fresh) {
    const place = document.activeElement;
    const id = form.contains(place) ? place.id : "";
    const top = id ? place.getBoundingClientRect().top : 0;
    const open = new Set([...form.querySelectorAll("details[open]")].map((one) => one.closest("fieldset")?.id));
    form.replaceChildren(...fresh.childNodes);
    form.querySelectorAll("fieldset").forEach((one) => {
      if (open.has(one.id)) one.querySelector("details")?.setAttribute("open", "");
    });
    const again = id && document.getElementById(id);
    if (!again) return;
    again.focus({ preventScroll: true });
    if (isWords(again)) again.setSelectionRange(again.value.length, again.value.length);
    window.scrollBy(0, again.getBoundingClientRect().top - top);
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT_MS);
  }

  form.addEventListener("change", (event) => {
    // A tick that says that there is no answer empties the others, and the other way round.
    const box = event.target;
    const fieldset = box.closest("fieldset");
    if (fieldset && box.type === "checkbox" && box.checked) part(fieldset, box);
    later();
  });
  form.addEventListener("input", (event) => {
    const box = event.target;
    if (isWords(box) && box.value) box.closest("fieldset")?.querySelectorAll("[data-alone]").forEach((one) => { one.checked = false; });
  });
  form.addEventListener("submit", () => clearTimeout(timer));

  function isWords(box) {
    return box.type === "text" || box.type === "textarea";
  }

  function part(fieldset, box) {
    const isAlone = box.hasAttribute("data-alone");
    fieldset.querySelectorAll("input[type=checkbox]").forEach((one) => {
      if (one !== box && (isAlone || one.hasAttribute("data-alone"))) one.checked = false;
    });
    const typed = fieldset.querySelector("input[type=text], textarea");
    if (isAlone && typed) typed.value = "";
  }
})();
