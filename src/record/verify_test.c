/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/export.h"
#include "record/record_world.h"
#include "record/tiles.h"
#include "t.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/poison.h"

#define ENTRIES 400

/* ---- an export and what a verification says of it ---- */

struct scene {
	struct world w;
	str out;
	struct err err;
};

static void begin(struct scene *s)
{
	world_begin(&s->w, t_tmpdir());
	world_fill(&s->w, ENTRIES);
	s->out = arena_printf(s->w.a, "%s/out", t_tmpdir());
	if (world_export(&s->w, s->out, &s->err) != OK)
		t_fail(__FILE__, __LINE__, "%.*s", STR(err_text(&s->err, s->w.a)));
}

struct told {
	struct arena *a;
	struct verify_finding at[64];
	size_t n;
	bool print;
};

static void tell(void *ctx, const struct verify_finding *f)
{
	struct told *t = ctx;
	if (t->print)
		fprintf(stderr, "# %.*s: entry %lld part %d: %.*s\n", STR(f->file),
		    (long long)f->seq, f->part, STR(f->what));
	if (t->n < 64)
		t->at[t->n++] = (struct verify_finding){
		    arena_str(t->a, f->what), arena_str(t->a, f->file), f->seq, f->part};
}

static int verify(str folder, struct told *told, struct verify_result *result)
{
	struct err err;
	told->n = 0;
	struct verify_how how = {.tell = tell, .ctx = told};
	enum rc code = verify_export(told->a, folder, &how, result, &err);
	return verify_exit(code, result);
}

/* A body and its salt are hashed together, so that naming either names the part. */
static str without_salt(str file)
{
	return str_ends(file, S(".salt")) ? str_head(file, file.n - 5) : file;
}

/* Verifies and wants one finding at least that names `file` (with `seq`, unless -1). */
static void expect_named(struct scene *s, const char *file, int64_t seq, int line)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct told told = {.a = a};
	struct verify_result result;
	int code = verify(s->out, &told, &result);
	if (code != 1)
		t_fail(__FILE__, line, "exit code %d", code);
	for (size_t i = 0; i < told.n; i++)
		if (str_eq(without_salt(told.at[i].file), without_salt(str_of(file))) &&
		    (seq < 0 || told.at[i].seq == seq))
			return;
	told.print = true;
	verify(s->out, &told, &result);
	t_fail(__FILE__, line, "no finding names %s", file);
}

static void expect_whole(struct scene *s, int line)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct told told = {.a = a, .print = true};
	struct verify_result result;
	if (verify(s->out, &told, &result) != 0)
		t_fail(__FILE__, line, "not whole");
}

static const char *below(struct scene *s, const char *file)
{
	return arena_printf(s->w.a, "%.*s/%s", STR(s->out), file).p;
}

static void write_at(struct scene *s, const char *file, str bytes)
{
	FILE *f = fopen(below(s, file), "wb");
	CHECK(f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n);
	if (f)
		fclose(f);
}

TEST(verify_whole_export)
{
	struct scene s;
	begin(&s);
	AUTO_ARENA struct arena *a = arena_new(0);
	struct told told = {.a = a, .print = true};
	struct verify_result result;
	CHECK_EQ(verify(s.out, &told, &result), 0);
	CHECK_EQ(result.entries, ENTRIES + ENTRIES / 8 * 3 + 2);
	CHECK_EQ(result.parts_erased, ENTRIES / 8);
	CHECK_EQ(result.blocks_erased, ENTRIES / 8);
	CHECK_EQ(result.parts_withheld, ENTRIES / 8 * 3);
	/* Of eight acts: 3 + 1 public, 1 + 1, 1 + 1, none, none, 3 of one part each. */
	CHECK_EQ(result.parts_verified, ENTRIES / 8 * 11 + 2);
	CHECK_STR(result.origin, WORLD_LOG);
	struct verify_how how = {.tell = tell, .ctx = &told};
	NEED(verify_store(a, s.w.store, S(WORLD_LOG), &how, &result, &s.err) == OK);
	CHECK_EQ(result.findings, 0);
	CHECK_EQ(result.parts_erased, ENTRIES / 8);
	world_end(&s.w);
}

TEST(verify_empty_log)
{
	struct scene s;
	world_begin(&s.w, t_tmpdir());
	s.out = arena_printf(s.w.a, "%s/out", t_tmpdir());
	NEED(world_export(&s.w, s.out, &s.err) == OK);
	expect_whole(&s, __LINE__);
	world_end(&s.w);
}

TEST(verify_tile_boundaries)
{
	static const int sizes[] = {1, 255, 256, 257, 511, 512};
	struct scene s;
	world_begin(&s.w, t_tmpdir());
	int have = 0;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		for (; have < sizes[i]; have++) {
			struct log_part part = {.media = S("text/plain"), .body = S("x")};
			struct log_act act = world_act(&s.w, S("a.b"), &part, 1);
			struct log_done done;
			CHECK_EQ(world_append(&s.w, &act, &done), OK);
		}
		s.out = arena_printf(s.w.a, "%s/out%d", t_tmpdir(), have);
		NEED(world_export(&s.w, s.out, &s.err) == OK);
		expect_whole(&s, __LINE__);
	}
	struct stat st;
	CHECK(stat(below(&s, "tile/1/000.p/2"), &st) == 0);
	CHECK(stat(below(&s, "tile/0/001"), &st) == 0);
	CHECK(stat(below(&s, "tile/0/002.p/0"), &st) != 0);
	world_end(&s.w);
}

TEST(verify_nothing_there)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct told told = {.a = a};
	struct verify_result result;
	CHECK_EQ(verify(arena_printf(a, "%s/nowhere", t_tmpdir()), &told, &result), 2);
	CHECK_EQ(verify(str_of(t_tmpdir()), &told, &result), 2);
	CHECK_EQ(verify(S("/etc/passwd"), &told, &result), 2);
}

/* ---- every bit ---- */

#define FILES_MAX 8192

struct all_files {
	char *path[FILES_MAX];
	size_t size[FILES_MAX];
	size_t n;
	size_t bytes;
};

/* nftw has no argument for its visitor. */
static struct all_files files;

static int note_file(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)ftw;
	if (flag != FTW_F || files.n == FILES_MAX || st->st_size == 0)
		return 0;
	size_t n = strlen(path) + 1;
	files.path[files.n] = malloc(n);
	mem_copy(files.path[files.n], n, path, n);
	files.size[files.n++] = (size_t)st->st_size;
	files.bytes += (size_t)st->st_size;
	return 0;
}

static void flip(const char *path, size_t at, int bit)
{
	unsigned char c = 0;
	int fd = open(path, O_RDWR);
	CHECK(fd >= 0 && pread(fd, &c, 1, (off_t)at) == 1);
	c ^= (unsigned char)(1 << bit);
	CHECK(pwrite(fd, &c, 1, (off_t)at) == 1);
	close(fd);
}

/* The entries whose bundle this is, if it is one. */
static bool in_bundle(const char *file, int64_t seq)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf full = buf_in(a, 0);
	if (seq < 0)
		return false;
	tile_path_write(&full, TILE_ENTRIES, (uint64_t)seq / TILE_WIDTH, TILE_WIDTH);
	return str_starts(str_of(file), buf_str(&full));
}

static bool is_named(const struct told *told, const char *file)
{
	for (size_t i = 0; i < told->n; i++)
		if (str_eq(without_salt(told->at[i].file), without_salt(str_of(file))) ||
		    in_bundle(file, told->at[i].seq))
			return true;
	return false;
}

/* Half of the flips choose a file first, so that the small ones get their share. */
static void choose(struct t_rand *r, size_t *file, size_t *at)
{
	*file = t_rand_below(r, files.n);
	*at = t_rand_below(r, files.size[*file]);
	if (t_rand_below(r, 2))
		return;
	*at = t_rand_below(r, files.bytes);
	for (*file = 0; *at >= files.size[*file]; (*file)++)
		*at -= files.size[*file];
}

/* Two bundles of entries, few of them with parts, so that 5,000 verifications take seconds. */
static void begin_small(struct scene *s)
{
	world_begin(&s->w, t_tmpdir());
	world_fill(&s->w, 40);
	{
		AUTO_TX struct store_tx tx = {0};
		CHECK_EQ(store_begin(s->w.store, &tx, &s->err), OK);
		s->w.filling = true;
		for (int i = 0; i < 250; i++) {
			struct log_act act = world_act(&s->w, S("deadline.passed"), NULL, 0);
			struct log_done done;
			CHECK_EQ(world_append(&s->w, &act, &done), OK);
		}
		s->w.filling = false;
		CHECK_EQ(store_commit(&tx, &s->err), OK);
	}
	s->out = arena_printf(s->w.a, "%s/out", t_tmpdir());
	CHECK_EQ(world_export(&s->w, s->out, &s->err), OK);
}

TEST(verify_finds_5000_flipped_bits)
{
	struct scene s;
	struct t_rand r = {20181};
	begin_small(&s);
	NEED(nftw(s.out.p, note_file, 16, FTW_PHYS) == 0);
	CHECK(files.n > 100);
	for (int i = 0; i < 5000 && t_failures() < 10; i++) {
		AUTO_ARENA struct arena *a = arena_new(0);
		struct told told = {.a = a};
		struct verify_result result;
		size_t file;
		size_t at;
		choose(&r, &file, &at);
		int bit = (int)t_rand_below(&r, 8);
		const char *name = files.path[file] + s.out.n + 1;
		flip(files.path[file], at, bit);
		int code = verify(s.out, &told, &result);
		if (code != 1)
			t_fail(
			    __FILE__, __LINE__, "%s byte %zu bit %d: exit %d", name, at, bit, code);
		else if (!is_named(&told, name))
			t_fail(__FILE__, __LINE__, "%s byte %zu bit %d: not named", name, at, bit);
		flip(files.path[file], at, bit);
	}
	expect_whole(&s, __LINE__);
	for (size_t i = 0; i < files.n; i++)
		free(files.path[i]);
	world_end(&s.w);
}

/* ---- files that come, go and change places ---- */

TEST(verify_names_missing_and_strange_files)
{
	static const char *const files_of_it[] = {"key", "checkpoint", "tile/0/000", "tile/0/001",
	    "tile/entries/001", "part/0/0", "part/0/0.salt", "part/0/3"};
	struct scene s;
	begin(&s);
	const char *aside = below(&s, "../aside");
	for (size_t i = 0; i < sizeof files_of_it / sizeof *files_of_it; i++) {
		const char *path = below(&s, files_of_it[i]);
		NEED(rename(path, aside) == 0);
		expect_named(&s, files_of_it[i], -1, __LINE__);
		NEED(symlink("../aside", path) == 0);
		expect_named(&s, files_of_it[i], -1, __LINE__);
		NEED(unlink(path) == 0 && mkdir(path, 0700) == 0);
		expect_named(&s, files_of_it[i], -1, __LINE__);
		NEED(rmdir(path) == 0);
		write_at(&s, files_of_it[i], STR_EMPTY);
		expect_named(&s, files_of_it[i], -1, __LINE__);
		NEED(rename(aside, path) == 0);
	}
	expect_whole(&s, __LINE__);
	world_end(&s.w);
}

TEST(verify_names_files_too_many)
{
	/* Entry 0 has a private part 2; entry 3 was redacted, entry 5 erased. */
	static const char *const extra[] = {"readme", "part/0/2", "part/0/2.salt", "part/0/00",
	    "part/0/4", "part/0/64", "part/0/x", "part/0/.salt", "part/99999999/0", "part/x",
	    "tile/0/999", "tile/0/000.p/3", "tile/entries/000.p/9", "tile/7/000", "tile/x",
	    "tile/0/x000/000", "tile/00/000"};
	struct scene s;
	begin(&s);
	for (size_t i = 0; i < sizeof extra / sizeof *extra; i++) {
		char *path = arena_z(s.w.a, str_of(below(&s, extra[i])));
		for (char *p = path + s.out.n + 1; *p; p++) {
			if (*p != '/')
				continue;
			*p = '\0';
			mkdir(path, 0700);
			*p = '/';
		}
		write_at(&s, extra[i], S("surprise"));
		bool whole_folder = str_is(str_of(extra[i]), "part/99999999/0");
		expect_named(&s, whole_folder ? "part/99999999" : extra[i], -1, __LINE__);
		CHECK(unlink(path) == 0);
		if (whole_folder)
			CHECK(rmdir(below(&s, "part/99999999")) == 0);
	}
	expect_whole(&s, __LINE__);
	world_end(&s.w);
}

TEST(verify_finds_longer_and_shorter_files)
{
	static const char *const some[] = {"key", "checkpoint", "tile/0/000", "tile/entries/000",
	    "tile/entries/001", "part/0/0", "part/0/0.salt", "part/0/1", "part/0/1.salt"};
	struct scene s;
	begin(&s);
	for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
		str was = t_read_file(s.w.a, below(&s, some[i]));
		write_at(&s, some[i], arena_printf(s.w.a, "%.*sx", STR(str_head(was, 0))));
		expect_named(&s, some[i], -1, __LINE__);
		struct buf longer = buf_in(s.w.a, 0);
		buf_put(&longer, was);
		buf_putc(&longer, '\n');
		write_at(&s, some[i], buf_str(&longer));
		expect_named(&s, some[i], -1, __LINE__);
		write_at(&s, some[i], str_head(was, was.n - 1));
		expect_named(&s, some[i], -1, __LINE__);
		write_at(&s, some[i], was);
	}
	expect_whole(&s, __LINE__);
	world_end(&s.w);
}

TEST(verify_trusts_only_the_key_it_is_told)
{
	struct scene s;
	begin(&s);
	struct rng_seeded seed;
	struct note_key other = note_key_new(rng_from_seed(&seed, S("forger")));
	struct note_verifier forger = note_verifier_of(&other, S(WORLD_LOG));
	struct verify_result result;
	AUTO_ARENA struct arena *a = arena_new(0);
	struct told told = {.a = a};
	struct verify_how how = {.trusted = &s.w.verifier, .tell = tell, .ctx = &told};
	NEED(verify_export(a, s.out, &how, &result, &s.err) == OK);
	CHECK_EQ(result.findings, 0);
	how.trusted = &forger;
	NEED(verify_export(a, s.out, &how, &result, &s.err) == OK);
	CHECK_EQ(result.findings, 1);
	CHECK_STR(told.at[0].file, "key");
	world_end(&s.w);
}

/* ---- forgeries by somebody who has the key ---- */

TEST(verify_refuses_what_the_key_holder_erased_secretly)
{
	struct world w;
	AUTO_ARENA struct arena *a = arena_new(0);
	struct told told = {.a = a};
	struct verify_result result;
	struct verify_how how = {.tell = tell, .ctx = &told};
	struct err err;
	world_begin(&w, t_tmpdir());
	world_fill(&w, 8);
	struct log_erasure silent = {0, 0, LOG_WHOLE, S("art17")};
	struct log_erasure paragraph = {0, 1, 2, S("art17")};
	AUTO_TX struct store_tx tx = {0};
	NEED(store_begin(w.store, &tx, &err) == OK);
	NEED(log_erase(w.store, w.a, S(WORLD_LOG), &silent, &err) == OK);
	NEED(log_erase(w.store, w.a, S(WORLD_LOG), &paragraph, &err) == OK);
	NEED(store_commit(&tx, &err) == OK);
	NEED(verify_store(a, w.store, S(WORLD_LOG), &how, &result, &err) == OK);
	CHECK_EQ(result.findings, 2);
	CHECK_EQ(told.at[0].seq, 0);
	CHECK_EQ(told.at[0].part, 0);
	CHECK_EQ(told.at[1].part, 1);
	str out = arena_printf(w.a, "%s/out", t_tmpdir());
	NEED(world_export(&w, out, &err) == OK);
	CHECK_EQ(verify(out, &told, &result), 1);
	CHECK_EQ(result.findings, 3); /* body and salt are two files */
	world_end(&w);
}

TEST(verify_store_finds_a_changed_head)
{
	struct world w;
	AUTO_ARENA struct arena *a = arena_new(0);
	struct told told = {.a = a};
	struct verify_result result;
	struct verify_how how = {.tell = tell, .ctx = &told};
	struct err err;
	struct store_head head;
	world_begin(&w, t_tmpdir());
	world_fill(&w, 8);
	NEED(log_head(w.store, S(WORLD_LOG), &head, &err) == OK);
	for (int i = 0; i < 4; i++) {
		struct store_head bad = head;
		AUTO_TX struct store_tx tx = {0};
		if (i == 0)
			bad.prev.b[3] ^= 1;
		if (i == 1)
			bad.tree.node[__builtin_ctzll(head.tree.size)].b[3] ^= 1;
		if (i == 2)
			bad.time++;
		if (i == 3)
			bad.signed_size = 5;
		NEED(store_begin(w.store, &tx, &err) == OK);
		NEED(w.store->ops->append(w.store, S(WORLD_LOG), NULL, NULL, 0, &bad, &err) == OK);
		NEED(store_commit(&tx, &err) == OK);
		NEED(verify_store(a, w.store, S(WORLD_LOG), &how, &result, &err) == OK);
		CHECK_EQ(result.findings, 1);
	}
	CHECK_EQ(verify_store(a, w.store, S("b.org/g/y"), &how, &result, &err), ABSENT);
	world_end(&w);
}

/* Flips bits in the database file itself, in entries and bodies. */
TEST(verify_store_finds_changed_rows)
{
	static const char *const needle[] = {"{\"title\":\"Act 13\"}", "key key-30", "Number 8."};
	AUTO_ARENA struct arena *a = arena_new(0);
	str db = arena_printf(a, "%s/record.db", t_tmpdir());
	struct told told = {.a = a};
	struct verify_result result;
	struct verify_how how = {.tell = tell, .ctx = &told};
	struct world w;
	struct err err;
	world_begin(&w, t_tmpdir());
	world_fill(&w, 40);
	world_end(&w);
	for (size_t i = 0; i < 3; i++) {
		size_t at = str_find(t_read_file(a, db.p), str_of(needle[i]));
		NEED(at != SIZE_MAX);
		flip(db.p, at + 7, 0);
		told.n = 0;
		world_begin(&w, t_tmpdir());
		CHECK_EQ(verify_store(a, w.store, S(WORLD_LOG), &how, &result, &err), OK);
		CHECK(result.findings > 0);
		world_end(&w);
		flip(db.p, at + 7, 0);
	}
}

static enum rc count_visit(void *ctx, const struct log_entry *e, struct err *err)
{
	int *n = ctx;
	(*n)++;
	if (e->entry.seq == 5)
		return ERR(err, REFUSED, NULL, "The state is another.");
	if (str_is(e->entry.type, "meeting.note"))
		CHECK(str_starts(e->parts[0].body, S("{\"title\"")));
	if (str_is(e->entry.type, "member.card"))
		CHECK(e->parts[0].erased);
	return OK;
}

TEST(verify_shows_every_entry_to_a_visitor)
{
	struct scene s;
	begin(&s);
	int n = 0;
	AUTO_ARENA struct arena *a = arena_new(0);
	struct verify_result result;
	struct verify_how how = {.visit = count_visit, .ctx = &n};
	NEED(verify_export(a, s.out, &how, &result, &s.err) == OK);
	CHECK_EQ(n, result.entries);
	CHECK_EQ(result.findings, 1);
	world_end(&s.w);
}

TEST(export_refuses_a_full_folder_and_a_stale_note)
{
	struct scene s;
	begin(&s);
	CHECK_EQ(world_export(&s.w, s.out, &s.err), REFUSED);
	str note;
	struct export_counts counts;
	NEED(log_checkpoint(s.w.store, s.w.a, S(WORLD_LOG), &s.w.key, &note, &s.err) == OK);
	world_fill(&s.w, 1);
	CHECK_EQ(export_log(s.w.store, S(WORLD_LOG), note, &s.w.verifier,
	             arena_printf(s.w.a, "%s/other", t_tmpdir()), &counts, &s.err),
	    CONFLICT);
	world_end(&s.w);
}
