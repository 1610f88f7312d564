/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * trace: where a position of the old revision is in the new one. Pure. Threads: any.
 */
#ifndef TEXT_TRACE_H
#define TEXT_TRACE_H

#include "text/merge.h"

struct text_spot {
	size_t par, at;
};

/* Where the byte at `at` is; it must be there. */
struct text_spot text_trace_byte(const struct text_trace *t, size_t at);
/* Where a gap is: behind the byte before it, or the beginning of the paragraph. */
struct text_spot text_trace_gap(const struct text_trace *t, size_t at);
/*
 * Where an insertion goes: as text_trace_gap, but where the paragraph has been split, to the
 * beginning of the second half, as in a merge of both.
 */
struct text_spot text_trace_insertion(const struct text_trace *t, size_t at);

#endif
