/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * layouts: what was said, as captioners and scribes write it down, and back.
 *
 * Four layouts are read: the text of CART captioners (lines that begin with ">> NAME:"), WebVTT,
 * SubRip (SRT), and Markdown ("### Name:" above a turn, "**Name:**" before it, "> " for a note).
 * Three are written: all but Markdown. What was written reads back as the same cues, apart from
 * the times in the CART layout, which has none. Pure; everything returned is in arena or borrowed
 * from the text that was read. Threads: any. Errors: INVALID names the field that it is given and
 * the line, and says what is wanted there. Sources: DOMAIN.md, 6; WebVTT (W3C, 4 April 2019).
 */
#ifndef CAPTION_LAYOUTS_H
#define CAPTION_LAYOUTS_H

#include "base/err.h"
#include "base/vec.h"
#include "base/when.h"

/* Limits of what is read: bytes of a file, cues, characters of one cue and of a speaker's label. */
#define CAPTION_BYTES_MAX   ((size_t)4 * 1024 * 1024)
#define CAPTION_CUES_MAX    5000
#define CAPTION_TEXT_MAX    20000
#define CAPTION_SPEAKER_MAX 120

enum caption_layout { CAPTION_CART, CAPTION_VTT, CAPTION_SRT, CAPTION_MARKDOWN };

/*
 * One utterance, or a note such as "(laughter)". Times are microseconds from the beginning of the
 * recording, USEC_NONE where nobody noted them. The speaker is one line, empty when unknown. The
 * text is not empty; a line feed in it begins another line or paragraph, and no line is empty.
 */
struct caption_cue {
	usec starts, ends;
	str speaker;
	str text;
};

typedef VEC(struct caption_cue) caption_cues;

/* A label and a text as every layout can carry them; the text is empty when nothing is left. */
str caption_tidy_speaker(struct arena *a, str label);
str caption_tidy_text(struct arena *a, str text);

/* "(applause)", a line of its own: nobody's words. */
bool caption_is_note(str line);

/* By what stands in it; INVALID: it is none of the four. */
enum rc caption_layout_of(
    str text, const char *field, enum caption_layout *out, struct err *err) MUST_USE;
/* All cues, in the order of the file; there is one at least. */
enum rc caption_read(struct arena *a, str text, enum caption_layout layout, const char *field,
    caption_cues *out, struct err *err) MUST_USE;
/* False when no cue has times, so that nothing with times can be written of them. */
bool caption_has_times(const struct caption_cue *cues, size_t n);

/* A cue without times among others stands where the one before it ends. In arena. */
str caption_write_vtt(struct arena *a, const struct caption_cue *cues, size_t n);
str caption_write_srt(struct arena *a, const struct caption_cue *cues, size_t n);
/* The head (lines, none of which begins with ">>") comes first, as the disclaimer of a captioner.
 */
str caption_write_cart(struct arena *a, str head, const struct caption_cue *cues, size_t n);

#endif
