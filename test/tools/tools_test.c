/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Runs what tplc and sqlc made of good_page.html and call_view.sql. */
#include "call_view.sql.h"
#include "good_page.html.h"
#include "people_view.sql.h"
#include "base/db.h"
#include "base/vec.h"
#include "t.h"

#include "base/poison.h"

/* --- templates --- */

static void foot(struct page_out *o, const void *ctx)
{
	const int *n = ctx;
	good_foot(o, *n, S("<i>"));
}

static str french(const void *ctx, const char *msgid)
{
	(void)ctx;
	return str_is(str_of(msgid), "Call {0}") ? S("Appel <{0}>") : str_of(msgid);
}

static str page_of(struct arena *a, size_t rows, bool open)
{
	static const int three = 3;
	struct good_page v = {.title = S("A&B"), .open = open, .foot = foot, .ctx = &three};
	v.body = html_from_renderer(S("<p>ready</p>"));
	for (size_t i = 0; i < rows; i++)
		*vec_push(a, &v.rows) = (struct good_row){
		    .link = URL(a, S("calls"), i ? S("../x") : S("a b")), .name = S("<script>\"'")};
	struct page_out o = page_out_in(a, 0);
	o.translate = french;
	good_page(&o, &v);
	CHECK(page_out_ok(&o));
	return page_out_str(&o);
}

#define HEAD                                                        \
	"<!doctype html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n" \
	"<title>Appel &lt;\u2068A&amp;B\u2069&gt;</title>\n"        \
	"<link rel=\"stylesheet\" href=\"/style.css\">\n"           \
	"<script src=\"/page.js\" defer></script>\n</head>\n"
#define TAIL(twice, rows)                                                                 \
	"<pre>\n kept   as it is " twice "\n</pre>\n<p>ready</p>\n<p>" rows               \
	" by \u2068A&amp;B\u2069</p>\n"                                                   \
	"<label for=\"f\">Name</label><textarea id=\"f\" name=\"f\">A&amp;B</textarea>\n" \
	"<svg viewBox=\"0 0 8 8\" role=\"img\" aria-label=\"dot\"><circle r=\"" twice     \
	"\"/></svg>\n"                                                                    \
	"<footer>3 &lt;i&gt; }}</footer>\n\n<footer>7 a&quot;}}b "                        \
	"}}</footer>\n\n</body>\n</html>\n"

TEST(page_with_rows)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(page_of(a, 2, true), HEAD
	    "<body class=\"page open\">\n<h1><bdi>A&amp;B</bdi></h1>\n<ul>\n"
	    "<li><a href=\"/calls/a%20b\" title=\"say &quot;&lt;script&gt;&quot;&#39;&quot;\">"
	    "&lt;script&gt;&quot;&#39;</a> (0)</li>\n"
	    "<li><a href=\"/calls/..%2Fx\" title=\"say &quot;&lt;script&gt;&quot;&#39;&quot;\">"
	    "&lt;script&gt;&quot;&#39;</a> (1)</li>\n"
	    "</ul>\n<b>0</b><b>1</b>\n"
	    "<label>Open <input type=\"checkbox\" name=\"open\" checked></label>\n" TAIL(
	        "4", "2 rows"));
}

TEST(page_without_rows)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(page_of(a, 0, false), HEAD
	    "<body class=\"page\">\n<h1><bdi>A&amp;B</bdi></h1>\n<p>No answer yet.</p>\n"
	    "<b>0</b><b>1</b>\n"
	    "<label>Open <input type=\"checkbox\" name=\"open\"></label>\n" TAIL("0", "0 rows"));
}

TEST(page_with_one_row)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str s = page_of(a, 1, false);
	CHECK(str_find(s, S("<p>One: &lt;script&gt;&quot;&#39;</p>")) != SIZE_MAX);
	CHECK(str_find(s, S("<p>1 row by ")) != SIZE_MAX);
}

TEST(page_too_large_is_noticed)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct page_out o = page_out_in(a, 8);
	good_foot(&o, 1, S("long enough"));
	CHECK(!page_out_ok(&o));
}

TEST(numbers_of_every_type)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct page_out o = page_out_in(a, 0);
	OUT_TEXT(&o, INT64_MIN);
	OUT_ATTR(&o, UINT64_MAX);
	OUT_TEXT(&o, (uint8_t)7);
	OUT_TEXT(&o, (short)-1);
	CHECK_STR(page_out_str(&o), "-92233720368547758081844674407370955161"
	                            "57-1");
}

/* --- addresses --- */

TEST(url_pieces_stay_in_place)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(url_path(a, NULL, 0).s, "/");
	CHECK_STR(URL(a, S(""), S("evil.org")).s, "/-/evil.org");
	CHECK_STR(URL(a, S(".."), S("."), S("a/../b")).s, "/-/-/a%2F..%2Fb");
	CHECK_STR(URL(a, S("\xd8\xb9"), S("?#%")).s, "/%D8%B9/%3F%23%25");
}

TEST(url_query_and_fragment)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	url u = url_query(a, URL(a, S("s")), S("q"), S("a&b=c"));
	CHECK_STR(u.s, "/s?q=a%26b%3Dc");
	u = url_fragment(a, u, S("x y"));
	u = url_query(a, u, S("p"), S("2"));
	CHECK_STR(u.s, "/s?q=a%26b%3Dc&p=2#x%20y");
	CHECK_STR(url_fragment(a, (url){0}, S("top")).s, "#top");
	CHECK_STR(url_fragment(a, u, S("z")).s, "/s?q=a%26b%3Dc&p=2#z");
}

TEST(url_external_accepts)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const good[] = {"https://example.org", "HTTP://example.org/a?b#c@d",
	    "mailto:chair@example.org", "https://[2001:db8::1]:8080/", "https://\xd8\xb9.org/"};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		url u = {0};
		if (!url_external(a, str_of(good[i]), &u))
			t_fail(__FILE__, __LINE__, "refused: %s", good[i]);
		CHECK_STR(u.s, good[i]);
		CHECK(!url_is_own(u));
	}
}

TEST(url_external_refuses)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const bad[] = {"", "javascript:alert(1)", "java\tscript:alert(1)",
	    " https://a", "https://", "https:///a", "https://:80/", "https://bank.org@evil.org/",
	    "https:\\\\a.org", "//evil.org", "/a", "data:text/html,x", "mailto:", "mailto:?x=@",
	    "ftp://a.org", "https://a.org/\n", "https://a\".org"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		url u = {0};
		if (url_external(a, str_of(bad[i]), &u))
			t_fail(__FILE__, __LINE__, "accepted: %s", bad[i]);
	}
}

TEST(own_links_stay)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	url out = {0};
	NEED(url_external(a, S("https://evil.org/"), &out));
	struct page_out o = page_out_in(a, 0);
	OUT_LINK_OWN(&o, out);
	OUT_LINK_OWN(&o, URL(a, S("a")));
	OUT_LINK(&o, out);
	CHECK_STR(page_out_str(&o), "#/ahttps://evil.org/");
	CHECK(!url_is_own((url){S("//evil.org")}));
	CHECK(!url_is_own((url){S("/\\evil.org")}));
}

/* --- statements --- */

/* A connection with both schemas; comity_icu is not there, so its table is made without it. */
static struct db *sample(struct arena *a)
{
	struct db *db;
	struct err *err = arena_new_of(a, struct err);
	CHECK_EQ(db_open_memory(&db, err), OK);
	CHECK_EQ(db_apply(db, &people_view_sql, err), OK);
	size_t at = str_find(call_view_sql.sql, S("CREATE VIRTUAL"));
	CHECK_EQ(db_script(db, str_head(call_view_sql.sql, at), err), OK);
	CHECK_EQ(person_put(db, 1, S("Ana"), err), OK);
	CHECK_EQ(call_put(db, 7, 1, S("Seven"), S(""), 99, true, S("\0b"), err), OK);
	CHECK_EQ(call_put(db, 8, 1, S("Eight"), (str){0}, INT64_MIN, true, (str){0}, err), OK);
	CHECK_EQ(call_put(db, 9, 1, S("Nine"), (str){0}, 0, false, S(""), err), OK);
	return db;
}

TEST(sql_many)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_DB struct db *db = sample(a);
	struct err e = {0};
	struct call_list_rows rows;
	NEED(call_list(db, a, true, &rows, &e) == OK);
	NEED(rows.n == 2);
	CHECK_EQ(rows.p[0].number, 7);
	CHECK_STR(rows.p[0].title, "Seven");
	CHECK(rows.p[0].note.p && rows.p[0].note.n == 0);
	CHECK_EQ(rows.p[0].deadline, 99);
	CHECK(rows.p[0].open);
	CHECK_STREQ(rows.p[0].body, S("\0b"));
	CHECK_STR(rows.p[0].author, "Ana");
	CHECK(!rows.p[1].note.p);
	CHECK(rows.p[1].deadline == INT64_MIN);
	CHECK(!rows.p[1].body.p);
	CHECK_STR(json_str(a, call_list_rows_json(a, &rows)),
	    "[{\"number\":7,\"title\":\"Seven\",\"note\":\"\",\"deadline\":99,\"open\":true,"
	    "\"body\":\"AGI=\",\"author\":\"Ana\"},"
	    "{\"number\":8,\"title\":\"Eight\",\"open\":true,\"author\":\"Ana\"}]");
	NEED(call_list(db, a, false, &rows, &e) == OK);
	NEED(rows.n == 1);
	CHECK(rows.p[0].body.p && rows.p[0].body.n == 0);
}

TEST(sql_one_and_scalar)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_DB struct db *db = sample(a);
	struct err e = {0};
	struct call_get_row row;
	bool found;
	NEED(call_get(db, a, 8, &row, &found, &e) == OK);
	CHECK(found);
	CHECK_EQ(row.twice, 16);
	NEED(call_get(db, a, 80, &row, &found, &e) == OK);
	CHECK(!found);
	int64_t n = 0;
	NEED(call_count(db, a, &n, &e) == OK);
	CHECK_EQ(n, 3);
	str title;
	NEED(call_first_title(db, a, &title, &e) == OK);
	CHECK_STR(title, "Seven");
}

struct walk {
	struct db *db;
	struct arena *a;
	int depth;
	int rows;
};

/* Walks again inside of the walk: the same statement is in use twice. */
static enum rc on_row(void *ctx, const struct call_walk_row *row, struct err *err)
{
	struct walk *w = ctx;
	w->rows++;
	if (row->number == 9)
		return ERR(err, REFUSED, NULL, "{0} is enough.", row->title);
	if (w->depth == 0) {
		struct walk inner = {.db = w->db, .a = w->a, .depth = 1};
		CHECK_EQ(call_walk(w->db, w->a, on_row, &inner, err), REFUSED);
		CHECK_EQ(inner.rows, 3);
	}
	return OK;
}

TEST(sql_each)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_DB struct db *db = sample(a);
	struct err e = {0};
	struct walk w = {.db = db, .a = a};
	CHECK_EQ(call_walk(db, a, on_row, &w, &e), REFUSED);
	CHECK_STR(err_text(&e, a), "Nine is enough.");
	struct walk borrowed = {.db = db, .depth = 1};
	CHECK_EQ(call_walk(db, NULL, on_row, &borrowed, &e), REFUSED);
	CHECK_EQ(borrowed.rows, 3);
}

TEST(sql_failures)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_DB struct db *db = sample(a);
	struct err e = {0};
	CHECK_EQ(person_put(db, 1, S("Again"), &e), FAULT);
	CHECK_STR(err_text(&e, a),
	    "The database failed in person_put: UNIQUE constraint failed: person.id.");
	CHECK_EQ(person_put(db, 2, S("After"), &e), OK);
	CHECK_EQ(call_put(db, 1, 55, S("x"), S(""), 0, true, S(""), &e), FAULT);
	struct call_notes_rows notes;
	CHECK_EQ(call_notes(db, a, &notes, &e), FAULT);
	CHECK_STR(err_text(&e, a), "Column note of call_notes is NULL.");
	AUTO_ARENA struct arena *small = arena_new(16);
	struct call_list_rows rows;
	CHECK_EQ(call_list(db, small, true, &rows, &e), BUSY);
}

TEST(sql_schema_table)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_DB struct db *db = sample(a);
	struct err e = {0};
	NEED(call_view_sql.n_tables == 2);
	CHECK_STR(str_of(call_view_sql.tables[0]), "call");
	CHECK_STR(str_of(call_view_sql.tables[1]), "call_text");
	CHECK_EQ(call_view_sql.n_stmts, 9);
	CHECK(!call_view_sql.stmts[0]->readonly);
	CHECK(call_view_sql.stmts[1]->readonly);
	CHECK_EQ(call_view_sql.stmts[0]->line, 17);
	CHECK_EQ(str_of(call_view_sql.hash).n, 64);
	CHECK_EQ(db_check(db, &people_view_sql, &e), OK);
	/* fold() is not registered here. */
	CHECK_EQ(db_check(db, &call_view_sql, &e), FAULT);
	CHECK_EQ(db_drop(db, &call_view_sql, &e), OK);
	CHECK_EQ(db_drop(db, &people_view_sql, &e), OK);
	CHECK_EQ(db_apply(db, &people_view_sql, &e), OK);
}

/* --- transactions and connections --- */

static enum rc put_and_stop(struct db *db, bool commit, struct err *err)
{
	AUTO_DB_TX struct db_tx tx = {0};
	TRY(db_begin(db, &tx, err));
	TRY(person_put(db, 10, S("Outer"), err));
	{
		AUTO_DB_TX struct db_tx inner = {0};
		TRY(db_begin(db, &inner, err));
		TRY(person_put(db, 11, S("Inner"), err));
	}
	return commit ? db_commit(&tx, err) : OK;
}

TEST(transactions)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_DB struct db *db = sample(a);
	struct err e = {0};
	CHECK_EQ(put_and_stop(db, false, &e), OK);
	CHECK_EQ(put_and_stop(db, true, &e), OK);
	CHECK_EQ(person_put(db, 11, S("Free"), &e), OK);
	CHECK_EQ(person_put(db, 10, S("Taken"), &e), FAULT);
}

TEST(readers_and_the_writer)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	const char *path = arena_z(a, arena_printf(a, "%s/x.db", t_tmpdir()));
	struct err e = {0};
	AUTO_DB struct db *none = NULL;
	CHECK_EQ(db_open_read(path, &none, &e), ABSENT);
	AUTO_DB struct db *writer = NULL;
	NEED(db_open_write(path, &writer, &e) == OK);
	NEED(db_apply(writer, &people_view_sql, &e) == OK);
	AUTO_DB struct db *reader = NULL;
	NEED(db_open_read(path, &reader, &e) == OK);
	CHECK_EQ(person_put(reader, 1, S("No"), &e), FAULT);
	AUTO_DB_TX struct db_tx tx = {0};
	NEED(db_begin(writer, &tx, &e) == OK);
	CHECK_EQ(person_put(writer, 1, S("Yes"), &e), OK);
	CHECK_EQ(db_check(reader, &people_view_sql, &e), OK);
	CHECK_EQ(db_commit(&tx, &e), OK);
	CHECK_EQ(db_last_id(writer), 1);
	CHECK_EQ(db_changes(writer), 1);
	CHECK_EQ(db_open_write("/nonexistent/x.db", &none, &e), FAULT);
}
