/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * live_kept: what is too long to be said at once goes piece by piece.
 *
 * Between two events nothing is held. Threads: the caller's lock.
 */
#ifndef ENGINE_LIVE_KEPT_H
#define ENGINE_LIVE_KEPT_H

#include "base/str.h"

struct live_kept {
	char *p; /* NULL: nothing is left */
	size_t n, at;
};

/*
 * Says the words, one after the other, at p, of n bytes; what does not fit is kept. How many bytes
 * were said now. Nothing is kept before it.
 */
size_t live_say_words(struct live_kept *k, const str *words, size_t words_n, char *p, size_t n);
/* The next piece of what is kept. */
size_t live_say_kept(struct live_kept *k, char *p, size_t n);
void live_kept_free(struct live_kept *k);

#endif
