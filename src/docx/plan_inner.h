/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* plan_inner: what the parts of plan share; for plan.c and plan_par.c only. Threads: any. */
#ifndef DOCX_PLAN_INNER_H
#define DOCX_PLAN_INNER_H

#include "docx/plan.h"

/* Where paragraphs are being put: as they stand, or as one of the two places of a move. */
struct plan_place {
	bool moves;
	enum word_layer layer; /* WORD_MOVE_FROM, WORD_MOVE_TO */
	size_t class;          /* of the move */
	uint32_t move;
};

struct planning {
	struct arena *arena;
	struct plan *plan;
	size_t *first;       /* of each home + 1: its first class; one more at the end */
	size_t *moved_by;    /* of each paragraph: the class of the move, or SIZE_MAX */
	size_t *stands;      /* of each class: the class that excludes it, or SIZE_MAX */
	const char **why;    /* of each class */
	uint32_t *move_of;   /* of each class: its move */
	VEC(size_t) moves;   /* classes */
	VEC(size_t) waiting; /* alternatives that have no paragraph yet to stand in */
};

/* A run or mark at the place, with a change of the class's owners (or of `who`). */
struct word_state plan_state(struct planning *w, const struct plan_place *at);
void plan_layer(
    struct planning *w, struct word_state *s, enum word_layer layer, const size_t *who, size_t n);
/* A new paragraph of the stream; valid until the next. */
struct word_par *plan_open(struct planning *w, str id, enum text_kind kind, unsigned level);
/* Paragraph i with what happens inside it. */
void plan_paragraph(struct planning *w, size_t i, const struct plan_place *at);
/* Puts an alternative into brackets at the end of the open paragraph. */
void plan_alternative(struct planning *w, size_t class, const struct plan_place *at);
/* True when the class is shown at the place: not at the old place of what only its own owners move.
 */
bool plan_shows(const struct planning *w, size_t class, const struct plan_place *at);

#endif
