/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/group/group_rules.h"

#include "base/poison.h"

str group_short_title(const struct group *g)
{
	return group_in(g)->short_title;
}

str group_zone(const struct group *g)
{
	return group_in(g)->founded ? group_in(g)->zone : S("UTC");
}

/* A slug is part of addresses and of the log's origin for ever. */
static bool slug_ok(str s)
{
	if (s.n < 2 || s.n > 60 || s.p[0] == '-' || s.p[s.n - 1] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') &&
		    s.p[i] != '-')
			return false;
	return true;
}

enum rc group_create_decide(const struct group *g, struct act *act, struct err *err)
{
	const struct group_state *s = group_in(g);
	str slug = act_str(act, "slug");
	if (!slug_ok(slug))
		return ERR(err, INVALID, "slug",
		    "An address is made of 2 to 60 small letters, digits and hyphens, such as "
		    "wgec-2016.");
	for (size_t i = 0; i < s->slugs.n; i++)
		if (str_eq(s->slugs.p[i], slug))
			return ERR(err, REFUSED, "slug",
			    "There is a group with the address {0} already. Choose another one.",
			    slug);
	act_give_i64(act, "number", (int64_t)s->slugs.n + 1);
	return OK;
}

void group_create_fold(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &group_in(g)->slugs) = arena_str(g->arena, fact_str(f, "slug"));
}

enum rc group_found_decide(const struct group *g, struct act *act, struct err *err)
{
	(void)act;
	if (group_in(g)->founded)
		return ERR(err, REFUSED, NULL, "This group was founded in entry {0}.",
		    act_digits(act, group_in(g)->founded_seq));
	return OK;
}

void group_found_fold(struct group *g, const struct fact *f)
{
	struct group_state *s = group_in(g);
	s->founded = true;
	s->founded_seq = f->seq;
	s->title = arena_str(g->arena, fact_str(f, "title"));
	s->short_title = arena_str(g->arena, fact_str(f, "short_title"));
	s->place = arena_str(g->arena, fact_str(f, "place"));
	s->zone = arena_str(g->arena, fact_str(f, "zone"));
}

enum rc group_announce_decide(const struct group *g, struct act *act, struct err *err)
{
	(void)err;
	act_give_i64(act, "number", group_in(g)->announcements + 1);
	return OK;
}

void group_announce_fold(struct group *g, const struct fact *f)
{
	(void)f;
	group_in(g)->announcements++;
}
