// A button pressed while the page is still loading waits until the scripts that serve it are there. Runs before them all.
"use strict";

(() => {
  const pressed = new Set();
  const hold = (event) => {
    const button = event.target.closest?.('button[type="button"]');
    if (!button) return;
    event.stopImmediatePropagation();
    pressed.add(button);
  };
  window.addEventListener("click", hold, true);
  document.addEventListener("DOMContentLoaded", () => {
    // behind what the other scripts prepare on the same event
    setTimeout(() => {
      window.removeEventListener("click", hold, true);
      for (const button of pressed) if (button.isConnected) button.click();
    });
  });
})();
