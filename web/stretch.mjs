// SPDX-License-Identifier: AGPL-3.0-or-later
// An address of an utterance, "#s1234", that was given before the transcript was so long that it comes
// in stretches: to the one that has it.

const asked = /^#s([1-9][0-9]{0,8})$/.exec(location.hash);

if (asked && !document.getElementById(`s${asked[1]}`)) {
  const to = new URL(location.href);
  // Once: there may be no such utterance.
  if (to.searchParams.get("from") !== asked[1]) {
    to.searchParams.set("from", asked[1]);
    location.replace(to);
  }
}
