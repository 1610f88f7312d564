/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * stream: what a captioner's software sends while people speak, as lines.
 *
 * The software sends characters in their order; a line feed ends a line, a backspace takes the last
 * character back, also over the end of a line. Lines that were settled meanwhile are not given
 * here and cannot be changed. Pure; everything returned is in arena or borrowed. Threads: any. No
 * errors. Sources: DOMAIN.md, 6; the public descriptions of StreamText's real-time caption
 * ingestion and of Zoom's closed captioning over HTTP.
 */
#ifndef CAPTION_STREAM_H
#define CAPTION_STREAM_H

#include "base/str.h"
#include "base/vec.h"

/* Characters: from so many a line ends at the next space, and at the second everywhere. */
#define CAPTION_LINE_LONG 500
#define CAPTION_LINE_MAX  1000

struct caption_stream {
	VEC(str) lines; /* that may change, oldest first */
	bool open;      /* the last one is not ended */
	int64_t late;   /* backspaces that found nothing that may change */
};

/* What the lines are after the piece came. The piece is valid UTF-8. */
void caption_stream_take(struct arena *a, struct caption_stream *s, str piece);
/*
 * ">> KENYA: We agree" has a label and words; ">> We agree" only says that somebody else speaks
 * (`turn`); any other line is all words. Borrowed.
 */
void caption_stream_speaker(str line, bool *turn, str *label, str *words);

#endif
