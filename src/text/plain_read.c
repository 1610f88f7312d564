/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/plain_read.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/json_read.h"

#include "base/poison.h"

struct plain {
	struct arena *arena;
	bool markdown;
	struct text_par *par; /* NULL: they are only counted */
	size_t n;
	/* The paragraph being read, if p is not NULL: from its first line to the end of its last.
	 */
	str lines;
	struct text_par now;
};

static enum rc check(struct arena *a, str bytes, struct err *err)
{
	str line;
	size_t n = 0;
	if (utf8_is_text(bytes))
		return OK;
	TRY(text_check_utf8(a, bytes, err));
	while (str_cut(&bytes, '\n', &line)) {
		n++;
		if (!utf8_is_text(line))
			break;
	}
	return ERR(err, INVALID, NULL, "Line {0}: there is a control character. Is this text?",
	    arena_printf(a, "%zu", n));
}

/* CR LF, and CR alone, end a line as LF does. */
static str lines_of(struct arena *a, str bytes)
{
	struct buf b;
	if (str_starts(bytes, S("\xEF\xBB\xBF")))
		bytes = str_skip(bytes, 3);
	if (str_find_char(bytes, '\r') == SIZE_MAX)
		return bytes;
	b = buf_in(a, 0);
	for (size_t i = 0; i < bytes.n; i++) {
		bool cr = bytes.p[i] == '\r';
		if (!cr || i + 1 == bytes.n || bytes.p[i + 1] != '\n')
			buf_putc(&b, cr ? '\n' : bytes.p[i]);
	}
	return buf_str(&b);
}

static void end(struct plain *s)
{
	str text = s->lines.p ? str_trim(s->lines) : STR_EMPTY;
	s->lines = (str){NULL, 0};
	if (!text.n)
		return;
	struct text_par *p = s->par ? &s->par[s->n] : NULL;
	s->n++;
	if (!p)
		return;
	*p = s->now;
	p->id = arena_printf(s->arena, "p%zu", s->n);
	p->full = text;
}

static size_t count(str s, char c)
{
	size_t n = 0;
	while (n < s.n && s.p[n] == c)
		n++;
	return n;
}

/* Bytes of "#### ", of "- " and "12. " with the blanks before; 0: none. */
static size_t heading_mark(str line, unsigned *level)
{
	size_t n = count(line, '#');
	if (n < 1 || n > 6 || (n < line.n && line.p[n] != ' ' && line.p[n] != '\t'))
		return 0;
	*level = (unsigned)n;
	return n;
}

static size_t item_mark(str line)
{
	size_t i = count(line, ' '), digits = 0;
	while (i + digits < line.n && line.p[i + digits] >= '0' && line.p[i + digits] <= '9')
		digits++;
	i += digits;
	if (i + 1 >= line.n || line.p[i + 1] != ' ')
		return 0;
	char c = line.p[i];
	bool is = digits ? digits < 10 && (c == '.' || c == ')') : c == '-' || c == '*' || c == '+';
	return is ? i + 2 : 0;
}

static void begin(struct plain *s, str line, enum text_kind kind, unsigned level)
{
	end(s);
	s->now = (struct text_par){.kind = kind, .level = level};
	s->lines = line;
}

static void take(struct plain *s, str line)
{
	unsigned level = 0;
	size_t mark;
	if (!str_trim(line).n) {
		end(s);
	} else if (s->markdown && (mark = heading_mark(line, &level)) > 0) {
		begin(s, str_skip(line, mark), TEXT_HEADING, level);
		end(s);
	} else if (s->markdown && (mark = item_mark(line)) > 0) {
		begin(s, str_skip(line, mark), TEXT_PARA, 0);
	} else if (s->lines.p) {
		s->lines.n = (size_t)(line.p - s->lines.p) + line.n;
	} else {
		begin(s, line, TEXT_PARA, 0);
	}
}

static void take_all(struct plain *s, str bytes)
{
	str line;
	while (str_cut(&bytes, '\n', &line))
		take(s, line);
	end(s);
}

enum rc text_plain_read(
    struct arena *a, str bytes, bool markdown, struct text_doc *out, struct err *err)
{
	struct plain count = {.arena = a, .markdown = markdown}, read = count;
	TRY(check(a, bytes, err));
	bytes = lines_of(a, bytes);
	take_all(&count, bytes);
	if (count.n > TEXT_PLAIN_PARS)
		return ERR(err, INVALID, NULL,
		    "This text has more than {0} paragraphs, which is the most. Divide it.",
		    arena_printf(a, "%d", TEXT_PLAIN_PARS));
	read.par = arena_array(a, struct text_par, count.n + 1);
	take_all(&read, bytes);
	*out = (struct text_doc){.par = read.par, .n = read.n};
	return OK;
}
