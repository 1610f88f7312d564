/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/i18n.h"

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

str i18n_get(str lang, const char *english)
{
	(void)lang;
	return str_of(english);
}

static str translate(const void *ctx, const char *english)
{
	return i18n_get(str_of(ctx), english);
}

void i18n_dress(struct page_out *o, str lang)
{
	o->lang = lang;
	o->dir = i18n_is_rtl(lang) ? S("rtl") : S("ltr");
	o->translate = translate;
	o->translate_ctx = lang.p; /* one of i18n_langs: ends in NUL */
}
