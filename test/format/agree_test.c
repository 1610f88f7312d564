/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Two verifiers, ours and one written from doc/format/record.md in another language, give the
 * same answer on good exports, on mutated ones and on forgeries by somebody with the key.
 */
#include "record/export.h"
#include "record/record_world.h"
#include "t.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/must.h"

#include "base/poison.h"

#define FILES_MAX 1024
#define MUTATIONS 200

/* ---- the other verifier, a child that answers line by line ---- */

struct other {
	FILE *ask;
	FILE *answer;
	pid_t pid;
};

static struct other other_begin(struct arena *a)
{
	int in[2];
	int out[2];
	must(pipe(in) == 0 && pipe(out) == 0);
	struct other o = {.pid = fork()};
	must(o.pid >= 0);
	if (o.pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		close(in[1]);
		close(out[0]);
		execlp("python3", "python3",
		    arena_printf(a, "%s/test/format/verify_export.py", t_root()).p, "--many",
		    "/dev/stdin", (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	o.ask = fdopen(in[1], "w");
	o.answer = fdopen(out[0], "r");
	return o;
}

static int other_verify(struct other *o, str folder)
{
	char line[4096];
	fprintf(o->ask, "%.*s\n", STR(folder));
	fflush(o->ask);
	return fgets(line, sizeof line, o->answer) ? line[0] - '0' : -1;
}

static void other_end(struct other *o)
{
	fclose(o->ask);
	fclose(o->answer);
	waitpid(o->pid, NULL, 0);
}

static int our_verify(str folder)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct verify_how how = {0};
	struct verify_result result;
	struct err err;
	enum rc code = verify_export(a, folder, &how, &result, &err);
	return verify_exit(code, &result);
}

/* Both must say `wanted`. */
static void both(struct other *o, str folder, int wanted, const char *what)
{
	int ours = our_verify(folder);
	int theirs = other_verify(o, folder);
	if (ours != wanted || theirs != wanted)
		t_fail(__FILE__, __LINE__, "%s: wanted %d, ours %d, theirs %d", what, wanted, ours,
		    theirs);
}

TEST(agree_on_good_exports)
{
	static const int sizes[] = {0, 1, 2, 255, 256, 257, 300, 520};
	struct world w;
	struct err err;
	int have = 0;
	world_begin(&w, t_tmpdir());
	struct other o = other_begin(w.a);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		for (; have < sizes[i]; have++) {
			struct log_part part = {.media = S("text/plain"), .body = S("x")};
			struct log_act act = world_act(&w, S("a.b"), &part, (size_t)(have & 1));
			struct log_done done;
			CHECK_EQ(world_append(&w, &act, &done), OK);
		}
		str out = arena_printf(w.a, "%s/out%d", t_tmpdir(), have);
		NEED(world_export(&w, out, &err) == OK);
		both(&o, out, 0, "a good export");
	}
	world_fill(&w, 40);
	str out = arena_printf(w.a, "%s/out", t_tmpdir());
	NEED(world_export(&w, out, &err) == OK);
	both(&o, out, 0, "an export with a bit of everything");
	both(&o, arena_printf(w.a, "%s/none", t_tmpdir()), 2, "no folder");
	both(&o, arena_printf(w.a, "%s/parts", t_tmpdir()), 2, "an empty folder");
	other_end(&o);
	world_end(&w);
}

/* ---- mutations, each undone after it was judged ---- */

struct mutant {
	struct arena *a;
	str out;
	char *path[FILES_MAX];
	size_t n;
	struct t_rand dice;
	const char *target;
	str was; /* its bytes */
	const char *moved;
	char name[256];
};

/* nftw has no argument for its visitor. */
static struct mutant mutant;

static int note_file(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	must(mutant.n < FILES_MAX);
	if (flag == FTW_F)
		mutant.path[mutant.n++] = arena_z(mutant.a, str_of(path));
	return 0;
}

static void write_file(const char *path, str bytes)
{
	FILE *f = fopen(path, "wb");
	must(f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n && fclose(f) == 0);
}

static char *copy_of(struct arena *a, str s, size_t room)
{
	char *p = arena_push(a, s.n + room);
	if (s.n)
		mem_copy(p, s.n, s.p, s.n);
	return p;
}

/* Changes the target's bytes in one of several ways; false when it came out the same. */
static bool change_bytes(struct mutant *m, struct arena *a, size_t how)
{
	str was = m->was;
	char *p = copy_of(a, was, 1);
	size_t at = was.n ? t_rand_below(&m->dice, was.n) : 0;
	str now = str_from(p, was.n);
	switch (how) {
	case 0:
		now.n = was.n ? t_rand_below(&m->dice, was.n) : 1;
		break;
	case 1:
		p[was.n] = (char)t_rand_below(&m->dice, 256);
		now.n++;
		break;
	case 2: /* the file of somebody else */
		now = t_read_file(a, m->path[t_rand_below(&m->dice, m->n)]);
		break;
	case 3: /* two halves change places */
		for (size_t i = 0; i < was.n; i++)
			p[i] = was.p[(i + at) % was.n];
		break;
	default:
		if (was.n)
			p[at] ^= (char)(1 << t_rand_below(&m->dice, 8));
		break;
	}
	write_file(m->target, now);
	return !str_eq(now, was);
}

static bool mutate(struct mutant *m, struct arena *a)
{
	size_t how = t_rand_below(&m->dice, 10);
	m->target = m->path[t_rand_below(&m->dice, m->n)];
	m->was = t_read_file(a, m->target);
	m->moved = NULL;
	snprintf(m->name, sizeof m->name, "way %zu with %s", how, m->target + m->out.n + 1);
	if (how == 8) {
		m->moved = arena_printf(a, "%.*s/../aside", STR(m->out)).p;
		return rename(m->target, m->moved) == 0;
	}
	if (how == 9) {
		m->moved = arena_printf(a, "%s.x", m->target).p;
		write_file(m->moved, m->was);
		return true;
	}
	return change_bytes(m, a, how);
}

static void undo(struct mutant *m)
{
	if (m->moved)
		remove(m->moved);
	write_file(m->target, m->was);
}

TEST(agree_on_200_mutated_exports)
{
	struct world w;
	struct err err;
	world_begin(&w, t_tmpdir());
	world_fill(&w, 40);
	str out = arena_printf(w.a, "%s/out", t_tmpdir());
	NEED(world_export(&w, out, &err) == OK);
	struct other o = other_begin(w.a);
	mutant.a = w.a;
	mutant.out = out;
	mutant.dice = (struct t_rand){1618};
	NEED(nftw(out.p, note_file, 16, FTW_PHYS) == 0);
	for (int i = 0; i < MUTATIONS;) {
		AUTO_ARENA struct arena *a = arena_new(0);
		bool changed = mutate(&mutant, a);
		if (changed)
			both(&o, out, 1, mutant.name);
		undo(&mutant);
		i += changed;
	}
	both(&o, out, 0, "all undone");
	other_end(&o);
	world_end(&w);
}

/* ---- forgeries: the signature and the tree are right, the entries break a rule ---- */

enum forgery {
	FORGE_NOTHING,
	FORGE_LOG,
	FORGE_SEQ,
	FORGE_TIME,
	FORGE_PREV,
	FORGE_KEY,
	FORGE_ERASURE,
	FORGE_COMMITMENT,
	FORGERIES
};

static void forge(struct world *w, enum forgery what)
{
	struct store_head head;
	struct err err;
	must(log_head(w->store, S(WORLD_LOG), &head, &err) == OK);
	struct entry e = {
	    .log = what == FORGE_LOG ? S("b.org/g/x") : S(WORLD_LOG),
	    .seq = (int64_t)head.tree.size + (what == FORGE_SEQ),
	    .time = what == FORGE_TIME ? head.time - 1000 : head.time,
	    .prev = head.prev,
	    .type = what == FORGE_ERASURE ? S(LOG_ERASE_TYPE) : S("a.b"),
	    .actor = ACTOR_PUBLIC,
	    .key = what == FORGE_KEY ? S("key-1") : S("forged"),
	    .refs = 1,
	    .parts = 1,
	};
	if (what == FORGE_PREV)
		e.prev.b[0] ^= 1;
	salt r = {{7}};
	struct store_part part = {.salts = str_from(r.b, sizeof r.b), .body = S("not JSON")};
	e.part[0] = (struct entry_part){S("text/plain"), part_commitment(&r, part.body)};
	if (what == FORGE_COMMITMENT)
		e.part[0].commitment.b[9] ^= 4;
	struct buf text = buf_in(w->a, 0);
	struct tree_made made;
	entry_write(&text, &e);
	struct store_row row = {buf_str(&text), S("forged"), &part, 1};
	head.prev = tree_leaf(row.text);
	head.time = e.time;
	tree_append(&head.tree, head.prev, &made);
	AUTO_TX struct store_tx tx = {0};
	must(store_begin(w->store, &tx, &err) == OK);
	must(w->store->ops->append(w->store, S(WORLD_LOG), &row, NULL, 0, &head, &err) == OK);
	must(store_commit(&tx, &err) == OK);
}

TEST(agree_on_forged_entries)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct other o = other_begin(a);
	for (int what = 0; what < FORGERIES; what++) {
		struct world w;
		struct err err;
		world_begin(&w, arena_printf(a, "%s/w%d", t_tmpdir(), what).p);
		world_fill(&w, 8);
		forge(&w, (enum forgery)what);
		str out = arena_printf(a, "%s/out%d", t_tmpdir(), what);
		enum rc code = world_export(&w, out, &err);
		/* A false number and a nonsense erasure do not even leave our own store. */
		if (what == FORGE_SEQ || what == FORGE_ERASURE)
			CHECK(code == FAULT || code == INVALID);
		else if (code != OK)
			t_fail(
			    __FILE__, __LINE__, "forgery %d: %.*s", what, STR(err_text(&err, a)));
		else
			both(&o, out, what != FORGE_NOTHING, arena_printf(a, "forgery %d", what).p);
		world_end(&w);
	}
	other_end(&o);
}
