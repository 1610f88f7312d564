/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * canon: edits of one paragraph in their one form.
 *
 * An edit is decided by the paragraph before and after it, cut into words: what both end with is
 * cut off, then what both begin with. So it is as small as whole words allow, a pure insertion or
 * deletion stands at the leftmost place with the same result, and two edits with the same result
 * are the same edit. Edits of one amendment that come to touch become one.
 * Pure. Threads: one at a time for a lexer.
 */
#ifndef TEXT_CANON_H
#define TEXT_CANON_H

#include "base/vec.h"
#include "text/token.h"

/* Bytes [from, to) of the text that is read give way to text. */
struct text_edit {
	size_t from, to;
	str text;
};

struct text_edits {
	VEC(struct text_edit) list; /* by place; canonical ones neither overlap nor touch */
};

/* In order of place; those at the same place as they were put. */
void text_edits_sort(struct text_edits *e);
/*
 * Edits of read, sorted and not overlapping, in their one form; those that change nothing are
 * left out. New text becomes NFC. In arena.
 */
struct text_edits text_canon(
    struct arena *a, struct text_lexer *l, str read, const struct text_edits *raw);
/* text as NFC. In arena, or borrowed when it is. */
str text_nfc(struct arena *a, str text);

#endif
