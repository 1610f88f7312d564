/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * caption_inner: what the readers and writers of the layouts share.
 *
 * Threads: any. Everything is in the arena of the reader.
 */
#ifndef CAPTION_CAPTION_INNER_H
#define CAPTION_CAPTION_INNER_H

#include "caption/layouts.h"

/* A text being read line by line. */
struct caption_in {
	struct arena *arena;
	str rest;    /* p is NULL at the end */
	size_t line; /* number of the line that caption_line gave, from 1 */
	const char *field;
	caption_cues *out;
};

/* A cue that grows line by line. */
struct caption_turn {
	bool open;
	usec starts, ends;
	str speaker;
	struct buf text;
	size_t line; /* where it began */
};

/* The next line without its end; false when there is none. */
bool caption_line(struct caption_in *in, str *line);
str caption_line_number(const struct caption_in *in);

void caption_turn_begin(struct caption_in *in, struct caption_turn *t, str speaker);
/* Adds words after `between`, which is left out at the beginning. */
void caption_turn_add(struct caption_turn *t, str between, str words);
/* Adds the cue; one without words is left out. INVALID: over a limit. */
enum rc caption_turn_end(struct caption_in *in, struct caption_turn *t, struct err *err) MUST_USE;

/* "NAME: words" apart; false when no label stands there. */
bool caption_label(str line, str *speaker, str *words);
/* Of a line that begins with ">>": the label, or the empty one, and the words. */
void caption_marked(str line, str *speaker, str *words);
/* True if a line must be written with one more backslash, or read with one less. */
bool caption_is_escaped(str line);
bool caption_needs_escape(str line);

/* "01:02:03.004 --> 01:02:05.006 settings"; the sign before the thousandths is given. */
enum rc caption_timing(const struct caption_in *in, str line, char sign, usec *starts, usec *ends,
    struct err *err) MUST_USE;
bool caption_is_timing(str line);

enum rc caption_read_cart(struct caption_in *in, struct err *err) MUST_USE;
enum rc caption_read_vtt(struct caption_in *in, struct err *err) MUST_USE;
enum rc caption_read_srt(struct caption_in *in, struct err *err) MUST_USE;
enum rc caption_read_markdown(struct caption_in *in, struct err *err) MUST_USE;

#endif
