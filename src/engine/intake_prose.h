/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * intake_prose: paragraphs under construction while a document streams by; in the child.
 *
 * Text boxes and notes stand inside paragraphs, so paragraphs nest. Elements carry a frame
 * each, which says whether what they hold is dropped (deleted text, a repeated fallback).
 *
 * Threads: one at a time. Pure. Errors: none; sizes are bounded by the package.
 */
#ifndef ENGINE_INTAKE_PROSE_H
#define ENGINE_INTAKE_PROSE_H

#include "engine/intake_xml.h"

#define PROSE_NEST 8

struct prose_frame {
	int act;      /* what the element means to the reader of its kind of document */
	bool dropped; /* nothing below is text; inherited */
};

struct prose {
	struct arena *arena; /* borrowed */
	struct buf *reply;   /* borrowed */
	struct prose_frame frame[XML_DEPTH_MAX + 1];
	int depth; /* frame[depth] is the innermost open element; frame[0] is the document */
	struct {
		struct buf text;
		int level;
		bool merged; /* its end is deleted: the next paragraph goes on with it */
		bool fresh;  /* only its label stands there: white space is not wanted yet */
	} open[PROSE_NEST];
	int nested; /* paragraphs open; those beyond PROSE_NEST write into the innermost */
};

void prose_init(struct prose *w, struct arena *a, struct buf *reply);

/* A frame for a new element, dropped if its parent is. Borrowed until it ends. */
struct prose_frame *prose_push(struct prose *w, int act);
/* The element's frame as it ends. */
struct prose_frame prose_pop(struct prose *w);
/* The frame `up` elements above the innermost; the document's when there are fewer. */
struct prose_frame *prose_above(struct prose *w, int up);

/* Opens a paragraph; level as in struct intake_paragraph. */
void prose_begin(struct prose *w, int level);
/* Ends the innermost paragraph: written, or kept for the next one when its end is deleted. */
void prose_end(struct prose *w);
/* Writes what was kept for a next paragraph that never came. */
void prose_flush(struct prose *w);
/* Text of the innermost paragraph. Outside of one, and where it is dropped, nothing. */
void prose_put(struct prose *w, str s);
/* The number of a note before its first text. */
void prose_label(struct prose *w, size_t number);
/* As prose_put, with runs of white space as one space, and none at the beginning or after one
 * (ODF). */
void prose_put_collapsed(struct prose *w, str s);
void prose_level(struct prose *w, int level);
void prose_merge(struct prose *w);

#endif
