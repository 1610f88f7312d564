/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Word files of others: documents with their accepted and rejected copies, and broken ones. */
#include "base/buf.h"
#include "docx/docx.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

#include "t.h"
#include "base/poison.h"

static DIR *folder(struct arena *a, const char *path)
{
	return opendir(arena_z(a, arena_printf(a, "%s/../shared/data/%s", t_root(), path)));
}

static bool is_there(struct arena *a, const char *path)
{
	struct stat st;
	return stat(arena_z(a, arena_printf(a, "%s/../shared/data/%s", t_root(), path)), &st) == 0;
}

/* The paragraphs that say something, one a line. */
static str plain(struct arena *a, const char *path, bool accept)
{
	struct docx_texts texts = {0};
	struct err err = {0};
	struct buf b = buf_in(a, 0);
	if (docx_plain(a, t_read_file(a, arena_z(a, arena_printf(a, "../shared/data/%s", path))),
	        accept, &texts, &err) != OK) {
		str said = err_text(&err, a);
		t_fail(__FILE__, __LINE__, "%s: %.*s", path, STR(said));
	}
	for (size_t i = 0; i < texts.list.n; i++) {
		buf_put(&b, texts.list.p[i]);
		buf_put(&b, texts.list.p[i].n ? S("|\n") : STR_EMPTY);
	}
	return buf_str(&b);
}

/* Each document with all changes accepted, or rejected, reads as its authors' copy of it does. */
static int compare(struct arena *a, const char *ending, bool accept)
{
	DIR *dir = folder(a, "docx-revisions/RP");
	int pairs = 0;
	for (struct dirent *e; dir && (e = readdir(dir));) {
		str name = str_of(e->d_name), tail = str_of(ending);
		if (!str_ends(name, tail))
			continue;
		const char *copy = arena_z(a, arena_printf(a, "docx-revisions/RP/%.*s", STR(name)));
		const char *file = arena_z(a, arena_printf(a, "docx-revisions/RP/%.*s.docx",
		                                  STR(str_head(name, name.n - tail.n))));
		if (!is_there(a, file))
			continue;
		str got = plain(a, file, accept), want = plain(a, copy, true);
		pairs++;
		if (!str_eq(got, want))
			t_fail(__FILE__, __LINE__, "%s reads\n%.*s\nits copy\n%.*s", file, STR(got),
			    STR(want));
	}
	if (dir)
		closedir(dir);
	return pairs;
}

TEST(accepted_changes_read_as_the_accepted_copies)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_EQ(compare(a, "-Accepted.docx", true), 53);
}

TEST(rejected_changes_read_as_the_rejected_copies)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_EQ(compare(a, "-Rejected.docx", false), 51);
}

/* --- changes become amendments --- */

struct totals {
	size_t files, refused, seen, imported, ignored, waiting, unexplained, amendments, looks;
};

static void read_one(struct arena *a, const char *path, struct totals *t)
{
	struct docx_read r;
	struct err err = {0};
	struct text_lexer *l = text_lexer_open(a);
	t->files++;
	if (docx_read(a, l, t_read_file(a, path), NULL, &r, &err) != OK) {
		t->refused++;
		CHECK(err.code == INVALID && err.msg);
	} else {
		t->seen += r.seen;
		t->imported += r.imported;
		t->ignored += r.ignored;
		t->waiting += r.waiting;
		t->unexplained += r.unexplained;
		t->amendments += r.n;
		t->looks += r.looks.n;
		for (size_t i = 0; i < r.looks.n; i++) {
			str said =
			    err_fill(a, str_of(r.looks.p[i].what), r.looks.p[i].arg, ERR_ARGS);
			printf("# %s: look: %.*s\n", path, STR(said));
		}
		if (r.unexplained)
			printf("# %s: %zu unexplained\n", path, r.unexplained);
	}
	text_lexer_close(l);
}

static void read_folder(const char *name, struct totals *t)
{
	AUTO_ARENA struct arena *names = arena_new(0);
	DIR *dir = folder(names, name);
	for (struct dirent *e; dir && (e = readdir(dir));) {
		AUTO_ARENA struct arena *a = arena_new((size_t)512 << 20);
		if (str_ends(str_of(e->d_name), S(".docx")))
			read_one(a,
			    arena_z(a, arena_printf(a, "../shared/data/%s/%s", name, e->d_name)),
			    t);
	}
	if (dir)
		closedir(dir);
	printf("# %s: %zu files, %zu refused; changes: %zu seen, %zu imported, %zu ignored, %zu "
	       "waiting, %zu unexplained; %zu amendments, %zu looks\n",
	    name, t->files, t->refused, t->seen, t->imported, t->ignored, t->waiting,
	    t->unexplained, t->amendments, t->looks);
}

TEST(every_change_of_the_collection_is_explained)
{
	static const char *const folders[] = {"docx-revisions", "docx-revisions/RP",
	    "docx-revisions/FA/RevTracking", "docx-revisions/RC", "docx-revisions/WC",
	    "docx-revisions/CZ", "docx-revisions/poi", "docx-revisions/open-xml-sdk"};
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		struct totals t = {0};
		read_folder(folders[i], &t);
		CHECK(t.files > 0);
		CHECK_EQ(t.unexplained, 0);
		CHECK_EQ(t.seen, t.imported + t.ignored + t.waiting);
	}
}

TEST(broken_files_are_refused)
{
	struct totals t = {0};
	read_folder("docx-malformed", &t);
	CHECK_EQ(t.files, 14);
}
