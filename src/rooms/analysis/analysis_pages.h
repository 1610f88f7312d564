/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * analysis_pages: themes, passages, syntheses and uses as their templates see them.
 *
 * Threads: each request its own. Everything is in the arena of the request.
 */
#ifndef ROOMS_ANALYSIS_ANALYSIS_PAGES_H
#define ROOMS_ANALYSIS_ANALYSIS_PAGES_H

#include "analysis_view.sql.h"
#include "engine/page.h"
#include "engine/room.h"

struct analysis_deed {
	url to;
	str label;
};
typedef VEC(struct analysis_deed) analysis_deeds;

struct analysis_choice {
	str value, label;
	bool chosen;
};

/* A contribution by its number and author. */
struct analysis_source {
	int64_t number;
	str author, organisation, category;
	url to;
	int64_t passages; /* that are marked in it */
};

/* So many of so many that are public. */
struct analysis_share {
	str category;
	int64_t n, of;
};

struct analysis_theme_line {
	int64_t number;
	str title, text;
	int64_t passages, contributions, statements;
	url to, rename, record;
	VEC(struct analysis_share) shares;
};

struct analysis_synthesis_line {
	int64_t number;
	str title, lang, call;
	bool issued;
	str date, iso;
	int64_t statements, misreadings;
	url to, record;
};

struct analysis_index_page {
	int64_t published, closed; /* contributions */
	int64_t passages, marked;  /* passages, and contributions they come from */
	VEC(struct analysis_theme_line) themes;
	VEC(struct analysis_synthesis_line) syntheses;
	VEC(struct analysis_source) unmarked;
	analysis_deeds deeds;
	bool may_rename;
	url all;
};

struct analysis_statement_link {
	int64_t number;
	url to;
};

struct analysis_passage_line {
	int64_t number;
	int64_t theme;
	str theme_title;
	bool named;
	str author, organisation, category, lang, words;
	int64_t contribution, paragraph;
	int64_t meeting, segment; /* of a transcript; otherwise 0 */
	url to, record, sort;
	VEC(struct analysis_statement_link) statements;
};

struct analysis_passage_theme {
	int64_t theme;
	str title;
	VEC(struct analysis_passage_line) passages;
};

/* The passages that answer one question, by theme. */
struct analysis_question {
	int64_t call, question;
	str asked;
	VEC(struct analysis_passage_theme) themes;
};

struct analysis_passages_page {
	url here, index;
	VEC(struct analysis_choice) themes, questions;
	VEC(struct analysis_question) groups;
	int64_t shown;
	bool may_sort;
};

/* --- the synthesis --- */

/* Contributions of one kind: what they say to a statement. */
struct synthesis_count {
	str category;
	int64_t so, otherwise, unknown, of;
};

struct synthesis_citation {
	int64_t passage, contribution, question, paragraph;
	int64_t meeting, segment; /* of a transcript; otherwise 0 */
	str author, organisation, category, lang, words;
	bool cut;
	url to, record, uncite;
};

/* Seats of one constituency that spoke to a statement at a meeting. */
struct synthesis_said {
	str constituency;
	int64_t so, otherwise;
};

struct synthesis_version {
	int64_t version;
	str text, date, iso;
	url record;
};

struct synthesis_misreading {
	int64_t number, contribution, version;
	int64_t meeting, segment; /* of what was said; meeting 0: of a contribution */
	str author, text, lang, date, iso;
	bool on_behalf;
	bool answered, corrected;
	str answer, answer_date, answer_iso;
	url contribution_to, record, answer_record, reply;
};

struct synthesis_taken_out {
	int64_t passage;
	str reason, date, iso;
	url record;
};

struct synthesis_statement {
	int64_t number;
	str id, text, theme, lang;
	url link, themed, record;
	bool has_theme, struck;
	str struck_reason;
	url struck_record;
	int64_t version;
	str reason, date, iso; /* of the version */
	url version_record;
	int64_t so_n, otherwise_n, unknown_n, of; /* contributions */
	VEC(struct synthesis_count) counts;
	VEC(struct synthesis_said) said;
	VEC(struct synthesis_citation) so, otherwise;
	int64_t so_unnamed, otherwise_unnamed; /* passages that may only be used with others */
	VEC(struct synthesis_version) earlier;
	VEC(struct synthesis_taken_out) taken_out;
	VEC(struct synthesis_misreading) misreadings;
	analysis_deeds deeds;
};

struct synthesis_question {
	int64_t question; /* 0: none */
	str asked;
	VEC(struct synthesis_statement) statements;
};

struct synthesis_page {
	int64_t number;
	str title, lang, call_title;
	url call, index, uses, record;
	bool issued;
	str date, iso;
	url issued_record;
	int64_t statements, published, closed, cited;
	VEC(struct synthesis_question) questions;
	VEC(struct synthesis_statement) struck;
	VEC(struct analysis_source) uncited;
	analysis_deeds deeds;
};

/* --- where words were used --- */

/* Words of a contribution in a statement. */
struct synthesis_used {
	int64_t statement;
	str says, says_lang;
	bool otherwise;
	str words;
	url statement_to, passage_to, misread;
};

struct synthesis_use {
	int64_t contribution;
	str author, organisation, lang;
	url to;
	bool own;
	bool told;
	str way, date, iso;
	url record, notify;
	str email; /* for the secretariat */
	url letter;
	VEC(struct synthesis_used) words;
};

/* A statement that rests on a passage of what was said. */
struct synthesis_resting {
	int64_t statement;
	str says, says_lang;
	bool otherwise, struck;
	bool restated; /* since it was first stated: when, and in which entry */
	str date, iso;
	url to, record, misread;
};

/* A passage of what was said at a meeting. */
struct synthesis_spoken {
	int64_t passage, meeting, segment;
	str title, speaker, lang, theme, words;
	url to, record;
	VEC(struct synthesis_resting) statements;
};

struct synthesis_uses_page {
	int64_t number;
	str title;
	url synthesis;
	bool issued;
	bool signed_in, office, may_notify;
	VEC(struct synthesis_use) own, all;
	VEC(struct synthesis_spoken) said; /* by the viewer */
};

/* In the language of the reader. */
str analysis_category_label(const struct page *p, str category);
url analysis_passage_url(const struct page *p, int64_t contribution, int64_t passage);
/* Of an utterance (contribution 0): on the page of the transcript. */
url analysis_said_url(const struct page *p, int64_t meeting, int64_t passage);
url analysis_statement_url(const struct page *p, int64_t synthesis, int64_t statement);
/* The viewer as the statements want it: empty for everyone who is nobody in this group. */
str analysis_viewer(const struct page *p);
bool analysis_sees_all(const struct page *p);
/* The text of the question of a call; empty for 0. */
str analysis_asked(const struct analysis_questions_rows *questions, int64_t call, int64_t question);
void analysis_deed_add(struct page *p, analysis_deeds *deeds, const char *command,
    const char *field, int64_t value, const char *label);

enum rc synthesis_one_page(struct page *p, struct err *err);
enum rc synthesis_uses_page(struct page *p, struct err *err);
/* Sources of options, and forms that know what they are about (analysis_form_pages.c). */
#define ANALYSIS_OPTIONS 5
#define ANALYSIS_SHAPES  6
extern const struct option_source analysis_options[ANALYSIS_OPTIONS];
extern const struct form_shape analysis_shapes[ANALYSIS_SHAPES];

#endif
