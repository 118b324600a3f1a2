// Sends what waits, one after the other, and comes back when it may try again.

import { notice, say } from "./page.js";

const PAUSES = [1000, 2000, 4000, 8000, 15000];   // after failures in a row
const COOKIE_PAUSE = 500;
const WORDS_PATIENCE = 30 * 1000;                 // for an answer: a line can be dead without a word
const FILES_PATIENCE = 15 * 60 * 1000;
const LONGEST_WAIT = 60 * 60;                     // seconds that a server may ask for
const TAKEN = 202;                                // what a proxy or a hotel's sign-in page answers is not ours
const FINAL = new Set([400, 403, 411, 413, 415, 422]);

export class Sending {
  // `renew`: brings a new cookie. `told.sending(item)`: which one is under way, or null.
  constructor(waiting, renew, told) {
    this.waiting = waiting;
    this.renew = renew;
    this.told = told;
    this.isBusy = false;
    this.failures = 0;
    this.isRenewed = false;  // a new cookie was brought since the last message that got through
    this.timer = 0;
    this.attempt = null;
    this.notBefore = 0;
  }

  // Sends all that waits; at once, unless the server asked for patience.
  async flush() {
    if (this.isBusy) return;
    this.isBusy = true;
    clearTimeout(this.timer);
    try {
      const pause = await this.#sendAll();
      if (pause) this.timer = setTimeout(() => this.flush(), pause);
    } finally {
      this.isBusy = false;
      this.told.sending(null);
    }
  }

  // The network has changed: an attempt under way may hang on a line that is gone.
  startAnew() {
    this.failures = 0;
    this.isRenewed = false;
    this.attempt?.abort();
    this.flush();
  }

  // 0: nothing waits any more; otherwise the milliseconds to wait before the next try.
  async #sendAll() {
    let item;
    while ((item = this.waiting.next())) {
      const patience = this.notBefore - performance.now();
      const pause = patience > 0 ? patience : await this.#send(item);
      if (pause) return pause;
    }
    return 0;
  }

  // 0: settled; otherwise the milliseconds to wait before the next try.
  async #send(item) {
    await item.whole;
    if (item.state !== "waiting") return 0;
    this.told.sending(item);
    const answer = await this.#post(item);
    if (!answer) return this.#failed(say.lost);
    if (answer.status === 401) return this.#withoutCookie();
    if (answer.status === 429) return this.#tooFast(answer);
    if (answer.status !== TAKEN && !FINAL.has(answer.status)) return this.#failed(say.busy);
    this.failures = 0;
    this.isRenewed = false;
    notice("sending", "");
    if (answer.status === TAKEN) this.waiting.taken(item.id);
    else this.waiting.refuse(item, answer.sentence || say.failed);
    return 0;
  }

  // What the server said: `status`, `sentence`, `seconds` to wait; null where it said nothing.
  async #post(item) {
    const attempt = this.attempt = new AbortController();
    const patience = setTimeout(() => attempt.abort(), item.blobs.length ? FILES_PATIENCE : WORDS_PATIENCE);
    try {
      const answer = await fetch(item.blobs.length ? "/chat/files" : "/chat/messages", request(item, attempt.signal));
      const sentence = await answer.json().then((data) => data.error, () => "");
      return { status: answer.status, sentence, seconds: Number(answer.headers.get("Retry-After")) };
    } catch {
      return null;
    } finally {
      clearTimeout(patience);
    }
  }

  #failed(sentence) {
    notice("sending", sentence);
    return PAUSES[Math.min(this.failures++, PAUSES.length - 1)];
  }

  #tooFast({ seconds, sentence }) {
    if (!(seconds > 0)) return this.#failed(sentence || say.busy);
    notice("sending", sentence || say.busy);
    const pause = Math.min(seconds, LONGEST_WAIT) * 1000;
    this.notBefore = performance.now() + pause;
    return pause;
  }

  async #withoutCookie() {
    if (this.isRenewed) return this.#failed(say.cookies);  // the new one did not stay
    this.isRenewed = true;
    await this.renew();
    return COOKIE_PAUSE;
  }
}

function request(item, signal) {
  const options = { method: "POST", credentials: "same-origin", headers: { "X-Donghanh": "chat" }, signal };
  if (item.blobs.length) {
    options.body = new FormData();
    options.body.append("id", item.id);
    options.body.append("text", item.text);
    for (const file of item.blobs) options.body.append("files", file, file.name);
    return options;
  }
  options.headers["Content-Type"] = "application/json";
  const { id, text, choice } = item;
  options.body = JSON.stringify(choice ? { id, choice } : { id, text });
  return options;
}
