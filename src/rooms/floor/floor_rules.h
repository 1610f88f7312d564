/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * floor_rules: who may ask for the floor, who gets it, and when a thing is decided.
 *
 * Pure. Errors: INVALID names a field that is wrong in itself, ABSENT a number that does not
 * exist, DENIED somebody who does not speak for the delegation, REFUSED a step out of order, each
 * with the way out. Threads: the caller's group.
 */
#ifndef ROOMS_FLOOR_FLOOR_RULES_H
#define ROOMS_FLOOR_FLOOR_RULES_H

#include "rooms/floor/floor.h"

/* floor_rules.c: the list. Whoever still waits on the last list of the meeting goes on this one. */
decide_fn floor_decide_open, floor_decide_close, floor_decide_admit;
fold_fn floor_fold_open, floor_fold_close, floor_fold_admit;

/* floor_request_rules.c: coming on the list and leaving it. */
decide_fn floor_decide_request, floor_decide_enter, floor_decide_withdraw, floor_decide_remove;
fold_fn floor_fold_request, floor_fold_withdraw, floor_fold_remove;

/* floor_turn_rules.c: one speaker at a time, in the order of the list or with a reason. */
decide_fn floor_decide_call, floor_decide_give, floor_decide_pause, floor_decide_resume,
    floor_decide_end, floor_decide_skip;
fold_fn floor_fold_call, floor_fold_give, floor_fold_pause, floor_fold_resume, floor_fold_end,
    floor_fold_skip;

/* floor_put_rules.c: what the Chair puts to the group. */
decide_fn floor_decide_put, floor_decide_object, floor_decide_decide, floor_decide_take_back;
fold_fn floor_fold_put, floor_fold_object, floor_fold_decide, floor_fold_take_back;

/* For the files of the rules: */

struct floor_at {
	int64_t meeting, number; /* of the list */
	const struct floor_list *list;
};
/* The meeting of the act is in session. ABSENT, REFUSED. */
enum rc floor_need_session(const struct group *g, const struct act *act, struct err *err) MUST_USE;
/* The same, and it has a list; gives "list" and refers to it. REFUSED. */
enum rc floor_need_list(
    const struct group *g, struct act *act, struct floor_at *out, struct err *err) MUST_USE;
/* The request that the act names, of this meeting; gives "party". ABSENT. */
enum rc floor_need_request(const struct group *g, struct act *act, int64_t *number,
    const struct floor_request **out, struct err *err) MUST_USE;
/* True while it waits for its turn, on the list or on the waiting list. */
bool floor_is_waiting(const struct floor_request *x);
/* In the state that is being folded. */
struct floor_request *floor_request_of(struct group *g, int64_t number);
struct floor_list *floor_list_of(struct group *g, int64_t number);
void floor_set(struct group *g, int64_t number, enum floor_step s, const struct fact *f);
/* The account of its constituency; made when there is none. */
struct floor_time *floor_time_of(struct group *g, struct floor_list *l, str code);
const struct floor_time *floor_time_find(const struct floor_list *l, str code);
/* Whole seconds. */
int64_t floor_seconds(usec t);

#endif
