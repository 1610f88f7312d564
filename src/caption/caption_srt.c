/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* SubRip: a number, times, lines until an empty one. Speakers as in CART: ">> NAME: words". */
#include "caption/caption_inner.h"

#include "base/poison.h"

/* Past "<i>", "</font>" and the like; 0: no such tag begins here. */
static size_t tag_length(str s)
{
	static const char *const tags[] = {"i", "b", "u", "font"};
	size_t end = str_find_char(s, '>');
	if (*s.p != '<' || end == SIZE_MAX)
		return 0;
	str name = str_skip(str_head(s, end), s.n > 1 && s.p[1] == '/' ? 2 : 1);
	size_t space = str_find_char(name, ' ');
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
		if (str_eq_nocase(str_head(name, space), str_of(tags[i])))
			return end + 1;
	return 0;
}

static str without_tags(struct arena *a, str line)
{
	struct buf b = buf_in(a, 0);
	while (line.n) {
		size_t n = tag_length(line);
		if (!n)
			buf_putc(&b, *line.p);
		line = str_skip(line, n ? n : 1);
	}
	return buf_str(&b);
}

static void first_line(struct caption_in *in, struct caption_turn *t, str line)
{
	str speaker = STR_EMPTY, words = line;
	if (str_starts(line, S(">>")))
		caption_marked(line, &speaker, &words);
	else if (caption_is_escaped(line))
		words = str_skip(line, 1);
	t->speaker = caption_tidy_speaker(in->arena, speaker);
	caption_turn_add(t, STR_EMPTY, words);
}

static enum rc read_cue(struct caption_in *in, str line, struct err *err)
{
	struct caption_turn t;
	usec starts, ends;
	TRY(caption_timing(in, line, ',', &starts, &ends, err));
	caption_turn_begin(in, &t, STR_EMPTY);
	t.starts = starts;
	t.ends = ends;
	for (size_t i = 0; caption_line(in, &line); i++) {
		line = str_trim(without_tags(in->arena, line));
		if (!line.n)
			break;
		if (i)
			caption_turn_add(&t, S("\n"), line);
		else
			first_line(in, &t, line);
	}
	return caption_turn_end(in, &t, err);
}

enum rc caption_read_srt(struct caption_in *in, struct err *err)
{
	int64_t n;
	str line;
	while (caption_line(in, &line)) {
		line = str_trim(line);
		if (caption_is_timing(line))
			TRY(read_cue(in, line, err));
		else if (line.n && !str_to_i64(line, &n))
			return ERR(err, INVALID, in->field,
			    "Line {0}: here the number of a caption or its times are wanted. An "
			    "empty "
			    "line inside of a caption must go.",
			    caption_line_number(in));
	}
	return OK;
}
