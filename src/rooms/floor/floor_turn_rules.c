/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The floor: given to the next by the order of the list, or to another with a reason. */
#include "rooms/floor/floor_rules.h"

#include "base/must.h"

#include "base/poison.h"

/* The next by the order of the list: who was called, else the first on it. 0: nobody. */
static int64_t next_of(const struct group *g, struct act *act, const struct floor_at *at)
{
	int64_t called = floor_called(g, at->meeting);
	floor_order queue = floor_queue(g, act->arena, at->number);
	if (queue.n && queue.p[0].why == FLOOR_WHY_POINT)
		return queue.p[0].request;
	if (called)
		return called;
	return queue.n ? queue.p[0].request : 0;
}

/* The request of the act, or the next one; gives "chosen", "party" and who "next" is. */
static enum rc choose(const struct group *g, struct act *act, const struct floor_at *at,
    int64_t *number, const struct floor_request **x, struct err *err)
{
	int64_t next = next_of(g, act, at);
	*number = next;
	if (act_has(act, "request"))
		TRY(floor_need_request(g, act, number, x, err));
	else if (!next)
		return ERR(err, REFUSED, NULL, "Nobody is on the list.");
	*x = floor_request_get(g, *number);
	if (!floor_is_waiting(*x))
		return ERR(err, REFUSED, "request",
		    "{0} does not wait for the floor with this request any more.", (*x)->party);
	act_give_i64(act, "chosen", *number);
	act_give_i64(act, "next", next);
	act_give_str(act, "party", (*x)->party);
	if (!act_has(act, "request"))
		act_ref(act, (*x)->seq);
	return OK;
}

/* Another than the next one: the reason stands in the record. */
static enum rc need_reason(
    const struct group *g, struct act *act, int64_t number, int64_t next, struct err *err)
{
	bool overridden = number != next;
	act_give_i64(act, "overridden", overridden);
	if (overridden && !act_has(act, "reason")) {
		const struct floor_request *x = floor_request_get(g, next);
		if (!x)
			return ERR(err, INVALID, "reason",
			    "The list was closed before this request; give the reason for hearing "
			    "it.");
		return ERR(err, INVALID, "reason",
		    "{0} comes next; give the reason for changing the order.", x->party);
	}
	return OK;
}

enum rc floor_decide_call(const struct group *g, struct act *act, struct err *err)
{
	struct floor_at at;
	int64_t number, called;
	const struct floor_request *x;
	TRY(floor_need_list(g, act, &at, err));
	called = floor_called(g, at.meeting);
	if (called)
		return ERR(err, REFUSED, NULL,
		    "{0} was called and speaks next; give the floor, or pass over whoever is not "
		    "present.",
		    floor_request_get(g, called)->party);
	TRY(choose(g, act, &at, &number, &x, err));
	return need_reason(g, act, number, next_of(g, act, &at), err);
}

void floor_fold_call(struct group *g, const struct fact *f)
{
	floor_set(g, fact_i64(f, "chosen"), FLOOR_CALLED, f);
}

static bool interrupts(enum floor_kind k)
{
	return k == FLOOR_POINT_OF_ORDER || k == FLOOR_QUESTION;
}

/* Whoever speaks is interrupted by a point of order, or by a question; by nothing else. */
static enum rc check_interruption(const struct group *g, struct act *act, int64_t meeting,
    const struct floor_request *x, struct err *err)
{
	int64_t speaking = floor_speaking(g, meeting), waits = floor_interrupted(g, meeting);
	const struct floor_request *now = floor_request_get(g, speaking ? speaking : waits);
	if (now && !interrupts(x->kind))
		return ERR(err, REFUSED, "request", "{0} has the floor; end it first.", now->party);
	if (now && speaking && now->kind == FLOOR_POINT_OF_ORDER)
		return ERR(err, REFUSED, "request",
		    "The point of order of {0} is not interrupted; end it first.", now->party);
	if (now && now->kind == FLOOR_POINT_OF_ORDER)
		return ERR(err, REFUSED, "request",
		    "The point of order of {0} waits to go on; let it go on or end it first.",
		    now->party);
	act_give_i64(act, "interrupted", speaking);
	act_give_i64(
	    act, "seconds", speaking && now ? floor_seconds(now->used + act->now - now->since) : 0);
	return OK;
}

enum rc floor_decide_give(const struct group *g, struct act *act, struct err *err)
{
	struct floor_at at;
	int64_t number;
	const struct floor_request *x;
	TRY(floor_need_list(g, act, &at, err));
	TRY(choose(g, act, &at, &number, &x, err));
	TRY(check_interruption(g, act, at.meeting, x, err));
	act_give_i64(act, "minutes", x->minutes);
	return need_reason(g, act, number, next_of(g, act, &at), err);
}

/*
 * The time since it began goes to the speaker, and to the constituency of the speaker; not that of
 * a point of order, which is about the conduct of the meeting.
 */
static void stop_clock(struct group *g, int64_t number, enum floor_step s, const struct fact *f)
{
	struct floor_request *x = floor_request_of(g, number);
	if (x->state == FLOOR_SPEAKING) {
		usec t = f->time > x->since ? f->time - x->since : 0;
		struct floor_list *l = floor_list_of(g, x->list);
		x->used += t;
		if (floor_counts(l, x))
			floor_time_of(g, l, x->code)->used += t;
	}
	floor_set(g, number, s, f);
}

void floor_fold_give(struct group *g, const struct fact *f)
{
	int64_t interrupted = fact_i64(f, "interrupted"), number = fact_i64(f, "chosen");
	struct floor_request *x = floor_request_of(g, number);
	struct floor_list *l = floor_list_of(g, x->list);
	struct floor_time *t = floor_time_of(g, l, x->code);
	if (interrupted)
		stop_clock(g, interrupted, FLOOR_PAUSED, f);
	floor_set(g, number, FLOOR_SPEAKING, f);
	x->since = f->time;
	t->speakers++;
	if (x->kind == FLOOR_REPLY || x->kind == FLOOR_STATEMENT)
		t->turn = ++l->turns;
}

/* The one that the act names, if it is the one it should be; else whoever is. */
static enum rc need_current(const struct group *g, struct act *act, int64_t is, const char *nobody,
    const struct floor_request **x, struct err *err)
{
	*x = floor_request_get(g, is);
	if (!*x)
		return err_set(err, REFUSED, NULL, nobody, NULL, 0, __func__, __LINE__);
	if (act_has(act, "request") && act_i64(act, "request") != is)
		return ERR(err, REFUSED, "request",
		    "This request does not have the floor any more; {0} has.", (*x)->party);
	act_give_i64(act, "chosen", is);
	act_give_str(act, "party", (*x)->party);
	act_ref(act, (*x)->seq);
	return OK;
}

static void give_seconds(struct act *act, const struct floor_request *x)
{
	usec now = x->state == FLOOR_SPEAKING ? act->now - x->since : 0;
	act_give_i64(act, "seconds", floor_seconds(x->used + now));
}

enum rc floor_decide_pause(const struct group *g, struct act *act, struct err *err)
{
	struct floor_at at;
	const struct floor_request *x;
	TRY(floor_need_list(g, act, &at, err));
	TRY(need_current(g, act, floor_speaking(g, at.meeting), "Nobody has the floor.", &x, err));
	give_seconds(act, x);
	return OK;
}

void floor_fold_pause(struct group *g, const struct fact *f)
{
	stop_clock(g, fact_i64(f, "chosen"), FLOOR_PAUSED, f);
}

enum rc floor_decide_resume(const struct group *g, struct act *act, struct err *err)
{
	struct floor_at at;
	const struct floor_request *x;
	TRY(floor_need_list(g, act, &at, err));
	int64_t speaking = floor_speaking(g, at.meeting);
	if (speaking)
		return ERR(err, REFUSED, NULL, "{0} has the floor; end it first.",
		    floor_request_get(g, speaking)->party);
	return need_current(
	    g, act, floor_interrupted(g, at.meeting), "Nobody was interrupted.", &x, err);
}

void floor_fold_resume(struct group *g, const struct fact *f)
{
	int64_t number = fact_i64(f, "chosen");
	floor_set(g, number, FLOOR_SPEAKING, f);
	floor_request_of(g, number)->since = f->time;
}

/* Whoever speaks; when nobody does, whoever was interrupted and will not go on. */
enum rc floor_decide_end(const struct group *g, struct act *act, struct err *err)
{
	struct floor_at at;
	const struct floor_request *x;
	TRY(floor_need_list(g, act, &at, err));
	int64_t now = floor_speaking(g, at.meeting);
	if (!now)
		now = floor_interrupted(g, at.meeting);
	TRY(need_current(g, act, now, "Nobody has the floor.", &x, err));
	give_seconds(act, x);
	return OK;
}

void floor_fold_end(struct group *g, const struct fact *f)
{
	stop_clock(g, fact_i64(f, "chosen"), FLOOR_DONE, f);
}

enum rc floor_decide_skip(const struct group *g, struct act *act, struct err *err)
{
	struct floor_at at;
	int64_t number;
	const struct floor_request *x;
	TRY(floor_need_list(g, act, &at, err));
	return choose(g, act, &at, &number, &x, err);
}

void floor_fold_skip(struct group *g, const struct fact *f)
{
	floor_set(g, fact_i64(f, "chosen"), FLOOR_NOT_PRESENT, f);
}
