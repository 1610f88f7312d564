// SPDX-License-Identifier: AGPL-3.0-or-later
// An address of an utterance, "#s1234", or of a passage in one, "#passage-12", that was given before the
// transcript was so long that it comes in stretches: to the one that has it.

const asked = /^#(s|passage-)([1-9][0-9]{0,8})$/.exec(location.hash);

if (asked && !document.getElementById(location.hash.slice(1))) {
  const name = asked[1] === "s" ? "from" : "passage";
  const to = new URL(location.href);
  // Once: there may be no such utterance.
  if (to.searchParams.get(name) !== asked[2]) {
    to.search = "";
    to.searchParams.set(name, asked[2]);
    location.replace(to);
  }
}
