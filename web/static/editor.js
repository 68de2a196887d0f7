// The editors of the sections. A text that is not saved is never dropped: leaving warns, and it is kept in this tab's
// session storage until it is saved, so that a reload or a new login brings it back.
"use strict";

(() => {
  const sectionOf = (element) => element.closest("[data-section]");
  const editorOf = (section) => section.querySelector("[data-editor]");
  const textOf = (editor) => editor.querySelector("[data-text]");
  const keptName = (section) => `shisaku:${location.pathname}:${section.dataset.section}`;
  const isDirty = (area) => area.value !== area.defaultValue || "neverSaved" in area.dataset;

  const fit = (area) => {
    if (!area.offsetParent) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 4}px`;
  };

  // the result of the last check is about another text now
  const outdate = (editor) => {
    const hint = editor.querySelector("[data-outdated]");
    if (hint) hint.hidden = false;
  };

  const refresh = (editor) => {
    const area = textOf(editor);
    const count = editor.querySelector("[data-count]");
    if (count) count.textContent = [...area.value.replace(/[\r\n]/g, "")].length;
    const dirty = editor.querySelector("[data-dirty]");
    if (dirty) dirty.hidden = !isDirty(area);
    fit(area);
  };

  const keep = (editor) => {
    const area = textOf(editor);
    const name = keptName(sectionOf(editor));
    if (!isDirty(area)) return sessionStorage.removeItem(name);
    const fields = editor.elements;
    const kept = { text: area.value, based_on: fields.based_on.value, origin: fields.origin.value, draft_id: fields.draft_id.value };
    try {
      sessionStorage.setItem(name, JSON.stringify(kept));
    } catch {
      // a full or forbidden store: the text is still in the editor, and leaving the page warns
    }
    return undefined;
  };

  const open = (section, focus = true) => {
    const editor = editorOf(section);
    editor.hidden = false;
    const shown = section.querySelector("[data-shown]");
    if (shown) shown.hidden = true;
    section.querySelector(".narrative__note.message--done")?.remove();
    const button = section.querySelector("[data-edit]");
    button.setAttribute("aria-expanded", "true");
    button.hidden = true;
    refresh(editor);
    if (focus) textOf(editor).focus();
  };

  const close = (section) => {
    const editor = editorOf(section);
    editor.hidden = true;
    const shown = section.querySelector("[data-shown]");
    if (shown) shown.hidden = false;
    const button = section.querySelector("[data-edit]");
    button.setAttribute("aria-expanded", "false");
    button.hidden = false;
    button.textContent = isDirty(textOf(editor)) ? "編集に戻る（未保存）" : textOf(editor).defaultValue ? "編集" : "書く";
    button.focus();
  };

  const offerKept = (section) => {
    const editor = editorOf(section);
    const box = editor && editor.querySelector("[data-kept]");
    const kept = box && JSON.parse(sessionStorage.getItem(keptName(section)) || "null");
    if (!kept) return;
    if (kept.text === textOf(editor).defaultValue) return sessionStorage.removeItem(keptName(section));
    box.hidden = false;
    open(section, false);
  };

  const takeKept = (section) => {
    const editor = editorOf(section);
    const kept = JSON.parse(sessionStorage.getItem(keptName(section)));
    textOf(editor).value = kept.text;
    // its own base, so that a text which others saved meanwhile is not overwritten unseen
    for (const name of ["based_on", "origin", "draft_id"]) editor.elements[name].value = kept[name];
    editor.querySelector("[data-kept]").hidden = true;
    refresh(editor);
    textOf(editor).focus();
  };

  // --- putting a draft or an older revision into the editor

  const undoable = new WeakMap();

  const put = (editor, source, text, goThere = true) => {
    const area = textOf(editor);
    const fields = editor.elements;
    undoable.set(editor, { text: area.value, origin: fields.origin.value, draft_id: fields.draft_id.value });
    area.value = text;
    fields.origin.value = source.dataset.fillOrigin;
    fields.draft_id.value = source.dataset.fillDraft || "";
    editor.querySelector("[data-undo]").hidden = false;
    refresh(editor);
    keep(editor);
    if (goThere) {
      sectionOf(editor).scrollIntoView({ block: "start" });
      area.focus();
    }
    shisaku.announce("編集欄に入れました。まだ保存していません。");
    editor.querySelector("[data-check]").click();
  };

  const askPlace = (source, editor) => {
    const bar = source.parentElement;
    bar.querySelector(".ask-place")?.remove();
    const box = document.createElement("div");
    box.className = "ask-place bar";
    box.setAttribute("role", "group");
    const question = document.createElement("span");
    question.textContent = "この欄にはもう文章があります。どうしますか。";
    box.append(question);
    const answers = [
      ["置き換える", (now, added) => added],
      ["末尾に追加", (now, added) => `${now.replace(/\n+$/, "")}\n${added}`],
      ["やめる", null],
    ];
    for (const [label, join] of answers) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button--small";
      button.textContent = label;
      button.addEventListener("click", () => {
        box.remove();
        if (join) {
          open(sectionOf(editor), false);
          put(editor, source, join(textOf(editor).value, source.dataset.fillText));
        } else {
          source.focus();
        }
      });
      box.append(button);
    }
    bar.append(box);
    box.querySelector("button").focus();
  };

  /** The section of this key, if its text can be written now; else null, and the page says why. */
  const writable = (key) => {
    const section = document.getElementById(`section-${key}`);
    if (section && editorOf(section)?.querySelector("[data-undo]")) return section;
    shisaku.notice("入れられません", "この欄は保存の行き違いを選んでいる途中です。先にそちらを選んでください。");
    return null;
  };

  const fill = (source) => {
    const section = writable(source.dataset.fill);
    if (!section) return;
    const editor = editorOf(section);
    if (textOf(editor).value.trim()) {
      askPlace(source, editor);
    } else {
      open(section, false);
      put(editor, source, source.dataset.fillText);
    }
  };

  // a text keeps its origin: a draft of which some words were changed is still that draft
  const putChanged = (editor, text, goThere = true) => {
    const { origin, draft_id: draft } = editor.elements;
    put(editor, { dataset: { fillOrigin: origin.value, fillDraft: draft.value } }, text, goThere);
  };

  // --- a word to avoid: the editor opens with it replaced in the text as it stands there; nothing is saved

  const swap = (source) => {
    const section = document.getElementById(`section-${source.dataset.swap}`);
    const editor = section && editorOf(section);
    if (!editor?.querySelector("[data-undo]")) return;
    const { swapAvoid: avoid, swapUse: use } = source.dataset;
    const escape = (word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
    const words = new RegExp([...JSON.parse(source.dataset.swapAround), avoid].map(escape).join("|"), "g");
    const now = textOf(editor).value;
    const text = now.replace(words, (word) => (word === avoid ? use : word));
    open(section, false);
    if (text === now) {
      shisaku.announce(`「${avoid}」は編集欄にもうありません。`);
      textOf(editor).focus();
      return;
    }
    putChanged(editor, text);
  };

  // --- a suggestion of the checker: into the text as it is being written, or (the form's own way) into the stored one

  const placeOf = (area, { words, start }) => {
    const signs = [...area.value];
    const length = [...words].length;
    if (signs.slice(Number(start), Number(start) + length).join("") === words) return Number(start);
    const parts = area.value.split(words);
    return parts.length === 2 ? [...parts[0]].length : -1;
  };

  const select = (area, start, length) => {
    const signs = [...area.value];
    const from = signs.slice(0, start).join("").length;
    // a browser scrolls to the caret when the field gets the focus
    area.blur();
    area.setSelectionRange(from, from + signs.slice(start, start + length).join("").length);
    area.focus();
  };

  // the button of the finding that follows the one just put right
  let nextPut = -1;
  const putButtons = (list) => [...list.querySelectorAll("button[data-put-in], [data-put-in] button")];
  const rememberNext = (list, source) => {
    nextPut = putButtons(list).findIndex((button) => source.contains(button));
  };
  const focusNext = (list) => {
    const buttons = list && nextPut >= 0 ? putButtons(list) : [];
    const next = buttons[Math.min(nextPut, buttons.length - 1)];
    nextPut = -1;
    next?.focus({ preventScroll: true });
    next?.closest(".finding-row").scrollIntoView({ block: "nearest" });
    return Boolean(next);
  };

  /** Put `text` in the place of `words` as the text stands now; false where that place is not certain. */
  const exchange = (section, place, text, goThere = true) => {
    const editor = editorOf(section);
    const area = textOf(editor);
    const start = placeOf(area, place);
    if (start < 0) return false;
    const signs = [...area.value];
    signs.splice(start, [...place.words].length, ...text);
    open(section, false);
    putChanged(editor, signs.join(""), goThere);
    if (goThere) select(area, start, [...text].length);
    return true;
  };

  const putIn = (source) => {
    const section = sectionOf(source);
    const { words, suggestion } = source.dataset;
    const listed = editorOf(section).contains(source);
    if (listed) rememberNext(editorOf(section), source);
    if (exchange(section, source.dataset, suggestion, !listed)) {
      shisaku.announce(`編集欄の「${words}」を「${suggestion}」に直しました。まだ保存していません。`);
    } else {
      nextPut = -1;
      shisaku.notice("直せませんでした", `「${words}」の場所が、書き直した文章では決まりません。「数値を確認」を押して、もう一度選んでください。`);
    }
  };

  // --- a suggestion of the chat for a passage that was marked

  const take = (source) => {
    const section = writable(source.dataset.take);
    if (section && !exchange(section, source.dataset, source.dataset.suggestion)) {
      shisaku.notice("入れられませんでした", "選んだ文が、いまの編集欄の文章にそのままでは見つからないか、二か所以上にあります。「コピー」で写すか、文を選び直して、もう一度頼んでください。");
    }
  };

  // the words of a finding in the text that is being written; in the stored text the link leads to them itself
  const showPlace = (link, event) => {
    const editor = editorOf(sectionOf(link));
    if (editor.hidden) return;
    event.preventDefault();
    const start = placeOf(textOf(editor), link.dataset);
    if (start >= 0) select(textOf(editor), start, [...link.dataset.words].length);
    else shisaku.announce(`「${link.dataset.words}」は、書き直した文章では場所が決まりません。`);
  };

  // before htmx hears of it
  document.addEventListener(
    "submit",
    (event) => {
      if (!event.target.matches("[data-put-in]")) return;
      if (!isDirty(textOf(editorOf(sectionOf(event.target))))) {
        rememberNext(event.target.closest(".findings"), event.target);
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      putIn(event.target);
    },
    true,
  );

  const undo = (editor) => {
    const before = undoable.get(editor);
    if (!before) return;
    textOf(editor).value = before.text;
    editor.elements.origin.value = before.origin;
    editor.elements.draft_id.value = before.draft_id;
    editor.querySelector("[data-undo]").hidden = true;
    editor.querySelector(".editor__check").replaceChildren();
    refresh(editor);
    keep(editor);
    textOf(editor).focus();
  };

  // --- events

  document.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest(selector);
    let found;
    if ((found = hit("[data-edit]"))) {
      const section = sectionOf(found);
      if (editorOf(section).hidden) open(section);
      else close(section);
    } else if ((found = hit("[data-close]"))) close(sectionOf(found));
    else if ((found = hit("[data-fill]"))) fill(found);
    else if ((found = hit("[data-swap]"))) swap(found);
    else if ((found = hit("button[data-put-in]"))) putIn(found);
    else if ((found = hit("[data-take]"))) take(found);
    else if ((found = hit("[data-place]"))) showPlace(found, event);
    else if ((found = hit("[data-undo]"))) undo(found.closest("[data-editor]"));
    else if ((found = hit("[data-kept-take]"))) takeKept(sectionOf(found));
    else if ((found = hit("[data-kept-drop]"))) {
      sessionStorage.removeItem(keptName(sectionOf(found)));
      found.closest("[data-kept]").hidden = true;
    } else if ((found = hit("[data-focus]"))) document.getElementById(found.dataset.focus).focus();
  });

  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-text]")) return;
    const editor = event.target.closest("[data-editor]");
    refresh(editor);
    keep(editor);
    outdate(editor);
  });

  let lastEditor = null;
  document.addEventListener("focusin", (event) => {
    lastEditor = event.target.closest("[data-editor]") ?? lastEditor;
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s" || event.isComposing) return;
    // a button of the editor that was switched off while it worked has lost the focus
    const editor = document.activeElement?.closest?.("[data-editor]") ?? lastEditor;
    if (!editor?.isConnected || editor.hidden) return;
    event.preventDefault();
    editor.requestSubmit(editor.querySelector("[data-save]"));
  });

  let leaving = false;
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && [...document.querySelectorAll("[data-text]")].some(isDirty)) event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    // a submit that htmx does not take over leaves the page with the text in it
    leaving = event.target.matches("[data-editor], [data-put-in]") && !window.htmx;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const editor = event.detail.elt;
    if (editor.matches("[data-editor]") && event.detail.successful) sessionStorage.removeItem(keptName(sectionOf(editor)));
  });

  const ready = (root) => {
    const sections = root.matches?.("[data-section]") ? [root] : [...root.querySelectorAll("[data-section]")];
    for (const section of sections) {
      const area = section.querySelector("[data-text]");
      if (area) fit(area);
      offerKept(section);
    }
  };

  // of several checks asked for one after another only the last one moves the focus
  const lastCheck = new WeakMap();
  document.addEventListener("htmx:beforeRequest", (event) => {
    const button = event.detail.elt;
    if (button.matches("[data-check]")) lastCheck.set(button.closest("[data-editor]"), event.detail.xhr);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const section = event.detail.elt;
    if (section.matches?.(".editor__check")) {
      if (lastCheck.get(section.closest("[data-editor]")) !== event.detail.xhr) return;
      // a check that was asked for is shown; one that came with a draft leaves the writer at the text
      if (section.closest("[data-editor]").contains(document.activeElement) && document.activeElement.matches("textarea")) return;
      const sum = section.querySelector("[data-sum]")?.textContent ?? "";
      if (nextPut >= 0) {
        if (!focusNext(section)) textOf(section.closest("[data-editor]")).focus();
        shisaku.announce(`編集欄を直しました。まだ保存していません。${sum}`);
        return;
      }
      section.querySelector(".checked")?.scrollIntoView({ block: "nearest" });
      section.closest("[data-editor]").querySelector("[data-check]").focus({ preventScroll: true });
      shisaku.announce(sum);
    }
    if (!section.matches?.("[data-section]")) return;
    ready(section);
    if (section.dataset.note) shisaku.announce(section.dataset.note);
    if (section.matches(".narrative--stale") || section.querySelector(".narrative__note.message--error")) section.scrollIntoView({ block: "start" });
    // never on a button where something else was refused than is shown now
    const list = section.querySelector(".message--error") ? null : section.querySelector(".narrative__body > .findings");
    if (!focusNext(list)) section.focus({ preventScroll: true });
  });
  document.addEventListener("DOMContentLoaded", () => ready(document));
})();
