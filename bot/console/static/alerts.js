// Tells of cases that wait: a number in the title and on the icon, a sound, a notification.
// What was told of is remembered for all tabs of a session, so that each thing is told of once.
"use strict";

(function () {
  const STORE = "alerts:";
  const TAG = "donghanh";       // a later notification takes the place of an earlier one
  const MOST_LINES = 4;
  const MOST = 99;
  const mark = document.body.dataset.mark;
  const icon = document.querySelector("link[rel=icon]");
  const plainIcon = icon && icon.href;
  const plainTitle = document.title;
  if (!mark) return;

  function show(count) {
    const shown = count > MOST ? `${MOST}+` : String(count);
    document.title = count ? `(${shown}) ${plainTitle}` : plainTitle;
    if (icon) icon.href = count ? badge(shown) : plainIcon;
    for (const one of document.querySelectorAll("[data-waiting]")) {
      one.textContent = shown;
      one.hidden = !count;
    }
  }

  function badge(text) {
    const size = text.length > 2 ? 13 : 17;
    return "data:image/svg+xml," + encodeURIComponent(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">' +
      '<rect width="32" height="32" rx="7" fill="#9b1c1c"/>' +
      `<text x="16" y="22" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="${size}" fill="#fff">${text}</text></svg>`);
  }

  // The keys that were told of; null at the first look of a session: what lay there is no news.
  function known() {
    try {
      return JSON.parse(localStorage.getItem(STORE + mark));
    } catch {
      return null;
    }
  }

  function remember(alerts) {
    try {
      const now = JSON.stringify(alerts.map((one) => one.key));
      if (localStorage.getItem(STORE + mark) === now) return;
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(STORE) && key !== STORE + mark) localStorage.removeItem(key);
      }
      localStorage.setItem(STORE + mark, now);
    } catch {
      // Where nothing is kept, nothing is told of either: once too often is a storm.
    }
  }

  // `told`: what the line says. `isTeller`: this tab speaks for all. `watched`: the subjects that
  // are before somebody's eyes.
  function take({ count, alerts, sounds, quiet, isTeller, watched }) {
    show(count);
    // In quiet hours nothing counts as told: all of it is told of at once behind them.
    if (!isTeller || quiet) return;
    const before = known();
    remember(alerts);
    if (!before || !known()) return;
    const fresh = alerts.filter((one) => !before.includes(one.key) && !one.shown_by.some((subject) => watched.includes(subject)));
    if (!fresh.length) return;
    if (sounds) sound();
    notify(fresh);
  }

  function notify(fresh) {
    if (!("Notification" in window) || Notification.permission !== "granted") return;
    const [first] = fresh;
    const several = fresh.length > 1;
    const lines = fresh.slice(0, MOST_LINES).map((one) => (several ? `${one.title}: ${one.about}` : one.about));
    if (fresh.length > MOST_LINES) lines.push("…");
    const title = several ? `${fresh.length} việc đang chờ anh/chị` : first.title;
    const notice = new Notification(title, { body: lines.join("\n"), tag: TAG, renotify: true, icon: plainIcon });
    notice.addEventListener("click", () => {
      window.focus();
      // Beside what is open: somebody may be writing there.
      window.open(several ? document.querySelector(".brand").href : first.path);
      notice.close();
    });
  }

  // Two short notes. A browser that has not been touched since the page came lets nothing be heard.
  function sound() {
    try {
      const audio = new AudioContext();
      [[660, 0], [880, 0.16]].forEach(([pitch, after]) => {
        const note = audio.createOscillator();
        const volume = audio.createGain();
        note.frequency.value = pitch;
        volume.gain.setValueAtTime(0.15, audio.currentTime + after);
        volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + after + 0.15);
        note.connect(volume).connect(audio.destination);
        note.start(audio.currentTime + after);
        note.stop(audio.currentTime + after + 0.15);
      });
      setTimeout(() => audio.close(), 1000);
    } catch {
      // Without sound the number still stands in the title.
    }
  }

  // The page on which they are allowed.
  const state = document.getElementById("notices-state");
  const allow = document.getElementById("notices-allow");
  const listen = document.getElementById("sound-try");
  function showState() {
    const isAble = "Notification" in window && window.isSecureContext;
    if (!isAble) return;
    const now = Notification.permission;
    allow.hidden = now !== "default";
    state.textContent = {
      granted: "Trình duyệt này đang được phép hiện thông báo.",
      denied: "Trình duyệt này đang chặn thông báo. Bấm vào biểu tượng bên trái ô địa chỉ để cho phép lại.",
      default: "Trình duyệt này chưa được phép hiện thông báo.",
    }[now];
  }
  if (state) {
    showState();
    listen.hidden = !("AudioContext" in window);
    listen.addEventListener("click", sound);
    allow.addEventListener("click", () => Notification.requestPermission().then(showState));
  }

  window.takeAlerts = take;
})();
