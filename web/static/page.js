// What every page needs: the CSRF token with each htmx request, notices, announcements. No network calls of its own.
"use strict";

// Safari ends the composition before the keydown of the Enter that ended it
let composedAt = -Infinity;
document.addEventListener("compositionend", () => {
  composedAt = performance.now();
}, true);

window.shisaku = {
  /** Whether a key belongs to an IME that composes, or has only just ended to. */
  isComposing(event) {
    return event.isComposing || event.keyCode === 229 || performance.now() - composedAt < 50;
  },

  /** Say something to people who hear the page. */
  announce(text) {
    document.getElementById("status").textContent = text;
  },

  /** Copy to the clipboard; rejects where the browser does not allow it. */
  async copy(text) {
    // the clipboard interface is for https and this computer only; an office network's server is often neither
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.className = "off-screen";
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("not copied");
    return undefined;
  },

  /** Warn before the page is left while `isDirty(sent)`; `sent`: the form that is being sent, null for none. */
  warnLeaving(isDirty) {
    let sent = null;
    document.addEventListener("submit", (event) => {
      sent = event.defaultPrevented ? null : event.target;
    });
    // back from another page: the browser shows this one as it was left
    window.addEventListener("pageshow", () => {
      sent = null;
    });
    window.addEventListener("beforeunload", (event) => {
      if (!isDirty(sent)) return;
      event.preventDefault();
      sent = null;
    });
  },

  /** Show a notice at the top of the page; what is typed stays. It goes with the next success unless it `stays`. */
  notice(title, message, stays = false) {
    const box = document.createElement("div");
    box.className = "notice";
    box.dataset.notice = stays ? "stays" : "";
    const head = document.createElement("strong");
    head.textContent = title;
    const text = document.createElement("p");
    text.textContent = message;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button button--plain";
    close.dataset.dismiss = "";
    close.textContent = "閉じる";
    box.append(head, text, close);
    document.getElementById("notices").replaceChildren(box);
  },
};

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.querySelector('meta[name="csrf-token"]').content;
});

// after a login in another tab the old token is refused once, and a fresh one comes with the refusal
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const fresh = event.detail.xhr.getResponseHeader("X-CSRF-Token");
  if (!fresh) return;
  document.querySelector('meta[name="csrf-token"]').content = fresh;
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = fresh;
});

// a notice has done its work when the same thing succeeds
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.detail.requestConfig.verb !== "get") document.querySelector('#notices [data-notice=""]')?.remove();
});

document.addEventListener("htmx:sendError", () => {
  shisaku.notice("通信できませんでした", "サーバーにつながりません。入力した文章はこの画面に残っています。しばらくしてから、もう一度操作してください。");
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  if (button) button.closest("[data-notice]").remove();
});
