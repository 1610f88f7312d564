/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/i18n.h"

#include "base/plural.h"
#include "engine/i18n_catalogue.h"

#include "base/poison.h"

const char *const i18n_langs[] = {"en", "fr", "es", "ar", "ru", "zh", NULL};

static const struct {
	const char *lang;
	const char *name;
} names[] = {
    {"en", "English"},
    {"fr", "Fran\xC3\xA7"
           "ais"},
    {"es", "Espa\xC3\xB1ol"},
    {"ar", "\xD8\xA7\xD9\x84\xD8\xB9\xD8\xB1\xD8\xA8\xD9\x8A\xD8\xA9"},
    {"ru", "\xD0\xA0\xD1\x83\xD1\x81\xD1\x81\xD0\xBA\xD0\xB8\xD0\xB9"},
    {"zh", "\xE4\xB8\xAD\xE6\x96\x87"},
};

static str known(str lang)
{
	for (size_t i = 0; i18n_langs[i]; i++)
		if (str_eq_nocase(str_head(lang, 2), str_of(i18n_langs[i])) &&
		    (lang.n == 2 || lang.p[2] == '-'))
			return str_of(i18n_langs[i]);
	return (str){NULL, 0};
}

str i18n_choose(str asked, str cookie, str accept_language)
{
	str piece;
	if (known(asked).n)
		return known(asked);
	if (known(cookie).n)
		return known(cookie);
	/* Browsers list languages in the order of preference; weights only repeat it. */
	while (str_cut(&accept_language, ',', &piece)) {
		str tag = str_trim(str_head(piece, str_find_char(piece, ';')));
		if (known(tag).n)
			return known(tag);
	}
	return S("en");
}

bool i18n_knows(str lang)
{
	return lang.n == 2 && known(lang).n > 0;
}

bool i18n_is_rtl(str lang)
{
	return str_is(lang, "ar");
}

str i18n_name(str lang)
{
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (str_is(lang, names[i].lang))
			return str_of(names[i].name);
	return lang;
}

/* The translation of a message, or NULL. */
static const char *find(str lang, const char *english)
{
	size_t column = 0, low = 0, high = i18n_messages_n;
	while (column < I18N_CATALOGUES && !str_is(lang, i18n_columns[column]))
		column++;
	while (column < I18N_CATALOGUES && low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(english, i18n_messages[middle].english);
		if (order == 0)
			return i18n_messages[middle].said[column];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

str i18n_get(str lang, const char *english)
{
	const char *said = find(lang, english);
	return str_of(said ? said : english);
}

str i18n_get_n(str lang, const char *one, const char *many, int64_t n)
{
	const char *said = find(lang, one);
	if (!said)
		return str_of(plural_form(S("en"), n) == 0 ? one : many);
	for (size_t form = plural_form(lang, n); form > 0; form--)
		said += strlen(said) + 1;
	return str_of(said);
}

static str translate(const void *ctx, const char *english)
{
	return i18n_get(str_of(ctx), english);
}

static str translate_n(const void *ctx, const char *one, const char *many, int64_t n)
{
	return i18n_get_n(str_of(ctx), one, many, n);
}

void i18n_dress(struct page_out *o, str lang)
{
	o->lang = lang;
	o->dir = i18n_is_rtl(lang) ? S("rtl") : S("ltr");
	o->translate = translate;
	o->translate_n = translate_n;
	o->translate_ctx = lang.p; /* one of i18n_langs: ends in NUL */
}
