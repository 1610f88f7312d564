/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * report_cli: the report of a group as JSON facts, as a file of its own, or as plain text.
 *
 * For `comity report`. Threads: any, with its own read-only connection.
 */
#ifndef ROOMS_REPORT_REPORT_CLI_H
#define ROOMS_REPORT_REPORT_CLI_H

#include "base/buf.h"
#include "base/db.h"

/* Of which group, and where its pages are. Borrowed. */
struct report_group {
	int64_t grp;
	str slug;
	str title;
	str base; /* "https://wgec.example.org", put before addresses that are printed; may be "" */
};

enum report_format {
	REPORT_FORMAT_FACTS, /* JSON */
	REPORT_FORMAT_HTML,
	REPORT_FORMAT_TEXT,
};

/* Appends the report to out. FAULT, BUSY. */
enum rc report_print(struct db *db, struct arena *a, const struct report_group *g,
    enum report_format format, struct buf *out, struct err *err) MUST_USE;

#endif
