// The lasting menu: what may be done and asked, words to look for, what is mine.

import { canCall, isCalling, toggleCall } from "./call.js";
import { find } from "./find.js";
import { showMine } from "./mine.js";
import { $, button, element, say } from "./page.js";
import { print } from "./tools.js";

const menu = $("menu");

// `ask(text)` sends what was chosen.
export function open(ask) {
  const choose = (text) => { menu.close(); ask(text); };
  $("open-menu").addEventListener("click", () => { menu.showModal(); showTopics(choose); });
  $("close-menu").addEventListener("click", () => menu.close());
  menu.addEventListener("click", (event) => { if (event.target === menu) menu.close(); });
  for (const act of $("acts").children) act.addEventListener("click", () => choose(act.textContent));
  $("mine").addEventListener("toggle", () => { if ($("mine").open) showMine(choose, () => menu.close()); });
  menu.addEventListener("close", () => { $("mine").open = false; });
  $("find").addEventListener("submit", (event) => event.preventDefault());
  $("wanted").addEventListener("input", () => find($("wanted").value, () => menu.close()));
  $("print-all").addEventListener("click", () => { menu.close(); print(); });
  openCall();
}

function openCall() {
  const call = $("call");
  call.setAttribute("aria-pressed", isCalling());
  call.addEventListener("click", async () => {
    const on = await toggleCall();
    call.setAttribute("aria-pressed", on);
    $("call-note").textContent = on ? (canCall() ? say.callOn : say.callSound) : say.callOff;
    $("call-note").hidden = false;
  });
}

// Brought when somebody looks for the first time: the page itself stays small.
async function showTopics(choose) {
  const list = $("topics");
  if (list.children.length) return;
  const note = $("topics-note");
  try {
    const answer = await fetch("/chat/menu", { credentials: "same-origin" });
    const topics = await answer.json();
    note.hidden = true;
    list.replaceChildren(...topics.map((topic) => topicElement(topic, choose)));
  } catch {
    note.textContent = say.unreachable;
    note.hidden = false;
  }
}

function topicElement(topic, choose) {
  const folded = element("details");
  const list = element("ul", "rows");
  for (const question of topic.questions) {
    const row = element("li");
    row.append(button(question, () => choose(question)));
    list.append(row);
  }
  folded.append(element("summary", "", topic.title), list);
  return folded;
}
