// Findings and their places: from a finding to the cell and back to where one was, and links whose place has gone.
"use strict";

(() => {
  const target = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));

  const wordsOf = (link) => link.closest(".finding-row")?.querySelector("q, strong")?.textContent.trim() ?? "";

  const closeWay = () => document.querySelector(".way-back")?.remove();

  const button = (label, kind, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `button button--small ${kind}`;
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  };

  // back to the link itself, wherever it stands: in a list of the section, of the editor's check, or of the chat
  const offerWayBack = (link) => {
    closeWay();
    const at = window.scrollY;
    const words = wordsOf(link);
    const box = document.createElement("div");
    box.className = "way-back";
    const back = button(words ? `← 「${words.length > 16 ? `${words.slice(0, 16)}…` : words}」の所へ戻る` : "← 元の所へ戻る", "button--primary", () => {
      closeWay();
      if (!link.isConnected) return;
      window.scrollTo(0, at);
      link.focus({ preventScroll: true });
      link.scrollIntoView({ block: "nearest" });
    });
    box.append(back, button("閉じる", "", closeWay));
    document.getElementById("main").append(box);
    back.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || link.hash.length < 2 || event.defaultPrevented) return;
    if (!target(link)) {
      // put right meanwhile, or a year that the tables do not show
      const section = decodeURIComponent(link.hash.slice(1)).match(/^(section-.+)-(?:finding|mark)-/)?.[1];
      event.preventDefault();
      location.hash = section && document.getElementById(section) ? section : "figures";
      shisaku.announce(section ? "この箇所は、もう直っているか変わっています。欄の初めを表示しました。" : "その値は表にありません。表の初めを表示しました。");
    } else if (link.matches(".to-cell")) {
      const cell = target(link);
      // after the browser has gone there
      setTimeout(() => {
        offerWayBack(link);
        shisaku.announce(`表の値は ${cell.textContent.trim() || "空"} です。`);
      });
    }
  });
})();
