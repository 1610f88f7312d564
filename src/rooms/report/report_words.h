/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * report_words: numbers, dates and lists as the sentences of a report say them.
 *
 * English, the language in which the report states its facts. Pure. Threads: any. In arena.
 */
#ifndef ROOMS_REPORT_REPORT_WORDS_H
#define ROOMS_REPORT_REPORT_WORDS_H

#include "base/when.h"

/* "no", "one" ... "twelve", then digits. */
str report_number(struct arena *a, int64_t n);
/* The same with a capital, for the beginning of a sentence. */
str report_number_first(struct arena *a, int64_t n);
/* "first" ... "twelfth", then "13th". */
str report_ordinal(struct arena *a, int64_t n);
/* "IV" */
str report_roman(struct arena *a, int64_t n);
/* "31 January 2018" */
str report_day(struct arena *a, usec day);
/* "26-27 January 2017" with an en dash; "30 January-2 February 2017" */
str report_days(struct arena *a, usec from, usec to);
/* Puts the piece at place i of n: ", " before it, " and " before the last. */
void report_join(struct buf *b, size_t i, size_t n, str piece);

#endif
