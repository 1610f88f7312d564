/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * derive_units: the stream cut into base paragraphs, each with what a set of changes makes of it;
 * for derive.c only. Threads: any.
 */
#ifndef DOCX_DERIVE_UNITS_H
#define DOCX_DERIVE_UNITS_H

#include "base/buf.h"
#include "docx/derive.h"

/* Bytes [from, to) of the base paragraph give way to text. */
struct unit_edit {
	size_t from, to;
	struct buf text;
};

/* From one mark that is there to the next. */
struct unit_piece {
	size_t from, to; /* the base text in it */
	VEC(struct unit_edit) edits;
	struct buf reads;
	bool has_base;  /* base text, kept or not */
	bool has_shown; /* words that are there */
	size_t first;   /* of the stream */
};

struct unit {
	size_t k; /* the base paragraph */
	VEC(struct unit_piece) pieces;
	bool mark_there; /* its own mark */
	bool ends;       /* it cannot be joined with what follows */
	bool is_goal;    /* where it was moved to */
	uint32_t move;
	bool is_away;  /* where it was moved away */
	size_t own;    /* the piece that is the paragraph itself */
	size_t lead;   /* pieces before it that are still to be said */
	size_t halves; /* the last piece with base text */
};

struct units {
	VEC(struct unit) list;
};

/* fine: moves are seen as such. In arena. */
struct units units_of(struct arena *a, const struct word_stream *s, const struct base *b,
    const struct word_set *set, bool fine);

#endif
