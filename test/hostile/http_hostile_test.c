/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "hostile/rows.h"
#include "hostile/world.h"

#include <unistd.h>

#include "t.h"
#include "base/poison.h"

/* What the guard lets pass and the server refuses. */
static const struct hostile_row further[] = {
    BAD("GET / HTTP/1.1\r\nHost: elsewhere\r\n\r\n", 421),
    BAD("GET / HTTP/1.1\r\nHost: a.elsewhere:80\r\n\r\n", 421),
    BAD("GET http://elsewhere/ HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("GET http://a@elsewhere/ HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("GET ftp://a/ HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("GET a HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("GET * HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("GET http:/a HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("GET /%00 HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("GET /%1 HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("GET /%zz HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("GET /%c0%af HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("GET /%ff HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("GET /../etc/passwd HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("GET /%2e%2e/etc HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("GET /a/./b HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("GET /?a=%fe HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("GET /?a=%00 HTTP/1.1\r\n" HOST "\r\n", 400),
    BAD("PUT / HTTP/1.1\r\n" HOST "\r\n", 405),
    BAD("DELETE / HTTP/1.1\r\n" HOST "\r\n", 405),
    BAD("OPTIONS * HTTP/1.1\r\n" HOST "\r\n", 405),
    BAD("TRACE / HTTP/1.1\r\n" HOST "\r\n", 405),
    BAD("CONNECT a:80 HTTP/1.1\r\n" HOST "\r\n", 405),
    BAD("get / HTTP/1.1\r\n" HOST "\r\n", 501),
    BAD("BREW / HTTP/1.1\r\n" HOST "\r\n", 501),
    BAD("POST /hello HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\na", 413),
    BAD("POST /echo HTTP/1.1\r\n" HOST "Content-Length: 1048577\r\n\r\n", 413),
    BAD("POST /echo HTTP/1.1\r\n" HOST "Content-Length: 999999999999999\r\n\r\n", 413),
    BAD("POST /hello HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        413),
};

static void check_refused(struct world *w, const struct hostile_row *row)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct answer r = client_ask(a, w->port, row->bytes);

	if (r.status != row->status || !r.closed)
		t_fail(__FILE__, __LINE__, "status %d not %d, closed %d, %lld us: %.*s", r.status,
		    row->status, r.closed, (long long)r.took, STR(row->bytes));
	if (str_find(str_skip(r.all, 9), S("HTTP/1.1 ")) != SIZE_MAX)
		t_fail(__FILE__, __LINE__, "two answers: %.*s", STR(row->bytes));
}

TEST(hostile_requests_are_refused_and_closed)
{
	static struct world w;
	struct http_conf conf = world_conf();
	str ours = S("a");
	unsigned n = 0;

	conf.hosts = &ours;
	conf.host_count = 1;
	world_start(&w, &conf);
	for (size_t i = 0; i < HOSTILE_ROWS; i++) {
		if (hostile_rows[i].status == 0)
			continue;
		check_refused(&w, &hostile_rows[i]);
		n++;
	}
	for (size_t i = 0; i < sizeof further / sizeof *further; i++, n++)
		check_refused(&w, &further[i]);
	CHECK(n >= 60);
	CHECK_EQ(atomic_load(&w.handled), 0);
	http_stop(w.server, 1000);
}

TEST(odd_but_well_formed_requests_are_answered)
{
	static const struct {
		const char *bytes;
		unsigned answers;
	} odd[] = {
	    {"\r\nGET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 1},
	    {"GET /hello HTTP/1.0\r\n\r\n", 1},
	    {"GET /hello HTTP/1.0\r\nHost: b\r\n\r\n", 1},
	    {"GET http://a/hello HTTP/1.1\r\nhost:a\r\nCONNECTION:Close\r\n\r\n", 1},
	    {"GET HTTPS://A:80/hello?x HTTP/1.1\r\nHost: a:80\r\nConnection: close\r\n\r\n", 1},
	    {"GET /%68ello%2f?a=%26&b&=c& HTTP/1.1\r\nHost: [::1]:8080 \r\nConnection: "
	     "close\r\n\r\n",
	        1},
	    {"GET /hello HTTP/1.1\r\nHost: a\r\n\r\nGET /hello HTTP/1.1\r\nHost: a\r\n\r\n"
	     "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
	        3},
	    {"POST /echo HTTP/1.1\r\nHost: a\r\n\r\n"
	     "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
	        2},
	    {"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: CHUNKED\r\n\r\n"
	     "005\r\nhe\nlo\r\nA\r\n0123456789\r\n0\r\nx: y\r\n\r\n"
	     "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\n\r\n",
	        2},
	    {"GET /hello HTTP/1.1\r\nHost: a\r\nX:\r\nX: \t\r\nX: a\tb \r\nConnection: "
	     "close\r\n\r\n",
	        1},
	};
	static struct world w;
	struct http_conf conf = world_conf();

	world_start(&w, &conf);
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		AUTO_ARENA struct arena *a = arena_new(0);
		struct answer r = client_ask(a, w.port, str_of(odd[i].bytes));
		unsigned answers = 0;
		str rest = r.all;
		for (size_t at; (at = str_find(rest, S("HTTP/1.1 200 OK"))) != SIZE_MAX; answers++)
			rest = str_skip(rest, at + 1);
		if (answers != odd[i].answers || !r.closed)
			t_fail(__FILE__, __LINE__, "%u answers, closed %d: %s -> %.*s", answers,
			    r.closed, odd[i].bytes, STR(str_head(r.all, 200)));
	}
	http_stop(w.server, 1000);
}

/* The refusal of a large body must be readable though the client is still sending it. */
TEST(refusal_of_a_large_body_arrives)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static struct world w;
	struct http_conf conf = world_conf();
	str body = {arena_push(a, 8 << 20), 8 << 20};

	world_start(&w, &conf);
	for (int chunked = 0; chunked < 2; chunked++) {
		int fd = client_open(w.port);
		(void)client_send(fd, S("POST /echo HTTP/1.1\r\nHost: a\r\n"));
		(void)client_send(fd, chunked ? S("Transfer-Encoding: chunked\r\n\r\n800000\r\n")
		                              : S("Content-Length: 8388608\r\n\r\n"));
		CHECK(client_send(fd, body));
		struct answer r = client_drain(a, fd, 5000);
		CHECK_EQ(r.status, 413);
		CHECK(r.closed);
		(void)close(fd);
	}
	CHECK_EQ(atomic_load(&w.handled), 0);
	http_stop(w.server, 1000);
}

TEST(connections_of_one_address_are_limited)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static struct world w;
	struct http_conf conf = world_conf();
	int fd[6];
	unsigned open = 0;

	conf.per_address = 4;
	world_start(&w, &conf);
	for (int i = 0; i < 6; i++) {
		fd[i] = client_open(w.port);
		(void)client_send(fd[i], S("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n"));
		struct answer r = client_read(a, fd[i], false);
		open += r.status == 200;
	}
	CHECK_EQ(open, 4);
	for (int i = 0; i < 6; i++)
		(void)close(fd[i]);
	(void)usleep(100000);
	struct answer r = client_ask(a, w.port, S("GET /hello HTTP/1.0\r\n\r\n"));
	CHECK_EQ(r.status, 200);
	http_stop(w.server, 1000);
}
