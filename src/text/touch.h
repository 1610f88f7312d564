/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * touch: the live operations of many amendments, the same ones once, found by where they bear.
 *
 * An operation lays claims: to a stretch of a paragraph's text, to a paragraph as a whole, to the
 * gap behind a paragraph. Two that have no claim in common are apart (text/relate.h).
 * Pure. Threads: any.
 */
#ifndef TEXT_TOUCH_H
#define TEXT_TOUCH_H

#include "text/op.h"

/* An operation, and the amendments (places in their list) that have it. */
struct text_class {
	const struct text_op *op; /* of the first of them; borrowed */
	size_t *owner;
	size_t owners_n;
};

struct text_claim;

struct text_touch {
	struct text_class *list; /* by text_op_order */
	size_t n;
	struct text_claim *claim;
	size_t claims_n;
	size_t **of; /* per amendment: its classes, in order */
	size_t *of_n;
};

/* In arena; borrows the operations. Operations that are not live are left out. */
struct text_touch text_touch_index(struct arena *a, const struct text_amendment *list, size_t n);

/* Calls met(ctx, k) for each class k with a claim that meets one of op's; k may come twice. */
void text_touch_find(const struct text_touch *t, const struct text_op *op,
    void (*met)(void *ctx, size_t k), void *ctx);

#endif
