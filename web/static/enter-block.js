// A block of cells as spreadsheets put it on the clipboard, and figures compared across the ways of writing them.
"use strict";

window.shisakuBlock = {
  /** Tab-separated text → rows of cells; a cell in quotes may hold tabs, line breaks and doubled quotes. */
  parse(text) {
    const rows = [];
    let row = [];
    let cell = "";
    let quoted = false;
    const plain = text.replace(/\r\n?/g, "\n");
    for (let at = 0; at < plain.length; at += 1) {
      const sign = plain[at];
      if (quoted) {
        if (sign === '"' && plain[at + 1] === '"') {
          cell += '"';
          at += 1;
        } else if (sign === '"') quoted = false;
        else cell += sign;
      } else if (sign === '"' && cell === "") quoted = true;
      else if (sign === "\t") {
        row.push(cell);
        cell = "";
      } else if (sign === "\n") {
        rows.push([...row, cell]);
        row = [];
        cell = "";
      } else cell += sign;
    }
    rows.push([...row, cell]);
    // a spreadsheet ends each row, so that an empty one is left behind
    while (rows.length > 1 && rows.at(-1).every((entry) => entry.trim() === "")) rows.pop();
    return rows.map((entries) => entries.map((entry) => entry.trim()));
  },

  /** The figure in plain digits, or the text itself: 「１２，３４５」「12345.0」 are the same. */
  plain(text) {
    const bare = text.normalize("NFKC").replace(/[,、\s]/g, "").replace(/^[▲△−–ー]/, "-");
    if (/^[-‐‑–—―─ー]$/.test(bare)) return "―";
    return /^-?\d+(\.\d+)?$/.test(bare) ? String(Number(bare)) : bare;
  },

  /** Which choice of a flag (達成, 未達成, 向上, 低下, ―, nothing) a text means; null for none of them. */
  choice(select, text) {
    const plain = text.normalize("NFKC").replace(/\s/g, "").replace(/^[○〇◯](?=.)|^[×✕✖](?=.)/, "");
    const [empty, yes, no, none] = [...select.options].map((option) => option.value);
    if (plain === "") return empty;
    if ([yes, "○", "〇", "◯", "o", "1"].includes(plain) || (yes === "向上" && ["↑", "改善"].includes(plain))) return yes;
    if ([no, "×", "✕", "✖", "x", "X", "0"].includes(plain) || (yes === "向上" && ["↓", "悪化"].includes(plain))) return no;
    return /^[-‐‑–—―─−ー]$|^対象外$/.test(plain) ? none : null;
  },
};
