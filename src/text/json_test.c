/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Drafts in JSON: what is read is sound, what is refused names the place, what is written reads. */
#include "text/json_write.h"
#include "text/merge.h"
#include "text/plain_read.h"
#include "text/rebase.h"
#include "text/rolling.h"

#include <stdio.h>

#include "t.h"
#include "base/poison.h"

static struct text_lexer *lexer;

static void close_lexer(struct text_lexer **l)
{
	text_lexer_close(*l);
}
#define AUTO_LEXER __attribute__((cleanup(close_lexer)))
#define BEGIN                                                 \
	AUTO_ARENA struct arena *a = arena_new(0);            \
	AUTO_LEXER struct text_lexer *l = text_lexer_open(a); \
	lexer = l

static struct text_file read(struct arena *a, const char *json)
{
	struct text_file f = {0};
	struct err err = {0};
	if (text_json_read(a, lexer, str_of(json), &f, &err) != OK) {
		str said = err_text(&err, a);
		t_fail(__FILE__, __LINE__, "refused: %.*s", STR(said));
	}
	return f;
}

/* What is said of a draft that cannot be read. */
static str refusal(struct arena *a, str json)
{
	struct text_file f;
	struct err err = {0};
	enum rc rc = text_json_read(a, lexer, json, &f, &err);
	return rc == INVALID ? err_text(&err, a) : S("(accepted)");
}

#define PARS                                                  \
	"{\"paragraphs\":[{\"id\":\"p1\",\"text\":\"One two " \
	"three.\"},{\"id\":\"p2\",\"text\":\"Four.\"}]"
#define OPS(ops)        PARS ",\"amendments\":[{\"id\":\"a1\",\"ops\":[" ops "]}]}"
#define AMENDED(list)   PARS ",\"amendments\":[{\"id\":\"a1\",\"amended\":[" list "]}]}"
#define AMENDMENT(what) PARS ",\"amendments\":[" what "]}"

TEST(a_paragraph_has_all_its_members)
{
	BEGIN;
	struct text_file f =
	    read(a, "{\"paragraphs\":[{\"id\":\"p1\",\"kind\":\"sub\",\"level\":2,"
	            "\"number\":\"(a)\",\"text\":\"abcd\",\"split_from\":\"p0\","
	            "\"aliases\":[\"p9\"],\"marks\":[{\"kind\":\"link\",\"from\":1,"
	            "\"to\":3,\"value\":\"https://example.org/\"}],\"gone\":"
	            "[{\"at\":0,\"text\":\"X\"},{\"at\":2,\"text\":\"YZ\"}]}]}");
	NEED(f.doc.n == 1);
	const struct text_par *p = &f.doc.par[0];
	CHECK_STR(p->full, "XabYZcd");
	CHECK_STREQ(text_par_read(a, p), S("abcd"));
	CHECK_EQ(p->kind, TEXT_SUB);
	CHECK_EQ(p->level, 2);
	CHECK_STR(p->number, "(a)");
	CHECK_STR(p->split_from, "p0");
	CHECK_EQ(text_doc_find(&f.doc, S("p9")), 0);
	NEED(p->marks_n == 1);
	CHECK_EQ(p->marks[0].kind, TEXT_LINK);
	CHECK_EQ(p->marks[0].from, 2);
	CHECK_EQ(p->marks[0].to, 6);
}

TEST(gone_paragraphs_stand_where_they_stood)
{
	BEGIN;
	struct text_file f = read(a, "{\"paragraphs\":[{\"id\":\"p1\",\"text\":\"1\"},"
	                             "{\"id\":\"p2\",\"text\":\"2\"}],\"gone\":["
	                             "{\"id\":\"g0\",\"after\":\"\",\"text\":\"-\"},"
	                             "{\"id\":\"g1\",\"after\":\"p1\",\"text\":\"-\"},"
	                             "{\"id\":\"g2\",\"after\":\"g1\",\"text\":\"-\"},"
	                             "{\"id\":\"g3\",\"after\":\"p2\",\"text\":\"-\"},"
	                             "{\"id\":\"g4\",\"after\":\"p2\",\"text\":\"-\"}]}");
	static const char *const order[] = {"g0", "p1", "g1", "g2", "p2", "g3", "g4"};
	NEED(f.doc.n == 7);
	for (size_t i = 0; i < 7; i++) {
		CHECK_STR(f.doc.par[i].id, order[i]);
		CHECK(f.doc.par[i].is_gone == (order[i][0] == 'g'));
	}
}

TEST(an_amendment_has_its_people)
{
	BEGIN;
	struct text_file f = read(a,
	    AMENDMENT("{\"id\":\"a1\",\"party\":\"Kenya\",\"cosponsors\":[\"Peru\",\"Fiji\"],"
	              "\"reason\":\"So.\",\"stances\":[{\"party\":\"Cuba\",\"stance\":\"retain\"},"
	              "{\"party\":\"Chad\",\"stance\":\"reserve\"}],"
	              "\"ops\":[{\"op\":\"delete_par\",\"par\":\"p2\"}]},"
	              "{\"id\":\"a2\",\"ops\":[{\"op\":\"delete_par\",\"par\":\"p2\"}]}"));
	NEED(f.n == 2);
	CHECK_STR(f.list[0].party, "Kenya");
	NEED(f.list[0].cosponsors_n == 2 && f.list[0].stances_n == 2);
	CHECK_STR(f.list[0].cosponsors[1], "Fiji");
	CHECK_EQ(f.list[0].stances[0].kind, TEXT_RETAIN);
	CHECK_EQ(f.list[0].stances[1].kind, TEXT_RESERVE);
	CHECK_STR(f.list[0].reason, "So.");
	CHECK_STR(f.list[1].party, "a2"); /* whoever gives no name is called by the amendment */
	CHECK_EQ(text_file_find(&f, S("a2")), 1);
	CHECK_EQ(text_file_find(&f, S("a3")), SIZE_MAX);
}

/* The same change as an operation and as the paragraph as it should read. */
TEST(operations_and_readings_come_to_the_same)
{
	BEGIN;
	struct text_file f = read(
	    a, AMENDMENT(
	           "{\"id\":\"a1\",\"ops\":[{\"op\":\"replace\",\"par\":\"p1\",\"from\":4,\"to\":7,"
	           "\"text\":\"2\"}]},"
	           "{\"id\":\"a2\",\"amended\":[{\"id\":\"p1\",\"text\":\"One 2 three.\"}]}"));
	NEED(f.n == 2 && f.list[0].ops_n == 1 && f.list[1].ops_n == 1);
	CHECK(text_op_same(&f.list[0].ops[0], &f.list[1].ops[0]));
	f = read(
	    a, AMENDMENT("{\"id\":\"a1\",\"ops\":[{\"op\":\"insert_par\",\"text\":\"Zero.\"}]},"
	                 "{\"id\":\"a2\",\"amended\":[{\"after\":null,\"text\":\"Zero.\"}]},"
	                 "{\"id\":\"a3\",\"amended\":[{\"text\":\"Zero.\"}]}"));
	NEED(f.n == 3);
	CHECK(text_op_same(&f.list[0].ops[0], &f.list[1].ops[0]));
	CHECK(text_op_same(&f.list[0].ops[0], &f.list[2].ops[0]));
	CHECK_EQ(f.list[0].ops[0].after, TEXT_START);
	f = read(a, AMENDMENT("{\"id\":\"a1\",\"ops\":[{\"op\":\"move_par\",\"par\":\"p2\"}]},"
	                      "{\"id\":\"a2\",\"amended\":[{\"id\":\"p2\",\"after\":\"\"}]},"
	                      "{\"id\":\"a3\",\"amended\":[{\"id\":\"p1\",\"text\":null}]}"));
	NEED(f.n == 3);
	CHECK(text_op_same(&f.list[0].ops[0], &f.list[1].ops[0]));
	CHECK_EQ(f.list[2].ops[0].kind, TEXT_DELETE_PAR);
}

static const struct {
	const char *json, *says;
} refused[] = {
    {"", "line 1"},
    {"{\"paragraphs\":[{\"id\":\"p1\",\n\"text\":\"a\"", "line 2"},
    {"[]", "one JSON object"},
    {"7", "one JSON object"},
    {"{}", "no list of `paragraphs`"},
    {"{\"paragraphs\":null}", "no list of `paragraphs`"},
    {"{\"paragraphs\":{}}", "The draft: `paragraphs` is not a list"},
    {"{\"paragraphs\":[7]}", "Paragraph 1 is not an object"},
    {"{\"paragraphs\":[{\"text\":\"a\"}]}", "Paragraph 1: `id` is missing"},
    {"{\"paragraphs\":[{\"id\":\"\",\"text\":\"a\"}]}", "Paragraph 1: `id` is empty"},
    {"{\"paragraphs\":[{\"id\":7,\"text\":\"a\"}]}", "Paragraph 1: `id` is not text"},
    {"{\"paragraphs\":[{\"id\":\"p\"}]}", "Paragraph p: `text` is missing"},
    {"{\"paragraphs\":[{\"id\":\"p\",\"text\":[]}]}", "Paragraph p: `text` is not text"},
    {"{\"paragraphs\":[{\"id\":\"p\",\"text\":\"a\\u0001\"}]}", "control character"},
    {"{\"paragraphs\":[{\"id\":\"p\",\"text\":\"a\",\"kind\":\"poem\"}]}",
        "Paragraph p: `kind` is none of these words: para, heading, sub, note"},
    {"{\"paragraphs\":[{\"id\":\"p\",\"text\":\"a\",\"level\":-1}]}", "`level` is not a whole"},
    {"{\"paragraphs\":[{\"id\":\"p\",\"text\":\"a\",\"level\":10}]}", "more than 9"},
    {"{\"paragraphs\":[{\"id\":\"p\",\"text\":\"a\"},{\"id\":\"p\",\"text\":\"b\"}]}",
        "Two paragraphs have the id p"},
    {"{\"paragraphs\":[{\"id\":\"p\",\"text\":\"a\",\"aliases\":[\"q\"]},"
     "{\"id\":\"q\",\"text\":\"b\"}]}",
        "Two paragraphs have the id q"},
    {"{\"paragraphs\":[{\"id\":\"p\",\"text\":\"a\",\"gone\":[{\"at\":2,\"text\":\"b\"}]}]"
     "}",
        "Paragraph p, gone 1: `at` is 2, but the paragraph has 1 graphemes"},
    {"{\"paragraphs\":[{\"id\":\"p\",\"text\":\"abc\",\"gone\":[{\"at\":2,\"text\":\"b\"},"
     "{\"at\":1,\"text\":\"b\"}]}]}",
        "Paragraph p, gone 2: what is gone stands in the order"},
    {"{\"paragraphs\":[{\"id\":\"p\",\"text\":\"\xC3\xA9\",\"gone\":[{\"byte\":1,"
     "\"text\":\"b\"}]}]}",
        "Paragraph p, gone 1: no character of the text begins at `byte`"},
    {"{\"paragraphs\":[{\"id\":\"p\",\"text\":\"a\",\"marks\":[{\"kind\":\"link\",\"from\":"
     "0,"
     "\"to\":2}]}]}",
        "Paragraph p, mark 1: `to` is 2"},
    {"{\"paragraphs\":[{\"id\":\"p\",\"text\":\"a\",\"marks\":[{\"kind\":\"link\",\"from\":"
     "1,"
     "\"to\":0}]}]}",
        "mark 1: `from` is behind `to`"},
    {"{\"paragraphs\":[],\"gone\":[{\"id\":\"g\",\"text\":\"\",\"after\":\"x\"}]}",
        "Gone paragraph g: `after` is x"},
    {"{\"paragraphs\":[{\"id\":\"p\",\"text\":\"\\ud800\"}]}", "not JSON: line 1"},
    {"{\"paragraphs\":[{\"id\":\"p\",\"text\":\"\\u0000\"}]}", "not JSON: line 1"},
    {"{\"paragraphs\":[{\"id\":\"p\",\"text\":\"a\",\"text\":\"b\"}]}", "not JSON: line 1"},
    {"{\"paragraphs\":[{\"id\":\"p\",\n\"text\":\"a\xFF\"}]}",
        "Line 2, byte 10: this is not UTF-8 (the byte is 0xFF)"},
    {PARS ",\"amendments\":{}}", "`amendments` is not a list"},
    {AMENDMENT("7"), "Amendment 1 is not an object"},
    {AMENDMENT("{\"ops\":[]}"), "Amendment 1: `id` is missing"},
    {AMENDMENT("{\"id\":\"a1\"}"), "Amendment a1 has neither `ops` nor `amended`"},
    {AMENDMENT("{\"id\":\"a1\",\"ops\":[{\"op\":\"delete_par\",\"par\":\"p1\"}]},"
               "{\"id\":\"a1\",\"ops\":[{\"op\":\"delete_par\",\"par\":\"p2\"}]}"),
        "Two amendments have the id a1"},
    {AMENDMENT("{\"id\":\"a1\",\"cosponsors\":\"Peru\",\"ops\":[]}"),
        "Amendment a1: `cosponsors` is not a list"},
    {AMENDMENT("{\"id\":\"a1\",\"cosponsors\":[7],\"ops\":[]}"),
        "Amendment a1: `cosponsors` is not a list of texts"},
    {AMENDMENT("{\"id\":\"a1\",\"stances\":[{\"party\":\"X\",\"stance\":\"no\"}],\"ops\":[]}"),
        "Amendment a1, stance 1: `stance` is none of these words: support"},
    {AMENDMENT("{\"id\":\"a1\",\"stances\":[{\"party\":\"X\"}],\"ops\":[]}"),
        "Amendment a1, stance 1: `stance` is missing"},
    {OPS(""), "a1"},
    {OPS("{}"), "Amendment a1, operation 1: `op` is missing"},
    {OPS("{\"op\":\"x\"}"), "Amendment a1, operation 1: `op` is none of these words: insert"},
    {OPS("{\"op\":\"insert\",\"at\":0,\"text\":\"x\"}"), "operation 1: `par` is missing"},
    {OPS("{\"op\":\"insert\",\"par\":\"p1\",\"text\":\"x\"}"), "operation 1: `at` is missing"},
    {OPS("{\"op\":\"insert\",\"par\":\"p1\",\"at\":0}"), "operation 1: `text` is missing"},
    {OPS("{\"op\":\"delete\",\"par\":\"p1\",\"from\":0}"), "operation 1: `to` is missing"},
    {OPS("{\"op\":\"delete\",\"par\":\"p1\",\"from\":0.5,\"to\":1}"), "whole numbers"},
    {OPS("{\"op\":\"delete\",\"par\":\"p1\",\"from\":\"0\",\"to\":1}"),
        "operation 1: `from` is not a whole number"},
    {OPS("{\"op\":\"delete\",\"par\":\"p1\",\"from\":-1,\"to\":1}"), "operation 1: `from` is"},
    {OPS("{\"op\":\"delete\",\"par\":\"p1\",\"from\":0,\"to\":99999999999}"), "`to` is"},
    {OPS("{\"op\":\"delete\",\"par\":\"p1\",\"from\":0,\"to\":90}"), "a1, operation 1: "},
    {OPS("{\"op\":\"delete\",\"par\":\"p1\",\"from\":3,\"to\":1}"), "a1, operation 1: "},
    {OPS("{\"op\":\"delete_par\",\"par\":\"p9\"}"), "a1, operation 1: "},
    {OPS("{\"op\":\"delete_par\",\"par\":\"p2\"},{\"op\":\"delete\",\"par\":\"p1\","
         "\"from\":0,\"to\":90}"),
        "a1, operation 2: "},
    {OPS("{\"op\":\"delete\",\"par\":\"p1\",\"from\":0,\"to\":7},{\"op\":\"replace\","
         "\"par\":\"p1\",\"from\":4,\"to\":13,\"text\":\"x\"}"),
        "Amendment a1"},
    {OPS("{\"op\":\"replace\",\"par\":\"p1\",\"from\":0,\"to\":3,\"text\":\"One\"}"), "a1"},
    {AMENDED("7"), "Amendment a1, amended paragraph 1 is not an object"},
    {AMENDED("{\"id\":\"p1\"}"), "amended paragraph 1: there is neither `text`"},
    {AMENDED("{}"), "amended paragraph 1: `text` is missing"},
    {AMENDED("{\"after\":\"p1\",\"text\":null}"), "amended paragraph 1: `text` is missing"},
    {AMENDED("{\"id\":\"p1\",\"text\":null,\"after\":\"p2\"}"), "either deleted"},
    {AMENDED("{\"id\":\"p9\",\"text\":\"x\"}"), "p9"},
    {AMENDED("{\"after\":\"p9\",\"text\":\"x\"}"), "p9"},
    {AMENDED("{\"id\":\"p1\",\"text\":\"One two three.\"}"), "a1"},
};

/* Every refusal names the place. */
TEST(what_is_wrong_is_named)
{
	BEGIN;
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		str said = refusal(a, str_of(refused[i].json));
		if (str_find(said, str_of(refused[i].says)) == SIZE_MAX)
			t_fail(__FILE__, __LINE__, "%s\n#   says: %.*s\n#   want: %s",
			    refused[i].json, STR(said), refused[i].says);
	}
}

TEST(deep_and_wide_json_is_refused)
{
	BEGIN;
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < 100000; i++)
		buf_putc(&b, '[');
	CHECK(!str_eq(refusal(a, buf_str(&b)), S("(accepted)")));
	b = buf_in(a, 0);
	buf_put(&b, S("{\"paragraphs\":[],\"x\":["));
	for (size_t i = 0; i <= TEXT_JSON_VALUES; i++)
		buf_put(&b, S("0,"));
	buf_put(&b, S("0]}"));
	CHECK(str_find(refusal(a, buf_str(&b)), S("more than 2000000 values")) != SIZE_MAX);
}

/* --- written and read again --------------------------------------------------------------- */

/* Adopts list[who] of f; the others, rebased, in *out. */
static str adopt(struct arena *a, const struct text_file *f, size_t who)
{
	struct text_revision r;
	struct err err = {0};
	struct text_amendment *rest = arena_array(a, struct text_amendment, f->n);
	size_t n = 0;
	if (text_merge(a, &f->doc, &f->list[who], 1, false, &r, &err) != OK)
		return S("(cannot be adopted)");
	for (size_t i = 0; i < f->n; i++)
		if (i != who)
			rest[n++] = text_rebase(a, &r, &f->list[i]);
	struct buf b = buf_in(a, 0);
	text_json_print(&b, text_json_file(a, lexer, f, &r.doc, rest, n));
	return buf_str(&b);
}

/* Writing what was read, without doing anything, gives the same bytes from the second time on. */
static void check_stable(struct arena *a, str json)
{
	struct text_file f = {0};
	struct err err = {0};
	struct buf b = buf_in(a, 0);
	if (text_json_read(a, lexer, json, &f, &err) != OK) {
		str said = err_text(&err, a);
		t_fail(__FILE__, __LINE__, "%.*s\nof %.*s", STR(said), STR(json));
		return;
	}
	text_json_print(&b, text_json_file(a, lexer, &f, &f.doc, f.list, f.n));
	CHECK_STREQ(buf_str(&b), json);
}

TEST(what_was_adopted_is_written_and_read)
{
	BEGIN;
	str json = t_read_file(a, "examples/text/draft.json");
	struct text_file f = {0};
	struct err err = {0};
	NEED(text_json_read(a, l, json, &f, &err) == OK);
	CHECK_EQ(f.n, 10);
	for (size_t i = 0; i < f.n; i++) {
		str once = adopt(a, &f, i);
		check_stable(a, once);
		/* Once more, with each that remains and can be adopted. */
		struct text_file g = {0};
		NEED(text_json_read(a, l, once, &g, &err) == OK);
		CHECK_EQ(g.n, 9);
		for (size_t k = 0; k < g.n; k++)
			if (g.list[k].outcome != TEXT_IN_CONFLICT)
				check_stable(a, adopt(a, &g, k));
	}
}

TEST(what_is_not_ours_is_carried_along)
{
	BEGIN;
	struct text_file f = read(a,
	    "{\"session\":{\"n\":3},\"paragraphs\":[{\"id\":\"p1\",\"text\":\"One "
	    "two.\",\"x\":[1]}],"
	    "\"amendments\":[{\"id\":\"a1\",\"colour\":\"red\",\"ops\":[{\"op\":\"delete\",\"par\":"
	    "\"p1\",\"from\":3,\"to\":7,\"note\":\"y\"}]},{\"id\":\"a2\",\"weight\":7,\"ops\":[{"
	    "\"op\":\"replace\",\"par\":\"p1\",\"from\":0,\"to\":3,\"text\":\"1\",\"note\":\"z\"}]}"
	    "]}");
	NEED(f.n == 2);
	str once = adopt(a, &f, 0);
	CHECK(str_find(once, S("\"session\": {\"n\":3}")) != SIZE_MAX);
	CHECK(str_find(once, S("\"x\":[1]")) != SIZE_MAX);
	CHECK(str_find(once, S("\"weight\":7")) != SIZE_MAX);
	CHECK(str_find(once, S("\"filed\":{\"ops\":[{\"op\":\"replace\",\"par\":\"p1\",\"from\":0,"
	                       "\"to\":3,\"text\":\"1\",\"note\":\"z\"}]}")) != SIZE_MAX);
	CHECK(str_find(once, S("red")) == SIZE_MAX); /* that amendment is adopted */
}

/* What an adoption said of an amendment is still said after the next one. */
TEST(outcomes_last)
{
	BEGIN;
	struct text_file f = read(a, PARS
	    ",\"amendments\":["
	    "{\"id\":\"a1\",\"ops\":[{\"op\":\"delete\",\"par\":\"p1\",\"from\":0,\"to\":8}]},"
	    "{\"id\":\"a2\",\"ops\":[{\"op\":\"delete\",\"par\":\"p1\",\"from\":4,\"to\":13}]},"
	    "{\"id\":\"a3\",\"ops\":[{\"op\":\"replace\",\"par\":\"p1\",\"from\":4,\"to\":7,"
	    "\"text\":\"2\"}]},"
	    "{\"id\":\"a4\",\"ops\":[{\"op\":\"delete\",\"par\":\"p1\",\"from\":0,\"to\":8}]},"
	    "{\"id\":\"a5\",\"ops\":[{\"op\":\"insert_par\",\"text\":\"Zero.\"}]}]}");
	struct text_file g = {0};
	struct err err = {0};
	static const enum text_outcome want[] = {
	    TEXT_PARTLY_SATISFIED, TEXT_IN_CONFLICT, TEXT_SATISFIED, TEXT_UNCHANGED};
	NEED(f.n == 5);
	str once = adopt(a, &f, 0);
	NEED(text_json_read(a, l, once, &g, &err) == OK && g.n == 4);
	str twice = adopt(a, &g, 3); /* a5 */
	NEED(text_json_read(a, l, twice, &f, &err) == OK && f.n == 3);
	for (size_t i = 0; i < 3; i++) {
		CHECK_EQ(g.list[i].outcome, want[i]);
		CHECK_EQ(f.list[i].outcome, want[i]);
		CHECK(g.list[i].why.n > 0);
		CHECK_STREQ(f.list[i].why, g.list[i].why);
		NEED(f.list[i].ops_n == 1 && g.list[i].ops_n == 1);
		CHECK_EQ(f.list[i].ops[0].outcome, want[i]);
		CHECK_STREQ(f.list[i].ops[0].with, S("a1"));
	}
	CHECK_STR(f.list[1].ops[0].was, "two");
	CHECK_STR(f.list[1].ops[0].where, "p1");
}

/* Reads it, and does with it what can be done; false: refused. */
static bool use(struct arena *a, str json)
{
	struct text_file f;
	struct err err = {0};
	if (text_json_read(a, lexer, json, &f, &err) != OK)
		return false;
	struct text_clashes clashes = text_find_clashes(a, &f.doc, f.list, f.n);
	struct text_groups same = text_unify(a, f.list, f.n);
	(void)json_str(a, text_json_check(a, &f, &clashes, &same));
	struct text_rolling r = text_roll(a, &f.doc, f.list, f.n);
	for (size_t i = 0; i < f.n; i++) {
		struct text_file g;
		(void)text_roll_read(a, &r, i);
		str once = adopt(a, &f, i);
		CHECK_EQ(text_json_read(a, lexer, once, &g, &err), OK);
	}
	return true;
}

/* Any byte of a small draft changed, and any beginning of it: refused or read, never a crash. */
TEST(damaged_drafts_are_refused_or_read)
{
	BEGIN;
	str json =
	    S(PARS ",\"gone\":[{\"id\":\"g\",\"after\":\"p1\",\"text\":\"x\"}],"
	           "\"amendments\":[{\"id\":\"a1\",\"ops\":[{\"op\":\"replace\",\"par\":\"p1\","
	           "\"from\":4,\"to\":7,\"text\":\"2\"}]},{\"id\":\"a2\",\"amended\":[{\"id\":"
	           "\"p2\",\"text\":\"4\"}]}]}");
	static const char marks[] = "\"{}[],:0-\\\xFF\x01\x80n";
	size_t accepted = 0;
	for (size_t i = 0; i < json.n; i++) {
		AUTO_ARENA struct arena *b = arena_new(0);
		CHECK(!use(b, str_head(json, i)));
		for (size_t k = 0; k < sizeof marks + 8; k++) {
			char *z = arena_z(b, json);
			z[i] = k < sizeof marks ? marks[k] : (char)(z[i] ^ 1 << (k - sizeof marks));
			accepted += use(b, str_from(z, json.n));
		}
	}
	CHECK(accepted > 0); /* so some of it went all the way */
}

/* --- plain text --------------------------------------------------------------------------- */

static struct text_doc plain(struct arena *a, const char *text, bool markdown)
{
	struct text_doc d = {0};
	struct err err = {0};
	CHECK_EQ(text_plain_read(a, str_of(text), markdown, &d, &err), OK);
	return d;
}

TEST(plain_text_has_paragraphs)
{
	BEGIN;
	struct text_doc d =
	    plain(a, "\xEF\xBB\xBF One\r\ntwo \r\n\r\n \t\r\n# Three\n- four\n\n\n", false);
	NEED(d.n == 2);
	CHECK_STR(d.par[0].full, "One\ntwo");
	CHECK_STR(d.par[0].id, "p1");
	CHECK_STR(d.par[1].full, "# Three\n- four");
	CHECK_EQ(plain(a, "", false).n, 0);
	CHECK_EQ(plain(a, "\n \n", false).n, 0);
}

TEST(markdown_has_headings_and_items)
{
	BEGIN;
	struct text_doc d = plain(
	    a, "# One\nTwo\nthree\n## Four ##\n- five\n  six\n* seven\n12. eight\n\n#nine\n", true);
	static const char *const want[] = {
	    "One", "Two\nthree", "Four ##", "five\n  six", "seven", "eight", "#nine"};
	NEED(d.n == 7);
	for (size_t i = 0; i < 7; i++)
		CHECK_STR(d.par[i].full, want[i]);
	CHECK_EQ(d.par[0].kind, TEXT_HEADING);
	CHECK_EQ(d.par[0].level, 1);
	CHECK_EQ(d.par[2].level, 2);
	CHECK_EQ(d.par[1].kind, TEXT_PARA);
}

TEST(what_is_no_text_is_refused)
{
	BEGIN;
	struct text_doc d;
	struct err err = {0};
	CHECK_EQ(text_plain_read(a, S("a\nb\0c"), false, &d, &err), INVALID);
	CHECK_STREQ(err_text(&err, a), S("Line 2: there is a control character. Is this text?"));
	CHECK_EQ(text_plain_read(a, S("a\n\nb\xC3"), false, &d, &err), INVALID);
	CHECK(str_find(err_text(&err, a), S("Line 3, byte 2")) != SIZE_MAX);
}

TEST(the_date_of_an_amendment_comes_back)
{
	BEGIN;
	struct text_file f =
	    read(a, AMENDMENT("{\"id\":\"a1\",\"date\":\"2026-11-24T14:30:00Z\",\"ops\":[{\"op\":"
	                      "\"delete_par\",\"par\":\"p1\"}]}"));
	NEED(f.n == 1);
	CHECK_EQ(f.list[0].filed_at, INT64_C(1795530600) * USEC_SECOND);
	struct buf b = buf_in(a, 0);
	text_json_print(&b, text_json_file(a, lexer, &f, &f.doc, f.list, f.n));
	CHECK(str_find(buf_str(&b), S("\"date\":\"2026-11-24T14:30:00.000Z\"")) != SIZE_MAX);
	CHECK_STR(refusal(a, S(AMENDMENT("{\"id\":\"a1\",\"date\":\"tomorrow\",\"ops\":[]}"))),
	    "Amendment a1: `date` is not like 2026-11-24 or 2026-11-24T14:30:00Z.");
}
