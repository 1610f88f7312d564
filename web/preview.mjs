// SPDX-License-Identifier: AGPL-3.0-or-later
// Shows what a form would do while one types: the same answer that its preview button gets.

const form = document.querySelector("form.form:has(button[name=_preview])");
const pause = 150; // milliseconds without a key

let timer, running;

async function show() {
  running?.abort();
  running = new AbortController();
  const body = new URLSearchParams(new FormData(form));
  body.set("_preview", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body, signal: running.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("preview");
    // Only what changed is put in place, so that it is read out once.
    const now = document.getElementById("preview");
    if (fresh && fresh.innerHTML !== now.innerHTML) now.replaceChildren(...fresh.childNodes);
  } catch (e) {
    if (e.name !== "AbortError") throw e;
  }
}

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, pause);
});
