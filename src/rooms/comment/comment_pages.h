/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * comment_pages: the commenting table of a draft as its template shows it, and what the page of the
 * draft shows of it. Threads: each request has its own page.
 */
#ifndef ROOMS_COMMENT_COMMENT_PAGES_H
#define ROOMS_COMMENT_COMMENT_PAGES_H

#include "base/map.h"
#include "comment_view.sql.h"
#include "engine/filter.h"
#include "engine/page.h"

struct markup;

struct comment_link {
	str label;
	url to;
};

struct comment_line {
	str id; /* of the row: comment-7 */
	int64_t number;
	str party;
	bool unknown; /* a member code that no delegation of the group has */
	str line, clause, place;
	url to_par; /* empty: the whole text, or not placed */
	bool placed, unplaced;
	str kind, text, change, date;
	str state, disposition, observation, disposed;
	url record, disposed_record;
	VEC(struct comment_link) actions;
};

struct comment_page {
	str title, lang;
	url to_draft, file;
	int64_t shown, open, unplaced;
	VEC(struct comment_line) lines;
	struct filter filter;
	VEC(struct comment_link) actions;
};

enum rc comment_page_table(struct page *p, struct err *err);
enum rc comment_page_file(struct page *p, struct err *err);

/* For the page of a draft: how many comments each paragraph has, and the way to them. */
struct comment_marks {
	struct page *page;
	int64_t total;
	struct map n_of; /* by the id of the paragraph: int64_t * */
	url all;
};
/* Also states them as the fact "comments". */
enum rc comment_load_marks(
    struct page *p, int64_t draft, struct comment_marks *out, struct err *err) MUST_USE;
/* "Comments (3)", a link, if the paragraph has any. */
void comment_put_mark(struct markup *m, const struct comment_marks *c, str paragraph);

#endif
