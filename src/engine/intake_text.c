/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/intake_text.h"

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "engine/intake_reply.h"

#include "base/poison.h"

/* ---- from bytes to text ---- */

static void put_char(struct buf *b, uint32_t c)
{
	if (c < 0x80) {
		buf_putc(b, (char)c);
		return;
	}
	char out[4];
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)((n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0) | c);
	buf_put(b, str_from(out, n));
}

/* s: without its mark. False for half a character. */
static bool decode_utf16(struct arena *a, str s, bool big, str *out)
{
	if (s.n % 2 != 0)
		return false;
	struct buf b = buf_in(a, 0);
	uint32_t high = 0;
	for (size_t i = 0; i < s.n; i += 2) {
		uint32_t first = (unsigned char)s.p[i], second = (unsigned char)s.p[i + 1];
		uint32_t unit = big ? first << 8 | second : second << 8 | first;
		bool low = unit >= 0xdc00 && unit < 0xe000;
		if (low != (high != 0))
			return false;
		if (low)
			unit = 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00);
		high = !low && unit >= 0xd800 && unit < 0xdc00 ? unit : 0;
		if (!high)
			put_char(&b, unit);
	}
	*out = buf_str(&b);
	return high == 0;
}

/* A form feed parts pages in older text files; to us it is an empty line. */
static str without_form_feeds(struct arena *a, str s)
{
	if (str_find_char(s, '\f') == SIZE_MAX)
		return s;
	struct buf b = buf_in(a, 0);
	str piece;
	while (str_cut(&s, '\f', &piece)) {
		buf_sep(&b, S("\n\n"));
		buf_put(&b, piece);
	}
	return buf_str(&b);
}

bool intake_text_decode(struct arena *a, str bytes, str *out)
{
	bool ok = true;
	if (str_starts(bytes, S("\xff\xfe")))
		ok = decode_utf16(a, str_skip(bytes, 2), false, out);
	else if (str_starts(bytes, S("\xfe\xff")))
		ok = decode_utf16(a, str_skip(bytes, 2), true, out);
	else
		*out = str_starts(bytes, S("\xef\xbb\xbf")) ? str_skip(bytes, 3) : bytes;
	if (!ok)
		return false;
	*out = without_form_feeds(a, *out);
	return utf8_is_text(*out);
}

bool intake_text_is_binary(str bytes)
{
	for (size_t i = 0; i < bytes.n; i++) {
		unsigned char c = (unsigned char)bytes.p[i];
		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7f)
			return true;
	}
	return false;
}

/* ---- from text to paragraphs ---- */

/* Past the limit one more is kept, so that the caller can see it was passed. */
static void add(struct arena *a, struct intake *out, int level, str text)
{
	text = str_trim(text);
	if (text.n > 0 && out->paragraphs.n <= REPLY_PARAGRAPHS_MAX)
		*vec_push(a, &out->paragraphs) =
		    (struct intake_paragraph){arena_str(a, text), level};
}

/* The level of "## Heading", with the heading in *title; 0 for any other line. */
static int markdown_heading(str line, str *title)
{
	size_t n = 0;
	while (n < line.n && n < 7 && line.p[n] == '#')
		n++;
	if (n == 0 || n == 7 || n == line.n || line.p[n] != ' ')
		return 0;
	*title = str_trim(str_skip(line, n));
	while (title->n > 0 && title->p[title->n - 1] == '#')
		title->n--;
	*title = str_trim(*title);
	return (int)n;
}

static str without_end(str line)
{
	while (line.n > 0 && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\r' ||
	                         line.p[line.n - 1] == '\t'))
		line.n--;
	return line;
}

void intake_text_paragraphs(struct arena *a, str text, enum intake_kind kind, struct intake *out)
{
	struct buf open = buf_in(a, 0);
	bool fenced = false;
	str line;
	while (str_cut(&text, '\n', &line)) {
		line = without_end(line);
		str title;
		int level = kind == INTAKE_MARKDOWN && !fenced ? markdown_heading(line, &title) : 0;
		if (kind == INTAKE_MARKDOWN && str_starts(str_trim(line), S("```")))
			fenced = !fenced;
		if (line.n > 0 && level == 0) {
			buf_sep(&open, S("\n"));
			buf_put(&open, line);
			continue;
		}
		if (fenced)
			continue;
		add(a, out, INTAKE_BODY, buf_str(&open));
		buf_clear(&open);
		if (level > 0)
			add(a, out, level, title);
	}
	add(a, out, INTAKE_BODY, buf_str(&open));
}

/* ---- from pages to paragraphs ---- */

/* Valid UTF-8 without controls; whatever is neither becomes U+FFFD or nothing. */
static str repair(struct arena *a, str s)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < s.n;) {
		unsigned char c = (unsigned char)s.p[i];
		size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
		str one = str_head(str_skip(s, i), n);
		bool layout = c == '\f' || c == '\n';
		if (layout || utf8_is_text(one)) {
			buf_put(&b, one);
			i += one.n;
			continue;
		}
		if (c >= 0x80)
			buf_put(&b, S("\xef\xbf\xbd"));
		i++;
	}
	return buf_str(&b);
}

static uint32_t first_char(str s)
{
	size_t at = 0;
	uint32_t c = 0;
	(void)utf8_next(s, &at, &c);
	return c;
}

static uint32_t last_char(str s)
{
	size_t i = s.n;
	while (i > 0 && ((unsigned char)s.p[i - 1] & 0xc0) == 0x80)
		i--;
	return i > 0 ? first_char(str_skip(s, i - 1)) : 0;
}

/* Characters of scripts that are written without spaces. */
static bool is_unspaced(uint32_t c)
{
	bool hangul = (c >= 0xac00 && c <= 0xd7ff) || (c >= 0x3130 && c <= 0x318f);
	return c >= 0x2e80 && c < 0x30000 && !hangul && !(c >= 0xfb00 && c < 0xfe30);
}

static str join_of(str left, str right)
{
	return is_unspaced(last_char(left)) && is_unspaced(first_char(right)) ? STR_EMPTY : S(" ");
}

/* Lines become one where they were broken for width; a short line ends on purpose. */
static str join_lines(struct arena *a, str block)
{
	size_t longest = 0;
	str line;
	for (str rest = block; str_cut(&rest, '\n', &line);) {
		size_t n = utf8_count(line);
		longest = n > longest ? n : longest;
	}
	struct buf b = buf_in(a, 0);
	size_t before = 0;
	while (str_cut(&block, '\n', &line)) {
		line = str_trim(line);
		if (b.n > 0)
			buf_put(
			    &b, before * 10 < longest * 6 ? S("\n") : join_of(buf_str(&b), line));
		buf_put(&b, line);
		before = utf8_count(line);
	}
	return buf_str(&b);
}

/* "3", "- 12 -", "4/17": a page's number, when it stands alone at its edge. */
static bool is_page_number(str block)
{
	size_t digits = 0;
	block = str_trim(block);
	if (block.n == 0 || block.n > 9)
		return false;
	for (size_t i = 0; i < block.n; i++) {
		char c = block.p[i];
		bool digit = c >= '0' && c <= '9';
		if (!digit && c != '-' && c != '/' && c != ' ')
			return false;
		digits = digit ? digits + 1 : 0;
		if (digits > 3)
			return false;
	}
	return true;
}

/* A sentence that stopped at the foot of a page and goes on at the head of the next. */
static bool goes_on(str left, str right)
{
	uint32_t end = last_char(left), start = first_char(right);
	return u_isalpha((UChar32)end)
	           ? u_islower((UChar32)start) || (is_unspaced(end) && is_unspaced(start))
	           : (end == ',' || end == '-') && u_islower((UChar32)start);
}

struct blocks {
	VEC(str) v;
};

static void cut_blocks(struct arena *a, str page, struct blocks *out)
{
	const char *from = NULL;
	str line;
	while (str_cut(&page, '\n', &line)) {
		bool empty = str_trim(line).n == 0;
		if (!empty && !from) {
			from = line.p;
			*vec_push(a, &out->v) = line;
		} else if (!empty) {
			out->v.p[out->v.n - 1] = str_from(from, (size_t)(line.p + line.n - from));
		} else {
			from = NULL;
		}
	}
}

static void add_page(struct arena *a, const struct blocks *page, struct intake *out)
{
	size_t from = 0, to = page->v.n;
	if (to > 1 && is_page_number(page->v.p[to - 1]))
		to--;
	if (to > 1 && is_page_number(page->v.p[0]))
		from++;
	size_t before = out->paragraphs.n;
	for (size_t i = from; i < to; i++) {
		str text = join_lines(a, page->v.p[i]);
		struct intake_paragraph *last =
		    before > 0 && i == from ? &out->paragraphs.p[before - 1] : NULL;
		/* A paragraph has an end somewhere; without this limit, joining could become slow.
		 */
		if (last && last->text.n < 65536 && goes_on(last->text, text))
			last->text = arena_printf(a, "%.*s%.*s%.*s", STR(last->text),
			    STR(join_of(last->text, text)), STR(text));
		else
			add(a, out, INTAKE_BODY, text);
	}
}

void intake_text_pages(struct arena *a, str pages, struct intake *out)
{
	pages = repair(a, pages);
	str page;
	while (str_cut(&pages, '\f', &page)) {
		struct blocks blocks = {0};
		cut_blocks(a, page, &blocks);
		add_page(a, &blocks, out);
	}
}
