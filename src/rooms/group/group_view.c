/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"
#include "rooms/call/call.h"
#include "rooms/group/group.h"
#include "rooms/group/group_steps.h"
#include "group_view.sql.h"
#include "rooms/mandate/mandate.h"
#include "rooms/meeting/meeting.h"
#include "rooms/members/members.h"
#include "rooms/methods/methods.h"
#include "rooms/proposal/proposal.h"
#include "rooms/report/report.h"

#include "base/poison.h"

static enum rc found(struct view *v, const struct fact *f, struct err *err)
{
	return group_group_add(v->db, v->grp, f->seq, f->time, fact_str(f, "title"),
	    fact_str(f, "short_title"), fact_str(f, "place"), fact_str(f, "zone"),
	    fact_str(f, "description"), err);
}

static enum rc announce(struct view *v, const struct fact *f, struct err *err)
{
	return group_announcement_add(v->db, v->grp, fact_i64(f, "number"), f->seq, f->time,
	    fact_str(f, "title"), fact_str(f, "text"), err);
}

/* What there is of one step: how many of how many, and a word. */
struct step {
	bool done;
	int64_t have, of;
	str what;
};

static struct step mandate_step(const struct group *g)
{
	const struct mandate *m = mandate_get(g, 1);
	return (struct step){
	    .done = m != NULL, .have = m != NULL, .what = m ? m->symbol : STR_EMPTY};
}

static struct step members_step(const struct group *g)
{
	struct members_counts c = members_counts(g);
	return (struct step){
	    .done = c.seats > 0 && c.filled == c.seats, .have = c.filled, .of = c.seats};
}

static struct step methods_step(const struct group *g)
{
	return (struct step){.done = methods_adopted(g) > 0, .have = methods_adopted(g)};
}

static struct step call_step(const struct group *g)
{
	const struct call_state *s = call_in(g);
	bool any_closed = false, any_open = false;
	for (size_t i = 0; i < s->calls.n; i++) {
		any_closed |= s->calls.p[i].status == CALL_CLOSED;
		any_open |= s->calls.p[i].status == CALL_OPEN;
	}
	return (struct step){.done = any_closed && !any_open, .have = contribution_total(g)};
}

static bool decided(const struct group *g)
{
	const struct report *r = report_current(g, NULL);
	return r && r->outcome != REPORT_UNDECIDED;
}

static struct step proposal_step(const struct group *g)
{
	return (struct step){.done = decided(g), .have = (int64_t)proposal_in(g)->v.n};
}

static struct step draft_step(const struct group *g)
{
	const struct report *r = report_current(g, NULL);
	return (struct step){.done = decided(g), .have = r ? (int64_t)r->drafts.n : 0};
}

static struct step decision_step(const struct group *g)
{
	const struct report *r = report_current(g, NULL);
	str what = !r                                  ? STR_EMPTY
	           : r->outcome == REPORT_ADOPTED      ? S("adopted")
	           : r->outcome == REPORT_NO_AGREEMENT ? S("no_agreement")
	                                               : STR_EMPTY;
	return (struct step){.done = decided(g), .what = what};
}

static struct step report_step(const struct group *g)
{
	const struct report *r = report_current(g, NULL);
	bool issued = r && r->issued > 0;
	return (struct step){.done = r && r->transmitted_seq > 0,
	    .have = issued,
	    .what = issued ? r->symbol : STR_EMPTY};
}

/* The first step that is not done is the current one; later ones may be done already. */
static enum rc put_steps(struct view *v, struct err *err)
{
	static struct step (*const of[GROUP_STEPS])(const struct group *) = {
	    [GROUP_STEP_MANDATE] = mandate_step,
	    [GROUP_STEP_MEMBERS] = members_step,
	    [GROUP_STEP_METHODS] = methods_step,
	    [GROUP_STEP_CALL] = call_step,
	    [GROUP_STEP_PROPOSALS] = proposal_step,
	    [GROUP_STEP_DRAFTS] = draft_step,
	    [GROUP_STEP_DECISION] = decision_step,
	    [GROUP_STEP_REPORT] = report_step,
	};
	struct group_steps_rows had = {0};
	bool current = false;
	if (v->grp == 0)
		return OK;
	TRY(group_steps(v->db, v->arena, v->grp, &had, err));
	for (int64_t i = 0; i < GROUP_STEPS; i++) {
		struct step s = of[i](v->group);
		str state = s.done ? S("done") : current ? S("ahead") : S("current");
		current |= !s.done;
		/* Few entries change a step, and reading costs less than writing. */
		if ((size_t)i >= had.n || !str_eq(had.p[i].state, state) ||
		    had.p[i].have != s.have || had.p[i].of != s.of ||
		    !str_eq(had.p[i].what, s.what))
			TRY(group_step_set(v->db, v->grp, i, state, s.have, s.of, s.what, err));
	}
	return OK;
}

static enum rc steps(struct view *v, const struct fact *f, struct err *err)
{
	(void)f;
	return v->rebuilding ? OK : put_steps(v, err);
}

static const struct applier appliers[] = {
    {"group.found", found},
    {"group.announce", announce},
    {NULL, steps},
};

const struct room_view group_view = {
    .schema = &group_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
    .rebuilt = put_steps,
};
