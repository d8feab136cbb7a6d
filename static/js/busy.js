// Shows the words of data-busy on the pressed button and stops a second submit for four seconds.
(() => {
  if (window.hsBusy) return;
  window.hsBusy = true;
  const restore = (button) => {
    const words = button.querySelector("span") || button;
    if (button.dataset.words) words.textContent = button.dataset.words;
    delete button.dataset.words;
    button.removeAttribute("aria-busy");
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    const button = event.submitter;
    if (!button || !button.dataset.busy) return;
    form.dataset.sent = "1";
    const words = button.querySelector("span") || button;
    button.dataset.words = words.textContent;
    words.textContent = button.dataset.busy;
    button.setAttribute("aria-busy", "true");
    setTimeout(() => { delete form.dataset.sent; restore(button); }, 4000);
  }, true);
  const clear = () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
    document.querySelectorAll("[data-busy][data-words]").forEach(restore);
  };
  addEventListener("pageshow", clear);
  document.addEventListener("htmx:after:swap", clear);
})();
