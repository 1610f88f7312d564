// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes a piece of a page as the same piece of a newer one is: only what changed is put in place,
// so that the focus stays where it is.

// A page as it is now: the answer, and what stands in it. TypeError: there is no connection.
export async function load(address, how = {}) {
  const answer = await fetch(address, { headers: { accept: "text/html" }, ...how });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { answer, page: fresh };
}

// For renew: what has the focus goes when the focus leaves it.
export function leaveLater(node) {
  if (!node.contains(document.activeElement)) {
    node.remove();
    return;
  }
  node.setAttribute("data-gone", "");
  node.addEventListener("focusout", () => node.hasAttribute("data-gone") && node.remove(), { once: true });
}

// The old element takes on what the new one is, and keeps itself where nothing differs.
export function renew(old, fresh, leave = (node) => node.remove()) {
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
  renewChildren(old, fresh, leave);
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

function renewChildren(old, fresh, leave) {
  const { twins, taken } = pair(old, fresh);
  const gone = (n) => ids(n).length && !taken.has(n);
  for (const n of [...old.childNodes]) if (gone(n)) leave(n);
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
    renew(twin, n, leave);
  }
  while (at) {
    const rest = at;
    at = at.nextSibling;
    leave(rest);
  }
}
