/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * notice_pages: what the page of a person's notices shows, and the letters that are mailed.
 *
 * Threads: each page or letter has its own arena.
 */
#ifndef ROOMS_NOTICE_NOTICE_PAGES_H
#define ROOMS_NOTICE_NOTICE_PAGES_H

#include "engine/page.h"
#include "engine/room.h"

struct notice_item {
	str words;
	str date, iso;
	str until, until_iso; /* empty: at any time */
	str state, state_label;
	url to, record;
};

struct notice_page {
	VEC(struct notice_item) open;  /* that ask for an answer, the next deadline first */
	VEC(struct notice_item) other; /* newest first */
	url account;
};

/* Those of struct rooms. */
enum rc notice_find(struct db *db, struct arena *a, int64_t grp, bool next, struct letter *l,
    bool *found, struct err *err) MUST_USE;
enum rc notice_write(
    struct db *db, struct arena *a, int64_t grp, struct letter *l, struct err *err) MUST_USE;

#endif
