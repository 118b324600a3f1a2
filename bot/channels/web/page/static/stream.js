// The messages of the chat as the server tells them; comes back by itself.

import { notice, say } from "./page.js";

const PAUSES = [1000, 2000, 4000, 8000, 15000];  // after failures in a row
const LOST_MILLISECONDS = 1500;                  // a line that is back by then was never missed
const RENEW_AFTER = 2;                           // failures: the cookie may be gone

export class Stream {
  // `told`: message(message), typing(on), ready(), and opened() each time the line is there.
  constructor(told) {
    this.told = told;
    this.source = null;
    this.last = 0;             // id of the newest message heard
    this.failures = 0;
    this.isResting = false;
    this.timer = 0;
    this.lostTimer = 0;
  }

  connect() {
    clearTimeout(this.timer);
    this.source?.close();
    this.isResting = false;
    const source = this.source = new EventSource(`/chat/events?after=${this.last}`);
    source.addEventListener("open", () => this.#opened());
    source.addEventListener("error", () => this.#failed(source));
    source.addEventListener("message", (event) => this.#heard(JSON.parse(event.data)));
    source.addEventListener("typing", (event) => this.told.typing(JSON.parse(event.data).on));
    source.addEventListener("ready", () => this.told.ready());
    source.addEventListener("rest", () => this.#rest());
  }

  // Somebody looks at the page. A line that rests or is gone begins anew.
  wake() {
    if (this.isResting || this.source?.readyState === EventSource.CLOSED) this.connect();
  }

  // The browser says that there is no network.
  lose() { notice("line", say.lost); }

  // Brings a new cookie: the page itself carries it.
  async renew() {
    try { await fetch("/", { credentials: "same-origin", cache: "no-store" }); } catch { /* no line */ }
    this.connect();
  }

  #heard(message) {
    this.last = Math.max(this.last, message.id);
    this.told.message(message);
  }

  #opened() {
    this.failures = 0;
    clearTimeout(this.lostTimer);
    this.lostTimer = 0;
    notice("line", "");
    this.told.opened();
  }

  #failed(source) {
    if (source !== this.source) return;
    this.lostTimer ||= setTimeout(() => notice("line", say.lost), LOST_MILLISECONDS);
    if (source.readyState !== EventSource.CLOSED) return;  // it tries again by itself
    const pause = PAUSES[Math.min(this.failures++, PAUSES.length - 1)];
    this.timer = setTimeout(() => (this.failures === RENEW_AFTER ? this.renew() : this.connect()), pause);
  }

  // Too many pages of this chat are open: the newest ones hold the lines.
  #rest() {
    this.source.close();
    this.isResting = true;
    notice("line", say.resting);
  }
}
