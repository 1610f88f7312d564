/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * wish: an operation as the wishes that make it again, and wishes as attributes of an element in
 * the part of the file that is ours (customXml/item1.xml). Pure. Threads: any.
 */
#ifndef DOCX_WISH_H
#define DOCX_WISH_H

#include "base/buf.h"
#include "base/vec.h"
#include "text/amend.h"

struct docx_wishes {
	VEC(struct text_wish) list;
};

/* One wish an operation, but one a paragraph of TEXT_INSERT_PARS; exact. In arena; borrows. */
void docx_wishes_of(struct arena *a, struct text_lexer *l, const struct text_doc *d,
    const struct text_op *op, struct docx_wishes *out);

/* Attributes of an element. */
void docx_wish_put(struct buf *b, const struct text_wish *w);
/* One of them read back; attributes that are not known are passed over. False: not sound. */
bool docx_wish_take(struct text_wish *w, str name, str value);

#endif
