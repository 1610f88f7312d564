/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What people type for paragraphs, and which amendments a filter takes. */
#include "base/buf.h"
#include "rooms/draft/draft_filter_words.h"

#include "harness/t.h"

#include "base/poison.h"

/* Paragraphs 1, 2, a heading, 3, 3 bis, 4 (deleted), 5. */
static struct text_doc text_of(struct arena *a)
{
	static const char *const numbers[] = {"1", "2", "", "3", "3 bis", "4", "5"};
	size_t n = sizeof numbers / sizeof numbers[0];
	struct text_doc d = {.par = arena_array(a, struct text_par, n), .n = n};
	for (size_t i = 0; i < n; i++) {
		d.par[i].id = arena_printf(a, "p%zu", i + 1);
		d.par[i].number = str_of(numbers[i]);
	}
	d.par[5].is_gone = true;
	return d;
}

/* "1101000": which of the paragraphs are taken. */
static str taken(struct arena *a, const char *typed, struct err *err)
{
	struct text_doc d = text_of(a);
	bool *takes = arena_array(a, bool, d.n);
	struct buf b = buf_in(a, 0);
	err_clear(err);
	enum rc rc = draft_filter_paragraphs(&d, str_of(typed), takes, err);
	CHECK_EQ(rc, err->code);
	for (size_t i = 0; i < d.n; i++)
		buf_put(&b, takes[i] ? S("1") : S("0"));
	return buf_str(&b);
}

TEST(paragraphs_as_people_type_them)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct err err = {0};
	CHECK_STR(taken(a, "2", &err), "0100000");
	CHECK_STR(taken(a, " 1, 3 ", &err), "1001000");
	CHECK_STR(taken(a, "3 BIS", &err), "0000100");
	CHECK_STR(taken(a, "p3", &err), "0010000");
	CHECK_STR(taken(a, "2-3", &err), "0111000");
	CHECK_STR(taken(a, "2 \xE2\x80\x93 3 bis; 1", &err), "1111100");
	CHECK_STR(taken(a,
	              "1\xD8\x8C"
	              "5",
	              &err),
	    "1000001");                              /* the Arabic comma */
	CHECK_STR(taken(a, "3-5", &err), "0001111"); /* what is gone is between */
	CHECK_STR(taken(a, "", &err), "0000000");
	CHECK_EQ(err.code, OK);
}

TEST(what_names_no_paragraph_is_said_and_the_rest_is_taken)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct err err = {0};
	CHECK_STR(taken(a, "1, 99, 5", &err), "1000001");
	CHECK_EQ(err.code, INVALID);
	CHECK_STR(str_of(err.field), "paragraphs");
	CHECK_STR(err.arg[0], "99");
	CHECK_STR(taken(a, "4", &err), "0000000"); /* deleted */
	CHECK_EQ(err.code, INVALID);
	CHECK_STR(taken(a, "3-1", &err), "0000000"); /* backwards */
	CHECK_EQ(err.code, INVALID);
	CHECK_STR(taken(a, "-", &err), "0000000");
	CHECK_EQ(err.code, INVALID);
}

TEST(amendments_by_party_constituency_status_and_time)
{
	str party[] = {S("Kenya"), S("Peru")}, constituency[] = {S("africa"), S("grulac")};
	struct draft_behind x = {
	    .party = party, .constituency = constituency, .n = 2, .status = S("waits")};
	CHECK(draft_filter_takes(&(struct draft_asked){0}, &x));
	CHECK(!draft_filter_asks(&(struct draft_asked){0}));
	CHECK(draft_filter_takes(&(struct draft_asked){.party = S("Peru")}, &x));
	CHECK(!draft_filter_takes(&(struct draft_asked){.party = S("Chile")}, &x));
	CHECK(draft_filter_takes(&(struct draft_asked){.constituency = S("africa")}, &x));
	CHECK(!draft_filter_takes(&(struct draft_asked){.constituency = S("weog")}, &x));
	CHECK(draft_filter_takes(&(struct draft_asked){.status = S("waits")}, &x));
	CHECK(!draft_filter_takes(&(struct draft_asked){.status = S("before")}, &x));
	CHECK(!draft_filter_takes(&(struct draft_asked){.since = true}, &x));
	x.touched = true;
	CHECK(draft_filter_takes(&(struct draft_asked){.since = true, .party = S("Kenya")}, &x));
	CHECK(draft_filter_asks(&(struct draft_asked){.since = true}));
}

TEST(status_words)
{
	CHECK_STR(draft_filter_status(S("tabled"), S("unchanged")), "before");
	CHECK_STR(draft_filter_status(S("tabled"), S("partly_satisfied")), "before");
	CHECK_STR(draft_filter_status(S("tabled"), S("conflict")), "waits");
	CHECK_STR(draft_filter_status(S("satisfied"), S("satisfied")), "in_text");
	CHECK_STR(draft_filter_status(S("accepted"), S("unchanged")), "accepted");
	CHECK_STR(draft_filter_status(S("withdrawn"), S("conflict")), "withdrawn");
}
