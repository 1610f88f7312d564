/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/live_kept.h"

#include <stdlib.h>

#include "base/must.h"
#include "base/poison.h"

static size_t join(const str *words, size_t words_n, char *p, size_t n)
{
	size_t at = 0;

	for (size_t i = 0; i < words_n; i++) {
		mem_copy(p + at, n - at, words[i].p, words[i].n);
		at += words[i].n;
	}
	return at;
}

size_t live_say_words(struct live_kept *k, const str *words, size_t words_n, char *p, size_t n)
{
	size_t all = 0;

	for (size_t i = 0; i < words_n; i++)
		all += words[i].n;
	if (all <= n)
		return join(words, words_n, p, n);
	*k = (struct live_kept){.p = malloc(all), .n = all};
	must(k->p);
	(void)join(words, words_n, k->p, all);
	return live_say_kept(k, p, n);
}

size_t live_say_kept(struct live_kept *k, char *p, size_t n)
{
	size_t some = k->n - k->at < n ? k->n - k->at : n;

	mem_copy(p, n, k->p + k->at, some);
	k->at += some;
	if (k->at == k->n)
		live_kept_free(k);
	return some;
}

void live_kept_free(struct live_kept *k)
{
	free(k->p);
	*k = (struct live_kept){0};
}
