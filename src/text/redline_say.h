/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * redline_say: what the renderings of a redline share; for them only.
 *
 * Pure. Threads: any.
 */
#ifndef TEXT_REDLINE_SAY_H
#define TEXT_REDLINE_SAY_H

#include "base/buf.h"
#include "text/redline.h"

/* For each place of the first version the number of paragraphs that are read before it. In arena.
 */
size_t *text_redline_ordinals(struct arena *a, const struct text_redline *r);
/*
 * What happened to a paragraph as a whole: an English sentence with {0} for the old paragraphs,
 * or NULL when its spans say all. Static.
 */
const char *text_redline_sentence(const struct text_red *p);
/* "3, 4": the old paragraphs by the numbers they show, or by counting from 1. In arena. */
str text_redline_olds(
    struct arena *a, const struct text_redline *r, const struct text_red *p, const size_t *ordinal);

#endif
