/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* "comity text" as people start it: each verb, each refusal, exit codes, the example. */
#include "base/buf.h"
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "t.h"
#include "base/poison.h"

#define EXAMPLE   "examples/text/draft.json"
#define BEGIN     AUTO_ARENA struct arena *a = arena_new(0)
#define HAS(s, z) CHECK(str_find((s), S(z)) != SIZE_MAX)

static str example(struct arena *a)
{
	return t_read_file(a, EXAMPLE);
}

/* "p1=One.|p2=Two.|" of {"paragraphs":[..]} */
static str reading(struct arena *a, const struct json *v)
{
	struct buf b = buf_in(a, 0);
	json_each (p, json_get(v, S("paragraphs"))) {
		str id = json_get_str(p, S("id")), text = json_get_str(p, S("text"));
		buf_printf(&b, "%.*s=%.*s|", STR(id), STR(text));
	}
	return buf_str(&b);
}

static const struct json *amendment(const struct json *draft, const char *id)
{
	json_each (v, json_get(draft, S("amendments")))
		if (str_is(json_get_str(v, S("id")), id))
			return v;
	return NULL;
}

static str outcome(const struct json *draft, const char *id)
{
	return json_get_str(amendment(draft, id), S("outcome"));
}

/* --- check -------------------------------------------------------------------------------- */

TEST(check_tells_what_is_the_same_and_what_conflicts)
{
	BEGIN;
	struct ran r = RUN(a, example(a), "text", "check", "-");
	struct json *v = run_json(a, &r);
	CHECK_STREQ(json_str(a, json_get(v, S("unified"))), S("[[\"a1\",\"a3\"]]"));
	CHECK(!json_get_bool(v, S("compatible")));
	static const char *const pairs[][2] = {{"a1", "a2"}, {"a2", "a3"}, {"a7", "a10"}};
	size_t n = 0;
	json_each (c, json_get(v, S("conflicts"))) {
		NEED(n < 3);
		CHECK_STR(json_get_str(c, S("a")), pairs[n][0]);
		CHECK_STR(json_get_str(c, S("b")), pairs[n][1]);
		CHECK(json_get_str(c, S("why")).n > 0);
		n++;
	}
	CHECK_EQ(n, 3);
	CHECK(!json_get(v, S("waiting")));
}

TEST(check_of_the_issue)
{
	BEGIN;
	struct ran r = RUN(a,
	    S("{\"paragraphs\":[{\"id\":\"p1\",\"kind\":\"para\",\"text\":\"All the people.\"},"
	      "{\"id\":\"p7\",\"text\":\"The last.\"}],"
	      "\"amendments\":[{\"id\":\"a1\",\"party\":\"Kenya\",\"cosponsors\":[\"Peru\"],"
	      "\"ops\":[{\"op\":\"replace\",\"par\":\"p1\",\"from\":4,\"to\":7,\"text\":\"these\"}]"
	      "},"
	      "{\"id\":\"a2\",\"party\":\"Norway\",\"amended\":[{\"id\":\"p1\",\"text\":\"All "
	      "people.\"},"
	      "{\"after\":\"p1\",\"text\":\"a new paragraph\"},{\"id\":\"p7\",\"text\":null}]}]}"),
	    "text", "check", "-");
	struct json *v = run_json(a, &r);
	CHECK_STREQ(json_str(a, json_get(v, S("unified"))), S("[]"));
	const struct json *c = json_get(v, S("conflicts"))->first;
	NEED(c && !c->next);
	CHECK_STR(json_get_str(c, S("a")), "a1");
	CHECK_STR(json_get_str(c, S("b")), "a2");
	CHECK(!json_get_bool(v, S("compatible")));
}

TEST(check_of_nothing_is_compatible)
{
	BEGIN;
	struct ran r = RUN(a, S("{\"paragraphs\":[]}"), "text", "check", "-");
	CHECK(json_get_bool(run_json(a, &r), S("compatible")));
}

/* --- adopt -------------------------------------------------------------------------------- */

TEST(adopt_carries_the_others_over)
{
	BEGIN;
	struct ran r = RUN(a, example(a), "text", "adopt", "-", "--ids", "a1,a4", "a5");
	struct json *v = run_json(a, &r);
	HAS(reading(a, v), "p3=States shall cooperate, on");
	HAS(reading(a, v), "p4=Governments should consult all stakeholders, including indigenous "
	                   "peoples. They");
	HAS(reading(a, v), "p5=Developing countries should receive support for taking part:|");
	CHECK(!amendment(v, "a1") && !amendment(v, "a4") && !amendment(v, "a5"));
	CHECK_STREQ(outcome(v, "a3"), S("satisfied"));
	CHECK_STREQ(outcome(v, "a2"), S("conflict"));
	CHECK_STREQ(outcome(v, "a9"), S("unchanged"));
	HAS(json_get_str(amendment(v, "a2"), S("why")), "a1");
	CHECK_STREQ(json_str(a, json_get(amendment(v, "a9"), S("filed"))),
	    S("{\"ops\":[{\"op\":\"split_par\",\"par\":\"p4\",\"at\":45}]}"));
	/* The split has moved behind what was put in. */
	const struct json *split = json_get(amendment(v, "a9"), S("ops"))->first;
	CHECK_EQ(json_get_i64(split, S("at"), -1), 45 + 30);
	CHECK_STREQ(json_get_str(v, S("lang")), S("en"));
}

/* One after the other, in any order, or at once: the same text. */
TEST(adopt_in_steps_is_adopt_at_once)
{
	BEGIN;
	static const char *const orders[][7] = {
	    {"a1", "a4", "a5", "a6", "a7", "a8", "a9"},
	    {"a9", "a8", "a7", "a6", "a5", "a4", "a1"},
	    {"a4", "a9", "a5", "a1", "a8", "a6", "a7"},
	};
	struct ran all = RUN(a, example(a), "text", "adopt", "-", "--ids", "a1,a4,a5,a6,a7,a8,a9");
	str want = reading(a, run_json(a, &all));
	for (size_t o = 0; o < 3; o++) {
		str draft = example(a);
		for (size_t i = 0; i < 7; i++) {
			struct ran r = RUN(a, draft, "text", "adopt", "-", "--ids", orders[o][i]);
			if (r.status != 0)
				t_fail(__FILE__, __LINE__, "%s: %.*s", orders[o][i], STR(r.err));
			draft = r.out;
		}
		struct ran last = {.out = draft};
		CHECK_STREQ(reading(a, run_json(a, &last)), want);
	}
}

TEST(adopt_refuses_what_does_not_go_together)
{
	BEGIN;
	struct ran r = RUN(a, example(a), "text", "adopt", "-", "--ids=a1,a2,a7,a10");
	CHECK_EQ(r.status, 3);
	CHECK_EQ(r.out.n, 0);
	HAS(r.err, "a1 and a2: ");
	HAS(r.err, "a7 and a10: ");
	HAS(r.err, "cannot be adopted together");
}

TEST(adopt_refuses_whose_author_must_speak)
{
	BEGIN;
	struct ran once = RUN(a, example(a), "text", "adopt", "-", "--ids=a1");
	struct ran r = RUN(a, once.out, "text", "adopt", "-", "--ids=a2");
	CHECK_EQ(r.status, 3);
	CHECK_EQ(r.out.n, 0);
	HAS(r.err, "Amendment a2 cannot be adopted. a1 has been adopted. ");
	/* check says so as well. */
	r = RUN(a, once.out, "text", "check", "-");
	CHECK_STREQ(json_str(a, json_get(run_json(a, &r), S("waiting"))), S("[\"a2\"]"));
	/* What is satisfied may be adopted, and leaves the list. */
	r = RUN(a, once.out, "text", "adopt", "-", "--ids=a3");
	CHECK(!amendment(run_json(a, &r), "a3"));
}

TEST(adopt_takes_both_texts_when_told)
{
	BEGIN;
	str draft = S("{\"paragraphs\":[{\"id\":\"p1\",\"text\":\"All people are heard.\"}],"
	              "\"amendments\":[{\"id\":\"a\",\"ops\":[{\"op\":\"insert\",\"par\":\"p1\","
	              "\"at\":10,\"text\":\" and peoples\"}]},{\"id\":\"b\",\"ops\":[{\"op\":"
	              "\"insert\",\"par\":\"p1\",\"at\":10,\"text\":\" of the world\"}]}]}");
	struct ran r = RUN(a, draft, "text", "adopt", "-", "--ids=a,b");
	CHECK_EQ(r.status, 3);
	HAS(r.err, "--both");
	r = RUN(a, draft, "text", "adopt", "--both", "-", "--ids=b,a");
	CHECK_STREQ(
	    reading(a, run_json(a, &r)), S("p1=All people and peoples of the world are heard.|"));
}

TEST(adopt_numbers_what_is_new_and_nothing_else)
{
	BEGIN;
	str draft = S("{\"paragraphs\":[{\"id\":\"p0\",\"text\":\"Recalling,\"},{\"id\":\"p1\","
	              "\"number\":\"1\",\"text\":\"One.\"}],\"amendments\":[{\"id\":\"a\",\"ops\":"
	              "[{\"op\":\"insert_par\",\"after\":\"p1\",\"text\":\"New.\"}]}]}");
	static const char *const want[] = {"", "1", "1 bis"};
	struct ran r = RUN(a, draft, "text", "adopt", "-", "--ids=a");
	size_t i = 0;
	json_each (p, json_get(run_json(a, &r), S("paragraphs"))) {
		NEED(i < 3);
		CHECK_STR(json_get_str(p, S("number")), want[i++]);
	}
	CHECK_EQ(i, 3);
}

TEST(adopt_names_what_it_does_not_find)
{
	BEGIN;
	struct ran r = RUN(a, example(a), "text", "adopt", "-", "--ids=a1,a77");
	CHECK_EQ(r.status, 2);
	CHECK_STREQ(r.err, S("comity: There is no amendment a77 in this draft.\n"));
	r = RUN(a, example(a), "text", "adopt", "-");
	CHECK_EQ(r.status, 2);
	HAS(r.err, "--ids a1,a3");
	r = RUN(a, example(a), "text", "adopt", "-", "--ids=,");
	CHECK_EQ(r.status, 2);
}

/* --- rolling ------------------------------------------------------------------------------ */

TEST(rolling_shows_everybody)
{
	BEGIN;
	static const char *const parties[] = {
	    "Kenya", "Norway", "Ghana", "Fiji", "Cuba", "Chad", "Japan", "India", "Chile", "Egypt"};
	static const char *const formats[] = {"text", "html", "json"};
	for (size_t i = 0; i < 3; i++) {
		struct ran r = RUN(a, example(a), "text", "rolling", "-", "--format", formats[i]);
		CHECK_EQ(r.status, 0);
		for (size_t k = 0; k < 10; k++)
			if (str_find(r.out, str_of(parties[k])) == SIZE_MAX)
				t_fail(__FILE__, __LINE__, "%s: no %s", formats[i], parties[k]);
	}
	struct ran plain = RUN(a, example(a), "text", "rolling", "-");
	struct ran text = RUN(a, example(a), "text", "rolling", "-", "--format=text");
	CHECK_STREQ(plain.out, text.out);
	HAS(plain.out, "[");
}

TEST(rolling_for_one_is_adopting_it_alone)
{
	BEGIN;
	struct ran base =
	    RUN(a, example(a), "text", "rolling", "-", "--only=none", "--format=json");
	struct ran self = {.out = example(a)};
	CHECK_STREQ(reading(a, run_json(a, &base)), reading(a, run_json(a, &self)));
	for (int i = 1; i <= 10; i++) {
		const char *id = arena_z(a, arena_printf(a, "a%d", i));
		struct ran one =
		    RUN(a, example(a), "text", "rolling", "-", "--only", id, "--format", "json");
		struct ran adopted = RUN(a, example(a), "text", "adopt", "-", "--ids", id);
		str want = reading(a, run_json(a, &adopted));
		CHECK_STREQ(reading(a, run_json(a, &one)), want);
		CHECK(!str_eq(want, reading(a, run_json(a, &self))));
	}
}

/* A page is whole and asks for nothing from elsewhere. */
static void check_page(str page)
{
	CHECK(str_starts(page, S("<!DOCTYPE html>")) || str_starts(page, S("<!doctype html>")));
	HAS(page, "<title>");
	HAS(page, "<style>");
	HAS(page, "</html>");
	CHECK(str_find(page, S("<script")) == SIZE_MAX);
	CHECK(str_find(page, S("<link")) == SIZE_MAX);
	CHECK(str_find(page, S("src=")) == SIZE_MAX);
}

TEST(rolling_for_one_as_text_and_page)
{
	BEGIN;
	struct ran r = RUN(a, example(a), "text", "rolling", "-", "--only=a1");
	HAS(r.out, "\n\nStates shall cooperate, on an equal footing,");
	r = RUN(a, example(a), "text", "rolling", "-", "--only=a1", "--format=html");
	check_page(r.out);
	HAS(r.out, "States shall cooperate");
	r = RUN(a, example(a), "text", "rolling", "-", "--only=a77");
	CHECK_EQ(r.status, 2);
	HAS(r.err, "--only: There is no amendment a77");
	r = RUN(a, example(a), "text", "rolling", "-", "--format=pdf");
	CHECK_EQ(r.status, 2);
	HAS(r.err, "--format: pdf is not text, html or json");
}

TEST(pages_stand_alone_and_escape)
{
	BEGIN;
	str evil = S("{\"title\":\"<script>t\",\"lang\":\"\\\"><b>\",\"paragraphs\":[{\"id\":"
	             "\"\\\"<script>\",\"text\":\"<script>x</script>\"}],\"amendments\":[{\"id\":"
	             "\"<script>a\",\"party\":\"<script>p\",\"ops\":[{\"op\":\"insert\",\"par\":"
	             "\"\\\"<script>\",\"at\":0,\"text\":\"<script>y \"}]}]}");
	const char *file = run_file(a, "evil.json", evil);
	struct ran r = RUN(a, STR_EMPTY, "text", "rolling", file, "--format=html");
	check_page(r.out);
	r = RUN(a, STR_EMPTY, "text", "rolling", file, "--format=html", "--only=none");
	check_page(r.out);
	const char *other = run_file(a, "example.json", example(a));
	r = RUN(a, STR_EMPTY, "text", "redline", other, file, "--format=html");
	check_page(r.out);
}

/* --- redline ------------------------------------------------------------------------------ */

/* Both texts from the spans. */
static void check_spans(struct arena *a, const struct json *red, const char *old, const char *young)
{
	struct buf x = buf_in(a, 0), y = buf_in(a, 0);
	json_each (p, json_get(red, S("paragraphs"))) {
		str op = json_get_str(p, S("op"));
		json_each (s, json_get(p, S("spans"))) {
			str o = json_get_str(s, S("op")), text = json_get_str(s, S("text"));
			if (!str_is(o, "+"))
				buf_put(&x, text);
			if (!str_is(o, "-"))
				buf_put(&y, text);
		}
		if (!str_is(op, "inserted"))
			buf_putc(&x, '|');
		if (!str_is(op, "deleted"))
			buf_putc(&y, '|');
	}
	CHECK_STR(buf_str(&x), old);
	CHECK_STR(buf_str(&y), young);
}

TEST(redline_of_plain_text)
{
	BEGIN;
	const char *x = run_file(a, "x.txt", S("One two three.\n\nFour five.\n"));
	const char *y = run_file(
	    a, "y.txt", S("One 2 three.\r\n\r\nQuite another thing.\r\n\r\nFour five.\r\n"));
	struct ran r = RUN(a, STR_EMPTY, "text", "redline", x, y, "--format", "json");
	struct json *v = run_json(a, &r);
	check_spans(
	    a, v, "One two three.|Four five.|", "One 2 three.|Quite another thing.|Four five.|");
	static const char *const ops[] = {"changed", "inserted", "same"};
	size_t i = 0;
	json_each (p, json_get(v, S("paragraphs"))) {
		NEED(i < 3);
		CHECK_STR(json_get_str(p, S("op")), ops[i++]);
	}
	r = RUN(a, STR_EMPTY, "text", "redline", x, y);
	CHECK_EQ(r.status, 0);
	HAS(r.out, "three.");
	r = RUN(a, STR_EMPTY, "text", "redline", x, y, "--format=html");
	check_page(r.out);
	HAS(r.out, "<ins");
	HAS(r.out, "<del");
}

TEST(redline_of_drafts_goes_by_their_ids)
{
	BEGIN;
	struct ran young = RUN(a, example(a), "text", "adopt", "-", "--ids=a8");
	const char *x = run_file(a, "x.json", example(a));
	struct ran r = RUN(a, young.out, "text", "redline", x, "-", "--format=json");
	size_t moved = 0;
	json_each (p, json_get(run_json(a, &r), S("paragraphs"))) {
		str op = json_get_str(p, S("op")), id = json_get_str(p, S("id"));
		moved += str_is(op, "moved") && (str_is(id, "p2") || str_is(id, "p1"));
		CHECK(str_is(op, "moved") || str_is(op, "same"));
	}
	CHECK_EQ(moved, 1);
	/* Text against a draft, and Markdown by its name. */
	const char *md = run_file(a, "x.md", S("# Head\nText\n- one\n- two\n"));
	r = RUN(a, STR_EMPTY, "text", "redline", md, x, "--format=json");
	CHECK_EQ(r.status, 0);
	r = RUN(a, S("Head\n\nText\n\none\n\ntwo"), "text", "redline", md, "-", "--format=json");
	check_spans(a, run_json(a, &r), "Head|Text|one|two|", "Head|Text|one|two|");
}

TEST(redline_says_which_text_is_wrong)
{
	BEGIN;
	const char *x = run_file(a, "x.txt", S("One.\n"));
	const char *y = run_file(a, "y.json", S("{\"paragraphs\":\n"));
	struct ran r = RUN(a, STR_EMPTY, "text", "redline", x, y);
	CHECK_EQ(r.status, 2);
	HAS(r.err, "y.json: This is not JSON: line ");
	r = RUN(a, STR_EMPTY, "text", "redline", "-", "-");
	CHECK_EQ(r.status, 2);
	HAS(r.err, "Only one of the two");
	r = RUN(a, S("a\xFFz"), "text", "redline", x, "-");
	CHECK_EQ(r.status, 2);
	HAS(r.err, "-: Line 1, byte 2: this is not UTF-8");
}

/* --- streamline --------------------------------------------------------------------------- */

TEST(streamline_puts_one_in_the_place_of_several)
{
	BEGIN;
	struct ran r = RUN(a, example(a), "text", "streamline", "-", "--ids=a1,a3", "--into=a2");
	struct json *v = run_json(a, &r);
	CHECK(amendment(v, "a2") && !amendment(v, "a1") && !amendment(v, "a3"));
	CHECK_EQ(json_get(v, S("amendments"))->count, 8);
	CHECK_EQ(json_get(v, S("provenance"))->count, 2);
	struct ran check = RUN(a, r.out, "text", "check", "-");
	run_json(a, &check);
	/* The table grows. */
	r = RUN(a, r.out, "text", "streamline", "-", "--ids=a7", "--into=a10", "--keep-rest");
	v = run_json(a, &r);
	CHECK_EQ(json_get(v, S("provenance"))->count, 3);
	CHECK(amendment(v, "a7") != NULL);
	r = RUN(a, example(a), "text", "streamline", "-", "--ids=a1", "--into=a2", "--format=text");
	CHECK_EQ(r.status, 0);
	HAS(r.out, "Kenya");
}

TEST(streamline_refuses_what_makes_no_sense)
{
	BEGIN;
	static const struct {
		const char *ids, *into, *says;
	} rows[] = {
	    {"a1", "a99", "--into: Name the amendment"},
	    {"a1,a99", "a2", "There is no amendment a99"},
	    {"a1,a2", "a2", "cannot take its own place"},
	};
	for (size_t i = 0; i < 3; i++) {
		struct ran r = RUN(a, example(a), "text", "streamline", "-", "--ids", rows[i].ids,
		    "--into", rows[i].into);
		CHECK_EQ(r.status, 2);
		CHECK(str_find(r.err, str_of(rows[i].says)) != SIZE_MAX);
	}
}

/* --- what is wrong ------------------------------------------------------------------------ */

TEST(bad_input_is_named_and_ends_with_2)
{
	BEGIN;
	static const struct {
		const char *draft, *says;
	} rows[] = {
	    {"{\"paragraphs\":[{\"id\":\"p1\",\"text\":\"Twelve chars\"}],\"amendments\":[{\"id\":"
	     "\"a2\",\"ops\":[{\"op\":\"delete\",\"par\":\"p1\",\"from\":0,\"to\":90}]}]}",
	        "comity: Amendment a2, operation 1: `to` is 90, but paragraph p1 has 12 "
	        "graphemes.\n"},
	    {"{\"paragraphs\":[],\n\"amendments\":[}", "line 2"},
	    {"", "line 1"},
	    {"\xFF", "Line 1, byte 1: this is not UTF-8 (the byte is 0xFF)"},
	};
	static const char *const verbs[] = {"check", "rolling"};
	for (size_t i = 0; i < 4; i++)
		for (size_t k = 0; k < 2; k++) {
			struct ran r = RUN(a, str_of(rows[i].draft), "text", verbs[k], "-");
			CHECK_EQ(r.status, 2);
			CHECK_EQ(r.out.n, 0);
			if (str_find(r.err, str_of(rows[i].says)) == SIZE_MAX)
				t_fail(__FILE__, __LINE__, "says %.*s", STR(r.err));
		}
	struct ran r = RUN(a, STR_EMPTY, "text", "check", "/nowhere/draft.json");
	CHECK_EQ(r.status, 2);
	HAS(r.err, "/nowhere/draft.json");
}

TEST(too_much_is_refused)
{
	BEGIN;
	size_t n = (size_t)65 << 20;
	char *p = arena_push(a, n);
	memset(p, 'x', n);
	struct ran r = RUN(a, str_from(p, n), "text", "check", "-");
	CHECK_EQ(r.status, 2);
	HAS(r.err, "larger than 64 MiB");
	const char *file = run_file(a, "big.txt", str_from(p, n));
	r = RUN(a, STR_EMPTY, "text", "redline", file, file);
	CHECK_EQ(r.status, 2);
	HAS(r.err, "larger than 64 MiB");
}

/* --- the program -------------------------------------------------------------------------- */

TEST(help_is_there)
{
	BEGIN;
	static const char *const verbs[] = {"check", "adopt", "rolling", "redline", "streamline"};
	struct ran all = RUN(a, STR_EMPTY, "text", "--help");
	CHECK_EQ(all.status, 0);
	for (size_t i = 0; i < 5; i++) {
		CHECK(str_find(all.out, str_of(verbs[i])) != SIZE_MAX);
		struct ran one = RUN(a, STR_EMPTY, "text", verbs[i], "--help");
		CHECK_EQ(one.status, 0);
		CHECK(str_starts(one.out, arena_printf(a, "usage: comity text %s ", verbs[i])));
		struct ran other = RUN(a, STR_EMPTY, "help", "text", verbs[i]);
		CHECK_STREQ(other.out, one.out);
		struct ran none = RUN(a, STR_EMPTY, "text", verbs[i]);
		CHECK_EQ(none.status, 2);
		CHECK_EQ(none.out.n, 0);
	}
	struct ran r = RUN(a, STR_EMPTY, "text");
	CHECK_EQ(r.status, 2);
	r = RUN(a, STR_EMPTY, "text", "sing");
	CHECK_EQ(r.status, 2);
	HAS(r.err, "comity text: there is no verb sing");
	r = RUN(a, STR_EMPTY, "text", "check", "-", "--loud");
	CHECK_EQ(r.status, 2);
	HAS(r.err, "comity text check: --loud is not an option here");
}

/* What people start hands every other verb to the whole program. */
TEST(the_other_verbs_are_there)
{
	BEGIN;
	struct ran r = RUN(a, STR_EMPTY, "--version");
	CHECK_EQ(r.status, 0);
	CHECK(str_starts(r.out, S("comity ")));
	r = RUN(a, STR_EMPTY, "--help");
	HAS(r.out, "\n  text ");
	HAS(r.out, "\n  serve ");
	r = RUN(a, STR_EMPTY, "commands", "group.announce");
	CHECK_EQ(r.status, 0);
	HAS(r.out, "Headline");
	r = RUN(a, STR_EMPTY, "verify", "/nowhere");
	CHECK_EQ(r.status, 2);
}

TEST(without_its_other_half_it_says_so)
{
	BEGIN;
	const char *alone = run_file(a, "comity", t_read_file(a, getenv("COMITY")));
	NEED(chmod(alone, 0700) == 0);
	static const char *const version[] = {"--version", NULL};
	struct ran r = run_program(a, alone, STR_EMPTY, version);
	CHECK_EQ(r.status, 70);
	HAS(r.err, "comity-house, is to lie in the same folder");
	static const char *const check[] = {"text", "check", "-", NULL};
	r = run_program(a, alone, example(a), check);
	CHECK_EQ(r.status, 0);
}
