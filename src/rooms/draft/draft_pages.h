/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * draft_pages: what the templates of drafts show, and what the files of the pages share.
 *
 * Threads: each request has its own page.
 */
#ifndef ROOMS_DRAFT_DRAFT_PAGES_H
#define ROOMS_DRAFT_DRAFT_PAGES_H

#include "draft_view.sql.h"
#include "engine/filter.h"
#include "engine/page.h"
#include "text/op.h"

struct draft_action {
	str label;
	url to;
};
typedef VEC(struct draft_action) draft_actions;

struct draft_item {
	int64_t number;
	str title, lang, symbol;
	int64_t revision, tabled;
	str date;
	url to;
};

struct draft_list_page {
	VEC(struct draft_item) items;
	draft_actions actions;
	url informal;
};

/* A stance on words of the text. */
struct draft_word_stance {
	int64_t number;
	str party, what, words, paragraph, note, date, state;
	bool whole; /* of the whole paragraph */
	bool from_floor;
	str removed; /* by the Chair: why */
	bool may_remove;
	url to, remove, record;
};

struct draft_issue {
	int64_t revision, seq;
	str symbol, date, words;
	url to, record;
	url since; /* the newest text, with what changed after this one */
};

/* A place of the text, and the paragraphs below it. */
struct draft_mark {
	str label;
	url to;
};
struct draft_contents {
	struct draft_mark heading; /* label empty: before the first one */
	VEC(struct draft_mark) pars;
};

struct draft_page {
	int64_t number, revision;
	str title, lang, symbol, date;
	url all, record, here;
	struct filter filter;
	draft_actions actions;
	int64_t tabled, waiting, uncontested;
	VEC(struct draft_contents) contents;
	html text;
	bool is_narrow; /* not the whole text is shown */
	int64_t pars, pars_all, rows, rows_all;
	html elsewhere; /* amendments whose paragraph is gone */
	html deleted;   /* paragraphs that went since then */
	int64_t head;   /* the newest entry of the record, for "since my last visit" */
	VEC(struct draft_issue) issues;
	VEC(struct draft_word_stance) stances;
	bool is_old;
	bool is_fixed; /* the permanent address of a revision: as it was issued, nothing else */
	url newest;
	bool provisional; /* nothing is agreed until everything is agreed */
	url readings;
	url comments; /* the commenting table, and how many stand in it */
	int64_t comments_n;
};

/* Words that wait for their author. */
struct draft_waiting {
	str was, text;
};

/* An amendment in the list of its paragraph. */
struct draft_line {
	str id; /* that the brackets of the text lead to; empty: it has none there */
	int64_t number;
	url to;
	str parties, status, tone, reason, why;
	VEC(str) stances; /* sentences: who supports it ... */
	VEC(struct draft_waiting) waiting;
};

/* What stands at the end of a paragraph. */
struct draft_lines {
	str lang; /* of the draft */
	VEC(struct draft_line) list;
	int64_t n, pending;
	html since; /* how its words changed */
};

struct draft_backer {
	str party, what, note, date;
	bool from_floor;
	str removed;
	url record;
};

struct amendment_page {
	int64_t number, draft, filed, restated, accepted; /* 0: never */
	str title, lang, kind, status, status_label, why, reason, answer, date;
	url to_draft, record;
	draft_actions actions;
	html change;
	VEC(struct draft_backer) sponsors, stances, removed; /* removed: stances, by the Chair */
	bool provisional;
	int64_t session; /* of informal drafting that returned as this; 0: none */
	url to_session;
};

/* Somebody else's amendment with nearly the same words. */
struct preview_near {
	int64_t number;
	str party;
	url to, cosponsor;
};

struct preview_page {
	html change;
	VEC(struct preview_near) near;
};

/* Words that would read badly after an acceptance (text/smell.h). */
struct accept_slip {
	str paragraph, what, words;
};

struct accept_page {
	str clash; /* two of them cannot both be accepted: then nothing else */
	str lang;  /* of the draft */
	VEC(struct accept_slip) slips;
	html change;
};

/* A draft as its pages need it: a revision and all its amendments, in the order of their numbers.
 */
struct draft_loaded {
	struct draft_one_row draft;
	struct draft_revision_one_row revision;
	struct draft_amendments_rows rows;
	struct draft_sponsors_rows sponsors;
	struct draft_stances_rows stances;
	struct text_doc doc;
	/* Those before the group against the newest revision; each knows its row. */
	struct text_amendment *list;
	const struct draft_amendments_row **row;
	size_t n;
	struct draft_stands_rows stand_rows;
	size_t stands_n; /* of list, behind the amendments: stances on the text that stand */
};

/* revision 0: the newest. ABSENT. Amendments are loaded with the newest only. */
enum rc draft_load(struct page *p, int64_t number, int64_t revision, struct draft_loaded *out,
    struct err *err) MUST_USE;
/* Paragraphs for programs, and amendments, as doc/format/text.md has it, with state and outcome. */
void draft_facts(struct page *p, const struct draft_loaded *d, bool amendments);
/* The seat of the viewer, or 0; its delegation. */
enum rc draft_viewer_seat(struct page *p, int64_t *seat, str *party, struct err *err) MUST_USE;
/* The section "Stances on the text" of a draft; draft_stance_pages.c. */
void draft_fill_stances(
    struct page *p, struct draft_page *v, const struct draft_loaded *d, int64_t seat);
/* "12", or its id when it has no number. */
str draft_par_name(const struct draft_loaded *d, str id);
/* What the delegation does: "supports it", of an amendment; "objects to these words", of text. */
str draft_stance_label(const struct page *p, str stance);
str draft_word_stance_label(const struct page *p, str stance);
/* For struct text_voice (text/rolling_html.h) with the page as its ctx. */
str draft_say(const void *page, const char *english);
/* A sentence of the text engine on an amendment, in the language of the reader. */
str draft_why(const struct page *p, str why);
str draft_status_label(const struct page *p, str status, str outcome);
url draft_url(const struct page *p, int64_t number);
url draft_amendment_url(const struct page *p, int64_t draft, int64_t number);
/* The form of a command about a draft, with the draft, and one more field unless NULL, filled in.
 */
url draft_do_url(
    const struct page *p, const char *command, int64_t draft, const char *field, str value);

enum rc draft_page_list(struct page *p, struct err *err);
enum rc draft_page_one(struct page *p, struct err *err);
enum rc draft_page_revision(struct page *p, struct err *err);
enum rc draft_page_amendment(struct page *p, struct err *err);

/* Forms (draft_form_pages.c, draft_preview_pages.c). */

/* Fills f->preview with the redline of a paragraph that should read so; nothing when it is the
 * same.
 */
void draft_preview(struct page *p, const struct draft_loaded *d, str id, str text, struct form *f);
enum rc draft_list_drafts(struct page *p, struct form_options *out, struct err *err);
enum rc draft_list_paragraphs(struct page *p, struct form_options *out, struct err *err);
enum rc draft_list_amendments(struct page *p, struct form_options *out, struct err *err);
enum rc draft_shape_words(struct page *p, struct form *f, struct err *err);
enum rc draft_shape_seat(struct page *p, struct form *f, struct err *err);
/* How the text would read with the amendments that the Chair has chosen so far. */
enum rc draft_shape_accept(struct page *p, struct form *f, struct err *err);
/* The draft that the form is about: as asked for or typed; the first one else. False: none. */
enum rc draft_of_form(
    struct page *p, struct draft_loaded *d, bool *found, struct err *err) MUST_USE;
struct text_lexer;
/* From one text to the other: the paragraphs that change. */
html draft_redline(
    struct page *p, struct text_lexer *l, const struct text_doc *x, const struct text_doc *y);

#endif
