/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * methods_words: the settings of methods of work said in words.
 *
 * Threads: each request its own. Results are in p->arena.
 */
#ifndef ROOMS_METHODS_METHODS_WORDS_H
#define ROOMS_METHODS_METHODS_WORDS_H

#include "engine/page.h"
#include "methods_view.sql.h"
#include "rooms/methods/methods_pages.h"

/* The METHODS_SETTINGS settings of a version, each with its label. */
void methods_words(
    const struct page *p, const struct methods_list_row *row, struct methods_setting *out);
/* "United Nations practice: ..." */
str methods_practice(const struct page *p, str preset);

#endif
