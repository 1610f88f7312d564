/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The speaking time: a clock that everyone sees. Nobody is cut off by a machine: when the time is
 * used up the page says so to all, and the Chair calls to order (as rule 72 of the rules of
 * procedure of the General Assembly has it).
 */
#include "rooms/floor/floor_pages.h"

#include "base/when.h"

#include "base/poison.h"

#define USEC_MS (USEC_SECOND / 1000)

static str face(struct page *p, int64_t ms)
{
	long long seconds = (long long)(ms / 1000);
	return arena_printf(p->arena, "%lld:%02lld", seconds / 60, seconds % 60);
}

struct floor_clock floor_clock_of(struct page *p, const struct floor_requests_row *speaking)
{
	struct floor_clock c = {.pace = p->pace};
	if (!speaking || speaking->since == INT64_MIN)
		return c;
	usec now = p->now > speaking->since ? p->now - speaking->since : 0;
	c.runs = true;
	c.used_ms = speaking->seconds * 1000 + now / USEC_MS;
	c.now_ms = now / USEC_MS;
	c.constituency = speaking->constituency;
	c.limit_ms = speaking->minutes * 60 * 1000;
	c.over = c.limit_ms && c.used_ms > c.limit_ms;
	c.made_ms = clock_now(clock_wall()) / USEC_MS;
	c.used = face(p, c.used_ms);
	if (c.limit_ms) {
		c.limit = face(p, c.limit_ms);
		c.rule = page_say(p,
		    "The time of {0} is used up. The Chair calls the speaker to order, and may "
		    "interrupt or end the statement.",
		    floor_minutes(p, speaking->minutes), STR_EMPTY);
	}
	return c;
}

struct json *floor_clock_json(struct page *p, const struct floor_clock *c)
{
	struct json *o = json_new_object(p->arena);
	json_put_i64(p->arena, o, S("used_ms"), c->used_ms);
	json_put_i64(p->arena, o, S("limit_ms"), c->limit_ms);
	json_put_bool(p->arena, o, S("over"), c->over);
	return o;
}

str floor_over(struct page *p, const struct floor_requests_row *r)
{
	int64_t more = r->seconds - r->minutes * 60;
	if (!r->minutes || more <= 0)
		return STR_EMPTY;
	return page_say(p, "over the time by {0}", floor_span(p, more), STR_EMPTY);
}
