/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/guard.h"

#include "base/buf.h"
#include "hostile/rows.h"
#include "t.h"
#include "base/poison.h"

#define LIMITS ((struct guard_limits){.head = 16384, .target = 8192, .fields = 64})

static int feed_cut(struct guard *g, str s, struct t_rand *r, size_t most)
{
	int status = 0;

	guard_init(g, &LIMITS);
	for (size_t at = 0; at < s.n && status == 0;) {
		size_t n = 1 + (most > 1 ? t_rand_below(r, most) : 0);
		str piece = str_head(str_skip(s, at), n);
		status = guard_feed(g, piece.p, piece.n);
		at += piece.n;
	}
	return status;
}

static void check_row(const struct hostile_row *row, size_t i, struct t_rand *r, size_t most)
{
	struct guard g;
	int status = feed_cut(&g, row->bytes, r, most);

	if (status == row->status && guard_phase(&g) == row->phase &&
	    (status != 0 || g.requests == row->requests))
		return;
	t_fail(__FILE__, __LINE__, "row %zu: status %d (%s), %llu requests, phase %d: %.*s", i,
	    status, g.reason ? g.reason : "", (unsigned long long)g.requests, (int)guard_phase(&g),
	    STR(row->bytes));
}

TEST(guard_knows_the_table)
{
	struct t_rand r = {1};

	for (size_t i = 0; i < HOSTILE_ROWS; i++)
		check_row(&hostile_rows[i], i, &r, 100000);
}

TEST(guard_gives_the_same_verdict_however_the_bytes_are_cut)
{
	struct t_rand r = {2};

	for (size_t i = 0; i < HOSTILE_ROWS; i++) {
		check_row(&hostile_rows[i], i, &r, 1);
		for (size_t most = 2; most < 40; most++)
			check_row(&hostile_rows[i], i, &r, most);
	}
}

/* Random walks near the grammar: pieces of good and bad requests in any order. */
TEST(guard_cannot_be_split_into_another_opinion)
{
	static const char *const words[] = {"GET", "POST", " ", "/", "HTTP/1.1", "\r\n", "\r\n\r\n",
	    "\n", "Host: a\r\n", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n",
	    "5\r\nabcde\r\n", "0\r\n\r\n", "abcde", "x: y\r\n", GET "\r\n", CHUNKS, "\r", " x"};
	struct t_rand r = {3};
	unsigned good = 0;

	for (int round = 0; round < 20000; round++) {
		AUTO_ARENA struct arena *a = arena_new(0);
		struct buf b = buf_in(a, 0);
		struct guard whole, cut;
		size_t n = 1 + t_rand_below(&r, 12);
		if (t_rand_below(&r, 2))
			buf_put(&b, S("POST / HTTP/1.1\r\nHost: a\r\n"));
		while (n--)
			buf_put(&b, str_of(words[t_rand_below(&r, sizeof words / sizeof *words)]));
		guard_init(&whole, &LIMITS);
		int want = guard_feed(&whole, b.p, b.n);
		int got = feed_cut(&cut, buf_str(&b), &r, 1 + t_rand_below(&r, 9));
		good += want == 0;
		if (got != want || cut.requests != whole.requests || cut.heads != whole.heads ||
		    guard_phase(&cut) != guard_phase(&whole) || cut.left != whole.left)
			t_fail(__FILE__, __LINE__, "%d, not %d: %.*s", got, want, STR(buf_str(&b)));
	}
	CHECK(good > 100 && good < 19900);
}

/* How many bytes of an endless thing are taken before it is refused, and with what. */
static int endless(str start, str more, size_t *taken)
{
	struct guard g;

	guard_init(&g, &LIMITS);
	int status = guard_feed(&g, start.p, start.n);
	for (*taken = start.n; status == 0 && *taken < 100000; *taken += more.n)
		status = guard_feed(&g, more.p, more.n);
	return status;
}

TEST(guard_ends_what_is_endless)
{
	size_t taken;

	CHECK_EQ(endless(S(GET), S("x: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n"), &taken), 431);
	CHECK(taken < 3000); /* 64 fields */
	CHECK_EQ(endless(S(GET "x: "), S("y"), &taken), 431);
	CHECK_EQ(taken, 16385);
	CHECK_EQ(endless(S(GET), S("y"), &taken), 431);
	CHECK_EQ(taken, 16385);
	CHECK_EQ(endless(S(GET "x:"), S(" "), &taken), 431);
	CHECK_EQ(endless(S("GET /"), S("y"), &taken), 414);
	CHECK_EQ(taken, 8192 + 5);
	CHECK_EQ(endless(S(CHUNKS "0\r\n"), S("x: y\r\n"), &taken), 431);
	CHECK_EQ(endless(S(CHUNKS "0\r\nx: "), S("y"), &taken), 431);
	/* Bodies have no end here: their limit is the route's. */
	CHECK_EQ(endless(S(CHUNKS), S("1\r\na\r\n"), &taken), 0);
	CHECK_EQ(endless(S(POST "Content-Length: 999999999999999\r\n\r\n"), S("y"), &taken), 0);
}

TEST(guard_takes_a_head_of_just_the_limit)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf b = buf_in(a, 0);
	struct guard g;

	buf_put(&b, S(GET "x: "));
	while (b.n < 16384 - 4)
		buf_putc(&b, 'y');
	buf_put(&b, S("\r\n\r\n"));
	guard_init(&g, &LIMITS);
	CHECK_EQ(guard_feed(&g, b.p, b.n), 0);
	CHECK_EQ(g.requests, 1);
}
