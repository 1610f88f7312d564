/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * world: a generated case played on the engine, and what properties ask of revisions.
 * Threads: one.
 */
#ifndef TEST_TEXT_WORLD_H
#define TEST_TEXT_WORLD_H

#include "prop.h"

/* Generates a case from w->chance into c, round by round, and plays it. w->a, lexer and tools are
 * set. False: nothing could be settled. */
bool world_generate(struct world *w, const struct gen_shape *s, struct gen_case *c);
/* Plays a case that is there. */
bool world_play(struct world *w, const struct gen_case *c);

/* Settles one amendment of a case; false when it cannot be. */
bool world_settle(struct world *w, const struct text_doc *d, const struct gen_amendment *m,
    struct text_amendment *out);

/* Merges (n may be 0); says why when that is refused. */
bool world_merge(struct world *w, const struct text_doc *d, const struct text_amendment *set,
    size_t n, struct text_revision *out, struct buf *why);

/*
 * True when two revisions are the same: ids, texts with what is gone, order. `what` names the two
 * in `why`. Of a paragraph that was cut off one that was cut off it counts where both come from in
 * the end: which cut was made first says nothing about the text. An alias must be found in both,
 * but it has no place of its own: when the paragraph that has it is split afterwards, it stays
 * with the left half, though what it named may be in the right one. Where a paragraph that is gone
 * stands among the others is left open, since a join may go over it; what was put behind it shows.
 */
bool world_same(
    const struct text_doc *x, const struct text_doc *y, const char *what, struct buf *why);
/* True when two amendments of the list call the same new paragraph differently, or different ones
 * the same: who is adopted first then has the name, and the names are nobody's to compare. */
bool world_names_differ(const struct text_amendment *list, size_t n);
/* Only what is read: ids and texts of the paragraphs that are not gone. */
bool world_reads_same(struct world *w, const struct text_doc *x, const struct text_doc *y,
    const char *what, struct buf *why);

/* The same list in another order. In the world's arena. */
struct text_amendment *world_shuffled(struct world *w, const struct text_amendment *list, size_t n);
bool world_has_live(const struct text_amendment *m);

/* A property must say why it is broken: SAY(why, "...") is false. */
#define SAY(why, ...) (buf_printf((why), __VA_ARGS__), false)

#endif
