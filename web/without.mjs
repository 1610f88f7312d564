// SPDX-License-Identifier: AGPL-3.0-or-later
// Going on without a stream, when an address has all its streams or the network forbids them: one asks
// once more soon; then the page is loaded now and then, and each time one asks again.

const slowly = 10000; // milliseconds between two looks

// Pages that lost their stream at the same moment do not come back at the same moment.
export const spread = (milliseconds) => milliseconds * (0.8 + 0.4 * Math.random());

/*
 * again() asks for the stream; load(milliseconds) loads the page then, which asks for the stream when
 * it has come; told(first) is called when that begins to be the way, and each time it goes on.
 */
export function without({ again, load, told }) {
  let refused = 0; // times, one after the other
  return {
    get now() {
      return refused > 1;
    },
    had() {
      refused = 0;
    },
    refused() {
      refused++;
      if (refused === 1) {
        setTimeout(again, 1000 + Math.random() * 2000);
        return;
      }
      told(refused === 2);
      load(spread(slowly));
    },
  };
}
