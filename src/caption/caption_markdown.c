/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Markdown as scribes write it: "### Name:" above the paragraphs of a turn, or "**Name:** words"
 * and
 * "> *Name:* words"; "> words" and other headings are notes. Where a heading "## Content" stands,
 * the minutes begin below it.
 */
#include "caption/caption_inner.h"

#include "base/poison.h"

static const str COLON_WIDE = {"\xef\xbc\x9a", 3}, DOTS = {"\xe2\x80\xa6", 3};

struct markdown {
	struct caption_in *in;
	struct caption_turn turn;
	str speaker; /* of the heading above */
	bool gap;    /* an empty line came before */
	bool quote;  /* the turn is a quotation */
};

/* Without the backslashes before punctuation, and without the dots of a line that goes on. */
static str words_of(struct arena *a, str line)
{
	struct buf b = buf_in(a, 0);
	line = str_trim(line);
	if (str_starts(line, DOTS))
		line = str_trim(str_skip(line, DOTS.n));
	for (size_t i = 0; i < line.n; i++) {
		bool escape = line.p[i] == '\\' && i + 1 < line.n &&
		              memchr("\\`*_{}[]()#+-.!<>|~", line.p[i + 1], 19);
		if (!escape)
			buf_putc(&b, line.p[i]);
		else
			buf_putc(&b, line.p[++i]);
	}
	return buf_str(&b);
}

/* "**Name:** words", with the marks given: true, and the two apart. */
static bool strong_label(str line, str mark, str *speaker, str *words)
{
	if (!str_starts(line, mark))
		return false;
	str in = str_skip(line, mark.n);
	size_t end = str_find(in, mark);
	if (end == SIZE_MAX)
		return false;
	str label = str_head(in, end), rest;
	return caption_label(label, speaker, &rest) && !rest.n && speaker->n &&
	       (*words = str_skip(in, end + mark.n), true);
}

static enum rc begin(struct markdown *m, str speaker, bool quote, struct err *err)
{
	TRY(caption_turn_end(m->in, &m->turn, err));
	caption_turn_begin(m->in, &m->turn, speaker);
	m->quote = quote;
	m->gap = false;
	return OK;
}

static enum rc heading(struct markdown *m, str line, struct err *err)
{
	size_t level = 0;
	while (level < line.n && line.p[level] == '#')
		level++;
	str text = str_trim(str_skip(line, level));
	TRY(caption_turn_end(m->in, &m->turn, err));
	m->speaker = STR_EMPTY;
	if (str_ends(text, S(":")) && level > 2) {
		m->speaker = str_trim(str_head(text, text.n - 1));
	} else if (str_ends(text, COLON_WIDE) && level > 2) {
		m->speaker = str_trim(str_head(text, text.n - COLON_WIDE.n));
	} else if (level > 2) {
		TRY(begin(m, STR_EMPTY, false, err));
		caption_turn_add(&m->turn, STR_EMPTY, words_of(m->in->arena, text));
		TRY(caption_turn_end(m->in, &m->turn, err));
	}
	return OK;
}

static enum rc quotation(struct markdown *m, str line, struct err *err)
{
	str text = str_trim(str_skip(line, 1)), speaker, words;
	if (strong_label(text, S("**"), &speaker, &words) ||
	    strong_label(text, S("*"), &speaker, &words)) {
		TRY(begin(m, speaker, true, err));
		caption_turn_add(&m->turn, STR_EMPTY, words_of(m->in->arena, words));
		return OK;
	}
	if (!m->turn.open || !m->quote || m->gap)
		TRY(begin(m, STR_EMPTY, true, err));
	caption_turn_add(&m->turn, S("\n"), words_of(m->in->arena, text));
	return OK;
}

static enum rc ordinary(struct markdown *m, str line, struct err *err)
{
	str speaker, words;
	if (strong_label(line, S("**"), &speaker, &words)) {
		m->speaker = speaker;
		TRY(begin(m, speaker, false, err));
		line = words;
	} else if (!m->turn.open || m->quote) {
		TRY(begin(m, m->speaker, false, err));
	}
	caption_turn_add(&m->turn, S("\n"), words_of(m->in->arena, line));
	m->gap = false;
	return OK;
}

/* What holds no words: marks of the page, a table of contents, a rule across. */
static bool is_mark(str line)
{
	return str_starts(line, S("{:")) || str_is(line, "* TOC") || str_is(line, "---");
}

static bool is_content_heading(str line)
{
	return str_starts(line, S("## Content"));
}

/* The lines that stand before the minutes. */
static void pass_head(struct caption_in *in)
{
	struct caption_in all = *in;
	str line;
	bool found = false;
	while (!found && caption_line(&all, &line))
		found = is_content_heading(line);
	if (found) {
		*in = all;
		return;
	}
	all = *in;
	if (!caption_line(&all, &line) || !str_is(str_trim(line), "---"))
		return;
	while (caption_line(&all, &line))
		if (str_is(str_trim(line), "---")) {
			*in = all;
			return;
		}
}

enum rc caption_read_markdown(struct caption_in *in, struct err *err)
{
	struct markdown m = {.in = in, .speaker = STR_EMPTY};
	str line;
	pass_head(in);
	while (caption_line(in, &line)) {
		line = str_trim(line);
		if (!line.n)
			m.gap = true;
		else if (is_mark(line))
			continue;
		else if (*line.p == '#')
			TRY(heading(&m, line, err));
		else if (*line.p == '>')
			TRY(quotation(&m, line, err));
		else
			TRY(ordinary(&m, line, err));
	}
	return caption_turn_end(in, &m.turn, err);
}
