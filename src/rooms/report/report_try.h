/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * report_try: a small group over a real log, from its mandate to a draft of its report, for the
 * tests of proposals and of the report.
 *
 * Threads: one. A refusal stays in t->err.
 */
#ifndef ROOMS_REPORT_REPORT_TRY_H
#define ROOMS_REPORT_REPORT_TRY_H

#include "engine/house.h"
#include "harness/t.h"
#include "rooms/report/report_cli.h"

#define REPORT_TRY_ENTRIES 200

struct report_try {
	struct arena *a;
	usec now;
	struct house *house;
	struct rng_seeded seed;
	struct outcome out;
	struct err err;
	const char *types[REPORT_TRY_ENTRIES]; /* of the entries of the group, by number */
};

/*
 * Kenya and Chile hold the seats of States (Peru left one), Society of Nowhere another; two
 * meetings were held and a third announced; of five contributions to the second, two are
 * published, one withheld, one rejected, one waits; four proposals, of which two were merged into
 * the last; a document; a report with one draft. Stop the trial afterwards.
 */
void report_try_start(struct report_try *t);
void report_try_stop(struct report_try *t);
/* One act of the office: pairs of a field and its value as text, ended by NULL. */
enum rc report_try_act(struct report_try *t, const char *command, ...) __attribute__((sentinel));
/* What `comity report` prints. In arena. */
str report_try_print(struct report_try *t, enum report_format format);
/* True if the words stand in s. */
bool report_try_has(str s, const char *words);

#define ACT(...) report_try_act(t, __VA_ARGS__, NULL)
#define DO(...)                                                                           \
	do {                                                                              \
		if (ACT(__VA_ARGS__) != OK)                                               \
			t_fail(__FILE__, __LINE__, "%.*s", STR(err_text(&t->err, t->a))); \
	} while (0)
#define SAYS(code, sentence, ...)                             \
	do {                                                  \
		CHECK_EQ(ACT(__VA_ARGS__), code);             \
		CHECK_STR(err_text(&t->err, t->a), sentence); \
	} while (0)

#endif
