/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * inverse: what undoes an adopted amendment: its words go, what it took out is back.
 *
 * Applied to the revision right after the adoption, the text reads, paragraph ids and all, as if
 * the amendment had not been in the set. What others of the set do as well is left standing.
 * Pure. Threads: any.
 */
#ifndef TEXT_INVERSE_H
#define TEXT_INVERSE_H

#include "text/merge.h"

/* The inverse of r->set[k], an amendment of r->doc; without operations when others did the same. */
struct text_amendment text_inverse(struct arena *a, const struct text_revision *r, size_t k);

#endif
