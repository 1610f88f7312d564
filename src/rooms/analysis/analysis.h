/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * analysis: what was said, by question and theme, and a synthesis that says what it rests on.
 *
 * Step of the process: between a call for contributions and the proposals (DOMAIN.md, 7 and 8;
 * requirements 2 and 3). The Chair or the secretariat marks passages of contributions and
 * transcripts; a
 * synthesis is written in statements, each of which cites passages; authors see where their words
 * were used and may say that they were misread. A passage is a place, never a copy: its words are
 * read where they stand, so that an erasure of them leaves nothing to quote. Threads: the state
 * belongs to its group; everything returned is borrowed from it. No errors.
 */
#ifndef ROOMS_ANALYSIS_ANALYSIS_H
#define ROOMS_ANALYSIS_ANALYSIS_H

#include "rooms/rooms.h"

#define ANALYSIS_CITED_MAX 12 /* passages that one act cites */

/* What a passage is a passage of. */
enum passage_source { PASSAGE_CONTRIBUTION, PASSAGE_TRANSCRIPT };

struct analysis_theme {
	int64_t number;
	int64_t seq;
	str title;
};

/* A stretch of a paragraph or utterance: the characters from `from` to before `to`, from 0. */
struct passage {
	int64_t number;
	int64_t seq;
	enum passage_source source;
	int64_t contribution, question,
	    paragraph;                     /* contribution and paragraph 0: of a transcript */
	int64_t meeting, segment, version; /* of a transcript; otherwise 0 */
	int64_t call;                      /* to whose question it belongs */
	int64_t from, to;
	int64_t theme;
	bool dropped;
};

enum citation_side {
	CITATION_SO,        /* its author says what the statement says */
	CITATION_OTHERWISE, /* its author says otherwise */
};

struct citation {
	int64_t passage;
	enum citation_side side;
};

struct statement {
	int64_t number; /* in the group */
	int64_t synthesis;
	int64_t seq;
	int64_t changed; /* seq of the last entry that changed its words or citations */
	int64_t version; /* of its words, from 1 */
	bool struck;
	VEC(struct citation) citations;
};

struct synthesis_told {
	int64_t contribution;
	int64_t seq;
};

struct synthesis {
	int64_t number;
	int64_t seq;
	int64_t call;
	int64_t issued; /* seq; 0: not yet */
	VEC(struct synthesis_told) told;
};

struct misreading {
	int64_t number;
	int64_t seq;
	int64_t statement;
	int64_t contribution; /* 0: of what was said */
	int64_t passage;      /* of a transcript; 0: of a contribution */
	int64_t answered;     /* seq; 0: not yet */
};

struct analysis_state {
	VEC(struct analysis_theme) themes; /* [number - 1], as all of these */
	VEC(struct passage) passages;
	VEC(struct synthesis) syntheses;
	VEC(struct statement) statements;
	VEC(struct misreading) misreadings;
};

/* The object of that number, or NULL. */
const struct analysis_theme *analysis_theme(const struct group *g, int64_t number);
const struct passage *analysis_passage(const struct group *g, int64_t number);
const struct synthesis *analysis_synthesis(const struct group *g, int64_t number);
const struct statement *analysis_statement(const struct group *g, int64_t number);
const struct misreading *analysis_misreading(const struct group *g, int64_t number);

/* The words that were marked, where they stand; empty when they were erased or unmarked. */
str passage_words(const struct group *g, const struct passage *p);
/* True if a statement that is not struck cites a passage of the contribution. */
bool statement_cites(const struct group *g, const struct statement *s, int64_t contribution);
/* True if a statement that is not struck cites that passage. */
bool statement_cites_passage(const struct statement *s, int64_t passage);
bool synthesis_cites(const struct group *g, const struct synthesis *s, int64_t contribution);
/* The words that views and pages know it by: "contribution", "transcript"; "so", "otherwise". */
str passage_source_word(enum passage_source s);
str citation_side_word(enum citation_side s);

#endif
