// Words that were written but not sent: each tab keeps its own, and a new tab finds those of a
// tab that is gone.

import { erase, nextOrder, onChange, readAll, write } from "./notebook.js";
import { me } from "./tabs.js";

const KIND = "draft";

export function keepDraft(text) {
  if (text.trim()) write(KIND, me(), { text, tab: me(), order: nextOrder(KIND, []) });
  else erase(KIND, me());
}

// This tab's own draft, or "".
export function ownDraft() {
  return readAll(KIND).find((note) => note.tab === me())?.text || "";
}

// The newest draft of a tab that is gone, or "": from now on this tab keeps it.
export function inheritDraft(living) {
  const left = readAll(KIND).filter((note) => note.tab !== me() && !living.has(note.tab)).pop();
  if (!left) return "";
  erase(KIND, left.tab);
  keepDraft(left.text);
  return left.text;
}
