/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * document: the library: documents with symbols, which never change once they are issued.
 *
 * DOMAIN: documents and symbols. A document is followed by others: /Rev.n replaces its whole
 * text, /Add.n adds to it, /Corr.n corrects it. Reports are issued by their own room and enter
 * the library through document_fold_other(). Threads: as the group. No errors.
 */
#ifndef ROOMS_DOCUMENT_DOCUMENT_H
#define ROOMS_DOCUMENT_DOCUMENT_H

#include "engine/act.h"
#include "rooms/rooms.h"

#define DOCUMENT_FILES_MAX 8

struct document_item {
	int64_t number;
	int64_t seq; /* of the entry that issued it */
	str symbol;
	str kind;
	str base;           /* the symbol without its own /Rev.n */
	int64_t revises;    /* the document that it follows by Rev., Add. or Corr.; 0: none */
	int64_t revised_by; /* the document that replaces its whole text; 0: it is the latest */
};

struct document_state {
	VEC(struct document_item) items; /* [number - 1] */
	str scheme;                      /* empty: DOCUMENT_SCHEME */
};

#define DOCUMENT_SCHEME S("SHORT/YEAR/KIND.n")

/* The kinds, for fields and pages; ends with a NULL value. */
extern const struct choice document_kinds[];
/* "crp" -> "Conference room paper"; an unknown kind is its own label. */
str document_kind_label(str kind);

/*
 * The kind whose code stands in a symbol: "WGEC/2018/CRP.2" is a conference room paper; that of a
 * rolling text when there is none. Static.
 */
const char *document_kind_of_symbol(str symbol);

/* The document of that number or symbol, or NULL. Borrowed from the state. */
const struct document_item *document_find(const struct group *g, int64_t number);
const struct document_item *document_by_symbol(const struct group *g, str symbol);
int64_t document_total(const struct group *g);

/* The symbol as a piece of an address: '/' is written as '-'. In arena. */
str document_slug(struct arena *a, str symbol);

/*
 * The next free symbol for a document of this kind issued at `when`, by the group's scheme:
 * "WGEC/2017/CRP.3". Pure; in arena.
 */
str document_next_symbol(struct arena *a, const struct group *g, const char *kind, usec when);
/* The next free symbol that follows another: suffix "rev", "add" or "corr". In arena. */
str document_next_after(
    struct arena *a, const struct group *g, const struct document_item *d, str suffix);

/*
 * For the fold of another room whose entry issues a document (report.issue): it then has its
 * number in the library and its symbol is taken. `revises`: the number of the document whose whole
 * text it replaces; 0: none. Texts are copied into the state.
 */
void document_fold_other(struct group *g, int64_t seq, str kind, str symbol, int64_t revises);

#endif
