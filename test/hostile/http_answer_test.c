/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "hostile/world.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "base/must.h"
#include "t.h"
#include "base/poison.h"

#define GET(path)              "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"
#define GET_WITH(path, fields) "GET " path " HTTP/1.1\r\nHost: a\r\n" fields "\r\n\r\n"
#define HEAD(path)             "HEAD " path " HTTP/1.1\r\nHost: a\r\n\r\n"

static str gunzip(struct arena *a, str s)
{
	z_stream z = {0};
	size_t cap = 1 << 20;
	Bytef *in = arena_push(a, s.n), *out = arena_push(a, cap);

	mem_copy(in, s.n, s.p, s.n);
	z.next_in = in;
	z.avail_in = (uInt)s.n;
	z.next_out = out;
	z.avail_out = (uInt)cap;
	must(inflateInit2(&z, 15 + 16) == Z_OK);
	int end = inflate(&z, Z_FINISH);
	(void)inflateEnd(&z);
	return end == Z_STREAM_END ? (str){(char *)out, cap - z.avail_out} : STR_EMPTY;
}

static struct answer ask(struct arena *a, int fd, str bytes)
{
	CHECK(client_send(fd, bytes));
	return client_read(a, fd, str_starts(bytes, S("HEAD")));
}

static struct world *start(void)
{
	static struct world w;
	struct http_conf conf = world_conf();

	world_start(&w, &conf);
	return &w;
}

TEST(every_answer_carries_the_headers_of_security)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world *w = start();
	static const char *const paths[] = {
	    "/hello", "/text", "/early", "/%ff", "/headers", "/big"};
	static const int status[] = {200, 200, 403, 400, 500, 503};

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct answer r = client_ask(
		    a, w->port, arena_printf(a, "GET %s HTTP/1.0\r\nHost: a\r\n\r\n", paths[i]));
		CHECK_EQ(r.status, status[i]);
		CHECK(str_starts(answer_header(&r, S("content-security-policy")),
		    S("default-src 'none'; script-src 'self';")));
		CHECK_STR(answer_header(&r, S("x-content-type-options")), "nosniff");
		CHECK_STR(answer_header(&r, S("referrer-policy")), "same-origin");
		CHECK(!answer_header(&r, S("set-cookie")).p);
	}
	http_stop(w->server, 1000);
}

TEST(text_is_compressed_for_those_who_accept_it)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world *w = start();
	int fd = client_open(w->port);

	struct answer plain = ask(a, fd, S(GET("/text")));
	CHECK(!answer_header(&plain, S("content-encoding")).p);
	CHECK_STR(answer_header(&plain, S("vary")), "Accept-Encoding");
	struct answer zipped = ask(a, fd, S(GET_WITH("/text", "Accept-Encoding: br, gzip;q=0.5")));
	CHECK_STR(answer_header(&zipped, S("content-encoding")), "gzip");
	CHECK(zipped.body.n < plain.body.n / 2);
	CHECK_STREQ(gunzip(a, zipped.body), plain.body);
	struct answer refused = ask(a, fd, S(GET_WITH("/text", "Accept-Encoding: gzip;q=0.0")));
	CHECK(!answer_header(&refused, S("content-encoding")).p);
	struct answer small = ask(a, fd, S(GET_WITH("/hello", "Accept-Encoding: gzip")));
	CHECK(
	    !answer_header(&small, S("content-encoding")).p && !answer_header(&small, S("vary")).p);
	(void)close(fd);
	http_stop(w->server, 1000);
}

static void check_unchanged(struct arena *a, struct world *w, const char *path)
{
	int fd = client_open(w->port);
	struct answer r = ask(a, fd, arena_printf(a, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", path));
	str tag = answer_header(&r, S("etag"));
	CHECK(r.status == 200 && tag.n > 4);
	str values[] = {tag, arena_printf(a, "\"x\" , W/%.*s", STR(tag)), S("*")};
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		struct answer again = ask(a, fd,
		    arena_printf(a, "GET %s HTTP/1.1\r\nHost: a\r\nIf-None-Match: %.*s\r\n\r\n",
		        path, STR(values[i])));
		CHECK_EQ(again.status, 304);
		CHECK_EQ(again.body.n, 0);
		CHECK_STREQ(answer_header(&again, S("etag")), tag);
	}
	r = ask(a, fd,
	    arena_printf(a, "GET %s HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"x\"\r\n\r\n", path));
	CHECK_EQ(r.status, 200);
	(void)close(fd);
}

TEST(what_is_unchanged_is_not_sent_again)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world *w = start();
	struct http_response kept = {.status = 200, .body = S("kept"), .type = S("text/html")};

	w->page = http_blob_new(&kept);
	check_unchanged(a, w, "/text");
	check_unchanged(a, w, "/page");
	http_blob_free(w->page);
	http_stop(w->server, 1000);
}

TEST(head_says_what_get_would_send)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world *w = start();
	int fd = client_open(w->port);

	struct answer head = ask(a, fd, S(HEAD("/hello")));
	CHECK_EQ(head.status, 200);
	CHECK_STR(answer_header(&head, S("content-length")), "6");
	CHECK_EQ(head.body.n, 0);
	/* Had a body been sent, this answer would begin with it. */
	struct answer next = ask(a, fd, S(GET("/hello")));
	CHECK_STR(next.body, "hello\n");
	(void)close(fd);
	http_stop(w->server, 1000);
}

TEST(kept_answers_outlive_their_keeper)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world *w = start();
	str text = arena_str(a, (str){arena_push(a, 200000), 200000});
	struct http_response kept = {.status = 200, .body = text, .may_compress = true};

	w->page = http_blob_new(&kept);
	CHECK(http_blob_size(w->page) >= 200000);
	int fd = client_open(w->port);
	(void)client_send(fd, S(GET("/page")));
	(void)usleep(50000);
	http_blob_free(w->page); /* while it is being sent */
	struct answer r = client_read(a, fd, false);
	CHECK_EQ(r.body.n, 200000);
	(void)close(fd);
	kept.headers.n = 0;
	kept.cache_control = S("a\nb");
	CHECK(http_blob_new(&kept) == NULL);
	http_stop(w->server, 1000);
}

TEST(deferred_answers_hold_no_thread)
{
	enum { MANY = 200 };
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world *w = start();
	int fd[MANY];
	usec start_time = clock_monotonic();

	for (int i = 0; i < MANY; i++) {
		fd[i] = client_open(w->port);
		(void)client_send(fd[i], S(GET("/later")));
	}
	for (int i = 0; i < MANY; i++) {
		struct answer r = client_read(a, fd[i], false);
		CHECK_STR(r.body, "later\n");
	}
	/* One after the other in two threads they would take five seconds. */
	CHECK(clock_monotonic() - start_time < 3 * USEC_SECOND);
	/* And a connection goes on afterwards. */
	struct answer next = ask(a, fd[0], S(GET("/later")));
	CHECK_EQ(next.status, 200);
	for (int i = 0; i < MANY; i++)
		(void)close(fd[i]);
	http_stop(w->server, 1000);
}

TEST(a_client_that_leaves_before_its_deferred_answer_harms_nobody)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world *w = start();

	for (int i = 0; i < 100; i++) {
		int fd = client_open(w->port);
		(void)client_send(fd, S(GET("/later")));
		if (i % 2)
			(void)usleep(1000);
		(void)close(fd);
	}
	struct answer r = client_ask(a, w->port, S("GET /later HTTP/1.0\r\n\r\n"));
	CHECK_STR(r.body, "later\n");
	http_stop(w->server, 2000);
}

static str filled(struct arena *a, size_t n)
{
	char *p = arena_push(a, n);
	struct t_rand r = {7};

	for (size_t i = 0; i < n; i++)
		p[i] = (char)t_rand_next(&r);
	return (str){p, n};
}

TEST(large_uploads_arrive_whole)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world *w = start();
	str body = filled(a, 20 << 20);
	int fd = client_open(w->port);

	CHECK(client_send(
	    fd, S("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 20971520\r\n\r\n")));
	CHECK(client_send(fd, body));
	struct answer r = client_read(a, fd, false);
	CHECK_STREQ(r.body, http_etag(a, body));
	CHECK(client_send(
	    fd, S("POST /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")));
	for (size_t at = 0; at < body.n; at += 100000) {
		str piece = str_head(str_skip(body, at), 100000);
		str size = arena_printf(a, "%zx\r\n", piece.n);
		CHECK(
		    client_send(fd, size) && client_send(fd, piece) && client_send(fd, S("\r\n")));
	}
	CHECK(client_send(fd, S("0\r\n\r\n")));
	r = client_read(a, fd, false);
	CHECK_STREQ(r.body, http_etag(a, body));
	(void)close(fd);
	http_stop(w->server, 1000);
}

static struct http_exchange *held(struct world *w)
{
	struct http_exchange *x = NULL;

	for (int i = 0; i < 10000 && !x; i++) {
		x = atomic_load(&w->held);
		(void)usleep(1000);
	}
	must(x != NULL);
	return x;
}

TEST(all_bodies_together_have_a_limit)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static struct world w;
	struct http_conf conf = world_conf();
	str body = filled(a, 4 << 20);

	conf.max_bodies = 6 << 20;
	world_start(&w, &conf);
	int first = client_open(w.port), second = client_open(w.port);
	CHECK(client_send(
	    first, S("POST /hold HTTP/1.1\r\nHost: a\r\nContent-Length: 4194304\r\n\r\n")));
	CHECK(client_send(first, body));
	struct http_exchange *x = held(&w);
	(void)client_send(
	    second, S("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 4194304\r\n\r\n"));
	(void)client_send(second, body);
	struct answer r = client_drain(a, second, 3000);
	CHECK_EQ(r.status, 503);
	http_resume(x);
	r = client_read(a, first, false);
	CHECK_STR(r.body, "held\n");
	/* What was held has been given back. */
	(void)close(second);
	second = client_open(w.port);
	(void)client_send(
	    second, S("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 4194304\r\n\r\n"));
	r = ask(a, second, body);
	CHECK_EQ(r.status, 200);
	(void)close(first);
	(void)close(second);
	http_stop(w.server, 1000);
}

TEST(forms_are_read_in_order)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world *w = start();
	str parts =
	    S("--xyz\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nline one\r\n--xy\r\n"
	      "\r\n--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a "
	      "\\\"b;c.pdf\"\r\n"
	      "Content-Type: Application/PDF\r\n\r\n\0\x01\r\n--xyz\r\n"
	      "Content-Disposition: form-data; name=none; filename=\"\"\r\n\r\n\r\n--xyz--\r\n");
	str urlencoded = S("a=1&b=%E2%82%AC+x&a=2&empty");
	str bytes = arena_printf(a,
	    "POST /echo?q=%%2B HTTP/1.1\r\nHost: a\r\nCookie: s=1; t=2\r\n"
	    "Content-Type: multipart/form-data; boundary=xyz\r\nContent-Length: %zu\r\n\r\n",
	    parts.n);
	int fd = client_open(w->port);

	CHECK(client_send(fd, bytes));
	struct answer r = ask(a, fd, parts);
	CHECK_STREQ(r.body,
	    arena_printf(a,
	        "segment [echo]\nparam q=[+]\ncookie s=[1]\ncookie t=[2]\n"
	        "field title=[line one\r\n--xy\r\n]\n"
	        "file f=[a \"b;c.pdf] application/pdf 2 %.*s\nfile none=[]  0 %.*s\nbody %zu\n",
	        STR(http_etag(a, S("\0\x01"))), STR(http_etag(a, S(""))), parts.n));
	bytes = arena_printf(a,
	    "POST /echo HTTP/1.1\r\nHost: a\r\n"
	    "Content-Type: application/x-www-form-urlencoded;charset=utf-8\r\nContent-Length: "
	    "%zu\r\n\r\n%.*s",
	    urlencoded.n, STR(urlencoded));
	r = ask(a, fd, bytes);
	CHECK_STR(r.body, "segment [echo]\nfield a=[1]\nfield b=[\xe2\x82\xac x]\nfield a=[2]\n"
	                  "field empty=[]\nbody 27\n");
	(void)close(fd);
	http_stop(w->server, 1000);
}

TEST(broken_forms_are_refused)
{
	static const char *const broken[] = {"", "--xyz", "--xyz\r\n", "--xyz--x", "x--xyz--",
	    "--xyz\r\n\r\n\r\n--xyz--",
	    "--xyz\r\nContent-Disposition: form-data\r\n\r\nx\r\n--xyz--",
	    "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--xyz",
	    "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx--xyz--",
	    "--xyz\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--xyz--",
	    "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--xyz--",
	    "--xyz\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n\r\n--xyz--",
	    "--xyz\r\nContent-Disposition: form-data; name=\"a\r\n\r\n\r\n--xyz--"};
	struct world *w = start();

	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		AUTO_ARENA struct arena *a = arena_new(0);
		str body = str_of(broken[i]);
		struct answer r = client_ask(a, w->port,
		    arena_printf(a,
		        "POST /echo HTTP/1.1\r\nHost: a\r\n"
		        "Content-Type: multipart/form-data; boundary=xyz\r\nContent-Length: "
		        "%zu\r\n\r\n%.*s",
		        body.n, STR(body)));
		if (r.status != 400)
			t_fail(__FILE__, __LINE__, "%d: %s", r.status, broken[i]);
	}
	CHECK_EQ(atomic_load(&w->handled), 0);
	http_stop(w->server, 1000);
}

/* --- stopping ------------------------------------------------------------------------------- */

struct stopper {
	struct world *w;
	int64_t milliseconds;
	usec took;
};

static void *stop(void *arg)
{
	struct stopper *s = arg;
	usec begin = clock_monotonic();

	http_stop(s->w->server, s->milliseconds);
	s->took = clock_monotonic() - begin;
	return NULL;
}

TEST(a_stop_waits_for_a_deferred_answer)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world *w = start();
	struct stopper s = {w, 5000, 0};
	pthread_t thread;
	int fd = client_open(w->port), idle = client_open(w->port);

	CHECK_EQ(ask(a, idle, S(GET("/hello"))).status, 200);
	CHECK(client_send(fd, S(GET("/hold"))));
	struct http_exchange *x = held(w);
	must(pthread_create(&thread, NULL, stop, &s) == 0);
	CHECK(client_drain(a, idle, 2000).closed);
	(void)usleep(300000);
	int late = client_open(w->port);
	CHECK(late < 0);
	http_resume(x);
	struct answer r = client_read(a, fd, false);
	CHECK_STR(r.body, "held\n");
	must(pthread_join(thread, NULL) == 0);
	CHECK(s.took > USEC_SECOND / 4 && s.took < CLIENT_HANG);
	CHECK_EQ(atomic_load(&w->continued), 1);
	(void)close(fd);
	(void)close(idle);
}

TEST(a_stop_does_not_wait_for_ever)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct world *w = start();
	struct stopper s = {w, 300, 0};
	pthread_t thread;
	int fd = client_open(w->port);

	CHECK(client_send(fd, S(GET("/hold"))));
	struct http_exchange *x = held(w);
	must(pthread_create(&thread, NULL, stop, &s) == 0);
	struct answer r = client_read(a, fd, false);
	CHECK_EQ(r.status, 503);
	must(pthread_join(thread, NULL) == 0);
	CHECK(s.took < CLIENT_HANG);
	/* The work comes to its end after the server is gone, and harms nobody. */
	http_resume(x);
	CHECK_EQ(atomic_load(&w->continued), 0);
	(void)close(fd);
}
