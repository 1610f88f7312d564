/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * intake_xml: one part of a package as a stream of elements and text; in the child.
 *
 * libxml2's push parser over whatever feeds it. A DOCTYPE of any kind ends the reading before
 * an entity could be declared, so there is nothing to expand and nothing to fetch.
 *
 * Threads: one at a time. Pure apart from the feed. Errors: a reason, or NO_REASON.
 */
#ifndef ENGINE_INTAKE_XML_H
#define ENGINE_INTAKE_XML_H

#include "engine/intake_reply.h"

#define XML_DEPTH_MAX 256

/* An element as it starts; everything is borrowed for the time of the call. */
struct xml_element {
	str uri;
	str name;
	const void **attributes; /* libxml2's five pointers each */
	int n;
};

/* The value of an attribute by its local name, or the empty str. Borrowed for the time of the call.
 */
str xml_attribute(const struct xml_element *e, const char *name);

/* What a reader of one kind of part wants to be told. end and text may be NULL. */
struct xml_reader {
	void (*start)(void *ctx, const struct xml_element *e);
	void (*end)(void *ctx);
	void (*text)(void *ctx, str s);
	void *ctx;
};

struct xml_stream;
struct xml_stream *xml_open(
    struct arena *a, const struct xml_reader *reader); /* reader: borrowed */
/* Gives the next bytes; false when the reading is over, well or not. */
bool xml_feed(struct xml_stream *x, str bytes);
/* Says that no more bytes come and frees. Must be called once. */
enum intake_no xml_close(struct xml_stream *x);

#endif
