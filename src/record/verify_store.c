/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/media.h"
#include "record/verify_check.h"

#include "base/poison.h"

struct live {
	struct check check;
	struct store *store;
	struct arena *scratch;
	struct store_head head;
};

static const struct check_place nowhere = {{"", 0}, -1, -1};

/* Reads entries without believing them, so that a malformed one is a finding. */
typedef enum rc live_visit(struct live *v, const struct store_entry *from, struct err *err);

static enum rc walk(struct live *v, enum store_parts with, live_visit *visit, struct err *err)
{
	AUTO_ARENA struct arena *batch = arena_new(0);
	int64_t size = (int64_t)v->head.tree.size;
	for (int64_t seq = 0; seq < size;) {
		struct store_entry *found;
		size_t n;
		size_t max = size - seq < TILE_WIDTH ? (size_t)(size - seq) : TILE_WIDTH;
		arena_reset(batch);
		TRY(v->store->ops->read(
		    v->store, batch, v->check.origin, seq, max, with, &found, &n, err));
		for (size_t i = 0; i < n; i++, seq++) {
			struct check_place at = {STR_EMPTY, seq, -1};
			if (found[i].seq != seq)
				return check_tell(&v->check, &at, err, "The entry is missing.");
			TRY(visit(v, &found[i], err));
		}
		if (n < max) {
			struct check_place at = {STR_EMPTY, seq, -1};
			return check_tell(&v->check, &at, err, "The entry is missing.");
		}
	}
	return OK;
}

static enum rc check_key_row(struct live *v, const struct entry *e, struct err *err)
{
	int64_t seq = -1;
	struct err why;
	struct check_place at = {STR_EMPTY, e->seq, -1};
	enum rc code = v->store->ops->find_key(v->store, v->check.origin, e->key, &seq, &why);
	if (code != OK && code != ABSENT && err)
		*err = why;
	if (code != OK && code != ABSENT)
		return code;
	if (seq != e->seq)
		return check_tell(&v->check, &at, err, "The entry's key is not kept.");
	return OK;
}

static enum rc note_erasure(struct live *v, const struct entry *e, struct err *err)
{
	struct store_part said;
	struct err why;
	if (v->store->ops->part(v->store, v->scratch, v->check.origin, e->seq, 0, &said, &why) !=
	    OK)
		said.body = STR_EMPTY;
	return check_erasure(&v->check, STR_EMPTY, e, said.body, err);
}

static enum rc visit_entry(struct live *v, const struct store_entry *from, struct err *err)
{
	struct entry e;
	bool sound;
	arena_reset(v->scratch);
	TRY(check_entry(&v->check, STR_EMPTY, from->text, &e, &sound, err));
	if (v->check.tree.size == v->head.signed_size &&
	    !digest_eq(tree_root(&v->check.tree), v->head.signed_root))
		TRY(check_tell(&v->check, &nowhere, err,
		    "The log is not the one that was signed last, up to entry %lld.",
		    (long long)from->seq));
	if (!sound)
		return OK;
	TRY(check_key_row(v, &e, err));
	return fate_is_erasure(&e) ? note_erasure(v, &e, err) : OK;
}

/* Tile level 0 is not kept; the others are rows. */
static enum rc check_nodes(void *ctx, const struct tile *tile, struct err *err)
{
	struct live *v = ctx;
	struct err why;
	digest kept[TILE_WIDTH];
	if (tile->level == 0)
		return OK;
	enum rc code = v->store->ops->nodes(v->store, v->check.origin, tile->level,
	    tile->index * TILE_WIDTH, tile->width, kept, &why);
	if (code != OK && code != ABSENT && err)
		*err = why;
	if (code != OK && code != ABSENT)
		return code;
	for (size_t i = 0; i < tile->width; i++) {
		struct check_place at = {
		    STR_EMPTY, (int64_t)((tile->index * TILE_WIDTH + i) << (8 * tile->level)), -1};
		if (code != OK || !digest_eq(kept[i], tile->hash[i]))
			TRY(check_tell(&v->check, &at, err,
			    "A kept subtree of level %d does not agree with the entries.",
			    tile->level));
	}
	return OK;
}

static enum rc check_head(struct live *v, struct err *err)
{
	const struct store_head *h = &v->head;
	const struct check *c = &v->check;
	if (h->tree.size != c->tree.size)
		return OK; /* told already */
	if (!digest_eq(tree_root(&h->tree), tree_root(&c->tree)) || !digest_eq(h->prev, c->prev) ||
	    (c->tree.size && h->time != c->time))
		TRY(check_tell(&v->check, &nowhere, err,
		    "The head of the log does not agree with its entries."));
	if (h->signed_size > h->tree.size)
		TRY(check_tell(
		    &v->check, &nowhere, err, "The log is shorter than what was signed."));
	return OK;
}

static enum rc check_body(struct live *v, const struct check_place *at,
    const struct entry_part *part, struct store_part kept, struct err *err)
{
	if (kept.elsewhere) {
		struct err why;
		if (v->store->ops->part(v->store, v->scratch, v->check.origin, at->seq,
		        (size_t)at->part, &kept, &why) != OK)
			return check_tell(&v->check, at, err, "The part's file is missing.");
	}
	if (media_is_blocks(part->media))
		return check_blocks(&v->check, at, part, kept.body, kept.salts, err);
	digest commitment = DIGEST_ZERO;
	struct err why;
	if (part_recommit(v->scratch, false, kept.body, kept.salts, &commitment, &why) != OK)
		return check_tell(&v->check, at, err, "A salt is 32 bytes long.");
	return check_plain(&v->check, at, part, commitment, kept.body.n, err);
}

static enum rc visit_parts(struct live *v, const struct store_entry *from, struct err *err)
{
	struct log_entry e = {.text = from->text, .parts = from->parts};
	struct err why;
	if (entry_parse(from->text, &e.entry, &why) != OK)
		return OK;
	e.entry.seq = from->seq;
	arena_reset(v->scratch);
	for (size_t i = 0; i < e.entry.parts; i++) {
		struct check_place at = {STR_EMPTY, from->seq, (int)i};
		int64_t by = fate_erased_by(&v->check.fate, from->seq, i, LOG_WHOLE);
		if (i >= from->parts_n)
			TRY(check_tell(&v->check, &at, err, "The part has no row."));
		else if (!from->parts[i].erased)
			TRY(check_body(v, &at, &e.entry.part[i], from->parts[i], err));
		else if (by < 0)
			TRY(check_tell(
			    &v->check, &at, err, "The part is missing and no entry erased it."));
		else
			v->check.result->parts_erased++;
	}
	if (!v->check.how->visit || from->parts_n < e.entry.parts)
		return OK;
	enum rc code = v->check.how->visit(v->check.how->ctx, &e, &why);
	struct check_place at = {STR_EMPTY, from->seq, -1};
	if (code == REFUSED)
		return check_tell(&v->check, &at, err, "%.*s", STR(err_text(&why, v->scratch)));
	if (code != OK && err)
		*err = why;
	return code;
}

static enum rc check_live(struct live *v, struct err *err)
{
	TRY(log_head(v->store, v->check.origin, &v->head, err));
	if (v->head.tree.size == 0)
		return ERR(err, ABSENT, "log", "There is no log {0}.", v->check.origin);
	TRY(walk(v, STORE_NO_PARTS, visit_entry, err));
	TRY(check_end_entries(&v->check, err));
	TRY(check_head(v, err));
	return walk(v, STORE_WITH_PARTS, visit_parts, err);
}

enum rc verify_store(struct arena *a, struct store *s, str origin, const struct verify_how *how,
    struct verify_result *out, struct err *err)
{
	AUTO_ARENA struct arena *work = arena_new(0);
	AUTO_ARENA struct arena *scratch = arena_new(0);
	AUTO_TX struct store_tx tx = {0};
	*out = (struct verify_result){.origin = arena_str(a, origin)};
	TRY(store_begin(s, &tx, err));
	struct live *v = arena_new_of(work, struct live);
	check_begin(&v->check, how, out, work, scratch);
	v->check.origin = out->origin;
	v->check.tiles.emit = check_nodes;
	v->check.tiles.ctx = v;
	v->store = s;
	v->scratch = scratch;
	enum rc code = check_live(v, err);
	return code == REFUSED && out->findings >= VERIFY_FINDINGS_MAX ? OK : code;
}
