/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * amend_ops: an amendment while its operations are being settled; for text/amend.c only.
 * Pure. Threads: any.
 */
#ifndef TEXT_AMEND_OPS_H
#define TEXT_AMEND_OPS_H

#include "text/amend.h"
#include "text/canon.h"
#include "text/diff.h"
#include "text/relate.h"

/* An edit of the text that is read, as it was written. */
struct text_raw {
	size_t par;
	size_t wish; /* its number, or SIZE_MAX: from a reading */
	struct text_edit edit;
};

struct text_drafting {
	struct arena *arena;
	struct text_lexer *lexer;
	const struct text_doc *doc;
	const struct text_amendment *out; /* its id is named in errors */
	size_t wish;                      /* the one being read, or SIZE_MAX */
	VEC(struct text_raw) raw;
	VEC(struct text_op) ops;
};

/* The paragraph with this id. INVALID: there is none, or it is gone and may not be. */
enum rc text_drafting_par(struct text_drafting *w, const char *field, str id, bool gone_too,
    size_t *out, struct err *err) MUST_USE;
/* INVALID; {0} of the message is the amendment and the operation, {1} is arg. */
enum rc text_drafting_refuse(
    struct text_drafting *w, const char *field, const char *msg, str arg, struct err *err) MUST_USE;
/* `want`, or with something behind it when a paragraph has this id already. In arena. */
str text_new_id(struct text_drafting *w, str want);

/* Each adds an operation to w->ops, or adds to one. */
enum rc text_drafting_insert(
    struct text_drafting *w, const struct text_wish *wish, struct err *err) MUST_USE;
enum rc text_drafting_delete(
    struct text_drafting *w, const struct text_wish *wish, struct err *err) MUST_USE;
/* must_move: a paragraph that stands there already is an error. */
enum rc text_drafting_move(struct text_drafting *w, const struct text_wish *wish, bool must_move,
    struct err *err) MUST_USE;
enum rc text_drafting_join(
    struct text_drafting *w, const struct text_wish *wish, struct err *err) MUST_USE;

#endif
