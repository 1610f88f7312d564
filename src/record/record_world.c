/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/record_world.h"

#include "base/must.h"
#include "record/export.h"
#include "record/store_sqlite.h"

#include <sys/stat.h>

#include "base/poison.h"

void world_begin(struct world *w, const char *folder)
{
	struct err err;
	*w = (struct world){.a = arena_new(0)};
	struct store_sqlite_how how = {
	    .path = arena_printf(w->a, "%s/record.db", folder),
	    .parts = arena_printf(w->a, "%s/parts", folder),
	};
	mkdir(folder, 0700);
	must(store_sqlite_open(&how, &w->store, &err) == OK);
	struct rng rng = rng_from_seed(&w->seed, S("world"));
	w->key = note_key_new(rng);
	w->verifier = note_verifier_of(&w->key, S(WORLD_LOG));
}

void world_end(struct world *w)
{
	store_close(w->store);
	arena_free(w->a);
}

struct log_act world_act(struct world *w, str type, const struct log_part *parts, size_t n)
{
	w->next_key++;
	return (struct log_act){
	    .type = type,
	    .actor = ACTOR_SYSTEM,
	    .key = arena_printf(w->a, "key-%d", w->next_key),
	    .parts = parts,
	    .parts_n = n,
	    .time = (usec)1480000000 * USEC_SECOND + w->next_key * 61 * USEC_SECOND,
	    .expect_seq = LOG_ANY,
	};
}

enum rc world_append(struct world *w, const struct log_act *act, struct log_done *done)
{
	struct err why;
	struct err *err = &why;
	struct rng rng = rng_from_seed(&w->seed, act->key);
	if (w->filling)
		return log_append(w->store, w->a, rng, S(WORLD_LOG), act, done, err);
	AUTO_TX struct store_tx tx = {0};
	TRY(store_begin(w->store, &tx, err));
	TRY(log_append(w->store, w->a, rng, S(WORLD_LOG), act, done, err));
	return store_commit(&tx, err);
}

static int64_t add(struct world *w, const char *type, const struct log_part *parts, size_t n)
{
	struct log_done done;
	struct log_act act = world_act(w, str_of(type), parts, n);
	must(world_append(w, &act, &done) == OK);
	return done.seq;
}

static int64_t add_refering(
    struct world *w, const char *type, int64_t ref, const struct log_part *parts, size_t n)
{
	struct log_done done;
	struct log_act act = world_act(w, str_of(type), parts, n);
	act.refs = &ref;
	act.refs_n = 1;
	must(world_append(w, &act, &done) == OK);
	return done.seq;
}

static void erase(struct world *w, int64_t seq, int64_t part, int64_t block)
{
	struct err err;
	struct log_done done;
	struct log_erasure e = {seq, part, block, S("art17")};
	struct log_part said = {
	    .media = S("application/json"), .body = log_erasure_write(w->a, &e)};
	struct log_act act = world_act(w, S(LOG_ERASE_TYPE), &said, 1);
	act.refs = &seq;
	act.refs_n = 1;
	must(world_append(w, &act, &done) == OK);
	must(log_erase(w->store, w->a, S(WORLD_LOG), &e, &err) == OK);
}

static void add_one(struct world *w, int i)
{
	str paragraphs[] = {S("We recommend."), arena_printf(w->a, "Number %d.", i), S("Thanks.")};
	struct log_part body = {.media = S("application/json"),
	    .body = arena_printf(w->a, "{\"title\":\"Act %d\"}", i)};
	struct log_part text = {
	    .media = S("text/plain;blocks;lang=en"), .blocks = paragraphs, .blocks_n = 3};
	struct log_part secret = {
	    .media = S("application/json;private"), .body = S("{\"name\":1}")};
	struct log_part held = {.media = S("text/plain;held"), .body = paragraphs[1]};
	struct log_part all[] = {body, text, secret, held};
	int64_t seq;
	switch (i % 8) {
	case 0:
		seq = add(w, "call.answer", all, 4);
		add_refering(w, "call.publish", seq, &body, 1);
		break;
	case 1:
		seq = add(w, "proposal.table", all + 1, 1);
		erase(w, seq, 0, 1);
		break;
	case 2:
		seq = add(w, "proposal.table", all, 2);
		erase(w, seq, 0, LOG_WHOLE);
		break;
	case 3:
		add(w, "member.card", &secret, 1);
		break;
	case 4:
		add(w, "call.answer", &held, 1);
		break;
	default:
		add(w, "meeting.note", &body, 1);
		break;
	}
}

void world_fill(struct world *w, int n)
{
	static const char empty_body[1];
	AUTO_TX struct store_tx tx = {0};
	struct err err;
	must(store_begin(w->store, &tx, &err) == OK);
	w->filling = true;
	for (int i = 0; i < n; i++)
		add_one(w, i);
	struct log_part nothing = {.media = S("text/plain"), .body = str_from(empty_body, 0)};
	size_t large = (1u << 20) + 77;
	char *p = arena_push(w->a, large);
	for (size_t i = 0; i < large; i++)
		p[i] = (char)(i * i >> 7);
	struct log_part file = {.media = S("application/pdf"), .body = str_from(p, large)};
	add(w, "document.add", &file, 1);
	add(w, "document.add", &nothing, 1);
	w->filling = false;
	must(store_commit(&tx, &err) == OK);
}

enum rc world_export(struct world *w, str out, struct err *err)
{
	str note;
	struct export_counts counts;
	TRY(log_checkpoint(w->store, w->a, S(WORLD_LOG), &w->key, &note, err));
	return export_log(w->store, S(WORLD_LOG), note, &w->verifier, out, &counts, err);
}
