/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Who stands behind an amendment, who is against it. */
#include "rooms/draft/draft_rules.h"

#include "base/must.h"
#include "rooms/members/members.h"

#include "base/poison.h"

enum rc draft_decide_cosponsor(const struct group *g, struct act *act, struct err *err)
{
	const struct draft *d;
	const struct amendment *m;
	int64_t seat;
	str party;
	TRY(draft_need_amendment(g, act, &d, &m, err));
	TRY(draft_need_tabled(act, m, err));
	TRY(draft_give_seat(g, act, &seat, &party, err));
	if (amendment_sponsor_of(m, seat))
		return ERR(err, REFUSED, "seat", "{0} sponsors amendment {1} already.", party,
		    act_digits(act, act_i64(act, "amendment")));
	return OK;
}

void draft_fold_cosponsor(struct group *g, const struct fact *f)
{
	struct amendment *m = draft_amendment_of_fact(g, f);
	*vec_push(g->arena, &m->sponsors) = (struct amendment_sponsor){
	    .party = arena_str(g->arena, fact_str(f, "party")), .seat = fact_i64(f, "for_seat")};
}

enum rc draft_need_sponsor(const struct group *g, struct act *act, const struct amendment *m,
    const struct amendment_sponsor **out, struct err *err)
{
	int64_t seat;
	str party;
	*out = amendment_sponsor_of(m, 0);
	/* A proposal of the facilitator has no seat: the office acts for it. */
	if (*out && act->roles & ROLE_OFFICE && !act_has(act, "seat")) {
		act_give_i64(act, "for_seat", 0);
		act_give_str(act, "party", (*out)->party);
		return OK;
	}
	TRY(draft_give_seat(g, act, &seat, &party, err));
	*out = amendment_sponsor_of(m, seat);
	return *out ? OK
	            : ERR(err, DENIED, "seat", "{0} does not sponsor amendment {1}.", party,
	                  act_digits(act, act_i64(act, "amendment")));
}

enum rc draft_decide_leave(const struct group *g, struct act *act, struct err *err)
{
	const struct draft *d;
	const struct amendment *m;
	const struct amendment_sponsor *s;
	TRY(draft_need_amendment(g, act, &d, &m, err));
	TRY(draft_need_tabled(act, m, err));
	TRY(draft_need_sponsor(g, act, m, &s, err));
	if (m->sponsors.n == 1)
		return ERR(err, REFUSED, "seat",
		    "{0} is the only sponsor: withdraw the amendment, or let another delegation "
		    "join "
		    "first.",
		    s->party);
	return OK;
}

void draft_fold_leave(struct group *g, const struct fact *f)
{
	struct amendment *m = draft_amendment_of_fact(g, f);
	size_t kept = 0;
	for (size_t i = 0; i < m->sponsors.n; i++)
		if (m->sponsors.p[i].seat != fact_i64(f, "for_seat"))
			m->sponsors.p[kept++] = m->sponsors.p[i];
	m->sponsors.n = kept;
	must(kept > 0);
	m->text.party = m->sponsors.p[0].party;
}

enum rc draft_decide_withdraw(const struct group *g, struct act *act, struct err *err)
{
	const struct draft *d;
	const struct amendment *m;
	const struct amendment_sponsor *s;
	TRY(draft_need_amendment(g, act, &d, &m, err));
	TRY(draft_need_tabled(act, m, err));
	TRY(draft_need_sponsor(g, act, m, &s, err));
	if (m->sponsors.n > 1)
		return ERR(err, REFUSED, "seat",
		    "Others sponsor amendment {0} as well: leave its sponsors instead.",
		    act_digits(act, act_i64(act, "amendment")));
	return OK;
}

void draft_fold_withdraw(struct group *g, const struct fact *f)
{
	draft_amendment_of_fact(g, f)->status = AMENDMENT_WITHDRAWN;
}

static const struct amendment_stance *stance_of(const struct amendment *m, int64_t seat)
{
	for (size_t i = 0; i < m->stances.n; i++)
		if (m->stances.p[i].seat == seat)
			return &m->stances.p[i];
	return NULL;
}

/* A sponsor stands behind its amendment. */
enum rc draft_decide_stance(const struct group *g, struct act *act, struct err *err)
{
	const struct draft *d;
	const struct amendment *m;
	int64_t seat;
	str party;
	bool none = str_is(act_str(act, "stance"), "none");
	TRY(draft_need_amendment(g, act, &d, &m, err));
	TRY(draft_need_tabled(act, m, err));
	TRY(draft_give_seat(g, act, &seat, &party, err));
	if (amendment_sponsor_of(m, seat))
		return ERR(err, REFUSED, "seat",
		    "{0} sponsors this amendment; leave its sponsors first.", party);
	if (none && !stance_of(m, seat))
		return ERR(err, REFUSED, "stance", "{0} has no stance on this amendment.", party);
	const struct amendment_stance *before = stance_of(m, seat);
	if (none) {
		act_give_str(act, "from_floor", S("no"));
		return draft_may_remove(g, act, seat, party, "note", err);
	}
	if (before)
		TRY(draft_may_replace(g, act, seat, party, before->from_floor, err));
	act_give_str(act, "by_chair", S("no"));
	act_give_str(act, "from_floor", draft_is_other(g, act, seat) ? S("yes") : S("no"));
	return OK;
}

void draft_fold_stance(struct group *g, const struct fact *f)
{
	struct amendment *m = draft_amendment_of_fact(g, f);
	int64_t seat = fact_i64(f, "for_seat");
	size_t kept = 0;
	for (size_t i = 0; i < m->stances.n; i++)
		if (m->stances.p[i].seat != seat)
			m->stances.p[kept++] = m->stances.p[i];
	m->stances.n = kept;
	enum text_stance_kind kind;
	if (draft_stance_of(fact_str(f, "stance"), &kind))
		*vec_push(g->arena, &m->stances) = (struct amendment_stance){.seat = seat,
		    .party = arena_str(g->arena, fact_str(f, "party")),
		    .kind = kind,
		    .from_floor = str_is(fact_str(f, "from_floor"), "yes")};
}
