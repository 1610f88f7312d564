/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Whom notices can be told, and which entries they are made of. */
#include "rooms/notice/notice_view.h"

#include "notice_view.sql.h"
#include "rooms/call/call.h"
#include "rooms/members/members.h"
#include "rooms/people/people.h"

#include "base/poison.h"

str notice_digits(const struct telling *t, int64_t n)
{
	return arena_printf(t->v->arena, "%lld", (long long)n);
}

str notice_pair(const struct telling *t, const char *word, int64_t a, int64_t b)
{
	return arena_printf(t->v->arena, "%s %lld/%lld", word, (long long)a, (long long)b);
}

static enum rc add(struct telling *t, str person, int64_t contribution, str party,
    const struct notice *x, struct err *err)
{
	struct view *v = t->v;
	return notice_add(v->db, v->grp, t->f->seq, ++t->n, person, contribution, str_of(x->what),
	    x->a, x->b, x->c, x->path, x->about, party, x->asks, x->until, t->f->time, err);
}

enum rc notice_tell(
    struct telling *t, actor_id who, str party, const struct notice *x, struct err *err)
{
	if (actor_is_none(who) || actor_eq(who, t->f->actor) || !people_person(t->v->group, who))
		return OK;
	return add(t, actor_str(t->v->arena, who), 0, party, x, err);
}

enum rc notice_tell_seat(struct telling *t, int64_t seat, const struct notice *x, struct err *err)
{
	const struct seat *s = members_seat(t->v->group, seat);
	for (size_t i = 0; s && i < s->representatives.n; i++)
		TRY(notice_tell(t, s->representatives.p[i].person, s->delegation, x, err));
	return OK;
}

/* A sponsor without a seat: whoever entered it, and who sits for a delegation of that name. */
enum rc notice_tell_sponsors(
    struct telling *t, const struct proposal *p, const struct notice *x, struct err *err)
{
	const struct group *g = t->v->group;
	for (size_t i = 0; p && i < p->sponsors.n; i++) {
		const struct proposal_sponsor *s = &p->sponsors.p[i];
		const struct seat *seat = members_seat(g, s->seat);
		if (!seat) {
			TRY(notice_tell(t, s->by, s->delegation, x, err));
			seat = members_seat_of_delegation(g, s->delegation);
		}
		for (size_t k = 0; seat && k < seat->representatives.n; k++)
			TRY(notice_tell(
			    t, seat->representatives.p[k].person, s->delegation, x, err));
	}
	return OK;
}

enum rc notice_tell_author(
    struct telling *t, int64_t contribution, const struct notice *x, struct err *err)
{
	const struct contribution_item *c = contribution_find(t->v->group, contribution);
	if (!c)
		return OK;
	if (contribution_is_by(c, c->actor) && people_person(t->v->group, c->actor))
		return notice_tell(t, c->actor, STR_EMPTY, x, err);
	return add(t, STR_EMPTY, contribution, STR_EMPTY, x, err);
}

enum rc notice_close(struct telling *t, str about, str party, struct err *err)
{
	return notice_done(t->v->db, t->v->grp, about, party, t->f->seq, err);
}

static const struct applier appliers[] = {
    {"draft.accept", notice_draft_accept},
    {"draft.decline", notice_draft_decline},
    {"draft.restate", notice_draft_over},
    {"draft.withdraw", notice_draft_over},
    {"draft.stance", notice_draft_stance},
    {"draft.remove_stance", notice_draft_unstand},
    {"reading.agree_ad_ref", notice_ad_ref},
    {"reading.confirm", notice_confirm},
    {"reading.object", notice_not_confirmed},
    {"reading.lapse", notice_lapse},
    {"reading.reopen", notice_reopen},
    {"proposal.merge", notice_merge},
    {"proposal.answer", notice_merge_answer},
    {"proposal.split", notice_split},
    {"proposal.dispose", notice_dispose},
    {"compilation.place", notice_place},
    {"compilation.unplace", notice_unplace},
    {"compilation.confirm", notice_entry_answer},
    {"compilation.extend", notice_extend},
    {"analysis.issue", notice_issue},
    {"analysis.cite", notice_cite},
    {"analysis.restate", notice_restate},
    {"analysis.misread", notice_misread},
    {"analysis.answer", notice_answer},
};

const struct room_view notice_view = {
    .schema = &notice_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
