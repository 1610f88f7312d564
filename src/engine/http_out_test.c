/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Bytes for many sockets, in one call and one by one: what comes out is the same. */
#include "engine/http_out.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/must.h"
#include "t.h"
#include "base/poison.h"

#define SOCKETS 200 /* more than go together */

struct far {
	int ours, theirs;
	int calls;
	ssize_t went;
};

static void note(void *ctx, void *whose, const char *p, size_t n, ssize_t went)
{
	struct far *f = whose;
	size_t *all = ctx;

	(void)p;
	(void)n;
	f->calls++;
	f->went = went;
	(*all)++;
}

static void open_far(struct far *f)
{
	int pair[2];
	must(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	*f = (struct far){.ours = pair[0], .theirs = pair[1]};
}

static void close_far(struct far *f)
{
	(void)close(f->ours);
	(void)close(f->theirs);
}

static void put_number(struct http_out *o, struct far *f, size_t number)
{
	char *room = http_out_room(o);
	int n = snprintf(room + 3, 32, "line %zu", number);
	http_out_put(o, f->ours, room + 3, (size_t)n, f);
}

/* Some are told the same as those before them, some what nobody else is told. */
static size_t text_of(size_t i)
{
	return i < SOCKETS / 2 ? i / 7 : i;
}

static void each_gets_its_own(bool batched)
{
	static struct far far[SOCKETS];
	size_t all = 0;
	struct http_out *o = http_out_new(note, &all, batched);

	for (size_t i = 0; i < SOCKETS; i++)
		open_far(&far[i]);
	for (int turn = 0; turn < 3; turn++) {
		for (size_t i = 0; i < SOCKETS; i++)
			put_number(o, &far[i], text_of(i));
		uint64_t before = http_out_turn(o);
		http_out_flush(o);
		CHECK(before != 0 && (!http_out_is_batched(o) || http_out_turn(o) != before));
		CHECK_EQ(all, (size_t)SOCKETS * (size_t)(turn + 1));
	}
	for (size_t i = 0; i < SOCKETS; i++) {
		char got[64] = {0}, want[64];
		int n = snprintf(want, sizeof want, "line %zu", text_of(i));
		CHECK_EQ(read(far[i].theirs, got, sizeof got), 3 * n);
		CHECK(
		    memcmp(got, want, (size_t)n) == 0 && memcmp(got + 2 * n, want, (size_t)n) == 0);
		CHECK(far[i].calls == 3 && far[i].went == n);
		close_far(&far[i]);
	}
	http_out_free(o);
}

TEST(each_gets_its_own_in_one_call)
{
	each_gets_its_own(true);
}

TEST(each_gets_its_own_one_by_one)
{
	each_gets_its_own(false);
}

static void put_block(struct http_out *o, struct far *f)
{
	char *room = http_out_room(o);
	memset(room, 'x', HTTP_OUT_ROOM);
	http_out_put(o, f->ours, room, HTTP_OUT_ROOM, f);
	http_out_flush(o);
}

/* Nobody reads, and nobody is there: said at once, and whoever comes next is served. */
static void full_and_gone(bool batched)
{
	struct far full, gone, well;
	size_t all = 0, taken = 0;
	struct http_out *o = http_out_new(note, &all, batched);

	open_far(&full);
	open_far(&gone);
	open_far(&well);
	(void)close(gone.theirs);
	do {
		put_block(o, &full);
		taken += full.went > 0 ? (size_t)full.went : 0;
	} while (full.went == HTTP_OUT_ROOM && taken < (64u << 20));
	if (full.went > 0)
		put_block(o, &full);
	CHECK_EQ(full.went, -EAGAIN);
	put_block(o, &gone);
	CHECK_EQ(gone.went, -EPIPE);
	put_block(o, &well);
	CHECK_EQ(well.went, HTTP_OUT_ROOM);
	gone.theirs = -1;
	close_far(&full);
	close_far(&gone);
	close_far(&well);
	http_out_free(o);
}

TEST(full_and_gone_in_one_call)
{
	full_and_gone(true);
}

TEST(full_and_gone_one_by_one)
{
	full_and_gone(false);
}

TEST(it_says_whether_the_system_allows_one_call)
{
	size_t all = 0;
	struct http_out *o = http_out_new(note, &all, true),
	                *alone = http_out_new(note, &all, false);
	if (!http_out_is_batched(o))
		printf("# this system does not allow it: both ways are the same here\n");
	CHECK(!http_out_is_batched(alone));
	http_out_free(o);
	http_out_free(alone);
}
