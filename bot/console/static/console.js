// Live pages. Everything works without this file, only not by itself.
"use strict";

(function () {
  const body = document.body;
  const notice = document.getElementById("live-notice");

  // A page shown after a step keeps its notice, but its address must not say it again.
  const done = new URLSearchParams(location.search).get("done");
  if (done) {
    const address = new URL(location.href);
    address.searchParams.delete("done");
    history.replaceState(null, "", address);
  }

  // One press, one form: the server knows a repeated form too.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    const buttons = event.target.querySelectorAll("button");
    setTimeout(() => buttons.forEach((button) => { button.disabled = true; }), 0);
    setTimeout(() => buttons.forEach((button) => { button.disabled = false; }), 15000);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("button[disabled]").forEach((button) => { button.disabled = false; });
  });

  // Words typed so far outlive a session that ran out, a refusal and a reload, in this tab only.
  const DRAFT = "draft:";   // words; what was picked in a list is no loss worth showing
  const PICK = "pick:";
  const SENT = "sent";   // the drafts that the form before this page held
  const keyOf = (box) => (box.matches("select") ? PICK : DRAFT) + box.dataset.keep;
  const boxes = (part = document) => [...part.querySelectorAll("[data-keep]")];

  const sent = JSON.parse(sessionStorage.getItem(SENT) || "[]");
  sessionStorage.removeItem(SENT);
  if (done) sent.forEach((key) => sessionStorage.removeItem(key));
  document.addEventListener("submit", (event) => {
    if (event.target.method === "post") sessionStorage.setItem(SENT, JSON.stringify(boxes(event.target).map(keyOf)));
  });
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!box.matches("[data-keep]")) return;
    if (box.value) sessionStorage.setItem(keyOf(box), box.value);
    else sessionStorage.removeItem(keyOf(box));
  });

  function restore() {
    for (const box of boxes()) {
      const kept = sessionStorage.getItem(keyOf(box));
      if (kept === null || kept === box.value) continue;
      box.value = kept;
      const fold = box.closest("details");
      if (fold) fold.open = true;
    }
  }

  // A draft whose box is gone: the case is closed, another's or out of sight.
  function showUnsent() {
    if (!body.dataset.drafts) return;
    const held = new Set(boxes().map(keyOf));
    const shown = new Set([...document.querySelectorAll("pre.unsent")].map((one) => one.textContent.trim()));
    for (const key of Object.keys(sessionStorage).sort()) {
      if (!key.startsWith(DRAFT + body.dataset.drafts) || held.has(key)) continue;
      const text = sessionStorage.getItem(key).trim();
      if (text && !shown.has(text)) document.getElementById("main").prepend(unsent(key, text));
    }
  }

  function unsent(key, text) {
    const notice = document.createElement("div");
    notice.className = "notice bad";
    const [said, words, drop] = ["p", "pre", "button"].map((name) => notice.appendChild(document.createElement(name)));
    said.textContent = "Nội dung anh/chị viết ở đây, chưa gửi:";
    words.className = "unsent";
    words.textContent = text;
    drop.type = "button";
    drop.textContent = "Bỏ nội dung này";
    drop.addEventListener("click", () => {
      sessionStorage.removeItem(key);
      notice.remove();
    });
    return notice;
  }

  // Prepared last words follow the ending, as long as nobody has written others.
  function prepare(event) {
    const form = event.target.closest("form.closing");
    if (!form || !event.target.matches("[name=ending], [name=authority]")) return;
    const box = form.querySelector("[name=last_words]");
    const offers = [...form.querySelectorAll("[data-words]")].map((one) => one.dataset.words);
    if (box.value.trim() && !offers.includes(box.value)) return;
    const ending = form.querySelector("[name=ending]:checked");
    const option = ending?.value === "passed_on" ? form.querySelector("[name=authority]").selectedOptions[0] : ending;
    box.value = option?.dataset.words || "";
  }
  document.addEventListener("change", prepare);
  document.querySelector("[data-print]")?.addEventListener("click", () => print());

  restore();
  showUnsent();
  document.querySelector("form.me")?.addEventListener("submit", () => sessionStorage.clear());

  if (!body.dataset.live || !window.EventSource) return;

  const LINE = "line";
  const PATIENCE_MS = 3000;   // a line that is back so soon was never missed
  const AGAIN_MS = 3000;
  const NEAR_END = 120;       // pixels from the end at which a reader is at the end
  let seen = body.dataset.seen || "";
  let isOver = false;

  function tell(text, link, about = "") {
    notice.textContent = text + " ";
    notice.dataset.about = about;
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = address();
      anchor.textContent = link;
      notice.append(anchor);
    }
    notice.hidden = false;
  }

  // A page that answers a refused form stands at the form's address, where nothing can be read.
  function address() {
    const page = body.dataset.page;
    return page && location.pathname !== page ? page : location.href;
  }

  function isBusy(part) {
    const typed = [...part.querySelectorAll("textarea, input[type=file], select")];
    return part.contains(document.activeElement) || typed.some((field) => field.value && field.value !== field.defaultValue);
  }

  // One after the other, and once more where something came meanwhile.
  let running = null;
  let isStale = false;
  function refresh(headers = {}) {
    if (isOver) return;
    isStale = true;
    running ||= (async () => {
      while (isStale && !isOver) {
        isStale = false;
        try {
          await fetchParts(headers);
        } catch {
          isStale = true;
          await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS); });
        }
      }
      running = null;
    })();
  }

  async function fetchParts(headers) {
    const response = await fetch(address(), { headers, credentials: "same-origin", cache: "no-store" });
    if (response.status >= 500) throw new Error(response.statusText);
    if (!response.ok || response.redirected) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (fresh.body.dataset.mark !== body.dataset.mark) return;
    for (const id of body.dataset.parts.split(" ")) {
      const now = document.getElementById(id);
      const then = fresh.getElementById(id);
      if (now && then && now.innerHTML !== then.innerHTML) replace(now, then);
    }
    refreshMessages(fresh);
    refreshSteps(fresh);
    seen = fresh.body.dataset.seen || "";
  }

  // What the reader unfolded stays unfolded.
  function replace(now, then) {
    const open = new Set([...now.querySelectorAll("details[open] > summary")].map((one) => one.textContent));
    now.innerHTML = then.innerHTML;
    for (const one of now.querySelectorAll("details > summary")) {
      if (open.has(one.textContent)) one.parentElement.open = true;
    }
  }

  function refreshMessages(fresh) {
    const here = document.getElementById(body.dataset.messages || "");
    const there = here && fresh.getElementById(here.id);
    if (!there) return;
    const place = placeOfReader(here);
    forget(here, there);
    showUpTo(fresh);
    let next = null;
    for (const message of [...there.children].reverse()) {
      let shown = document.getElementById(message.id);
      if (!shown || shown.parentElement !== here) {
        message.classList.add("fresh");
        shown = here.insertBefore(message, next);
        document.getElementById("no-messages")?.remove();
      } else if (shown.innerHTML !== message.innerHTML && !shown.querySelector("details[open]")) {
        shown.innerHTML = message.innerHTML;
      }
      next = shown;
    }
    place();
  }

  // Who reads the end goes on reading the end; who reads further up keeps what is before the eyes.
  function placeOfReader(here) {
    const end = document.getElementById("newest");
    const bottom = () => document.getElementById("reply")?.getBoundingClientRect().top ?? window.innerHeight;
    if (!end) return () => {};
    if (end.getBoundingClientRect().top < bottom() + NEAR_END) return () => showEnd(end);
    const kept = [...here.children].find((one) => one.getBoundingClientRect().bottom > 0);
    const top = kept?.getBoundingClientRect().top;
    return () => {
      if (!kept?.isConnected) return;
      const moved = kept.getBoundingClientRect().top - top;
      const pane = here.closest(".talk");
      if (pane && pane.scrollHeight > pane.clientHeight) pane.scrollTop += moved;
      else window.scrollBy(0, moved);
    };
  }

  function showEnd(end) {
    end.style.scrollMarginBottom = `${document.getElementById("reply")?.offsetHeight ?? 0}px`;
    end.scrollIntoView({ block: "end" });
  }

  const newest = document.getElementById(body.dataset.newest || "");
  if (newest && !location.hash) showEnd(newest);

  // A form tells the server what its sender had before her eyes: messages added here count.
  function showUpTo(fresh) {
    const newest = fresh.querySelector("input[name=shown]")?.value;
    if (newest) for (const field of document.querySelectorAll("input[name=shown]")) field.value = newest;
  }

  // What went out of sight with another case; older messages than the fresh page has stay.
  function forget(here, there) {
    const ids = [...there.children].map((message) => message.id);
    const first = [...here.children].findIndex((message) => ids.includes(message.id));
    for (const message of [...here.children].slice(Math.max(first, 0))) {
      if (!ids.includes(message.id)) message.remove();
    }
  }

  function refreshSteps(fresh) {
    for (const id of (body.dataset.forms || "").split(" ")) refreshForms(document.getElementById(id), fresh);
  }

  function refreshForms(here, fresh) {
    const there = here && fresh.getElementById(here.id);
    if (!there || shape(here) === shape(there)) return;
    if (isBusy(here)) {
      tell("Yêu cầu này vừa thay đổi.", "Tải lại trang");
      return;
    }
    replace(here, there);
    restore();
  }

  // What can be done, without the tokens that differ at each rendering.
  function shape(part) {
    return [...part.querySelectorAll("form")].map((form) => form.getAttribute("action")).join() + part.querySelectorAll("p").length;
  }

  let missed = null;
  function line(isUp) {
    if (!isUp) {
      missed ||= setTimeout(() => tell("Mất kết nối, đang thử lại…", "", LINE), PATIENCE_MS);
      return;
    }
    clearTimeout(missed);
    missed = null;
    if (notice.dataset.about === LINE) notice.hidden = true;
  }

  function showOnlookers(text) {
    const place = document.getElementById("onlookers");
    if (!place || place.textContent === text) return;
    place.textContent = text;
    place.hidden = !text;
  }

  function end(text, link) {
    isOver = true;
    clearTimeout(missed);
    live.end();
    tell(text, link);
  }

  const live = connectLive({
    address: body.dataset.live,
    worker: body.dataset.worker,
    mark: body.dataset.mark,
    subject: body.dataset.subject || "",
    seen: () => seen,
  }, (told) => {
    if (isOver) return;
    if (told.kind === "line") line(told.isUp);
    if (told.kind === "here") showOnlookers(told.text);
    if (told.kind === "alerts") window.takeAlerts(told);
    if (told.kind === "changed" && told.seen !== seen) refresh({ "X-Donghanh-Watching": "1" });
    if (told.kind === "gone") end("Yêu cầu này đã chuyển sang đơn vị khác.", "Tải lại trang");
    if (told.kind === "signed_out") end("Phiên làm việc đã hết.", "Đăng nhập lại");
  });

  // Looked at again: the machine, or the tab alone, may have slept.
  function look() {
    if (isOver || document.hidden) return;
    live.join();
    if (body.dataset.subject) refresh();
  }
  document.addEventListener("visibilitychange", look);
  // Whether somebody looks at this tab decides what is worth a notification.
  for (const name of ["focus", "blur"]) window.addEventListener(name, () => { if (!isOver) live.join(); });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    live.comeBack();
    look();
  });
  window.addEventListener("pagehide", () => { if (!isOver) live.leave(); });
})();
