// The search page: results without a reload with a step back to each of them, "/" for the field, copying a passage.
"use strict";

(() => {
  const form = () => document.querySelector("form.search");

  // what is left empty is no part of the address
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target !== form()) return;
    for (const [name, value] of [...Object.entries(event.detail.parameters)]) if (!value && name !== "q") delete event.detail.parameters[name];
  });

  // htmx keeps no history here (it would store pages with what people typed), so the address is ours to keep
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.requestConfig?.elt !== form() || !event.detail.successful) return;
    const results = document.getElementById("results");
    const address = event.detail.pathInfo.finalRequestPath;
    if (address !== location.pathname + location.search) history.pushState({}, "", address);
    document.title = document.title.replace(/^検索[^｜]*/, `検索：${form().elements.q.value.slice(0, 40)}`);
    ready(results);
    shisaku.announce(results.dataset.say);
  });
  window.addEventListener("popstate", () => location.reload());

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    document.getElementById("query").select();
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await shisaku.copy(button.dataset.copy);
      button.textContent = "写しました";
      shisaku.announce("写しました。貼り付けて使えます。");
    } catch {
      shisaku.notice("写せませんでした", "ブラウザーが許していません。文を選んで、Ctrl+C で写してください。");
    }
    button.focus();
    setTimeout(() => (button.textContent = "この表現を写す"), 2000);
  });

  const ready = (root) => {
    for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
  };
  document.addEventListener("DOMContentLoaded", () => ready(document));
})();
