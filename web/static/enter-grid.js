// Where each cell of the tables stands, and going from one cell to the next.
"use strict";

/** The cells in `form`: `places` of each ({rows, down, across}), `go` to one, `step` and `tab` to a neighbour. */
window.shisakuGrid = (form) => {
  const places = new Map();
  for (const grid of form.querySelectorAll("[data-grid]")) {
    const rows = [...grid.querySelectorAll("[data-row]")].map((row) => [...row.querySelectorAll("[data-cell]")]);
    rows.forEach((row, down) => row.forEach((cell, across) => places.set(cell, { rows, down, across })));
  }
  const go = (cell) => {
    cell.focus();
    cell.select?.();
  };
  // both say whether there was such a neighbour
  const goIfThere = (cell) => {
    if (cell) go(cell);
    return Boolean(cell);
  };
  const step = (cell, down, across) => {
    const { rows, down: row, across: column } = places.get(cell);
    return goIfThere(rows[row + down]?.[column + across]);
  };
  const tab = (cell, by) => {
    const order = places.get(cell).rows.flat();
    return goIfThere(order[order.indexOf(cell) + by]);
  };
  return { places, go, step, tab };
};
