// The owner's page: shows the messages of the stream, keeps what is written until it is taken.
"use strict";

const $ = (id) => document.getElementById(id);
const say = $("sentences").dataset;
const limits = document.body.dataset;
const log = $("log");
const scroller = $("scroller");
const words = $("words");
const KEPT = "donghanh.waiting";
const WAITS = [1000, 2000, 4000, 8000, 15000];

let last = 0;             // id of the newest message shown
let lastDay = "";
let ready = false;
let stream = null;
let failures = 0;         // of sending, in a row
let streamFailures = 0;
let flushing = false;
let flushTimer = 0;
let noticeTimer = 0;
let pinned = true;        // the reader is at the end and stays there
let waiting = [];         // what the server has not taken yet, oldest first
let chosen = [];          // files to be sent with the next message
const shown = new Set();  // ids of messages on the page

// ——— what waits to be sent ———

function readKept() {
  try { return JSON.parse(localStorage.getItem(KEPT)) || []; } catch { return []; }
}

function keep() {
  // Files cannot be kept: they live as long as the page does.
  const kept = waiting.filter((item) => !item.files && !item.failed);
  try { localStorage.setItem(KEPT, JSON.stringify(kept)); } catch { /* private mode: memory only */ }
}

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();  // only where the page came over HTTPS or loopback
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

function submit(item) {
  item.id = newId();
  waiting.push(item);
  keep();
  showWaiting(item);
  toNewest();
  flush();
}

async function flush() {
  if (flushing) return;
  flushing = true;
  clearTimeout(flushTimer);
  let item;
  while ((item = waiting.find((one) => !one.failed))) {
    mark(item, say.sending);
    const wait = await post(item);
    if (wait === 0) { failures = 0; continue; }
    mark(item, say.waiting);
    flushTimer = setTimeout(flush, wait);
    break;
  }
  flushing = false;
}

// Sends one item. 0: settled; otherwise the milliseconds to wait before the next try.
async function post(item) {
  let answer;
  try {
    answer = await fetch(item.files ? "/chat/files" : "/chat/messages", request(item));
  } catch {
    notice(say.lost);
    return WAITS[Math.min(failures++, WAITS.length - 1)];
  }
  if (answer.ok) {
    waiting = waiting.filter((one) => one !== item);
    keep();
    mark(item, "");
    if (stream && stream.readyState === EventSource.OPEN) notice("");
    return 0;
  }
  const sentence = await answer.json().then((data) => data.error, () => "");
  if (answer.status === 401) { await renew(); return 1500; }
  if (answer.status === 429) { notice(sentence); return 10000; }
  if (answer.status >= 500) { notice(say.lost); return WAITS[Math.min(failures++, WAITS.length - 1)]; }
  item.failed = true;
  keep();
  fail(item, sentence || say.failed);
  return 0;
}

function request(item) {
  const headers = { "X-Donghanh": "chat" };
  const options = { method: "POST", credentials: "same-origin", headers };
  if (item.files) {
    options.body = new FormData();
    options.body.append("id", item.id);
    options.body.append("text", item.text || "");
    for (const file of item.files) options.body.append("files", file, file.name);
    return options;
  }
  headers["Content-Type"] = "application/json";
  const { id, text, choice } = item;
  options.body = JSON.stringify(choice ? { id, choice } : { id, text });
  return options;
}

// The cookie is gone: the page itself brings a new one.
async function renew() {
  try { await fetch("/", { credentials: "same-origin", cache: "no-store" }); } catch { return; }
  connect();
}

// ——— the stream ———

function connect() {
  if (stream) stream.close();
  stream = new EventSource(`/chat/events?after=${last}`);
  stream.addEventListener("message", (event) => show(JSON.parse(event.data)));
  stream.addEventListener("typing", (event) => typing(JSON.parse(event.data).on));
  stream.addEventListener("ready", onReady);
  stream.addEventListener("open", () => { streamFailures = 0; notice(""); flush(); });
  stream.addEventListener("error", () => {
    noticeTimer = noticeTimer || setTimeout(() => notice(say.lost), 1500);
    if (stream.readyState !== EventSource.CLOSED) return;  // it tries again by itself
    const wait = WAITS[Math.min(streamFailures++, WAITS.length - 1)];
    setTimeout(streamFailures === 2 ? renew : connect, wait);
  });
}

function onReady() {
  if (!ready) {
    ready = true;
    for (const item of readKept()) {
      if (log.querySelector(`[data-client="${CSS.escape(item.id)}"]`)) continue;
      waiting.push(item);
      showWaiting(item);
    }
    keep();
    log.setAttribute("aria-live", "polite");
    $("suggestions").hidden = log.children.length > 0;
    toNewest();
  }
  flush();
}

function notice(sentence) {
  clearTimeout(noticeTimer);
  noticeTimer = 0;
  $("notice").textContent = sentence;
  $("notice").hidden = !sentence;
}

// ——— messages ———

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function bubble(author, who) {
  const item = element("li", `message ${author}`);
  item.append(element("span", "who", who), element("div", "body"));
  return item;
}

function show(message) {
  if (shown.has(message.id)) return;
  shown.add(message.id);
  last = Math.max(last, message.id);
  const atEnd = isAtEnd();
  if (message.client_id) settle(message.client_id);
  if (message.day !== lastDay) {
    lastDay = message.day;
    log.insertBefore(element("li", "day", message.day), firstWaiting());
  }
  const officer = message.officer ? ` ${message.officer}` : "";
  const item = bubble(message.author, `${message.name}${officer} · ${message.time}`);
  if (message.client_id) item.dataset.client = message.client_id;
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
  if (message.choices.length) item.append(choices(message.choices));
  log.insertBefore(item, firstWaiting());
  $("suggestions").hidden = true;
  if (message.author !== "owner") typing(false);
  if (message.author === "owner") toNewest();
  else if (atEnd) toStartOf(item);
  else $("newest").hidden = false;
}

function choices(list) {
  const group = element("div", "choices");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", say.choices);
  for (const choice of list) {
    const button = element("button", "", choice.title);
    button.type = "button";
    button.addEventListener("click", () => { submit({ choice: choice.token, title: choice.title }); words.focus({ preventScroll: true }); });
    group.append(button);
  }
  return group;
}

function attachment(file) {
  const link = element("a", file.image ? "picture" : "file");
  link.href = file.url;
  link.target = "_blank";
  link.rel = "noopener";
  if (file.image) {
    const image = element("img");
    image.alt = file.name;
    image.loading = "lazy";
    image.addEventListener("load", () => { if (pinned) toNewest(); });
    image.src = file.url;
    link.append(image);
  } else {
    link.append(element("span", "", file.name), element("small", "", size(file.size)));
  }
  return link;
}

function size(bytes) {
  const kilobytes = bytes / 1024;
  const [value, unit] = kilobytes < 1000 ? [Math.max(kilobytes, 0.1), "KB"] : [kilobytes / 1024, "MB"];
  return `${value.toLocaleString("vi-VN", { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}

function waitingElement(id) { return log.querySelector(`[data-waiting="${CSS.escape(id)}"]`); }
function firstWaiting() { return log.querySelector("[data-waiting]"); }

function showWaiting(item) {
  const made = bubble("owner waiting", "");
  made.dataset.waiting = item.id;
  const body = made.querySelector(".body");
  const text = item.title || item.text;
  if (text) {
    const line = element("p", "", text);
    line.style.whiteSpace = "pre-wrap";
    body.append(line);
  }
  for (const file of item.files || []) body.append(element("p", "", file.name));
  made.append(element("span", "state", say.waiting));
  log.append(made);
  $("suggestions").hidden = true;
}

function mark(item, state) {
  const made = waitingElement(item.id);
  if (made) made.querySelector(".state").textContent = state;
}

function fail(item, sentence) {
  const made = waitingElement(item.id);
  if (!made) return;
  made.classList.add("failed");
  const state = made.querySelector(".state");
  state.textContent = sentence;
  const again = element("button", "", say.again);
  again.type = "button";
  again.addEventListener("click", () => {
    made.remove();
    waiting = waiting.filter((one) => one !== item);
    submit({ text: item.text, choice: item.choice, title: item.title, files: item.files });
  });
  state.append(" ", again);
}

// The server has it: the waiting copy gives way to the real one.
function settle(id) {
  const made = waitingElement(id);
  if (made) made.remove();
  waiting = waiting.filter((item) => item.id !== id);
  keep();
}

function typing(on) {
  const atEnd = isAtEnd();
  $("typing").hidden = !on;
  if (on && atEnd) toNewest();
}

function isAtEnd(slack = 80) {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < slack;
}

// A long answer is read from its beginning.
function toStartOf(item) {
  if (!ready || item.offsetHeight < scroller.clientHeight - 24) { toNewest(); return; }
  scroller.scrollTop += item.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 12;
  pinned = false;
}

function toNewest() {
  pinned = true;
  scroller.scrollTop = scroller.scrollHeight;
  $("newest").hidden = true;
}

// ——— the composer ———

function grow() {
  words.style.height = "auto";
  words.style.height = `${Math.min(words.scrollHeight + 3, 140)}px`;
}

function showChosen() {
  const list = $("chosen");
  list.replaceChildren(...chosen.map((file) => {
    const item = element("li", "", `${file.name} (${size(file.size)})`);
    const remove = element("button", "", "✕");
    remove.type = "button";
    remove.setAttribute("aria-label", `${say.remove} ${file.name}`);
    remove.addEventListener("click", () => { chosen = chosen.filter((one) => one !== file); showChosen(); words.focus(); });
    item.append(remove);
    return item;
  }));
  list.hidden = chosen.length === 0;
}

function choose(files) {
  notice("");
  for (const file of files) {
    if (file.size > limits.fileLimit * 1024 * 1024) {
      notice(say.tooLarge.replace("{name}", file.name).replace("{limit}", limits.fileLimit));
    } else if (chosen.length >= limits.filesLimit) {
      notice(say.tooMany.replace("{limit}", limits.filesLimit));
    } else {
      chosen.push(file);
    }
  }
  showChosen();
}

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = words.value.trim();
  if (!text && !chosen.length) { words.focus(); return; }
  submit(chosen.length ? { text, files: chosen } : { text });
  chosen = [];
  showChosen();
  words.value = "";
  grow();
  words.focus();
});
words.addEventListener("input", grow);
words.addEventListener("keydown", (event) => {
  // While a Vietnamese keyboard composes a letter, Enter belongs to it.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $("composer").requestSubmit();
});
words.addEventListener("paste", (event) => {
  if (event.clipboardData.files.length) { event.preventDefault(); choose(event.clipboardData.files); }
});
$("files").addEventListener("change", (event) => { choose(event.target.files); event.target.value = ""; words.focus(); });
for (const button of $("suggestions").children) {
  button.addEventListener("click", () => submit({ text: button.textContent }));
}
$("newest").addEventListener("click", toNewest);
scroller.addEventListener("scroll", () => {
  pinned = isAtEnd();
  if (pinned) $("newest").hidden = true;
});
new ResizeObserver(() => { if (pinned) toNewest(); }).observe(scroller);
window.addEventListener("online", () => { connect(); flush(); });
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && stream && stream.readyState === EventSource.CLOSED) connect();
});

connect();
