/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * gen: documents and amendments by chance, from a seed, on the headers of the engine alone.
 *
 * A case is data: paragraphs, and one or two rounds of amendments as people write them (wishes and
 * readings). In a case of two rounds what fits of the first is adopted before the second is
 * written, so that the second meets words and paragraphs that are gone. Because a case is data,
 * what fails can be made smaller: amendments, operations and paragraphs are taken away and the
 * case is played again. Threads: one.
 */
#ifndef TEST_TEXT_GEN_H
#define TEST_TEXT_GEN_H

#include "base/buf.h"
#include "gen_text.h"
#include "text/amend.h"
#include "text/merge.h"

/* What cases are like. */
struct gen_shape {
	enum gen_style style;
	size_t pars;       /* at most, at least one */
	size_t amendments; /* in the last round, at most, at least one */
	size_t ops;        /* of an amendment, at most */
	size_t structural; /* of a hundred operations */
	size_t readings;   /* of a hundred amendments: "as it should read" */
	size_t two_rounds; /* of a hundred cases */
};

struct gen_amendment {
	str id, party;
	VEC(str) cosponsors;
	VEC(struct text_wish) wish;
	VEC(struct text_reading) reading;
};

struct gen_round {
	VEC(struct gen_amendment) list;
};

struct gen_par {
	str id, text;
	enum text_kind kind;
	unsigned level;
};

#define GEN_ROUNDS 2
struct gen_case {
	VEC(struct gen_par) par;
	struct gen_round round[GEN_ROUNDS];
	size_t rounds;
	struct gen_voice voice;
};

/* The paragraphs. In arena. */
void gen_start(struct arena *a, struct gen_tools *t, struct t_rand *r, const struct gen_shape *s,
    struct gen_case *out);
/* One round of amendments to a revision, added to the case. In arena. */
void gen_next_round(struct arena *a, struct gen_tools *t, struct t_rand *r,
    const struct gen_shape *s, size_t amendments, const struct text_doc *d, struct gen_case *c);
/* The first revision, of its paragraphs. In arena. */
struct text_doc gen_doc(struct arena *a, const struct gen_case *c);

/* The paragraphs, and of the first round the amendments that are in the list, as JSON. In arena. */
str gen_json(
    struct arena *a, const struct gen_case *c, const struct text_amendment *list, size_t n);

/* For people: what a case is. */
void gen_print(struct buf *b, const struct gen_case *c);
void gen_print_doc(struct buf *b, const struct text_doc *d);
void gen_print_amendment(struct buf *b, const struct text_amendment *m);

#endif
