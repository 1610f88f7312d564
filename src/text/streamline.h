/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * streamline: a facilitator's amendment in the place of those that it brings together.
 *
 * The sources leave the list, the facilitator's amendment comes in the place of the first of
 * them, with all their sponsors, and a table of provenance says of every operation of every
 * source what became of it: taken whole, taken in part, not taken, with the words. So nothing
 * disappears: what was left out stands in the table, and on request stays in the list as an
 * amendment of its author. A source of which nothing was taken stays as it is, and nobody is made
 * a sponsor by it.
 * Words are taken whole when they stand in the new text together and what they replace is gone;
 * a few words in common by chance, fewer than a quarter, are not called taken.
 * Pure. Threads: any (a lexer serves one at a time).
 */
#ifndef TEXT_STREAMLINE_H
#define TEXT_STREAMLINE_H

#include "base/json.h"
#include "text/op.h"
#include "text/token.h"

enum text_taken { TEXT_TAKEN, TEXT_TAKEN_IN_PART, TEXT_NOT_TAKEN };

/* What became of one operation of a source. */
struct text_provenance {
	size_t source; /* place in the old list */
	size_t op;     /* place in its ops */
	enum text_taken taken;
	str where;    /* the id of the paragraph that it bears on; empty: before the first */
	str asks;     /* what it asks for, with its words: an English sentence */
	str kept;     /* of its new words, those that the facilitator's text holds */
	str left_out; /* those that it does not hold */
	size_t *by;   /* places of the operations of the facilitator's amendment that take it up */
	size_t by_n;
};

struct text_streamlined {
	struct text_amendment *list; /* the new list */
	size_t n;
	size_t merged; /* place of the facilitator's amendment in it */
	struct text_provenance *row;
	size_t rows_n; /* by source, then op */
};

/*
 * list[source[0..sources_n)] give way to merged, which is of the same revision. keep_rest: the
 * operations that were not taken whole stay in the list under the id and sponsors of their
 * author, behind the merged amendment. INVALID: no source, one that is not in the list or named
 * twice, or the id of merged is that of an amendment that stays. In arena; borrows all.
 */
enum rc text_streamline(struct arena *a, struct text_lexer *l, const struct text_doc *d,
    const struct text_amendment *list, size_t n, const size_t *source, size_t sources_n,
    const struct text_amendment *merged, bool keep_rest, struct text_streamlined *out,
    struct err *err) MUST_USE;

/* "taken whole", "taken in part", "not taken". Static. */
str text_taken_name(enum text_taken t);
/* The table: [{"source","op","par","asks","taken","kept","left_out","by":[..]}]. In arena. */
struct json *text_provenance_json(struct arena *a, const struct text_streamlined *s,
    const struct text_amendment *list, const struct text_doc *d);
/* The same for people: one block a source, one line an operation. In arena. */
str text_provenance_text(struct arena *a, const struct text_streamlined *s,
    const struct text_amendment *list, const struct text_doc *d);

#endif
