// Where the reader is in the conversation: at its end, and then he stays there.

import { $ } from "./page.js";

const NEAR = 80;     // pixels from the end that still count as the end
const MARGIN = 12;   // pixels above a message that is read from its beginning

const scroller = $("scroller");
let isPinned = true;
let isReading = false;  // the history is there: a long answer is read from its beginning

export function atEnd() {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
}

export function toNewest() {
  isPinned = true;
  scroller.scrollTop = scroller.scrollHeight;
  $("newest").hidden = true;
}

export function keepAtEnd() { if (isPinned) toNewest(); }

export function startReading() { isReading = true; }

export function toStartOf(item) {
  if (!isReading || item.offsetHeight < scroller.clientHeight - 2 * MARGIN) { toNewest(); return; }
  scroller.scrollTop += item.getBoundingClientRect().top - scroller.getBoundingClientRect().top - MARGIN;
  isPinned = false;
}

// A message that is looked for, wherever it stands.
export function toSight(item) {
  isPinned = false;
  scroller.scrollTop += item.getBoundingClientRect().top - scroller.getBoundingClientRect().top - MARGIN;
}

$("newest").addEventListener("click", toNewest);
scroller.addEventListener("scroll", () => {
  isPinned = atEnd();
  if (isPinned) $("newest").hidden = true;
});
new ResizeObserver(keepAtEnd).observe(scroller);
