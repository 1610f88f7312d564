/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * search: everything public is found by its words, in every language, down to the paragraph.
 *
 * Step of the process: all of them. The view of this room keeps one row for each paragraph, and
 * the id of a row says where it belongs, so that a reader filters and groups matches by their ids:
 *
 *     group 15 bits | entry 27 bits | kind 4 bits | language 3 bits | place in the entry 14 bits
 *
 * Ids depend on the log alone: a rebuild gives the same. Threads: any. No errors.
 */
#ifndef ROOMS_SEARCH_H
#define ROOMS_SEARCH_H

#include "base/str.h"

enum search_kind {
	SEARCH_GROUP,
	SEARCH_ANNOUNCEMENT,
	SEARCH_MANDATE,
	SEARCH_MEMBER, /* seats, observers, constituencies */
	SEARCH_PERSON,
	SEARCH_METHODS,
	SEARCH_MEETING,
	SEARCH_CALL,
	SEARCH_CONTRIBUTION,
	SEARCH_PROPOSAL,
	SEARCH_DOCUMENT,
	SEARCH_REPORT,
	SEARCH_TRANSCRIPT,
};
#define SEARCH_KINDS 13
#define SEARCH_LANGS 7 /* 0: nobody said */

#define SEARCH_GROUP_MAX ((INT64_C(1) << 15) - 1)
#define SEARCH_ENTRY_MAX ((INT64_C(1) << 27) - 1)
/* Rows of one entry; a longer text has several paragraphs in a row. */
#define SEARCH_ROWS_MAX ((INT64_C(1) << 14) - 1)

/* "proposal", for addresses and the table; and back: SEARCH_KINDS when it is none. */
str search_kind_word(enum search_kind k);
size_t search_kind_of(str word);
/* "ar" and so on, "" for 0; and back: 0 when it is none of the six. */
str search_lang_word(size_t lang);
size_t search_lang_of(str word);

/* All within their limits. */
int64_t search_id(int64_t grp, int64_t seq, enum search_kind kind, size_t lang, int64_t place);
size_t search_id_kind(int64_t id);
size_t search_id_lang(int64_t id);
/* The same for all rows of one entry, and for no others. */
int64_t search_id_entry(int64_t id);
/* The lowest and highest id of a group; of all groups for 0. */
int64_t search_id_low(int64_t grp);
int64_t search_id_high(int64_t grp);

#endif
