/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * meeting_rules: how a meeting runs: announced, opened, its agenda adopted, each item taken up and
 * concluded in words, closed.
 *
 * Pure. Errors: INVALID names a field that is wrong in itself, ABSENT a number that does not
 * exist, REFUSED a step out of order, each with the way out. Threads: the caller's group.
 */
#ifndef ROOMS_MEETING_MEETING_RULES_H
#define ROOMS_MEETING_MEETING_RULES_H

#include "rooms/meeting/meeting.h"

/* meeting_rules.c: the meeting and its course. */
decide_fn meeting_decide_announce;
fold_fn meeting_fold_announce;
/* Dates, place and how to take part, before the meeting has begun or while it is suspended. */
decide_fn meeting_decide_change;
fold_fn meeting_fold_change;
decide_fn meeting_decide_cancel;
fold_fn meeting_fold_cancel;
/* Not before its first day in its zone; one meeting at a time. */
decide_fn meeting_decide_open;
fold_fn meeting_fold_open;
decide_fn meeting_decide_suspend;
fold_fn meeting_fold_suspend;
decide_fn meeting_decide_resume;
fold_fn meeting_fold_resume;
/* Every item of an adopted agenda must be concluded or deferred. */
decide_fn meeting_decide_close;
fold_fn meeting_fold_close;

/* meeting_agenda.c: the agenda and its items. */
decide_fn meeting_decide_agenda_item;
fold_fn meeting_fold_agenda_item;
decide_fn meeting_decide_withdraw_item;
fold_fn meeting_fold_withdraw_item;
decide_fn meeting_decide_adopt_agenda;
fold_fn meeting_fold_adopt_agenda;
decide_fn meeting_decide_document;
decide_fn meeting_decide_consider;
fold_fn meeting_fold_consider;
/* A conclusion has words; one that decides is numbered. */
decide_fn meeting_decide_conclude;
fold_fn meeting_fold_conclude;

/* meeting_sittings.c: sittings, attendance, and the records they leave. */
decide_fn meeting_decide_sitting;
fold_fn meeting_fold_sitting;
decide_fn meeting_decide_cancel_sitting;
fold_fn meeting_fold_cancel_sitting;
decide_fn meeting_decide_attend;
decide_fn meeting_decide_interpret;
decide_fn meeting_decide_summary;
decide_fn meeting_decide_record;

/* meeting_statement_rules.c: written statements, listed by the office or by who wrote them. */
decide_fn meeting_decide_statement;
fold_fn meeting_fold_statement;
decide_fn meeting_decide_withdraw_statement;
fold_fn meeting_fold_withdraw_statement;

/* With which sitting the meeting is opened or resumed: what is named, or what is due. */
enum rc meeting_give_sitting(const struct meeting *m, struct act *act, struct err *err) MUST_USE;
void meeting_begin_sitting(struct group *g, const struct fact *f);

/* For the four files above. Find what the act names: ABSENT when there is none. */
enum rc meeting_find(const struct group *g, const struct act *act, const struct meeting **out,
    struct err *err) MUST_USE;
enum rc meeting_find_item(const struct meeting *m, const struct act *act,
    const struct meeting_item **out, struct err *err) MUST_USE;
enum rc meeting_find_sitting(const struct meeting *m, const struct act *act,
    const struct meeting_sitting **out, struct err *err) MUST_USE;
/* The meeting that a fact names. Its decide has made sure that it exists. */
struct meeting *meeting_of(struct group *g, const struct fact *f);
/* "public", "members_observers" or "members"; `absent` when the field is empty. */
enum meeting_publicity meeting_publicity_of(str word, enum meeting_publicity absent);
/* Midnight UTC of the civil day on which t falls in the zone. */
usec meeting_day_of(usec t, str zone);
/* REFUSED unless the meeting was opened and not cancelled. */
enum rc meeting_need_begun(
    const struct act *act, const struct meeting *m, struct err *err) MUST_USE;

#endif
