/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * pack: the package around the parts of a Word file, in memory, by libzip.
 *
 * Reading looks the package over first: number of entries, sizes that cannot be true, links,
 * encryption, parts of one name. A part comes out with a bound on its size, and all parts together
 * with another, so that a bomb ends early. Threads: one at a time. The limits: PACK_.
 */
#ifndef DOCX_PACK_H
#define DOCX_PACK_H

#include "base/err.h"

#define PACK_ENTRIES_MAX 2000
#define PACK_BYTES_MAX   ((size_t)64 << 20)  /* of the package */
#define PACK_OUTPUT_MAX  ((size_t)160 << 20) /* really unpacked, of all parts together */
#define PACK_RATIO_MAX   200 /* once PACK_RATIO_FROM bytes have come out of a part */
#define PACK_RATIO_FROM  ((size_t)10 << 20)

struct pack_part {
	const char *name;
	str bytes;
};

/* A package of these parts, in their order; the same parts give the same bytes. In arena. FAULT. */
enum rc pack_write(
    struct arena *a, const struct pack_part *part, size_t n, str *out, struct err *err) MUST_USE;

struct pack;
/* bytes: borrowed. INVALID; else close with pack_close. */
enum rc pack_open(struct arena *a, str bytes, struct pack **out, struct err *err) MUST_USE;
/* Accepts NULL. */
void pack_close(struct pack *p);
bool pack_has(const struct pack *p, str name);
/* Gives a part in pieces to take(ctx, piece), which may say false to end. INVALID. */
enum rc pack_feed(struct pack *p, str name, bool (*take)(void *ctx, str piece), void *ctx,
    struct err *err) MUST_USE;

void pack_auto_close(struct pack **p);
#define AUTO_PACK __attribute__((cleanup(pack_auto_close)))

#endif
