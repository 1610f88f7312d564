// SPDX-License-Identifier: AGPL-3.0-or-later
// Keeps the page of the floor as it is now: after each act it is fetched again, and only what
// changed is put in place, so that the focus stays where it is. A change of speaker and what is put
// to the group are announced once; to who acts, also that another act is done.

import { acts, returnTo, whereabouts } from "./act.mjs";
import { load, renew } from "./renew.mjs";

const spread = 400; // milliseconds, so that a thousand readers do not ask at once
const say = document.getElementById("say");
const spoken = ["say-speaker", "say-decision"];
const rough = 2000; // a clock that differs by less than this many milliseconds is right
let skew = 0; // of the server's clock and ours
let late = ""; // the request of whose time it was said that it is used up
let timer = 0;
let running = false;
let again = false;
let shown = 0; // pages that were put in place

const sentences = () => spoken.map((id) => document.getElementById(id).textContent);
const changed = (before) => sentences().filter((sentence, i) => sentence !== before[i]);

function announce(before) {
  const said = changed(before);
  if (said.length) say.textContent = said.join(" ");
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

function put({ answer, page }) {
  shown++;
  compare(answer.headers.get("date"));
  const before = sentences();
  const held = whereabouts(document.activeElement);
  for (const fresh of page.querySelectorAll("[data-live]")) {
    const old = document.getElementById(fresh.id);
    if (old) renew(old, fresh);
  }
  if (document.activeElement === document.body) returnTo(held);
  announce(before);
  tick();
}

async function look() {
  timer = 0;
  running = true;
  again = false;
  const known = shown;
  try {
    const got = await load(location.href);
    // The answer to an act that came meanwhile is as new as this one, or newer.
    if (known !== shown) again = true;
    else if (got.answer.ok) put(got);
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

// An act of one's own: the answer is this page, unless another list is shown. What was shown while it
// was on its way may be newer.
async function end(got, done, before) {
  if (got && before.shown !== shown) soon();
  if (got) put(got);
  else await look();
  document.activeElement.scrollIntoView({ block: "nearest" });
  if (!changed(before.sentences).length) say.textContent = done;
}

setInterval(tick, 1000);
acts({ begin: () => ({ sentences: sentences(), shown }), end, refused: soon });
const stream = new EventSource(`${location.pathname}/live`);
stream.addEventListener("moved", soon);
stream.addEventListener("open", soon); // whatever was missed before, or between two streams
