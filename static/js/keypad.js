// The keys write into the real PIN input without a round trip; without JavaScript each key posts the form.
(() => {
  const init = () => document.querySelectorAll("[data-keypad]").forEach((box) => {
    if (box.dataset.ready) return;
    box.dataset.ready = "1";
    const input = box.querySelector(".pin-in");
    const hidden = box.querySelector("[name=hien]");
    const status = box.querySelector("[data-count]");
    const tell = () => {
      status.textContent = status.dataset.count.replace("{n}", input.value.length).replace("{m}", input.maxLength);
    };
    const toggle = (words) => {
      const show = input.type === "password";
      input.type = show ? "text" : "password";
      hidden.value = show ? "1" : "";
      words.textContent = show ? words.dataset.hide : words.dataset.show;
    };
    box.addEventListener("click", (event) => {
      const key = event.target.closest("[name=phim]");
      if (!key) return;
      event.preventDefault();
      if (key.value === "xoa") input.value = input.value.slice(0, -1);
      else if (key.value === "hien") toggle(key.querySelector("span"));
      else if (input.value.length < input.maxLength) input.value += key.value;
      tell();
    });
  });
  init();
  document.addEventListener("htmx:after:swap", init);
})();
