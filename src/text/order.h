/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * order: order keys of paragraphs (fractional index): a key between any two, so that a paragraph
 * that comes in or moves changes no other's. Pure. Threads: any.
 */
#ifndef TEXT_ORDER_H
#define TEXT_ORDER_H

#include "text/doc.h"

/*
 * A key strictly between lo and hi, bytewise; lo empty: before everything, hi empty: after
 * everything. Keys are letters and digits and never end in '0'. In arena.
 */
str text_order_between(struct arena *a, str lo, str hi);
/*
 * Gives a key to every paragraph that has none or whose key does not go up, the others keep
 * theirs.
 */
void text_order_fill(struct arena *a, struct text_doc *d);

#endif
