// What may be done with an answer: judged, copied, shared, printed.

import { button, element, say } from "./page.js";

const COPIED_MILLISECONDS = 2000;

// The row under a message; `thumbs`: its buttons that judge the answer.
export function tools(item, thumbs) {
  const row = element("div", "tools");
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", say.tools);
  row.append(...thumbs);
  if (navigator.clipboard) row.append(button(say.copy, (event) => copy(item, event.currentTarget)));
  if (navigator.share) row.append(button(say.share, () => share(item)));
  row.append(button(say.print, () => print(item)));
  return row;
}

// Paper shows what is folded on the screen. `item`: this message alone; none: the whole talk.
export function print(item) {
  item?.classList.add("printed");
  document.body.classList.toggle("prints-one", Boolean(item));
  window.print();
}

window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("#log details:not([open])")) {
    folded.open = true;
    folded.dataset.wasFolded = "";
  }
});
window.addEventListener("afterprint", () => {
  for (const opened of document.querySelectorAll("[data-was-folded]")) {
    opened.open = false;
    delete opened.dataset.wasFolded;
  }
  document.querySelector(".printed")?.classList.remove("printed");
  document.body.classList.remove("prints-one");
});

async function copy(item, pressed) {
  await navigator.clipboard.writeText(wordsOf(item));
  pressed.textContent = say.copied;
  setTimeout(() => { pressed.textContent = say.copy; }, COPIED_MILLISECONDS);
}

async function share(item) {
  try { await navigator.share({ title: document.title, text: wordsOf(item) }); } catch { /* he thought better of it */ }
}

// As one reads them, also what is folded: `innerText` knows paragraphs, and leaves out what is hidden.
function wordsOf(item) {
  const folded = [...item.querySelectorAll("details:not([open])")];
  for (const one of folded) one.open = true;
  const words = item.querySelector(".words").innerText.trim();
  for (const one of folded) one.open = false;
  return words;
}
