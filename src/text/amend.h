/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * amend: from what people write to the canonical operations of an amendment.
 *
 * Canonical: operations on text are widened to whole words (a letter changed is a word changed),
 * cut down to what differs, and a pure insertion or deletion is slid to the leftmost place with
 * the same result. So two amendments with the same effect have the same operations.
 * Pure. Threads: any (a lexer serves one at a time).
 */
#ifndef TEXT_AMEND_H
#define TEXT_AMEND_H

#include "text/op.h"
#include "text/token.h"

enum text_verb {
	TEXT_DO_INSERT,
	TEXT_DO_DELETE,
	TEXT_DO_REPLACE,
	TEXT_DO_INSERT_PAR,
	TEXT_DO_DELETE_PAR,
	TEXT_DO_MOVE_PAR,
	TEXT_DO_SPLIT_PAR,
	TEXT_DO_JOIN_PAR,
};

/* An operation as people write it. Offsets count graphemes of the paragraph that is read. */
struct text_wish {
	enum text_verb verb;
	str par;         /* id; TEXT_DO_INSERT_PAR: not used */
	str after;       /* TEXT_DO_INSERT_PAR, TEXT_DO_MOVE_PAR: id; empty: before the first */
	size_t from, to; /* TEXT_DO_INSERT, TEXT_DO_SPLIT_PAR: from is the place */
	str text;
	enum text_kind kind; /* TEXT_DO_INSERT_PAR */
	unsigned level;
	str id;   /* of the paragraph that comes into being; empty: made from place and text */
	str last; /* TEXT_DO_MOVE_PAR: the last of a run, TEXT_DO_JOIN_PAR: the one joined; or empty
	           */
	bool exact; /* written by us after a rebase: taken as it stands, with what follows */
	size_t from_past, to_past; /* graphemes of what is gone to be passed at from, at to */
	/* Not 0: this byte of the full text instead; what was adopted has put it inside a grapheme.
	 */
	size_t from_byte, to_byte;
	enum text_outcome outcome; /* TEXT_UNCHANGED or TEXT_PARTLY_SATISFIED: the operation's, */
	str with;                  /* handed on to it as they are */
};

/* A paragraph as it should read. */
struct text_reading {
	str par;   /* id; empty: a new paragraph behind `after` */
	str after; /* the same; of one that exists: it is to stand there. p == NULL: as it is */
	str text;  /* p == NULL with par: to be deleted, or (with after) only moved */
	enum text_kind kind; /* of a new one */
	unsigned level;
};

/* What text_settle says of what people do in a form; a room may say it in words of its own. */
#define TEXT_SAYS_NO_PAR        "Amendment {0}: there is no paragraph {1}."
#define TEXT_SAYS_GONE          "Amendment {0}: paragraph {1} has been deleted."
#define TEXT_SAYS_NOTHING       "Amendment {0} changes nothing."
#define TEXT_SAYS_BEHIND_ITSELF "Amendment {0}: paragraph {1} cannot be moved behind itself."
#define TEXT_SAYS_THERE_ALREADY "Amendment {0}: paragraph {1} stands there already."
#define TEXT_SAYS_NONE_FOLLOWS \
	"Amendment {0}: no paragraph follows {1} that it could be joined with."

/*
 * Fills out->ops from wishes and readings (either may be none). out->id is set by the caller and
 * named in errors. INVALID, with the amendment and the field: an unknown id, an offset out of
 * range or from > to, own operations that touch the same words, nothing changed at all.
 */
enum rc text_settle(struct arena *a, struct text_lexer *l, const struct text_doc *d,
    const struct text_wish *wish, size_t wishes, const struct text_reading *reading,
    size_t readings, struct text_amendment *out, struct err *err) MUST_USE;

/*
 * NULL when the operations of one amendment go together; else why not, an English sentence, static.
 */
const char *text_ops_clash(
    struct arena *a, const struct text_doc *d, struct text_op *ops, size_t n);

#endif
