/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "caption/stream.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "caption/layouts.h"

#include "base/poison.h"

#define BACKSPACE 0x08
#define DELETE    0x7f

struct text {
	struct buf b;
	int64_t line; /* characters of the last line */
};

static int64_t last_line_length(str s)
{
	size_t at = s.n;
	while (at > 0 && s.p[at - 1] != '\n')
		at--;
	return (int64_t)utf8_count(str_skip(s, at));
}

static bool take_back(struct text *t)
{
	size_t n = t->b.n;
	if (!n)
		return false;
	bool feed = t->b.p[n - 1] == '\n';
	do
		n--;
	while (n > 0 && ((unsigned char)t->b.p[n] & 0xc0) == 0x80);
	t->b.n = n;
	t->line = feed ? last_line_length(buf_str(&t->b)) : t->line - 1;
	return true;
}

static void end_line(struct text *t)
{
	buf_putc(&t->b, '\n');
	t->line = 0;
}

static void put(struct text *t, str character)
{
	bool space = str_is(character, " ");
	if (t->line >= CAPTION_LINE_LONG && space) {
		end_line(t); /* in the place of the space, so that backspaces still count right */
		return;
	}
	if (t->line >= CAPTION_LINE_MAX)
		end_line(t);
	buf_put(&t->b, character);
	t->line++;
}

static struct text joined(struct arena *a, const struct caption_stream *s)
{
	struct text t = {.b = buf_in(a, 0)};
	for (size_t i = 0; i < s->lines.n; i++) {
		buf_put(&t.b, s->lines.p[i]);
		if (i + 1 < s->lines.n || !s->open)
			buf_putc(&t.b, '\n');
	}
	t.line = last_line_length(buf_str(&t.b));
	return t;
}

void caption_stream_take(struct arena *a, struct caption_stream *s, str piece)
{
	struct text t = joined(a, s);
	size_t at = 0;
	uint32_t cp;
	bool cr = false;
	for (size_t from = 0; utf8_next(piece, &at, &cp); from = at) {
		if (cp == BACKSPACE || cp == DELETE)
			s->late += !take_back(&t);
		else if (cp == '\r' || (cp == '\n' && !cr))
			end_line(&t);
		else if (cp == '\t')
			put(&t, S(" "));
		else if (cp >= 0x20 && cp != 0xfeff && !(cp >= 0x80 && cp < 0xa0))
			put(&t, str_skip(str_head(piece, at), from));
		cr = cp == '\r';
	}
	str line, rest = buf_str(&t.b);
	s->lines.n = 0;
	s->open = rest.n && rest.p[rest.n - 1] != '\n';
	while (rest.n && str_cut(&rest, '\n', &line))
		*vec_push(a, &s->lines) = line;
}

void caption_stream_speaker(str line, bool *turn, str *label, str *words)
{
	str rest = str_trim(line);
	*turn = str_starts(rest, S(">>"));
	*label = STR_EMPTY;
	*words = line;
	if (!*turn)
		return;
	while (rest.n && rest.p[0] == '>')
		rest = str_skip(rest, 1);
	rest = str_trim(rest);
	*words = rest;
	size_t colon = str_find_char(rest, ':');
	str name = str_trim(str_head(rest, colon));
	if (colon == SIZE_MAX || !name.n || utf8_count(name) > CAPTION_SPEAKER_MAX)
		return;
	*label = name;
	*words = str_trim(str_skip(rest, colon + 1));
}
