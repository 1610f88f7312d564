/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/http_text.h"

#include "base/utf8.h"
#include "base/poison.h"

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool http_percent_decode(struct arena *a, str s, bool plus, str *out)
{
	size_t n = 0;

	*out = s;
	if (str_find_char(s, '%') == SIZE_MAX && (!plus || str_find_char(s, '+') == SIZE_MAX))
		return utf8_is_text(s);
	char *p = arena_push(a, s.n);
	for (size_t i = 0; i < s.n; i++) {
		p[n] = s.p[i];
		if (plus && p[n] == '+')
			p[n] = ' ';
		if (s.p[i] == '%') {
			int high = i + 2 < s.n ? hex_value(s.p[i + 1]) : -1;
			int low = i + 2 < s.n ? hex_value(s.p[i + 2]) : -1;
			if (high < 0 || low < 0)
				return false;
			p[n] = (char)(high << 4 | low);
			i += 2;
		}
		n++;
	}
	*out = (str){p, n};
	return utf8_is_text(*out);
}

bool http_parse_path(struct http_request *q)
{
	str rest = str_skip(q->path, 1), piece;

	if (!str_starts(q->path, S("/")))
		return false;
	bool open = rest.n > 0;
	while (open) {
		size_t end = str_find_char(rest, '/');
		open = end != SIZE_MAX;
		piece = str_head(rest, open ? end : rest.n);
		rest = str_skip(rest, open ? end + 1 : rest.n);
		str *segment = vec_push(q->arena, &q->segments);
		if (!http_percent_decode(q->arena, piece, false, segment))
			return false;
		if (str_is(*segment, ".") || str_is(*segment, "..") || q->segments.n > 32)
			return false;
	}
	return true;
}

bool http_parse_pairs(struct arena *a, str s, http_pairs *out)
{
	str piece;

	while (str_cut(&s, '&', &piece)) {
		size_t eq = str_find_char(piece, '=');
		str value = eq == SIZE_MAX ? STR_EMPTY : str_skip(piece, eq + 1);

		if (piece.n == 0)
			continue;
		if (out->n == HTTP_PAIRS)
			return false;
		struct http_pair *pair = vec_push(a, out);
		if (!http_percent_decode(a, str_head(piece, eq), true, &pair->name) ||
		    !http_percent_decode(a, value, true, &pair->value))
			return false;
	}
	return true;
}

void http_parse_cookies(struct arena *a, str s, http_pairs *out)
{
	str piece;

	while (str_cut(&s, ';', &piece)) {
		piece = str_trim(piece);
		size_t eq = str_find_char(piece, '=');
		if (eq == SIZE_MAX || eq == 0 || out->n == HTTP_PAIRS)
			continue;
		*vec_push(a, out) =
		    (struct http_pair){str_head(piece, eq), str_skip(piece, eq + 1)};
	}
}

str http_media_type(struct arena *a, str value)
{
	str type = str_trim(str_head(value, str_find_char(value, ';')));
	char *p = arena_push(a, type.n);

	for (size_t i = 0; i < type.n; i++)
		p[i] = (char)(type.p[i] >= 'A' && type.p[i] <= 'Z' ? type.p[i] + 32 : type.p[i]);
	return (str){p, type.n};
}

/*
 * One value, quoted or not, off the front of *rest. Browsers write %22 for a quote in a file
 * name and a backslash as it is, other clients escape with it: so only \" is undone.
 */
static str parameter_value(struct arena *a, str *rest)
{
	struct buf b = buf_in(a, 0);

	if (!str_starts(*rest, S("\""))) {
		str token = str_head(*rest, str_find_char(*rest, ';'));
		*rest = str_skip(*rest, token.n);
		return str_trim(token);
	}
	size_t i = 1;
	for (; i < rest->n && rest->p[i] != '"'; i++) {
		if (rest->p[i] == '\\' && i + 1 < rest->n && rest->p[i + 1] == '"')
			i++;
		buf_putc(&b, rest->p[i]);
	}
	/* Without its end it is no quoted string: let what follows be nothing. */
	bool ended = i < rest->n;
	*rest = str_skip(*rest, i + 1);
	return ended ? buf_str(&b) : (str){NULL, 0};
}

str http_parameter(struct arena *a, str value, str name)
{
	str rest = value;

	/* Always from one ';' to the next that is not inside quotes. */
	for (size_t semi; (semi = str_find_char(rest, ';')) != SIZE_MAX;) {
		rest = str_skip(rest, semi + 1);
		size_t eq = str_find_char(rest, '=');
		if (eq == SIZE_MAX)
			break;
		str key = str_trim(str_head(rest, eq));
		rest = str_skip(rest, eq + 1);
		str found = parameter_value(a, &rest);
		if (str_eq_nocase(key, name))
			return found;
	}
	return (str){NULL, 0};
}

/* "q=0", "q=0.", "q=0.000". */
static bool is_zero_quality(str weight)
{
	if (!str_starts(weight, S("q=0")) && !str_starts(weight, S("Q=0")))
		return false;
	for (size_t i = 3; i < weight.n; i++)
		if (weight.p[i] != '.' && weight.p[i] != '0')
			return false;
	return true;
}

bool http_accepts_gzip(str value)
{
	str piece;

	while (str_cut(&value, ',', &piece)) {
		size_t semi = str_find_char(piece, ';');
		str weight = semi == SIZE_MAX ? STR_EMPTY : str_trim(str_skip(piece, semi + 1));
		if (str_eq_nocase(str_trim(str_head(piece, semi)), S("gzip")))
			return !is_zero_quality(weight);
	}
	return false;
}

bool http_etag_matches(str value, str etag)
{
	str piece;

	if (etag.n == 0)
		return false;
	while (str_cut(&value, ',', &piece)) {
		piece = str_trim(piece);
		if (str_is(piece, "*"))
			return true;
		if (str_starts(piece, S("W/")))
			piece = str_skip(piece, 2);
		if (piece.n < 2 || piece.p[0] != '"' || piece.p[piece.n - 1] != '"')
			continue;
		str tag = str_head(str_skip(piece, 1), piece.n - 2);
		if (str_starts(tag, etag) &&
		    (tag.n == etag.n || str_is(str_skip(tag, etag.n), "-gz")))
			return true;
	}
	return false;
}
