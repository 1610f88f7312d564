/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/floor/floor_rules.h"

#include "base/must.h"
#include "rooms/meeting/meeting.h"
#include "rooms/methods/methods.h"

#include "base/poison.h"

static const char *const policies[] = {
    [FLOOR_FIRST_COME] = "first_come",
    [FLOOR_STATES_FIRST] = "states_first",
    [FLOOR_ROTATE] = "rotate",
    [FLOOR_NEW_FIRST] = "new_first",
    [FLOOR_BUDGET] = "budget",
};

const char *floor_policy_word(enum floor_policy p)
{
	return policies[p];
}

const char *floor_kind_word(enum floor_kind k)
{
	static const char *const words[] = {
	    [FLOOR_POINT_OF_ORDER] = "point_of_order",
	    [FLOOR_RIGHT_OF_REPLY] = "right_of_reply",
	    [FLOOR_QUESTION] = "question",
	    [FLOOR_REPLY] = "reply",
	    [FLOOR_STATEMENT] = "statement",
	};
	return words[k];
}

const char *floor_category_word(enum floor_category c)
{
	static const char *const words[] = {
	    [FLOOR_CONDUCT] = "conduct",
	    [FLOOR_SUSPEND_MEETING] = "suspend_meeting",
	    [FLOOR_ADJOURN_MEETING] = "adjourn_meeting",
	    [FLOOR_ADJOURN_DEBATE] = "adjourn_debate",
	    [FLOOR_CLOSE_DEBATE] = "close_debate",
	};
	return words[c];
}

const char *floor_state_word(enum floor_step s)
{
	static const char *const words[] = {
	    [FLOOR_REQUESTED] = "requested",
	    [FLOOR_ON_LIST] = "on_list",
	    [FLOOR_CALLED] = "called",
	    [FLOOR_SPEAKING] = "speaking",
	    [FLOOR_PAUSED] = "paused",
	    [FLOOR_DONE] = "done",
	    [FLOOR_WITHDRAWN] = "withdrawn",
	    [FLOOR_REMOVED] = "removed",
	    [FLOOR_NOT_PRESENT] = "not_present",
	};
	return words[s];
}

/* --- the state --- */

const struct floor_list *floor_list_get(const struct group *g, int64_t number)
{
	const struct floor_state *s = floor_in(g);
	return number >= 1 && number <= (int64_t)s->lists.n ? &s->lists.p[number - 1] : NULL;
}

const struct floor_request *floor_request_get(const struct group *g, int64_t number)
{
	const struct floor_state *s = floor_in(g);
	return number >= 1 && number <= (int64_t)s->requests.n ? &s->requests.p[number - 1] : NULL;
}

int64_t floor_current(const struct group *g, int64_t meeting)
{
	const struct floor_state *s = floor_in(g);
	for (size_t i = s->lists.n; i-- > 0;)
		if (s->lists.p[i].meeting == meeting)
			return (int64_t)i + 1;
	return 0;
}

/* The last request of the meeting, by the entry that brought it there, in this state. */
static int64_t last_in(const struct group *g, int64_t meeting, enum floor_step state)
{
	const struct floor_state *s = floor_in(g);
	int64_t best = 0, seq = 0;
	for (size_t i = 0; i < s->requests.n; i++) {
		const struct floor_request *x = &s->requests.p[i];
		if (x->meeting == meeting && x->state == state && x->state_seq > seq) {
			best = (int64_t)i + 1;
			seq = x->state_seq;
		}
	}
	return best;
}

int64_t floor_speaking(const struct group *g, int64_t meeting)
{
	return last_in(g, meeting, FLOOR_SPEAKING);
}

int64_t floor_interrupted(const struct group *g, int64_t meeting)
{
	return last_in(g, meeting, FLOOR_PAUSED);
}

int64_t floor_called(const struct group *g, int64_t meeting)
{
	return last_in(g, meeting, FLOOR_CALLED);
}

bool floor_same_party(const struct floor_request *x, const struct floor_request *y)
{
	if (x->seat || y->seat)
		return x->seat == y->seat;
	return str_eq(x->party, y->party) && actor_eq(x->person, y->person);
}

bool floor_is_waiting(const struct floor_request *x)
{
	return x->state == FLOOR_REQUESTED || x->state == FLOOR_ON_LIST || x->state == FLOOR_CALLED;
}

struct floor_request *floor_request_of(struct group *g, int64_t number)
{
	struct floor_state *s = floor_in(g);
	must(number >= 1 && number <= (int64_t)s->requests.n);
	return &s->requests.p[number - 1];
}

struct floor_list *floor_list_of(struct group *g, int64_t number)
{
	struct floor_state *s = floor_in(g);
	must(number >= 1 && number <= (int64_t)s->lists.n);
	return &s->lists.p[number - 1];
}

void floor_set(struct group *g, int64_t number, enum floor_step s, const struct fact *f)
{
	struct floor_request *x = floor_request_of(g, number);
	x->state = s;
	x->state_seq = f->seq;
}

const struct floor_time *floor_time_find(const struct floor_list *l, str code)
{
	for (size_t i = 0; i < l->times.n; i++)
		if (str_eq(l->times.p[i].code, code))
			return &l->times.p[i];
	return NULL;
}

struct floor_time *floor_time_of(struct group *g, struct floor_list *l, str code)
{
	for (size_t i = 0; i < l->times.n; i++)
		if (str_eq(l->times.p[i].code, code))
			return &l->times.p[i];
	struct floor_time *t = vec_push(g->arena, &l->times);
	*t = (struct floor_time){.code = arena_str(g->arena, code)};
	return t;
}

bool floor_counts(const struct floor_list *l, const struct floor_request *x)
{
	return !(l->apart && x->kind == FLOOR_POINT_OF_ORDER) &&
	       !(l->replies_apart && x->kind == FLOOR_RIGHT_OF_REPLY);
}

int64_t floor_seconds(usec t)
{
	return t / USEC_SECOND;
}

/* --- what acts name --- */

enum rc floor_need_session(const struct group *g, const struct act *act, struct err *err)
{
	int64_t number = act_i64(act, "meeting");
	const struct meeting *m = meeting_get(g, number);
	if (!m)
		return ERR(err, ABSENT, "meeting", "There is no meeting {0} in this group.",
		    act_digits(act, number));
	if (m->status != MEETING_OPEN)
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} is not in session; the floor is given only while it is.",
		    act_digits(act, number));
	return OK;
}

enum rc floor_need_list(
    const struct group *g, struct act *act, struct floor_at *out, struct err *err)
{
	TRY(floor_need_session(g, act, err));
	out->meeting = act_i64(act, "meeting");
	out->number = floor_current(g, out->meeting);
	out->list = floor_list_get(g, out->number);
	if (!out->list)
		return ERR(err, REFUSED, "meeting",
		    "Meeting {0} has no list of speakers yet; the Chair opens one first.",
		    act_digits(act, out->meeting));
	act_give_i64(act, "list", out->number);
	act_ref(act, out->list->seq);
	return OK;
}

enum rc floor_need_request(const struct group *g, struct act *act, int64_t *number,
    const struct floor_request **out, struct err *err)
{
	*number = act_i64(act, "request");
	*out = floor_request_get(g, *number);
	if (!*out || (*out)->meeting != act_i64(act, "meeting"))
		return ERR(err, ABSENT, "request",
		    "There is no request {0} for the floor in meeting {1}.",
		    act_digits(act, *number), act_digits(act, act_i64(act, "meeting")));
	act_give_str(act, "party", (*out)->party);
	act_ref(act, (*out)->seq);
	return OK;
}

/* --- the list --- */

static enum rc check_about(const struct group *g, const struct act *act, struct err *err)
{
	const struct meeting *m = meeting_get(g, act_i64(act, "meeting"));
	int64_t item = act_i64(act, "item"), sitting = act_i64(act, "sitting");
	if (item && item > (int64_t)m->items.n)
		return ERR(err, ABSENT, "item", "The agenda of meeting {0} has no item {1}.",
		    act_digits(act, act_i64(act, "meeting")), act_digits(act, item));
	if (sitting && sitting > (int64_t)m->sittings.n)
		return ERR(err, ABSENT, "sitting", "Meeting {0} has no sitting {1}.",
		    act_digits(act, act_i64(act, "meeting")), act_digits(act, sitting));
	if (str_is(act_str(act, "policy"), policies[FLOOR_BUDGET]) && !act_i64(act, "budget"))
		return ERR(err, INVALID, "budget",
		    "Say how many minutes each constituency has, or choose another order.");
	return OK;
}

/* Whoever waits on the last list is not lost; in the order of their requests. */
static void carry_over(const struct group *g, struct act *act, int64_t list)
{
	const struct floor_state *s = floor_in(g);
	struct value *carried = act_give_list(act, "carried");
	for (size_t i = 0; i < s->requests.n; i++)
		if (s->requests.p[i].list == list && floor_is_waiting(&s->requests.p[i]))
			*vec_push(act->arena, &carried->numbers) = (int64_t)i + 1;
}

enum rc floor_decide_open(const struct group *g, struct act *act, struct err *err)
{
	TRY(floor_need_session(g, act, err));
	TRY(check_about(g, act, err));
	int64_t meeting = act_i64(act, "meeting"), last = floor_current(g, meeting);
	const struct floor_list *l = floor_list_get(g, last);
	if (floor_speaking(g, meeting) || floor_interrupted(g, meeting))
		return ERR(err, REFUSED, NULL,
		    "Somebody has the floor; end it before a new list is opened.");
	if (l && !l->closed)
		return ERR(err, REFUSED, NULL,
		    "List {0} of this meeting is open; close it before a new one is opened.",
		    act_digits(act, last));
	act_give_i64(act, "list", (int64_t)floor_in(g)->lists.n + 1);
	act_give_i64(act, "limit",
	    act_has(act, "minutes") ? act_i64(act, "minutes") : methods_now(g)->speaking_minutes);
	act_give_i64(act, "apart", 1);
	act_give_i64(act, "replies_apart", 1);
	carry_over(g, act, last);
	return OK;
}

static enum floor_policy policy_of(str word)
{
	for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++)
		if (str_is(word, policies[i]))
			return (enum floor_policy)i;
	must_fail("a policy of the floor", __FILE__, __LINE__);
}

void floor_fold_open(struct group *g, const struct fact *f)
{
	struct floor_state *s = floor_in(g);
	const struct value *carried = fact_value(f, "carried");
	*vec_push(g->arena, &s->lists) = (struct floor_list){
	    .meeting = fact_i64(f, "meeting"),
	    .policy = policy_of(fact_str(f, "policy")),
	    .minutes = fact_i64(f, "limit"),
	    .budget = fact_i64(f, "budget"),
	    .apart = fact_bool(f, "apart"),
	    .replies_apart = fact_bool(f, "replies_apart"),
	    .seq = f->seq,
	};
	for (size_t i = 0; i < carried->numbers.n; i++) {
		floor_request_of(g, carried->numbers.p[i])->list = (int64_t)s->lists.n;
		floor_set(g, carried->numbers.p[i], FLOOR_ON_LIST, f);
	}
}

enum rc floor_decide_close(const struct group *g, struct act *act, struct err *err)
{
	struct floor_at at;
	TRY(floor_need_list(g, act, &at, err));
	if (at.list->closed)
		return ERR(
		    err, REFUSED, NULL, "List {0} is closed already.", act_digits(act, at.number));
	return OK;
}

void floor_fold_close(struct group *g, const struct fact *f)
{
	floor_list_of(g, fact_i64(f, "list"))->closed = true;
}

enum rc floor_decide_admit(const struct group *g, struct act *act, struct err *err)
{
	struct floor_at at;
	int64_t number;
	const struct floor_request *x;
	TRY(floor_need_list(g, act, &at, err));
	TRY(floor_need_request(g, act, &number, &x, err));
	if (x->state != FLOOR_REQUESTED)
		return ERR(err, REFUSED, "request", "{0} is not on the waiting list.", x->party);
	return OK;
}

void floor_fold_admit(struct group *g, const struct fact *f)
{
	floor_set(g, fact_i64(f, "request"), FLOOR_ON_LIST, f);
}
