// The settings: leaving with something typed warns, and a table pasted into a list of words lands in the box for it.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const forms = [...document.querySelectorAll("[data-setting]")];
  const fields = (form) => [...form.elements].filter((field) => field.name && field.type !== "hidden");
  const isDirty = (form) =>
    fields(form).some((field) => {
      if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
      if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected) && field.value !== (field.querySelector("option[selected]") ?? field.options[0]).value;
      return field.value !== (field.defaultValue ?? "");
    });

  for (const form of forms) {
    form.addEventListener("input", () => {
      form.querySelector("[data-state]").hidden = !isDirty(form);
    });
  }

  for (const list of [document.getElementById("words"), document.getElementById("terms")]) {
    list.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text");
      if (!event.target.matches('input[type="text"]') || !text.trim().includes("\t")) return;
      event.preventDefault();
      const box = list.elements.table;
      box.closest("details").open = true;
      box.value += (box.value && !box.value.endsWith("\n") ? "\n" : "") + text;
      box.focus();
      box.dispatchEvent(new Event("input", { bubbles: true }));
      shisaku.announce("貼り付けた表を「Excel から貼り付け」に入れました。保存すると表に加わります。");
    });
  }

  // each part is saved by itself: sending one would lose what is typed in another
  shisaku.warnLeaving((sent) => forms.some((form) => form !== sent && isDirty(form)));
});
