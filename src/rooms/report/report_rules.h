/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * report_rules: the order in which a report comes about, and what may not be claimed in it.
 *
 * Pure. Errors: INVALID names a field that is wrong in itself, ABSENT a number that does not
 * exist, REFUSED a step out of order. Threads: the caller's group.
 */
#ifndef ROOMS_REPORT_REPORT_RULES_H
#define ROOMS_REPORT_REPORT_RULES_H

#include "rooms/report/report.h"

/* One report is written at a time. */
decide_fn report_decide_outline;
fold_fn report_fold_outline;
/* Covers quoted paragraphs of the mandate. */
decide_fn report_decide_section;
fold_fn report_fold_section;
/* Every footnote is written once and called. */
decide_fn report_decide_draft;
fold_fn report_fold_draft;
/* Once; only a report that has a draft can be adopted. */
decide_fn report_decide_decide;
fold_fn report_fold_decide;
/* After the decision. Without agreement: the Chair's own, and the word "adopted" not in it. */
decide_fn report_decide_issue;
fold_fn report_fold_issue;
decide_fn report_decide_transmit;
fold_fn report_fold_transmit;
decide_fn report_decide_consider;
fold_fn report_fold_consider;

#endif
