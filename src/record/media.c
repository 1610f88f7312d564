/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/media.h"

#include "base/poison.h"

static bool is_word(str s, const char *extra)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool ok = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (!ok && (c == 0 || !strchr(extra, c)))
			return false;
	}
	return s.n > 0;
}

/* Cuts the next parameter off *rest, which begins after the ';' before it. */
static str cut_parameter(str *rest)
{
	size_t end = str_find_char(*rest, ';');
	str piece = str_head(*rest, end);
	*rest = end == SIZE_MAX ? STR_EMPTY : str_skip(*rest, end + 1);
	return piece;
}

static str parameter_name(str parameter)
{
	return str_head(parameter, str_find_char(parameter, '='));
}

/* The parameters after the first ';'; false when there are none. */
static bool parameters(str media, str *rest)
{
	size_t at = str_find_char(media, ';');
	if (at == SIZE_MAX)
		return false;
	*rest = str_skip(media, at + 1);
	return true;
}

static bool parameter_ok(str parameter)
{
	str name = parameter_name(parameter);
	if (!is_word(name, "-_"))
		return false;
	return name.n == parameter.n || is_word(str_skip(parameter, name.n + 1), "-_.+");
}

bool media_ok(str s)
{
	if (s.n > MEDIA_MAX || s.n == 0 || s.p[s.n - 1] == ';')
		return false;
	str essence = str_head(s, str_find_char(s, ';'));
	size_t slash = str_find_char(essence, '/');
	if (slash == SIZE_MAX || !is_word(str_head(essence, slash), "-.+") ||
	    !is_word(str_skip(essence, slash + 1), "-.+"))
		return false;
	str rest;
	if (!parameters(s, &rest))
		return true;
	while (rest.n) {
		str parameter = cut_parameter(&rest);
		if (!parameter_ok(parameter))
			return false;
		str after = rest;
		while (after.n)
			if (str_eq(
			        parameter_name(cut_parameter(&after)), parameter_name(parameter)))
				return false;
	}
	return true;
}

static bool find_parameter(str media, const char *name, str *out)
{
	str rest;
	if (!parameters(media, &rest))
		return false;
	while (rest.n) {
		*out = cut_parameter(&rest);
		if (str_is(parameter_name(*out), name))
			return true;
	}
	return false;
}

bool media_has(str media, const char *name)
{
	str found;
	return find_parameter(media, name, &found);
}

str media_value(str media, const char *name)
{
	str found;
	if (!find_parameter(media, name, &found))
		return STR_EMPTY;
	size_t n = parameter_name(found).n;
	return n == found.n ? STR_EMPTY : str_skip(found, n + 1);
}
