/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/markup.h"

#include "base/must.h"

#include "base/poison.h"

struct markup markup_in(struct arena *a)
{
	return (struct markup){.b = buf_in(a, 0)};
}

static void end_tag(struct markup *m)
{
	if (m->in_tag)
		buf_putc(&m->b, '>');
	m->in_tag = false;
}

str markup_str(struct markup *m)
{
	must(!m->open.n);
	return buf_str(&m->b);
}

/* Carriage returns and, in attributes, line ends would not come through a parser as they are. */
static str escape_of(char c)
{
	switch (c) {
	case '&':
		return S("&amp;");
	case '<':
		return S("&lt;");
	case '>':
		return S("&gt;");
	case '"':
		return S("&quot;");
	case '\r':
		return S("&#13;");
	default:
		return STR_EMPTY;
	}
}

static void put_escaped(struct markup *m, str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		str as = escape_of(s.p[i]);
		if (!as.n)
			continue;
		buf_put(&m->b, (str){s.p + from, i - from});
		buf_put(&m->b, as);
		from = i + 1;
	}
	buf_put(&m->b, str_skip(s, from));
}

void markup_open(struct markup *m, const char *element)
{
	end_tag(m);
	buf_putc(&m->b, '<');
	buf_put(&m->b, str_of(element));
	*vec_push(m->b.arena, &m->open) = element;
	m->in_tag = true;
}

void markup_attr(struct markup *m, const char *name, str value)
{
	must(m->in_tag);
	buf_putc(&m->b, ' ');
	buf_put(&m->b, str_of(name));
	buf_put(&m->b, S("=\""));
	put_escaped(m, value);
	buf_putc(&m->b, '"');
}

void markup_flag(struct markup *m, const char *name)
{
	must(m->in_tag);
	buf_putc(&m->b, ' ');
	buf_put(&m->b, str_of(name));
}

void markup_class(struct markup *m, const char *value)
{
	markup_attr(m, "class", str_of(value));
}

void markup_close(struct markup *m)
{
	must(m->open.n);
	end_tag(m);
	buf_put(&m->b, S("</"));
	buf_put(&m->b, str_of(m->open.p[--m->open.n]));
	buf_putc(&m->b, '>');
}

void markup_text(struct markup *m, str s)
{
	end_tag(m);
	put_escaped(m, s);
}

void markup_line(struct markup *m)
{
	end_tag(m);
	buf_putc(&m->b, '\n');
}

void markup_raw(struct markup *m, str s)
{
	end_tag(m);
	buf_put(&m->b, s);
}

void markup_void(struct markup *m, const char *element)
{
	end_tag(m);
	buf_putc(&m->b, '<');
	buf_put(&m->b, str_of(element));
	m->in_tag = true;
}
