// SPDX-License-Identifier: AGPL-3.0-or-later
// Keeps the page of the floor as it is now: after each act it is fetched again, and only what
// changed is put in place, so that the focus stays where it is. A change of speaker and what is put
// to the group are announced once.

import { renew } from "./renew.mjs";

const spread = 400; // milliseconds, so that a thousand readers do not ask at once
const say = document.getElementById("say");
const spoken = ["say-speaker", "say-decision"];
const rough = 2000; // a clock that differs by less than this many milliseconds is right
let skew = 0; // of the server's clock and ours
let late = ""; // the request of whose time it was said that it is used up
let timer = 0;
let running = false;
let again = false;

// What had the focus may stand in another part of the page now (who was on the list has the floor):
// the focus is where it was.
function keepFocus(held) {
  if (!held || document.activeElement !== document.body) return;
  const e = document.getElementById(held);
  (e?.matches("button, [tabindex]") ? e : e?.querySelector("a[href], button"))?.focus({ preventScroll: true });
}

function announce(before) {
  const said = spoken.filter((id, i) => document.getElementById(id)?.textContent !== before[i]);
  if (said.length) say.textContent = said.map((id) => document.getElementById(id).textContent).join(" ");
}

// The clock of whoever speaks runs on from the moment in which the page was made.
function tick() {
  const clock = document.getElementById("clock");
  if (!clock) return;
  const { used, limit, made, pace, request } = clock.dataset;
  const now = Number(used) + (Math.max(0, Date.now() + skew - made) * pace) / 1000;
  const seconds = Math.floor(now / 1000);
  const over = Number(limit) > 0 && now > Number(limit);
  const rule = document.getElementById("clock-over");
  document.getElementById("clock-used").textContent =
    `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (over) clock.dataset.state = "late";
  if (!rule) return;
  rule.hidden = !over;
  if (over && late !== request) {
    late = request;
    say.textContent = rule.textContent;
  }
}

// The head of an answer says what time it is there.
function compare(date) {
  const differs = Date.parse(date) - Date.now();
  skew = Math.abs(differs) > rough ? differs : 0;
}

async function look() {
  timer = 0;
  running = true;
  again = false;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    compare(answer.headers.get("date"));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const before = spoken.map((id) => document.getElementById(id)?.textContent);
    const held = document.activeElement.closest("[data-live] [id]")?.id;
    for (const fresh of page.querySelectorAll("[data-live]")) {
      const old = document.getElementById(fresh.id);
      if (old) renew(old, fresh);
    }
    keepFocus(held);
    announce(before);
    tick();
  } catch (e) {
    if (!(e instanceof TypeError)) throw e; // the next act, or the next stream, asks again
  } finally {
    running = false;
    if (again) soon();
  }
}

function soon() {
  if (running) again = true;
  else timer ||= setTimeout(look, Math.random() * spread);
}

setInterval(tick, 1000);
const stream = new EventSource(`${location.pathname}/live`);
stream.addEventListener("moved", soon);
stream.addEventListener("open", soon); // whatever was missed before, or between two streams
