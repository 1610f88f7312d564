/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "acts.h"

#include "record/verify.h"

#include <stdio.h>

#include "base/poison.h"

static enum rc append_one(struct store *s, struct arena *a, int64_t n, struct err *err)
{
	struct rng_seeded seed;
	struct log_done done;
	str number = arena_printf(a, "act %lld", (long long)n);
	str paragraphs[] = {number, S("and a second paragraph")};
	struct log_part parts[] = {
	    {.media = S("application/json"), .body = number},
	    {.media = S("text/plain;blocks"), .blocks = paragraphs, .blocks_n = 2},
	};
	struct log_act act = {
	    .type = S("crash.act"),
	    .actor = ACTOR_SYSTEM,
	    .key = arena_printf(a, "act-%lld", (long long)n),
	    .parts = parts,
	    .parts_n = 1 + (size_t)(n & 1),
	    .time = n * USEC_SECOND,
	    .expect_seq = LOG_ANY,
	};
	return log_append(s, a, rng_from_seed(&seed, act.key), S(ACTS_LOG), &act, &done, err);
}

enum rc acts_append(struct store *s, struct arena *a, int64_t first, int64_t n, struct err *err)
{
	AUTO_TX struct store_tx tx = {0};
	TRY(store_begin(s, &tx, err));
	for (int64_t i = first; i < first + n; i++)
		TRY(append_one(s, a, i, err));
	return store_commit(&tx, err);
}

/* Acts are sent in order and each once, so act n is entry n if nothing was lost or doubled. */
bool acts_are_there(struct store *s, struct arena *a, int64_t n)
{
	struct store_entry *found;
	size_t got;
	struct err err;
	if (n == 0)
		return true;
	if (s->ops->read(s, a, S(ACTS_LOG), 0, (size_t)n, STORE_WITH_PARTS, &found, &got, &err) !=
	        OK ||
	    got != (size_t)n)
		return false;
	for (size_t i = 0; i < got; i++) {
		str key = arena_printf(a, "\nkey act-%zu\n", i);
		str body = arena_printf(a, "act %zu", i);
		if (found[i].seq != (int64_t)i || str_find(found[i].text, key) == SIZE_MAX ||
		    found[i].parts_n != 1 + (i & 1) || !str_eq(found[i].parts[0].body, body))
			return false;
	}
	return true;
}

static void tell(void *ctx, const struct verify_finding *f)
{
	(void)ctx;
	fprintf(stderr, "# entry %lld part %d: %.*s\n", (long long)f->seq, f->part, STR(f->what));
}

bool acts_verify(struct store *s)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct verify_how how = {.tell = tell};
	struct verify_result result;
	struct err err;
	enum rc code = verify_store(a, s, S(ACTS_LOG), &how, &result, &err);
	if (code == ABSENT)
		return true; /* nothing was ever committed */
	if (code != OK)
		fprintf(stderr, "# verify: %.*s\n", STR(err_text(&err, a)));
	return code == OK && result.findings == 0;
}
