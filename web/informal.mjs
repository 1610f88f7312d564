// SPDX-License-Identifier: AGPL-3.0-or-later
// Shows a paragraph while it is typed, to all who look on; and sends what its editor types.

const live = document.getElementById("live");
const area = document.querySelector("#live-edit textarea[name=text]");
const base = document.getElementById("live-base").textContent;
const pause = 120; // milliseconds between two texts that are sent, at least
const spoken = 8000; // between two that are read out

let seq = 0; // of the state that is shown
let text = base;
let source;

// --- what changed, word by word ---

const words = (s) => s.match(/\s+|[\p{L}\p{N}\p{M}'’-]+|[^\s\p{L}\p{N}\p{M}]/gu) ?? [];

// Lengths of the longest common runs of the ends of a and b.
function common(a, b) {
  const w = b.length + 1;
  const n = new Uint16Array((a.length + 1) * w);
  for (let i = a.length - 1; i >= 0; i--)
    for (let k = b.length - 1; k >= 0; k--)
      n[i * w + k] = a[i] === b[k] ? n[(i + 1) * w + k + 1] + 1 : Math.max(n[(i + 1) * w + k], n[i * w + k + 1]);
  return n;
}

// Pieces of {how, text}; how is "same", "ins" or "del".
function compare(before, after) {
  const a = words(before);
  const b = words(after);
  if (a.length * b.length > 4e6) return [{ how: "same", text: after }];
  const n = common(a, b);
  const w = b.length + 1;
  const out = [];
  const put = (how, s) => (out.at(-1)?.how === how ? (out.at(-1).text += s) : out.push({ how, text: s }));
  let i = 0;
  let k = 0;
  while (i < a.length || k < b.length) {
    if (i < a.length && k < b.length && a[i] === b[k]) put("same", b[k++]), i++;
    else if (k === b.length || (i < a.length && n[(i + 1) * w + k] >= n[i * w + k + 1])) put("del", a[i++]);
    else put("ins", b[k++]);
  }
  return out;
}

// --- showing ---

let drawing = false;
let speaking;

function draw() {
  drawing = false;
  const nodes = compare(base, text).map((piece) => {
    if (piece.how === "same") return document.createTextNode(piece.text);
    const e = document.createElement(piece.how);
    e.textContent = piece.text;
    return e;
  });
  document.getElementById("live-change").replaceChildren(...nodes);
}

// Who listens hears the text when it has rested, not every key.
function speak() {
  speaking = undefined;
  document.getElementById("live-spoken").textContent = text;
}

function show(fresh) {
  if (fresh === text) return;
  text = fresh;
  if (!drawing) requestAnimationFrame(draw);
  drawing = true;
  if (!area) speaking ??= setTimeout(speak, spoken);
}

function take(state) {
  // What one sent oneself comes back, perhaps after a newer one was taken.
  if (!typed || state.seq > seq) seq = state.seq;
  if (state.seq === 0) return;
  if (!area) return show(state.text);
  // Words that were typed before this page was opened, by oneself or by who edited before.
  if (area.value === area.defaultValue && !typed) {
    area.value = state.text;
    show(state.text);
  }
}

// --- following ---

async function ask() {
  const answer = await fetch(live.dataset.live, { headers: { Accept: "application/json" } });
  if (answer.ok) take(await answer.json());
  return answer.ok;
}

// Something was written to the record: it may be that another one edits now, or that it has ended.
let looking;
function moved() {
  looking ??= setTimeout(look, 200 + Math.random() * 800);
}

async function look() {
  looking = undefined;
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.getElementById("live")?.dataset;
  document.getElementById("standing").replaceWith(page.getElementById("standing"));
  const mine = Boolean(page.getElementById("live-edit")) === Boolean(area);
  if (now && mine) return;
  document.getElementById("live-ended").hidden = false;
  if (!now) source?.close();
}

const told = (lost) => (document.getElementById("live-told").hidden = !lost);

function follow() {
  source = new EventSource(live.dataset.live);
  source.onopen = () => {
    told(false);
    // A server that was started anew knows nothing of what was typed.
    if (typed) send();
  };
  source.onmessage = (e) => take(JSON.parse(e.data));
  source.addEventListener("moved", moved);
  source.onerror = () => {
    told(true);
    if (source.readyState === EventSource.CLOSED) setTimeout(poll, 1000);
  };
}

// Where events do not come through (a proxy, too many at once): the state, every second.
async function poll() {
  let fine = false;
  try {
    fine = await ask();
  } catch {
    // Not connected: the next time.
  }
  told(!fine);
  if (!fine) moved();
  setTimeout(poll, fine ? 1000 : 5000);
}

// --- editing ---

let typed = false;
let waiting;
let sending = false;
let again = false;

async function send() {
  waiting = undefined;
  if (sending) return void (again = true);
  sending = true;
  again = false;
  const body = new URLSearchParams({ _token: area.form._token.value, text: area.value, seq });
  try {
    const answer = await fetch(live.dataset.live, { method: "POST", body });
    if (answer.ok || answer.status === 409) seq = (await answer.json()).seq;
    // Somebody was faster: another window of the same person. The last one who types counts.
    if (answer.status === 409) again = true;
    told(!answer.ok && answer.status !== 409);
    if (answer.status === 403 || answer.status === 404) moved();
  } catch {
    told(true);
  }
  sending = false;
  if (again) waiting ??= setTimeout(send, pause);
}

area?.addEventListener("input", () => {
  typed = true;
  show(area.value);
  waiting ??= setTimeout(send, pause);
});

if (window.EventSource) follow();
else poll();
