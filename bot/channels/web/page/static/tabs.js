// The browser's tabs that show this chat: who this one is, and which others are there.
//
// A tab holds a lock of its name as long as it lives. Where a browser has no locks (a page that
// came without HTTPS), the others are called instead, and whoever does not answer is gone.

import { newId } from "./page.js";

const NAME = "donghanh.tab";
const LOCK = `${NAME}.`;
const LOCK_MILLISECONDS = 500;     // the page before a reload lets go of the name within this time
const ANSWER_MILLISECONDS = 1000;  // a busy phone answers late

const rollCalls = new Set();  // each a set of the names heard so far
let name = remembered() || newName();
let room = null;
let release = () => {};
let left = () => {};

// This tab's name: the same after a reload.
export const me = () => name;

// `told(name)`: another tab was closed.
export function onLeave(told) { left = told; }

// Takes a name that no other tab has, and gives the names of the other tabs.
export async function enter() {
  if (!room && "BroadcastChannel" in window) {
    room = new BroadcastChannel(NAME);
    room.addEventListener("message", (event) => hear(event.data));
  }
  try {
    if (!await hold()) {  // a duplicated tab brings its original's name along
      name = newName();
      await hold();
    }
    return await holders();
  } catch {
    const living = await rollCall();
    if (living.has(name)) name = newName();
    return living;
  }
}

export function leave() {
  room?.postMessage({ kind: "left", from: name });
  room?.close();
  room = null;
  release();
}

// The names of the other tabs that answer. One that is frozen does not.
export async function rollCall() {
  const heard = new Set();
  rollCalls.add(heard);
  room?.postMessage({ kind: "who" });
  await new Promise((resolve) => { setTimeout(resolve, ANSWER_MILLISECONDS); });
  rollCalls.delete(heard);
  return heard;
}

function hear({ kind, from }) {
  if (kind === "who") room?.postMessage({ kind: "here", from: name });
  if (kind === "here") for (const heard of rollCalls) heard.add(from);
  if (kind === "left") left(from);
}

// Whether the name is ours alone from now on. Throws where there are no locks.
function hold() {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), LOCK_MILLISECONDS);
  return new Promise((resolve, reject) => {
    navigator.locks.request(LOCK + name, { signal: patience.signal }, () => {
      resolve(true);
      return new Promise((done) => { release = done; });
    }).catch((error) => (error.name === "AbortError" ? resolve(false) : reject(error)));
  }).finally(() => clearTimeout(timer));
}

async function holders() {
  const { held } = await navigator.locks.query();
  const names = held.map((lock) => lock.name).filter((one) => one.startsWith(LOCK));
  return new Set(names.map((one) => one.slice(LOCK.length)).filter((one) => one !== name));
}

function remembered() {
  try { return sessionStorage.getItem(NAME); } catch { return null; }
}

function newName() {
  const made = newId();
  try { sessionStorage.setItem(NAME, made); } catch { /* another name after each reload */ }
  return made;
}
