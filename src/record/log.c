/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/log.h"

#include "base/json.h"
#include "base/must.h"
#include "record/media.h"

#include "base/poison.h"

#define USEC_MS       1000
#define BATCH         256
#define TILE_BITS     8
#define NODES_AT_ONCE (TREE_LEVELS / TILE_BITS)

str log_origin_group(struct arena *a, str host, str slug)
{
	return arena_printf(a, "%.*s/g/%.*s", STR(host), STR(slug));
}

str log_origin_site(struct arena *a, str host)
{
	return arena_printf(a, "%.*s/site", STR(host));
}

enum rc log_head(struct store *s, str origin, struct store_head *out, struct err *err)
{
	return s->ops->head(s, origin, out, err);
}

/* ---- an act that was sent before ---- */

static bool same_blocks(struct arena *a, const struct store_part *kept, const struct log_part *sent)
{
	struct err ignored;
	struct blocks blocks;
	if (blocks_parse(a, kept->body, kept->salts, &blocks, &ignored) != OK ||
	    blocks.n != sent->blocks_n)
		return false;
	for (size_t i = 0; i < blocks.n; i++)
		if (!blocks.v[i].gone && !str_eq(blocks.v[i].text, sent->blocks[i]))
			return false;
	return true;
}

/* What was erased since cannot be compared and counts as the same. */
static bool same_part(struct arena *a, const struct entry_part *recorded,
    const struct store_part *kept, const struct log_part *sent)
{
	struct err ignored;
	digest commitment;
	if (!str_eq(recorded->media, sent->media))
		return false;
	if (kept->erased)
		return true;
	if (media_is_blocks(sent->media))
		return same_blocks(a, kept, sent);
	return part_recommit(a, false, sent->body, kept->salts, &commitment, &ignored) == OK &&
	       digest_eq(commitment, recorded->commitment);
}

static bool same_act(struct arena *a, const struct log_entry *recorded, const struct log_act *sent)
{
	const struct entry *e = &recorded->entry;
	if (!str_eq(e->type, sent->type) || !actor_eq(e->actor, sent->actor) ||
	    e->refs != sent->refs_n || e->parts != sent->parts_n)
		return false;
	for (size_t i = 0; i < e->refs; i++)
		if (e->ref[i] != sent->refs[i])
			return false;
	for (size_t i = 0; i < e->parts; i++)
		if (!same_part(a, &e->part[i], &recorded->parts[i], &sent->parts[i]))
			return false;
	return true;
}

/* No hash of the payload is kept (it would outlive an erasure): the salts make the comparison. */
static enum rc answer_repeated(struct store *s, struct arena *a, str origin, int64_t seq,
    const struct log_act *act, struct log_done *out, struct err *err)
{
	struct log_entry recorded;
	TRY(log_get(s, a, origin, seq, &recorded, err));
	if (!same_act(a, &recorded, act))
		return ERR(err, CONFLICT, "key", "This key was used for another act.");
	*out = (struct log_done){
	    .seq = seq, .time = recorded.entry.time, .repeated = true, .text = recorded.text};
	return OK;
}

/* ---- a new act ---- */

static enum rc seal(struct arena *a, struct rng rng, const struct log_part *part,
    struct sealed *out, struct err *err)
{
	if (media_is_blocks(part->media))
		return blocks_seal(a, rng, part->blocks, part->blocks_n, out, err);
	return part_seal(a, rng, part->body, out, err);
}

static usec recorded_time(const struct store_head *head, usec now, bool *ran_back)
{
	usec time = now - (now % USEC_MS + USEC_MS) % USEC_MS;
	*ran_back = head->tree.size > 0 && time < head->time;
	return *ran_back ? head->time : time;
}

/* Writes the entry and reads it: what does not parse is not appended. */
static enum rc build(struct arena *a, str origin, const struct store_head *head,
    const struct log_act *act, const struct sealed *sealed, struct log_done *out, struct err *err)
{
	struct entry e = {
	    .log = origin,
	    .seq = (int64_t)head->tree.size,
	    .prev = head->prev,
	    .type = act->type,
	    .actor = act->actor,
	    .key = act->key,
	    .refs = act->refs_n,
	    .parts = act->parts_n,
	    .has_state = act->state != NULL,
	};
	if (act->state)
		e.state = *act->state;
	e.time = out->time = recorded_time(head, act->time, &out->clock_ran_back);
	for (size_t i = 0; i < act->refs_n; i++)
		e.ref[i] = act->refs[i];
	for (size_t i = 0; i < act->parts_n; i++)
		e.part[i] = (struct entry_part){act->parts[i].media, sealed[i].commitment};
	struct buf text = buf_in(a, ENTRY_MAX);
	entry_write(&text, &e);
	if (!buf_ok(&text))
		return ERR(err, INVALID, "entry", "The entry would be longer than 8 KiB.");
	out->seq = e.seq;
	out->repeated = false;
	out->text = buf_str(&text);
	struct entry again;
	return entry_parse(out->text, &again, err);
}

/* The subtrees of 256, 65,536, ... leaves among those that the new leaf completed. */
static size_t kept_nodes(
    const struct tree_made *made, uint64_t leaf_index, struct store_node out[NODES_AT_ONCE])
{
	size_t n = 0;
	for (int level = TILE_BITS; level < made->n; level += TILE_BITS)
		out[n++] =
		    (struct store_node){level / TILE_BITS, leaf_index >> level, made->node[level]};
	return n;
}

/* What the database gave back of a part hashes to what the entry commits to. */
static enum rc check_part(struct store *s, struct arena *a, str origin, int64_t seq, size_t index,
    const struct log_part *part, struct store_part kept, digest wanted, struct err *err)
{
	digest commitment;
	if (kept.elsewhere)
		TRY(log_part_read(s, a, origin, seq, index, &kept, err));
	if (kept.erased ||
	    part_recommit(
	        a, media_is_blocks(part->media), kept.body, kept.salts, &commitment, err) != OK ||
	    !digest_eq(commitment, wanted))
		return ERR(err, FAULT, NULL, "The database gave back another part.");
	return OK;
}

/* Reads back from the database, inside the transaction, and hashes again. */
static enum rc check_written(struct store *s, struct arena *a, str origin,
    const struct log_act *act, const struct sealed *sealed, digest leaf,
    const struct log_done *done, struct err *err)
{
	struct store_entry *back;
	size_t n;
	TRY(s->ops->read(s, a, origin, done->seq, 1, STORE_WITH_PARTS, &back, &n, err));
	if (n != 1 || back->parts_n != act->parts_n || !digest_eq(tree_leaf(back->text), leaf))
		return ERR(err, FAULT, NULL, "The database gave back another entry.");
	for (size_t i = 0; i < act->parts_n; i++)
		TRY(check_part(s, a, origin, done->seq, i, &act->parts[i], back->parts[i],
		    sealed[i].commitment, err));
	return OK;
}

static enum rc append_new(struct store *s, struct arena *a, struct rng rng, str origin,
    const struct store_head *before, const struct log_act *act, struct log_done *out,
    struct err *err)
{
	struct sealed sealed[ENTRY_PARTS];
	struct store_part parts[ENTRY_PARTS];
	if (act->parts_n > ENTRY_PARTS || act->refs_n > ENTRY_REFS)
		return ERR(
		    err, INVALID, "entry", "An entry has at most 64 parts and 16 references.");
	for (size_t i = 0; i < act->parts_n; i++) {
		TRY(seal(a, rng, &act->parts[i], &sealed[i], err));
		parts[i] = (struct store_part){.salts = sealed[i].salts, .body = sealed[i].body};
	}
	TRY(build(a, origin, before, act, sealed, out, err));
	struct store_head after = *before;
	struct store_node nodes[NODES_AT_ONCE];
	struct tree_made made;
	after.time = out->time;
	after.prev = tree_leaf(out->text);
	tree_append(&after.tree, after.prev, &made);
	size_t nodes_n = kept_nodes(&made, before->tree.size, nodes);
	struct store_row row = {out->text, act->key, parts, act->parts_n};
	TRY(s->ops->append(s, origin, &row, nodes, nodes_n, &after, err));
	return check_written(s, a, origin, act, sealed, after.prev, out, err);
}

/* An act whose key is known, or that was decided on another state than this. */
static enum rc answer_known(struct store *s, struct arena *a, str origin, uint64_t size,
    const struct log_act *act, struct log_done *out, struct err *err)
{
	int64_t seq;
	enum rc known = s->ops->find_key(s, origin, act->key, &seq, err);
	if (known == OK)
		return answer_repeated(s, a, origin, seq, act, out, err);
	if (known != ABSENT)
		return known;
	return ERR(err, CONFLICT, "expect_seq", "The record has moved on: it now has {0} entries.",
	    arena_printf(a, "%llu", (unsigned long long)size));
}

/* Hoping that the key is new saves a question for every act: the store tells when it is not. */
enum rc log_append(struct store *s, struct arena *a, struct rng rng, str origin,
    const struct log_act *act, struct log_done *out, struct err *err)
{
	struct store_head head;
	*out = (struct log_done){0};
	TRY(s->ops->head(s, origin, &head, err));
	if (act->expect_seq != LOG_ANY && act->expect_seq != (int64_t)head.tree.size)
		return answer_known(s, a, origin, head.tree.size, act, out, err);
	enum rc code = append_new(s, a, rng, origin, &head, act, out, err);
	if (code != CONFLICT)
		return code;
	return answer_known(s, a, origin, head.tree.size, act, out, err);
}

/* ---- reading ---- */

static enum rc open_entry(
    const struct store_entry *from, enum store_parts with, struct log_entry *out, struct err *err)
{
	out->text = from->text;
	out->parts = from->parts;
	if (entry_parse(from->text, &out->entry, err) != OK || out->entry.seq != from->seq)
		return ERR(err, FAULT, NULL, "The database holds a malformed entry.");
	if (with == STORE_WITH_PARTS && out->entry.parts != from->parts_n)
		return ERR(err, FAULT, NULL, "The database lacks parts of an entry.");
	return OK;
}

enum rc log_get(struct store *s, struct arena *a, str origin, int64_t seq, struct log_entry *out,
    struct err *err)
{
	struct store_entry *found;
	size_t n;
	TRY(s->ops->read(s, a, origin, seq, 1, STORE_WITH_PARTS, &found, &n, err));
	if (n == 0)
		return ERR(err, ABSENT, "seq", "The record has no such entry.");
	return open_entry(found, STORE_WITH_PARTS, out, err);
}

enum rc log_part_read(struct store *s, struct arena *a, str origin, int64_t seq, size_t index,
    struct store_part *out, struct err *err)
{
	return s->ops->part(s, a, origin, seq, index, out, err);
}

enum rc log_each(struct store *s, str origin, int64_t from, int64_t to, enum store_parts with,
    log_visit *visit, void *ctx, struct err *err)
{
	AUTO_ARENA struct arena *batch = arena_new(0);
	while (from < to) {
		struct store_entry *found;
		size_t n;
		size_t max = to - from < BATCH ? (size_t)(to - from) : BATCH;
		arena_reset(batch);
		TRY(s->ops->read(s, batch, origin, from, max, with, &found, &n, err));
		for (size_t i = 0; i < n; i++) {
			struct log_entry e;
			TRY(open_entry(&found[i], with, &e, err));
			TRY(visit(ctx, &e, err));
		}
		if (n < max)
			return OK;
		from += (int64_t)n;
	}
	return OK;
}

/* ---- erasure ---- */

str log_erasure_write(struct arena *a, const struct log_erasure *e)
{
	struct json *v = json_new_object(a);
	json_put_i64(a, v, S("part"), e->part);
	if (e->block != LOG_WHOLE)
		json_put_i64(a, v, S("block"), e->block);
	json_put_str(a, v, S("ground"), e->ground);
	return json_str(a, v);
}

static bool ground_ok(str ground)
{
	static const char *const known[] = {"art17", "court", "third-party", "safety", "error"};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_is(ground, known[i]))
			return true;
	return false;
}

enum rc log_erasure_parse(
    struct arena *a, const struct entry *entry, str body, struct log_erasure *out, struct err *err)
{
	struct json *v;
	TRY(json_parse(a, body, "erase", &v, err));
	if (v->kind != JSON_KIND_OBJECT || entry->refs == 0)
		return ERR(err, INVALID, "erase", "The erasure names nothing.");
	out->seq = entry->ref[0];
	out->part = json_get_i64(v, S("part"), -1);
	out->block = json_get_i64(v, S("block"), LOG_WHOLE);
	out->ground = json_get_str(v, S("ground"));
	bool block_bad = json_get(v, S("block")) && (out->block < 0 || out->block >= BLOCKS_MAX);
	if (out->part < 0 || out->part >= ENTRY_PARTS || block_bad || !ground_ok(out->ground))
		return ERR(
		    err, INVALID, "erase", "The erasure names no part, paragraph or ground.");
	return OK;
}

enum rc log_erase(
    struct store *s, struct arena *a, str origin, const struct log_erasure *e, struct err *err)
{
	size_t index = (size_t)e->part;
	struct store_part kept;
	if (e->block == LOG_WHOLE)
		return s->ops->replace_part(
		    s, origin, e->seq, index, &(const struct store_part){.erased = true}, err);
	TRY(log_part_read(s, a, origin, e->seq, index, &kept, err));
	if (kept.erased)
		return ERR(err, ABSENT, "part", "The part was erased before.");
	struct sealed less;
	struct sealed whole = {kept.body, kept.salts, DIGEST_ZERO};
	TRY(blocks_redact(a, &whole, (size_t)e->block, &less, err));
	kept.body = less.body;
	kept.salts = less.salts;
	return s->ops->replace_part(s, origin, e->seq, index, &kept, err);
}

/* ---- the tree ---- */

static enum rc read_leaves(
    struct store *s, str origin, uint64_t from, size_t n, digest *out, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct store_entry *found;
	size_t got;
	TRY(s->ops->read(s, a, origin, (int64_t)from, n, STORE_NO_PARTS, &found, &got, err));
	if (got != n)
		return ERR(err, ABSENT, "tile", "The log is not so long.");
	for (size_t i = 0; i < n; i++)
		out[i] = tree_leaf(found[i].text);
	return OK;
}

enum rc log_tile(
    struct store *s, str origin, int level, uint64_t from, size_t n, digest *out, struct err *err)
{
	if (level == 0)
		return read_leaves(s, origin, from, n, out, err);
	return s->ops->nodes(s, origin, level, from, n, out, err);
}

enum rc log_tree_source(void *ctx, int level, uint64_t index, digest *out, struct err *err)
{
	const struct log_source *source = ctx;
	digest row[1 << (TILE_BITS - 1)];
	int above = level % TILE_BITS;
	size_t n = (size_t)1 << above;
	struct tree t = {0};
	TRY(log_tile(
	    source->store, source->origin, level / TILE_BITS, index << above, n, row, err));
	for (size_t i = 0; i < n; i++)
		tree_append(&t, row[i], NULL);
	*out = tree_root(&t);
	return OK;
}

/* ---- checkpoints ---- */

/* The new tree must go on from the one that was signed, hash by hash. */
static enum rc check_continues(
    struct store *s, str origin, const struct store_head *head, digest root, struct err *err)
{
	struct log_source source = {s, origin};
	struct tree_proof proof;
	if (head->signed_size == 0)
		return OK;
	if (head->signed_size > head->tree.size)
		return ERR(err, REFUSED, NULL, "The log is shorter than what was signed before.");
	TRY(tree_prove_consistency(
	    log_tree_source, &source, head->signed_size, head->tree.size, &proof, err));
	if (!tree_check_consistency(
	        head->signed_size, head->signed_root, head->tree.size, root, &proof))
		return ERR(err, REFUSED, NULL, "The log does not continue what was signed before.");
	return OK;
}

static enum rc remember_signed(struct store *s, str origin, struct checkpoint *out, struct err *err)
{
	AUTO_TX struct store_tx tx = {0};
	struct store_head head;
	TRY(store_begin(s, &tx, err));
	TRY(log_head(s, origin, &head, err));
	digest root = tree_root(&head.tree);
	TRY(check_continues(s, origin, &head, root, err));
	*out = (struct checkpoint){origin, head.tree.size, root};
	if (head.signed_size == head.tree.size && digest_eq(head.signed_root, root))
		return OK;
	head.signed_size = head.tree.size;
	head.signed_root = root;
	TRY(s->ops->append(s, origin, NULL, NULL, 0, &head, err));
	return store_commit(&tx, err);
}

enum rc log_checkpoint(struct store *s, struct arena *a, str origin, const struct note_key *key,
    str *note, struct err *err)
{
	struct checkpoint checkpoint;
	struct buf text = buf_in(a, 0);
	struct buf signed_text = buf_in(a, 0);
	TRY(remember_signed(s, origin, &checkpoint, err));
	checkpoint_write(&text, &checkpoint);
	note_sign(&signed_text, buf_str(&text), key, origin);
	*note = buf_str(&signed_text);
	return OK;
}
