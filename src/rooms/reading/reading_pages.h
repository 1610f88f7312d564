/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * reading_pages: what the templates of readings show, and what the files of the pages share.
 *
 * Threads: each request has its own page.
 */
#ifndef ROOMS_READING_READING_PAGES_H
#define ROOMS_READING_READING_PAGES_H

#include "engine/page.h"
#include "reading_view.sql.h"
#include "rooms/draft/draft_pages.h"

/* The text that a reading begins or ends with. */
struct reading_text {
	int64_t revision;
	str symbol, hash, date, iso, words;
	url to, file, record;
};

struct reading_item {
	int64_t number;
	str name, state, state_label;
	bool last, closed;
	struct reading_text begin, end;
	url to;
};

struct reading_list_page {
	int64_t number; /* of the draft */
	str title, lang;
	url to_draft;
	bool provisional;
	VEC(struct reading_item) items;
	draft_actions actions;
};

struct reading_seat {
	str party, answer, reason, date;
	bool has_answered;
	url record;
};

/* An agreement ad referendum, for everybody. */
struct reading_wait {
	int64_t number, draft;
	str shown, title, lang, state, state_label, until, until_iso;
	VEC(struct reading_seat) seats;
	url to, record;
	draft_actions actions;
};

struct reading_line {
	str paragraph, shown, words, state, label, with;
	str then; /* how it stood when the reading was closed, if that was otherwise */
	bool deleted;
	const struct reading_wait *wait; /* NULL: nobody must confirm it */
	url to, record;
	draft_actions actions;
};

struct reading_count {
	str state, label;
	int64_t n;
};

struct reading_said {
	str what, party, words, ruling, date, iso;
	str amendments, against; /* what the ruling went over */
	url record;
};

struct reading_page {
	int64_t number, draft;
	str name, title, lang;
	url to_draft, all, confirmations;
	bool general, last, closed, provisional;
	bool may_open; /* a parked paragraph for live drafting */
	struct reading_text begin, end;
	str missing; /* paragraphs that were not reached; empty: none */
	VEC(struct reading_count) counts;
	VEC(struct reading_line) lines;
	VEC(struct reading_wait) waits;
	VEC(struct reading_said) comments, notes;
	draft_actions actions;
};

struct reading_confirm_page {
	str party; /* of the viewer; empty: no seat */
	VEC(struct reading_wait) own, others;
};

/* What the pages of a draft show of its readings. */
struct reading_standing {
	struct page *page;
	int64_t draft, reading; /* the newest one; 0: none */
	bool provisional;       /* nothing is agreed until everything is agreed */
	url all;                /* the list of its readings */
	struct map standing_of; /* paragraph id: const struct reading_newest_row * */
};
/* Also states it as facts of the page. */
enum rc reading_load_standing(
    struct page *p, int64_t draft, struct reading_standing *out, struct err *err) MUST_USE;
/* "agreed", "open" ... as the record has it, and since which entry; empty: in no reading. */
str reading_status_of(const struct reading_standing *s, str paragraph, int64_t *since);
/* How the paragraph stands, as a link to the reading; nothing when there has been none. */
struct markup;
void reading_put_status(struct markup *m, const struct reading_standing *s, str paragraph);

/* "First reading" */
str reading_name(const struct page *p, int64_t number);
/* What a status is called, and the word that its colour goes by. */
str reading_status_label(const struct page *p, str status);
str reading_status_tone(str status);
url reading_url(const struct page *p, int64_t draft, int64_t number);
/* The text that a reading began with, and the one it ended with. */
struct reading_text reading_begin(struct page *p, int64_t draft, const struct reading_list_row *r);
struct reading_text reading_end_text(
    struct page *p, int64_t draft, const struct reading_list_row *r);
/* A link to the form of a command about a draft, for those who may give it. */
void reading_action(
    struct page *p, draft_actions *out, const char *command, const char *label, int64_t draft);
/* The agreements ad referendum of a draft (0: of all), with what this viewer can do about them.
 * Also states them as facts of the page. */
struct reading_waits {
	VEC(struct reading_wait) v;
};
enum rc reading_load_waits(struct page *p, int64_t draft, bool pending, struct reading_waits *out,
    struct err *err) MUST_USE;

enum rc reading_page_list(struct page *p, struct err *err);
enum rc reading_page_one(struct page *p, struct err *err);
enum rc reading_page_base(struct page *p, struct err *err);
enum rc reading_page_confirm(struct page *p, struct err *err);

#endif
