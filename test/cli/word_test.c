/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* "comity text docx" and "comity text import" as people start them; pandoc reads what we write. */
#include "base/buf.h"
#include "run.h"

#include "t.h"
#include "base/poison.h"

#define EXAMPLE "examples/text/draft.json"
#define BEGIN   AUTO_ARENA struct arena *a = arena_new(0)

static const char *out_file(struct arena *a, const char *name)
{
	return arena_z(a, arena_printf(a, "%s/%s", t_tmpdir(), name));
}

/* By its whole path: tests run in any folder. */
static const char *example(struct arena *a)
{
	return arena_z(a, arena_printf(a, "%s/%s", t_root(), EXAMPLE));
}

static const struct json *amendment(const struct json *draft, const char *id)
{
	json_each (v, json_get(draft, S("amendments")))
		if (str_is(json_get_str(v, S("id")), id))
			return v;
	return NULL;
}

TEST(what_is_on_record_is_not_imported_again)
{
	BEGIN;
	const char *path = out_file(a, "all.docx");
	struct ran r = RUN(a, STR_EMPTY, "text", "docx", example(a), "-o", path);
	CHECK_EQ(r.status, 0);
	r = RUN(a, t_read_file(a, EXAMPLE), "text", "import", "-", path);
	struct json *v = run_json(a, &r);
	const struct json *one = json_get(v, S("imported"));
	NEED(one && one->first);
	CHECK_EQ(json_get(one->first, S("amendments"))->count, 0);
	CHECK_EQ(json_get(one->first, S("known"))->count, 10);
	CHECK_EQ(json_get(one->first, S("look_at"))->count, 0);
	CHECK_EQ(json_get_i64(json_get(one->first, S("changes")), S("unexplained"), -1), 0);
	CHECK_EQ(json_get(v, S("amendments"))->count, 10);
}

/* A draft without amendments takes up what a delegation sent. */
TEST(a_partys_file_becomes_its_amendment)
{
	BEGIN;
	const char *path = out_file(a, "kenya.docx");
	struct ran r =
	    RUN(a, STR_EMPTY, "text", "docx", example(a), "-o", path, "--party", "Kenya");
	CHECK_EQ(r.status, 0);
	r = RUN(a, t_read_file(a, EXAMPLE), "text", "adopt", "-", "--ids", "a6");
	str bare = S("{\"paragraphs\":[{\"id\":\"p3\",\"kind\":\"para\",\"text\":\"States should "
	             "cooperate, on an equal footing, in developing globally applicable "
	             "principles.\"}]}");
	r = RUN(a, bare, "text", "import", "-", path);
	struct json *v = run_json(a, &r);
	const struct json *m = amendment(v, "a1");
	NEED(m);
	CHECK_STR(json_get_str(m, S("party")), "Kenya");
	CHECK_STREQ(json_str(a, json_get(m, S("cosponsors"))), S("[\"Peru\"]"));
	CHECK_STR(
	    json_get_str(m, S("reason")), "A recommendation that binds nobody changes nothing.");
	CHECK_STR(json_get_str(json_get(m, S("ops"))->first, S("text")), "shall");
	/* The other paragraphs of the file are not in this draft: said, not guessed. */
	CHECK(json_get(json_get(v, S("imported"))->first, S("untracked"))->count > 0);
	/* What was printed is a draft. */
	r = RUN(a, r.out, "text", "check", "-");
	CHECK_EQ(r.status, 0);
}

TEST(word_files_are_refused_with_a_sentence)
{
	BEGIN;
	const char *bad = run_file(a, "bad.docx", S("PK not a package"));
	struct ran r = RUN(a, t_read_file(a, EXAMPLE), "text", "import", "-", bad);
	CHECK_EQ(r.status, 2);
	CHECK(str_find(r.err, S("This is not a Word file")) != SIZE_MAX);
	r = RUN(a, STR_EMPTY, "text", "docx", example(a), "-o", out_file(a, "x.docx"), "--party",
	    "Nobody");
	CHECK_EQ(r.status, 2);
	r = RUN(a, STR_EMPTY, "text", "docx", EXAMPLE);
	CHECK_EQ(r.status, 2);
}

/* --- pandoc, which knows nothing of us ---------------------------------------------------- */

/* Six scripts, and each kind of change; none is nested in another, where pandoc loses text. */
static const char draft[] =
    "{\"paragraphs\":["
    "{\"id\":\"p1\",\"text\":\"States shall ensure that all people are heard.\"},"
    "{\"id\":\"p2\",\"text\":\"تكفل الدول لجميع الناس الحق في الكلام.\"},"
    "{\"id\":\"p3\",\"text\":\"各国应确保人人享有权利。\"},"
    "{\"id\":\"p4\",\"text\":\"Les États veillent à ce que tous soient entendus.\"},"
    "{\"id\":\"p5\",\"text\":\"Государства обеспечивают права всех людей.\"},"
    "{\"id\":\"p6\",\"text\":\"คนทั้งหลายเกิดมามีอิสระ\"},"
    "{\"id\":\"p7\",\"text\":\"The last one.\"}],\"amendments\":["
    "{\"id\":\"a1\",\"party\":\"Kenya\",\"date\":\"2026-11-24T14:30:00Z\",\"amended\":["
    "{\"id\":\"p1\",\"text\":\"States should ensure that people and peoples are heard.\"},"
    "{\"id\":\"p2\",\"text\":\"تكفل الدول لجميع الشعوب الحق في الكلام بحرية.\"},"
    "{\"id\":\"p3\",\"text\":\"各国必须确保人人享有权利。\"}]},"
    "{\"id\":\"a2\",\"party\":\"Peru\",\"ops\":["
    "{\"op\":\"split_par\",\"par\":\"p4\",\"at\":19},{\"op\":\"move_par\",\"par\":\"p5\","
    "\"after\":\"p1\"},{\"op\":\"insert_par\",\"after\":\"p7\",\"text\":\"A new one & <more>.\"},"
    "{\"op\":\"delete_par\",\"par\":\"p6\"}]}]}";

/* The paragraphs as the program adopts them, or leaves them: one a line, with a blank one between.
 */
static str want(struct arena *a, bool accept)
{
	struct buf b = buf_in(a, 0);
	struct ran r = accept ? RUN(a, str_of(draft), "text", "adopt", "-", "--ids", "a1,a2")
	                      : (struct ran){.out = str_of(draft)};
	json_each (p, json_get(run_json(a, &r), S("paragraphs"))) {
		buf_sep(&b, S("\n\n"));
		buf_put(&b, str_trim(json_get_str(p, S("text"))));
	}
	return buf_str(&b);
}

static str pandoc(struct arena *a, const char *path, const char *how)
{
	const char *words[] = {"-f", "docx", arena_z(a, arena_printf(a, "--track-changes=%s", how)),
	    "-t", "plain", "--wrap=none", path, NULL};
	struct ran r = run_program(a, "/usr/bin/pandoc", STR_EMPTY, words);
	if (r.status != 0)
		t_fail(__FILE__, __LINE__, "pandoc (apt install pandoc): %d %.*s", r.status,
		    STR(r.err));
	return str_trim(r.out);
}

TEST(pandoc_accepts_and_rejects_as_we_do)
{
	BEGIN;
	const char *path = out_file(a, "six.docx");
	struct ran r = RUN(a, str_of(draft), "text", "docx", "-", "-o", path);
	CHECK_EQ(r.status, 0);
	CHECK_STREQ(pandoc(a, path, "accept"), want(a, true));
	CHECK_STREQ(pandoc(a, path, "reject"), want(a, false));
}
