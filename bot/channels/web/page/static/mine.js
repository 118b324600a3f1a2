// What an owner has with the department, in one list: requests, results, files.

import { showMessage } from "./log.js";
import { $, button, element, say, size } from "./page.js";

// `ask(text)` sends a question; `leave()` closes the list before a message is shown.
export async function showMine(ask, leave) {
  const note = $("mine-note");
  try {
    const answer = await fetch("/chat/mine", { credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    const { requests, results, files } = await answer.json();
    const lists = [
      part(say.requests, requests, (one) => button("", () => ask(one.ask))),
      part(say.results, results, (one) => button("", () => (one.ask ? ask(one.ask) : show(one, leave)))),
      part(say.files, files.map((file) => ({ ...file, title: file.size ? `${file.name} (${size(file.size)})` : file.name })), fileLink),
    ].filter(Boolean);
    $("mine-lists").replaceChildren(...lists);
    note.textContent = lists.length ? "" : say.nothingMine;
  } catch {
    note.textContent = say.unreachable;
  }
  note.hidden = !note.textContent;
}

function show(result, leave) {
  leave();
  showMessage(result.message);
}

function part(title, list, made) {
  if (!list.length) return null;
  const rows = element("ul", "rows");
  for (const one of list) {
    const line = made(one);
    line.append(element("span", "", one.title), element("small", "", one.state));
    const row = element("li");
    row.append(line);
    rows.append(row);
  }
  const whole = element("section");
  whole.append(element("h3", "", title), rows);
  return whole;
}

function fileLink(file) {
  const link = element("a");
  link.href = file.url;
  link.target = "_blank";
  link.rel = "noopener";
  return link;
}
