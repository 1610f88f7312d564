/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* "If I hear no objection, it is so decided": put, a pause, decided or an objection. */
#include "rooms/floor/floor_rules.h"

#include "base/hash.h"
#include "base/must.h"
#include "rooms/meeting/meeting.h"
#include "rooms/members/members.h"

#include "base/poison.h"

/* So long an objection can be heard before a thing is decided, also from far away. */
#define PAUSE (3 * USEC_SECOND)

const char *floor_put_word(enum floor_put_state s)
{
	static const char *const words[] = {
	    [FLOOR_PUT] = "put",
	    [FLOOR_DECIDED] = "decided",
	    [FLOOR_OBJECTED] = "objection",
	    [FLOOR_PUT_WITHDRAWN] = "withdrawn",
	};
	return words[s];
}

const struct floor_put *floor_put_get(const struct group *g, int64_t number)
{
	const struct floor_state *s = floor_in(g);
	return number >= 1 && number <= (int64_t)s->puts.n ? &s->puts.p[number - 1] : NULL;
}

int64_t floor_open_put(const struct group *g, int64_t meeting)
{
	const struct floor_state *s = floor_in(g);
	for (size_t i = s->puts.n; i-- > 0;)
		if (s->puts.p[i].meeting == meeting && s->puts.p[i].state == FLOOR_PUT)
			return (int64_t)i + 1;
	return 0;
}

static str hash_of(struct arena *a, str text)
{
	struct buf b = buf_in(a, 0);
	digest h = sha256(text);
	buf_put_hex(&b, (str){(const char *)h.b, sizeof h.b});
	return buf_str(&b);
}

enum rc floor_decide_put(const struct group *g, struct act *act, struct err *err)
{
	TRY(floor_need_session(g, act, err));
	int64_t meeting = act_i64(act, "meeting"), open = floor_open_put(g, meeting);
	int64_t item = act_i64(act, "item");
	if (item && item > (int64_t)meeting_get(g, meeting)->items.n)
		return ERR(err, ABSENT, "item", "The agenda of meeting {0} has no item {1}.",
		    act_digits(act, meeting), act_digits(act, item));
	if (open)
		return ERR(err, REFUSED, NULL,
		    "Decision {0} was put and is not settled; settle it, or take it back, first.",
		    act_digits(act, open));
	act_give_i64(act, "put", (int64_t)floor_in(g)->puts.n + 1);
	act_give_str(act, "hash", hash_of(act->arena, act_str(act, "text")));
	return OK;
}

void floor_fold_put(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &floor_in(g)->puts) = (struct floor_put){
	    .meeting = fact_i64(f, "meeting"),
	    .hash = arena_str(g->arena, fact_str(f, "hash")),
	    .at = f->time,
	    .seq = f->seq,
	};
}

/* What was put in this meeting; gives its "hash". ABSENT. */
static enum rc need_put(
    const struct group *g, struct act *act, const struct floor_put **out, struct err *err)
{
	int64_t number = act_i64(act, "put");
	*out = floor_put_get(g, number);
	if (!*out || (*out)->meeting != act_i64(act, "meeting"))
		return ERR(err, ABSENT, "put", "Nothing was put as decision {0} in meeting {1}.",
		    act_digits(act, number), act_digits(act, act_i64(act, "meeting")));
	act_give_str(act, "hash", (*out)->hash);
	act_ref(act, (*out)->seq);
	return OK;
}

static enum rc need_open(const struct act *act, const struct floor_put *p, struct err *err)
{
	str n = act_digits(act, act_i64(act, "put"));
	switch (p->state) {
	case FLOOR_PUT:
		return OK;
	case FLOOR_DECIDED:
		return ERR(err, REFUSED, "put", "{0} is decided already.", n);
	case FLOOR_OBJECTED:
		return ERR(err, REFUSED, "put",
		    "There is an objection to {0}; consult, and put a text again.", n);
	case FLOOR_PUT_WITHDRAWN:
		return ERR(err, REFUSED, "put", "{0} was taken back; put a text again.", n);
	}
	must_fail("a state of what was put", __FILE__, __LINE__);
}

/* Whose objection: one's own seat, or the one for which the secretariat enters it. */
static enum rc need_seat(
    const struct group *g, struct act *act, const struct seat **out, struct err *err)
{
	const struct seat *own = members_seat_of(g, act->actor, NULL);
	*out = act_has(act, "seat") ? members_seat(g, act_i64(act, "seat")) : own;
	if (!*out || !(*out)->delegation.n)
		return ERR(err, ABSENT, "seat", "Say for which seat this is; only a seat objects.");
	if (!(act->roles & ROLE_OFFICE) && (!own || own->number != (*out)->number))
		return ERR(err, DENIED, "seat",
		    "You do not belong to seat {0}; name your own seat, or leave it empty.",
		    act_digits(act, (*out)->number));
	act_give_i64(act, "for_seat", (*out)->number);
	act_give_str(act, "party", (*out)->delegation);
	return OK;
}

/* Another seat may join an objection. */
enum rc floor_decide_object(const struct group *g, struct act *act, struct err *err)
{
	const struct floor_put *p;
	const struct seat *s;
	TRY(floor_need_session(g, act, err));
	TRY(need_put(g, act, &p, err));
	if (p->state != FLOOR_OBJECTED)
		TRY(need_open(act, p, err));
	TRY(need_seat(g, act, &s, err));
	for (size_t i = 0; i < p->objectors.n; i++)
		if (p->objectors.p[i] == s->number)
			return ERR(
			    err, REFUSED, "seat", "{0} has objected already.", s->delegation);
	return OK;
}

static struct floor_put *put_of(struct group *g, const struct fact *f)
{
	struct floor_state *s = floor_in(g);
	int64_t number = fact_i64(f, "put");
	must(number >= 1 && number <= (int64_t)s->puts.n);
	return &s->puts.p[number - 1];
}

void floor_fold_object(struct group *g, const struct fact *f)
{
	struct floor_put *p = put_of(g, f);
	p->state = FLOOR_OBJECTED;
	*vec_push(g->arena, &p->objectors) = fact_i64(f, "for_seat");
}

enum rc floor_decide_decide(const struct group *g, struct act *act, struct err *err)
{
	const struct floor_put *p;
	TRY(floor_need_session(g, act, err));
	TRY(need_put(g, act, &p, err));
	TRY(need_open(act, p, err));
	if (act->now - p->at < PAUSE)
		return ERR(err, REFUSED, NULL,
		    "Leave at least {0} seconds for an objection, then decide.",
		    act_digits(act, floor_seconds(PAUSE)));
	return OK;
}

void floor_fold_decide(struct group *g, const struct fact *f)
{
	put_of(g, f)->state = FLOOR_DECIDED;
}

enum rc floor_decide_take_back(const struct group *g, struct act *act, struct err *err)
{
	const struct floor_put *p;
	TRY(need_put(g, act, &p, err));
	return need_open(act, p, err);
}

void floor_fold_take_back(struct group *g, const struct fact *f)
{
	put_of(g, f)->state = FLOOR_PUT_WITHDRAWN;
}
