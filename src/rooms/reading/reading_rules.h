/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * reading_rules: how a group goes through a draft, and what may become of a paragraph.
 *
 * Pure. Errors: INVALID names a field that is wrong in itself, ABSENT a number that does not
 * exist, DENIED somebody who does not speak for the delegation, REFUSED a step out of order.
 * Threads: the caller's group.
 */
#ifndef ROOMS_READING_READING_RULES_H
#define ROOMS_READING_READING_RULES_H

#include "rooms/reading/reading.h"

/* One reading of a draft at a time. Closing names what was not reached. */
decide_fn reading_decide_open, reading_decide_proceed, reading_decide_close;
fold_fn reading_fold_open, reading_fold_proceed, reading_fold_close;
/* A general comment of a delegation, at the beginning of the first reading. */
decide_fn reading_decide_comment;
fold_fn reading_fold_comment;
/* "Nothing is agreed until everything is agreed", or no longer. */
decide_fn reading_decide_provisional;
fold_fn reading_fold_provisional;
/* A paragraph, or a run of them. What is agreed already is passed over, when taking up also what is
 * open. */
decide_fn reading_decide_take_up, reading_decide_bracket, reading_decide_agree, reading_decide_park;
fold_fn reading_fold_take_up, reading_fold_bracket, reading_fold_agree, reading_fold_park;
/* By consent of the group, and only so. */
decide_fn reading_decide_reopen;
fold_fn reading_fold_reopen;
/* Agreed by those present; the seats that are named confirm, object, or let the time pass. */
decide_fn reading_decide_agree_ad_ref, reading_decide_confirm, reading_decide_object,
    reading_decide_lapse;
fold_fn reading_fold_agree_ad_ref, reading_fold_confirm, reading_fold_object, reading_fold_lapse;
/* The next agreement ad referendum whose time has passed. */
bool reading_due(const struct group *g, usec *at, const char **name, int64_t *number);

/* For the files of the rules: */

struct reading_place {
	int64_t number; /* of the draft */
	const struct draft *draft;
	int64_t reading; /* that is going on; 0: none */
	const struct reading *now;
};
/* The draft of the act, and what is being read; gives "reading". ABSENT. */
enum rc reading_need_draft(
    const struct group *g, struct act *act, struct reading_place *out, struct err *err) MUST_USE;
/* The same when a reading is going on, paragraph by paragraph. REFUSED. */
enum rc reading_need_paragraphs(
    const struct group *g, struct act *act, struct reading_place *out, struct err *err) MUST_USE;
/* The paragraph that a field names, which is read. ABSENT. */
enum rc reading_need_par(struct act *act, const struct reading_place *at, const char *field,
    size_t *out, struct err *err) MUST_USE;
/* What stands against agreeing a paragraph, or several, as they are; reading_against_rules.c. */
struct reading_against {
	VEC(int64_t) amendments; /* numbers, each once */
	VEC(str) parties;        /* with a stance against words of it */
};
/* Adds what stands against this paragraph. */
void reading_find_against(
    struct arena *a, const struct draft *d, size_t par, struct reading_against *out);
/* REFUSED: with all of it, and the way out. */
enum rc reading_refuse_against(
    const struct act *act, str shown, const struct reading_against *x, struct err *err) MUST_USE;
/* Gives "over" and "against": what a ruling went over is in the record. */
void reading_give_against(struct act *act, const struct reading_against *x);
/*
 * OK when the paragraph can be agreed: it was taken up, and nothing stands against it or the Chair
 * gives a ruling; adds what stands against it to over. REFUSED.
 */
enum rc reading_need_agreeable(const struct group *g, struct act *act,
    const struct reading_place *at, size_t par, struct reading_against *over,
    struct err *err) MUST_USE;

/* In the state that is being folded; made when there is none. */
struct reading_course *reading_course_of(struct group *g, int64_t draft);
void reading_set_mark(struct group *g, int64_t draft, const struct reading_mark *mark);

#endif
