/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * draft_rules: what may be done with a draft and its amendments, and by whom.
 *
 * Pure. Errors: INVALID names a field that is wrong in itself, ABSENT a number that does not
 * exist, DENIED somebody who does not speak for the delegation, REFUSED a step out of order.
 * Threads: the caller's group.
 */
#ifndef ROOMS_DRAFT_DRAFT_RULES_H
#define ROOMS_DRAFT_DRAFT_RULES_H

#include "rooms/draft/draft.h"

/* The paragraphs are p1, p2, ...; lines that begin with # are headings. */
decide_fn draft_decide_open;
fold_fn draft_fold_open;
/*
 * Filing. A member files for its own seat, the secretariat for a seat that it names (from the
 * floor). What has been filed in the same words is offered for co-sponsoring instead.
 */
decide_fn draft_decide_amend, draft_decide_insert, draft_decide_delete, draft_decide_move,
    draft_decide_split, draft_decide_join;
fold_fn draft_fold_file;
/* A sponsor says what remains of an amendment that waits for it: number and sponsors stay. */
decide_fn draft_decide_restate;
fold_fn draft_fold_restate;
/* Standing behind: each delegation once. The only sponsor withdraws instead of leaving. */
decide_fn draft_decide_cosponsor, draft_decide_leave, draft_decide_withdraw;
fold_fn draft_fold_cosponsor, draft_fold_leave, draft_fold_withdraw;
/*
 * One stance of a seat on an amendment; a new one takes its place, "none" removes it. What the
 * secretariat enters from the floor takes no stance away that the seat took itself.
 */
decide_fn draft_decide_stance;
fold_fn draft_fold_stance;
/* The same on words of the text (decision 15); removed by its number. */
decide_fn draft_decide_stand, draft_decide_unstand;
fold_fn draft_fold_stand, draft_fold_unstand;
/* Any set that goes together; the others are carried over, none is lost. */
decide_fn draft_decide_accept;
fold_fn draft_fold_accept;
decide_fn draft_decide_decline;
fold_fn draft_fold_decline;

/* For the files of the rules: */

/* ABSENT. */
enum rc draft_need_amendment(const struct group *g, struct act *act, const struct draft **d,
    const struct amendment **out, struct err *err) MUST_USE;
/* OK while it is before the group. REFUSED: with what became of it. */
enum rc draft_need_tabled(struct act *act, const struct amendment *m, struct err *err) MUST_USE;
/* The sponsor whom the actor speaks for; the secretariat names the seat. DENIED. */
enum rc draft_need_sponsor(const struct group *g, struct act *act, const struct amendment *m,
    const struct amendment_sponsor **out, struct err *err) MUST_USE;
/* True when the actor does not belong to the seat. */
bool draft_is_other(const struct group *g, const struct act *act, int64_t seat);
/*
 * Whether the actor may put a new stance of the seat in the place of one, and take one away: the
 * seat itself may, and the Chair who says why (field `why`) removes one. `floor`: the one that
 * stands was entered from the floor. Gives "by_chair". DENIED, INVALID.
 */
enum rc draft_may_replace(const struct group *g, struct act *act, int64_t seat, str party,
    bool floor, struct err *err) MUST_USE;
enum rc draft_may_remove(const struct group *g, struct act *act, int64_t seat, str party,
    const char *why, struct err *err) MUST_USE;
/* The same objects in the state that is being folded. */
struct draft *draft_of_fact(struct group *g, const struct fact *f);
struct amendment *draft_amendment_of_fact(struct group *g, const struct fact *f);

#endif
