// What every part of the page uses: its elements, its sentences, its limits.

export const $ = (id) => document.getElementById(id);
export const say = $("sentences").dataset;
export const limits = document.body.dataset;

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function button(title, onClick) {
  const made = element("button", "", title);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

// One line above the conversation. Each subject has its own say; "" ends it.
const notices = { voice: "", files: "", sending: "", line: "" };

export function notice(subject, sentence) {
  notices[subject] = sentence;
  const shown = Object.values(notices).find(Boolean) || "";
  if ($("notice").textContent !== shown) $("notice").textContent = shown;
  $("notice").hidden = !shown;
}

export function size(bytes) {
  const kilobytes = bytes / 1024;
  const [value, unit] = kilobytes < 1000 ? [Math.max(kilobytes, 0.1), "KB"] : [kilobytes / 1024, "MB"];
  return `${value.toLocaleString("vi-VN", { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();  // only where the page came over HTTPS or loopback
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}
