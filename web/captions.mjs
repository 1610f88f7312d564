// SPDX-License-Identifier: AGPL-3.0-or-later
// Live captions: shows lines while they are written, and sends what a captioner types. What could not
// be sent is kept in this browser and sent when the link is back, each piece under its number.

import { leaveLater, load, renew } from "./renew.mjs";
import { rove } from "./rove.mjs";
import { spread, without } from "./without.mjs";

const list = document.getElementById("captions");
const told = document.getElementById("captions-told");
const most = document.getElementById("say-line") ? 12 : Infinity; // lines that who writes looks back on
const known = new Map(); // line -> {text, speaker, began}
const settle = rove(list, "a");
let seen;
let source;

function learn(from) {
  known.clear();
  seen = Number(from.dataset.id);
  for (const li of from.children) {
    const [meta, words] = li.children;
    known.set(Number(li.dataset.line), {
      t: words.textContent,
      s: meta.querySelector("strong")?.textContent,
      at: Date.parse(meta.querySelector("time").dateTime) / 1000,
    });
  }
}

// --- reading ---

function element(name, text, attributes = {}) {
  const e = document.createElement(name);
  e.textContent = text;
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  return e;
}

function drawn(n) {
  const line = known.get(n);
  const began = new Date(line.at * 1000);
  const li = element("li", "", { id: `l${n}`, "data-line": n });
  const meta = element("p", "", { class: "meta" });
  const link = element("a", "", { href: `${list.dataset.to}/lines/${n}` });
  link.append(element("time", `${began.toISOString().slice(11, 19)} UTC`, { datetime: began.toISOString() }));
  meta.append(link);
  if (line.s) meta.append(" · ", element("strong", line.s));
  li.append(meta, element("p", line.t, { dir: "auto" }));
  return li;
}

// The link of a line keeps the focus while its words change.
function draw(n) {
  const old = document.getElementById(`l${n}`);
  if (old) renew(old, drawn(n));
  else list.insertBefore(drawn(n), [...list.children].find((x) => Number(x.dataset.line) > n) ?? null);
  if (list.children.length > most) leaveLater(list.children[0]);
  settle();
}

function take(e) {
  const id = Number(e.lastEventId);
  if (id <= seen) return;
  seen = id;
  const change = JSON.parse(e.data);
  if (change.gone) {
    known.delete(change.n);
    const li = document.getElementById(`l${change.n}`);
    if (li) leaveLater(li);
    settle();
    return;
  }
  const before = known.get(change.n) ?? { t: "" };
  // Characters are counted as people do, not as UTF-16 does.
  const kept = change.k ? [...before.t].slice(0, change.k).join("") : "";
  known.set(change.n, { ...(change.k ? before : {}), ...change, t: kept + change.t });
  draw(change.n);
}

function tell(sentence) {
  told.hidden = !sentence;
  if (sentence && told.textContent !== sentence) told.textContent = sentence;
}

// The lines as they are now, when too much was missed or no stream is to be had. The rest of the page
// stays as it is: somebody types in it.
let loading = 0;

async function anew() {
  loading = 0;
  try {
    const { answer, page } = await load(location.href);
    if (!answer.ok) throw new TypeError("not loaded");
    const fresh = page.getElementById("captions");
    learn(fresh);
    renew(list, fresh, leaveLater);
    settle();
    follow();
  } catch (e) {
    if (!(e instanceof TypeError)) throw e;
    tell(told.dataset.lost);
    later(spread(2000));
  }
}

const later = (milliseconds) => (loading ||= setTimeout(anew, milliseconds));
const stream = without({ again: follow, load: later, told: () => tell(told.dataset.slow) });

function follow() {
  source = new EventSource(`${list.dataset.captions}?after=${seen}`);
  source.onopen = () => {
    stream.had();
    tell("");
  };
  source.onmessage = take;
  source.addEventListener("reset", () => {
    source.close();
    later(spread(1000));
  });
  source.onerror = (e) => {
    if (e.target.readyState === EventSource.CLOSED) stream.refused();
    else tell(told.dataset.lost);
  };
}
learn(list);
settle();
follow();

// --- writing ---

const form = document.getElementById("say-line");
const pause = 250; // milliseconds between two pieces that are sent while one types, at least

function writer() {
  const store = `captions ${list.dataset.captions}`;
  const away = document.getElementById("say-told");
  const failed = document.getElementById("say-failed");
  const dropped = document.getElementById("say-dropped");
  const words = form.words;
  // {seq, back, piece}: so many characters back, then these; taken off when the server has it.
  let queue = [];
  try {
    queue = JSON.parse(localStorage.getItem(store) ?? "[]");
  } catch {
    // Not ours, or not allowed: begin with nothing.
  }
  let next = Math.max(Number(form.seq.value), ...queue.map((x) => x.seq + 1));
  let sent = ""; // of the line that is being typed
  let named = "";
  let last; // line that was ended: {text, at}
  const replace = document.getElementById("replace-line");
  let timer;
  let sending = false;

  const keep = () => {
    try {
      localStorage.setItem(store, JSON.stringify(queue));
    } catch {
      // It is kept in this page all the same.
    }
  };

  function put(back, piece) {
    queue.push({ seq: next++, back, piece });
    keep();
    send();
  }

  // Another window of the same person has used the number: these come after its own.
  async function count() {
    const answer = await fetch(location.href, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    next = (await answer.json()).seq + 1;
    for (const x of queue) x.seq = next++;
    keep();
  }

  async function one() {
    const { seq, back, piece } = queue[0];
    const body = new URLSearchParams({ _token: form._token.value, seq, back, piece });
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.ok) {
      queue.shift();
      keep();
      dropped.hidden = !(await answer.json()).note;
      return true;
    }
    if (answer.status === 409) await count();
    failed.hidden = answer.status >= 500;
    return false;
  }

  async function send() {
    if (sending) return;
    sending = true;
    let fine = true;
    while (fine && queue.length) {
      try {
        fine = await one();
      } catch {
        fine = false;
      }
      away.hidden = fine;
    }
    if (fine) failed.hidden = true;
    sending = false;
    if (!fine) setTimeout(send, 1000);
  }

  // What is typed against what was sent: so many characters back, then the rest.
  function type() {
    timer = undefined;
    const label = form.speaker.value.trim();
    const before = [...sent];
    const now = [...(words.value && label && label !== named ? `>> ${label}: ${words.value}` : words.value)];
    let same = 0;
    while (same < before.length && same < now.length && before[same] === now[same]) same++;
    if (same < before.length || same < now.length) put(before.length - same, now.slice(same).join(""));
    sent = now.join("");
  }

  words.addEventListener("input", () => (timer ??= setTimeout(type, pause)));

  form.addEventListener("submit", (e) => {
    e.preventDefault();
    if (!words.value.trim()) return;
    clearTimeout(timer);
    type();
    put(0, "\n");
    last = { text: sent, at: Date.now() };
    replace.words.value = words.value;
    replace.hidden = false;
    named = form.speaker.value.trim();
    sent = "";
    words.value = "";
    words.focus();
  });

  // Back over what is being typed and the last line; then both again. What is older than half a
  // minute, or was typed before this page was opened, goes to the server as a form.
  replace.addEventListener("submit", (e) => {
    if (!last || Date.now() - last.at > 25000 || queue.length) return;
    e.preventDefault();
    clearTimeout(timer);
    type();
    const label = last.text.match(/^>> [^:]*: /)?.[0] ?? "";
    const text = label + replace.words.value.trim();
    put([...sent].length + 1 + [...last.text].length, `${text}\n${sent}`);
    last = { text, at: Date.now() };
    words.focus();
  });
  send();
}

if (form) writer();
