/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * mandate_rules: what may be said about a mandate, and in which order.
 *
 * Pure. Errors: INVALID names a field that is wrong in itself, ABSENT a number that does not
 * exist, REFUSED a step out of order. Threads: the caller's group.
 */
#ifndef ROOMS_MANDATE_MANDATE_RULES_H
#define ROOMS_MANDATE_MANDATE_RULES_H

#include "rooms/mandate/mandate.h"

/* One symbol is recorded once; the day is not in the future; the report is due after it. */
decide_fn mandate_decide_record;
fold_fn mandate_fold_record;
/* One paragraph is quoted once in each language. */
decide_fn mandate_decide_quote;
fold_fn mandate_fold_quote;
/* From the parent body down to the group, no body twice. */
decide_fn mandate_decide_line;
fold_fn mandate_fold_line;
/* noted -> in_force -> reported -> discharged | extended; extended -> reported. */
decide_fn mandate_decide_state;
fold_fn mandate_fold_state;

#endif
