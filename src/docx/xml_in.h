/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * xml_in: one part of a package as a stream of elements and text.
 *
 * libxml2's push parser. A DOCTYPE of any kind ends the reading before an entity could be
 * declared, so there is nothing to expand and nothing to fetch; depth is bounded; only the
 * encodings of office programs are read. Threads: one at a time.
 */
#ifndef DOCX_XML_IN_H
#define DOCX_XML_IN_H

#include "docx/pack.h"

#define XML_IN_DEPTH 256

/* An element as it starts; everything is borrowed for the time of the call. */
struct xml_in {
	str uri, name;
	const void **attributes; /* libxml2's five pointers each */
	int n;
};

/* The value of an attribute by its local name, or the empty str; not yet xml_in_copy. Borrowed for
 * the time of the call. */
str xml_in_get(const struct xml_in *e, const char *name);
/* A value as it is meant: libxml2 leaves an ampersand as a reference. In arena. */
str xml_in_copy(struct arena *a, str value);
/* The i-th attribute: its local name and value; false when there are no more. */
bool xml_in_each(const struct xml_in *e, int i, str *name, str *value);

/* What a reader wants to be told; end and text may be NULL. start may say false: INVALID. */
struct xml_in_reader {
	bool (*start)(void *ctx, const struct xml_in *e);
	void (*end)(void *ctx);
	void (*text)(void *ctx, str s);
	void *ctx;
};

/* Reads a part. INVALID: not there, damaged, a DOCTYPE, too deep, or the reader said so. */
enum rc xml_in_read(
    struct pack *p, str part, const struct xml_in_reader *reader, struct err *err) MUST_USE;

#endif
