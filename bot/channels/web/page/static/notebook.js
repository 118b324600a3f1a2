// The browser's small memory, one note a key: so that two tabs never write over each other's.
// Where it is full or closed (private mode), `write` says so and reading finds nothing.

const PREFIX = "donghanh.";

export function write(kind, id, note) {
  try {
    localStorage.setItem(`${PREFIX}${kind}.${id}`, JSON.stringify(note));
    return true;
  } catch {
    return false;
  }
}

export function erase(kind, id) {
  try { localStorage.removeItem(`${PREFIX}${kind}.${id}`); } catch { /* nothing was kept */ }
}

// Whether there is such a note.
export function has(kind, id) {
  try { return localStorage.getItem(`${PREFIX}${kind}.${id}`) !== null; } catch { return false; }
}

// All notes of a kind, oldest first. `order` counts on from note to note: no clock is asked.
export function readAll(kind) {
  const notes = [];
  try {
    for (let index = 0; index < localStorage.length; index++) {
      const key = localStorage.key(index);
      if (key.startsWith(`${PREFIX}${kind}.`)) notes.push(read(key));
    }
  } catch { /* closed */ }
  return notes.filter(Boolean).sort((one, other) => one.order - other.order);
}

export function nextOrder(kind, notes) {
  return Math.max(0, ...[...readAll(kind), ...notes].map((note) => note.order)) + 1;
}

// `told(id, note)`: another tab wrote a note of this kind, or erased it (null). `emptied()`:
// somebody emptied the browser's memory.
export function onChange(kind, told, emptied) {
  window.addEventListener("storage", (event) => {
    if (event.key === null) emptied();
    if (!event.key?.startsWith(`${PREFIX}${kind}.`)) return;
    told(event.key.slice(PREFIX.length + kind.length + 1), event.newValue === null ? null : read(event.key));
  });
}

function read(key) {
  try {
    const note = JSON.parse(localStorage.getItem(key));
    return Number.isFinite(note?.order) ? note : null;
  } catch {
    return null;
  }
}
