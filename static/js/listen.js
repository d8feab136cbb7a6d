// Reads a text aloud, only when the browser has a Vietnamese voice; otherwise the buttons stay hidden.
// A button with data-first begins by itself, once: the server sets it for those who asked for it. A browser that
// refuses (nothing was touched yet) ends it at once, and the button is there as ever.
(() => {
  const speech = window.speechSynthesis;
  if (!speech || !window.SpeechSynthesisUtterance) return;
  let current = null;
  let voice = null;
  const reset = () => {
    if (!current) return;
    current.querySelector("span").textContent = current.dataset.words;
    current.removeAttribute("aria-pressed");
    current = null;
  };
  const text = (selector) => [...document.querySelectorAll(selector)].map((node) => {
    const copy = node.cloneNode(true);
    copy.querySelectorAll("[data-silent],.k,[hidden]").forEach((part) => part.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  }).filter(Boolean).join(". ");
  const play = (button) => {
    const again = current === button;
    speech.cancel();
    reset();
    if (again) return;
    const words = new SpeechSynthesisUtterance(text(button.dataset.listen));
    words.lang = "vi-VN";
    words.voice = voice;
    words.rate = Number(button.dataset.rate || 0.95);
    current = button;
    const label = button.querySelector("span");
    button.dataset.words = label.textContent;
    label.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
    words.onend = words.onerror = () => { if (current === button) reset(); };
    speech.speak(words);
    setTimeout(() => { if (current === button && !speech.speaking) reset(); }, 3000);
  };
  const init = () => {
    voice = speech.getVoices().find((v) => /^vi\b/i.test(v.lang.replace("_", "-"))) || null;
    if (!voice) return;
    document.querySelectorAll("[data-listen-box],[data-listen]").forEach((part) => { part.hidden = false; });
    const first = document.querySelector("[data-first]");
    if (!first || document.hidden) return;
    first.removeAttribute("data-first");
    play(first);
  };
  if (!window.hsListen) {
    window.hsListen = true;
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-listen]");
      if (button) play(button);
    });
    addEventListener("pagehide", () => speech.cancel());
    document.addEventListener("htmx:after:swap", () => { speech.cancel(); reset(); init(); });
  }
  speech.onvoiceschanged = init;
  init();
})();
