/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* When utterances without times were spoken, by who had the floor. */
#include "main/captions_plan.h"

#include "base/buf.h"
#include "harness/t.h"

#include "base/poison.h"

#define SECONDS(n) ((usec)(n)*USEC_SECOND)

enum { NOBODY, KENYA, JORDAN, PERU };

/* Seconds that follow one another. */
static void add(struct plan_stretch *v, size_t *n, int64_t who, int64_t seconds)
{
	usec from = *n ? v[*n - 1].till : 0;
	v[(*n)++] = (struct plan_stretch){
	    .from = from, .till = from + SECONDS(seconds), .who = who, .sitting = 1, .kept = true};
}

static struct plan_words says(int64_t who)
{
	return (struct plan_words){.who = who, .chars = 60, .count = 10, .before = INT64_MAX};
}

/* "0 0 1": the stretch of each. */
static str laid(struct arena *a, const struct plan_stretch *v, size_t n,
    const struct plan_words *words, size_t m)
{
	struct buf b = buf_in(a, 0);
	for (size_t j = 0; j < m; j++)
		for (size_t i = 0; i < n; i++)
			if (words[j].from >= v[i].from && words[j].from < v[i].till) {
				CHECK(words[j].till <= v[i].till);
				CHECK(!j || words[j].from >= words[j - 1].from);
				buf_sep(&b, S(" "));
				buf_printf(&b, "%zu", i);
			}
	return buf_str(&b);
}

TEST(who_has_the_floor_says_the_words)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct plan_stretch v[8];
	size_t n = 0;
	add(v, &n, NOBODY, 600);
	add(v, &n, KENYA, 120);
	add(v, &n, NOBODY, 15);
	add(v, &n, JORDAN, 60);
	add(v, &n, KENYA, 60); /* interrupted, and going on */
	add(v, &n, NOBODY, 300);
	/* Opening; Kenya, the Chair between, Jordan, Kenya again; and the end. */
	struct plan_words words[] = {says(NOBODY), says(NOBODY), says(KENYA), says(NOBODY),
	    says(JORDAN), says(KENYA), says(NOBODY)};
	CHECK(captions_plan(a, v, n, words, 7));
	CHECK_STR(laid(a, v, n, words, 7), "0 0 1 2 3 4 5");
	/* A turn is spread over its time, as far as words can be; the last call ends where it
	 * begins. */
	CHECK_EQ(words[2].from, SECONDS(600));
	CHECK_EQ(words[2].till, SECONDS(680)); /* ten words, eight seconds each */
	CHECK_EQ(words[1].till, SECONDS(600));
	CHECK_EQ(words[0].from, 0);
	CHECK_EQ(words[0].till, SECONDS(10));
}

TEST(words_without_a_turn_keep_their_order)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct plan_stretch v[8];
	size_t n = 0;
	add(v, &n, NOBODY, 100);
	add(v, &n, JORDAN, 100);
	add(v, &n, NOBODY, 10);
	add(v, &n, KENYA, 100);
	add(v, &n, NOBODY, 10);
	add(v, &n, PERU, 100);
	add(v, &n, NOBODY, 100);
	/* Kenya speaks long before its turn; the Chair interrupts it there; Peru is not heard. */
	struct plan_words words[] = {
	    says(KENYA), says(JORDAN), says(KENYA), says(NOBODY), says(KENYA), says(NOBODY)};
	CHECK(captions_plan(a, v, n, words, 6));
	CHECK_STR(laid(a, v, n, words, 6), "0 1 3 3 3 4");
}

TEST(in_a_break_nothing_is_said)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct plan_stretch v[8];
	size_t n = 0;
	add(v, &n, KENYA, 100);
	add(v, &n, NOBODY, 3600);
	v[1].kept = false;
	add(v, &n, NOBODY, 100);
	v[2].sitting = 2;
	add(v, &n, JORDAN, 100);
	v[3].sitting = 2;
	struct plan_words words[] = {says(KENYA), says(NOBODY), says(JORDAN), says(NOBODY)};
	words[1].sitting = 2;
	words[3].note = true;
	CHECK(captions_plan(a, v, n, words, 4));
	CHECK_STR(laid(a, v, n, words, 4), "0 2 3 3");
	/* What was written down before its speaker had the floor was said before. */
	words[2].before = SECONDS(90);
	words[1].before = SECONDS(90);
	words[1].sitting = 0;
	CHECK(captions_plan(a, v, n, words, 4));
	CHECK_STR(laid(a, v, n, words, 4), "0 0 0 3");
	for (size_t i = 0; i < n; i++)
		v[i].kept = false;
	CHECK(!captions_plan(a, v, n, words, 4));
	CHECK(!captions_plan(a, v, 0, words, 4));
	CHECK(captions_plan(a, v, 0, words, 0));
}

TEST(the_chair_says_what_is_put)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct plan_stretch v[8];
	size_t n = 0;
	add(v, &n, KENYA, 100);
	add(v, &n, NOBODY, 1000);
	add(v, &n, NOBODY, 40);
	v[2].chair = true;
	add(v, &n, NOBODY, 1000);
	struct plan_words words[] = {says(KENYA), says(NOBODY), says(NOBODY), says(NOBODY)};
	words[1].chair = words[2].chair = true;
	CHECK(captions_plan(a, v, n, words, 4));
	CHECK_STR(laid(a, v, n, words, 4), "0 1 2 3");
	/* What comes after it comes after it. */
	v[1].till = v[1].from;
	CHECK(captions_plan(a, v, n, words + 1, 2));
	CHECK_STR(laid(a, v, n, words + 1, 2), "2 3");
}

TEST(pieces_come_as_quickly_as_they_can_be_followed)
{
	struct plan_words w = says(KENYA);
	w.from = SECONDS(100);
	w.till = SECONDS(130);
	/* Ten words in thirty seconds. */
	CHECK_EQ(captions_pieces(&w, SECONDS(1), SECONDS(15)), 10);
	CHECK_EQ(captions_piece_at(&w, 10, 0), SECONDS(100));
	CHECK_EQ(captions_piece_at(&w, 10, 9), SECONDS(127));
	/* At a quick pace there is time for fewer, and at last for one. */
	CHECK_EQ(captions_pieces(&w, SECONDS(10), SECONDS(15)), 3);
	CHECK_EQ(captions_pieces(&w, SECONDS(15), SECONDS(15)), 1);
	CHECK_EQ(captions_pieces(&w, SECONDS(60), SECONDS(15)), 1);
	/* Nobody waits for the second half of "(applause)". */
	w.note = true;
	CHECK_EQ(captions_pieces(&w, SECONDS(1), SECONDS(15)), 1);
}
