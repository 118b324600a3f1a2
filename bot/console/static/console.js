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

  // Words typed so far outlive a session that ran out; they stay in this tab only.
  const kept = document.querySelector("textarea[data-keep]");
  const keyOf = (field) => "draft:" + field.dataset.keep;
  if (kept) {
    if (["replied", "asked_back"].includes(done)) sessionStorage.removeItem(keyOf(kept));
    else if (!kept.value) kept.value = sessionStorage.getItem(keyOf(kept)) || "";
  }
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-keep]")) sessionStorage.setItem(keyOf(event.target), event.target.value);
  });
  document.querySelector("form.me")?.addEventListener("submit", () => sessionStorage.clear());

  if (!body.dataset.live || !window.EventSource) return;

  function tell(text, link) {
    notice.textContent = text + " ";
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = location.href;
      anchor.textContent = link;
      notice.append(anchor);
    }
    notice.hidden = false;
  }

  function isBusy(part) {
    const typed = [...part.querySelectorAll("textarea, input[type=file], select")];
    return part.contains(document.activeElement) || typed.some((field) => field.value && field.value !== field.defaultValue);
  }

  async function refresh() {
    const response = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
    if (!response.ok || response.redirected) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const id of body.dataset.parts.split(" ")) {
      const now = document.getElementById(id);
      const then = fresh.getElementById(id);
      if (now && then && now.innerHTML !== then.innerHTML) now.innerHTML = then.innerHTML;
    }
    refreshMessages(fresh);
    refreshSteps(fresh);
  }

  function refreshMessages(fresh) {
    const list = fresh.getElementById(body.dataset.messages || "");
    if (!list) return;
    for (const message of list.children) {
      const here = document.getElementById(message.id);
      if (here && here.querySelector("details[open]") === null) here.innerHTML = message.innerHTML;
    }
  }

  function refreshSteps(fresh) {
    const here = document.getElementById(body.dataset.form || "");
    const there = here && fresh.getElementById(here.id);
    if (!there || shape(here) === shape(there)) return;
    if (isBusy(here)) {
      tell("Yêu cầu này vừa thay đổi.", "Tải lại trang");
      return;
    }
    here.innerHTML = there.innerHTML;
  }

  // What can be done, without the tokens that differ at each rendering.
  function shape(part) {
    return [...part.querySelectorAll("form")].map((form) => form.getAttribute("action")).join() + part.querySelectorAll("p").length;
  }

  function addMessage(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const message = holder.content.firstElementChild;
    const list = document.getElementById(body.dataset.messages);
    if (!message || !list || document.getElementById(message.id)) return;
    const atEnd = window.innerHeight + window.scrollY > document.body.scrollHeight - 200;
    message.classList.add("fresh");
    list.append(message);
    if (atEnd) message.scrollIntoView({ block: "nearest" });
  }

  const source = new EventSource(body.dataset.live + "?seen=" + encodeURIComponent(body.dataset.seen));
  let pending = null;
  source.addEventListener("message", (event) => addMessage(event.data));
  source.addEventListener("changed", () => {
    clearTimeout(pending);
    pending = setTimeout(() => refresh().catch(() => {}), 100);
  });
  source.addEventListener("gone", () => {
    source.close();
    tell("Yêu cầu này đã chuyển sang đơn vị khác.", "Tải lại trang");
  });
  source.addEventListener("signed_out", () => {
    source.close();
    tell("Phiên làm việc đã hết.", "Đăng nhập lại");
  });
  source.addEventListener("open", () => { notice.hidden = true; });
  source.addEventListener("error", () => {
    tell(source.readyState === EventSource.CLOSED ? "Đã ngừng cập nhật." : "Mất kết nối, đang thử lại…", source.readyState === EventSource.CLOSED ? "Tải lại trang" : "");
  });
  // Back from another tab: the line may have slept.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) refresh().catch(() => {});
  });
})();
