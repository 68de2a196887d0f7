// The setup form: leaving with something typed and not saved warns.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("setup");
  if (!form) return;
  const mark = form.querySelector("[data-dirty]");
  let dirty = "unsaved" in form.dataset;
  form.addEventListener("input", () => {
    dirty = true;
    mark.hidden = false;
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s" || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector('.bar--sticky [value="save"]'));
  });
  shisaku.warnLeaving((sent) => dirty && sent !== form);
  const wrong = form.querySelector("[aria-invalid]");
  if (wrong) wrong.focus();
});
