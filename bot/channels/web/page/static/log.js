// The conversation on the page: what was said, and below it what still waits to be sent.

import { $, button, element, say, size } from "./page.js";
import { atEnd, keepAtEnd, toNewest, toStartOf, toSight } from "./scroll.js";
import { tools } from "./tools.js";

const log = $("log");
const shown = new Set();  // ids of messages on the page
let lastDay = "";

// A message of the stream. `press(choice)` is what a button under it does.
export function show(message, press) {
  if (shown.has(message.id)) return;
  shown.add(message.id);
  const wasAtEnd = atEnd();
  if (message.client_id) waitingElement(message.client_id)?.remove();
  if (message.erases) eraseAll();
  if (message.erased) { showErased(); return; }
  if (message.day !== lastDay) {
    lastDay = message.day;
    log.insertBefore(element("div", "day", message.day), firstWaiting());
  }
  const item = written(message, press);
  item.dataset.message = message.id;
  log.insertBefore(item, firstWaiting());
  if (message.author === "owner") toNewest();
  else if (wasAtEnd) toStartOf(item);
  else $("newest").hidden = false;
}

// One line stands for all that was erased, whatever it was.
function showErased() {
  if (log.querySelector(".erased")) return;
  log.insertBefore(element("div", "day erased", say.erased), firstWaiting());
}

function eraseAll() {
  for (const old of [...log.children]) if (!("waiting" in old.dataset)) old.remove();
  lastDay = "";
  showErased();
}

// Every message that the server has told, oldest first.
export function messages() { return [...log.querySelectorAll("[data-message]")]; }

// Brings a message into sight and marks it; by the id that the server gave it.
export function showMessage(id) {
  const item = log.querySelector(`[data-message="${CSS.escape(id)}"]`);
  if (item) showItem(item);
}

export function showItem(item) {
  log.querySelector(".sought")?.classList.remove("sought");
  item.classList.add("sought");
  item.tabIndex = -1;
  toSight(item);
  item.focus({ preventScroll: true });
}

export function isEmpty() { return log.children.length === 0; }

// From now on new messages are read out by a screen reader; the history was not.
export function announce() { log.setAttribute("aria-live", "polite"); }

// Whether a message is still shown as one that the stream has not brought back.
export function isPending(id) { return waitingElement(id) !== null; }

// The server has it: the copy stays, without a word, until the stream brings the message itself.
export function showTaken(id) {
  const item = waitingElement(id);
  if (!item) return;
  item.dataset.taken = "";
  item.classList.remove("waiting");
  item.querySelector(".state").replaceChildren();
}

// Shows what waits, in its order. `state(item)`: the words under it; `buttons(item)`: its buttons.
export function showWaiting(list, { state, buttons }) {
  const ids = new Set(list.map((item) => item.id));
  for (const old of log.querySelectorAll("[data-waiting]:not([data-taken])")) {
    if (!ids.has(old.dataset.waiting)) old.remove();
  }
  let next = null;
  for (const item of [...list].reverse()) {
    const made = waitingElement(item.id) || copy(item);
    if (!made.isConnected || made.nextElementSibling !== next) log.insertBefore(made, next);
    showState(made, item, state(item), buttons);
    next = made;
  }
}

// A button is left alone while nothing changes: somebody may be about to press it.
function showState(made, item, words, buttons) {
  const now = `${item.state} ${words}`;
  if (made.dataset.state === now) return;
  made.dataset.state = now;
  made.classList.toggle("failed", item.state !== "waiting");
  made.querySelector(".state").replaceChildren(element("span", "", words), ...buttons(item));
}

function written(message, press) {
  const officer = message.officer ? ` ${message.officer}` : "";
  const item = bubble(message.author, `${message.name}${officer} · ${message.time}`);
  const body = item.querySelector(".body");
  if (message.html) {
    const text = element("div", "words");
    text.innerHTML = message.html;  // made and escaped by the server
    body.append(text);
  }
  for (const file of message.files) body.append(attachment(file));
  for (const old of log.querySelectorAll(".choices:not(.past)")) {
    old.classList.add("past");
    old.setAttribute("aria-label", say.old);
  }
  const thumbs = message.choices.filter((choice) => choice.thumb);
  const others = message.choices.filter((choice) => !choice.thumb);
  if (others.length) item.append(choices(others, press));
  if (message.worth_keeping && message.html) item.append(tools(item, thumbs.map((one) => pressable(one, press))));
  return item;
}

function copy(item) {
  const made = bubble("owner waiting", "");
  made.dataset.waiting = item.id;
  const body = made.querySelector(".body");
  const text = item.title || item.text;
  if (text) body.append(element("p", "typed", text));
  for (const file of item.files) body.append(element("p", "", `${file.name} (${size(file.size)})`));
  made.append(element("span", "state"));
  return made;
}

function bubble(author, who) {
  const item = element("div", `message ${author}`);
  item.append(element("span", "who", who), element("div", "body"));
  return item;
}

function choices(list, press) {
  const group = element("div", "choices");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", say.choices);
  group.append(...list.map((choice) => pressable(choice, press)));
  return group;
}

function pressable(choice, press) { return button(choice.title, () => press(choice)); }

function attachment(file) {
  const link = element("a", file.image ? "picture" : "file");
  link.href = file.url;
  link.target = "_blank";
  link.rel = "noopener";
  if (file.image) {
    const image = element("img");
    image.alt = file.name;
    image.loading = "lazy";
    image.addEventListener("load", keepAtEnd);
    image.src = file.url;
    link.append(file.dark ? byNight(image, file.dark) : image);
  } else {
    link.append(element("span", "", file.name));
    if (file.size) link.append(element("small", "", size(file.size)));
  }
  return link;
}

// Paper, also that of a dark page, shows the light one.
function byNight(image, address) {
  const picture = element("picture");
  const source = element("source");
  source.media = "screen and (prefers-color-scheme: dark)";
  source.srcset = address;
  picture.append(source, image);
  return picture;
}

function waitingElement(id) { return log.querySelector(`[data-waiting="${CSS.escape(id)}"]`); }
function firstWaiting() { return log.querySelector("[data-waiting]"); }
