// Typing figures into the tables as in a spreadsheet: keys, blocks from the clipboard, remarks at once, nothing lost.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const entry = document.querySelector("[data-entry]");
  if (!entry) return;
  const form = document.getElementById("entry-form");
  const box = document.getElementById("remarks");
  const { parse, plain, choice } = window.shisakuBlock;
  const find = (name) => entry.querySelector(`[data-${name}]`);
  const cells = [...form.querySelectorAll("[data-cell]")];
  const byPath = new Map(cells.map((cell) => [cell.dataset.cell, cell]));
  const store = window.shisakuKept(`shisaku:figures:${entry.dataset.keeper}`);
  const seen = JSON.parse(form.elements.seen.value);

  const { places, go, step, tab } = window.shisakuGrid(form);

  const isSelect = (cell) => cell.tagName === "SELECT";
  const isChanged = (cell) => cell.value.trim() !== cell.dataset.shown;
  const changed = () => cells.filter(isChanged);

  // --- past years: locked until a person says so

  const pastSwitch = document.getElementById("edit-past");
  const lock = () => {
    const locked = Boolean(pastSwitch) && !pastSwitch.checked;
    for (const cell of cells.filter((each) => "past" in each.dataset)) {
      cell.toggleAttribute("data-locked", locked);
      if (!isSelect(cell)) cell.readOnly = locked;
      cell.setAttribute("aria-readonly", String(locked));
    }
    entry.classList.toggle("entry--past", !locked);
  };
  const isLocked = (cell) => "locked" in cell.dataset;
  const sayLocked = () => say("過年度の欄です。直すときは、下の「過年度も直す」に印を付けます。");

  // --- what is said below the table

  let pending = false;
  let extra = "";
  const say = (words) => {
    extra = words;
    refresh();
  };
  const refresh = () => {
    const moved = changed().length;
    const { errors, warnings } = find("remark-list").dataset;
    const settled = form.querySelectorAll('[name^="settled:"]:checked').length;
    const words = [];
    if (moved) words.push(`変更 ${moved}か所（まだ保存していません）`);
    if (settled) words.push(`確定 ${settled}か所`);
    if (extra) words.push(extra);
    find("state").textContent = words.join("　");
    find("save").textContent = Number(errors) ? `保存する（エラー ${errors}か所）` : "保存する";
    find("save").classList.toggle("entry__save--errors", Number(errors) > 0);
    find("to-remarks").hidden = !Number(errors) && !Number(warnings);
    find("to-remarks").textContent = [[errors, "エラー"], [warnings, "注意"]].filter(([count]) => Number(count)).map(([count, word]) => `${word} ${count}か所`).join("・");
    for (const cell of cells) cell.parentElement.classList.toggle("cell--changed", isChanged(cell));
  };

  // --- remarks

  const mark = () => {
    window.shisakuRemarks.mark(box, cells, isLocked);
    refresh();
  };

  let timer = null;
  const busy = (is) => {
    pending = is;
    box.setAttribute("aria-busy", String(is));
  };
  // one review at a time; what was typed meanwhile is reviewed behind it
  let asking = false;
  let again = false;
  const review = () => {
    timer = null;
    again = asking;
    if (asking) return;
    asking = true;
    const values = Object.fromEntries(changed().map((cell) => [cell.name, cell.value]));
    htmx.ajax("POST", entry.dataset.review, { source: box, target: box, values });
  };
  const reviewSoon = (delay) => {
    clearTimeout(timer);
    busy(true);
    timer = setTimeout(review, delay);
  };
  // the list above grows and shrinks, but the cell in which somebody types stays where it is
  let stood = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const cell = document.activeElement.closest?.("[data-cell]");
    stood = event.detail.target === box && cell ? [cell, cell.getBoundingClientRect().top] : null;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== box && event.detail.elt !== box) return;
    mark();
    if (stood) window.scrollBy(0, stood[0].getBoundingClientRect().top - stood[1]);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== box) return;
    asking = false;
    if (again) review();
    else if (timer === null) busy(false);
  });

  // --- unsaved input outlives a reload

  let offered = null;
  const keep = () => {
    const found = changed();
    const kept = { at: Date.now(), cells: { ...offered?.cells }, seen: { ...offered?.seen }, pasted: form.elements.pasted.value };
    for (const cell of found) {
      kept.cells[cell.dataset.cell] = cell.value;
      kept.seen[cell.dataset.cell] = seen[cell.dataset.cell] ?? null;
    }
    if (Object.keys(kept.cells).length) store.write(kept);
    else store.drop();
  };
  const offerKept = () => {
    if ("saved" in entry.dataset) store.drop();
    const kept = store.read();
    if (!kept?.cells || changed().length) return;
    const differing = Object.entries(kept.cells).filter(([path, text]) => byPath.get(path)?.dataset.shown !== text);
    if (!differing.length) return;
    offered = kept;
    const at = new Date(kept.at).toLocaleString("ja-JP", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
    find("kept-words").textContent = `保存していない入力が${differing.length}か所あります（${at}）。`;
    find("kept").hidden = false;
  };
  const takeKept = () => {
    const kept = offered;
    offered = null;
    find("kept").hidden = true;
    let lost = 0;
    for (const [path, text] of Object.entries(kept.cells)) {
      const cell = byPath.get(path);
      if (!cell) {
        lost += 1;
        continue;
      }
      put(cell, text);
      // what stood there when it was typed; something else by now is told when it is saved
      if (kept.seen[path] === null) delete seen[path];
      else seen[path] = kept.seen[path];
      if ("past" in cell.dataset && pastSwitch) pastSwitch.checked = true;
    }
    form.elements.seen.value = JSON.stringify(seen);
    form.elements.pasted.value = kept.pasted || form.elements.pasted.value;
    lock();
    touched(lost ? `${lost}か所は今の表にないため、戻せませんでした。` : "入力を戻しました。");
  };

  // --- putting values into cells

  // the unit of the row may stand behind the figure; a cost that is not there is an empty cell
  const unitOf = (cell) => (cell.closest("[data-row]").dataset.unit ?? "").normalize("NFKC");
  const bare = (cell, text) => {
    const unit = unitOf(cell);
    const compact = text.normalize("NFKC").replace(/\s/g, "");
    const figure = plain(unit && compact.endsWith(unit) ? compact.slice(0, -unit.length) : text);
    return figure === "―" && cell.dataset.cell.startsWith("costs.") ? "" : figure;
  };
  const put = (cell, text) => {
    if (isSelect(cell)) {
      const value = choice(cell, text);
      // a text that is no choice stays to be seen; the review says what is wrong
      if (value === null && ![...cell.options].some((option) => option.value === text)) cell.add(new Option(text, text));
      cell.value = value ?? text;
    } else {
      cell.value = bare(cell, text) === bare(cell, cell.dataset.shown) ? cell.dataset.shown : text.replace(/\s+/g, " ");
    }
  };
  const touched = (words = "", delay = 0) => {
    keep();
    say(words);
    reviewSoon(delay);
  };

  const steps = window.shisakuSteps([...cells, form.elements.pasted]);
  let filled = null;
  const fill = (pairs, undoLabel, words) => {
    steps.note();
    const before = pairs.map(([cell]) => [cell, cell.value]);
    for (const cell of form.querySelectorAll(".cell--filled")) cell.classList.remove("cell--filled");
    for (const [cell, text] of pairs) put(cell, text);
    const moved = before.filter(([cell, text]) => cell.value !== text);
    for (const [cell] of moved) cell.parentElement.classList.add("cell--filled");
    filled = { before: moved, pasted: form.elements.pasted.value };
    find("unfill").hidden = !moved.length;
    find("unfill").textContent = `${undoLabel}（${moved.length}か所）`;
    const emptied = moved.filter(([cell]) => cell.value === "").length;
    touched(words(moved.length) + (emptied ? `うち${emptied}か所は空にしました。` : ""));
    shisaku.announce(find("state").textContent);
    return moved.length;
  };
  const unfill = () => {
    for (const [cell, text] of filled.before) cell.value = text;
    for (const cell of form.querySelectorAll(".cell--filled")) cell.classList.remove("cell--filled");
    form.elements.pasted.value = filled.pasted;
    find("unfill").hidden = true;
    const [first] = filled.before[0];
    filled = null;
    touched("貼り付ける前に戻しました。");
    first.focus();
  };

  const walk = (by) => {
    const moved = steps[by]().filter((field) => cells.includes(field));
    for (const cell of form.querySelectorAll(".cell--filled")) cell.classList.remove("cell--filled");
    find("unfill").hidden = true;
    if (!moved.length) return say(by === "back" ? "元に戻す入力はありません。" : "やり直す入力はありません。");
    touched(`${moved.length}か所を${by === "back" ? "元に戻しました" : "やり直しました"}。`);
    go(moved[0]);
    atFocus = moved[0].value;
    return shisaku.announce(find("state").textContent);
  };

  const paste = (event) => {
    const start = event.target.closest?.("[data-cell]");
    if (!start) return;
    const block = parse(event.clipboardData.getData("text/plain"));
    const wide = Math.max(...block.map((row) => row.length));
    if (block.length === 1 && wide === 1 && editing) return;
    event.preventDefault();
    const { rows, down, across } = places.get(start);
    const [room, columns] = [rows.length - down, rows[down].length - across];
    if (block.length > room || wide > columns) {
      const over = block.flatMap((row, at) => (at < room ? row.slice(columns) : row)).filter((text) => text);
      const which = over.slice(0, 5).join("、") + (over.length > 5 ? ` ほか${over.length - 5}個` : "");
      shisaku.notice("貼り付けられません", `貼り付けた範囲は${block.length}行×${wide}列ですが、この欄から先の表は${room}行×${columns}列です。入らない値：${which || "（空の欄）"}。何も入れていません。左上の欄を選び直すか、必要な範囲だけをコピーしてください。`, true);
      return;
    }
    const pairs = block.flatMap((row, at) => row.map((text, to) => [rows[down + at][across + to], text]));
    const same = (cell, text) => (isSelect(cell) ? choice(cell, text) === cell.value : bare(cell, text) === bare(cell, cell.value));
    const locked = pairs.filter(([cell, text]) => isLocked(cell) && !same(cell, text));
    if (locked.length) {
      const [cell, text] = locked[0];
      shisaku.notice("貼り付けられません", `過年度の値が${locked.length}か所変わります（例：${cell.getAttribute("aria-label")} ${cell.value || "空"}→${text || "空"}）。何も入れていません。過年度も直すときは、下の「過年度も直す」に印を付けてから貼り付けてください。`, true);
      return;
    }
    document.getElementById("notices").replaceChildren();
    const count = fill(pairs.filter(([cell]) => !isLocked(cell)), "貼り付けを取り消す", (moved) => (moved ? `${moved}か所を貼り付けました。` : "貼り付けた値は、今の値と同じです。"));
    if (count) form.elements.pasted.value = "1";
    keep();
    start.select?.();
  };

  // --- keys

  let editing = false;
  let atFocus = "";
  // the cell that was just come to and in which nothing was typed yet
  let fresh = null;
  const keys = {
    ArrowUp: (cell) => step(cell, -1, 0) || true,
    ArrowDown: (cell) => step(cell, 1, 0) || true,
    ArrowLeft: (cell) => !editing && (step(cell, 0, -1) || true),
    ArrowRight: (cell) => !editing && (step(cell, 0, 1) || true),
    Enter: (cell, event) => step(cell, event.shiftKey ? -1 : 1, 0) || true,
    Tab: (cell, event) => tab(cell, event.shiftKey ? -1 : 1),
    F2: (cell) => {
      if (isSelect(cell) || isLocked(cell)) return false;
      editing = true;
      cell.setSelectionRange(cell.value.length, cell.value.length);
      return true;
    },
    Escape: (cell) => {
      editing = false;
      if (cell.value !== atFocus) {
        cell.value = atFocus;
        touched("元の値に戻しました。");
      }
      cell.select?.();
      return true;
    },
  };
  const chosenByKey = (cell, key) => {
    if (key === "Delete" || key === "Backspace") return "";
    return key.length === 1 && key !== " " ? choice(cell, key) : null;
  };

  form.addEventListener("keydown", (event) => {
    if (shisaku.isComposing(event)) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(find("save"));
      return;
    }
    const cell = event.target.closest("[data-cell]");
    const wish = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase();
    if (cell && (wish === "z" || wish === "y")) {
      event.preventDefault();
      walk(wish === "z" && !event.shiftKey ? "back" : "forth");
      return;
    }
    if (!cell) {
      if (event.key === "Escape") event.target.closest("td")?.querySelector("[data-cell]")?.focus();
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    if (event.altKey) {
      const control = !isSelect(cell) && event.key === "ArrowDown" && cell.parentElement.querySelector(".cell__more button, .cell__more input");
      if (control) {
        event.preventDefault();
        control.focus();
      }
      return;
    }
    if (Object.hasOwn(keys, event.key)) {
      if (keys[event.key](cell, event)) event.preventDefault();
      return;
    }
    const chosen = isSelect(cell) ? chosenByKey(cell, event.key) : null;
    if (isLocked(cell) && (isSelect(cell) || event.key.length === 1 || event.key === "Delete" || event.key === "Backspace")) {
      if (isSelect(cell)) event.preventDefault();
      sayLocked();
    } else if (chosen !== null) {
      event.preventDefault();
      cell.value = chosen;
      touched();
    }
  });
  form.addEventListener("mousedown", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (!cell) return;
    if (isSelect(cell) && isLocked(cell)) {
      event.preventDefault();
      cell.focus();
      sayLocked();
    } else if (cell === document.activeElement) editing = true;
  });
  form.addEventListener("focusin", (event) => {
    if (!event.target.matches("[data-cell]")) return;
    editing = false;
    steps.note();
    atFocus = event.target.value;
    fresh = event.target;
    event.target.select?.();
    // a click sets the caret after the focus: the whole text is selected again behind it, unless somebody types already
    if (!isSelect(event.target)) setTimeout(() => document.activeElement === event.target && fresh === event.target && !editing && event.target.select());
  });
  form.addEventListener("paste", paste);
  form.addEventListener("input", (event) => {
    fresh = null;
    if (event.target.matches("[data-cell]")) touched("", isSelect(event.target) ? 0 : 600);
    else refresh();
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-cell]")) touched();
  });

  entry.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest(selector);
    let found;
    if ((found = hit("[data-put]"))) {
      const cell = found.closest("td").querySelector("[data-cell]");
      put(cell, found.dataset.put);
      // a candidate that stands there already is chosen all the same
      const settle = found.closest(".cell__more--wait")?.querySelector('[name^="settled:"]');
      if (settle) settle.checked = !isChanged(cell);
      touched();
      go(cell);
    } else if ((found = hit("[data-go]"))) {
      const cell = document.getElementById(decodeURIComponent(found.hash.slice(1)))?.querySelector("[data-cell]");
      if (cell) {
        event.preventDefault();
        go(cell);
      }
    } else if (hit("[data-fill-offers]")) {
      event.preventDefault();
      const offers = [...box.querySelectorAll('[data-severity="offer"]')].map((offer) => [byPath.get(offer.dataset.path), offer.dataset.suggestion]);
      fill(offers.filter(([cell]) => cell && !isLocked(cell)), "入れた値を取り消す", (moved) => (moved ? `${moved}か所に入れました。` : "過年度の欄だけです。「過年度も直す」に印を付けると入れられます。"));
    } else if (hit("[data-unfill]")) unfill();
    else if (hit("[data-kept-take]")) takeKept();
    else if (hit("[data-kept-drop]")) {
      offered = null;
      store.drop();
      find("kept").hidden = true;
    } else if ((found = hit("[data-take]"))) {
      const cell = byPath.get(found.dataset.take);
      if (cell) cell.value = cell.dataset.shown;
      found.closest("tr").remove();
      touched();
    }
  });

  // --- leaving

  form.addEventListener("submit", (event) => {
    const wrong = cells.find((cell) => cell.getAttribute("aria-invalid") === "true" && isChanged(cell));
    if (wrong && !pending) {
      event.preventDefault();
      say("エラーを直すまで保存できません。どの値もまだ保存していません。");
      shisaku.announce(find("state").textContent);
      go(wrong);
    }
  });
  shisaku.warnLeaving((sent) => sent !== form && changed().length > 0);

  if (pastSwitch) {
    find("past-switch").hidden = false;
    pastSwitch.checked = cells.some((cell) => "past" in cell.dataset && isChanged(cell));
    pastSwitch.addEventListener("change", () => {
      lock();
      mark();
    });
    lock();
  }
  for (const button of entry.querySelectorAll("[data-take]")) button.hidden = false;
  offerKept();
  mark();
  if (changed().length) keep();
});
