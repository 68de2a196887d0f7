// The grades: 「提案どおりにする」 sets the radios and nothing else; leaving with a choice that is not saved warns.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("grades");
  const state = form.querySelector("[data-state]");
  const radios = [...form.querySelectorAll('input[type="radio"]')];
  const isDirty = () => radios.some((radio) => radio.checked !== radio.defaultChecked);
  const refresh = () => {
    state.textContent = isDirty() ? "選び直しました。まだ保存していません。" : "提案は選ぶまで何も変えません。";
  };

  const propose = form.querySelector("[data-propose]");
  if (propose) {
    propose.hidden = false;
    propose.addEventListener("click", () => {
      for (const card of form.querySelectorAll("[data-proposed]")) {
        const radio = card.dataset.proposed && card.querySelector(`input[type="radio"][value="${card.dataset.proposed}"]`);
        if (radio) radio.checked = true;
      }
      refresh();
    });
  }
  form.addEventListener("input", refresh);

  shisaku.warnLeaving((sent) => sent !== form && isDirty());
});
