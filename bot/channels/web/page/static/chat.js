// The owner's page: puts together what waits, what is sent, what the stream tells, and the tabs.

import { called } from "./call.js";
import * as composer from "./composer.js";
import * as log from "./log.js";
import * as menu from "./menu.js";
import { $, button, say } from "./page.js";
import { atEnd, startReading, toNewest } from "./scroll.js";
import { Sending } from "./sending.js";
import { Stream } from "./stream.js";
import { enter, leave, onLeave } from "./tabs.js";
import * as voice from "./voice.js";
import { Waiting } from "./waiting.js";

const ECHO_MILLISECONDS = 4000;  // the stream brings back within this time what the server took

let underWay = null;
let isReady = false;

const waiting = new Waiting({
  changed: showWaiting,
  toSend: () => sending.flush(),
  taken: (id) => {
    log.showTaken(id);
    setTimeout(() => { if (log.isPending(id)) stream.connect(); }, ECHO_MILLISECONDS);
  },
});

const stream = new Stream({
  opened: () => sending.flush(),
  ready,
  typing,
  message: (message) => {
    $("suggestions").hidden = true;
    if (message.author !== "owner") typing(false);
    log.show(message, press);
    if (isReady && message.author !== "owner") called(message);
    if (message.client_id) waiting.taken(message.client_id);
  },
});

const sending = new Sending(waiting, () => stream.renew(), {
  sending: (item) => { underWay = item; showWaiting(); },
});

function submit(written) {
  stream.wake();
  waiting.add(written);
  toNewest();
}

function press(choice) {
  submit({ choice: choice.token, title: choice.title });
  composer.focus();
}

function showWaiting() {
  if (waiting.list.length) $("suggestions").hidden = true;
  log.showWaiting(waiting.list, { state, buttons });
}

function state(item) {
  if (item.state === "refused") return item.sentence;
  if (item.state === "incomplete") return say.incomplete;
  if (item === underWay) return say.sending;
  return item.isKept ? say.waiting : say.unkept;
}

function buttons(item) {
  if (item.state === "waiting") return [];
  const drop = button(say.drop, () => waiting.drop(item));
  if (item.state === "refused") return [button(say.again, () => waiting.again(item)), drop];
  return [button(say.choose, () => { waiting.drop(item); composer.takeBack(item.text); }), drop];
}

function ready() {
  if (isReady) return;
  isReady = true;
  log.announce();
  startReading();
  $("suggestions").hidden = !log.isEmpty();
  toNewest();
}

function typing(on) {
  const wasAtEnd = atEnd();
  $("typing").hidden = !on;
  if (on && wasAtEnd) toNewest();
}

async function begin() {
  const living = await enter();
  composer.inherit(living);
  waiting.adopt(living);
}

// Somebody looks at the page again: a line may have died while it slept.
function comeBack() {
  stream.connect();
  sending.flush();
}

function warn(event) {
  if (!waiting.isAtRisk()) return;
  event.preventDefault();
  event.returnValue = true;  // how older browsers are told
}

waiting.resume();
composer.open(submit);
menu.open((text) => { submit({ text }); composer.focus(); });
voice.open(composer.add);
for (const suggestion of $("suggestions").children) {
  suggestion.addEventListener("click", () => submit({ text: suggestion.textContent }));
}
onLeave((tab) => waiting.inherit(tab));
window.addEventListener("online", () => { stream.connect(); sending.startAnew(); });
window.addEventListener("offline", () => stream.lose());
for (const look of ["focus", "pointerdown"]) window.addEventListener(look, () => stream.wake());
document.addEventListener("visibilitychange", () => { if (!document.hidden) comeBack(); });
window.addEventListener("pagehide", leave);
window.addEventListener("pageshow", (event) => { if (event.persisted) { begin(); comeBack(); } });
window.addEventListener("beforeunload", warn);

stream.connect();
begin();
