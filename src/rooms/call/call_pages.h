/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * call_pages: what the templates of this room show, and what its page functions share.
 *
 * Texts are in the reader's language unless a lang field stands beside them. Threads: each
 * request its own. Everything is in p->arena.
 */
#ifndef ROOMS_CALL_CALL_PAGES_H
#define ROOMS_CALL_CALL_PAGES_H

#include "engine/filter.h"
#include "engine/page.h"

/* A moment, for people and for machines. */
struct call_moment {
	str text;
	str iso;
};

struct call_card {
	url link;
	url record;
	str title;
	str state, status; /* "open", "Open" */
	bool open;
	struct call_moment deadline;
	int64_t questions, received, published;
};

struct call_index {
	VEC(struct call_card) calls;
	url draft; /* empty unless the viewer may */
	bool may_draft;
	url register_link;
};

struct call_question_shown {
	int64_t number;
	str text;
	int64_t answered;
	url record;
};

struct call_event_shown {
	str text;
	str reason;
	struct call_moment time;
	url record;
};

struct call_deed {
	url link;
	str label;
};

struct call_page {
	int64_t number;
	str title, text;
	str state, status;
	bool open, draft;
	bool takes_late; /* closed, but what comes now is taken and marked */
	bool members_only;
	struct call_moment deadline, deadline_utc;
	int64_t word_limit;
	int64_t received, published, waiting, withheld, late;
	VEC(struct call_question_shown) questions;
	VEC(struct call_event_shown) events;
	bool may_contribute;
	url contribute, register_link;
	bool has_meeting;
	url meeting;
	int64_t meeting_number;
	VEC(struct call_deed) deeds;
};

struct call_contribute {
	int64_t number;
	str title, text;
	url call;
	bool late; /* the deadline has passed */
	struct call_moment deadline, deadline_utc;
	int64_t word_limit;
	struct form form;
};

/* Another contribution of the same author or text, for the secretariat. */
struct call_copy {
	str number, why;
};

struct call_register_line {
	int64_t number;
	url link;
	struct call_moment time;
	str author, organisation; /* empty: not public */
	bool named;
	str category, language;
	str state, status;
	bool late;
};

struct call_register {
	url here; /* the form of the filters */
	bool one_call;
	int64_t call;
	str call_title;
	url call_link;
	struct filter filter;
	VEC(struct call_register_line) own; /* of the viewer */
	VEC(struct call_register_line) lines;
	int64_t received, published, waiting, withheld, late;
	bool more;
	url next;
};

/* A piece of a paragraph: marked when it belongs to a passage of the analysis. */
struct call_piece {
	str text;
	bool marked;
	str id;           /* of the passage that begins here; empty: none does */
	VEC(str) further; /* those of others that begin here */
};

/* A statement of a synthesis. */
struct call_statement_link {
	int64_t number;
	url link;
};

struct call_mark {
	int64_t number; /* of the passage */
	str theme;
	url themed; /* the passages of this theme */
	url link;   /* of itself */
	url record;
	url unmark, cite; /* for the office */
	VEC(struct call_statement_link) statements;
};

struct call_paragraph_shown {
	int64_t n;
	str id;
	url link; /* of itself */
	str text;
	VEC(struct call_piece) pieces; /* the text again */
	VEC(struct call_mark) marks;
	url mark; /* for the office */
};

/* A statement that rests on this contribution. */
struct call_use {
	int64_t number;
	str text, lang;
	url link;
	url misread; /* for its author */
};

struct call_passage {
	int64_t question; /* 0: other remarks */
	str asked;        /* the question */
	VEC(struct call_paragraph_shown) paragraphs;
};

struct call_file_shown {
	url link;
	str name, type, size;
	str text; /* read out of it; may be empty */
	bool cut; /* there is more of it in the file */
};

struct contribution_page {
	int64_t number;
	str author, organisation, country, category, language, lang;
	bool named;
	str email; /* for the secretariat and the author; empty for others */
	str call_title;
	url call;
	int64_t call_number;
	str state, status;
	str sentence; /* what became of it */
	str reason;
	url status_record;
	struct call_moment time, received, changed;
	bool was_received; /* it came by mail or paper, at `received` */
	bool late, cite, readable, is_public, own;
	str way;
	VEC(struct call_passage) passages;
	VEC(struct call_file_shown) files;
	bool may_mark, may_cite, may_misread;
	VEC(struct call_use) uses;
	str hash;
	int64_t seq;
	url record;
	bool replaced;
	url replaced_by;
	int64_t replaced_by_number;
	VEC(struct call_copy) copies;
	VEC(struct call_deed) deeds;
};

struct inbox_item {
	int64_t number;
	url link, call;
	str title, author, organisation, email, category, language, lang, beginning, way;
	struct call_moment time;
	int64_t words, files;
	bool late, wish_withhold, is_copy;
	int64_t copy_of;
	url copy_link, reject;
	struct form act; /* the one that its author wishes: publish, or withhold */
};

struct inbox_page {
	VEC(struct inbox_item) items;
};

/* For people, in the zone (empty: of the group). */
struct call_moment call_moment_in(const struct page *p, usec t, str zone);
str call_status_label(const struct page *p, str status);
str contribution_status_label(const struct page *p, str status);
str call_category_label(const struct page *p, str category);
/* The name of a language in itself. */
str call_language_name(str lang);
/* True for those who may read what is not published. */
bool call_sees_all(const struct page *p);
/* The viewer as the statements want it: empty for everyone who is nobody in this group. */
str call_viewer(const struct page *p);

/* What the analysis marked in the text, and the statements that rest on it. After the text. */
enum rc call_fill_uses(struct page *p, struct contribution_page *v, struct err *err);

enum rc contribution_register_page(struct page *p, struct err *err);
enum rc contribution_one_page(struct page *p, struct err *err);
enum rc contribution_file_page(struct page *p, struct err *err);
enum rc contribution_inbox_page(struct page *p, struct err *err);
enum rc contribution_options(struct page *p, struct form_options *out, struct err *err);

#endif
