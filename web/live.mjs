// SPDX-License-Identifier: AGPL-3.0-or-later
// Follows a meeting: puts what changed in its place, one piece at a time, and reads each event out
// once. The focus stays where it is, and what one scrolled back to stays in sight. What comes over
// the two streams is described in doc/format/live.md and captions.md.
import { leaveLater, renew } from "./renew.mjs";

const $ = (id) => document.getElementById(id);
const root = $("live");
const parts = ["say", "now", "put", "shown", "head", "queue", "papers"];
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
let at; // the last change that the page holds
let paused = false;
let held = []; // while paused

function learn(part) {
  order.set(part, [...$(part).children].map((e) => e.id));
}

function element(markup) {
  const t = document.createElement("template");
  t.innerHTML = markup;
  return t.content.firstElementChild;
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
    if (d.i) fresh.get(d.p).set(d.i, element(d.t));
    else order.set(d.p, d.t.split(" ").filter(Boolean));
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

function take(e) {
  const id = Number(e.lastEventId);
  if (id <= at) return;
  at = id;
  coming.push(JSON.parse(e.data));
  timer ||= setTimeout(settle, together);
}

// --- the page anew, when too much was missed ---

let loading;
let missed = false; // lines, while paused

async function load(from) {
  const here = new URL(location.href);
  if (from) here.searchParams.set("from", from);
  const answer = await fetch(here, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new TypeError("not loaded");
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function anew() {
  try {
    const page = await load(lastLine());
    const said = spoken();
    for (const part of parts) renew($(part), page.getElementById(part), leaveLater);
    for (const part of parts) learn(part);
    const loaded = Number(page.getElementById("live").dataset.at);
    at = Math.max(at, loaded);
    // Of what came meanwhile only what the page does not hold: it names the entries it is made of.
    const newer = (d) => d.e > Math.floor(loaded / steps);
    coming = coming.filter(newer);
    held = [];
    if (coming.length) timer ||= setTimeout(settle, together);
    if (paused) missed = true;
    else takeLines(page);
    loading = undefined;
    announceNew(said, true);
    tick();
  } catch (e) {
    if (!(e instanceof TypeError)) throw e;
    loading = setTimeout(anew, 1000 + Math.random() * 1000);
  }
}

const reset = () => (loading ??= anew());

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

function put(li) {
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
  put(li);
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

function putLine(d) {
  const known = $(`c-${d.n}`);
  if (d.gone) {
    const next = known?.nextElementSibling;
    known?.remove();
    if (next) name(next);
    return;
  }
  if (!known && d.k > 0) return void reset();
  const li = known ?? lineOf(d.n);
  const text = li.querySelector("span");
  text.textContent = d.k ? [...text.textContent].slice(0, d.k).join("") + d.t : d.t;
  if (!d.k) li.dataset.s = d.s ?? "";
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

let linesAt = -1;

function takeLine(e) {
  linesAt = Math.max(linesAt, Number(e.lastEventId));
  waiting.push(JSON.parse(e.data));
  if (!paused) putLines(waiting.splice(0));
}

// Lines of the page that was loaded: those that are not here yet, and newer words of the others.
function takeLines(page) {
  const follow = atEnd();
  for (const li of page.querySelectorAll("#said > li")) {
    const known = $(li.id);
    if (known) {
      renew(known, li);
    } else {
      put(li);
    }
  }
  if (follow) toEnd();
}

$("live-earlier")?.addEventListener("click", async (e) => {
  e.preventDefault();
  const link = $("live-earlier");
  const height = roll.scrollHeight;
  const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
  takeLines(page);
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
  if (paused) return;
  if (missed) reset();
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

// --- the two streams ---

const streams = new Set(); // those that are connected
let lost = false;

function tell() {
  const d = $("live-told").dataset;
  $("live-told").textContent = lost ? d.lost : paused ? d.paused : d.on;
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
  if (streams.size < wanted.length) return;
  clearTimeout(losing);
  losing = 0;
  if (lost) announce($("live-told").dataset.back);
  lost = false;
  tell();
}

const wanted = [
  {
    address: () => `${location.pathname}/events?lang=${root.dataset.lang}&after=${at}`,
    take,
  },
];
if (root.dataset.captions)
  wanted.push({
    address: () => `${root.dataset.lines}?calm=1&after=${linesAt}`,
    take: takeLine,
  });

function follow(w) {
  const source = new EventSource(w.address());
  source.onopen = () => {
    streams.add(w);
    back();
  };
  source.onmessage = w.take;
  source.addEventListener("reset", reset);
  source.onerror = () => {
    streams.delete(w);
    gone();
    // Answered with something else than a stream: the browser does not try again by itself.
    if (source.readyState === EventSource.CLOSED) setTimeout(follow, 1000 + Math.random() * 2000, w);
  };
}

at = Number(root.dataset.at);
linesAt = Number(root.dataset.linesAt ?? -1);
parts.forEach(learn);
try {
  const kept = localStorage.getItem("live-size");
  if (kept && !new URL(location.href).searchParams.has("size")) size(kept);
} catch {
  // Nothing is kept in this browser.
}
toEnd();
tick();
tell();
wanted.forEach(follow);
