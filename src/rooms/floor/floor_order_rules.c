/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The order of the list: a play of what would come if nobody else asked and everyone spoke. */
#include "rooms/floor/floor_rules.h"
#include "rooms/methods/methods.h"

#include "base/poison.h"

const char *floor_why_word(enum floor_why w)
{
	static const char *const words[] = {
	    [FLOOR_WHY_POINT] = "point_of_order",
	    [FLOOR_WHY_QUESTION] = "question",
	    [FLOOR_WHY_REPLY] = "reply",
	    [FLOOR_WHY_CAME] = "came",
	    [FLOOR_WHY_STATE] = "state",
	    [FLOOR_WHY_AFTER_STATE] = "after_states",
	    [FLOOR_WHY_TURN] = "turn",
	    [FLOOR_WHY_NEW] = "new",
	    [FLOOR_WHY_SPOKE] = "spoke",
	    [FLOOR_WHY_TIME_LEFT] = "time_left",
	    [FLOOR_WHY_TIME_USED] = "time_used",
	    [FLOOR_WHY_OBSERVER] = "observer",
	    [FLOOR_WHY_RIGHT] = "right_of_reply",
	};
	return words[w];
}

/* One who waits, and what the policy looks at. */
struct waiter {
	int64_t number;
	const struct floor_request *x;
	size_t party;  /* index of the first waiter of the same party */
	size_t bench;  /* the same of the same constituency */
	int64_t spoke; /* of a first one of its party: how often it would have spoken */
	int64_t turn;  /* of a first one of its bench: its last turn */
	bool gone;     /* has its place */
};
typedef VEC(struct waiter) waiters;

struct play {
	const struct group *g;
	const struct floor_list *list;
	waiters v;
	int64_t turns;
};

/* Points of order, questions, replies, statements, rights of reply. */
static int rank(enum floor_kind k)
{
	static const int ranks[] = {
	    [FLOOR_POINT_OF_ORDER] = 0,
	    [FLOOR_QUESTION] = 1,
	    [FLOOR_REPLY] = 2,
	    [FLOOR_STATEMENT] = 3,
	    [FLOOR_RIGHT_OF_REPLY] = 4,
	};
	return ranks[k];
}

/* True if the policy of the list says anything about it. */
static bool takes_turns(const struct floor_request *x)
{
	return x->kind == FLOOR_REPLY || x->kind == FLOOR_STATEMENT;
}

static bool is_last(const struct play *p, const struct floor_request *x)
{
	return x->is_observer && takes_turns(x) &&
	       methods_now(p->g)->observers_speak == METHODS_OBSERVERS_AFTER_MEMBERS;
}

static int64_t spoke_before(const struct group *g, const struct floor_request *x)
{
	const struct floor_state *s = floor_in(g);
	int64_t n = 0;
	for (size_t i = 0; i < s->requests.n; i++) {
		const struct floor_request *y = &s->requests.p[i];
		n += y->list == x->list && takes_turns(y) && floor_same_party(x, y) &&
		     (y->state == FLOOR_DONE || y->state == FLOOR_SPEAKING ||
		         y->state == FLOOR_PAUSED);
	}
	return n;
}

static bool has_time(const struct play *p, const struct floor_request *x)
{
	const struct floor_time *t = floor_time_find(p->list, x->code);
	return !t || t->used < p->list->budget * 60 * USEC_SECOND;
}

/* What the policy compares: the smaller comes first. */
static int64_t key(const struct play *p, const struct waiter *w)
{
	if (!takes_turns(w->x))
		return 0;
	switch (p->list->policy) {
	case FLOOR_FIRST_COME:
		return 0;
	case FLOOR_STATES_FIRST:
		return !w->x->is_state;
	case FLOOR_ROTATE:
		return p->v.p[w->bench].turn;
	case FLOOR_NEW_FIRST:
		return p->v.p[w->party].spoke;
	case FLOOR_BUDGET:
		return !has_time(p, w->x);
	}
	return 0;
}

static bool before(const struct play *p, const struct waiter *a, const struct waiter *b)
{
	int by_kind = rank(a->x->kind) - rank(b->x->kind);
	int by_weight = (int)a->x->category - (int)b->x->category;
	int by_tier = is_last(p, a->x) - is_last(p, b->x);
	int64_t by_policy = key(p, a) - key(p, b);
	/* Observers after members, also with a reply. */
	if (takes_turns(a->x) && takes_turns(b->x) && by_tier)
		return by_tier < 0;
	if (by_kind)
		return by_kind < 0;
	if (by_weight)
		return by_weight < 0;
	if (by_policy)
		return by_policy < 0;
	return a->number < b->number;
}

static enum floor_why why(const struct play *p, const struct waiter *w)
{
	switch (w->x->kind) {
	case FLOOR_POINT_OF_ORDER:
		return FLOOR_WHY_POINT;
	case FLOOR_QUESTION:
		return FLOOR_WHY_QUESTION;
	case FLOOR_RIGHT_OF_REPLY:
		return FLOOR_WHY_RIGHT;
	case FLOOR_REPLY:
	case FLOOR_STATEMENT:
		break;
	}
	if (is_last(p, w->x))
		return FLOOR_WHY_OBSERVER;
	if (w->x->kind == FLOOR_REPLY)
		return FLOOR_WHY_REPLY;
	switch (p->list->policy) {
	case FLOOR_FIRST_COME:
		break;
	case FLOOR_STATES_FIRST:
		return key(p, w) ? FLOOR_WHY_AFTER_STATE : FLOOR_WHY_STATE;
	case FLOOR_ROTATE:
		return FLOOR_WHY_TURN;
	case FLOOR_NEW_FIRST:
		return key(p, w) ? FLOOR_WHY_SPOKE : FLOOR_WHY_NEW;
	case FLOOR_BUDGET:
		return key(p, w) ? FLOOR_WHY_TIME_USED : FLOOR_WHY_TIME_LEFT;
	}
	return FLOOR_WHY_CAME;
}

static void add(struct play *p, struct arena *a, int64_t number, const struct floor_request *x)
{
	struct waiter w = {.number = number, .x = x, .party = p->v.n, .bench = p->v.n};
	for (size_t i = p->v.n; i-- > 0;) {
		if (floor_same_party(p->v.p[i].x, x))
			w.party = p->v.p[i].party;
		if (str_eq(p->v.p[i].x->code, x->code))
			w.bench = p->v.p[i].bench;
	}
	const struct floor_time *t = floor_time_find(p->list, x->code);
	w.turn = t ? t->turn : 0;
	w.spoke = p->list->policy == FLOOR_NEW_FIRST ? spoke_before(p->g, x) : 0;
	*vec_push(a, &p->v) = w;
}

static void take(struct play *p, struct arena *a, struct waiter *w, floor_order *out)
{
	*vec_push(a, out) = (struct floor_place){w->number, why(p, w)};
	w->gone = true;
	if (!takes_turns(w->x))
		return;
	p->v.p[w->bench].turn = ++p->turns;
	p->v.p[w->party].spoke++;
}

/* Who comes before all others that are left; NULL when nobody is. */
static struct waiter *first_left(struct play *p)
{
	struct waiter *best = NULL;
	for (size_t i = 0; i < p->v.n; i++)
		if (!p->v.p[i].gone && (!best || before(p, &p->v.p[i], best)))
			best = &p->v.p[i];
	return best;
}

floor_order floor_queue(const struct group *g, struct arena *a, int64_t list)
{
	const struct floor_state *s = floor_in(g);
	const struct floor_list *l = floor_list_get(g, list);
	floor_order out = {0};
	if (!l)
		return out;
	struct play p = {.g = g, .list = l, .turns = l->turns};
	for (size_t i = 0; i < s->requests.n; i++)
		if (s->requests.p[i].list == list && s->requests.p[i].state == FLOOR_ON_LIST)
			add(&p, a, (int64_t)i + 1, &s->requests.p[i]);
	for (struct waiter *w = first_left(&p); w; w = first_left(&p))
		take(&p, a, w, &out);
	return out;
}
