/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * search_forms: the inflected forms of words, as they stand in what is public.
 *
 * The view keeps every word of its rows once, under its stem (base/stem.h) by the rules of the
 * language of its text, with how often it stands there. Whoever looks for "government" looks for
 * every word that has one of its stems; so nothing is found that no text holds, and the index of
 * the words needs no second copy. The counts are exact: a word that no row holds any longer is
 * gone.
 *
 * Threads: that of the connection. Results: in arena. Errors: the database's.
 */
#ifndef ROOMS_SEARCH_FORMS_H
#define ROOMS_SEARCH_FORMS_H

#include "base/db.h"
#include "rooms/search/search_query.h"

/* Gives the terms of q their forms, the most frequent SEARCH_FORMS_MAX of each. */
enum rc search_forms_find(
    struct db *db, struct arena *a, struct search_query *q, struct err *err) MUST_USE;

/* Counts the words of all rows after a rebuild; and of those that are new in a transaction. */
enum rc search_forms_count_all(struct db *db, struct err *err) MUST_USE;
enum rc search_forms_count_new(struct db *db, struct err *err) MUST_USE;
/* Counts the words of the rows of an object that is about to be taken away, new ones aside. */
enum rc search_forms_take(
    struct db *db, int64_t grp, str kind, str object, struct err *err) MUST_USE;

#endif
