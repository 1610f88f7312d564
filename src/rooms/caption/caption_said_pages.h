/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * caption_said_pages: one utterance of a transcript, with all that was done to it.
 *
 * For caption_pages.c, which says what utterances a page shows. Threads: each request its own.
 * Everything is in the arena of the request. No errors.
 */
#ifndef ROOMS_CAPTION_CAPTION_SAID_PAGES_H
#define ROOMS_CAPTION_CAPTION_SAID_PAGES_H

#include "analysis_view.sql.h"
#include "caption_view.sql.h"
#include "rooms/caption/caption_pages.h"
#include "text/diff.h"

/* Utterances of one page: a longer transcript comes in stretches, each with an address. */
#define CAPTION_STRETCH INT64_C(500)

/* What the lines of a stretch are made of: of everything that is about utterances, the rows of this
 * stretch only. */
struct caption_work {
	struct page *p;
	struct text_lexer *lexer;
	struct caption_meeting_row meeting;
	struct caption_languages_rows languages;
	int64_t first, last; /* utterances of this page; last may be below first: there are none */
	struct caption_utterances_rows utterances;
	struct caption_versions_rows versions;
	struct caption_requests_rows requests;
	struct caption_items_rows items;
	struct caption_days_rows days;
	struct caption_sittings_rows sittings;
	struct analysis_said_rows passages;
	struct analysis_said_cited_rows cited;
	struct caption_page *out;
};

/* The utterance with its versions, requests, passages, and what the viewer may do with it. */
void caption_said(
    struct caption_work *w, const struct caption_utterances_row *u, struct caption_line *line);
/* Citation data in the words of CSL-JSON, for each utterance of the stretch. */
struct json *caption_citations(struct caption_work *w);
/* The title of an item; "" when there is none. */
str caption_item_title(const struct caption_work *w, int64_t item);
/* A link to the form of a command, if the viewer may; segment 0: of the meeting. */
void caption_add_deed(struct page *p, caption_deeds *deeds, const char *command, int64_t meeting,
    int64_t segment, str label);

#endif
