// Tells an owner who looks elsewhere that an officer answered: title, sound, and, where he
// allowed it, a notification of the browser.

import { erase, has, write } from "./notebook.js";
import { say } from "./page.js";

const TONE = { hertz: 660, seconds: 0.25, loudness: 0.08 };

const title = document.title;
let unseen = 0;
let sound = null;

export function isCalling() { return has("call", "on"); }

export function canCall() { return "Notification" in window && Notification.permission === "granted"; }

// Turns it on or off; whether it is on now.
export async function toggleCall() {
  if (isCalling()) { erase("call", "on"); return false; }
  write("call", "on", {});
  ring();  // so it sounds, and the browser has seen that the owner wished it
  if ("Notification" in window && Notification.permission === "default") await Notification.requestPermission();
  return true;
}

// A message has come that is not the owner's.
export function called(message) {
  if (!document.hidden) return;
  document.title = say.called.replace("{count}", ++unseen).replace("{title}", title);
  if (message.author !== "officer" || !isCalling()) return;
  ring();
  navigator.vibrate?.(200);
  if (canCall()) notify(message);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unseen = 0;
  document.title = title;
});

function notify(message) {
  try {
    const shown = new Notification(message.officer || title, { body: say.callBody, tag: "donghanh", lang: "vi" });
    shown.addEventListener("click", () => { window.focus(); shown.close(); });
  } catch { /* Chrome on Android shows none without a service worker: title and sound told it */ }
}

function ring() {
  const Sound = window.AudioContext || window.webkitAudioContext;
  if (!Sound) return;
  sound ||= new Sound();
  sound.resume();
  const tone = sound.createOscillator();
  const loudness = sound.createGain();
  tone.frequency.value = TONE.hertz;
  loudness.gain.setValueAtTime(TONE.loudness, sound.currentTime);
  loudness.gain.exponentialRampToValueAtTime(0.0001, sound.currentTime + TONE.seconds);
  tone.connect(loudness).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + TONE.seconds);
}
