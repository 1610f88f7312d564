/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * http_out: bytes for many sockets, handed to the system in one call (io_uring, decision 24).
 *
 * Where the system does not allow that, each goes by a call of its own, and all else is the same.
 * Never blocks. Threads: the one that made it.
 */
#ifndef ENGINE_HTTP_OUT_H
#define ENGINE_HTTP_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define HTTP_OUT_ROOM 4160 /* bytes that can be put at once */

/* n bytes at p were put for `whose`; so many of them went, or < 0: minus the number of an error. */
typedef void http_out_done(void *ctx, void *whose, const char *p, size_t n, ssize_t went);

struct http_out;
/* `batched` false: never in one call, for tests and measurements. */
struct http_out *http_out_new(http_out_done *done, void *ctx, bool batched);
/* What was put and not sent is forgotten. Accepts NULL. */
void http_out_free(struct http_out *o);
bool http_out_is_batched(const struct http_out *o);
/* Where the next bytes are to be written: HTTP_OUT_ROOM of them, until the next call. */
char *http_out_room(struct http_out *o);
/*
 * n bytes at p, in that room, are for the socket. They go at the latest with the next
 * http_out_flush; then, or now, `done` is called once, and puts nothing itself. One socket is not
 * put twice between two of them: of what is only half taken the rest would come too late.
 */
void http_out_put(struct http_out *o, int fd, const char *p, size_t n, void *whose);
void http_out_flush(struct http_out *o);
/* Of what is put now; another one when that has gone. Never 0. */
uint64_t http_out_turn(const struct http_out *o);

#endif
