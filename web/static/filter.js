// The filter box of the sheet list: every word typed must occur in the row.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("filter");
  if (!box) return;
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const rows = [...document.querySelectorAll("#measures tbody tr")].map((row) => [row, plain(row.dataset.words)]);
  box.addEventListener("input", () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let left = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      left += row.hidden ? 0 : 1;
    }
    document.getElementById("nothing-left").hidden = left > 0;
    shisaku.announce(`${left} 施策`);
  });
});
