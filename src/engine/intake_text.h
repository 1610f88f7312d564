/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * intake_text: plain text, Markdown and what pdftotext prints, as paragraphs.
 *
 * Threads: any. Pure. Errors: none beyond false; the arena bounds the work.
 */
#ifndef ENGINE_INTAKE_TEXT_H
#define ENGINE_INTAKE_TEXT_H

#include "engine/intake.h"

/*
 * UTF-8, with or without its mark, or UTF-16 with one, as UTF-8 without. In arena or borrowed.
 * False when the bytes are neither, or hold control characters.
 */
bool intake_text_decode(struct arena *a, str bytes, str *out);
/* True if these bytes cannot be text in any character set that we would guess. */
bool intake_text_is_binary(str bytes);

/* Appends paragraphs: empty lines part them; a Markdown line of # is a heading. text: valid. Text
 * in arena. */
void intake_text_paragraphs(struct arena *a, str text, enum intake_kind kind, struct intake *out);
/*
 * Appends the paragraphs of pages that end in form feeds. Lines are joined; a sentence that
 * goes on over the page break stays whole; page numbers that stand alone are left out.
 * pages: any bytes; what is not valid becomes U+FFFD.
 */
void intake_text_pages(struct arena *a, str pages, struct intake *out);

#endif
