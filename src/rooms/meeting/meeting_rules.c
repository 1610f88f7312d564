/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/meeting/meeting_rules.h"

#include "base/must.h"

#include "base/poison.h"

const struct meeting *meeting_get(const struct group *g, int64_t number)
{
	const struct meeting_state *s = meeting_in(g);
	return number >= 1 && number <= (int64_t)s->meetings.n ? &s->meetings.p[number - 1] : NULL;
}

int64_t meeting_count(const struct group *g)
{
	return (int64_t)meeting_in(g)->meetings.n;
}

static bool has_begun(const struct meeting *m)
{
	return m->status == MEETING_OPEN || m->status == MEETING_SUSPENDED ||
	       m->status == MEETING_CLOSED;
}

bool meeting_has_begun(const struct group *g, int64_t number)
{
	const struct meeting *m = meeting_get(g, number);
	return m && has_begun(m);
}

bool meeting_is_open(const struct group *g, int64_t number)
{
	const struct meeting *m = meeting_get(g, number);
	return m && m->status == MEETING_OPEN;
}

bool meeting_is_closed(const struct group *g, int64_t number)
{
	const struct meeting *m = meeting_get(g, number);
	return m && m->status == MEETING_CLOSED;
}

int64_t meeting_in_progress(const struct group *g)
{
	const struct meeting_state *s = meeting_in(g);
	for (size_t i = 0; i < s->meetings.n; i++)
		if (s->meetings.p[i].status == MEETING_OPEN ||
		    s->meetings.p[i].status == MEETING_SUSPENDED)
			return (int64_t)i + 1;
	return 0;
}

int64_t meeting_next(const struct group *g)
{
	const struct meeting_state *s = meeting_in(g);
	int64_t next = 0;
	for (size_t i = 0; i < s->meetings.n; i++) {
		const struct meeting *m = &s->meetings.p[i];
		if (m->status == MEETING_ANNOUNCED &&
		    (!next || m->starts < meeting_get(g, next)->starts))
			next = (int64_t)i + 1;
	}
	return next;
}

int64_t meeting_decisions(const struct group *g)
{
	return (int64_t)meeting_in(g)->decisions.n;
}

const struct meeting_decision *meeting_decision_get(const struct group *g, int64_t number)
{
	const struct meeting_state *s = meeting_in(g);
	return number >= 1 && number <= (int64_t)s->decisions.n ? &s->decisions.p[number - 1]
	                                                        : NULL;
}

enum rc meeting_find(
    const struct group *g, const struct act *act, const struct meeting **out, struct err *err)
{
	*out = meeting_get(g, act_i64(act, "meeting"));
	if (!*out)
		return ERR(err, ABSENT, "meeting", "There is no meeting {0}; announce it first.",
		    act_digits(act, act_i64(act, "meeting")));
	return OK;
}

enum rc meeting_find_item(const struct meeting *m, const struct act *act,
    const struct meeting_item **out, struct err *err)
{
	int64_t item = act_i64(act, "item");
	if (item < 1 || item > (int64_t)m->items.n)
		return ERR(err, ABSENT, "item", "The agenda of meeting {0} has no item {1}.",
		    act_digits(act, act_i64(act, "meeting")), act_digits(act, item));
	*out = &m->items.p[item - 1];
	return OK;
}

enum rc meeting_find_sitting(const struct meeting *m, const struct act *act,
    const struct meeting_sitting **out, struct err *err)
{
	int64_t sitting = act_i64(act, "sitting");
	if (sitting < 1 || sitting > (int64_t)m->sittings.n)
		return ERR(err, ABSENT, "sitting", "Meeting {0} has no sitting {1}.",
		    act_digits(act, act_i64(act, "meeting")), act_digits(act, sitting));
	*out = &m->sittings.p[sitting - 1];
	return OK;
}

struct meeting *meeting_of(struct group *g, const struct fact *f)
{
	int64_t number = fact_i64(f, "meeting");
	must(meeting_get(g, number));
	return &meeting_in(g)->meetings.p[number - 1];
}

enum meeting_publicity meeting_publicity_of(str word, enum meeting_publicity absent)
{
	if (str_is(word, "public"))
		return PUBLICITY_PUBLIC;
	if (str_is(word, "members_observers"))
		return PUBLICITY_PARTICIPANTS;
	return str_is(word, "members") ? PUBLICITY_MEMBERS : absent;
}

usec meeting_day_of(usec t, str zone)
{
	struct civil c = when_in_zone(t, zone);
	return when_from_civil((struct civil){.year = c.year, .month = c.month, .day = c.day});
}

enum rc meeting_need_begun(const struct act *act, const struct meeting *m, struct err *err)
{
	if (!has_begun(m))
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} has not begun; this is recorded once it has been opened.",
		    act_digits(act, act_i64(act, "meeting")));
	return OK;
}

#define MEETING_DAYS 60

static enum rc check_days(usec starts, usec ends, struct err *err)
{
	if (ends < starts)
		return ERR(err, INVALID, "ends", "The last day cannot come before the first.");
	if (ends - starts > MEETING_DAYS * USEC_DAY)
		return ERR(err, INVALID, "ends",
		    "A meeting of more than sixty days is announced as several meetings.");
	return OK;
}

enum rc meeting_decide_announce(const struct group *g, struct act *act, struct err *err)
{
	TRY(check_days(act_i64(act, "starts"), act_i64(act, "ends"), err));
	act_give_i64(act, "number", meeting_count(g) + 1);
	return OK;
}

void meeting_fold_announce(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &meeting_in(g)->meetings) = (struct meeting){
	    .title = arena_str(g->arena, fact_str(f, "title")),
	    .place = arena_str(g->arena, fact_str(f, "place")),
	    .zone = arena_str(g->arena, fact_str(f, "zone")),
	    .starts = fact_i64(f, "starts"),
	    .ends = fact_i64(f, "ends"),
	    .publicity = meeting_publicity_of(fact_str(f, "publicity"), PUBLICITY_MEMBERS),
	    .status = MEETING_ANNOUNCED,
	    .seq = f->seq,
	    .state_seq = f->seq,
	};
}

/* New days must still hold every sitting that is planned. */
static enum rc check_sittings_fit(
    const struct act *act, const struct meeting *m, usec starts, usec ends, struct err *err)
{
	for (size_t i = 0; i < m->sittings.n; i++) {
		const struct meeting_sitting *s = &m->sittings.p[i];
		usec day = meeting_day_of(s->starts, m->zone);
		if (!s->cancelled && (day < starts || day > ends))
			return ERR(err, REFUSED, "starts",
			    "Sitting {0} would fall outside of the meeting; cancel it first.",
			    act_digits(act, (int64_t)i + 1));
	}
	return OK;
}

enum rc meeting_decide_change(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	TRY(meeting_find(g, act, &m, err));
	if (m->status != MEETING_ANNOUNCED && m->status != MEETING_SUSPENDED)
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} is open, closed or cancelled; its days and place change only "
		    "before "
		    "it begins or while it is suspended.",
		    act_digits(act, act_i64(act, "meeting")));
	usec starts = act_has(act, "starts") ? act_i64(act, "starts") : m->starts;
	usec ends = act_has(act, "ends") ? act_i64(act, "ends") : m->ends;
	if (m->status == MEETING_SUSPENDED && starts != m->starts)
		return ERR(err, REFUSED, "starts",
		    "Meeting {0} has begun; only its last day can still change.",
		    act_digits(act, act_i64(act, "meeting")));
	TRY(check_days(starts, ends, err));
	TRY(check_sittings_fit(act, m, starts, ends, err));
	act_ref(act, m->seq);
	return OK;
}

void meeting_fold_change(struct group *g, const struct fact *f)
{
	struct meeting *m = meeting_of(g, f);
	if (fact_has(f, "starts"))
		m->starts = fact_i64(f, "starts");
	if (fact_has(f, "ends"))
		m->ends = fact_i64(f, "ends");
	if (fact_has(f, "place"))
		m->place = arena_str(g->arena, fact_str(f, "place"));
}

static void move_to(struct group *g, const struct fact *f, enum meeting_status status)
{
	struct meeting *m = meeting_of(g, f);
	m->status = status;
	m->state_seq = f->seq;
	m->state_time = f->time;
}

enum rc meeting_decide_cancel(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	TRY(meeting_find(g, act, &m, err));
	if (m->status != MEETING_ANNOUNCED)
		return ERR(err, REFUSED, "meeting",
		    "Only a meeting that has not begun can be cancelled; close meeting {0} "
		    "instead.",
		    act_digits(act, act_i64(act, "meeting")));
	act_ref(act, m->seq);
	return OK;
}

void meeting_fold_cancel(struct group *g, const struct fact *f)
{
	move_to(g, f, MEETING_CANCELLED);
}

enum rc meeting_decide_open(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	TRY(meeting_find(g, act, &m, err));
	str number = act_digits(act, act_i64(act, "meeting"));
	int64_t other = meeting_in_progress(g);
	switch (m->status) {
	case MEETING_ANNOUNCED:
		break;
	case MEETING_OPEN:
		return ERR(err, REFUSED, "meeting", "Meeting {0} is open already.", number);
	case MEETING_SUSPENDED:
		return ERR(err, REFUSED, "meeting", "Meeting {0} is suspended; resume it.", number);
	case MEETING_CLOSED:
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} is closed and does not open again; announce another meeting.",
		    number);
	case MEETING_CANCELLED:
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} was cancelled; announce another meeting.", number);
	}
	if (other)
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} has not been closed; a group holds one meeting at a time.",
		    act_digits(act, other));
	if (meeting_day_of(act->now, m->zone) < m->starts)
		return ERR(err, REFUSED, "meeting",
		    "The first day of meeting {0} has not come; change its days first if it begins "
		    "earlier.",
		    number);
	act_ref(act, m->seq);
	return meeting_give_sitting(m, act, err);
}

void meeting_fold_open(struct group *g, const struct fact *f)
{
	move_to(g, f, MEETING_OPEN);
	meeting_begin_sitting(g, f);
}

enum rc meeting_decide_suspend(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	TRY(meeting_find(g, act, &m, err));
	if (m->status != MEETING_OPEN)
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} is not open, so it cannot be suspended.",
		    act_digits(act, act_i64(act, "meeting")));
	act_ref(act, m->state_seq);
	return OK;
}

void meeting_fold_suspend(struct group *g, const struct fact *f)
{
	move_to(g, f, MEETING_SUSPENDED);
}

enum rc meeting_decide_resume(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	TRY(meeting_find(g, act, &m, err));
	if (m->status != MEETING_SUSPENDED)
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} is not suspended, so it cannot be resumed.",
		    act_digits(act, act_i64(act, "meeting")));
	act_ref(act, m->state_seq);
	return meeting_give_sitting(m, act, err);
}

void meeting_fold_resume(struct group *g, const struct fact *f)
{
	move_to(g, f, MEETING_OPEN);
	meeting_begin_sitting(g, f);
}

enum rc meeting_decide_close(const struct group *g, struct act *act, struct err *err)
{
	const struct meeting *m;
	TRY(meeting_find(g, act, &m, err));
	str number = act_digits(act, act_i64(act, "meeting"));
	if (m->status == MEETING_SUSPENDED)
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} is suspended; resume it, then close it.", number);
	if (m->status != MEETING_OPEN)
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} is not open, so it cannot be closed.", number);
	for (size_t i = 0; i < m->items.n; i++) {
		const struct meeting_item *item = &m->items.p[i];
		str at = act_digits(act, (int64_t)i + 1);
		if (item->status == ITEM_UNDER_CONSIDERATION)
			return ERR(err, REFUSED, "meeting",
			    "Item {0}, {1}, is still under consideration; conclude or defer it "
			    "first.",
			    at, item->title);
		if (item->status == ITEM_PENDING && m->agenda != AGENDA_PROVISIONAL)
			return ERR(err, REFUSED, "meeting",
			    "Item {0}, {1}, has not been taken up; defer it first.", at,
			    item->title);
	}
	act_ref(act, m->state_seq);
	return OK;
}

void meeting_fold_close(struct group *g, const struct fact *f)
{
	move_to(g, f, MEETING_CLOSED);
}
