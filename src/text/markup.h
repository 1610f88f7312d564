/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * markup: HTML put together element by element, so that nothing can be left unescaped or open.
 *
 * Names of elements and attributes are ours (static); what people wrote goes through
 * markup_text and markup_attr alone. Pure. Threads: one at a time.
 */
#ifndef TEXT_MARKUP_H
#define TEXT_MARKUP_H

#include "base/buf.h"
#include "base/vec.h"

struct markup {
	struct buf b;
	VEC(const char *) open; /* elements */
	bool in_tag;            /* attributes may still come */
};

struct markup markup_in(struct arena *a);
/* What has been written. Every element must have been closed. Borrowed until the next write. */
str markup_str(struct markup *m);

void markup_open(struct markup *m, const char *element);
/* Only directly after markup_open or markup_void. */
void markup_attr(struct markup *m, const char *name, str value);
void markup_flag(struct markup *m, const char *name);
void markup_class(struct markup *m, const char *value);
/* The innermost element. */
void markup_close(struct markup *m);
void markup_text(struct markup *m, str s);
/* A line's end between blocks, for those who read the source. */
void markup_line(struct markup *m);
/* Ready text of ours, as it is: a doctype, a stylesheet. */
void markup_raw(struct markup *m, str s);
/* An element that has no content and is not closed; attributes may follow. */
void markup_void(struct markup *m, const char *element);

/*
 * A whole page around a fragment of ours: title (escaped) and lang (BCP 47) as given, css the text
 * of the stylesheet (ours, as it is). In arena.
 */
str markup_page(struct arena *a, str title, str lang, str css, str fragment);

#endif
