/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/verify_check.h"

#include "record/media.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/poison.h"

#define SENTENCE_MAX 512

enum rc check_tell(
    struct check *c, const struct check_place *at, struct err *err, const char *fmt, ...)
{
	char sentence[SENTENCE_MAX];
	va_list args;
	va_start(args, fmt);
	vsnprintf(sentence, sizeof sentence, fmt, args);
	va_end(args);
	struct verify_finding finding = {str_of(sentence), at->file, at->seq, at->part};
	c->result->findings++;
	if (c->how->tell)
		c->how->tell(c->how->ctx, &finding);
	if (c->result->findings >= VERIFY_FINDINGS_MAX)
		return ERR(err, REFUSED, NULL, "There are too many findings to go on.");
	return OK;
}

void check_begin(struct check *c, const struct verify_how *how, struct verify_result *result,
    struct arena *a, struct arena *scratch)
{
	*c = (struct check){.how = how,
	    .result = result,
	    .arena = a,
	    .scratch = scratch,
	    .time = USEC_NONE,
	    .fate = fate_in(a)};
	/* Keyed anew each time, so that nobody can prepare keys that collide. */
	rng_fill(rng_system(), c->key_seed, sizeof c->key_seed);
}

static void note_key_of(struct check *c, const struct entry *e)
{
	uint64_t hash = 0;
	uint8_t b[crypto_shorthash_BYTES];
	crypto_shorthash(b, (const uint8_t *)e->key.p, e->key.n, c->key_seed);
	for (size_t i = 0; i < sizeof b; i++)
		hash = hash << 8 | b[i];
	*vec_push(c->arena, &c->keys) = (struct check_key){hash, e->seq};
}

static enum rc check_order(
    struct check *c, const struct check_place *at, const struct entry *e, struct err *err)
{
	if (!str_eq(e->log, c->origin))
		TRY(check_tell(c, at, err, "The entry belongs to another log."));
	if (e->seq != at->seq)
		TRY(check_tell(
		    c, at, err, "The entry says that it is number %lld.", (long long)e->seq));
	if (!digest_eq(e->prev, c->prev))
		TRY(check_tell(c, at, err,
		    "The entry does not follow on the one before: one of the two was changed."));
	if (c->time != USEC_NONE && e->time < c->time)
		TRY(check_tell(c, at, err, "The entry is older than the one before."));
	c->time = e->time;
	return OK;
}

enum rc check_entry(
    struct check *c, str file, str text, struct entry *entry, bool *sound, struct err *err)
{
	struct check_place at = {file, (int64_t)c->tree.size, -1};
	struct err why;
	struct tree_made made;
	digest leaf = tree_leaf(text);
	*sound = entry_parse(text, entry, &why) == OK;
	if (*sound) {
		TRY(check_order(c, &at, entry, err));
		entry->seq = at.seq;
		note_key_of(c, entry);
		fate_add_entry(&c->fate, entry);
	} else {
		TRY(check_tell(
		    c, &at, err, "The entry is malformed (%s).", why.field ? why.field : "entry"));
	}
	c->prev = leaf;
	c->result->entries++;
	tree_append(&c->tree, leaf, &made);
	return tiles_add(&c->tiles, &made, err);
}

enum rc check_erasure(
    struct check *c, str file, const struct entry *entry, str body, struct err *err)
{
	struct log_erasure erasure;
	struct err why;
	if (log_erasure_parse(c->scratch, entry, body, &erasure, &why) == OK) {
		fate_add_erasure(&c->fate, &erasure, entry->seq);
		return OK;
	}
	struct check_place at = {file, entry->seq, 0};
	return check_tell(c, &at, err, "The entry erases something but does not say what.");
}

static int by_hash(const void *a, const void *b)
{
	const struct check_key *x = a;
	const struct check_key *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

/*
 * 64 bits under a secret seed: for a million different keys the odds of a false
 * finding are one in 37 million a run, and a second run would not repeat it.
 */
static enum rc check_keys(struct check *c, struct err *err)
{
	if (c->keys.n)
		qsort(c->keys.p, c->keys.n, sizeof *c->keys.p, by_hash);
	for (size_t i = 1; i < c->keys.n; i++) {
		struct check_place at = {STR_EMPTY, c->keys.p[i].seq, -1};
		if (c->keys.p[i].hash == c->keys.p[i - 1].hash)
			TRY(check_tell(c, &at, err, "The entry has the key of entry %lld.",
			    (long long)c->keys.p[i - 1].seq));
	}
	return OK;
}

enum rc check_end_entries(struct check *c, struct err *err)
{
	fate_sort(&c->fate);
	TRY(check_keys(c, err));
	return tiles_end(&c->tiles, err);
}

enum rc check_plain(struct check *c, const struct check_place *at, const struct entry_part *part,
    digest commitment, size_t size, struct err *err)
{
	if (!digest_eq(commitment, part->commitment))
		return check_tell(
		    c, at, err, "The part or its salt is not what the entry commits to.");
	int64_t by = fate_erased_by(&c->fate, at->seq, (size_t)at->part, LOG_WHOLE);
	if (by >= 0)
		return check_tell(c, at, err,
		    "The part was erased by entry %lld but is still there.", (long long)by);
	c->result->parts_verified++;
	c->result->bytes += size;
	return OK;
}

static enum rc check_paragraph(struct check *c, const struct check_place *at,
    const struct block *block, size_t index, struct err *err)
{
	int64_t by = fate_erased_by(&c->fate, at->seq, (size_t)at->part, (int64_t)index);
	if (block->gone && by < 0)
		return check_tell(
		    c, at, err, "Paragraph %zu is missing and no entry erased it.", index);
	if (!block->gone && by >= 0)
		return check_tell(c, at, err,
		    "Paragraph %zu was erased by entry %lld but is still there.", index,
		    (long long)by);
	c->result->blocks_erased += block->gone;
	return OK;
}

enum rc check_blocks(struct check *c, const struct check_place *at, const struct entry_part *part,
    str body, str salts, struct err *err)
{
	struct blocks blocks;
	struct err why;
	if (blocks_parse(c->scratch, body, salts, &blocks, &why) != OK)
		return check_tell(c, at, err, "The text or its salts are malformed.");
	for (size_t i = 0; i < blocks.n; i++)
		TRY(check_paragraph(c, at, &blocks.v[i], i, err));
	return check_plain(c, at, part, blocks_commitment(&blocks), body.n, err);
}

int verify_exit(enum rc code, const struct verify_result *result)
{
	if (code != OK)
		return 2;
	return result->findings ? 1 : 0;
}
