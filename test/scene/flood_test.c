/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Many at once: a flood of sign-ins must not slow pages (two workers hash, the rest wait, who is
 * beyond the queue is told so), and ten thousand pages must leave nothing behind.
 */
#include "base/must.h"
#include "t.h"
#include "visitor.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/poison.h"

#define KNOCKERS 50
#define PAGES    60
#define CROWD    400 /* beyond the 200 that may wait for the two who hash */
#define CLIENTS  4
#define REQUESTS 2500 /* each */

/* The token of the sign-in form, ready to be sent, and the cookie of who looked at it. */
struct form {
	uint16_t port;
	str token, visit;
	atomic_uint sent; /* so often */
};

static void look_at_form(struct site *s, struct form *f)
{
	struct visitor v = visitor_enter(s, "");
	struct buf b = buf_in(s->arena, 0);
	must(visitor_visit(&v, S("/sign-in")) == 200);
	size_t at = str_find(v.at.body, S("name=\"_token\""));
	must(at != SIZE_MAX);
	str token = str_skip(v.at.body, at);
	token = str_skip(token, str_find(token, S("value=\"")) + 7);
	token = str_head(token, str_find_char(token, '"'));
	for (size_t i = 0; i < token.n; i++)
		buf_printf(&b, "%%%02X", (unsigned char)token.p[i]);
	f->port = s->port;
	f->token = buf_str(&b);
	f->visit = v.visit;
}

/* A POST of it for an address that was not tried before: attempts for one are counted. In arena. */
static str sign_in_request(struct arena *a, struct form *f)
{
	str body = arena_printf(a,
	    "_token=%.*s&email=nobody%u%%40example.org&passphrase=not+the+passphrase",
	    STR(f->token), atomic_fetch_add(&f->sent, 1));
	return arena_printf(a,
	    "POST /sign-in/passphrase HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nCookie: "
	    "__Host-visit=%.*s\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%.*s",
	    f->port, STR(f->visit), body.n, STR(body));
}

static int by_time(const void *a, const void *b)
{
	usec x = *(const usec *)a, y = *(const usec *)b;
	return x < y ? -1 : x > y;
}

static usec median(usec *v, size_t n)
{
	qsort(v, n, sizeof *v, by_time);
	return v[n / 2];
}

/* --- signing in --- */

struct flood {
	struct form form;
	atomic_bool end;
	atomic_int others; /* answers that are neither 403 nor 503 */
	pthread_mutex_t lock;
	usec took[4096];
	size_t n;
};

static void *knock(void *arg)
{
	struct flood *f = arg;
	int fd = client_open(f->form.port);
	while (!atomic_load(&f->end)) {
		AUTO_ARENA struct arena *a = arena_new(0);
		usec from = clock_monotonic();
		client_send(fd, sign_in_request(a, &f->form));
		struct answer r = client_read(a, fd, false);
		usec took = clock_monotonic() - from;
		if (r.status != 403 && r.status != 503)
			atomic_fetch_add(&f->others, 1);
		pthread_mutex_lock(&f->lock);
		if (r.status == 403 && f->n < sizeof f->took / sizeof f->took[0])
			f->took[f->n++] = took;
		pthread_mutex_unlock(&f->lock);
	}
	(void)close(fd);
	return NULL;
}

/* Waits until more sign-ins were answered than people knock, however slow the machine; a minute. */
static bool all_were_answered(struct flood *f)
{
	for (int i = 0; i < 600; i++) {
		pthread_mutex_lock(&f->lock);
		size_t n = f->n;
		pthread_mutex_unlock(&f->lock);
		if (n > KNOCKERS)
			return true;
		usleep(100000);
	}
	return false;
}

TEST(pages_stay_quick_while_fifty_sign_in)
{
	struct site s = site_start("examples/wgec");
	struct visitor v = visitor_enter(&s, "");
	static struct flood f = {.lock = PTHREAD_MUTEX_INITIALIZER};
	pthread_t t[KNOCKERS];
	usec pages[PAGES];
	look_at_form(&s, &f.form);
	for (size_t i = 0; i < KNOCKERS; i++)
		NEED(pthread_create(&t[i], NULL, knock, &f) == 0);
	usleep(300000);
	for (size_t i = 0; i < PAGES; i++) {
		usec from = clock_monotonic();
		CHECK_EQ(
		    visitor_visit(&v, arena_printf(s.arena, "/g/wgec/members?turn=%zu", i)), 200);
		pages[i] = clock_monotonic() - from;
	}
	bool answered = all_were_answered(&f);
	atomic_store(&f.end, true);
	for (size_t i = 0; i < KNOCKERS; i++)
		pthread_join(t[i], NULL);
	CHECK_EQ(atomic_load(&f.others), 0);
	NEED(answered);
	/* Who signs in waits for those before; pages wait for nobody. */
	usec page = median(pages, PAGES), sign_in = median(f.took, f.n);
	printf("# a page %.1f ms, a sign-in %.1f ms, %zu of them\n", (double)page / 1e3,
	    (double)sign_in / 1e3, f.n);
	CHECK(page * 5 <= sign_in);
	site_stop(&s);
}

TEST(who_is_beyond_the_queue_is_told_to_come_again)
{
	struct site s = site_start("examples/wgec");
	struct form form = {0};
	static int fd[CROWD];
	int refused = 0, wrong = 0;
	look_at_form(&s, &form);
	for (size_t i = 0; i < CROWD; i++) {
		fd[i] = client_open(s.port);
		NEED(fd[i] >= 0);
	}
	for (size_t i = 0; i < CROWD; i++)
		client_send(fd[i], sign_in_request(s.arena, &form));
	for (size_t i = 0; i < CROWD; i++) {
		struct answer r = client_read(s.arena, fd[i], false);
		refused += r.status == 503;
		wrong += r.status == 403;
		if (r.status != 503 && r.status != 403)
			printf("# request %zu: %d after %.1f s%s\n", i, r.status,
			    (double)r.took / 1e6, r.closed ? ", closed" : "");
		(void)close(fd[i]);
	}
	printf("# %d were told to come again\n", refused);
	CHECK_EQ(refused + wrong, CROWD);
	CHECK(wrong >= 200);
	CHECK(refused > 0);
	/* And then all is as before. */
	struct visitor delegate = visitor_enter(&s, "Delegate");
	CHECK(delegate.session.n == 64);
	site_stop(&s);
}

/* --- ten thousand pages --- */

struct reader {
	uint16_t port;
	size_t first;
	size_t wrong;
};

static const char *const paths[] = {"/", "/g/wgec", "/g/wgec/mandate", "/g/wgec/members",
    "/g/wgec/people", "/g/wgec/methods", "/g/wgec/meetings", "/g/wgec/meetings/1", "/g/wgec/calls",
    "/g/wgec/contributions/1", "/g/wgec/proposals", "/g/wgec/proposals/1", "/g/wgec/documents",
    "/g/wgec/report", "/g/wgec/record", "/g/wgec/record/0", "/g/wgec/search?q=internet",
    "/sign-in"};
#define PATHS (sizeof paths / sizeof paths[0])

static void *read_on(void *arg)
{
	struct reader *r = arg;
	int fd = client_open(r->port);
	AUTO_ARENA struct arena *a = arena_new(0);
	for (size_t i = r->first; i < r->first + REQUESTS; i++) {
		arena_reset(a);
		str path = str_of(paths[i % PATHS]);
		/* Every fourth is asked for under an address that nobody asked for before. */
		str fresh = i % 4 ? STR_EMPTY
		                  : arena_printf(a, "%sturn=%zu",
		                        str_find_char(path, '?') == SIZE_MAX ? "?" : "&", i);
		client_send(fd,
		    arena_printf(a,
		        "GET %.*s%.*s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nAccept: text/html\r\n\r\n",
		        STR(path), STR(fresh), r->port));
		struct answer got = client_read(a, fd, false);
		if (got.status != 200) {
			printf("# %.*s: %d\n", STR(path), got.status);
			r->wrong++;
		}
	}
	(void)close(fd);
	return NULL;
}

static size_t ask_all(struct site *s, size_t round)
{
	pthread_t t[CLIENTS];
	struct reader r[CLIENTS];
	size_t wrong = 0;
	for (size_t i = 0; i < CLIENTS; i++) {
		r[i] = (struct reader){.port = s->port, .first = (round * CLIENTS + i) * REQUESTS};
		must(pthread_create(&t[i], NULL, read_on, &r[i]) == 0);
	}
	for (size_t i = 0; i < CLIENTS; i++) {
		pthread_join(t[i], NULL);
		wrong += r[i].wrong;
	}
	return wrong;
}

/* What the sanitizers' allocator has given and not got back; they keep freed memory for a while. */
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static size_t memory(void)
{
	if (__sanitizer_get_current_allocated_bytes)
		return __sanitizer_get_current_allocated_bytes();
	size_t pages = 0;
	FILE *f = fopen("/proc/self/statm", "r");
	must(f && fscanf(f, "%*u %zu", &pages) == 1);
	fclose(f);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

TEST(ten_thousand_pages_leave_nothing_behind)
{
	struct site s = site_start("examples/wgec");
	CHECK_EQ(ask_all(&s, 0), 0);
	size_t before = memory();
	CHECK_EQ(ask_all(&s, 1), 0);
	size_t after = memory();
	printf("# %zu KiB, then %zu KiB\n", before / 1024, after / 1024);
	/* Which pages are kept, and how many, differs from time to time: 8 MiB at the most. */
	CHECK(after <= before / 10 * 12 + ((size_t)8 << 20));
	site_stop(&s);
}
