// SPDX-License-Identifier: AGPL-3.0-or-later
// "Since my last visit": the browser remembers, for each text, the newest entry of the record that
// it has shown. Nobody else knows it, and the page works without.

const line = document.querySelector(".last-visit");
const rest = 30 * 60 * 1000; // milliseconds after which coming back is another visit
const key = `visit:${location.pathname}`;

function load() {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {}; // no storage, or not ours
  }
}

function keep(visit) {
  try {
    localStorage.setItem(key, JSON.stringify(visit));
  } catch {
    // No storage: there is no last visit then.
  }
}

if (line) {
  const entry = Number(line.dataset.entry);
  const now = Date.now();
  const visit = load();
  // While a visit goes on, "last" stays the one before it.
  if (!visit.at || now - visit.at > rest) visit.last = { entry: visit.entry, at: visit.at };
  keep({ entry, at: now, last: visit.last });
  if (visit.last?.entry > 0 && visit.last.entry < entry) {
    const link = line.querySelector("a");
    const to = new URL(link.href);
    to.searchParams.set("since", visit.last.entry);
    link.href = to;
    const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    line.querySelector("span").textContent = when.format(visit.last.at);
    line.hidden = false;
  }
}
