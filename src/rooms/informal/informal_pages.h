/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * informal_pages: what the templates of informal drafting show, and what pages of drafts and
 * readings ask.
 *
 * Threads: each request has its own page. Errors: BUSY, FAULT of the database.
 */
#ifndef ROOMS_INFORMAL_INFORMAL_PAGES_H
#define ROOMS_INFORMAL_INFORMAL_PAGES_H

#include "engine/form.h"
#include "engine/page.h"
#include "informal_view.sql.h"

struct informal_action {
	str label;
	url to;
};

struct informal_item {
	int64_t session;
	str what, title, state, state_label, editor, date, iso;
	url to, record;
};

struct informal_list_page {
	VEC(struct informal_item) open, past;
	VEC(struct informal_action) actions;
};

struct informal_turn {
	str name, date, iso;
	url record;
};

struct informal_page {
	int64_t session, draft, revision, amendment, meeting;
	str title, shown, lang, base, state, state_label, editor;
	str date, iso, ended, ended_iso, text, reason;
	bool open, edits; /* going on; the viewer is its editor */
	url all, to_draft, to_amendment, to_meeting, live, self, record, ended_record;
	VEC(struct informal_turn) turns;
	VEC(struct informal_action) actions;
	struct form form; /* the result: of the editor */
};

/* True if the viewer may open a paragraph: the Chair, the secretariat, a facilitator. */
enum rc informal_may_open(struct page *p, bool *may, struct err *err) MUST_USE;
/* The form that opens a paragraph of a draft. */
url informal_open_url(const struct page *p, int64_t draft, str paragraph);
url informal_url(const struct page *p, int64_t session);
/* The open sessions of a draft: `rows` is filled; 0: nobody drafts this paragraph. */
int64_t informal_find(const struct informal_open_in_rows *rows, str paragraph);

#endif
