/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/xml_out.h"

#include "base/utf8.h"

#include "base/poison.h"

void xml_raw(struct buf *b, const char *markup)
{
	buf_put(b, str_of(markup));
}

void xml_begin(struct buf *b, const char *name)
{
	buf_putc(b, '<');
	xml_raw(b, name);
}

void xml_inside(struct buf *b)
{
	buf_putc(b, '>');
}

void xml_end(struct buf *b, const char *name)
{
	xml_raw(b, "</");
	xml_raw(b, name);
	buf_putc(b, '>');
}

void xml_alone(struct buf *b)
{
	xml_raw(b, "/>");
}

/* NULL: as it stands. */
static const char *escape_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\r':
		return "&#13;";
	case '\n':
		return "&#10;";
	case '\t':
		return "&#9;";
	default:
		return NULL;
	}
}

void xml_text(struct buf *b, str text)
{
	size_t from = 0;
	for (size_t i = 0; i < text.n; i++) {
		const char *z = escape_of(text.p[i]);
		if (!z)
			continue;
		buf_put(b, (str){text.p + from, i - from});
		xml_raw(b, z);
		from = i + 1;
	}
	buf_put(b, str_skip(text, from));
}

void xml_attr(struct buf *b, const char *name, str value)
{
	buf_putc(b, ' ');
	xml_raw(b, name);
	xml_raw(b, "=\"");
	xml_text(b, value);
	buf_putc(b, '"');
}

void xml_attr_n(struct buf *b, const char *name, uint64_t value)
{
	buf_putc(b, ' ');
	xml_raw(b, name);
	xml_raw(b, "=\"");
	buf_put_u64(b, value);
	buf_putc(b, '"');
}

bool xml_can_hold(str text)
{
	uint32_t c;
	for (size_t at = 0; utf8_next(text, &at, &c);)
		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xfffe || c == 0xffff)
			return false;
	return true;
}
