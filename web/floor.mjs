// SPDX-License-Identifier: AGPL-3.0-or-later
// Keeps the page of the floor as it is now: after each act it is fetched again, and only what
// changed is put in place, so that the focus stays where it is. A change of speaker and what is put
// to the group are announced once.

const spread = 400; // milliseconds, so that a thousand readers do not ask at once
const say = document.getElementById("say");
const spoken = ["say-speaker", "say-decision"];
const rough = 2000; // a clock that differs by less than this many milliseconds is right
let skew = 0; // of the server's clock and ours
let late = ""; // the request of whose time it was said that it is used up
let timer = 0;
let running = false;
let again = false;

// The old element takes on what the new one is, and keeps itself where nothing differs.
function renew(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  const same = old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && old.id === fresh.id;
  if (!same) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of [...fresh.attributes]) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  renewChildren(old, fresh);
}

// The ids that a node has or, if it has none, holds.
function ids(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  return node.id ? [node.id] : [...node.querySelectorAll("[id]")].map((e) => e.id);
}

// New children with the old ones that hold something of theirs: the same thing wherever it stands
// now. A list stays the same one when its first line has gone.
function pair(old, fresh) {
  const holders = new Map();
  for (const n of old.childNodes) for (const id of ids(n)) holders.set(id, n);
  const twins = new Map();
  const taken = new Set();
  for (const n of fresh.childNodes) {
    const twin = ids(n).map((id) => holders.get(id)).find((t) => t && !taken.has(t));
    if (!twin) continue;
    twins.set(n, twin);
    taken.add(twin);
  }
  return { twins, taken };
}

function renewChildren(old, fresh) {
  const { twins, taken } = pair(old, fresh);
  const gone = (n) => ids(n).length && !taken.has(n);
  for (const n of [...old.childNodes]) if (gone(n)) n.remove();
  let at = old.firstChild;
  for (const n of [...fresh.childNodes]) {
    const twin = twins.get(n) ?? (at && !taken.has(at) && !ids(n).length ? at : undefined);
    if (!twin) {
      old.insertBefore(n, at);
      continue;
    }
    if (twin.contains(document.activeElement)) {
      // What has the focus would lose it by moving: the others move behind it.
      while (at !== twin) {
        const next = at.nextSibling;
        old.insertBefore(at, twin.nextSibling);
        at = next;
      }
    }
    if (twin === at) at = at.nextSibling;
    else old.insertBefore(twin, at);
    renew(twin, n);
  }
  while (at) {
    const rest = at;
    at = at.nextSibling;
    rest.remove();
  }
}

// What had the focus may stand in another part of the page now (who was on the list has the floor):
// the focus is where it was.
function keepFocus(held) {
  if (!held || document.activeElement !== document.body) return;
  const e = document.getElementById(held);
  (e?.matches("button") ? e : e?.querySelector("a[href], button"))?.focus({ preventScroll: true });
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
