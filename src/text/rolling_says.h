/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * rolling_says: what a bracket says of parties: who proposes, supports, retains, deletes, reserves.
 *
 * Shared by the renderings of the rolling text. A stance stands where its object does: who would
 * retain the text of the revision, or delete it, in the bracket of that text; who supports or
 * reserves or objects, in the bracket of the proposal; who wants no new words where there were
 * none, "no text" beside them. Pure. Threads: any.
 */
#ifndef TEXT_ROLLING_SAYS_H
#define TEXT_ROLLING_SAYS_H

#include "text/rolling.h"

struct roll_name {
	str name;
	size_t who; /* the amendment through which it is there */
};

/* "retain: Chad, Japan". */
struct roll_item {
	const char *label; /* English, with {0} for the names; static */
	struct roll_name *name;
	size_t n;
	bool is_sponsors; /* of the proposal, or of the deletion */
};

struct roll_tail {
	struct roll_item item[8];
	size_t n;
};

struct roll_cast {
	struct arena *arena;
	const struct text_rolling *r;
	str *number;      /* of the paragraphs of the revision */
	struct map names; /* of parties: uint32_t *, the last round in which it was said */
	uint32_t round;
};

struct roll_cast roll_cast_of(struct arena *a, const struct text_rolling *r);

/* Behind an alternative to words of the revision. */
struct roll_tail roll_tail_instead(struct roll_cast *c, const struct text_backers *by);
/* Behind words or paragraphs where there were none. */
struct roll_tail roll_tail_new(struct roll_cast *c, const struct text_backers *by);
/* Behind a move, a split, a join. */
struct roll_tail roll_tail_change(struct roll_cast *c, const struct text_backers *by);
/* Behind the words of the revision in a bracket. */
struct roll_tail roll_tail_base(struct roll_cast *c, const struct text_node *span);
/* Behind a paragraph that some would delete. */
struct roll_tail roll_tail_deleted(struct roll_cast *c, const struct text_backers *by);

/* The name by which an amendment goes: its party, or its id. */
str roll_party(const struct text_amendment *m);

/* How the program speaks of a paragraph: "5", "5 (a)", or its first words in quotation marks. */
str roll_reference(struct roll_cast *c, size_t par);

/* True when the nodes show some words (or a split). */
bool roll_shows(const struct text_nodes *n);
/*
 * True when a bracket shows a branch of the revision: it has words there, or some would delete
 * what has gone already and must be named.
 */
bool roll_has_base(const struct text_node *span);
/*
 * The bracket that is the whole paragraph but for a sign at its end (*end, may be empty), when
 * there is another version of it; else NULL. Such versions are shown one below the other, the
 * sign with each of them.
 */
const struct text_node *roll_whole(const struct text_nodes *n, str *end);
/* White space at both ends, and what is between: all of it when there is nothing else. */
void roll_trim(str s, str *lead, str *core, str *trail);

/* Sentences: English, {0} {1} {2} for paragraphs. */
const char *roll_say_join(const struct text_joining *j);
const char *roll_say_move(const struct text_moving *m);
const char *roll_say_moved_here(const struct text_moving *m);
/* Their arguments, paragraphs by roll_reference; returns how many. */
size_t roll_join_args(struct roll_cast *c, size_t par, const struct text_joining *j, str args[3]);
size_t roll_move_args(struct roll_cast *c, const struct text_moving *m, str args[3]);

#endif
