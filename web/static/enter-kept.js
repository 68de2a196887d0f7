// Input that is not saved yet, kept in this browser under a name.
"use strict";

/** A store that may be full or forbidden: the input is still in the table then, and leaving the page warns. */
window.shisakuKept = (name) => {
  const attempt = (act) => {
    try {
      return act();
    } catch {
      return null;
    }
  };
  return {
    read: () => attempt(() => JSON.parse(localStorage.getItem(name))),
    write: (kept) => attempt(() => localStorage.setItem(name, JSON.stringify(kept))),
    drop: () => attempt(() => localStorage.removeItem(name)),
  };
};
