/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * rolling_world: random revisions and amendments for tests, and an oracle of their own that
 * applies one amendment in the plainest way. Not part of the program.
 */
#ifndef TEXT_ROLLING_WORLD_H
#define TEXT_ROLLING_WORLD_H

#include "text/rolling.h"
#include "t.h"

struct world {
	struct arena *arena; /* borrowed */
	struct t_rand *dice;
	struct text_doc doc;
	struct text_amendment *list;
	size_t n;
};

/* How large: the most of each. */
struct world_size {
	size_t pars;    /* paragraphs */
	size_t words;   /* in each */
	size_t list;    /* amendments */
	size_t ops;     /* of each */
	bool only_text; /* no operation on whole paragraphs */
	bool odd;       /* texts full of brackets, marks, angles, Arabic, combining signs */
};

struct world world_make(struct arena *a, struct t_rand *dice, const struct world_size *size);
/* The revision with list[who] adopted (TEXT_START: none), by another way than the tree. */
struct text_reads world_apply(const struct world *w, size_t who);
/* One string of a reading, for comparing. In arena. */
str world_say(struct arena *a, const struct text_reads *r);
/* The word's place in a paragraph "a b c" written with one space: for tests by hand. */
struct text_op world_edit(const struct text_doc *d, size_t par, const char *old, const char *text);
/* An amendment of one operation. In arena. */
struct text_amendment world_amendment(
    struct arena *a, const char *id, const char *party, struct text_op op);
bool world_has(str s, const char *z);
#define HAS(s, z)                      \
	(world_has((s), (z)) ? (void)0 \
	                     : t_fail(__FILE__, __LINE__, "%s is not in:\n%.*s", (z), STR(s)))
#define HAS_NOT(s, z) \
	(world_has((s), (z)) ? t_fail(__FILE__, __LINE__, "%s is in:\n%.*s", (z), STR(s)) : (void)0)
/* A revision of paragraphs p1, p2, ... with these texts; NULL ends them. In arena. */
struct text_doc world_doc(struct arena *a, const char *const *texts);

#endif
