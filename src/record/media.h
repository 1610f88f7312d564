/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * media: the media type of a part, as the log writes it.
 *
 * "type/subtype" and parameters ";name" or ";name=value", all lower-case, without
 * spaces, no parameter twice. Three flags have a meaning for the record:
 * ";private" (never published), ";held" (published only after an entry whose type ends in
 * ".publish" refers to this one) and ";blocks" (a text of separately committed
 * paragraphs, see part.h). Threads: any. Nothing is allocated.
 */
#ifndef RECORD_MEDIA_H
#define RECORD_MEDIA_H

#include "base/str.h"

#define MEDIA_MAX 128

/* True if s is a media type in the one form that the log accepts. */
bool media_ok(str s);
/* True if the flag or parameter `name` stands in it. */
bool media_has(str media, const char *name);
/* The value of a parameter, or the empty str. Borrowed from media. */
str media_value(str media, const char *name);

static inline bool media_is_private(str media)
{
	return media_has(media, "private");
}
static inline bool media_is_held(str media)
{
	return media_has(media, "held");
}
static inline bool media_is_blocks(str media)
{
	return media_has(media, "blocks");
}

#endif
