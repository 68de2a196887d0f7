// The filters of the sheet list: every word typed must occur in the row; on demand only what is not finished.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("filter");
  if (!box) return;
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const rows = [...document.querySelectorAll("#measures tbody tr")].map((row) => [row, plain(row.dataset.words)]);
  const onlyLeft = document.getElementById("only-left");
  const refresh = () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let left = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every((word) => text.includes(word)) || (onlyLeft.checked && !("left" in row.dataset));
      left += row.hidden ? 0 : 1;
    }
    document.getElementById("nothing-left").hidden = left > 0;
    shisaku.announce(`${left} 施策`);
  };
  box.addEventListener("input", refresh);
  onlyLeft.addEventListener("change", refresh);
});
