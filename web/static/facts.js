// The facts of the year: Enter adds a line and the next one can be typed at once, whatever the server takes; a line
// that is refused comes back. Leaving with something typed warns.
"use strict";

(() => {
  const fieldsOf = (form) => [...form.querySelectorAll("textarea, input[type='text']")];
  const leadOf = (form) => form.querySelector("[data-lead]");
  const preset = (field) => field.dataset.preset ?? "";
  const grow = (area) => {
    if (!area.offsetParent) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  const growAll = (root) => root.querySelectorAll("[data-grow]").forEach(grow);
  const isTyped = (form) => fieldsOf(form).some((field) => field.value.trim() && field.value !== preset(field));

  // --- the next line

  const count = (form) => {
    const lines = leadOf(form).value.split("\n").filter((line) => line.trim()).length;
    form.querySelector("[data-lines]").textContent = lines > 1 ? `Enter で${lines}件になります` : "";
  };
  const clear = (form) => {
    for (const field of fieldsOf(form)) field.value = field.defaultValue = preset(field);
    for (const list of form.querySelectorAll("select")) list.selectedIndex = 0;
    growAll(form);
    count(form);
  };
  // what was refused stands before what has been typed since
  const giveBack = (form, sent) => {
    const since = isTyped(form);
    for (const field of form.querySelectorAll("textarea, input[type='text'], select")) {
      const refused = sent.get(field.name) ?? "";
      if (!since) field.value = refused;
      else if (field.matches("textarea") && refused) field.value = field.value ? `${refused}\n${field.value}` : refused;
    }
    growAll(form);
    count(form);
  };

  // one after the other, so that the notes stand in the order in which they were typed
  let queue = Promise.resolve();
  const send = (form) => {
    const sent = new FormData(form);
    const list = document.getElementById(form.dataset.line);
    clear(form);
    leadOf(form).focus();
    queue = queue.then(async () => {
      form.classList.add("line--busy");
      let done = false;
      const seen = (event) => {
        if (event.detail.target === list || event.detail.elt === list) done = done || event.detail.successful;
      };
      document.addEventListener("htmx:afterRequest", seen);
      try {
        await htmx.ajax("POST", form.getAttribute("action"), {
          source: list,
          target: list,
          swap: "beforeend",
          values: Object.fromEntries(sent),
        });
      } catch {
        done = false;
      }
      document.removeEventListener("htmx:afterRequest", seen);
      form.classList.remove("line--busy");
      if (!done) giveBack(form, sent);
    });
  };

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-line]");
    if (!form) return;
    event.preventDefault();
    if (isTyped(form)) send(form);
    else leadOf(form).focus();
  });

  // --- keys

  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("[data-line], [data-note-edit]");
    if (!form || shisaku.isComposing(event)) return;
    if (event.key === "Enter" && !event.shiftKey && event.target.matches("textarea, input[type='text']")) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape" && form.matches("[data-note-edit]")) {
      form.querySelector("[data-cancel]")?.click();
    }
  });
  // a note is mostly added to, so the caret first stands behind its words
  document.addEventListener("focusin", (event) => {
    const words = event.target;
    if (!words.matches?.("[data-note-edit] [data-lead]") || "seen" in words.dataset) return;
    words.dataset.seen = "";
    words.setSelectionRange(words.value.length, words.value.length);
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-grow]")) grow(event.target);
    const line = event.target.closest?.("[data-line]");
    if (line) count(line);
  });

  // another figure takes the line only where nothing stands that somebody typed
  document.addEventListener("htmx:beforeRequest", (event) => {
    const line = document.getElementById("line-evidence");
    if (event.detail.target !== line || !fieldsOf(line).some((field) => field.value !== field.defaultValue)) return;
    event.preventDefault();
    shisaku.notice("根拠メモの行に書きかけがあります", "追加するか消してから、もう一度「根拠メモにする」を選んでください。");
  });

  // --- what came of it

  document.addEventListener("htmx:afterSettle", (event) => {
    const swapped = event.detail.elt;
    growAll(document);
    const said = swapped.matches?.("[data-said]") ? swapped : swapped.querySelector?.("[data-said]");
    if (said) {
      shisaku.announce(said.dataset.said);
      delete said.dataset.said;
    }
    // a row that was saved or left keeps the keyboard where it was
    if (swapped.matches?.("[data-note-row]") && (document.activeElement === document.body || !document.activeElement)) {
      swapped.querySelector("[data-edit-note], [autofocus]")?.focus();
    }
    if (swapped.matches?.("#line-evidence")) {
      swapped.scrollIntoView({ block: "center" });
      leadOf(swapped).focus();
    }
    showAll();
  });
  document.addEventListener("click", (event) => {
    event.target.closest("[data-drop-row]")?.closest("[data-note-row]").remove();
  });

  // --- last year's

  const showAll = () => document.querySelectorAll("[data-all]").forEach((label) => (label.hidden = false));
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("[data-check-all]")) return;
    const group = event.target.closest(".offers__group");
    for (const box of group.querySelectorAll("input[type='checkbox'][name]")) box.checked = event.target.checked;
  });
  // Enter in the words of an offer must not press the first button of the form
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("[data-offers] input[type='text']")) event.preventDefault();
  });

  window.addEventListener("beforeunload", (event) => {
    const open = [...document.querySelectorAll("[data-line]")].some(isTyped);
    const edited = [...document.querySelectorAll("[data-note-edit] :is(textarea, input[type='text'])")].some(
      (field) => field.value !== field.defaultValue,
    );
    if (open || edited) event.preventDefault();
  });

  document.addEventListener("DOMContentLoaded", () => {
    growAll(document);
    showAll();
  });
})();
