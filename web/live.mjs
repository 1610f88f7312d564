// SPDX-License-Identifier: AGPL-3.0-or-later
// Follows a meeting: puts what changed in its place, one piece at a time, and reads each event out
// once. The focus stays where it is, and what one scrolled back to stays in sight. What comes over
// the stream is described in doc/format/live.md.
import { acts } from "./act.mjs";
import { leaveLater, load, renew } from "./renew.mjs";
import { rove } from "./rove.mjs";
import { without } from "./without.mjs";

const $ = (id) => document.getElementById(id);
const root = $("live");
const parts = ["say", "blank", "now", "put", "shown", "head", "queue", "papers"];
const together = 40; // milliseconds; what comes within them is put in place at once
const steps = 1024; // numbers of changes for one state of the record
const patience = 2500; // before a lost connection is told

// --- reading out ---

// A new element each time, so that the same sentence is read a second time when it happens again.
function announce(sentence) {
  const p = document.createElement("p");
  p.textContent = sentence;
  $("live-say").replaceChildren(p);
}

const spoken = () =>
  new Map([...$("say").children].map((p) => [p.id, p.dataset.quiet ? "" : p.dataset.seq]));

function announceNew(before, all) {
  const now = [...$("say").children].filter(
    (p) => !p.dataset.quiet && p.dataset.seq !== before.get(p.id) && (all || p.id === "say-put"),
  );
  if (now.length) announce(now.map((p) => p.textContent).join(" "));
}

// --- pieces ---

const order = new Map(); // part: the keys of its pieces
let entries; // of which the page was made that was loaded
let paused = false;
let held = []; // while paused

// As told last, also while paused: a step changes these.
const told = new Map(); // part: keys of its pieces
const pristine = new Map(); // key: the piece as it came, before a clock ran in it

function learn(part, from) {
  const pieces = [...from.getElementById(part).children];
  order.set(part, pieces.map((e) => e.id));
  told.set(part, [...order.get(part)]);
  for (const e of pieces) pristine.set(e.id, e.cloneNode(true));
}

function element(markup) {
  const t = document.createElement("template");
  t.innerHTML = markup;
  return t.content.firstElementChild;
}

// The values of a piece, as they are counted in a step: attributes, and what stands between two tags.
function values(e, out = []) {
  for (const a of [...e.attributes]) out.push((v) => e.setAttribute(a.name, v));
  for (let node = e.firstChild; ; ) {
    const text = node?.nodeType === Node.TEXT_NODE ? node : undefined;
    const next = text ? text.nextSibling : node;
    out.push((v) => (text ? (text.nodeValue = v) : e.insertBefore(document.createTextNode(v), next)));
    if (!next) return out;
    values(next, out);
    node = next.nextSibling;
  }
}

function changed(key, change) {
  if (typeof change === "string") return element(change);
  const of = typeof change[0] === "string" ? change.shift() : key;
  const e = pristine.get(of)?.cloneNode(true);
  if (!e) return undefined;
  const at = values(e);
  e.id = key;
  for (let i = 0; i < change.length; i += 2) at[change[i]]?.(change[i + 1]);
  return e;
}

// Those that changed are put beside copies of the others, in their order. False: one is not known.
function place(part, fresh) {
  const old = $(part);
  const now = old.cloneNode(false);
  for (const key of order.get(part)) {
    const piece = fresh.get(key) ?? [...old.children].find((e) => e.id === key)?.cloneNode(true);
    if (!piece) return false;
    now.append(piece);
  }
  renew(old, now, leaveLater);
  return true;
}

// What is put to the group is never held back: one may want to object.
const urgent = (d) => !paused || d.p === "put" || d.p === "say";

function apply(changes) {
  const said = spoken();
  const fresh = new Map();
  for (const d of changes) {
    if (!order.has(d.p)) continue;
    if (!fresh.has(d.p)) fresh.set(d.p, new Map());
    if (d.i) fresh.get(d.p).set(d.i, d.piece.cloneNode(true));
    else order.set(d.p, d.keys);
  }
  const known = [...fresh].map(([part, elements]) => place(part, elements)).every(Boolean);
  announceNew(said, !paused);
  tick();
  if (!known) reset();
}

let coming = [];
let timer = 0;

function settle() {
  timer = 0;
  if (loading) return;
  const now = coming.filter(urgent);
  held.push(...coming.filter((d) => !urgent(d)));
  coming = [];
  apply(now);
}

function put(...changes) {
  coming.push(...changes);
  timer ||= setTimeout(settle, together);
}

// A piece, or the order of a part, as a whole.
function takePiece(d) {
  if (d.e <= entries || !told.has(d.p)) return;
  if (d.i) {
    const piece = element(d.t);
    pristine.set(d.i, piece);
    put({ p: d.p, i: d.i, piece });
    return;
  }
  const keys = d.t.split(" ").filter(Boolean);
  told.set(d.p, [...keys]);
  put({ p: d.p, keys });
}

// How the page became what it is from what it was when it was made of so many entries.
function takeStep([from, orders, pieces]) {
  if (from < entries) return;
  const fresh = Object.entries(pieces).map(([key, change]) => [key, changed(key, change)]);
  if (from > entries || fresh.some(([, piece]) => !piece)) {
    reset();
    return;
  }
  for (const [part, [at, gone, ...keys]] of Object.entries(orders)) {
    told.get(part)?.splice(at, gone, ...keys);
    if (told.has(part)) put({ p: part, keys: [...told.get(part)] });
  }
  for (const [key, piece] of fresh) {
    pristine.set(key, piece);
    const part = parts.find((p) => told.get(p).includes(key));
    if (part) put({ p: part, i: key, piece });
  }
}

// --- the page anew, when too much was missed or no stream is to be had ---

let loading;
let loaded = 0; // when
let missed = false; // lines, while paused

async function loadHere() {
  const here = new URL(location.href);
  if (lastLine()) here.searchParams.set("from", lastLine());
  const { answer, page } = await load(here);
  if (!answer.ok) throw new TypeError("not loaded");
  return page;
}

// The stream goes on where this page ends: so nothing is missed, and nothing comes twice.
function takePage(page) {
  const said = spoken();
  coming = [];
  held = [];
  for (const part of parts) learn(part, page);
  for (const part of parts) renew($(part), page.getElementById(part), leaveLater);
  learnNumbers(page.getElementById("live").dataset);
  if (paused) missed = true;
  else takeLines(page);
  announceNew(said, true);
  tick();
}

async function anew() {
  try {
    takePage(await loadHere());
    loaded = Date.now();
    loading = undefined;
    follow();
  } catch (e) {
    if (!(e instanceof TypeError)) throw e;
    gone();
    loading = setTimeout(anew, 1000 + Math.random() * 1000);
  }
}

function reset() {
  source?.close();
  loading ??= setTimeout(anew, Date.now() - loaded < 5000 ? 1000 + Math.random() * 1000 : 0);
}

// --- what is said ---

const roll = document.querySelector(".live-roll");
const list = $("said");
let waiting = []; // while paused
let unseen = 0; // new lines below what is in sight

const lastLine = () => Number(list.lastElementChild?.dataset.n ?? 0);
const atEnd = () => roll.scrollTop + roll.clientHeight >= roll.scrollHeight - 60;

function toEnd() {
  roll.scrollTop = roll.scrollHeight;
  unseen = 0;
  document.querySelector(".live-new").hidden = true;
}

function tellNew() {
  const button = $("live-newest");
  button.textContent = `${button.dataset.label} ${unseen}`;
  document.querySelector(".live-new").hidden = unseen === 0;
}

function putInOrder(li) {
  let before = list.lastElementChild;
  while (before && Number(before.dataset.n) > Number(li.dataset.n)) before = before.previousElementSibling;
  if (before) before.after(li);
  else list.prepend(li);
}

function lineOf(n) {
  const li = document.createElement("li");
  li.id = `c-${n}`;
  li.dataset.n = n;
  li.dir = "auto";
  li.append(document.createElement("span"));
  li.lastChild.lang = root.dataset.captions;
  putInOrder(li);
  return li;
}

// Who speaks is named when it is another one than in the line before.
function name(li) {
  const same = li.previousElementSibling?.dataset.s === li.dataset.s;
  const b = li.querySelector("b");
  if (!li.dataset.s || same) {
    b?.remove();
    return;
  }
  const now = b ?? document.createElement("b");
  if (!b) li.prepend(now, " ");
  const bdi = document.createElement("bdi");
  bdi.textContent = li.dataset.s;
  now.replaceChildren(bdi);
}

// [line, characters that stay, what follows, who speaks]; of a line that is gone its number alone.
function putLine([n, kept, words, speaker]) {
  const known = $(`c-${n}`);
  if (words === undefined) {
    const next = known?.nextElementSibling;
    known?.remove();
    if (next) name(next);
    return;
  }
  const before = [...(known?.querySelector("span").textContent ?? "")];
  if (before.length < kept) {
    // Unless it is of an earlier part of the meeting that is not shown here.
    if (known || n > lastLine()) reset();
    return;
  }
  const li = known ?? lineOf(n);
  li.querySelector("span").textContent = before.slice(0, kept).join("") + words;
  if (!kept) li.dataset.s = speaker ?? "";
  name(li);
  if (li.nextElementSibling) name(li.nextElementSibling);
  if (!known) unseen++;
  speak(li);
}

function putLines(lines) {
  const follow = atEnd();
  lines.forEach(putLine);
  if (follow) toEnd();
  else tellNew();
}

function takeLine(d) {
  waiting.push(d);
  if (!paused) putLines(waiting.splice(0));
}

// --- the address of each line: while one has paused, so that nobody who follows passes hundreds ---

const stopOnce = rove(list, ".live-at");

function addressOf(li) {
  const n = li.id.replace(/^\D+/, "");
  return Number(li.dataset.n)
    ? [list.dataset.line, n, `captions/${root.dataset.captions}/lines/${n}`]
    : [list.dataset.utterance, n, `transcript?from=${n}#s${n}`];
}

function putAddress(li) {
  if (li.querySelector(".live-at")) return;
  const [label, n, to] = addressOf(li);
  const a = document.createElement("a");
  a.className = "live-at";
  a.href = to;
  a.textContent = `${label} ${n}`;
  li.append(" ", a);
}

// It has no text: a line is what its span says.
function dropAddress(li) {
  li.querySelector(".live-at")?.remove();
  li.normalize();
}

function putAddresses() {
  const follow = atEnd();
  for (const li of list.children) (paused ? putAddress : dropAddress)(li);
  $("said-help").hidden = !paused || !list.children.length;
  stopOnce();
  if (follow) roll.scrollTop = roll.scrollHeight;
}

// Lines of the page that was loaded: those that are not here yet, and newer words of the others.
function takeLines(page) {
  const follow = atEnd();
  for (const li of page.querySelectorAll("#said > li")) {
    const known = $(li.id);
    if (known) {
      renew(known, li);
    } else {
      putInOrder(li);
    }
  }
  if (follow) toEnd();
}

$("live-earlier")?.addEventListener("click", async (e) => {
  e.preventDefault();
  const link = $("live-earlier");
  const height = roll.scrollHeight;
  const { page } = await load(link.href);
  takeLines(page);
  putAddresses();
  roll.scrollTop += roll.scrollHeight - height;
  const more = page.getElementById("live-earlier");
  if (more) link.href = more.href;
  else link.removeAttribute("href");
});
$("live-newest").addEventListener("click", toEnd);
roll.addEventListener("scroll", () => atEnd() && unseen && toEnd(), { passive: true });

// --- captions read out: only when one asked for it, a line when the next one begins ---

let aloud = false;
let speaking;

function speak(li) {
  if (!aloud) return;
  if (speaking && speaking !== li && speaking.isConnected) {
    const p = document.createElement("p");
    p.lang = speaking.querySelector("span").lang;
    p.textContent = speaking.textContent;
    const all = $("live-spoken");
    all.append(p);
    while (all.children.length > 3) all.firstElementChild.remove();
  }
  speaking = li;
}

// --- switches ---

document.querySelector(".live-switches").hidden = false;

function press(button, on) {
  button.setAttribute("aria-pressed", on);
  return on;
}

$("live-pause").addEventListener("click", (e) => {
  paused = press(e.currentTarget, !paused);
  tell();
  putAddresses();
  if (paused) return;
  if (missed) {
    waiting = [];
    reset();
  }
  missed = false;
  putLines(waiting.splice(0));
  apply(held.splice(0));
});
$("live-aloud").addEventListener("click", (e) => {
  aloud = press(e.currentTarget, !aloud);
});

const said = document.querySelector(".live-said");

function size(n) {
  const follow = atEnd();
  said.dataset.size = n;
  for (const a of document.querySelectorAll("a[data-size]")) {
    if (a.dataset.size === n) a.setAttribute("aria-current", "true");
    else a.removeAttribute("aria-current");
  }
  if (follow) toEnd();
}

for (const a of document.querySelectorAll("a[data-size]"))
  a.addEventListener("click", (e) => {
    e.preventDefault();
    size(a.dataset.size);
    try {
      localStorage.setItem("live-size", a.dataset.size);
    } catch {
      // Not kept: it holds until the page is left.
    }
  });

// --- how long one has spoken ---

function tick() {
  const { now, made, pace } = root.dataset;
  const time = Number(now) + ((Date.now() - Number(made)) * Number(pace)) / 1000;
  for (const e of document.querySelectorAll(".live-clock")) {
    const run = e.dataset.since ? (time - Date.parse(e.dataset.since)) / 1000 : 0;
    const s = Math.max(0, Math.floor(Number(e.dataset.used) + run));
    const text = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
    if (e.textContent !== text && !paused) e.textContent = text;
    e.toggleAttribute("data-over", Number(e.dataset.limit) > 0 && s > Number(e.dataset.limit));
  }
}
setInterval(tick, 1000);

// --- the stream ---

let source;
let seen; // "PAGE.CAPTIONS": the last changes that were seen
let lost = false;

function learnNumbers(d) {
  entries = Math.floor(Number(d.at) / steps);
  seen = `${d.at}.${d.linesAt}`;
}

function tell() {
  const d = $("live-told").dataset;
  $("live-told").textContent = lost ? d.lost : paused ? d.paused : stream.now ? d.slow : d.on;
}

let losing = 0;

function gone() {
  losing ||= setTimeout(() => {
    lost = true;
    tell();
    announce($("live-told").dataset.lost);
  }, patience);
}

function back() {
  clearTimeout(losing);
  losing = 0;
  if (lost) announce($("live-told").dataset.back);
  lost = false;
  tell();
}

const stream = without({
  again: follow,
  load: (milliseconds) => (loading ??= setTimeout(anew, milliseconds)),
  told: (first) => {
    back();
    if (first) announce($("live-told").dataset.slow);
  },
});

function follow() {
  const { lang, captions } = root.dataset;
  source = new EventSource(`${location.pathname}/events?${new URLSearchParams({ lang, captions, after: seen })}`);
  source.onopen = () => {
    stream.had();
    back();
  };
  source.onmessage = (e) => {
    const d = JSON.parse(e.data);
    if (!Array.isArray(d)) takePiece(d);
    else if (typeof d[1] === "object") takeStep(d);
    else takeLine(d);
    if (!e.lastEventId) return;
    seen = e.lastEventId;
    entries = Math.max(entries, Math.floor(Number.parseInt(seen, 10) / steps));
  };
  source.addEventListener("reset", reset);
  source.onerror = (e) => {
    if (e.target !== source) return;
    if (source.readyState === EventSource.CLOSED) stream.refused();
    else gone();
  };
}

// What an act changes comes over the stream; who acts is told besides that it is done.
acts({ begin() {}, end: (got, done) => done && announce(done), refused() {} });
learnNumbers(root.dataset);
for (const part of parts) learn(part, document);
try {
  const kept = localStorage.getItem("live-size");
  if (kept && !new URL(location.href).searchParams.has("size")) size(kept);
} catch {
  // Nothing is kept in this browser.
}
toEnd();
tick();
tell();
follow();
