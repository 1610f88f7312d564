/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * model: the text engine once more, slow and plain, to compare the real one with.
 *
 * A paragraph is a list of bytes, each an object that knows where it came from and whether it is
 * gone. Relations are found by trying every byte and every gap of the table of TEXT-ENGINE.md, 2,
 * with the additions that text/relate.h states; a merge moves, inserts, joins, splits and marks
 * one paragraph after the other. Nothing here is shared with the engine but the headers.
 * Threads: one.
 */
#ifndef TEST_TEXT_MODEL_H
#define TEST_TEXT_MODEL_H

#include "base/buf.h"
#include "base/vec.h"
#include "text/merge.h"
#include "text/relate.h"

/* One byte of a paragraph; par TEXT_START: it is new. Or, while a merge goes on, a cut: here the
 * paragraph with that id begins; or an alias: here a paragraph began that has been joined. */
struct model_byte {
	char c;
	bool gone;
	size_t par, at; /* in the revision before */
	str cut, cut_from, alias;
};

struct model_par {
	str id;
	size_t old; /* place in the revision before, or TEXT_START */
	VEC(struct model_byte) bytes;
	VEC(str) aliases;
	str split_from;
	bool is_gone;
};

struct model_doc {
	VEC(struct model_par *) par;
};

/* How two operations stand to each other. */
enum text_relation model_relate(
    const struct text_doc *d, const struct text_op *x, const struct text_op *y);
/* True when two amendments can both be adopted. */
bool model_fits(
    const struct text_doc *d, const struct text_amendment *x, const struct text_amendment *y);
/* True when they cannot, not even as alternatives one behind the other. */
bool model_conflicts(
    const struct text_doc *d, const struct text_amendment *x, const struct text_amendment *y);
/* True when all live operations of the one are among those of the other, and the reverse. */
bool model_same(const struct text_amendment *x, const struct text_amendment *y);

/* Adopts a set of which all pairs fit. In arena. */
struct model_doc model_merge(
    struct arena *a, const struct text_doc *d, const struct text_amendment *set, size_t n);
/*
 * True when the engine's revision is the model's: ids, order, what is read, and where every byte
 * of the old revision is, gone or not; its traces, too. Where paragraphs that are gone stand among
 * the others is left open: a join may go over them. Otherwise says why not.
 */
bool model_agrees(const struct model_doc *m, const struct text_revision *r, struct buf *why);

#endif
