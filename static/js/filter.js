// Filters the rows of a list or table while typing; marks of Vietnamese letters are ignored.
(() => {
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const apply = (input) => {
    const list = document.querySelector(input.dataset.filter);
    if (!list) return;
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    [...list.children].forEach((row) => {
      const text = plain(row.textContent);
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    });
    const note = input.closest("[data-filter-box]")?.querySelector("[data-none]");
    if (note) note.textContent = shown ? "" : note.dataset.none;
  };
  const init = () => document.querySelectorAll("[data-filter-box]").forEach((box) => { box.hidden = false; });
  if (!window.hsFilter) {
    window.hsFilter = true;
    document.addEventListener("input", (event) => { if (event.target.matches?.("[data-filter]")) apply(event.target); });
    document.addEventListener("htmx:after:swap", init);
  }
  init();
})();
