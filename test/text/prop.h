/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * prop: runs a property over many generated cases; what fails is made small and printed.
 *
 *     # P2 rebase = merge: seed 4711 (PROP_SEED=4711 runs it alone)
 *     #   p1: "a b a"
 *     #   a1: replace p1 [0,1) "b";
 *     # why: ...
 *
 * Cases run in a process of their own, so that a crash in the engine is made small like any other
 * failure. PROP_TIMES=10 in the environment runs ten times as many. Threads: one.
 */
#ifndef TEST_TEXT_PROP_H
#define TEST_TEXT_PROP_H

#include "gen.h"
#include "text/rebase.h"

/* A case as the engine sees it. */
struct world {
	struct arena *a;
	struct text_lexer *lexer;
	struct gen_tools *tools;
	const struct gen_case *c;
	struct text_doc start;
	struct text_revision before; /* of the first of two rounds */
	const struct text_doc *d;    /* what the list is about */
	struct text_amendment
	    *list; /* those that could be settled; what was left of round one, too */
	size_t n;
	struct text_amendment *fit; /* of these, some that can all be adopted together */
	size_t *fit_at;             /* their places in the list */
	size_t fit_n;
	bool two_rounds;
	size_t halt; /* generating: stop once so many rounds are written, before they are played */
	struct t_rand chance; /* for choices of the property */
	/* What the property counts: cases (or pairs) in which there was something to prove. */
	size_t useful;
};

/* True: it holds. Otherwise says why not. */
typedef bool (*prop_fn)(struct world *w, struct buf *why);

struct prop {
	const char *name;
	prop_fn holds;
	struct gen_shape shape;
	uint64_t seed;
	size_t cases;
	size_t
	    useful; /* of a hundred cases, at least; a property without anything to prove fails */
};

void prop_run(const struct prop *p);

/* The shapes in which a property is run: words of one paragraph, and paragraphs as well, of tiny
 * alphabets; prose; six scripts. */
#define PROP_SHAPES 4
/* Runs it in all of them, so many cases each (none: not in that shape), each with a seed of its
 * own made from this one. */
void prop_run_all(
    const char *name, prop_fn holds, uint64_t seed, const size_t cases[PROP_SHAPES], size_t useful);

#endif
