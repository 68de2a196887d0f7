// The setup form: leaving with something typed and not saved warns.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("setup");
  if (!form) return;
  const mark = form.querySelector("[data-dirty]");
  let dirty = "unsaved" in form.dataset;
  let leaving = false;
  form.addEventListener("input", () => {
    dirty = true;
    mark.hidden = false;
  });
  form.addEventListener("submit", () => {
    leaving = true;
  });
  // back from another page: the browser shows this one as it was left
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s" || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector('.bar--sticky [value="save"]'));
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty && !leaving) event.preventDefault();
  });
  const wrong = form.querySelector("[aria-invalid]");
  if (wrong) wrong.focus();
});
