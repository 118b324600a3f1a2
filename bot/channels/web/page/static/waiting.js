// What the owner wrote and the server has not taken yet.
//
// A message is in one of these states until it is taken away:
//   waiting     it is sent as soon as the line and the server let it
//   refused     the server will not take it as it is; the owner sends it again or drops it
//   incomplete  it comes from an earlier page whose files could not be kept: they are chosen again
//
// Each message is a note of its own, written before it is sent and erased only when the server
// has it or the owner drops it. It belongs to the tab that wrote it; when that tab is gone,
// another one goes on with it. Two tabs may do so at once: the server knows the id.

import { forgetAllBut, forgetFiles, keepFiles, keptFiles } from "./kept_files.js";
import { erase, nextOrder, onChange, readAll, write } from "./notebook.js";
import { newId } from "./page.js";
import { me, rollCall } from "./tabs.js";

const KIND = "message";
const LOOK_MILLISECONDS = 2000;  // another tab sends what it wrote well within this time

export class Waiting {
  // `told.changed()` after anything that is to be shown; `told.taken(id)`: the server has it;
  // `told.toSend()`: there is something to send.
  constructor(told) {
    this.list = [];
    this.told = told;
    this.looking = 0;
    this.known = new Set();  // what the server has: a note of it may still lie here
    onChange(KIND, (id, note) => this.#changedElsewhere(id, note), () => this.#writeAgain());
  }

  add({ text = "", choice = "", title = "", files = [] }) {
    const item = {
      id: newId(), tab: me(), order: nextOrder(KIND, this.list), state: "waiting", sentence: "",
      text, choice, title, files: files.map(({ name, size }) => ({ name, size })),
      blobs: files, isKept: false, whole: Promise.resolve(),
    };
    this.list.push(item);
    item.keeping = this.#keep(item);
    this.told.changed();
    this.told.toSend();
  }

  find(id) { return this.list.find((item) => item.id === id); }

  // The oldest that may go; its files are there once `whole` is.
  next() { return this.list.find((item) => item.state === "waiting"); }

  // The server has it: told by its answer or by the stream.
  taken(id) {
    this.known.add(id);
    if (this.#remove(id)) this.told.taken(id);
  }

  refuse(item, sentence) { this.#turn(item, "refused", sentence); }

  again(item) {
    this.#turn(item, "waiting", "");
    this.told.toSend();
  }

  drop(item) {
    this.#remove(item.id);
    this.told.changed();
  }

  // Whether closing the page would lose something.
  isAtRisk() { return this.list.some((item) => !item.isKept); }

  // Takes up what this tab wrote before it was loaded anew: before it writes anything else.
  resume() { this.#takeUp((note) => note.tab === me()); }

  // Takes up what a tab wrote that was just closed.
  inherit(tab) { this.#takeUp((note) => note.tab === tab); }

  // Takes up what tabs wrote that are gone: those that are not among the living.
  adopt(living) {
    this.#takeUp((note) => note.tab === me() || !living.has(note.tab));
    if (this.#foreign().some((note) => note.state === "waiting")) this.#lookLater();
    forgetAllBut(new Set(readAll(KIND).map((note) => note.id)));
  }

  // Asks, after a while, whether the tabs that wrote the rest still answer.
  #lookLater() {
    clearTimeout(this.looking);
    this.looking = setTimeout(async () => {
      if (this.#foreign().length) this.adopt(await rollCall());
    }, LOOK_MILLISECONDS);
  }

  // Notes that this page does not hold; those of messages that the server has are erased.
  #foreign() {
    const notes = readAll(KIND).filter((note) => !this.find(note.id));
    for (const note of notes) if (this.known.has(note.id)) erase(KIND, note.id);
    return notes.filter((note) => !this.known.has(note.id));
  }

  #takeUp(isOurs) {
    for (const note of this.#foreign().filter(isOurs)) {
      const item = { ...note, tab: me(), blobs: [], isKept: true };
      item.whole = item.keeping = this.#makeWhole(item);
      this.list.push(item);
      this.#write(item);
    }
    this.list.sort((one, other) => one.order - other.order);
    this.told.changed();
    this.told.toSend();
  }

  async #makeWhole(item) {
    if (!item.files.length || item.state === "incomplete") return;
    const blobs = await keptFiles(item.id);
    if (blobs) item.blobs = blobs;
    else this.#turn(item, "incomplete", "");
  }

  async #keep(item) {
    if (!this.#write(item)) return;
    try {
      if (item.blobs.length) await keepFiles(item.id, item.blobs);
      item.isKept = true;
    } catch { /* sent from memory, unless the page ends before */ }
    this.told.changed();
  }

  #turn(item, state, sentence) {
    Object.assign(item, { state, sentence });
    this.#write(item);
    this.told.changed();
  }

  #write({ id, tab, order, state, sentence, text, choice, title, files }) {
    return write(KIND, id, { id, tab, order, state, sentence, text, choice, title, files });
  }

  #writeAgain() {
    for (const item of this.list) item.isKept = this.#write(item) && item.isKept;
  }

  #remove(id) {
    const item = this.find(id);
    erase(KIND, id);
    if (!item) return null;
    this.list = this.list.filter((one) => one !== item);
    if (item.files.length) item.keeping.then(() => forgetFiles(id));
    return item;
  }

  #changedElsewhere(id, note) {
    const item = this.find(id);
    if (!item && note) this.#lookLater();
    if (!item || note) return;
    this.list = this.list.filter((one) => one !== item);
    if (item.state === "waiting") this.told.taken(id);
    else this.told.changed();
  }
}
