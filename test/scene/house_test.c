/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The house when things go wrong: undone groups, the clock, interrupted erasures, other folders. */
#include "engine/house.h"

#include "rooms/rooms_list.h"
#include "t.h"

#include <stdio.h>

#include "base/poison.h"

struct
try {
	struct arena *arena;
	str dir;
	struct house *house;
	struct outcome out;
	struct err err;
	usec now;
};

static usec try_now(void *ctx)
{
	return ((struct try *)ctx)->now;
}

static enum rc open_it(struct try *t)
{
	struct house_conf conf = {.dir = t->dir,
	    .rooms = &comity_rooms,
	    .clock = {try_now, t},
	    .rng = rng_system(),
	    .create = true,
	    .host = S("try.example.org")};
	return house_open(&conf, &t->house, &t->err);
}

static struct try try_open(void)
{
	struct try t = {.arena = arena_new(0), .now = 1500000000 * USEC_SECOND};
	t.dir = arena_printf(t.arena, "%s/try", t_tmpdir());
	return t;
}

static void try_close(struct try *t)
{
	house_close(t->house);
	arena_free(t->arena);
}

/* "name=value;name=value", by the office of the secretariat. */
static enum rc give(
    struct try *t, const char *group, const char *command, const char *key, const char *fields)
{
	struct inputs in = {0};
	str rest = str_of(fields), pair;
	struct order o = {.group = str_of(group),
	    .key = str_of(key),
	    .expect = LOG_ANY,
	    .actor = ACTOR_PUBLIC,
	    .command = rooms_command(&comity_rooms, str_of(command), NULL),
	    .extra_roles = ROLE_SECRETARIAT | ROLE_ADMIN};
	while (str_cut(&rest, ';', &pair)) {
		size_t eq = str_find_char(pair, '=');
		inputs_add(t->arena, &in, str_head(pair, eq), str_skip(pair, eq + 1));
	}
	err_clear(&t->err);
	enum rc rc = command_read(t->arena, o.command, &in, &o.values, NULL, &t->err);
	return rc == OK ? house_carry_out(t->house, t->arena, &o, &t->out, &t->err) : rc;
}

static int64_t entries(struct try *t, const char *group)
{
	struct group *g;
	struct err err = {0};
	return house_group(t->house, str_of(group), &g, &err) == OK ? g->n : -1;
}

TEST(a_group_that_was_undone_leaves_nothing_to_the_next_one)
{
	struct try t = try_open();
	NEED(open_it(&t) == OK);
	CHECK_EQ(house_begin(t.house, &t.err), OK);
	CHECK_EQ(give(&t, "", "group.create", "", "slug=first;title=T"), OK);
	/* Looked at but not changed: its state is folded all the same. */
	CHECK_EQ(entries(&t, "first"), 0);
	house_rollback(t.house);
	CHECK_EQ(entries(&t, ""), 0);
	CHECK_EQ(house_groups(t.house), 0);

	CHECK_EQ(house_begin(t.house, &t.err), OK);
	CHECK_EQ(give(&t, "", "group.create", "", "slug=second;title=T"), OK);
	CHECK_EQ(give(&t, "second", "group.announce", "", "title=A;text=B"), OK);
	CHECK_EQ(house_commit(t.house, &t.err), OK);
	struct group *g;
	CHECK_EQ(house_group(t.house, S("second"), &g, &t.err), OK);
	CHECK_STR(g->slug, "second");
	CHECK_EQ(house_group(t.house, S("first"), &g, &t.err), ABSENT);
	struct store_head head;
	CHECK_EQ(log_head(house_store(t.house), S("try.example.org/g/second"), &head, &t.err), OK);
	CHECK_EQ(head.tree.size, 1);
	house_tidy(t.house);
	try_close(&t);
}

TEST(a_refused_act_after_a_good_one_undoes_only_itself)
{
	struct try t = try_open();
	NEED(open_it(&t) == OK);
	CHECK_EQ(house_begin(t.house, &t.err), OK);
	CHECK_EQ(give(&t, "", "group.create", "", "slug=one;title=T"), OK);
	CHECK_EQ(give(&t, "", "group.create", "", "slug=one;title=T"), REFUSED);
	CHECK_EQ(give(&t, "one", "group.announce", "", "title=A;text=B"), OK);
	/* Refused after its entry was written: the public body cannot be erased. */
	CHECK_EQ(give(&t, "one", "part.erase", "", "seq=0;part=0;ground=error"), REFUSED);
	CHECK_EQ(give(&t, "one", "group.announce", "", "title=C;text=D"), OK);
	CHECK_EQ(house_commit(t.house, &t.err), OK);
	CHECK_EQ(entries(&t, "one"), 2);
	try_close(&t);
}

/* The keys of acts of the clock can be foreseen: whoever took one would stop the clock. */
TEST(nobody_takes_a_key_of_the_clock)
{
	struct try t = try_open();
	NEED(open_it(&t) == OK);
	CHECK_EQ(house_begin(t.house, &t.err), OK);
	CHECK_EQ(give(&t, "", "group.create", "", "slug=one;title=T"), OK);
	CHECK_EQ(
	    give(&t, "one", "group.found", "",
	        "title=One;short_title=One;place=Geneva;zone=Europe/Zurich;description=A group."),
	    OK);
	CHECK_EQ(give(&t, "one", "call.draft", "",
	             "title=A call;audience=all;deadline=2017-07-15T00:00;zone=UTC"),
	    OK);
	CHECK_EQ(give(&t, "one", "call.question", "", "call=1;text=Why?"), OK);
	CHECK_EQ(give(&t, "one", "call.open", "", "call=1"), OK);
	CHECK_EQ(house_commit(t.house, &t.err), OK);
	usec due = house_next_due(t.house);
	NEED(due < INT64_MAX);
	const char *key = arena_z(t.arena,
	    arena_printf(t.arena, "due:call.close:1:%lld", (long long)(due / USEC_SECOND)));
	CHECK_EQ(house_begin(t.house, &t.err), OK);
	CHECK_EQ(give(&t, "one", "group.announce", key, "title=A;text=B"), INVALID);
	CHECK_EQ(house_commit(t.house, &t.err), OK);

	size_t done = 0;
	t.now = due + USEC_SECOND;
	CHECK_EQ(house_begin(t.house, &t.err), OK);
	CHECK_EQ(house_run_due(t.house, t.now, &done, &t.err), OK);
	CHECK_EQ(house_commit(t.house, &t.err), OK);
	CHECK_EQ(done, 1);
	CHECK_EQ(house_next_due(t.house), INT64_MAX);
	try_close(&t);
}

TEST(a_clock_that_goes_backwards_repeats_the_last_time)
{
	struct try t = try_open();
	NEED(open_it(&t) == OK);
	CHECK_EQ(house_begin(t.house, &t.err), OK);
	CHECK_EQ(give(&t, "", "group.create", "", "slug=one;title=T"), OK);
	CHECK_EQ(give(&t, "one", "group.announce", "", "title=A;text=B"), OK);
	usec then = t.now;
	t.now -= 3600 * USEC_SECOND;
	CHECK_EQ(give(&t, "one", "group.announce", "", "title=C;text=D"), OK);
	CHECK_EQ(house_commit(t.house, &t.err), OK);
	struct group *g;
	CHECK_EQ(house_group(t.house, S("one"), &g, &t.err), OK);
	CHECK_EQ(g->time, then);
	try_close(&t);
}

/* True if a word stands in the database file. */
static bool stands(struct try *t, const char *word)
{
	str bytes = t_read_file(t->arena, arena_z(t->arena, house_db_path(t->arena, t->dir)));
	return str_find(bytes, str_of(word)) != SIZE_MAX;
}

/* The process ends after the commit of an erasure and before the views were made again. */
TEST(an_interrupted_erasure_is_finished_by_the_next_start)
{
	struct try t = try_open();
	NEED(open_it(&t) == OK);
	CHECK_EQ(house_begin(t.house, &t.err), OK);
	CHECK_EQ(give(&t, "", "group.create", "", "slug=one;title=T"), OK);
	CHECK_EQ(give(&t, "one", "document.issue", "",
	             "kind=information;title=A;lang=en;text=The quokkaphone stands here."),
	    OK);
	CHECK_EQ(house_commit(t.house, &t.err), OK);
	CHECK_EQ(house_begin(t.house, &t.err), OK);
	CHECK_EQ(give(&t, "one", "part.erase", "", "seq=0;part=1;ground=error"), OK);
	/* As if killed: the store commits, the house does not get to its views. */
	CHECK_EQ(db_script(house_db(t.house), S("COMMIT"), &t.err), OK);
	house_rollback(t.house);
	house_close(t.house);
	t.house = NULL;
	NEED(open_it(&t) == OK);
	house_close(t.house);
	t.house = NULL;
	CHECK(!stands(&t, "quokkaphone"));
	arena_free(t.arena);
}

TEST(a_folder_of_a_newer_version_is_refused)
{
	struct try t = try_open();
	NEED(open_it(&t) == OK);
	CHECK_EQ(db_script(house_db(t.house),
	             S("UPDATE house_meta SET value = '2' WHERE name = 'format'"), &t.err),
	    OK);
	house_close(t.house);
	t.house = NULL;
	CHECK_EQ(open_it(&t), REFUSED);
	CHECK(str_find(err_text(&t.err, t.arena), S("newer version")) != SIZE_MAX);
	arena_free(t.arena);
}

TEST(a_folder_that_another_process_writes_is_busy)
{
	struct try t = try_open(), other = t;
	NEED(open_it(&t) == OK);
	other.house = NULL;
	CHECK_EQ(open_it(&other), BUSY);
	CHECK(str_find(err_text(&other.err, t.arena), t.dir) != SIZE_MAX);
	try_close(&t);
}

/* Whatever the message borrows must outlive the house that could not be opened. */
TEST(a_broken_database_is_a_message)
{
	struct try t = try_open();
	NEED(open_it(&t) == OK);
	house_close(t.house);
	t.house = NULL;
	FILE *f = fopen(arena_z(t.arena, house_db_path(t.arena, t.dir)), "r+");
	NEED(f);
	for (int i = 0; i < 20000; i++)
		fputc('x', f);
	fclose(f);
	CHECK_EQ(open_it(&t), FAULT);
	str text = err_text(&t.err, t.arena);
	CHECK(text.n > 10);
	printf("# %.*s\n", STR(text));
	arena_free(t.arena);
}
