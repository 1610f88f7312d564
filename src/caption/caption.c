/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Lines, labels and turns, whatever the layout. */
#include "caption/caption_inner.h"

#include "base/utf8.h"

#include "base/poison.h"

static const str COLON_WIDE = {"\xef\xbc\x9a", 3}, BOM = {"\xef\xbb\xbf", 3};

/* --- what every layout can carry --- */

static bool is_control(unsigned char c)
{
	return c < 0x20 || c == 0x7f;
}

/* One line: controls are spaces, and a run of spaces is one. */
static void put_line(struct buf *b, str line)
{
	bool space = false;
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] == ' ' || is_control((unsigned char)line.p[i])) {
			space = true;
			continue;
		}
		if (space && b->n && b->p[b->n - 1] != '\n')
			buf_putc(b, ' ');
		space = false;
		buf_putc(b, line.p[i]);
	}
}

str caption_tidy_text(struct arena *a, str text)
{
	struct buf b = buf_in(a, 0);
	str line, rest = text;
	while (str_cut(&rest, '\n', &line)) {
		size_t before = b.n;
		if (b.n)
			buf_putc(&b, '\n');
		size_t start = b.n;
		put_line(&b, line);
		if (b.n == start)
			b.n = before;
	}
	return buf_str(&b);
}

/* A colon would end the label where it is read again. */
str caption_tidy_speaker(struct arena *a, str label)
{
	struct buf b = buf_in(a, 0), tidy = buf_in(a, 0);
	for (size_t i = 0; i < label.n;) {
		str at = str_skip(label, i);
		bool wide = str_starts(at, COLON_WIDE);
		bool out = wide || *at.p == ':' || *at.p == '>' || *at.p == '<' || *at.p == '\n';
		size_t n = wide ? COLON_WIDE.n : 1;
		buf_put(&b, out ? S(" ") : str_head(at, n));
		i += n;
	}
	str s = buf_str(&b);
	put_line(&tidy, str_head(s, utf8_prefix(s, CAPTION_SPEAKER_MAX)));
	return buf_str(&tidy);
}

bool caption_is_note(str line)
{
	return str_starts(line, S("(")) && str_ends(line, S(")"));
}

/* --- reading --- */

bool caption_line(struct caption_in *in, str *line)
{
	if (!in->rest.p || !str_cut(&in->rest, '\n', line))
		return false;
	if (line->n && line->p[line->n - 1] == '\r')
		line->n--;
	in->line++;
	return true;
}

static str number(struct arena *a, size_t n)
{
	return arena_printf(a, "%zu", n);
}

str caption_line_number(const struct caption_in *in)
{
	return number(in->arena, in->line);
}

void caption_turn_begin(struct caption_in *in, struct caption_turn *t, str speaker)
{
	*t = (struct caption_turn){
	    .open = true,
	    .starts = USEC_NONE,
	    .ends = USEC_NONE,
	    .speaker = caption_tidy_speaker(in->arena, speaker),
	    .text = buf_in(in->arena, 0),
	    .line = in->line,
	};
}

void caption_turn_add(struct caption_turn *t, str between, str words)
{
	if (t->text.n)
		buf_put(&t->text, between);
	buf_put(&t->text, words);
}

enum rc caption_turn_end(struct caption_in *in, struct caption_turn *t, struct err *err)
{
	if (!t->open)
		return OK;
	t->open = false;
	str text = caption_tidy_text(in->arena, buf_str(&t->text));
	if (!text.n)
		return OK;
	if (utf8_count(text) > CAPTION_TEXT_MAX)
		return ERR(err, INVALID, in->field,
		    "Line {0}: this utterance is longer than {1} characters. Please say with a new "
		    "line where the next one begins.",
		    number(in->arena, t->line), number(in->arena, CAPTION_TEXT_MAX));
	if (in->out->n >= CAPTION_CUES_MAX)
		return ERR(err, INVALID, in->field,
		    "Line {0}: a transcript may have {1} utterances. Please import it in parts, "
		    "for "
		    "each agenda item its own.",
		    number(in->arena, t->line), number(in->arena, CAPTION_CUES_MAX));
	*vec_push(in->arena, in->out) = (struct caption_cue){
	    .starts = t->starts, .ends = t->ends, .speaker = t->speaker, .text = text};
	return OK;
}

bool caption_label(str line, str *speaker, str *words)
{
	size_t colon = str_find_char(line, ':'), wide = str_find(line, COLON_WIDE);
	size_t at = colon < wide ? colon : wide;
	if (at == SIZE_MAX || utf8_count(str_head(line, at)) > CAPTION_SPEAKER_MAX)
		return false;
	*speaker = str_trim(str_head(line, at));
	*words = str_trim(str_skip(line, at + (colon < wide ? 1 : COLON_WIDE.n)));
	return true;
}

void caption_marked(str line, str *speaker, str *words)
{
	while (line.n && (*line.p == '>' || *line.p == ' '))
		line = str_skip(line, 1);
	*speaker = STR_EMPTY;
	*words = line;
	(void)caption_label(line, speaker, words);
}

static str without_backslashes(str line)
{
	while (line.n && *line.p == '\\')
		line = str_skip(line, 1);
	return line;
}

bool caption_needs_escape(str line)
{
	str s = without_backslashes(line);
	return str_starts(s, S(">>")) || caption_is_note(s);
}

bool caption_is_escaped(str line)
{
	return str_starts(line, S("\\")) && caption_needs_escape(line);
}

/* --- which layout --- */

/* Facts about the lines of a text. */
struct seen {
	bool marked, timing, heading, quote, strong;
};

static struct seen look(str text)
{
	struct seen s = {0};
	str line;
	while (str_cut(&text, '\n', &line)) {
		s.marked |= str_starts(line, S(">>"));
		s.timing |= caption_is_timing(line);
		s.heading |= str_starts(line, S("### "));
		s.quote |= str_starts(line, S("> "));
		s.strong |= str_starts(line, S("**"));
	}
	return s;
}

enum rc caption_layout_of(str text, const char *field, enum caption_layout *out, struct err *err)
{
	if (str_starts(text, BOM))
		text = str_skip(text, BOM.n);
	struct seen s = look(text);
	*out = CAPTION_CART;
	if (str_starts(text, S("WEBVTT")))
		*out = CAPTION_VTT;
	else if (s.timing)
		*out = CAPTION_SRT;
	else if (s.heading || s.strong)
		*out = CAPTION_MARKDOWN;
	else if (!s.marked && !s.quote)
		return ERR(err, INVALID, field,
		    "This is no transcript that can be read: no line begins with \">> NAME:\", "
		    "none "
		    "is a heading \"### Name:\", and there are no times as in WebVTT or SRT.");
	else if (!s.marked)
		*out = CAPTION_MARKDOWN;
	return OK;
}

enum rc caption_read(struct arena *a, str text, enum caption_layout layout, const char *field,
    caption_cues *out, struct err *err)
{
	struct caption_in in = {.arena = a, .rest = text, .field = field, .out = out};
	if (text.n > CAPTION_BYTES_MAX)
		return ERR(
		    err, INVALID, field, "A transcript may have 4 MiB. Please import it in parts.");
	if (!utf8_valid(text))
		return ERR(err, INVALID, field,
		    "This text is not in UTF-8. Please save it as UTF-8 and try again.");
	if (str_starts(text, BOM))
		in.rest = str_skip(text, BOM.n);
	switch (layout) {
	case CAPTION_CART:
		TRY(caption_read_cart(&in, err));
		break;
	case CAPTION_VTT:
		TRY(caption_read_vtt(&in, err));
		break;
	case CAPTION_SRT:
		TRY(caption_read_srt(&in, err));
		break;
	case CAPTION_MARKDOWN:
		TRY(caption_read_markdown(&in, err));
		break;
	}
	if (!out->n)
		return ERR(err, INVALID, field, "Nobody says anything in this text.");
	return OK;
}
