// A passage marked in an editor, to be put in other words: the bar below the text asks the chat, and says which passage
// is meant. The answer is a suggestion; what puts it into the text stands in editor.js.
"use strict";

(() => {
  const editors = () => document.querySelectorAll("[data-editor]");
  const barOf = (editor) => editor.querySelector("[data-rewrite]");
  const isAnswering = () => document.querySelector("#chat-log [data-running]") !== null;
  const count = (text) => [...text].length;

  // a browser forgets no selection of a text field when the focus goes on to a button
  const markedIn = (editor) => {
    const area = editor.querySelector("[data-text]");
    const { value, selectionStart: from, selectionEnd: to } = area;
    const words = value.slice(from, to);
    return words.trim() ? { from: count(value.slice(0, from)), words, written: value } : null;
  };

  const refresh = (editor) => {
    const bar = barOf(editor);
    if (!bar) return;
    const marked = markedIn(editor);
    const waits = isAnswering();
    bar.hidden = false;
    bar.querySelector("[data-marked]").textContent = waits ? "（回答を待っています）" : marked ? `（${count(marked.words.replace(/[\r\n]/g, ""))}字を選択中）` : "（文を選ぶと使えます）";
    for (const button of bar.querySelectorAll("button")) button.disabled = waits || !marked;
    for (const field of bar.querySelectorAll("input")) field.disabled = !marked;
  };
  const refreshAll = () => editors().forEach(refresh);

  // --- asking: the button's words go through the form of the chat, with the passage beside them

  let asked = null;
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("[data-rewrite-ask]");
      if (!button) return;
      const editor = button.closest("[data-editor]");
      const field = button.previousElementSibling?.matches("input") ? button.previousElementSibling : null;
      const marked = markedIn(editor);
      const isFree = !document.getElementById("chat-form").matches(".htmx-request");
      if (!marked || !isFree || (field && !field.value.trim())) {
        event.stopPropagation();
        if (marked && isFree) field.focus();
        return;
      }
      if (field) button.dataset.ask = button.dataset.rewriteAs.replace("…", () => field.value.trim());
      asked = {
        selection_section: editor.closest("[data-section]").dataset.section,
        selection_start: marked.from,
        selection_end: marked.from + count(marked.words),
        selection_text: marked.words,
        selection_written: marked.written,
      };
      // the chat's own listener sends at once; what it refuses to send is not asked later
      setTimeout(() => {
        asked = null;
        // a button that is switched off while the answer is made would lose the focus
        editor.querySelector("[data-text]").focus({ preventScroll: true });
      });
    },
    true,
  );
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.id !== "chat-form" || !asked) return;
    for (const [name, value] of Object.entries(asked)) event.detail.parameters[name] = value;
    asked = null;
  });

  // Enter asks, but never while an IME composes; the editor's form is not sent by it
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches?.("[data-rewrite] input")) return;
    event.preventDefault();
    if (shisaku.isComposing(event)) return;
    event.target.nextElementSibling.click();
  });

  // --- what is marked changes, and so does whether an answer is waited for

  for (const name of ["selectionchange", "select", "keyup", "mouseup", "input", "focusin"]) {
    document.addEventListener(name, (event) => {
      const editor = event.target.closest?.("[data-editor]") ?? document.activeElement?.closest?.("[data-editor]");
      if (editor) refresh(editor);
    });
  }
  document.addEventListener("htmx:afterSettle", refreshAll);
  document.addEventListener("DOMContentLoaded", () => {
    refreshAll();
    new MutationObserver(refreshAll).observe(document.getElementById("chat-log"), { childList: true });
  });
})();
