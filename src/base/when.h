/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * when: time as microseconds since 1970-01-01 UTC, and its written forms.
 *
 * The clock is a parameter: replay and tests bring their own. Zones are IANA
 * names, resolved by ICU (never by the process's TZ). Threads: any.
 */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include "base/buf.h"
#include "base/err.h"

typedef int64_t usec;

#define USEC_SECOND ((usec)1000000)
#define USEC_DAY    ((usec)86400 * USEC_SECOND)
#define USEC_NONE   INT64_MIN

/* Where time comes from. now(ctx) must never go backwards by more than it says. */
struct clock {
	usec (*now)(void *ctx);
	void *ctx;
};
/* The wall clock. */
struct clock clock_wall(void);
usec clock_now(struct clock c);
/* Monotonic microseconds for timeouts and measurements; unrelated to UTC. */
usec clock_monotonic(void);

/* A civil date and time of day; month 1..12, day 1..31. */
struct civil {
	int year, month, day, hour, minute, second, micro;
};
/* UTC both ways (proleptic Gregorian). */
struct civil when_civil(usec t);
usec when_from_civil(struct civil c);

/* "2018-01-31T09:12:44.123Z", always 24 bytes, truncated to milliseconds. */
void when_write(struct buf *b, usec t);
/* Strict reverse of when_write, also accepts no fraction ("...:44Z"). INVALID names `field`. */
enum rc when_parse(str s, const char *field, usec *out, struct err *err) MUST_USE;
/* "2018-01-31" both ways; midnight UTC. */
void when_write_date(struct buf *b, usec t);
str when_date(struct arena *a, usec t);
enum rc when_parse_date(str s, const char *field, usec *out, struct err *err) MUST_USE;

/* True if ICU knows this IANA zone name. */
bool when_zone_known(str zone);
/*
 * "2016-12-07T23:59" or "2016-12-07 23:59" on the wall of `zone`, as UTC.
 * INVALID: not a time, or an unknown zone.
 */
enum rc when_parse_local(str s, str zone, const char *field, usec *out, struct err *err) MUST_USE;
/* The civil time on the wall of `zone` (UTC when the zone is unknown). */
struct civil when_in_zone(usec t, str zone);

#endif
