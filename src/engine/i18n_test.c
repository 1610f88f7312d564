/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Languages: which one is chosen, messages and their forms, and the table behind them. */
#include "engine/i18n.h"

#include "base/plural.h"
#include "engine/i18n_catalogue.h"
#include "t.h"

#include "base/poison.h"

TEST(forms_follow_the_rules_of_each_language)
{
	static const struct {
		const char *lang;
		int64_t n;
		size_t form;
	} rows[] = {
	    {"en", 0, 1},
	    {"en", 1, 0},
	    {"en", 2, 1},
	    {"en", -1, 0},
	    {"es", 0, 1},
	    {"es", 1, 0},
	    {"es", 21, 1},
	    {"fr", 0, 0},
	    {"fr", 1, 0},
	    {"fr", 2, 1},
	    {"fr", 100, 1},
	    {"zh", 0, 0},
	    {"zh", 1, 0},
	    {"zh", 1000, 0},
	    {"ru", 0, 2},
	    {"ru", 1, 0},
	    {"ru", 2, 1},
	    {"ru", 4, 1},
	    {"ru", 5, 2},
	    {"ru", 11, 2},
	    {"ru", 12, 2},
	    {"ru", 14, 2},
	    {"ru", 21, 0},
	    {"ru", 22, 1},
	    {"ru", 25, 2},
	    {"ru", 101, 0},
	    {"ru", 111, 2},
	    {"ru", 112, 2},
	    {"ru", 122, 1},
	    {"ar", 0, 0},
	    {"ar", 1, 1},
	    {"ar", 2, 2},
	    {"ar", 3, 3},
	    {"ar", 10, 3},
	    {"ar", 11, 4},
	    {"ar", 99, 4},
	    {"ar", 100, 5},
	    {"ar", 101, 5},
	    {"ar", 102, 5},
	    {"ar", 103, 3},
	    {"ar", 111, 4},
	    {"ar", 200, 5},
	    {"ar", INT64_MIN, 3},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		size_t form = plural_form(str_of(rows[i].lang), rows[i].n);
		if (form != rows[i].form)
			t_fail(__FILE__, __LINE__, "%s %lld: form %zu, not %zu", rows[i].lang,
			    (long long)rows[i].n, form, rows[i].form);
		CHECK(form < plural_forms(str_of(rows[i].lang)));
	}
}

TEST(what_is_asked_for_wins_over_cookie_and_browser)
{
	str none = STR_EMPTY;
	CHECK_STR(i18n_choose(S("fr"), S("ru"), S("zh")), "fr");
	CHECK_STR(i18n_choose(S("xx"), S("ru"), S("zh")), "ru");
	CHECK_STR(i18n_choose(none, none, S("de, zh-CN;q=0.9, ar")), "zh");
	CHECK_STR(i18n_choose(none, none, S("de;q=1")), "en");
	CHECK_STR(i18n_choose(none, none, none), "en");
	CHECK(i18n_knows(S("ar")));
	CHECK(!i18n_knows(S("ar-EG")));
	CHECK(!i18n_knows(none));
	CHECK(i18n_is_rtl(S("ar")));
	CHECK(!i18n_is_rtl(S("ru")));
}

TEST(messages_are_found_or_stay_english)
{
	CHECK_STR(i18n_get(S("fr"), "Where the process stands"), "Où en est le processus");
	CHECK_STR(i18n_get(S("ru"), "Sign in"), "Войти");
	CHECK_STR(i18n_get(S("zh"), "Members"), "成员");
	CHECK_STR(i18n_get(S("es"), "Search"), "Buscar");
	CHECK_STR(i18n_get(S("ar"), "Search"), "بحث");
	CHECK_STR(i18n_get(S("en"), "Search"), "Search");
	CHECK_STR(i18n_get(S("de"), "Search"), "Search");
	CHECK_STR(i18n_get(S("fr"), "This sentence is in no catalogue."),
	    "This sentence is in no catalogue.");
	CHECK_STR(i18n_get(S("fr"), ""), "");
	CHECK_STR(i18n_get(S("fr"), "\x7F"), "\x7F");
}

TEST(counts_take_their_form)
{
	const char *one = "{0} decision", *many = "{0} decisions";
	CHECK_STR(i18n_get_n(S("en"), one, many, 1), one);
	CHECK_STR(i18n_get_n(S("en"), one, many, 0), many);
	CHECK_STR(i18n_get_n(S("fr"), one, many, 0), "{0} décision");
	CHECK_STR(i18n_get_n(S("fr"), one, many, 2), "{0} décisions");
	CHECK_STR(i18n_get_n(S("ru"), one, many, 21), "{0} решение");
	CHECK_STR(i18n_get_n(S("ru"), one, many, 3), "{0} решения");
	CHECK_STR(i18n_get_n(S("ru"), one, many, 12), "{0} решений");
	CHECK_STR(i18n_get_n(S("zh"), one, many, 12), "{0} 项决定");
	CHECK_STR(i18n_get_n(S("ar"), one, many, 2), "قراران");
	CHECK_STR(i18n_get_n(S("ar"), one, many, 7), "{0} قرارات");
	CHECK_STR(i18n_get_n(S("ar"), one, many, 100), "{0} قرار");
	CHECK_STR(i18n_get_n(S("fr"), "{0} x", "{0} y", 5), "{0} y");
}

TEST(a_page_is_dressed_in_its_language)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct page_out o = page_out_in(a, 0);
	i18n_dress(&o, i18n_choose(S("ar"), STR_EMPTY, STR_EMPTY));
	CHECK_STR(o.dir, "rtl");
	out_tn(&o, "{0} decision", "{0} decisions", 11, (const str[]){S("11")}, 1);
	CHECK_STR(page_out_str(&o), "11 قرارا");
}

TEST(the_table_is_in_order)
{
	for (size_t i = 1; i < i18n_messages_n; i++)
		CHECK(strcmp(i18n_messages[i - 1].english, i18n_messages[i].english) < 0);
	for (size_t i = 0; i < I18N_CATALOGUES; i++)
		CHECK(i18n_knows(str_of(i18n_columns[i])));
	CHECK(i18n_messages_n > 500);
}
