// Share sheet of the phone, or copy the link; the button stays hidden when neither is possible.
(() => {
  const can = navigator.share || navigator.clipboard;
  const init = () => {
    if (can) document.querySelectorAll("[data-share][hidden]").forEach((button) => { button.hidden = false; });
  };
  const run = async (button) => {
    const url = new URL(button.dataset.share || location.href, location.href).href;
    try {
      if (navigator.share) { await navigator.share({ title: button.dataset.title || document.title, url }); return; }
      await navigator.clipboard.writeText(url);
      (button.querySelector("span") || button).textContent = button.dataset.done;
    } catch { /* the person closed the share sheet */ }
  };
  if (!window.hsShare) {
    window.hsShare = true;
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-share]");
      if (button) run(button);
    });
    document.addEventListener("htmx:after:swap", init);
  }
  init();
})();
