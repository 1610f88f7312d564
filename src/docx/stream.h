/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * stream: a Word document as the tracked changes see it: runs of text and the marks that end
 * paragraphs, each with the changes that it stands in, outermost first.
 *
 * The writer makes one of a draft and its amendments, the reader one of a file, so that both mean
 * the same by it. A run or mark is there, for those who accept a set of changes and reject all
 * others, when every insertion that it stands in is in the set and no deletion is.
 * Pure. Threads: any.
 */
#ifndef DOCX_STREAM_H
#define DOCX_STREAM_H

#include "base/vec.h"
#include "base/when.h"
#include "text/op.h"

enum word_layer { WORD_INS, WORD_DEL, WORD_MOVE_FROM, WORD_MOVE_TO };

#define WORD_NONE ((uint32_t)-1)

/* One tracked change: one element of the file. */
struct word_change {
	enum word_layer layer;
	uint32_t id; /* w:id; unique in what we write, not in what others do */
	str author;
	usec date;     /* 0: none */
	uint32_t move; /* the place of its move in moves, or WORD_NONE */
	bool fixed;    /* of something that cannot be an amendment: a cell, a formula's sign */
	size_t *who;   /* the amendments that it belongs to: places in their list */
	size_t who_n;
};

#define WORD_NEST 6
struct word_state {
	uint32_t change[WORD_NEST]; /* places in changes */
	uint32_t n;
};

struct word_run {
	str text;
	struct word_state state;
	bool emphasis, strong;
	str link;    /* address, or empty */
	size_t note; /* writer: 1 + the paragraph whose footnote is referred to here; 0: none */
	size_t alt;  /* writer: 1 + the place of an alternative in brackets; 0: none */
};

struct word_par {
	VEC(struct word_run) runs;
	struct word_state mark;
	enum text_kind kind;
	unsigned level;
	str number;
	struct word_state number_state; /* writer: the number comes, goes and moves with it */
	str para_id;                    /* as it stands; empty: none */
	VEC(str) bookmarks;             /* ours alone, "_c_..." */
	str id;                         /* writer: the paragraph's id in the draft */
	bool ends;      /* nothing follows that its mark could be joined with: a cell's last */
	bool is_end;    /* the empty paragraph that we put behind a last one that is changed */
	size_t in_note; /* 1 + the note that it stands in; 0: the body */
	/* Writer: 1 + the move whose range begins with it, ends behind it. */
	size_t from_opens, from_closes, to_opens, to_closes;
};

/* A remark, beside changes or words. */
struct word_comment {
	uint32_t id; /* w:id */
	str author;
	usec date;
	str text;
	size_t par;       /* of the stream, where it begins */
	size_t who;       /* writer: the amendment */
	const char *what; /* writer: what it is ("reason", or a stance); NULL: not ours */
	uint32_t change;  /* reader: the first change in its range, or WORD_NONE */
};

struct word_stream {
	VEC(struct word_par) par;
	VEC(struct word_change) changes;
	VEC(str) moves; /* names */
	VEC(struct word_comment) comments;
	size_t ignored; /* changes of properties: seen, and without effect on words */
};

/* A set of changes, one flag each. */
struct word_set {
	bool *in;
};

/* True when what stands in this state is there. */
bool word_is_there(
    const struct word_stream *s, const struct word_state *at, const struct word_set *set);
/* True when it is of the text before all changes. */
bool word_is_base(const struct word_stream *s, const struct word_state *at);
/* The change of this layer among its changes, outermost first, or WORD_NONE. */
uint32_t word_layer_in(
    const struct word_stream *s, const struct word_state *at, enum word_layer layer);

/* The paragraphs as they read with a set of changes accepted and all others rejected; set NULL:
 * every change is rejected. Paragraphs of notes stand where their notes do. In arena. */
struct word_texts {
	VEC(str) list;
	size_t notes; /* from here on they are of notes */
};
struct word_texts word_read(
    struct arena *a, const struct word_stream *s, const struct word_set *set);
/* All changes. In arena. */
struct word_set word_all(struct arena *a, const struct word_stream *s);

#endif
