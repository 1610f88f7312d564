/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a reader of live lines is told: nothing twice, nothing left out. */
#include "engine/live_lines.h"

#include "base/json.h"
#include "base/utf8.h"
#include "t.h"
#include "t_rand.h"
#include "base/poison.h"

#define HEAD S("\"speaker\":\"Kenya\"")

static void put(struct live_lines *v, int64_t id, int64_t line, const char *text)
{
	live_lines_put(
	    v, &(struct live_line){.id = id, .line = line, .text = str_of(text), .head = HEAD});
}

static str since(const struct live_lines *v, struct arena *a, int64_t at)
{
	struct buf b = buf_in(a, 0);
	live_lines_since(v, &at, &b);
	return buf_str(&b);
}

TEST(a_reader_is_told_what_is_new_of_a_line)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct live_lines *v = live_lines_new(0);
	put(v, 1, 1, "Good");
	CHECK_STR(since(v, a, 0),
	    "id:1\ndata:{\"n\":1,\"k\":0,\"t\":\"Good\",\"speaker\":\"Kenya\"}\n\n");
	put(v, 2, 1, "Good morn");
	put(v, 3, 1, "Good morning");
	CHECK_STR(since(v, a, 1), "id:3\ndata:{\"n\":1,\"k\":4,\"t\":\" morning\"}\n\n");
	CHECK_STR(since(v, a, 2), "id:3\ndata:{\"n\":1,\"k\":9,\"t\":\"ing\"}\n\n");
	CHECK_STR(since(v, a, 3), "");
	/* Taken back and written anew: the least that stayed counts. */
	put(v, 4, 1, "Go");
	put(v, 5, 1, "Good evening");
	CHECK_STR(since(v, a, 3), "id:5\ndata:{\"n\":1,\"k\":2,\"t\":\"od evening\"}\n\n");
	/* Who never saw it gets the whole. */
	CHECK(str_find(since(v, a, 0), S("\"k\":0")) != SIZE_MAX);
	/* Nothing stayed: said whole, with all that is known of it. */
	put(v, 6, 1, "No");
	CHECK_STR(
	    since(v, a, 5), "id:6\ndata:{\"n\":1,\"k\":0,\"t\":\"No\",\"speaker\":\"Kenya\"}\n\n");
	/* Another speaker: said whole. */
	live_lines_put(v,
	    &(struct live_line){
	        .id = 7, .line = 1, .text = S("Good evening"), .head = S("\"speaker\":\"Ghana\"")});
	CHECK(str_find(since(v, a, 6), S("\"speaker\":\"Ghana\"")) != SIZE_MAX);
	/* What was put before is passed over: a server that starts puts all again. */
	put(v, 7, 9, "Never");
	CHECK_EQ(live_lines_id(v), 7);
	live_lines_free(v);
}

static str brief(const struct live_lines *v, struct arena *a, int64_t at)
{
	struct buf b = buf_in(a, 0);
	live_lines_write(v, LIVE_BRIEF, &at, &b);
	CHECK_EQ(at, live_lines_id(v));
	return buf_str(&b);
}

TEST(in_a_stream_of_several_it_is_said_briefly)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct live_lines *v = live_lines_new(3);
	live_lines_put(v, &(struct live_line){.id = 4,
	                      .line = 12,
	                      .text = S("We \"agr"),
	                      .head = S("\"s\":\"C\u00f4te d\'Ivoire\",\"at\":1485421200")});
	CHECK_STR(brief(v, a, 3), "data:[12,0,\"We \\\"agr\",\"C\u00f4te d\'Ivoire\"]\n\n");
	live_lines_put(v, &(struct live_line){.id = 5,
	                      .line = 12,
	                      .text = S("We \"agree\""),
	                      .head = S("\"s\":\"C\u00f4te d\'Ivoire\",\"at\":1485421200")});
	CHECK_STR(brief(v, a, 4), "data:[12,7,\"ee\\\"\"]\n\n");
	put(v, 6, 13, "Thank you");
	live_lines_put(v, &(struct live_line){.id = 7, .line = 12, .gone = true});
	CHECK_STR(brief(v, a, 5), "data:[13,0,\"Thank you\"]\n\ndata:[12]\n\n");
	CHECK_STR(brief(v, a, 2), "event:reset\ndata:{}\n\n");
	int64_t at = 5;
	struct buf b = buf_in(a, 0);
	live_lines_write(v, LIVE_BARE, &at, &b);
	CHECK_STR(buf_str(&b),
	    "data:{\"n\":13,\"k\":0,\"t\":\"Thank you\",\"speaker\":\"Kenya\"}\n\n"
	    "data:{\"n\":12,\"gone\":true}\n\n");
	live_lines_free(v);
}

TEST(a_line_that_was_taken_back_is_gone)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct live_lines *v = live_lines_new(0);
	put(v, 1, 1, "One");
	put(v, 2, 2, "Two");
	live_lines_put(v, &(struct live_line){.id = 3, .line = 2, .text = STR_EMPTY, .gone = true});
	CHECK_STR(since(v, a, 2), "id:3\ndata:{\"n\":2,\"gone\":true}\n\n");
	CHECK(str_find(live_lines_json(v, a), S("\"n\":2")) == SIZE_MAX);
	put(v, 4, 2, "Two again");
	CHECK(str_find(since(v, a, 3), S("\"k\":0,\"t\":\"Two again\"")) != SIZE_MAX);
	live_lines_free(v);
}

TEST(who_is_too_far_behind_is_told_so)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct live_lines *v = live_lines_new(100);
	CHECK_STR(since(v, a, 99), "event:reset\nid:100\ndata:{}\n\n");
	CHECK_STR(since(v, a, 100), "");
	for (int64_t i = 1; i <= LIVE_LINES + 10; i++)
		put(v, 100 + i, i, "A line.");
	CHECK_STR(since(v, a, 109), "event:reset\nid:622\ndata:{}\n\n");
	CHECK(str_starts(since(v, a, 110), S("id:111\n")));
	CHECK(str_starts(since(v, a, -1), S("id:111\n")));
	live_lines_free(v);
}

/* The bytes are bounded as well, and the newest line always stays. */
TEST(long_lines_push_out_old_ones)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct live_lines *v = live_lines_new(0);
	char *text = arena_push(a, 20001);
	for (size_t i = 0; i < 20000; i++)
		text[i] = 'x';
	for (int64_t i = 1; i <= 40; i++)
		put(v, i, i, text);
	CHECK(str_starts(since(v, a, -1), S("id:28\n")));
	CHECK(str_starts(since(v, a, 26), S("event:reset\n")));
	live_lines_free(v);
}

/* --- readers who come and go at random see what was written --- */

#define LINES   40
#define READERS 6

struct copy_of {
	str text[LINES + 1];
	int64_t at;
};

/* A reader as the page's script is one. */
static void take(struct arena *a, struct copy_of *r, str events)
{
	str block, rest = events;
	while (rest.n) {
		size_t end = str_find(rest, S("\n\n"));
		CHECK(end != SIZE_MAX);
		block = str_head(rest, end);
		rest = str_skip(rest, end + 2);
		size_t data = str_find(block, S("data:"));
		struct json *o;
		struct err err;
		int64_t id;
		CHECK(str_starts(block, S("id:")));
		CHECK(str_to_i64(str_head(str_skip(block, 3), data - 4), &id));
		CHECK(id > r->at);
		r->at = id;
		CHECK_EQ(json_parse(a, str_skip(block, data + 5), "data", &o, &err), OK);
		int64_t n = json_get_i64(o, S("n"), 0), k = json_get_i64(o, S("k"), 0);
		CHECK(n >= 1 && n <= LINES);
		str have = r->text[n];
		CHECK(k <= (int64_t)utf8_count(have));
		r->text[n] = json_get_bool(o, S("gone"))
		                 ? STR_EMPTY
		                 : arena_printf(a, "%.*s%.*s",
		                       STR(str_head(have, utf8_prefix(have, (size_t)k))),
		                       STR(json_get_str(o, S("t"))));
	}
}

/* The beginning of what is there, and some letters, some of them wide. */
static str change(struct arena *a, struct t_rand *rnd, str text)
{
	static const char *const some[] = {
	    "a", "b c", "\xc3\xa9", "\xe4\xbc\x9a", "\xf0\x9f\x98\x80"};
	size_t n = utf8_count(text);
	str head = str_head(text, utf8_prefix(text, n - t_rand_below(rnd, n + 1) / 3));
	return arena_printf(a, "%.*s%s", STR(head), some[t_rand_below(rnd, 5)]);
}

TEST(readers_that_come_and_go_see_all_that_was_written)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct t_rand rnd = {7};
	struct live_lines *v = live_lines_new(0);
	struct copy_of truth = {0}, r[READERS] = {{.at = 0}};
	for (int64_t id = 1; id <= 4000; id++) {
		size_t n = 1 + t_rand_below(&rnd, 8) + (size_t)id * (LINES - 8) / 4001;
		bool gone = t_rand_below(&rnd, 20) == 0;
		truth.text[n] = gone ? STR_EMPTY : change(a, &rnd, truth.text[n]);
		live_lines_put(v, &(struct live_line){.id = id,
		                      .line = (int64_t)n,
		                      .text = truth.text[n],
		                      .head = HEAD,
		                      .gone = gone});
		struct copy_of *one = &r[t_rand_below(&rnd, READERS)];
		struct buf b = buf_in(a, 0);
		int64_t at = one->at;
		live_lines_since(v, &at, &b);
		take(a, one, buf_str(&b));
		CHECK_EQ(one->at, at);
	}
	for (size_t i = 0; i < READERS; i++) {
		struct buf b = buf_in(a, 0);
		int64_t at = r[i].at;
		live_lines_since(v, &at, &b);
		take(a, &r[i], buf_str(&b));
		for (size_t n = 1; n <= LINES; n++)
			CHECK(str_eq(r[i].text[n], truth.text[n]));
	}
	live_lines_free(v);
}
