/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * minutes_say_pages: what the files that say a draft of the Chair's summary share: blocks, their
 * lines, and the entries that each line rests on.
 *
 * Threads: each request its own. Everything is in the arena of the request. No errors.
 */
#ifndef ROOMS_MINUTES_MINUTES_SAY_PAGES_H
#define ROOMS_MINUTES_MINUTES_SAY_PAGES_H

#include "rooms/minutes/minutes_pages.h"

struct minutes_saying {
	struct page *p;
	const struct minutes_facts *f;
	minutes_blocks *out;
};

/* A block of one line. */
struct minutes_line *minutes_put(struct minutes_saying *s, enum minutes_kind kind, str text);
/* The next line of the list *b; the first one (*b is NULL) begins it, below the title if any. */
struct minutes_line *minutes_listed(struct minutes_saying *s, struct minutes_block **b,
    enum minutes_kind kind, const char *title, str text);
/* The line rests on this entry. */
void minutes_entry(struct minutes_saying *s, struct minutes_line *l, int64_t seq);
/* The pieces that are there, with a dot between. */
str minutes_dotted(struct minutes_saying *s, const str *pieces, size_t n);
#define MINUTES_DOTTED(s, ...) \
	minutes_dotted(        \
	    (s), (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))

/* minutes_present_pages.c: how many attended, and from where. */
void minutes_say_attendance(struct minutes_saying *s);
/* The list of participants, or where it is found. */
void minutes_say_participants(struct minutes_saying *s, enum minutes_names names);

#endif
