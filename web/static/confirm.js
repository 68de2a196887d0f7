// The values to confirm: typing picks 「書き入れる」, a pasted row is spread over its places, and a candidate that is
// chosen at one place is marked at the others, since a printed figure mostly stands once.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("confirm");
  if (!form) return;
  const questions = [...form.querySelectorAll("[data-question]")];
  const picked = (question) => question.querySelector('input[type="radio"]:checked');

  const plain = (text) => text.normalize("NFKC").replace(/[,\s]/g, "");
  const valueOf = (radio) => {
    const typed = radio.value === "typed" && radio.closest("[data-question]").querySelector('input[name^="typed-"]');
    return plain(typed ? typed.value : (radio.dataset.candidate ?? ""));
  };

  const refresh = () => {
    const chosen = questions.map(picked).filter((radio) => radio && radio.value !== "later");
    form.querySelector("[data-chosen]").textContent = chosen.length;
    const placesOf = new Map();
    for (const radio of chosen) {
      const value = valueOf(radio);
      if (value) placesOf.set(value, (placesOf.get(value) ?? new Set()).add(radio.closest("[data-question]")));
    }
    for (const radio of form.querySelectorAll("[data-candidate]")) {
      const places = new Set(placesOf.get(plain(radio.dataset.candidate)));
      places.delete(radio.closest("[data-question]"));
      const used = places.size > 0 && !radio.checked;
      radio.closest(".choice").classList.toggle("choice--used", used);
      radio.closest(".choice").querySelector("[data-used]").hidden = !used;
    }
  };

  const pick = (question, value) => {
    const radio = question.querySelector(`input[type="radio"][value="${value}"]`);
    if (radio) radio.checked = true;
  };
  const isFree = (element) => (element.name || "").startsWith("typed-");

  form.addEventListener("input", (event) => {
    if (isFree(event.target) && event.target.value) pick(event.target.closest("[data-question]"), "typed");
    refresh();
  });

  form.addEventListener("paste", (event) => {
    const first = event.target.closest?.("[data-run]");
    if (!first || !isFree(event.target)) return;
    const values = event.clipboardData.getData("text").trim().split(/\s+/);
    if (values.length < 2) return;
    event.preventDefault();
    const run = questions.filter((question) => question.dataset.run === first.dataset.run);
    const places = run.slice(run.indexOf(first));
    if (values.length !== places.length) {
      const words = document.getElementById("paste-wrong").content.textContent;
      shisaku.notice("貼り付けられません", words.replace("[貼り付けた数]", values.length).replace("[残り]", places.length));
      return;
    }
    places.forEach((question, number) => {
      const missing = /^[-‐−–—―ー－]$/.test(values[number]);
      const candidate = [...question.querySelectorAll("[data-candidate]")].find((radio) => valueOf(radio) === plain(values[number]));
      question.querySelector('input[name^="typed-"]').value = missing || candidate ? "" : values[number];
      pick(question, missing ? "empty" : (candidate?.value ?? "typed"));
    });
    refresh();
    shisaku.announce(`${places.length}か所に入れました。`);
  });

  shisaku.warnLeaving((sent) => sent !== form && questions.some((question) => picked(question)?.value !== "later"));
  refresh();
});
