// What can be done on this page, found by typing (Ctrl+K), and the keys listed by "?". All of it is
// on the page too: this file only saves presses.
"use strict";

(function () {
  const KEYS = [
    ["Ctrl + K", "Tìm việc cần làm trên trang này"],
    ["Ctrl + Enter", "Gửi ô đang viết"],
    ["R", "Tới ô trả lời"],
    ["N", "Viết ghi chú nội bộ"],
    ["?", "Danh sách phím tắt"],
    ["Esc", "Đóng"],
  ];
  const PLACES = ".bar nav a, .back a, .tabs a, #reply button, #steps summary, .side summary, .notes summary";

  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

  const element = (name, parent, values = {}) => Object.assign(parent.appendChild(document.createElement(name)), values);

  // Whatever can be pressed and seen now; what is folded away is reached by its fold.
  function actions() {
    const found = new Map();
    for (const target of document.querySelectorAll(PLACES)) {
      const title = target.textContent.trim().replace(/\s+/g, " ");
      if (title && !target.disabled && target.checkVisibility() && !found.has(title)) found.set(title, target);
    }
    const isElsewhere = ([, target]) => Number(Boolean(target.closest(".bar")));
    return [...found].sort((one, other) => isElsewhere(one) - isElsewhere(other));
  }

  function act(target) {
    if (!target.matches("summary")) {
      target.click();
      return;
    }
    target.parentElement.open = true;
    (target.parentElement.querySelector("textarea, select, input:not([type=hidden]), button") ?? target).focus();
    target.scrollIntoView({ block: "nearest" });
  }

  function dialog(title) {
    const box = element("dialog", document.body, { className: "palette" });
    box.setAttribute("aria-label", title);
    element("h2", box, { textContent: title });
    box.addEventListener("close", () => box.remove());
    box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
    return box;
  }

  function openPalette() {
    const all = actions();
    const box = dialog("Làm gì tiếp?");
    const typed = element("input", box, { type: "search", placeholder: "Gõ vài chữ, không cần dấu" });
    typed.setAttribute("aria-label", "Tìm việc");
    const list = element("ul", box);
    const buttons = () => [...list.querySelectorAll("button")];
    const show = () => {
      list.replaceChildren();
      const wanted = bare(typed.value).split(/\s+/).filter(Boolean);
      for (const [title, target] of all) {
        if (!wanted.every((word) => bare(title).includes(word))) continue;
        const button = element("button", element("li", list), { type: "button", textContent: title });
        button.addEventListener("click", () => { box.close(); act(target); });
      }
      if (!list.children.length) element("li", list, { className: "hint", textContent: "Không có việc nào như vậy ở trang này." });
    };
    typed.addEventListener("input", show);
    box.addEventListener("keydown", (event) => {
      const rows = buttons();
      const at = rows.indexOf(document.activeElement);
      if (event.key === "Enter" && document.activeElement === typed) rows[0]?.click();
      else if (event.key === "ArrowDown") rows[Math.min(at + 1, rows.length - 1)]?.focus();
      else if (event.key === "ArrowUp") (rows[at - 1] ?? typed).focus();
      else return;
      event.preventDefault();
    });
    show();
    box.showModal();
    typed.focus();
  }

  function openKeys() {
    const box = dialog("Phím tắt");
    const list = element("dl", box);
    for (const [keys, meaning] of KEYS) {
      element("kbd", element("dt", list), { textContent: keys });
      element("dd", list, { textContent: meaning });
    }
    element("button", box, { type: "button", textContent: "Đóng", onclick: () => box.close() });
    box.showModal();
  }

  function toNote() {
    const box = document.querySelector("textarea[name=note]");
    if (!box) return;
    box.closest("details").open = true;
    box.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
    const isTyping = event.target.matches?.("input, textarea, select, [contenteditable]");
    const hasControl = event.ctrlKey || event.metaKey;
    if (hasControl && event.key.toLowerCase() === "k") openPalette();
    else if (isTyping || hasControl) return;
    else if (event.key === "?") openKeys();
    else if (event.key.toLowerCase() === "r") document.querySelector("#reply textarea[name=text]")?.focus();
    else if (event.key.toLowerCase() === "n") toNote();
    else return;
    event.preventDefault();
  });

  for (const button of document.querySelectorAll(".keys")) {
    button.hidden = false;
    button.addEventListener("click", openKeys);
  }
})();
