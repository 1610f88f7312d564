/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Verbs about the record: replay, rebuild, export, verify. */
#include "main/cli.h"
#include "main/cli_live.h"
#include "main/replay.h"
#include "main/verify_drafts.h"
#include "record/export.h"
#include "record/store_sqlite.h"
#include "record/verify.h"
#include "rooms/rooms_list.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/poison.h"

#define EXPORT_TRIES 20
#define EXPORT_WAIT  200000 /* microseconds */

int cli_replay(struct cli_args *args)
{
	struct replay_stats stats;
	struct err err = {0};
	usec start = clock_monotonic();
	struct replay_how how = {.folder = cli_word(args, 0),
	    .dir = cli_word(args, 1),
	    .host = cli_option(args, "host"),
	    .seed = cli_option(args, "seed")};
	if (cli_option(args, "live").p)
		return cli_live(args);
	if (replay_folder(args->arena, &comity_rooms, &how, &stats, &err) != OK)
		return cli_fail(&err);
	printf("replayed %zu acts and %zu acts of the clock in %.2f s\n", stats.acts, stats.due,
	    (double)(clock_monotonic() - start) / 1e6);
	return 0;
}

static enum rc open_house(struct cli_args *args, struct house **out, struct err *err)
{
	struct house_conf conf = {.dir = cli_word(args, 0),
	    .rooms = &comity_rooms,
	    .clock = clock_wall(),
	    .rng = rng_system()};
	return house_open(&conf, out, err);
}

int cli_rebuild(struct cli_args *args)
{
	AUTO_HOUSE struct house *h = NULL;
	struct err err = {0};
	digest before, after;
	usec start;
	if (open_house(args, &h, &err) != OK || house_view_digest(h, &before, &err) != OK)
		return cli_fail(&err);
	start = clock_monotonic();
	if (house_rebuild(h, &err) != OK)
		return cli_fail(&err);
	usec took = clock_monotonic() - start;
	if (house_view_digest(h, &after, &err) != OK)
		return cli_fail(&err);
	bool same = digest_eq(before, after);
	printf("rebuilt in %.2f s; the tables are %s before\n", (double)took / 1e6,
	    same ? "the same as" : "not the same as");
	return same || !cli_option(args, "check").p ? 0 : 1;
}

/*
 * A reader of its own: it works while a server writes. The checkpoint is signed a moment after the
 * last act, so a log that just moved is tried again.
 */
static enum rc export_group(struct store *s, struct arena *a, str slug, str out,
    struct export_counts *counts, struct err *err)
{
	AUTO_DB struct db *db = db_wrap(store_sqlite_handle(s));
	struct note_key key;
	str host, note;
	int64_t grp;
	bool found;
	TRY(house_key_of(db, a, &key, &host, err));
	TRY(house_find_group(db, a, slug, &grp, err));
	str origin = log_origin_group(a, host, slug);
	struct note_verifier verifier = note_verifier_of(&key, origin);
	for (int tries = 0;; tries++) {
		TRY(house_note(db, a, origin, &note, &found, err));
		enum rc rc =
		    found ? export_log(s, origin, note, &verifier, out, counts, err)
		          : ERR(err, CONFLICT, NULL, "The record of {0} is not signed yet.", slug);
		if (rc != CONFLICT || tries == EXPORT_TRIES)
			return rc;
		usleep(EXPORT_WAIT);
	}
}

static enum rc open_reader(struct cli_args *args, struct store **out, struct err *err)
{
	struct store_sqlite_how how = {
	    .path = house_db_path(args->arena, cli_word(args, 0)),
	    .parts = house_parts_path(args->arena, cli_word(args, 0)),
	    .read_only = true,
	};
	return store_sqlite_open(&how, out, err);
}

int cli_export(struct cli_args *args)
{
	AUTO_STORE struct store *s = NULL;
	struct err err = {0};
	struct export_counts n = {0};
	if (open_reader(args, &s, &err) != OK ||
	    export_group(s, args->arena, cli_word(args, 1), cli_word(args, 2), &n, &err) != OK)
		return cli_fail(&err);
	printf("exported %" PRIu64 " entries and %" PRIu64 " parts (%" PRIu64 " bytes); %" PRIu64
	       " parts are withheld, %" PRIu64 " erased\n",
	    n.entries, n.parts, n.bytes, n.withheld, n.erased);
	return 0;
}

static void tell(void *ctx, const struct verify_finding *f)
{
	(void)ctx;
	printf("changed: ");
	if (f->file.n)
		printf("%.*s: ", STR(f->file));
	if (f->seq >= 0)
		printf("entry %" PRId64 ": ", f->seq);
	if (f->part >= 0)
		printf("part %d: ", f->part);
	printf("%.*s\n", STR(f->what));
}

static void print_result(const struct verify_result *r, const struct verify_drafts *drafts)
{
	printf("%s: %.*s: %" PRIu64 " entries; parts: %" PRIu64 " verified, %" PRIu64
	       " withheld, %" PRIu64 " erased; %" PRIu64 " bytes\n",
	    r->findings ? "CHANGED" : "ok", STR(r->origin), r->entries, r->parts_verified,
	    r->parts_withheld, r->parts_erased, r->bytes);
	if (r->key.n)
		printf("key: %.*s\n", STR(r->key));
	if (verify_drafts_right(drafts))
		printf("drafts: %" PRIu64
		       " revisions made anew from their amendments, all the same\n",
		    verify_drafts_right(drafts));
	if (verify_drafts_bases(drafts))
		printf("readings: %" PRIu64
		       " texts that a reading began or ended with, all of the hash it states\n",
		    verify_drafts_bases(drafts));
	if (verify_drafts_unknown(drafts))
		printf("drafts: %" PRIu64 " revisions not compared: something of them was erased\n",
		    verify_drafts_unknown(drafts));
}

static int verify_dir(struct cli_args *args)
{
	struct err err = {0};
	AUTO_STORE struct store *s = NULL;
	struct verify_how how = {.tell = tell, .visit = verify_drafts_visit};
	str *logs;
	size_t n = 0;
	int worst = 0;
	if (open_reader(args, &s, &err) != OK ||
	    s->ops->logs(s, args->arena, &logs, &n, &err) != OK) {
		cli_fail(&err);
		return 2;
	}
	for (size_t i = 0; i < n; i++) {
		struct verify_result r = {0};
		how.ctx = verify_drafts_new();
		enum rc rc = verify_store(args->arena, s, logs[i], &how, &r, &err);
		if (rc != OK)
			cli_fail(&err);
		else
			print_result(&r, how.ctx);
		verify_drafts_free(how.ctx);
		int code = verify_exit(rc, &r);
		worst = code > worst ? code : worst;
	}
	return worst;
}

int cli_verify(struct cli_args *args)
{
	struct err err = {0};
	struct stat st;
	struct verify_how how = {.tell = tell, .visit = verify_drafts_visit};
	struct verify_result r = {0};
	if (stat(arena_z(args->arena, house_db_path(args->arena, cli_word(args, 0))), &st) == 0)
		return verify_dir(args);
	how.ctx = verify_drafts_new();
	enum rc rc = verify_export(args->arena, cli_word(args, 0), &how, &r, &err);
	if (rc != OK)
		cli_fail(&err);
	else
		print_result(&r, how.ctx);
	verify_drafts_free(how.ctx);
	return verify_exit(rc, &r);
}
