// After an htmx swap: move the focus to the new [data-focus] element and change the page title.
(() => {
  if (window.hsFocus) return;
  window.hsFocus = true;
  document.addEventListener("htmx:after:swap", (event) => {
    const aim = event.detail?.ctx?.target;
    if (aim?.matches?.(".term-box, [data-quiet]")) return; // opens or changes beside the text: the reader stays there
    const scope = aim instanceof Element && aim.isConnected ? aim : (aim?.id && document.getElementById(aim.id)) || document;
    const target = scope.matches?.("[data-focus]") ? scope
      : scope.querySelector("[data-focus]") || document.querySelector("[data-focus]");
    if (!target) return;
    if (target.dataset.title) document.title = target.dataset.title;
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    const sheet = target.closest(".sheet"); // it sticks to the bottom: show the question from its beginning
    if (sheet && sheet.offsetHeight < innerHeight * 0.75) { scrollTo(0, 0); return; }
    const box = target.getBoundingClientRect();
    if (box.top < 0) target.scrollIntoView({ block: "start" });
    else if (box.bottom > innerHeight) target.scrollIntoView({ block: "center" });
  });
  const summary = document.querySelector(".errs[data-focus]");
  if (summary) summary.focus();
})();
