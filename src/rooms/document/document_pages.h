/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * document_pages: what the templates of the library show. In p->arena. Threads: each request its
 * own.
 */
#ifndef ROOMS_DOCUMENT_DOCUMENT_PAGES_H
#define ROOMS_DOCUMENT_DOCUMENT_PAGES_H

#include "engine/page.h"

struct document_line {
	url link;
	str symbol, title, kind, lang, language;
	str date, iso;
	bool revised; /* there is a newer text */
	url record;
};

/* The documents of one kind. */
struct document_shelf {
	str kind;
	VEC(struct document_line) lines;
};

struct document_filter {
	url link;
	str label;
	int64_t n;
	bool chosen;
};

struct document_library {
	VEC(struct document_filter) kinds; /* the first: all */
	VEC(struct document_shelf) shelves;
	bool of_meeting;
	int64_t meeting;
	url meeting_link;
	bool may_issue;
	url issue;
};

struct document_file_shown {
	url link;
	str name, type, size;
	str text; /* how what was read out of it begins; may be empty */
	bool cut; /* there is more of it in the file */
};

struct document_paragraph_shown {
	int64_t n;
	str id, text;
	url link; /* of itself */
};

struct document_page {
	str symbol, title, kind, lang, language;
	str date, iso;
	int64_t seq;
	url record;
	str hash;
	bool revised;
	url revised_by;
	str revised_by_symbol;
	bool is_elsewhere; /* another room has its text */
	bool is_report;
	bool is_draft;
	url elsewhere;
	bool has_meeting;
	url meeting;
	int64_t meeting_number;
	VEC(struct document_paragraph_shown) paragraphs;
	VEC(struct document_file_shown) files;
	VEC(struct document_line) chain; /* this one among them; more than one to be shown */
	bool may_follow;
	url follow; /* issue a revision, addendum or corrigendum */
};

#endif
