/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * op: what an amendment does to one revision: operations that do not touch each other.
 *
 * Operations are canonical (text/amend.h makes them so): two with the same effect are the same.
 * They name paragraphs by their place in the revision and text by positions of text/doc.h, so
 * they are read only together with the revision that they were filed against.
 * Pure. Threads: any.
 */
#ifndef TEXT_OP_H
#define TEXT_OP_H

#include "base/when.h"
#include "text/doc.h"

enum text_op_kind {
	TEXT_EDIT, /* par: [from, to) gives way to text; insertion: from == to; deletion: no text */
	TEXT_INSERT_PARS, /* after: the paragraphs news, in their order */
	TEXT_DELETE_PAR,  /* par */
	TEXT_MOVE,        /* the paragraphs par..last, to behind after */
	TEXT_SPLIT,       /* par, at from (== to): what follows becomes news[0].id */
	TEXT_JOIN,        /* par with last, the next one; text stands between them */
	TEXT_RESTORE,     /* par: what is gone of [from, to) is back; only of text/inverse.h */
	TEXT_RESTORE_PAR, /* par, deleted as a whole, is back; only of text/inverse.h */
};

/* How an operation, or an amendment, stands in a revision that it was not filed against. */
enum text_outcome {
	TEXT_UNCHANGED,        /* as it was filed */
	TEXT_PARTLY_SATISFIED, /* some of it has been adopted, the rest can be */
	TEXT_SATISFIED,        /* all of it stands there already */
	TEXT_IN_CONFLICT,      /* something adopted stands against it: its author must say */
};

/* A new paragraph, or the second half of a split (of which only the id counts). */
struct text_new {
	str id;
	str text;
	enum text_kind kind;
	unsigned level;
};

struct text_op {
	enum text_op_kind kind;
	size_t par;      /* place in the revision; TEXT_INSERT_PARS: not used */
	size_t last;     /* TEXT_MOVE: the last of the run; TEXT_JOIN: the right paragraph */
	size_t after;    /* TEXT_MOVE, TEXT_INSERT_PARS: place in the revision, or TEXT_START */
	size_t from, to; /* TEXT_EDIT, TEXT_SPLIT, TEXT_RESTORE */
	str text;        /* TEXT_EDIT, TEXT_JOIN */
	struct text_new *news;
	size_t news_n;
	/* After a rebase. In TEXT_SATISFIED and TEXT_IN_CONFLICT the places above say no more. */
	enum text_outcome outcome;
	str with;  /* TEXT_IN_CONFLICT, (partly) satisfied: ids of the amendments adopted, ", " */
	str was;   /* TEXT_IN_CONFLICT: the words as they stood when it was filed */
	str where; /* the same: the id of the paragraph when it was filed */
};

enum text_stance_kind {
	TEXT_SUPPORT, /* of the amendment */
	TEXT_RETAIN,  /* wants the text of the revision to stay */
	TEXT_DELETE,  /* wants neither */
	TEXT_RESERVE, /* has not made up its mind, or must ask its capital */
	TEXT_OBJECT,  /* will not join a consensus on it */
};
#define TEXT_STANCE_KINDS 5

struct text_stance {
	enum text_stance_kind kind;
	str party;
	bool from_floor; /* the secretariat entered it for the party */
};

struct text_amendment {
	str id;
	str party;
	str *cosponsors;
	size_t cosponsors_n;
	struct text_stance *stances;
	size_t stances_n;
	str reason;
	usec filed_at;       /* 0: not known */
	struct text_op *ops; /* as settled, by text_op_order; a rebase leaves each in its turn */
	size_t ops_n;
	enum text_outcome outcome;
	str why; /* in words, an English sentence; empty when unchanged */
	/*
	 * Nobody proposes anything: one operation, a deletion, names words of the revision, and the
	 * stances are about these. It is never adopted; the rolling text puts the words in a
	 * bracket.
	 */
	bool on_text;
	/* Of the caller, carried along untouched (the operations as they were filed, say). */
	const void *filed;
};

/* True for operations that (still) do something. */
bool text_op_is_live(const struct text_op *op);
/* True for an edit without new text (a deletion), without old text (an insertion). */
bool text_op_is_deletion(const struct text_op *op);
bool text_op_is_insertion(const struct text_op *op);
/* The paragraph that it bears on, or that it stands behind (TEXT_INSERT_PARS; TEXT_START too). */
size_t text_op_home(const struct text_op *op);
/* True when both do the same to the same revision. (New text is NFC: text/amend.h.) */
bool text_op_same(const struct text_op *x, const struct text_op *y);
/*
 * A total order of operations of one revision: by the paragraph they bear on, then position, then
 * what they do. Two that are the same compare 0. <0, 0, >0.
 */
int text_op_order(const struct text_op *x, const struct text_op *y);
#endif
