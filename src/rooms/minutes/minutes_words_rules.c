/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A draft is Markdown; the summary that comes of it is plain paragraphs. */
#include "rooms/minutes/minutes.h"

#include "base/poison.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Signs that Markdown reads anywhere in a line. */
static bool is_sign(char c)
{
	return c == '\\' || c == '`' || c == '*' || c == '_' || c == '[' || c == ']' || c == '<' ||
	       c == '>';
}

/* How many bytes at the beginning of a line make a number of a list, "12." or "12)". */
static size_t list_number(str line)
{
	size_t n = 0;
	while (n < line.n && is_digit(line.p[n]))
		n++;
	return n && n < line.n && (line.p[n] == '.' || line.p[n] == ')') ? n + 1 : 0;
}

static void escape_line(struct buf *b, str line, bool begins)
{
	size_t number = begins ? list_number(line) : 0, i = 0;
	if (number) {
		buf_put(b, str_head(line, number - 1));
		buf_putc(b, '\\');
		i = number - 1;
		buf_putc(b, line.p[i++]);
	} else if (begins && line.n &&
	           (line.p[0] == '#' || line.p[0] == '-' || line.p[0] == '+' || line.p[0] == '=' ||
	               line.p[0] == '~' || line.p[0] == '|')) {
		buf_putc(b, '\\');
	}
	for (; i < line.n; i++) {
		if (is_sign(line.p[i]))
			buf_putc(b, '\\');
		buf_putc(b, line.p[i]);
	}
}

str minutes_escape(struct arena *a, str words, bool begins)
{
	struct buf b = buf_in(a, 0);
	str rest = words, line;
	bool first = true;
	while (str_cut(&rest, '\n', &line)) {
		if (!first)
			buf_putc(&b, '\n');
		first = false;
		escape_line(&b, str_trim(line), begins);
	}
	return buf_str(&b);
}

/* "[entry 12]: /g/x/record/12": where a reference leads. */
static bool is_reference(str line)
{
	size_t end = line.n && line.p[0] == '[' ? str_find(line, S("]: ")) : SIZE_MAX;
	return end != SIZE_MAX && str_find_char(str_skip(line, end + 3), ' ') == SIZE_MAX;
}

/* Without the signs at its beginning; *own: it begins a paragraph of its own. */
static str bare(str line, bool *own)
{
	size_t signs = 0, number = list_number(line);
	while (signs < line.n && line.p[signs] == '#')
		signs++;
	*own = true;
	if (signs && signs < line.n && line.p[signs] == ' ')
		return str_trim(str_skip(line, signs));
	if (str_starts(line, S("- ")))
		return str_trim(str_skip(line, 2));
	if (number && number < line.n && line.p[number] == ' ')
		return line;
	*own = false;
	return str_starts(line, S(">")) ? str_trim(str_skip(line, 1)) : line;
}

static void put_unescaped(struct buf *b, str line)
{
	for (size_t i = 0; i < line.n; i++) {
		char next = i + 1 < line.n ? line.p[i + 1] : 0;
		bool sign = is_sign(next) || next == '#' || next == '-' || next == '+' ||
		            next == '=' || next == '~' || next == '|' || next == '.' || next == ')';
		if (line.p[i] == '\\' && sign)
			i++;
		buf_putc(b, line.p[i]);
	}
}

str minutes_plain(struct arena *a, str markdown)
{
	struct buf b = buf_in(a, 0);
	str rest = markdown, line;
	bool gap = false, own;
	while (str_cut(&rest, '\n', &line)) {
		line = str_trim(line);
		if (!line.n) {
			gap = true;
			continue;
		}
		if (is_reference(line))
			continue;
		line = bare(line, &own);
		if (b.n)
			buf_put(&b, gap || own ? S("\n\n") : S("\n"));
		gap = false;
		put_unescaped(&b, line);
	}
	return buf_str(&b);
}
