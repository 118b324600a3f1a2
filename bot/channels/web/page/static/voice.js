// Speaking instead of typing, where the browser understands Vietnamese; nothing is sent by itself.

import { $, notice, say } from "./page.js";

const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
const DENIED = ["not-allowed", "service-not-allowed"];

// `write(words)` puts what was understood into the composer.
export function open(write) {
  if (!Recognition) return;
  const speak = $("speak");
  let listening = null;
  speak.hidden = false;
  speak.addEventListener("click", () => {
    if (listening) { listening.stop(); return; }
    listening = listen(write, () => {
      listening = null;
      speak.setAttribute("aria-pressed", "false");
    });
    speak.setAttribute("aria-pressed", "true");
  });
}

function listen(write, ended) {
  const recognition = new Recognition();
  let failed = "";
  recognition.lang = "vi-VN";
  recognition.addEventListener("result", (event) => {
    const heard = Array.from(event.results).slice(event.resultIndex);
    write(heard.map((result) => result[0].transcript.trim()).join(" "));
  });
  recognition.addEventListener("error", (event) => {
    if (event.error !== "aborted") failed = DENIED.includes(event.error) ? say.microphone : say.unheard;
  });
  recognition.addEventListener("end", () => { notice("voice", failed); ended(); });
  notice("voice", say.speaking);
  recognition.start();
  return recognition;
}
