/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * streamline_inner: what became of one operation of a source.
 */
#ifndef TEXT_STREAMLINE_INNER_H
#define TEXT_STREAMLINE_INNER_H

#include "text/streamline.h"

struct text_judge {
	struct arena *arena;
	struct text_lexer *lexer;
	const struct text_doc *doc;
	const struct text_amendment *merged;
};

/* Fills taken, kept, left_out and by. In arena. */
void text_judge_op(struct text_judge *j, const struct text_op *op, struct text_provenance *row);
/* "replace “shall” by “should”", an English phrase. In arena. */
str text_op_asks(struct arena *a, const struct text_doc *d, const struct text_op *op);
/* The id of the paragraph that the operation bears on, or stands behind; empty: none. */
str text_op_where(const struct text_doc *d, const struct text_op *op);

#endif
