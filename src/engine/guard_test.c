/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/guard.h"

#include "base/buf.h"
#include "t.h"
#include "base/poison.h"

#define LIMITS ((struct guard_limits){.head = 16384, .target = 8192, .fields = 64})
#define HOST   "Host: a\r\n"
#define GET    "GET / HTTP/1.1\r\n" HOST
#define POST   "POST / HTTP/1.1\r\n" HOST
#define CHUNKS POST "Transfer-Encoding: chunked\r\n\r\n"

struct row {
	str bytes;
	int status;             /* 0: well-formed */
	unsigned requests;      /* complete ones */
	enum guard_phase phase; /* at the end, of the well-formed */
};

#define GOOD(text, n, end)                                \
	{                                                 \
		{(text), sizeof(text) - 1}, 0, (n), (end) \
	}
#define BAD(text, code)                                             \
	{                                                           \
		{(text), sizeof(text) - 1}, (code), 0, GUARD_BROKEN \
	}

static const struct row rows[] = {
    GOOD("", 0, GUARD_IDLE),
    GOOD("G", 0, GUARD_HEAD),
    GOOD("\r\n", 0, GUARD_HEAD),
    GOOD(GET "\r\n", 1, GUARD_IDLE),
    GOOD("\r\n" GET "\r\n", 1, GUARD_IDLE),
    GOOD(GET "\r\n" GET "\r\n" GET, 2, GUARD_HEAD),
    GOOD("GET / HTTP/1.0\r\n\r\n", 1, GUARD_IDLE),
    GOOD("GET http://a/b?c HTTP/1.1\r\n" HOST "\r\n", 1, GUARD_IDLE),
    GOOD("OPTIONS * HTTP/1.1\r\n" HOST "\r\n", 1, GUARD_IDLE),
    GOOD(GET "x:\r\n\r\n", 1, GUARD_IDLE),
    GOOD(GET "x:\t y\t\r\n\r\n", 1, GUARD_IDLE),
    GOOD(GET "Accept: a\r\nAccept: b\r\n\r\n", 1, GUARD_IDLE),
    GOOD(GET "x: \xc3\xa9\r\n\r\n", 1, GUARD_IDLE),
    GOOD("GET / HTTP/1.1\r\nHOST:[::1]:8080 \r\n\r\n", 1, GUARD_IDLE),
    GOOD(GET "Content-Length: 0\r\n\r\n", 1, GUARD_IDLE),
    GOOD(POST "\r\n", 1, GUARD_IDLE),
    GOOD(POST "Content-Length: 3\r\n\r\nabc" GET "\r\n", 2, GUARD_IDLE),
    GOOD(POST "Content-Length: 3\r\n\r\nab", 0, GUARD_BODY),
    GOOD(POST "Content-Length: 00003\r\n\r\na\nb", 1, GUARD_IDLE),
    GOOD(POST "Expect: 100-Continue\r\nContent-Length: 1\r\n\r\n1", 1, GUARD_IDLE),
    GOOD(CHUNKS "3\r\nabc\r\n0\r\n\r\n", 1, GUARD_IDLE),
    GOOD(CHUNKS "003\r\n\r\n\r\r\nB\r\n01234567890\r\n0\r\nx: y\r\n\r\n" GET "\r\n", 2, GUARD_IDLE),
    GOOD(CHUNKS "3\r\nabc\r\n0\r\n", 0, GUARD_BODY),
    GOOD(POST "Transfer-Encoding: \tCHUNKED\r\n\r\n0\r\n\r\n", 1, GUARD_IDLE),
    /* the request line */
    BAD("\n", 400),
    BAD("\r\n\r\n", 400),
    BAD("\rG", 400),
    BAD(" GET / HTTP/1.1\r\n", 400),
    BAD("GET  / HTTP/1.1\r\n", 400),
    BAD("GET / \r\n", 400),
    BAD("GET /\r\n", 400),
    BAD("GET\r\n", 400),
    BAD("GET / HTTP/1.1\n", 400),
    BAD("GET / HTTP/1.1 \r\n", 400),
    BAD("GET / HTTP/1.1\rX", 400),
    BAD("GET / http/1.1\r\n", 400),
    BAD("GET / HTTP/11\r\n", 400),
    BAD("GET / HTTP/1.10\r\n", 400),
    BAD("GET / HTTP/1.2\r\n", 505),
    BAD("GET / HTTP/0.9\r\n", 505),
    BAD("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    BAD("GET\t/ HTTP/1.1\r\n", 400),
    BAD("G(T / HTTP/1.1\r\n", 400),
    BAD("G\0T / HTTP/1.1\r\n", 400),
    BAD("GET /\0 HTTP/1.1\r\n", 400),
    BAD("GET /\x7f HTTP/1.1\r\n", 400),
    BAD("GET /\xc3\xa9 HTTP/1.1\r\n", 400),
    BAD("GET /#a HTTP/1.1\r\n", 400),
    BAD("AAAAAAAAAAAAAAAAAAAAA / HTTP/1.1\r\n", 501),
    BAD("\x16\x03\x01\x02", 400),
    /* fields */
    BAD("GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400),
    BAD(GET "x: y\n\r\n", 400),
    BAD(GET "x: y\r\r\n", 400),
    BAD(GET "x: y\rz\r\n", 400),
    BAD(GET "x: y\r\n z\r\n\r\n", 400),
    BAD(GET "x: y\r\n\tz\r\n\r\n", 400),
    BAD(GET "x : y\r\n\r\n", 400),
    BAD(GET "x\t: y\r\n\r\n", 400),
    BAD(GET ": y\r\n\r\n", 400),
    BAD(GET "x y: z\r\n\r\n", 400),
    BAD(GET "x\r\n\r\n", 400),
    BAD(GET "x\0: y\r\n\r\n", 400),
    BAD(GET "x\xc3: y\r\n\r\n", 400),
    BAD(GET "x(): y\r\n\r\n", 400),
    BAD(GET "x: y\0z\r\n\r\n", 400),
    BAD(GET "x: \x7f\r\n\r\n", 400),
    BAD(GET "x: \x1b[0m\r\n\r\n", 400),
    BAD(GET "\r\r", 400),
    BAD(GET "\n", 400),
    /* the host */
    BAD("GET / HTTP/1.1\r\n\r\n", 400),
    BAD("GET / HTTP/1.1\r\nHost:\r\n\r\n", 400),
    BAD("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
    BAD("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
    BAD("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400),
    BAD("GET / HTTP/1.1\r\nHost: :80\r\n\r\n", 400),
    BAD("GET / HTTP/1.1\r\nHost: a,b\r\n\r\n", 400),
    BAD(GET "Host: a\r\n\r\n", 400),
    BAD(GET "host: b\r\n\r\n", 400),
    /* the framing */
    BAD(POST "Content-Length: 1\r\nContent-Length: 1\r\n\r\na", 400),
    BAD(POST "Content-Length: 1\r\ncontent-length: 2\r\n\r\na", 400),
    BAD(POST "Content-Length: 1, 1\r\n\r\na", 400),
    BAD(POST "Content-Length: +1\r\n\r\na", 400),
    BAD(POST "Content-Length: -1\r\n\r\na", 400),
    BAD(POST "Content-Length: 0x1\r\n\r\na", 400),
    BAD(POST "Content-Length: 1 1\r\n\r\na", 400),
    BAD(POST "Content-Length:\r\n\r\na", 400),
    BAD(POST "Content-Length: 18446744073709551617\r\n\r\na", 400),
    BAD(POST "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    BAD(POST "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", 400),
    BAD(POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    BAD(POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n", 400),
    BAD(POST "Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
    BAD(POST "Transfer-Encoding: chunked, chunked\r\n\r\n", 501),
    BAD(POST "Transfer-Encoding: identity\r\n\r\n", 501),
    BAD(POST "Transfer-Encoding: xchunked\r\n\r\n", 501),
    BAD(POST "Transfer-Encoding: \"chunked\"\r\n\r\n", 501),
    BAD(POST "Transfer-Encoding: chunked;q=1\r\n\r\n", 501),
    BAD(POST "Transfer-Encoding:\x0b"
             "chunked\r\n\r\n",
        400),
    BAD(POST "Transfer-Encoding:\r\n\r\n", 501),
    BAD("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    BAD(POST "Expect: 200-ok\r\n\r\n", 417),
    BAD(GET "Content-Length: 1\r\n\r\na", 400),
    BAD(GET "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    BAD("HEAD / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\na", 400),
    BAD(POST "Content-Type: a/b\r\nContent-Type: c/d\r\n\r\n", 400),
    BAD(GET "Cookie: a=b\r\nCookie: a=c\r\n\r\n", 400),
    BAD(GET "Origin: http://a\r\nOrigin: http://b\r\n\r\n", 400),
    /* chunks */
    BAD(CHUNKS "\r\n", 400),
    BAD(CHUNKS "g\r\n", 400),
    BAD(CHUNKS "-1\r\n", 400),
    BAD(CHUNKS "0x1\r\na\r\n", 400),
    BAD(CHUNKS " 1\r\na\r\n", 400),
    BAD(CHUNKS "1 \r\na\r\n", 400),
    BAD(CHUNKS "1;a=b\r\na\r\n", 400),
    BAD(CHUNKS "1\na\r\n", 400),
    BAD(CHUNKS "1\rXa", 400),
    BAD(CHUNKS "1\r\nab\r\n", 400),
    BAD(CHUNKS "1\r\na\n", 400),
    BAD(CHUNKS "1\r\na\rX", 400),
    BAD(CHUNKS "2\r\na\r\n0\r\n\r\n", 400),
    BAD(CHUNKS "123456789\r\n", 400),
    BAD(CHUNKS "FFFFFFFFFFFFFFFFF\r\n", 400),
    BAD(CHUNKS "0\r\nx: y\n", 400),
    BAD(CHUNKS "0\r\n x: y\r\n", 400),
    BAD(CHUNKS "0\r\nContent-Length: 5\r\n\r\n", 400),
    BAD(CHUNKS "0\r\nHost: b\r\n\r\n", 400),
    BAD(CHUNKS "0\r\n\rX", 400),
    /* the second of two, smuggled behind a good one */
    BAD(GET "\r\nGET / HTTP/1.1\r\nHost: b\n\r\n", 400),
    BAD(POST "Content-Length: 1\r\n\r\nab / HTTP/1.1\r\n\r\n", 400),
};

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

static void check_row(const struct row *row, size_t i, struct t_rand *r, size_t most)
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

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_row(&rows[i], i, &r, 100000);
}

TEST(guard_gives_the_same_verdict_however_the_bytes_are_cut)
{
	struct t_rand r = {2};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_row(&rows[i], i, &r, 1);
		for (size_t most = 2; most < 40; most++)
			check_row(&rows[i], i, &r, most);
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
