// What was changed, step by step: Ctrl+Z takes the last one back, be it a typed figure or a pasted block.
// The browser's own undo would take back letters of whichever field was typed in last, maybe out of sight.
"use strict";

/** Steps over `fields` (what has a `value`): `note()` what changed since the last one, go `back()` and `forth()`. */
window.shisakuSteps = (fields) => {
  const known = new Map(fields.map((field) => [field, field.value]));
  const done = [];
  const undone = [];
  const note = () => {
    const moved = fields.filter((field) => field.value !== known.get(field));
    if (!moved.length) return;
    done.push(moved.map((field) => [field, known.get(field), field.value]));
    undone.length = 0;
    for (const field of moved) known.set(field, field.value);
  };
  const go = (from, to, which) => {
    note();
    const step = from.pop();
    if (!step) return [];
    for (const change of step) {
      change[0].value = change[which];
      known.set(change[0], change[which]);
    }
    to.push(step);
    return step.map(([field]) => field);
  };
  return { note, back: () => go(done, undone, 1), forth: () => go(undone, done, 2) };
};
