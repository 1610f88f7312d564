/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * minutes_pages: the draft of the Chair's summary as blocks of lines in the words of the reader's
 * language, each line with the entries that it rests on; then as a page and as Markdown.
 *
 * Threads: each request its own. Everything is in the arena of the request.
 */
#ifndef ROOMS_MINUTES_MINUTES_PAGES_H
#define ROOMS_MINUTES_MINUTES_PAGES_H

#include "engine/page.h"
#include "floor_view.sql.h"
#include "meeting_view.sql.h"
#include "rooms/meeting/meeting_pages.h"
#include "rooms/minutes/minutes.h"

enum minutes_kind {
	MINUTES_TITLE,
	MINUTES_HEADING,
	MINUTES_SUBHEADING,
	MINUTES_TEXT,
	MINUTES_POINTS,  /* each line a point */
	MINUTES_NUMBERS, /* in this order */
	MINUTES_QUOTE,   /* words of somebody, as they stand in the record */
};

struct minutes_link {
	str label; /* "entry 12", "utterance 4" */
	url to;
};
struct minutes_line {
	str text;
	VEC(struct minutes_link) links;
};
struct minutes_block {
	enum minutes_kind kind;
	VEC(struct minutes_line) lines;
};
typedef VEC(struct minutes_block) minutes_blocks;

/* What the views hold of one meeting. */
struct minutes_facts {
	int64_t number;
	struct meeting_one_row meeting;
	struct meeting_steps_rows steps;
	struct meeting_items_rows items;
	struct meeting_documents_rows documents;
	struct meeting_sittings_rows sittings;
	meeting_statement_lines statements;
	struct meeting_conclusions_rows conclusions;
	struct floor_puts_rows puts; /* newest first */
	struct floor_objections_rows objections;
	VEC(struct minutes_span) spans;
	struct meeting_attendance attendance;
	minutes_attendance here; /* the same, for its counts */
	struct meeting_attended_entries_rows here_entries;
	minutes_turns turns;
	minutes_turns unheard; /* kind is the state of the request */
	VEC(str) notes;        /* of the unheard, beside them */
	minutes_voices voices;
};

/* minutes_load_pages.c: the meeting of the address. ABSENT: there is none. */
enum rc minutes_load(struct page *p, struct minutes_facts *f, struct err *err) MUST_USE;
/* The same, of the meeting in f->number. */
enum rc minutes_load_number(struct page *p, struct minutes_facts *f, struct err *err) MUST_USE;
/*
 * minutes_say_pages.c. Names of people stand where they are looked up; words that are kept, and
 * published later, lead to the list instead (decision 27).
 */
enum minutes_names { MINUTES_WITHOUT_NAMES, MINUTES_WITH_NAMES };
minutes_blocks minutes_say(struct page *p, const struct minutes_facts *f, enum minutes_names names);
/*
 * minutes_markdown_pages.c: references stand as [entry 12], where they lead at the end, on that
 * site
 * ("https://wgec.example.org"; empty: on the one where it is read).
 */
str minutes_markdown(struct arena *a, const struct minutes_block *blocks, size_t n, str site);

struct minutes_filed {
	int64_t draft;
	str at, iso;
	str text; /* of the newest; of the others "" */
	bool erased;
	url record;
};

struct minutes_page {
	str title; /* of the meeting */
	url meeting;
	minutes_blocks blocks;
	str markdown;
	url file;    /* the same as a file */
	url keep;    /* the form that files it; empty: the viewer may not */
	url publish; /* the form that publishes; empty: may not, or nothing is filed */
	VEC(struct minutes_filed) filed; /* newest first */
};

#endif
