// SPDX-License-Identifier: AGPL-3.0-or-later
// A long list with a link in each line has one stop of the Tab key, not hundreds: it leads to the
// newest line (the last one, unless `first` says where), or to the one that was looked at last, and
// the arrow keys lead on from there.

// To be called whenever lines came or went.
export function rove(list, selector, first = -1) {
  const links = () => [...list.querySelectorAll(selector)];
  let at; // that one went to

  function settle() {
    const all = links();
    if (!all.includes(at)) at = undefined;
    const stop = at ?? all.at(first);
    for (const a of all) a.tabIndex = a === stop ? 0 : -1;
  }

  list.addEventListener("focusin", (e) => {
    if (!e.target.matches(selector)) return;
    at = e.target;
    settle();
  });
  list.addEventListener("keydown", (e) => {
    if (!e.target.matches(selector) || e.altKey || e.ctrlKey || e.metaKey) return;
    const all = links();
    const now = all.indexOf(e.target);
    const to = { ArrowUp: now - 1, ArrowDown: now + 1, Home: 0, End: all.length - 1 }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    all[Math.min(Math.max(to, 0), all.length - 1)].focus();
  });
  return settle;
}
