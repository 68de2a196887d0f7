// Typing into the free box of a place picks 「書き入れる」.
"use strict";

document.addEventListener("input", (event) => {
  const name = event.target.name || "";
  if (!name.startsWith("typed-") || !event.target.value) return;
  const choice = `choice-${name.slice("typed-".length)}`;
  const radio = document.querySelector(`input[name="${choice}"][value="typed"]`);
  if (radio) radio.checked = true;
});
