/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/log.h"
#include "record/store_sqlite.h"
#include "t.h"

#include <stdio.h>

#include "base/poison.h"

#define LOG "a.org/g/x"

struct world {
	struct arena *a;
	struct store *store;
	struct rng_seeded seed;
	struct rng rng;
	int next_key;
};

static struct store *open_store(struct arena *a, bool read_only)
{
	struct err err;
	struct store *s = NULL;
	struct store_sqlite_how how = {
	    .path = arena_printf(a, "%s/record.db", t_tmpdir()),
	    .parts = arena_printf(a, "%s/parts", t_tmpdir()),
	    .read_only = read_only,
	};
	if (store_sqlite_open(&how, &s, &err) != OK)
		t_fail(__FILE__, __LINE__, "open: %.*s", STR(err_text(&err, a)));
	return s;
}

static struct world begin(void)
{
	struct world w = {.a = arena_new(0)};
	w.store = open_store(w.a, false);
	return w;
}

static void end(struct world *w)
{
	store_close(w->store);
	arena_free(w->a);
}

static struct log_act act_of(struct world *w, const struct log_part *parts, size_t n)
{
	return (struct log_act){
	    .type = S("call.answer"),
	    .actor = ACTOR_PUBLIC,
	    .key = arena_printf(w->a, "k%d", w->next_key++),
	    .parts = parts,
	    .parts_n = n,
	    .time = (usec)1500000000 * USEC_SECOND + w->next_key * 1000 + 7,
	    .expect_seq = LOG_ANY,
	};
}

static enum rc append(struct world *w, const struct log_act *act, struct log_done *done)
{
	struct err err;
	AUTO_TX struct store_tx tx = {0};
	w->rng = rng_from_seed(&w->seed, arena_printf(w->a, "%d", w->next_key));
	enum rc code = store_begin(w->store, &tx, &err);
	if (code == OK)
		code = log_append(w->store, w->a, w->rng, S(LOG), act, done, &err);
	if (code == OK)
		code = store_commit(&tx, &err);
	if (code == FAULT)
		t_fail(__FILE__, __LINE__, "fault: %.*s", STR(err_text(&err, w->a)));
	return code;
}

static void append_many(struct world *w, int n)
{
	for (int i = 0; i < n; i++) {
		struct log_part part = {.media = S("text/plain"), .body = S("hello")};
		struct log_act act = act_of(w, &part, 1);
		struct log_done done;
		CHECK_EQ(append(w, &act, &done), OK);
	}
}

TEST(log_appends_and_chains)
{
	struct world w = begin();
	struct err err;
	digest prev = DIGEST_ZERO;
	struct tree t = {0};
	append_many(&w, 300);
	for (int64_t seq = 0; seq < 300; seq++) {
		struct log_entry e;
		NEED(log_get(w.store, w.a, S(LOG), seq, &e, &err) == OK);
		CHECK(digest_eq(e.entry.prev, prev));
		CHECK_EQ(e.entry.seq, seq);
		CHECK_EQ(e.entry.time % 1000, 0);
		CHECK_STR(e.parts[0].body, "hello");
		prev = tree_leaf(e.text);
		tree_append(&t, prev, NULL);
	}
	struct store_head head;
	NEED(log_head(w.store, S(LOG), &head, &err) == OK);
	CHECK_EQ(head.tree.size, 300);
	CHECK(digest_eq(tree_root(&head.tree), tree_root(&t)));
	struct log_source source = {w.store, S(LOG)};
	struct tree collected;
	NEED(tree_collect(log_tree_source, &source, 300, &collected, &err) == OK);
	CHECK(digest_eq(tree_root(&collected), tree_root(&t)));
	end(&w);
}

TEST(log_keys_are_idempotent)
{
	struct world w = begin();
	str paragraphs[] = {S("one"), S("two")};
	struct log_part parts[] = {{.media = S("application/json;private"), .body = S("{}")},
	    {.media = S("text/plain;blocks"), .blocks = paragraphs, .blocks_n = 2}};
	struct log_act act = act_of(&w, parts, 2);
	struct log_done done;
	append_many(&w, 3);
	CHECK_EQ(append(&w, &act, &done), OK);
	CHECK_EQ(done.seq, 3);
	CHECK(!done.repeated);
	append_many(&w, 3);
	act.time += USEC_DAY;
	CHECK_EQ(append(&w, &act, &done), OK);
	CHECK_EQ(done.seq, 3);
	CHECK(done.repeated);
	parts[0].body = S("{1}");
	CHECK_EQ(append(&w, &act, &done), CONFLICT);
	parts[0].body = S("{}");
	paragraphs[1] = S("three");
	CHECK_EQ(append(&w, &act, &done), CONFLICT);
	paragraphs[1] = S("two");
	act.type = S("call.other");
	CHECK_EQ(append(&w, &act, &done), CONFLICT);
	act.type = S("call.answer");
	CHECK_EQ(append(&w, &act, &done), OK);
	end(&w);
}

TEST(log_compare_and_set)
{
	struct world w = begin();
	struct log_act act = act_of(&w, NULL, 0);
	struct log_done done;
	append_many(&w, 2);
	act.expect_seq = 1;
	CHECK_EQ(append(&w, &act, &done), CONFLICT);
	act.expect_seq = 3;
	CHECK_EQ(append(&w, &act, &done), CONFLICT);
	act.expect_seq = 2;
	CHECK_EQ(append(&w, &act, &done), OK);
	/* The repeated act is answered although the log has moved on. */
	CHECK_EQ(append(&w, &act, &done), OK);
	CHECK(done.repeated);
	end(&w);
}

TEST(log_time_never_runs_back)
{
	struct world w = begin();
	struct log_act act = act_of(&w, NULL, 0);
	struct log_done first;
	struct log_done second;
	CHECK_EQ(append(&w, &act, &first), OK);
	act = act_of(&w, NULL, 0);
	act.time -= USEC_DAY;
	CHECK_EQ(append(&w, &act, &second), OK);
	CHECK_EQ(second.time, first.time);
	CHECK(second.clock_ran_back);
	end(&w);
}

TEST(log_refuses_malformed_acts)
{
	struct world w = begin();
	struct log_done done;
	struct log_act act = act_of(&w, NULL, 0);
	int64_t ref = 0;
	act.type = S("no type");
	CHECK_EQ(append(&w, &act, &done), INVALID);
	act = act_of(&w, NULL, 0);
	act.refs = &ref;
	act.refs_n = 1;
	CHECK_EQ(append(&w, &act, &done), INVALID);
	act = act_of(&w, NULL, 0);
	act.key = S("a key\nref 3");
	CHECK_EQ(append(&w, &act, &done), INVALID);
	struct err err;
	struct store_head head;
	NEED(log_head(w.store, S(LOG), &head, &err) == OK);
	CHECK_EQ(head.tree.size, 0);
	end(&w);
}

TEST(log_rolled_back_leaves_nothing)
{
	struct world w = begin();
	struct err err;
	append_many(&w, 1);
	{
		AUTO_TX struct store_tx tx = {0};
		struct log_done done;
		struct log_act act = act_of(&w, NULL, 0);
		NEED(store_begin(w.store, &tx, &err) == OK);
		CHECK_EQ(log_append(w.store, w.a, w.rng = rng_from_seed(&w.seed, S("x")), S(LOG),
		             &act, &done, &err),
		    OK);
		CHECK_EQ(done.seq, 1);
	}
	struct store_head head;
	NEED(log_head(w.store, S(LOG), &head, &err) == OK);
	CHECK_EQ(head.tree.size, 1);
	end(&w);
}

TEST(log_large_bodies_are_files)
{
	struct world w = begin();
	struct err err;
	size_t n = (3u << 20) + 5;
	char *p = arena_push(w.a, n);
	struct t_rand r = {5};
	for (size_t i = 0; i < n; i++)
		p[i] = (char)t_rand_next(&r);
	struct log_part part = {.media = S("application/pdf"), .body = str_from(p, n)};
	struct log_act act = act_of(&w, &part, 1);
	struct log_done done;
	NEED(append(&w, &act, &done) == OK);
	struct log_entry e;
	struct store_part read;
	NEED(log_get(w.store, w.a, S(LOG), 0, &e, &err) == OK);
	CHECK(e.parts[0].elsewhere);
	NEED(log_part_read(w.store, w.a, S(LOG), 0, 0, &read, &err) == OK);
	CHECK(str_eq(read.body, part.body));
	CHECK_EQ(append(&w, &act, &done), OK);
	CHECK(done.repeated);
	int removed;
	NEED(store_sqlite_sweep(w.store, &removed, &err) == OK);
	CHECK_EQ(removed, 0);
	str orphan = arena_printf(w.a, "%s/parts/orphan", t_tmpdir());
	FILE *f = fopen(orphan.p, "w");
	NEED(f);
	fclose(f);
	NEED(store_sqlite_sweep(w.store, &removed, &err) == OK);
	CHECK_EQ(removed, 1);
	{
		AUTO_TX struct store_tx tx = {0};
		struct log_erasure erasure = {0, 0, LOG_WHOLE, S("art17")};
		NEED(store_begin(w.store, &tx, &err) == OK);
		NEED(log_erase(w.store, w.a, S(LOG), &erasure, &err) == OK);
		NEED(store_commit(&tx, &err) == OK);
	}
	NEED(log_part_read(w.store, w.a, S(LOG), 0, 0, &read, &err) == OK);
	CHECK(read.erased);
	NEED(store_sqlite_sweep(w.store, &removed, &err) == OK);
	CHECK_EQ(removed, 0);
	end(&w);
}

TEST(log_erased_parts_leave_no_trace)
{
	struct world w = begin();
	struct err err;
	str paragraphs[] = {S("keep this"), S("canary-paragraph")};
	struct log_part parts[] = {{.media = S("text/plain"), .body = S("canary-whole")},
	    {.media = S("text/plain;blocks"), .blocks = paragraphs, .blocks_n = 2}};
	struct log_act act = act_of(&w, parts, 2);
	struct log_done done;
	NEED(append(&w, &act, &done) == OK);
	append_many(&w, 20);
	{
		AUTO_TX struct store_tx tx = {0};
		struct log_erasure erasure[] = {
		    {0, 0, LOG_WHOLE, S("art17")}, {0, 1, 1, S("court")}};
		NEED(store_begin(w.store, &tx, &err) == OK);
		CHECK_EQ(log_erase(w.store, w.a, S(LOG), &erasure[0], &err), OK);
		CHECK_EQ(log_erase(w.store, w.a, S(LOG), &erasure[1], &err), OK);
		CHECK_EQ(log_erase(w.store, w.a, S(LOG), &erasure[1], &err), ABSENT);
		NEED(store_commit(&tx, &err) == OK);
	}
	CHECK_EQ(store_sqlite_checkpoint(w.store, STORE_TRUNCATE, NULL, &err), OK);
	struct log_entry e;
	struct blocks blocks;
	NEED(log_get(w.store, w.a, S(LOG), 0, &e, &err) == OK);
	CHECK(e.parts[0].erased);
	NEED(blocks_parse(w.a, e.parts[1].body, e.parts[1].salts, &blocks, &err) == OK);
	CHECK_STR(blocks.v[0].text, "keep this");
	CHECK(blocks.v[1].gone);
	CHECK(digest_eq(blocks_commitment(&blocks), e.entry.part[1].commitment));
	str db = t_read_file(w.a, arena_printf(w.a, "%s/record.db", t_tmpdir()).p);
	CHECK(str_find(db, S("keep this")) != SIZE_MAX);
	CHECK(str_find(db, S("canary")) == SIZE_MAX);
	str wal = t_read_file(w.a, arena_printf(w.a, "%s/record.db-wal", t_tmpdir()).p);
	CHECK_EQ(wal.n, 0);
	/* The same act again is still known as the same. */
	CHECK_EQ(append(&w, &act, &done), OK);
	CHECK(done.repeated);
	end(&w);
}

TEST(log_checkpoints_only_go_on)
{
	struct world w = begin();
	struct err err;
	struct rng_seeded state;
	struct note_key key = note_key_new(rng_from_seed(&state, S("key")));
	struct note_verifier v = note_verifier_of(&key, S(LOG));
	struct checkpoint c;
	str note;
	str text;
	for (int i = 0; i < 5; i++) {
		append_many(&w, 99);
		NEED(log_checkpoint(w.store, w.a, S(LOG), &key, &note, &err) == OK);
		NEED(note_open(w.a, note, &v, NOTE_REFUSE_UNKNOWN, &text, &err) == OK);
		NEED(checkpoint_parse(text, &c, &err) == OK);
		CHECK_EQ(c.size, (uint64_t)(i + 1) * 99);
	}
	/* Another history of the same length, and a shorter one: both are refused. */
	struct store_head head;
	NEED(log_head(w.store, S(LOG), &head, &err) == OK);
	for (int shorter = 0; shorter < 2; shorter++) {
		struct store_head other = head;
		if (shorter)
			other.signed_size++;
		else
			other.signed_root.b[0] ^= 1;
		AUTO_TX struct store_tx tx = {0};
		NEED(store_begin(w.store, &tx, &err) == OK);
		NEED(w.store->ops->append(w.store, S(LOG), NULL, NULL, 0, &other, &err) == OK);
		NEED(store_commit(&tx, &err) == OK);
		CHECK_EQ(log_checkpoint(w.store, w.a, S(LOG), &key, &note, &err), REFUSED);
	}
	end(&w);
}

TEST(log_readers_see_commits_only)
{
	struct world w = begin();
	struct err err;
	append_many(&w, 4);
	AUTO_STORE struct store *reader = open_store(w.a, true);
	struct store_head head;
	NEED(log_head(reader, S(LOG), &head, &err) == OK);
	CHECK_EQ(head.tree.size, 4);
	append_many(&w, 1);
	NEED(log_head(reader, S(LOG), &head, &err) == OK);
	CHECK_EQ(head.tree.size, 5);
	{
		AUTO_TX struct store_tx tx = {0};
		struct log_act act = act_of(&w, NULL, 0);
		struct log_done done;
		w.rng = rng_from_seed(&w.seed, S("reader"));
		NEED(store_begin(w.store, &tx, &err) == OK);
		NEED(log_append(w.store, w.a, w.rng, S(LOG), &act, &done, &err) == OK);
		NEED(log_head(reader, S(LOG), &head, &err) == OK);
		CHECK_EQ(head.tree.size, 5);
		NEED(store_commit(&tx, &err) == OK);
	}
	NEED(log_head(reader, S(LOG), &head, &err) == OK);
	CHECK_EQ(head.tree.size, 6);
	end(&w);
}

static enum rc count_entry(void *ctx, const struct log_entry *e, struct err *err)
{
	int64_t *next = ctx;
	(void)err;
	CHECK_EQ(e->entry.seq, *next);
	CHECK_EQ(e->entry.parts, 1);
	(*next)++;
	return OK;
}

TEST(log_each_walks_in_batches)
{
	struct world w = begin();
	struct err err;
	int64_t next = 3;
	str *logs;
	size_t n;
	append_many(&w, 600);
	CHECK_EQ(
	    log_each(w.store, S(LOG), 3, 9999, STORE_WITH_PARTS, count_entry, &next, &err), OK);
	CHECK_EQ(next, 600);
	NEED(w.store->ops->logs(w.store, w.a, &logs, &n, &err) == OK);
	NEED(n == 1);
	CHECK_STR(logs[0], LOG);
	struct log_erasure erasure;
	struct entry entry = {.refs = 1, .ref = {7}};
	struct log_erasure wanted = {7, 2, 5, S("court")};
	NEED(log_erasure_parse(w.a, &entry, log_erasure_write(w.a, &wanted), &erasure, &err) == OK);
	CHECK_EQ(erasure.block, 5);
	CHECK_EQ(erasure.part, 2);
	CHECK_EQ(
	    log_erasure_parse(w.a, &entry, S("{\"part\":1,\"ground\":\"whim\"}"), &erasure, &err),
	    INVALID);
	end(&w);
}
