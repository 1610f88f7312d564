/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * captions_plan: when in a meeting each utterance of its transcript was spoken, by who had the
 * floor. Most transcripts have no times, or those of a recording with its pauses cut out; their
 * order is right, and so are the names.
 *
 * Pure. Threads: any. No errors.
 */
#ifndef MAIN_CAPTIONS_PLAN_H
#define MAIN_CAPTIONS_PLAN_H

#include "base/arena.h"
#include "base/when.h"

/* While the same one had the floor, or nobody; in the order of the meeting, without gaps. */
struct plan_stretch {
	usec from, till;
	int64_t who;     /* has the floor, from 1; 0: nobody */
	int64_t sitting; /* 0: none that was scheduled */
	bool kept;       /* words that are spoken now are kept */
	bool chair;      /* the Chair puts something to the group */
};

struct plan_words {
	int64_t who;     /* says them; 0: somebody who is never given the floor, as the Chair */
	bool note;       /* "(applause)": nobody says it */
	bool chair;      /* the Chair says them */
	int64_t sitting; /* in which they were spoken; 0: not told */
	usec before;     /* they were written down by then */
	int64_t chars, count; /* of words */
	usec from, till;      /* set: when they are spoken */
};

/*
 * Keeps the order. False when there is no stretch in which some of them could have been spoken:
 * nothing is set then.
 */
bool captions_plan(struct arena *a, const struct plan_stretch *stretches, size_t n,
    struct plan_words *words, size_t m) MUST_USE;

/*
 * Words are sent in pieces, as they are spoken: into how many they are cut, and when the piece i
 * (from 0) comes. A piece comes `step` after the one before, or later; words that would lie so far
 * apart that a line is settled between them (`settled`) come at once.
 */
int64_t captions_pieces(const struct plan_words *w, usec step, usec settled);
usec captions_piece_at(const struct plan_words *w, int64_t pieces, int64_t i);

#endif
