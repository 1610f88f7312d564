/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * rolling: the rolling text: one revision with all pending amendments in it, in nested brackets.
 *
 * In every paragraph, edits of the same stretch form one span, edits that cross form one span
 * together, and edits inside a longer one stay nested in it. The alternatives of a span are, for
 * each amendment with a member there, the words of the span with ALL edits of that amendment
 * inside it (taking only the one that made the span loses text); equal ones are one alternative
 * with several sponsors. The text of the revision is the branch in which nesting goes on.
 * An amendment that has spoken on a span does not speak again inside its base branch.
 * Read for nobody it is the revision; read for one amendment it is what its adoption would give.
 * Pure. Threads: any. Cost: k log k of the operations of a paragraph, and the output.
 */
#ifndef TEXT_ROLLING_H
#define TEXT_ROLLING_H

#include "base/vec.h"
#include "text/op.h"

struct text_node;
struct text_nodes {
	struct text_node *p;
	size_t n;
};

/* Who stands behind something: places in the list of amendments, in its order. */
struct text_backers {
	size_t *p;
	size_t n;
};

struct text_alternative {
	struct text_nodes content; /* text and split nodes only; empty: deletion */
	struct text_backers by;
};

enum text_node_kind {
	TEXT_NODE_TEXT,  /* words of the revision, or of an alternative */
	TEXT_NODE_SPAN,  /* a bracket */
	TEXT_NODE_SPLIT, /* a new paragraph would begin here */
};

struct text_node {
	enum text_node_kind kind;
	size_t from, to;        /* of the revision (text/doc.h) */
	str text;               /* TEXT_NODE_TEXT, without what is gone */
	bool fresh;             /* TEXT_NODE_TEXT: not of the revision, but what is proposed */
	struct text_nodes base; /* TEXT_NODE_SPAN: as the revision has it, with what is nested */
	struct text_alternative *alternative; /* TEXT_NODE_SPAN */
	size_t alternatives_n;
	str id;                 /* TEXT_NODE_SPLIT: of the paragraph that begins */
	struct text_backers by; /* TEXT_NODE_SPLIT */
};

/* New paragraphs proposed behind a paragraph: one alternative. */
struct text_proposed {
	const struct text_new *news; /* borrowed */
	size_t news_n;
	struct text_backers by;
};

/* A join with the next paragraph, with text between. */
struct text_joining {
	size_t with; /* place in the revision */
	str text;
	struct text_backers by;
};

/* A move of the paragraphs par..last to behind `after`. */
struct text_moving {
	size_t par, last, after;
	struct text_backers by;
};

struct text_rolling_par {
	size_t par; /* place in the revision; TEXT_START: before the first, only proposed and in */
	struct text_nodes content;
	struct text_backers deleted;  /* who would delete it as a whole */
	struct text_backers restored; /* it is gone: who would have it back */
	struct text_joining *join;    /* alternatives */
	size_t joins_n;
	struct text_moving *out; /* moves that begin with this paragraph */
	size_t outs_n;
	struct text_moving *in; /* moves to behind this paragraph */
	size_t ins_n;
	struct text_proposed *proposed; /* alternatives */
	size_t proposed_n;
};

struct text_rolling {
	const struct text_doc *doc; /* borrowed */
	const struct text_amendment *list;
	size_t list_n;
	struct text_rolling_par
	    *par; /* the first is TEXT_START's, then one a paragraph, gone ones too */
	size_t n;
	struct text_backers waiting; /* amendments whose author must speak first (conflict) */
	struct text_backers settled; /* all that they ask for stands there already */
};

/* How deep brackets nest at most; what lies deeper is put into alternatives of the innermost. */
#define TEXT_ROLL_DEPTH 24

/* True when list[who] is among them. */
bool text_backs(const struct text_backers *by, size_t who);

/* In arena; borrows d and list. Operations that are not live are passed over. */
struct text_rolling text_roll(
    struct arena *a, const struct text_doc *d, const struct text_amendment *list, size_t n);

/* A paragraph of a reading. */
struct text_read {
	str id;
	str text;
};
struct text_reads {
	VEC(struct text_read) list;
};
/* The text as it would read if only list[who] were adopted; TEXT_START: nobody. In arena. */
struct text_reads text_roll_read(struct arena *a, const struct text_rolling *r, size_t who);

#endif
