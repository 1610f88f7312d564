/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/html.h"

#include "base/err.h"
#include "base/poison.h"

struct page_out page_out_in(struct arena *a, size_t limit)
{
	return (struct page_out){
	    .arena = a, .b = buf_in(a, limit), .lang = S("en"), .dir = S("ltr")};
}

bool page_out_ok(const struct page_out *o)
{
	return buf_ok(&o->b) && !arena_spent(o->arena);
}

str page_out_str(const struct page_out *o)
{
	return buf_str(&o->b);
}

/* --- addresses --- */

static bool unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

static void put_percent(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (unreserved(s.p[i]))
			buf_putc(b, s.p[i]);
		else
			buf_printf(b, "%%%02X", (unsigned)(unsigned char)s.p[i]);
	}
}

url url_path(struct arena *a, const str *pieces, size_t n)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < n; i++) {
		str piece = pieces[i];
		/* A browser would resolve these, percent-encoded or not; "//" would name a host. */
		if (piece.n == 0 || str_is(piece, ".") || str_is(piece, ".."))
			piece = S("-");
		buf_putc(&b, '/');
		put_percent(&b, piece);
	}
	if (n == 0)
		buf_putc(&b, '/');
	return (url){buf_str(&b)};
}

url url_query(struct arena *a, url u, str key, str value)
{
	struct buf b = buf_in(a, 0);
	size_t hash = str_find_char(u.s, '#');
	str before = str_head(u.s, hash);
	buf_put(&b, before);
	buf_putc(&b, str_find_char(before, '?') == SIZE_MAX ? '?' : '&');
	put_percent(&b, key);
	buf_putc(&b, '=');
	put_percent(&b, value);
	if (hash != SIZE_MAX)
		buf_put(&b, str_skip(u.s, hash));
	return (url){buf_str(&b)};
}

url url_fragment(struct arena *a, url u, str id)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, str_head(u.s, str_find_char(u.s, '#')));
	buf_putc(&b, '#');
	put_percent(&b, id);
	return (url){buf_str(&b)};
}

static bool starts_nocase(str s, str prefix)
{
	return s.n >= prefix.n && str_eq_nocase(str_head(s, prefix.n), prefix);
}

/* The host part is there and nobody hides another host behind a user name. */
static bool authority_ok(str rest)
{
	size_t n = 0;
	while (n < rest.n && rest.p[n] != '/' && rest.p[n] != '?' && rest.p[n] != '#')
		n++;
	return n > 0 && rest.p[0] != ':' && str_find_char(str_head(rest, n), '@') == SIZE_MAX;
}

bool url_external(struct arena *a, str s, url *out)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c <= 0x20 || c == 0x7f || c == '\\' || c == '"' || c == '<' || c == '>' ||
		    c == '`')
			return false;
	}
	bool ok = false;
	if (starts_nocase(s, S("https://")))
		ok = authority_ok(str_skip(s, 8));
	else if (starts_nocase(s, S("http://")))
		ok = authority_ok(str_skip(s, 7));
	else if (starts_nocase(s, S("mailto:")))
		ok = s.n > 7 && s.p[7] != '?' && str_find_char(s, '@') != SIZE_MAX;
	if (ok)
		*out = (url){arena_str(a, s)};
	return ok;
}

bool url_is_own(url u)
{
	if (u.s.n == 0)
		return false;
	if (u.s.p[0] == '#' || u.s.p[0] == '?')
		return true;
	return u.s.p[0] == '/' && (u.s.n == 1 || (u.s.p[1] != '/' && u.s.p[1] != '\\'));
}

html html_from_renderer(str s)
{
	return (html){s};
}

/* --- writers --- */

void out_lit(struct page_out *o, str markup)
{
	buf_put(&o->b, markup);
}

/* One escaping for text and quoted attributes: a superset that is right in both. */
static void put_escaped(struct buf *b, str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		str as;
		switch (s.p[i]) {
		case '&':
			as = S("&amp;");
			break;
		case '<':
			as = S("&lt;");
			break;
		case '>':
			as = S("&gt;");
			break;
		case '"':
			as = S("&quot;");
			break;
		case '\'':
			as = S("&#39;");
			break;
		default:
			continue;
		}
		buf_put(b, str_from(s.p + from, i - from));
		buf_put(b, as);
		from = i + 1;
	}
	if (from < s.n)
		buf_put(b, str_from(s.p + from, s.n - from));
}

void out_text(struct page_out *o, str s)
{
	put_escaped(&o->b, s);
}

void out_attr(struct page_out *o, str s)
{
	put_escaped(&o->b, s);
}

void out_html(struct page_out *o, html h)
{
	buf_put(&o->b, h.s);
}

void out_i64(struct page_out *o, int64_t v)
{
	buf_put_i64(&o->b, v);
}

void out_u64(struct page_out *o, uint64_t v)
{
	buf_put_u64(&o->b, v);
}

void out_link(struct page_out *o, url u)
{
	put_escaped(&o->b, u.s.n ? u.s : S("#"));
}

void out_link_own(struct page_out *o, url u)
{
	put_escaped(&o->b, url_is_own(u) ? u.s : S("#"));
}

str out_str_same(struct page_out *o, str s)
{
	(void)o;
	return s;
}

str out_str_i64(struct page_out *o, int64_t v)
{
	return arena_printf(o->arena, "%lld", (long long)v);
}

str out_str_u64(struct page_out *o, uint64_t v)
{
	return arena_printf(o->arena, "%llu", (unsigned long long)v);
}

str out_isolate(struct page_out *o, str s)
{
	struct buf b = buf_in(o->arena, 0);
	buf_put(&b, S("\u2068"));
	buf_put(&b, s);
	buf_put(&b, S("\u2069"));
	return buf_str(&b);
}

void out_t(struct page_out *o, const char *msgid, const str *args, size_t n)
{
	str msg = o->translate ? o->translate(o->translate_ctx, msgid) : str_of(msgid);
	put_escaped(&o->b, n ? err_fill(o->arena, msg, args, n) : msg);
}

void out_tn(
    struct page_out *o, const char *one, const char *many, int64_t count, const str *args, size_t n)
{
	str msg = o->translate_n ? o->translate_n(o->translate_ctx, one, many, count)
	                         : str_of(count == 1 ? one : many);
	put_escaped(&o->b, err_fill(o->arena, msg, args, n));
}
