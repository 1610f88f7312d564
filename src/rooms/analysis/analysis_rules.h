/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * analysis_rules: what may be marked, stated, cited and answered, and by whom.
 *
 * Pure. Errors: INVALID names a field that is wrong in itself, ABSENT a number that does not
 * exist, DENIED somebody who is not the author, REFUSED a step out of order, with the way out.
 * Threads: the caller's group.
 */
#ifndef ROOMS_ANALYSIS_ANALYSIS_RULES_H
#define ROOMS_ANALYSIS_ANALYSIS_RULES_H

#include "rooms/analysis/analysis.h"

/* Themes have names of their own. */
decide_fn analysis_decide_theme, analysis_decide_rename;
fold_fn analysis_fold_theme, analysis_fold_rename;
/*
 * Marking: only what is public, and only words that stand there, once. The words themselves pass
 * by: the entry keeps the place. Unmarking: only what no statement cites.
 */
decide_fn analysis_decide_mark, analysis_decide_unmark, analysis_decide_sort;
fold_fn analysis_fold_mark, analysis_fold_unmark, analysis_fold_sort;
/*
 * The same for what was said at a meeting, by the number of the utterance and in its words of now:
 * a later correction leaves the passage where it was marked.
 */
decide_fn analysis_decide_mark_said;
fold_fn analysis_fold_mark_said;
/* One synthesis of a call is written at a time; once it is issued, a change needs a reason. */
decide_fn analysis_decide_open, analysis_decide_state, analysis_decide_restate,
    analysis_decide_strike;
fold_fn analysis_fold_open, analysis_fold_state, analysis_fold_restate, analysis_fold_strike;
decide_fn analysis_decide_cite, analysis_decide_uncite;
fold_fn analysis_fold_cite, analysis_fold_uncite;
/* Every statement rests on passages, and none on a contribution alone that is only for counting. */
decide_fn analysis_decide_issue;
fold_fn analysis_fold_issue;
/* What authors are told and say, and what the Chair answers. */
decide_fn analysis_decide_notify, analysis_decide_misread, analysis_decide_answer;
fold_fn analysis_fold_notify, analysis_fold_misread, analysis_fold_answer;

/* For the files of the rules: the object that the act names in this field. ABSENT. The entry refers
 * to it. */
enum rc analysis_need_theme(const struct group *g, struct act *act,
    const struct analysis_theme **out, struct err *err) MUST_USE;
enum rc analysis_need_passage(const struct group *g, struct act *act, int64_t number,
    const struct passage **out, struct err *err) MUST_USE;
/* REFUSED: it is struck. Gives "synthesis" where the command has it. */
enum rc analysis_need_statement(
    const struct group *g, struct act *act, const struct statement **out, struct err *err) MUST_USE;
enum rc analysis_need_synthesis(
    const struct group *g, struct act *act, const struct synthesis **out, struct err *err) MUST_USE;
/* REFUSED: it is issued, and no reason is given. */
enum rc analysis_need_reason(
    const struct group *g, struct act *act, const struct statement *s, struct err *err) MUST_USE;
/* INVALID: the words of the act do not stand in `all`, or more than once; where is what they stand
 * in. */
enum rc analysis_find_words(
    struct act *act, str all, str where, struct passage *p, struct err *err) MUST_USE;
/* REFUSED: marked already for this theme. */
enum rc analysis_need_new_passage(
    const struct group *g, struct act *act, const struct passage *p, struct err *err) MUST_USE;
void analysis_give_passage(const struct group *g, struct act *act, const struct passage *p);
struct statement *analysis_statement_of(struct group *g, const struct fact *f);

#endif
