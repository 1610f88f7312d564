// SPDX-License-Identifier: AGPL-3.0-or-later
// Many check boxes: one stop of the Tab key, the arrow keys lead on, letters lead to the next label with
// a word that begins so.
import { rove } from "./rove.mjs";

const patience = 1000; // milliseconds between two letters of one word

const plain = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const begins = (label, typed) => plain(label).split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(typed));

function find(box) {
  const labels = [...box.querySelectorAll(".choice")];
  let typed = "";
  let at = 0;
  box.addEventListener("keydown", (e) => {
    if (e.key.length > 1 || e.key === " " || e.altKey || e.ctrlKey || e.metaKey) return;
    const again = e.timeStamp - at > patience;
    at = e.timeStamp;
    typed = (again ? "" : typed) + plain(e.key);
    // A new word leads on from here; a longer one may still mean the same.
    const here = labels.findIndex((x) => x.contains(e.target)) + (again ? 1 : 0);
    const all = [...labels.slice(here), ...labels.slice(0, here)];
    all.find((x) => begins(x.textContent, typed))?.querySelector("input").focus();
    e.preventDefault();
  });
}

for (const help of document.querySelectorAll("[data-for]")) {
  const box = document.getElementById(help.dataset.for)?.closest(".choices");
  if (!box || box.dataset.found) continue;
  box.dataset.found = "true";
  help.hidden = false;
  rove(box, "input", 0)();
  find(box);
}
