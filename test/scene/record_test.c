/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The sample group's record: its statements, its facts, its export with every bit flipped, erasure.
 */
#include "base/db.h"
#include "engine/house.h"
#include "main/replay.h"
#include "record/export.h"
#include "record/verify.h"
#include "rooms/report/report_cli.h"
#include "rooms/rooms_list.h"
#include "t.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/poison.h"

static struct house *replayed(struct arena *a, const char *script, str *dir)
{
	struct replay_stats stats;
	struct err err = {0};
	struct house *h = NULL;
	*dir = arena_printf(a, "%s/data", t_tmpdir());
	str folder = arena_printf(a, "%s/%s", t_root(), script);
	struct replay_how how = {.folder = folder, .dir = *dir, .seed = S("a test")};
	if (replay_folder(a, &comity_rooms, &how, &stats, &err) != OK) {
		str text = err_text(&err, a);
		t_fail(__FILE__, __LINE__, "%.*s", STR(text));
		return NULL;
	}
	struct house_conf conf = {
	    .dir = *dir, .rooms = &comity_rooms, .clock = clock_wall(), .rng = rng_system()};
	CHECK_EQ(house_open(&conf, &h, &err), OK);
	return h;
}

/* However deep it is found, and after the house is closed, the message names the line. */
TEST(a_script_that_fails_says_where)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct replay_stats stats;
	struct err err = {0};
	str dir = arena_printf(a, "%s/data", t_tmpdir()), folder = str_of(t_tmpdir());
	FILE *f = fopen(arena_z(a, arena_printf(a, "%s/1.jsonl", t_tmpdir())), "w");
	NEED(f && fputs("# A comment.\n{\"include\": \"more/2.jsonl\"}\n", f) >= 0 &&
	     fclose(f) == 0);
	NEED(mkdir(arena_z(a, arena_printf(a, "%s/more", t_tmpdir())), 0700) == 0);
	f = fopen(arena_z(a, arena_printf(a, "%s/more/2.jsonl", t_tmpdir())), "w");
	NEED(f &&
	     fputs("\n{\"do\": \"group.announce\", \"with\": {\"title\": "
	           "[[[[[[[\"@nobody\"]]]]]]]}}\n",
	         f) >= 0 &&
	     fclose(f) == 0);
	struct replay_how how = {.folder = folder, .dir = dir, .seed = S("a test")};
	CHECK_EQ(replay_folder(a, &comity_rooms, &how, &stats, &err), INVALID);
	str text = err_text(&err, a);
	CHECK(str_find(text, S("more/2.jsonl:2: ")) != SIZE_MAX);
	CHECK(str_ends(text, S("No earlier line is named @nobody.")));
}

TEST(every_statement_of_every_view_is_prepared)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str dir;
	struct err err = {0};
	AUTO_HOUSE struct house *h = replayed(a, "test/fixtures/two-groups", &dir);
	NEED(h);
	size_t n = 0;
	for (size_t i = 0; i < comity_rooms.n; i++) {
		const struct room_view *v = comity_rooms.v[i].view;
		if (!v || !v->schema)
			continue;
		n += v->schema->n_stmts;
		if (db_check(house_db(h), v->schema, &err) != OK) {
			str text = err_text(&err, a);
			t_fail(__FILE__, __LINE__, "%s: %.*s", v->schema->name, STR(text));
		}
	}
	printf("# %zu statements\n", n);
	CHECK(n > 100);
}

static void rebuild_gives_the_same(const char *script)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str dir;
	struct err err = {0};
	digest before, after;
	AUTO_HOUSE struct house *h = replayed(a, script, &dir);
	NEED(h);
	CHECK_EQ(house_view_digest(h, &before, &err), OK);
	CHECK_EQ(house_rebuild(h, &err), OK);
	CHECK_EQ(house_view_digest(h, &after, &err), OK);
	CHECK(digest_eq(before, after));
}

TEST(rebuild_of_wgec_gives_the_same_tables)
{
	rebuild_gives_the_same("examples/wgec");
}

TEST(rebuild_of_wgec_adopted_gives_the_same_tables)
{
	rebuild_gives_the_same("examples/wgec-adopted");
}

TEST(rebuild_of_two_groups_gives_the_same_tables)
{
	rebuild_gives_the_same("test/fixtures/two-groups");
}

static struct json *facts_of(struct arena *a, struct house *h)
{
	struct report_group g = {.slug = S("wgec"), .title = S("WGEC"), .base = STR_EMPTY};
	struct buf out = buf_in(a, 0);
	struct json *facts = NULL;
	struct err err = {0};
	CHECK_EQ(house_find_group(house_db(h), a, g.slug, &g.grp, &err), OK);
	CHECK_EQ(report_print(house_db(h), a, &g, REPORT_FORMAT_FACTS, &out, &err), OK);
	CHECK_EQ(json_parse(a, buf_str(&out), "facts", &facts, &err), OK);
	return facts;
}

static void count_is(const struct json *facts, const char *name, int64_t want)
{
	const struct json *o = json_get(facts, str_of(name));
	CHECK_EQ(json_get_i64(o, S("count"), -1), want);
	if (!json_get(o, S("entries")) || json_get(o, S("entries"))->count == 0)
		t_fail(__FILE__, __LINE__, "%s names no entry that proves it", name);
}

TEST(the_report_of_wgec_states_its_facts)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const days[5][2] = {{"2016-09-30", "2016-09-30"},
	    {"2017-01-26", "2017-01-27"}, {"2017-05-03", "2017-05-05"},
	    {"2017-09-25", "2017-09-27"}, {"2018-01-29", "2018-01-31"}};
	str dir;
	AUTO_HOUSE struct house *h = replayed(a, "examples/wgec", &dir);
	NEED(h);
	struct json *f = facts_of(a, h);
	NEED(f);
	count_is(f, "member_states", 22);
	count_is(f, "other_members", 20);
	count_is(f, "questions", 2);
	count_is(f, "contributions", 37);
	count_is(f, "presenters", 12);
	size_t i = 0;
	json_each (m, json_get(f, S("meetings"))) {
		NEED(i < 5);
		CHECK_STR(json_get_str(m, S("starts")), days[i][0]);
		CHECK_STR(json_get_str(m, S("ends")), days[i++][1]);
		CHECK(json_get(m, S("entries"))->count > 0);
	}
	CHECK_EQ(i, 5);
	CHECK(
	    str_find(json_str(a, json_get(f, S("outcome"))), S("no recommendations")) != SIZE_MAX);
}

struct exported {
	struct arena *arena;
	str out;
	VEC(str) files;
	VEC(size_t) sizes;
	size_t bytes;
};

static void list_files(struct exported *x, str folder)
{
	DIR *d = opendir(arena_z(x->arena, folder));
	const struct dirent *e;
	while (d && (e = readdir(d))) {
		struct stat st;
		if (e->d_name[0] == '.')
			continue;
		str path = arena_printf(x->arena, "%.*s/%s", STR(folder), e->d_name);
		if (stat(arena_z(x->arena, path), &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode)) {
			list_files(x, path);
		} else if (st.st_size > 0) {
			*vec_push(x->arena, &x->files) = path;
			*vec_push(x->arena, &x->sizes) = (size_t)st.st_size;
			x->bytes += (size_t)st.st_size;
		}
	}
	if (d)
		closedir(d);
}

static void flip(const char *path, size_t at, unsigned bit)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	unsigned char c = 0;
	CHECK(fd >= 0 && pread(fd, &c, 1, (off_t)at) == 1);
	c ^= (unsigned char)(1u << bit);
	CHECK(pwrite(fd, &c, 1, (off_t)at) == 1);
	close(fd);
}

struct first_finding {
	struct arena *arena;
	str file;
	int64_t seq;
	size_t n;
};

static void note_finding(void *ctx, const struct verify_finding *f)
{
	struct first_finding *x = ctx;
	if (x->n++ == 0) {
		x->file = arena_str(x->arena, f->file);
		x->seq = f->seq;
	}
}

static void export_wgec(struct exported *x)
{
	str dir, note;
	struct err err = {0};
	struct export_counts counts;
	AUTO_HOUSE struct house *h = replayed(x->arena, "examples/wgec", &dir);
	NEED(h);
	str origin = house_origin(h, x->arena, S("wgec"));
	CHECK_EQ(log_checkpoint(house_store(h), x->arena, origin, house_key(h), &note, &err), OK);
	struct note_verifier v = note_verifier_of(house_key(h), origin);
	x->out = arena_printf(x->arena, "%s/out", t_tmpdir());
	CHECK_EQ(export_log(house_store(h), origin, note, &v, x->out, &counts, &err), OK);
	list_files(x, x->out);
}

/* The record's own test flips 5,000 bits of a small export; this one those of the sample
 * group. */
TEST(every_flipped_bit_of_the_export_is_found_and_named)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct exported x = {.arena = a};
	struct t_rand r = {20181};
	export_wgec(&x);
	NEED(x.bytes > 100000);
	for (int i = 0; i < 400; i++) {
		AUTO_ARENA struct arena *each = arena_new(0);
		size_t at = t_rand_below(&r, x.bytes), k = 0;
		while (at >= x.sizes.p[k])
			at -= x.sizes.p[k++];
		const char *path = arena_z(each, x.files.p[k]);
		unsigned bit = (unsigned)t_rand_below(&r, 8);
		struct first_finding first = {.arena = each, .seq = -1};
		struct verify_how how = {.tell = note_finding, .ctx = &first};
		struct verify_result result = {0};
		struct err err = {0};
		flip(path, at, bit);
		enum rc rc = verify_export(each, x.out, &how, &result, &err);
		if (verify_exit(rc, &result) != 1 || (!first.file.n && first.seq < 0))
			t_fail(__FILE__, __LINE__, "bit %u of byte %zu of %s was not found", bit,
			    at, path);
		flip(path, at, bit);
	}
	struct verify_how plain = {0};
	struct verify_result whole = {0};
	struct err err = {0};
	CHECK_EQ(verify_export(a, x.out, &plain, &whole, &err), OK);
	CHECK_EQ(whole.findings, 0);
}

static bool holds(str path, str needle)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct stat st;
	const char *z = arena_z(a, path);
	if (stat(z, &st) != 0)
		return false;
	return str_find(t_read_file(a, z), needle) != SIZE_MAX;
}

static void say_finding(void *ctx, const struct verify_finding *f)
{
	(void)ctx;
	t_fail(__FILE__, __LINE__, "entry %lld: %.*s", (long long)f->seq, STR(f->what));
}

/* A document's text is erased: no table, index, page of the file or WAL keeps a word of it. */
TEST(what_is_erased_leaves_no_trace)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str dir, canary = S("quokkaphone-canary");
	struct err err = {0};
	struct outcome out;
	AUTO_HOUSE struct house *h = replayed(a, "examples/wgec", &dir);
	NEED(h);
	struct inputs said = {0}, erase = {0};
	inputs_add(a, &said, S("kind"), S("information"));
	inputs_add(a, &said, S("title"), S("A title"));
	inputs_add(a, &said, S("lang"), S("en"));
	inputs_add(a, &said, S("text"), arena_printf(a, "The word %.*s stands here.", STR(canary)));
	struct order o = {.group = S("wgec"),
	    .command = rooms_command(&comity_rooms, S("document.issue"), NULL),
	    .actor = ACTOR_SYSTEM,
	    .extra_roles = ROLE_SECRETARIAT,
	    .expect = LOG_ANY};
	CHECK_EQ(command_read(a, o.command, &said, &o.values, NULL, &err), OK);
	CHECK_EQ(house_begin(h, &err), OK);
	CHECK_EQ(house_carry_out(h, a, &o, &out, &err), OK);
	CHECK_EQ(house_commit(h, &err), OK);
	str db = house_db_path(a, dir), wal = arena_printf(a, "%.*s-wal", STR(db));
	CHECK(holds(db, canary) || holds(wal, canary));

	inputs_add(a, &erase, S("seq"), arena_printf(a, "%lld", (long long)out.seq));
	inputs_add(a, &erase, S("ground"), S("safety"));
	inputs_add(a, &erase, S("part"), S("0"));
	o.command = rooms_command(&comity_rooms, S("part.erase"), NULL);
	CHECK_EQ(house_begin(h, &err), OK);
	/* What later acts rest on is refused after its entry was written: nothing of it may stay.
	 */
	CHECK_EQ(command_read(a, o.command, &erase, &o.values, NULL, &err), OK);
	CHECK_EQ(house_carry_out(h, a, &o, &out, &err), REFUSED);
	erase.v.p[erase.v.n - 1].value = S("1");
	CHECK_EQ(command_read(a, o.command, &erase, &o.values, NULL, &err), OK);
	CHECK_EQ(house_carry_out(h, a, &o, &out, &err), OK);
	CHECK_EQ(house_commit(h, &err), OK);
	CHECK(!holds(db, canary));
	CHECK(!holds(wal, canary));

	struct verify_how plain = {0};
	struct verify_result r = {0};
	plain.tell = say_finding;
	CHECK_EQ(
	    verify_store(a, house_store(h), house_origin(h, a, S("wgec")), &plain, &r, &err), OK);
	CHECK_EQ(r.findings, 0);
	CHECK_EQ(r.parts_erased, 1);
}
