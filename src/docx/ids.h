/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * ids: how a paragraph of a draft is known in a Word file: by a number of eight hexadecimal digits
 * (w14:paraId) and by the name of a bookmark, both made from its id, so that the same draft gives
 * the same file. Pure. Threads: any.
 */
#ifndef DOCX_IDS_H
#define DOCX_IDS_H

#include "base/map.h"
#include "base/str.h"

/* The empty paragraph that we put behind a last one that is changed. */
#define DOCX_END_MARK "_c_end"
/* The names of all our bookmarks begin so; with an underscore Word hides them. */
#define DOCX_MARK "_c_"

/* Numbers that have been given, so that none is given twice. */
struct docx_ids {
	struct arena *arena;
	struct map given; /* the eight digits */
};
struct docx_ids docx_ids_in(struct arena *a);

/* "1A2B3C4D", less than 80000000 and not 0; depends on the id and on those asked for before. */
str docx_para_id(struct docx_ids *ids, str id);
/* "_c_p12" when the id is letters and digits, else "_c_x" and a number made from it. In arena. */
str docx_bookmark(struct arena *a, str id);
/* The id in a bookmark's name; p == NULL: it does not say it. Borrowed. */
str docx_bookmark_id(str name);

#endif
