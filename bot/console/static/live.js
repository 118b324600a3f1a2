// The one live connection of a browser. As a shared worker it serves all tabs of a session; in a
// browser without shared workers the page that is being looked at runs it for itself.
"use strict";

(function () {
  const GATHER_MS = 150;          // tabs that open together ask together
  const SILENT_MS = 20000;        // five signs of life are missing: the line is dead
  const CHECK_MS = 5000;
  const RETRY_MS = 2000;
  const LONGEST_RETRY_MS = 30000;
  const RETURN_MS = 30000;        // another connection of the session took over: later again
  const PRESENT_MS = 60000;       // how often a tab says that it is still there
  const THIN_MS = 3000;           // a subject that no tab has any more is no longer watched
  const ABSENT_MS = 10 * 60000;   // a tab that said nothing for so long is gone; a frozen one returns

  // Raised when tabs and worker say other things to each other: tabs that were open over an update
  // keep the worker that they have.
  const LANGUAGE = 3;

  // An event stream that comes back by itself. `seen`: subject → the newest fingerprint of it.
  class Line {
    constructor(address, mark, tell) {
      Object.assign(this, { address, mark, tell, seen: new Map(), here: new Map(), asked: [], source: null, isUp: false, alerts: null });
      this.wait = RETRY_MS;
      this.timer = null;
      setInterval(() => this.check(), CHECK_MS);
    }

    openIn(ms) {
      this.close();
      this.timer = setTimeout(() => this.open(), ms);
    }

    open() {
      this.close();
      this.asked = [...this.seen.keys()];
      const source = new EventSource(this.url());
      this.source = source;
      this.heardAt = Date.now();
      const on = (name, act) => source.addEventListener(name, (event) => {
        if (source !== this.source) return;
        this.heardAt = Date.now();
        act(event.data ? JSON.parse(event.data) : {});
      });
      on("open", () => {
        this.wait = RETRY_MS;
        for (const subject of this.here.keys()) this.tellOfHere(subject, "");
        this.turn(true);
      });
      on("alive", () => {});
      on("changed", ({ subject, seen }) => {
        this.seen.set(subject, seen);
        this.tell({ kind: "changed", subject, seen });
      });
      on("gone", ({ subject }) => {
        this.seen.delete(subject);
        this.tell({ kind: "gone", subject });
      });
      on("here", ({ subject, text }) => this.tellOfHere(subject, text));
      on("alerts", (alerts) => {
        this.alerts = alerts;
        this.tell({ kind: "alerts", ...alerts });
      });
      on("signed_out", () => this.end());
      on("replaced", () => this.openIn(RETURN_MS));
      source.onerror = () => {
        if (source !== this.source) return;
        this.turn(false);
        // Otherwise the browser tries again by itself.
        if (source.readyState === EventSource.CLOSED) this.ask();
      };
    }

    // Who else has a case open, in words; empty: nobody.
    tellOfHere(subject, text) {
      if (text) this.here.set(subject, text);
      else this.here.delete(subject);
      this.tell({ kind: "here", subject, text });
    }

    close() {
      clearTimeout(this.timer);
      this.timer = null;
      if (this.source) this.source.close();
      this.source = null;
    }

    end() {
      this.close();
      this.tell({ kind: "signed_out" });
    }

    // Why the server, or a proxy before it, refused: an event stream does not say.
    async ask() {
      this.openIn(this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_RETRY_MS);
      const asked = new AbortController();
      try {
        const answer = await fetch(this.url(), { signal: asked.signal, cache: "no-store" });
        if (answer.status === 401) this.end();
      } catch {
        return;
      } finally {
        asked.abort();
      }
    }

    // A machine that slept keeps a line on which nothing comes any more.
    check() {
      if (!this.source || Math.abs(Date.now() - this.heardAt) < SILENT_MS) return;
      this.turn(false);
      this.open();
    }

    turn(isUp) {
      this.isUp = isUp;
      this.tell({ kind: "line", isUp });
    }

    url() {
      const query = new URLSearchParams({ mark: this.mark });
      for (const [subject, seen] of this.seen) query.append("seen", `${subject}~${seen}`);
      return `${this.address}?${query}`;
    }
  }

  // The tabs of a session around their line. A tab is a function that takes what it is told.
  class Hub {
    constructor(address, mark) {
      this.tabs = new Map();
      this.line = new Line(address, mark, (told) => this.pass(told));
    }

    // Said at the beginning, and again and again: `seen` is the fingerprint of the page as it is;
    // `isWatched`: somebody looks at it.
    join(tab, subject, seen, isWatched) {
      this.tabs.delete(tab);
      this.tabs.set(tab, { subject, isWatched, at: Date.now() });
      const known = this.line.seen.get(subject);
      if (subject && known === undefined) this.line.seen.set(subject, seen);
      if (!this.line.source || (subject && known === undefined)) {
        this.forget();
        this.line.openIn(GATHER_MS);
      } else if (subject && known !== seen) {
        tab({ kind: "changed", subject, seen: known });
      }
      if (this.line.isUp) tab({ kind: "line", isUp: true });
      const here = this.line.here.get(subject);
      if (here) tab({ kind: "here", subject, text: here });
      if (this.line.alerts) this.tellOfAlerts({ kind: "alerts", ...this.line.alerts }, [tab]);
    }

    leave(tab) {
      this.tabs.delete(tab);
      if (this.tabs.size === 0) this.line.close();
      setTimeout(() => this.thin(), THIN_MS);
    }

    // Colleagues see who has a case open: what no tab shows any more is not.
    thin() {
      if (!this.line.source) return;
      this.forget();
      if (this.line.asked.some((subject) => !this.line.seen.has(subject))) this.line.open();
    }

    // The tab that spoke last tells for all: of one that sleeps or is gone nothing was heard.
    tellOfAlerts(told, tabs) {
      const teller = [...this.tabs.keys()].pop();
      const watched = [...this.tabs.values()].filter(({ isWatched }) => isWatched).map(({ subject }) => subject);
      for (const tab of tabs) tab({ ...told, isTeller: tab === teller, watched });
    }

    pass(told) {
      if (told.kind === "alerts") {
        this.tellOfAlerts(told, this.tabs.keys());
        return;
      }
      for (const [tab, { subject }] of this.tabs) {
        if (!told.subject || told.subject === subject) tab(told);
      }
    }

    forget() {
      for (const [tab, { at }] of this.tabs) {
        if (Date.now() - at > ABSENT_MS) this.tabs.delete(tab);
      }
      const watched = new Set([...this.tabs.values()].map(({ subject }) => subject));
      for (const subject of this.line.seen.keys()) {
        if (!watched.has(subject)) this.line.seen.delete(subject);
      }
    }
  }

  function serve() {
    let hub = null;
    self.onconnect = ({ ports: [port] }) => {
      const tab = (told) => port.postMessage(told);
      if (!self.EventSource) {
        tab({ kind: "unable" });
        return;
      }
      // A tab that is closed or dies may not get to say so; newer browsers say it for it.
      port.onclose = () => hub?.leave(tab);
      port.onmessage = ({ data }) => {
        hub ||= new Hub(data.address, data.mark);
        if (data.step === "join") hub.join(tab, data.subject, data.seen, data.isWatched);
        else hub.leave(tab);
      };
    };
  }

  // A page's way to the line. `page`: address, mark, worker, subject, and `seen()`.
  function connect(page, tell) {
    let port = null;
    let hub = null;
    let isOver = false;
    let hasLeft = false;   // what a page does on its way out is no return

    function step(name) {
      if (isOver) return;
      const { address, mark, subject } = page;
      const isWatched = !document.hidden && document.hasFocus();
      if (port) port.postMessage({ step: name, address, mark, subject, seen: page.seen(), isWatched });
      else if (name === "join" && !document.hidden) hub.join(tell, subject, page.seen(), isWatched);
      else hub.leave(tell);
    }

    function alone() {
      if (hub) return;
      port = null;
      hub = new Hub(page.address, page.mark);
      document.addEventListener("visibilitychange", () => step("join"));
      step("join");
    }

    try {
      const worker = new SharedWorker(page.worker, `donghanh ${LANGUAGE} ${page.mark}`);
      worker.onerror = alone;
      port = worker.port;
      port.onmessage = ({ data }) => (data.kind === "unable" ? alone() : tell(data));
      step("join");
    } catch {
      alone();
    }
    const present = setInterval(() => step("join"), PRESENT_MS);
    return {
      join: () => { if (!hasLeft) step("join"); },
      leave: () => {
        step("leave");
        hasLeft = true;
      },
      comeBack: () => { hasLeft = false; },
      end: () => {
        clearInterval(present);
        step("leave");
        isOver = true;
      },
    };
  }

  if (typeof SharedWorkerGlobalScope !== "undefined" && self instanceof SharedWorkerGlobalScope) serve();
  else self.connectLive = connect;
})();
