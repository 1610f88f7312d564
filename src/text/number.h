/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * number: the numbers that paragraphs are shown with.
 *
 * Anew: paragraphs 1, 2, 3 through the whole text; sub-paragraphs (a), (i), a, i by level under
 * their paragraph, (z) followed by (aa), (bb); footnotes 1, 2, 3 apart; headings none, or I, A, 1
 * by level. Kept, as while a text is negotiated: who has a number keeps it, also when a neighbour
 * went; a new one takes the number before it with bis, ter, quater, quinquies and so on, "1 ante"
 * before the first. An alternative to 5 is "5 alt", then "5 alt 2".
 * (UN Editorial Manual, numbering of paragraphs and headings; the Latin is that of the drafting
 * of treaties.) Pure. Threads: any.
 */
#ifndef TEXT_NUMBER_H
#define TEXT_NUMBER_H

#include "text/op.h"

enum text_headings { TEXT_HEADINGS_PLAIN, TEXT_HEADINGS_ROMAN };

/* Anew: d->n numbers, empty for the gone and the unnumbered. In arena. */
str *text_number_anew(struct arena *a, const struct text_doc *d, enum text_headings headings);

/*
 * d->n numbers: those that the paragraphs have, and one for each that has none. Kinds (and, of
 * sub-paragraphs and headings, levels) of which nobody has a number stay without; a revision
 * without any number is numbered anew. In arena; borrows those that are kept.
 */
str *text_number_kept(struct arena *a, const struct text_doc *d);

/*
 * d->n numbers, as a revision is shown that nobody has changed: as text_number_kept, but a
 * paragraph without a number has none where others of its kind and level have one (a preamble
 * before the numbered paragraphs). In arena; borrows those that the paragraphs have.
 */
str *text_number_shown(struct arena *a, const struct text_doc *d);

/*
 * The numbers of n new paragraphs proposed behind the place `after` (or TEXT_START), given the
 * numbers of the revision. kind and level are those of each. In arena.
 */
str *text_number_new(struct arena *a, const struct text_doc *d, const str *numbers, size_t after,
    const struct text_new *news, size_t n);

/* "5 alt", "5 alt 2" for the first and second alternative (nth from 0) to number; in arena. */
str text_number_alt(struct arena *a, str number, size_t nth);
/* "bis", "ter", ... for nth = 2, 3, ...; in arena. */
str text_number_latin(struct arena *a, size_t nth);
/* As it stands before a text: "5.", "(a)", "5 bis.", empty for none. In arena. */
str text_number_point(struct arena *a, str number);

#endif
