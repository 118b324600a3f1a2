// Where the owner writes: words, files, and the draft that outlives the page.

import { inheritDraft, keepDraft, ownDraft } from "./draft.js";
import { $, button, element, limits, notice, say, size } from "./page.js";

const TALLEST = 140;  // pixels of the box before it scrolls

const words = $("words");
let chosen = [];      // files that go with the next message

// `submit({ text, files })` takes what was written.
export function open(submit) {
  const draft = ownDraft();
  if (draft !== words.value) put([draft, words.value].filter(Boolean).join("\n"));
  $("send").disabled = false;  // until now there was nobody to take it
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = words.value.trim();
    if (text || chosen.length) {
      submit({ text, files: chosen });
      chosen = [];
      showChosen();
      put("");
    }
    words.focus();
  });
  words.addEventListener("input", changed);
  words.addEventListener("keydown", onKey);
  words.addEventListener("paste", onPaste);
  $("files").addEventListener("change", (event) => {
    choose(event.target.files);
    event.target.value = "";
    words.focus();
  });
}

// Where nothing is written yet: the words of a tab that is gone.
export function inherit(living) {
  if (!words.value) put(inheritDraft(living));
}

// Words come back, to be sent once more with files that are chosen now.
export function takeBack(text) {
  put([words.value, text].filter(Boolean).join("\n"));
  $("files").click();
}

// What was said aloud stands behind what is written, to be read before it is sent.
export function add(said) {
  put([words.value.trim(), said].filter(Boolean).join(" "));
  focus();
}

export function focus() { words.focus({ preventScroll: true }); }

function put(text) {
  words.value = text;
  changed();
}

function changed() {
  keepDraft(words.value);
  grow();
}

function grow() {
  words.style.height = "auto";
  words.style.height = `${Math.min(words.scrollHeight + 3, TALLEST)}px`;
}

function onKey(event) {
  // While a Vietnamese keyboard composes a letter, Enter belongs to it.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $("composer").requestSubmit();
}

function onPaste(event) {
  if (!event.clipboardData.files.length) return;
  event.preventDefault();
  choose(event.clipboardData.files);
}

function choose(files) {
  notice("files", "");
  for (const file of files) {
    if (file.size > limits.fileLimit * 1024 * 1024) {
      notice("files", say.tooLarge.replace("{name}", file.name).replace("{limit}", limits.fileLimit));
    } else if (chosen.length >= limits.filesLimit) {
      notice("files", say.tooMany.replace("{limit}", limits.filesLimit));
    } else {
      chosen.push(file);
    }
  }
  showChosen();
}

function showChosen() {
  const list = $("chosen");
  list.replaceChildren(...chosen.map(chosenElement));
  list.hidden = chosen.length === 0;
}

function chosenElement(file) {
  const item = element("li", "", `${file.name} (${size(file.size)})`);
  const remove = button("✕", () => {
    chosen = chosen.filter((one) => one !== file);
    showChosen();
    words.focus();
  });
  remove.setAttribute("aria-label", `${say.remove} ${file.name}`);
  item.append(remove);
  return item;
}
