/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * WebVTT: blocks with an empty line between; a cue has an identifier (left out), times with
 * settings (left out), and text with voices. Notes, styles and regions are passed over.
 */
#include "caption/caption_inner.h"

#include "base/poison.h"

static const struct {
	const char *name, *is;
} entities[] = {
    {"&amp;", "&"},
    {"&lt;", "<"},
    {"&gt;", ">"},
    {"&nbsp;", "\xc2\xa0"},
    {"&lrm;", "\xe2\x80\x8e"},
    {"&rlm;", "\xe2\x80\x8f"},
};

/* Puts the next character; its length in the file. */
static size_t put_character(struct buf *b, str s)
{
	for (size_t i = 0; i < sizeof entities / sizeof entities[0] && *s.p == '&'; i++)
		if (str_starts(s, str_of(entities[i].name))) {
			buf_put(b, str_of(entities[i].is));
			return strlen(entities[i].name);
		}
	buf_putc(b, *s.p);
	return 1;
}

static str plain(struct arena *a, str s)
{
	struct buf b = buf_in(a, 0);
	while (s.n)
		s = str_skip(s, put_character(&b, s));
	return buf_str(&b);
}

/* "v Name" or "v.loud Name": true, with the name. */
static bool is_voice(str tag, str *name)
{
	size_t space = str_find_char(tag, ' ');
	if (!str_starts(tag, S("v")) || space == SIZE_MAX || (space > 1 && tag.p[1] != '.'))
		return false;
	*name = str_trim(str_skip(tag, space));
	return true;
}

/* One cue of the file is one of ours for each voice in it. */
static enum rc read_text(struct caption_in *in, struct caption_turn *t, str text, struct err *err)
{
	usec starts = t->starts, ends = t->ends;
	str name;
	while (text.n) {
		size_t close = *text.p == '<' ? str_find_char(text, '>') : 0;
		if (*text.p != '<') {
			text = str_skip(text, put_character(&t->text, text));
			continue;
		}
		/* A tag that is not closed reaches to the end. */
		str tag = str_skip(str_head(text, close), 1);
		text = str_skip(text, close == SIZE_MAX ? text.n : close + 1);
		if (!is_voice(tag, &name))
			continue;
		TRY(caption_turn_end(in, t, err));
		caption_turn_begin(in, t, plain(in->arena, name));
		t->starts = starts;
		t->ends = ends;
	}
	return caption_turn_end(in, t, err);
}

static enum rc read_cue(struct caption_in *in, str line, struct err *err)
{
	struct caption_turn t;
	struct buf text = buf_in(in->arena, 0);
	usec starts, ends;
	TRY(caption_timing(in, line, '.', &starts, &ends, err));
	caption_turn_begin(in, &t, STR_EMPTY);
	t.starts = starts;
	t.ends = ends;
	while (caption_line(in, &line) && line.n) {
		if (caption_is_timing(line))
			return ERR(err, INVALID, in->field,
			    "Line {0}: times stand inside of a caption. Please put an empty line "
			    "before the next one.",
			    caption_line_number(in));
		buf_sep(&text, S("\n"));
		buf_put(&text, line);
	}
	return read_text(in, &t, buf_str(&text), err);
}

static void pass_block(struct caption_in *in)
{
	str line;
	while (caption_line(in, &line) && line.n)
		;
}

static bool is_other_block(str line)
{
	return str_starts(line, S("NOTE")) || str_is(str_trim(line), "STYLE") ||
	       str_is(str_trim(line), "REGION");
}

enum rc caption_read_vtt(struct caption_in *in, struct err *err)
{
	str line;
	if (!caption_line(in, &line) || !str_starts(line, S("WEBVTT")) ||
	    (line.n > 6 && line.p[6] != ' ' && line.p[6] != '\t'))
		return ERR(err, INVALID, in->field,
		    "Line 1: a WebVTT file begins with the word WEBVTT alone on its line.");
	pass_block(in);
	while (caption_line(in, &line)) {
		if (!line.n)
			continue;
		if (caption_is_timing(line)) {
			TRY(read_cue(in, line, err));
		} else if (is_other_block(line)) {
			pass_block(in);
		} else if (!caption_line(in, &line) || !caption_is_timing(line)) {
			return ERR(err, INVALID, in->field,
			    "Line {0}: here the times of a caption are wanted, such as "
			    "00:01:02.345 "
			    "--> 00:01:04.567.",
			    caption_line_number(in));
		} else {
			TRY(read_cue(in, line, err));
		}
	}
	return OK;
}
