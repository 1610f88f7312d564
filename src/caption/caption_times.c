/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Times of WebVTT and SRT, and the two writers, which differ in little else. */
#include "caption/caption_inner.h"

#include "base/poison.h"

#define HOURS_MAX 9999

/* Words may hold an arrow too: times begin with a digit, and have a colon before it. */
bool caption_is_timing(str line)
{
	size_t arrow = str_find(line, S("-->"));
	str from = str_trim(str_head(line, arrow));
	return arrow != SIZE_MAX && from.n && *from.p >= '0' && *from.p <= '9' &&
	       str_find_char(from, ':') != SIZE_MAX;
}

/* The digits before `end`, or before the end of the text; false when there are none or others. */
static bool digits(str *s, char end, int64_t *out)
{
	str piece;
	if (!s->p)
		return false;
	if (end)
		(void)str_cut(s, end, &piece);
	else
		piece = *s;
	for (size_t i = 0; i < piece.n; i++)
		if (piece.p[i] < '0' || piece.p[i] > '9')
			return false;
	return piece.n && piece.n < 5 && str_to_i64(piece, out);
}

/* "[hours:]minutes:seconds.thousandths" */
static bool moment(str s, char sign, usec *out)
{
	int64_t h = 0, m, sec, thousandths;
	size_t colons = 0;
	for (size_t i = 0; i < s.n; i++)
		colons += s.p[i] == ':';
	if (colons == 2 && !digits(&s, ':', &h))
		return false;
	if ((colons != 1 && colons != 2) || !digits(&s, ':', &m) || !digits(&s, sign, &sec) ||
	    !s.p || s.n != 3 || !digits(&s, 0, &thousandths))
		return false;
	if (h > HOURS_MAX || m > 59 || sec > 59)
		return false;
	*out = ((h * 60 + m) * 60 + sec) * USEC_SECOND + thousandths * (USEC_SECOND / 1000);
	return true;
}

enum rc caption_timing(
    const struct caption_in *in, str line, char sign, usec *starts, usec *ends, struct err *err)
{
	size_t arrow = str_find(line, S("-->"));
	str from = str_trim(str_head(line, arrow)), to = str_trim(str_skip(line, arrow + 3)), end;
	for (size_t i = 0; i < to.n; i++)
		if (to.p[i] == '\t')
			to.n = i;
	(void)str_cut(&to, ' ', &end);
	if (!moment(from, sign, starts) || !moment(end, sign, ends))
		return ERR(err, INVALID, in->field,
		    "Line {0}: these times cannot be read. They are written 00:01:02{1}345 --> "
		    "00:01:04{1}567.",
		    caption_line_number(in), str_from(sign == ',' ? "," : ".", 1));
	if (*ends < *starts)
		return ERR(err, INVALID, in->field,
		    "Line {0}: what is said here ends before it begins. Please correct its times.",
		    caption_line_number(in));
	return OK;
}

bool caption_has_times(const struct caption_cue *cues, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (cues[i].starts != USEC_NONE)
			return true;
	return false;
}

static void put_moment(struct buf *b, usec t, char sign)
{
	long long ms = t / (USEC_SECOND / 1000);
	buf_printf(b, "%02lld:%02lld:%02lld%c%03lld", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60,
	    sign, ms % 1000);
}

/* Moves *at to the end of the cue. */
static void put_timing(struct buf *b, const struct caption_cue *c, char sign, usec *at)
{
	usec starts = c->starts == USEC_NONE ? *at : c->starts;
	usec ends = c->ends == USEC_NONE ? starts : c->ends;
	put_moment(b, starts, sign);
	buf_put(b, S(" --> "));
	put_moment(b, ends, sign);
	buf_putc(b, '\n');
	*at = ends;
}

static void put_escaped(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '&')
			buf_put(b, S("&amp;"));
		else if (s.p[i] == '<')
			buf_put(b, S("&lt;"));
		else if (s.p[i] == '>')
			buf_put(b, S("&gt;"));
		else
			buf_putc(b, s.p[i]);
}

str caption_write_vtt(struct arena *a, const struct caption_cue *cues, size_t n)
{
	struct buf b = buf_in(a, 0);
	usec at = 0;
	buf_put(&b, S("WEBVTT\n"));
	for (size_t i = 0; i < n; i++) {
		buf_printf(&b, "\n%zu\n", i + 1);
		put_timing(&b, &cues[i], '.', &at);
		if (cues[i].speaker.n) {
			buf_putc(&b, '<');
			buf_put(&b, S("v "));
			put_escaped(&b, cues[i].speaker);
			buf_putc(&b, '>');
		}
		put_escaped(&b, cues[i].text);
		buf_putc(&b, '\n');
	}
	return buf_str(&b);
}

static str first_line(str text)
{
	return str_head(text, str_find_char(text, '\n'));
}

/* The speaker stands as in CART, because SRT has no place for it. */
str caption_write_srt(struct arena *a, const struct caption_cue *cues, size_t n)
{
	struct buf b = buf_in(a, 0);
	usec at = 0;
	for (size_t i = 0; i < n; i++) {
		buf_printf(&b, "%s%zu\n", i ? "\n" : "", i + 1);
		put_timing(&b, &cues[i], ',', &at);
		if (cues[i].speaker.n) {
			buf_put(&b, S(">> "));
			buf_put(&b, cues[i].speaker);
			buf_put(&b, S(": "));
		} else if (caption_needs_escape(first_line(cues[i].text))) {
			buf_putc(&b, '\\');
		}
		buf_put(&b, cues[i].text);
		buf_putc(&b, '\n');
	}
	return buf_str(&b);
}
