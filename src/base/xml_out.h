/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * xml_out: XML that is well formed whatever text is put into it. Markup is ours (char pointers),
 * text is others' (str) and always escaped. Pure. Threads: any.
 */
#ifndef BASE_XML_OUT_H
#define BASE_XML_OUT_H

#include "base/buf.h"

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

/* Markup as it stands. */
void xml_raw(struct buf *b, const char *markup);
/* An element: begin, attributes, and either inside, what it holds, and end; or alone. */
void xml_begin(struct buf *b, const char *name);
void xml_inside(struct buf *b);
void xml_end(struct buf *b, const char *name);
void xml_alone(struct buf *b);
/* Text between tags. */
void xml_text(struct buf *b, str text);
/* A space, the name, and the value in quotes. */
void xml_attr(struct buf *b, const char *name, str value);
void xml_attr_n(struct buf *b, const char *name, uint64_t value);
/* True when XML 1.0 has all characters of a valid text. */
bool xml_can_hold(str text);

#endif
