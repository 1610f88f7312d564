/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * docx: a draft and its amendments as a Word file with tracked changes, and back.
 *
 * Delegations work in Word: what they insert, delete, split, join and move is an amendment of
 * theirs. The mapping is that of TEXT-ENGINE.md, 6 (ECMA-376, transitional, parts of
 * WordprocessingML). Bytes in, bytes out: no files, no network, no entities; sizes are bounded.
 * Pure but for the libraries' memory. Threads: one at a time for a lexer.
 */
#ifndef DOCX_DOCX_H
#define DOCX_DOCX_H

#include "base/json.h"
#include "text/merge.h"
#include "text/token.h"

/* --- writing --- */

struct docx_options {
	str title; /* of the document's properties; may be empty */
	str lang;  /* BCP 47; empty: not said */
};

/*
 * The draft d with the live operations of n amendments. Those that all can be adopted are tracked
 * changes, with party and co-sponsors as their author ("Kenya; Peru") and filed_at as their date;
 * those that exclude each other are in brackets at their place, each with a remark, since
 * accepting all changes would put one behind the other. Reasons and stances are remarks.
 * The same input gives the same bytes. In arena. INVALID: a text or an id holds a character that
 * XML cannot, an operation that only text/inverse.h makes. FAULT: the package cannot be made.
 */
enum rc docx_write(struct arena *a, struct text_lexer *l, const struct text_doc *d,
    const struct text_amendment *list, size_t n, const struct docx_options *options, str *out,
    struct err *err) MUST_USE;

/* --- reading --- */

/* What needs a person's eye. Nothing of it has been decided by us. */
struct docx_look {
	const char *what; /* a sentence with {0} {1} {2} for arg; static, English */
	str arg[ERR_ARGS];
	str author;     /* or empty */
	str par;        /* id of the paragraph, or empty */
	size_t changes; /* tracked changes that wait for it */
};

/* Words that differ from the revision although no change says so. */
struct docx_untracked {
	str par;    /* id in the revision; empty: a paragraph that is not in it */
	str stored; /* p == NULL: the same */
	str found;  /* p == NULL: it is not in the file */
	bool moved; /* it stands elsewhere */
};

/* A remark that is neither a reason nor a stance of ours. */
struct docx_remark {
	str author;
	usec date;
	str par;
	str text;
};

struct docx_read {
	struct text_doc doc;         /* the file without its changes */
	struct text_amendment *list; /* of base, or of doc when there was none */
	size_t n;
	bool *known; /* of each: an amendment on record that reads as it did */
	VEC(struct docx_look) looks;
	VEC(struct docx_untracked) untracked;
	VEC(struct docx_remark) remarks;
	/* Numbers of tracked changes: seen == imported + ignored + waiting + unexplained. */
	size_t seen, imported;
	size_t ignored;     /* of properties: fonts, numbering, tables' borders */
	size_t waiting;     /* for a person: looks */
	size_t unexplained; /* none, for a file that we can explain */
};

/* What the file is read against. */
struct docx_against {
	const struct text_doc *doc;         /* the revision; NULL: the file is all there is */
	const struct text_amendment *known; /* amendments on record; may be none */
	size_t known_n;
};

/*
 * Reads a file and makes an amendment of what each author changed. INVALID, with a sentence: not a
 * Word file, broken, too large, encrypted. BUSY: it needs more memory than the arena may give.
 * *out in arena; borrows against.
 */
enum rc docx_read(struct arena *a, struct text_lexer *l, str bytes,
    const struct docx_against *against, struct docx_read *out, struct err *err) MUST_USE;

/* The paragraphs with all changes accepted, or all rejected. In arena. Errors as above. */
struct docx_texts {
	VEC(str) list;
};
enum rc docx_plain(
    struct arena *a, str bytes, bool accept, struct docx_texts *out, struct err *err) MUST_USE;

/* What was seen in one file, for people and programs (doc/format/docx.md). In arena. */
struct json *docx_report_json(struct arena *a, str name, const struct docx_read *r);

#endif
