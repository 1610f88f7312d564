// SPDX-License-Identifier: AGPL-3.0-or-later
// Acts whose page stays, with its sound, its focus, and what is typed in it: forms and links that
// are marked data-act. A form is sent as the browser would send it; the form to which a link leads
// is opened here. A refusal is said here, in the words of the server. What is not understood is done
// as without a script: each form has a key, so that nothing is done twice.

import { load, renew } from "./renew.mjs";

const longest = 60000; // bytes that a browser goes on sending when the page is left: 64 kB
const place = document.getElementById("act");
const refused = document.createElement("div");
const kept = new Map(); // address: a form that gave its place to another, with what was typed in it
let open; // {href, link, from, title, nodes}: the form that is open here
let busy = false;
let page; // that the acts are of: {begin, end, refused}

// --- where the focus is ---

// The ids of what stands around an element, the nearest first.
export function whereabouts(e) {
  const ids = [];
  for (let at = e.closest("#main [id]"); at; at = at.parentElement.closest("#main [id]")) ids.push(at.id);
  return ids;
}

// What had the focus may be gone, or stand in another part of the page (who was on the list has the
// floor): the focus goes where it was, or to the first act beside it.
export function returnTo(ids) {
  for (const id of ids) {
    const e = document.getElementById(id);
    const to = e?.matches("a[href], button, [tabindex]")
      ? e
      : (e?.querySelector(".actions :is(a[href], button)") ?? e?.querySelector("a[href], button"));
    to?.focus({ preventScroll: true });
    if (to && document.activeElement === to) return;
  }
}

// Behind the part of the page where it was asked for; what is renewed there leaves it alone.
function putNear(e, ids, node) {
  const at = e.isConnected ? e : ids.map((id) => document.getElementById(id)).find(Boolean);
  const part = at?.closest("[data-live], section") ?? place;
  if (part !== node && part.nextElementSibling !== node) part.after(node);
}

// --- asking the server ---

// Nothing when there is no connection.
async function ask(address, how) {
  busy = true;
  try {
    return await load(address, how);
  } catch (e) {
    if (!(e instanceof TypeError)) throw e;
    return undefined;
  } finally {
    busy = false;
  }
}

// Without the address of a place in it: is the answer this page, as it is now?
const isHere = (answer) => answer.ok && answer.url === location.href.split("#")[0];

// A form that needs a script of its own stays at its own address.
function formIn(fresh) {
  return fresh.querySelector("#main script") ? null : fresh.querySelector("#main form.form");
}

// --- forms of other pages ---

function show(form) {
  if (open) kept.set(open.href, open);
  kept.delete(form.href);
  open = form;
  document.getElementById("act-title").textContent = form.title;
  document.getElementById("act-form").replaceChildren(...form.nodes);
  putNear(form.link, form.from, place);
  place.hidden = false;
  document.getElementById("act-title").focus();
}

function take(fresh, form, { href, link, from, done }) {
  form.dataset.act = done;
  const title = fresh.querySelector("#main h1").textContent;
  show({ href, link, from, title, nodes: [...fresh.querySelectorAll("#main > .lede"), form] });
}

function close() {
  const { link, from } = open;
  const had = place.contains(document.activeElement);
  open = undefined;
  place.hidden = true;
  document.getElementById("act-form").replaceChildren();
  if (!had && document.activeElement !== document.body) return;
  if (link.isConnected) link.focus();
  else returnTo(from);
}

async function follow(link) {
  const { href } = link;
  if (open?.href === href) return document.getElementById("act-title").focus();
  if (kept.has(href)) return show(kept.get(href));
  const how = { href, link, from: whereabouts(link), done: link.dataset.act };
  const got = await ask(href);
  const form = got?.answer.ok && formIn(got.page);
  if (form) take(got.page, form, how);
  else location.assign(href);
}

// --- refusals ---

function problem(words) {
  const div = document.createElement("div");
  div.className = "problems";
  div.setAttribute("role", "alert");
  div.append(...words);
  return div;
}

function paragraph(words) {
  const p = document.createElement("p");
  p.textContent = words;
  return p;
}

// What the server says is wrong, without ways to fields that are not here.
function problemIn(fresh) {
  const known = fresh.getElementById("problems");
  if (!known) return problem([...fresh.querySelectorAll("#main > p:not(.meta)")].map((p) => paragraph(p.textContent)));
  known.removeAttribute("id");
  known.removeAttribute("tabindex");
  for (const a of known.querySelectorAll("a")) a.replaceWith(a.textContent);
  return known;
}

function refuse(form, from, words) {
  refused.replaceChildren(words);
  putNear(form, from, refused);
  words.scrollIntoView({ block: "nearest" });
}

// Something must be filled in that a button does not have.
function asksMore(fresh, form) {
  const fields = [...fresh.querySelectorAll("#problems a")].map((a) => fresh.getElementById(a.hash.slice(1)));
  return fields.some((field) => field && !form.elements[field.name]);
}

// False: it can't be said here.
function sayRefusal(form, from, fresh) {
  const again = formIn(fresh);
  if (again && place.contains(form)) {
    again.dataset.act = form.dataset.act;
    renew(form, again);
    document.getElementById("problems")?.focus();
  } else if (again && asksMore(fresh, form)) {
    const link = form.querySelector("button");
    take(fresh, again, { href: form.action, link, from, done: form.dataset.act });
  } else {
    const words = problemIn(fresh);
    if (!words.textContent.trim()) return false;
    refuse(form, from, words);
  }
  page.refused();
  return true;
}

// --- sending ---

async function send(form) {
  const from = whereabouts(form);
  const before = page.begin();
  const fields = new FormData(form);
  const body = form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields);
  form.setAttribute("aria-busy", "true");
  // Who leaves the page at once has acted all the same.
  const keepalive = body instanceof URLSearchParams && `${body}`.length < longest;
  const got = await ask(form.action, { method: "POST", body, keepalive });
  form.removeAttribute("aria-busy");
  if (!got) {
    refuse(form, from, problem([paragraph(place.dataset.lost)]));
  } else if (got.answer.redirected) {
    refused.remove();
    if (place.contains(form)) close();
    page.end(isHere(got.answer) ? got : undefined, form.dataset.act, before);
  } else if (got.answer.ok || !sayRefusal(form, from, got.page)) {
    if (form.isConnected) form.submit();
    else location.reload();
  }
}

// One press is one act: the next button may stand where this one was.
const isSecond = (e) => e.detail > 1 || (e.repeat && (e.key === "Enter" || e.key === " "));

function onPress(e) {
  const pressed = e.target.closest("[data-act] button, a[data-act]");
  if (!pressed) return;
  if (isSecond(e)) {
    e.preventDefault();
    return;
  }
  if (e.type !== "click" || !pressed.matches("a") || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
  e.preventDefault();
  if (!busy) follow(pressed);
}

// begin() is called before an act is sent, and what it gives goes to end(got, done, before) when it
// was done: `got` is this page as it is now, if that is what the server answered, and `done` what to
// say unless the page says more. refused() is called when the page may not be what it was.
export function acts(of) {
  page = of;
  document.addEventListener("click", onPress);
  document.addEventListener("keydown", onPress);
  document.addEventListener("submit", (e) => {
    if (!e.target.matches("form[data-act]")) return;
    e.preventDefault();
    if (!busy) send(e.target);
  });
  document.getElementById("act-close").addEventListener("click", close);
}
