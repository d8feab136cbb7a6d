// The meaning of a word opens after its text and is announced there; closing it gives the focus back to the word.
// Where no room was made for it, the word stays the link that it is without JavaScript.
(() => {
  if (window.hsTerm) return;
  window.hsTerm = true;
  let opener = null;
  const follows = (word) => (box) => word.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING;
  document.addEventListener("click", (event) => {
    const word = event.target.closest?.("a.term[hx-get]");
    if (!word) return;
    opener = word;
    if (![...document.querySelectorAll(".term-box")].some(follows(word))) event.stopImmediatePropagation();
  }, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-close-term]");
    if (!button) return;
    button.closest(".term-box").replaceChildren();
    if (opener?.isConnected) opener.focus();
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const box = event.detail?.ctx?.target;
    if (box?.classList?.contains("term-box")) box.scrollIntoView({ block: "nearest" });
  });
})();
