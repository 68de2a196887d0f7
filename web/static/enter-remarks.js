// Marks at the cells what the list of remarks says of them: a sign, the words, a button for what is suggested.
"use strict";

(() => {
  const SIGNS = { error: "✕", warning: "！", offer: "＋" };

  const clear = (cell) => {
    const td = cell.parentElement;
    for (const old of td.querySelectorAll(".cell__more--remark, .cell__sign")) old.remove();
    td.classList.remove("cell--error", "cell--warning", "cell--offer");
    cell.removeAttribute("aria-describedby");
    cell.removeAttribute("aria-invalid");
  };

  // the gravest remark comes first and gives the sign
  const balloon = (cell, severity) => {
    const td = cell.parentElement;
    const sign = document.createElement("span");
    sign.className = "cell__sign";
    sign.setAttribute("aria-hidden", "true");
    sign.textContent = SIGNS[severity];
    const more = document.createElement("div");
    more.className = "cell__more cell__more--remark";
    more.id = `remark-${td.id}`;
    td.classList.add(`cell--${severity}`);
    td.append(sign, more);
    cell.setAttribute("aria-describedby", more.id);
    if (severity === "error") cell.setAttribute("aria-invalid", "true");
    return more;
  };

  window.shisakuRemarks = {
    /** Mark the cells from the list in `box`; a locked cell is offered no other value. */
    mark(box, cells, isLocked) {
      const byPath = new Map(cells.map((cell) => [cell.dataset.cell, cell]));
      cells.forEach(clear);
      for (const remark of box.querySelectorAll("[data-remark]")) {
        const cell = byPath.get(remark.dataset.path);
        if (!cell) continue;
        const more = cell.parentElement.querySelector(".cell__more--remark") ?? balloon(cell, remark.dataset.severity);
        const words = document.createElement("p");
        words.textContent = remark.dataset.message;
        more.append(words);
        if (!remark.dataset.suggestion || isLocked(cell)) continue;
        const put = document.createElement("button");
        put.type = "button";
        put.className = "button button--small";
        put.dataset.put = remark.dataset.suggestion;
        put.textContent = `「${remark.dataset.suggestion}」にする`;
        more.append(put);
      }
      const fillOffers = box.querySelector("[data-fill-offers]");
      if (fillOffers) fillOffers.hidden = false;
    },
  };
})();
