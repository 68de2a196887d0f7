// The chat: sending, following the newest line, copying. Enter sends, but never while an IME composes.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("chat-form");
  const area = document.getElementById("chat-text");
  const log = document.getElementById("chat-log");
  let unsent = "";
  let sent = "";

  // a list is read from its beginning, a text that is being written follows its end
  const listTop = () => {
    const last = log.lastElementChild;
    return last?.querySelector("[data-from-top]") ? log.scrollTop + last.getBoundingClientRect().top - log.getBoundingClientRect().top - 8 : null;
  };
  const toEnd = () => {
    log.scrollTop = listTop() ?? log.scrollHeight;
  };
  const atEnd = () => Math.abs((listTop() ?? log.scrollHeight - log.clientHeight) - log.scrollTop) < 80;

  // --- writing

  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.altKey) return;
    if (shisaku.isComposing(event)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  area.addEventListener("input", () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  });

  form.addEventListener("htmx:beforeRequest", (event) => {
    if (!area.value.trim()) event.preventDefault();
    sent = area.value;
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form) return;
    if (!event.detail.successful) {
      area.value = unsent || area.value;
      unsent = "";
      return;
    }
    // what was typed while the question went out stays
    if (area.value === sent) area.value = unsent;
    unsent = sent = "";
    area.dispatchEvent(new Event("input"));
    log.querySelector(".chat__hello").hidden = true;
    toEnd();
  });

  // examples and the 下書き buttons send their own words; what is being written stays in the box
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-ask]");
    if (!button) return;
    unsent = area.value === button.dataset.ask ? "" : area.value;
    area.value = button.dataset.ask;
    form.requestSubmit();
    shisaku.announce(`「${button.dataset.ask}」と頼みました。`);
    // in a narrow window the chat stands below the sheet, where nobody would see the answer
    const chat = document.getElementById("chat");
    if (getComputedStyle(chat).position === "static") chat.scrollIntoView({ block: "start" });
  });

  // --- stopping

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
    // elsewhere Esc belongs to what is being written there
    if (event.target !== area && event.target.closest?.("textarea, input, select, dialog")) return;
    const forms = log.querySelectorAll("[data-stop]");
    forms[forms.length - 1]?.requestSubmit();
  });
  log.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && event.detail.elt.matches("[data-stop]")) shisaku.announce("途中で止めました。");
  });

  // --- following

  let follow = true;
  // while a reply is exchanged the log is shorter for a moment, which is nobody's scrolling
  let exchanging = false;
  log.addEventListener("scroll", () => {
    if (!exchanging) follow = atEnd();
  });
  document.addEventListener("htmx:sseBeforeMessage", (event) => {
    if (event.detail.type === "end") shisaku.announce("回答が届きました。");
    exchanging = true;
    if (follow) toEnd();
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (follow) toEnd();
    exchanging = false;
  });
  toEnd();

  // --- copying

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await shisaku.copy(button.dataset.copy);
      button.textContent = "コピーしました";
      shisaku.announce("コピーしました。");
    } catch {
      shisaku.notice("コピーできませんでした", "文章を選んで、Ctrl+C でコピーしてください。");
    }
  });
});
