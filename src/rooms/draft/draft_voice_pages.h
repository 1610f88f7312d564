/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * draft_voice_pages: the text of a draft as HTML, with what a reader can do at each paragraph.
 *
 * Threads: each request has its own page.
 */
#ifndef ROOMS_DRAFT_DRAFT_VOICE_PAGES_H
#define ROOMS_DRAFT_DRAFT_VOICE_PAGES_H

#include "rooms/comment/comment_pages.h"
#include "rooms/draft/draft_narrow_pages.h"
#include "rooms/informal/informal_pages.h"

/* Who reads a revision, and what of it. */
struct draft_reader {
	struct page *page;
	struct draft_loaded *draft; /* draft_choose has been at it */
	bool is_newest;             /* else: nothing can be done, everything is shown */
	bool may_file;
	const struct reading_standing *standing;
	const struct comment_marks *comments;
	struct draft_narrow narrow;        /* of the newest */
	struct informal_open_in_rows live; /* paragraphs that somebody drafts now */
	bool may_open;                     /* a paragraph for live drafting */
};

/* view: "clean", or another one (draft_choose): with brackets. */
html draft_text_html(struct draft_reader *r, str view);
/* False where the reader narrowed the text to other paragraphs. */
bool draft_is_shown(const struct draft_reader *r, const struct text_par *par);

#endif
