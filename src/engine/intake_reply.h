/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * intake_reply: what a converting child tells the server, and how the server reads it.
 *
 * A reply is a sequence of records: one letter, a length (four bytes, low byte first), that
 * many bytes. 'K' (the kind) comes first, then any number of 'P' (level and text of a
 * paragraph), then 'E', empty, at the very end; or a single 'N' with the number of a reason.
 * The reader believes nothing: a child may have been taken over by the file it was reading.
 *
 * Threads: any. Pure. Errors: intake_reply_read returns false for everything else.
 */
#ifndef ENGINE_INTAKE_REPLY_H
#define ENGINE_INTAKE_REPLY_H

#include "base/buf.h"
#include "engine/intake.h"

/* Why a file is not read. The sentences belong to the server: a child sends numbers only. */
enum intake_no {
	NO_REASON = 0, /* it is read */
	NO_BROKEN,
	NO_LOCKED,
	NO_BOMB,
	NO_TOO_LONG,
	NO_DOCTYPE,
	NO_DEEP,
	NO_LINK,
	NO_OVERLAP,
	NO_TWICE,
	NO_MACROS,
	NO_ARCHIVE,
	NO_OTHER_OFFICE,
	NO_CHARSET,
	NO_COPYING,
	INTAKE_NO_COUNT,
};

#define REPLY_PARAGRAPH_MAX  ((size_t)1 << 20) /* bytes; the writer cuts longer ones */
#define REPLY_PARAGRAPHS_MAX 200000
#define REPLY_MAX            ((size_t)32 << 20)

void reply_kind(struct buf *b, enum intake_kind kind);
/* Trimmed; nothing is written for an empty text. Text must be UTF-8 without controls. */
void reply_paragraph(struct buf *b, int level, str text);
void reply_end(struct buf *b);
/* Forgets what was written so far: a refusal stands alone. */
void reply_no(struct buf *b, enum intake_no no);

/*
 * Reads a whole reply. False when it is not exactly a reply; one of too many paragraphs is a
 * refusal. *no tells whether it is a refusal; if it is not, *out is filled. Paragraphs are borrowed
 * from s, the array in arena.
 */
bool intake_reply_read(struct arena *a, str s, struct intake *out, enum intake_no *no);

#endif
