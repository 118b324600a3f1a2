// Looks for words in the conversation, with or without diacritics.

import { messages, showItem } from "./log.js";
import { $, button, element, say } from "./page.js";

const MOST = 50;      // hits that are listed, newest first
const BEFORE = 30;    // characters shown before the words
const AROUND = 110;   // characters shown of a message

// Shows the messages that hold the words; `leave()` closes the list before one is shown.
export function find(words, leave) {
  const wanted = plain(words).trim();
  const hits = wanted ? messages().filter((item) => plain(wordsOf(item)).includes(wanted)).reverse() : [];
  $("found").replaceChildren(...hits.slice(0, MOST).map((item) => row(item, wanted, leave)));
  $("found").hidden = hits.length === 0;
  $("found-count").textContent = hits.length ? say.found.replace("{count}", hits.length) : say.foundNone;
  $("found-count").hidden = !wanted;
}

function row(item, wanted, leave) {
  const made = element("li");
  const words = wordsOf(item);
  const start = Math.max(plain(words).indexOf(wanted) - BEFORE, 0);
  const hit = button(`${start ? "…" : ""}${words.slice(start, start + AROUND)}`, () => { leave(); showItem(item); });
  hit.append(element("small", "", item.querySelector(".who").textContent));
  made.append(hit);
  return made;
}

function wordsOf(item) { return item.querySelector(".body").textContent.replace(/\s+/g, " ").normalize("NFC"); }

// Letter by letter, so that places in the plain words are places in the words.
function plain(words) {
  return Array.from(words.normalize("NFC"), (letter) =>
    letter.normalize("NFD")[0].toLowerCase().replace("đ", "d").padEnd(letter.length)).join("");
}
