/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/plural.h"

#include "base/poison.h"

size_t plural_forms(str lang)
{
	return str_is(lang, "ar") ? 6 : str_is(lang, "ru") ? 3 : str_is(lang, "zh") ? 1 : 2;
}

/* None, one, two, a few (3 to 10), many (11 to 99), and whole hundreds. */
static size_t arabic(uint64_t n)
{
	uint64_t rest = n % 100;
	if (n <= 2)
		return (size_t)n;
	return rest >= 3 && rest <= 10 ? 3 : rest >= 11 ? 4 : 5;
}

/* 1 21 31 ..., 2 to 4 22 to 24 ..., all others; the teens are among the others. */
static size_t russian(uint64_t n)
{
	uint64_t last = n % 10, rest = n % 100;
	if (last == 1 && rest != 11)
		return 0;
	return last >= 2 && last <= 4 && (rest < 12 || rest > 14) ? 1 : 2;
}

size_t plural_form(str lang, int64_t number)
{
	uint64_t n = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	if (str_is(lang, "ar"))
		return arabic(n);
	if (str_is(lang, "ru"))
		return russian(n);
	if (str_is(lang, "fr"))
		return n > 1;
	return str_is(lang, "zh") ? 0 : n != 1;
}

bool plural_says_number(str lang, size_t form)
{
	if (str_is(lang, "ar"))
		return form <= 2;
	/* Form 0 of Russian is 21 as well, that of French 0. */
	return (str_is(lang, "es") || str_is(lang, "en")) && form == 0;
}
