/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The frame and the main pages in each language; the choice is remembered by a cookie. */
#include "engine/i18n.h"
#include "t.h"
#include "visitor.h"

#include "base/poison.h"

static str in_language(struct site *s, const char *path, const char *lang)
{
	return arena_printf(s->arena, "%s?lang=%s", path, lang);
}

/* Headings of the group page, which must be gone from every other language. */
static const char *const headings[] = {
    "Where the process stands", "What comes next", "What you can do now", "Latest acts"};
/* Words of the frame around every page. */
static const char *const frame[] = {"Sign in", "Languages", "From mandate to report",
    "Skip to the content", "This page as data", "Methods of work", "Overview"};

static void sees(struct visitor *v, const char *lang, const char *english)
{
	str said = i18n_get(str_of(lang), english);
	if (str_find(v->at.body, said) == SIZE_MAX)
		t_fail(
		    __FILE__, __LINE__, "%s: no \"%.*s\" on %.*s", lang, STR(said), STR(v->path));
	if (!str_is(str_of(lang), "en") && str_is(said, english))
		t_fail(__FILE__, __LINE__, "%s: not translated: %s", lang, english);
	/* Between tags or as a label: not as part of what people wrote. */
	str heading = arena_printf(v->site->arena, ">%s<", english);
	if (!str_is(str_of(lang), "en") && str_find(v->at.body, heading) != SIZE_MAX)
		t_fail(__FILE__, __LINE__, "%s: \"%s\" on %.*s", lang, english, STR(v->path));
}

TEST(the_group_page_speaks_six_languages)
{
	struct site s = site_start("examples/wgec");
	for (size_t i = 0; i18n_langs[i]; i++) {
		const char *lang = i18n_langs[i];
		struct visitor v = visitor_enter(&s, "");
		CHECK_EQ(visitor_visit(&v, in_language(&s, "/g/wgec", lang)), 200);
		CHECK(visitor_sees(
		    &v, arena_z(s.arena, arena_printf(s.arena, "<html lang=\"%s\" dir=\"%s\"", lang,
		                             i18n_is_rtl(str_of(lang)) ? "rtl" : "ltr"))));
		for (size_t k = 0; k < sizeof headings / sizeof headings[0]; k++)
			sees(&v, lang, headings[k]);
		for (size_t k = 0; k < sizeof frame / sizeof frame[0]; k++)
			sees(&v, lang, frame[k]);
	}
	site_stop(&s);
}

TEST(dates_are_written_as_each_language_writes_them)
{
	static const struct {
		const char *lang;
		const char *date;
	} rows[] = {
	    {"en", "18 May 2018"},
	    {"es", "18 de mayo de 2018"},
	    {"fr", "18 mai 2018"},
	    {"ru", "18 мая 2018 г."},
	    {"zh", "2018年5月18日"},
	    {"ar", "18 أيار/مايو 2018"},
	};
	struct site s = site_start("examples/wgec");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct visitor v = visitor_enter(&s, "");
		CHECK_EQ(visitor_visit(&v, in_language(&s, "/g/wgec", rows[i].lang)), 200);
		CHECK(visitor_sees(&v, rows[i].date));
	}
	site_stop(&s);
}

TEST(a_chosen_language_is_remembered)
{
	struct site s = site_start("examples/wgec");
	struct answer r = client_ask(s.arena, s.port,
	    S("GET /g/wgec?lang=ru HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
	CHECK_EQ(r.status, 200);
	str cookie = answer_header(&r, S("Set-Cookie"));
	CHECK(str_starts(cookie, S("__Host-lang=ru; ")));

	/* Twice, so that the second answer comes out of the cache. */
	for (int i = 0; i < 2; i++) {
		r = client_ask(s.arena, s.port,
		    S("GET /g/wgec HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-lang=ru\r\n"
		      "Connection: close\r\n\r\n"));
		CHECK(str_find(r.body, S("<html lang=\"ru\"")) != SIZE_MAX);
		CHECK(!answer_header(&r, S("Set-Cookie")).p);
	}
	/* What is not a language is not kept. */
	r = client_ask(s.arena, s.port,
	    S("GET /g/wgec?lang=xx HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
	CHECK(str_find(r.body, S("<html lang=\"en\"")) != SIZE_MAX);
	CHECK(!answer_header(&r, S("Set-Cookie")).p);
	site_stop(&s);
}

TEST(a_refusal_is_told_in_the_language_of_the_page)
{
	struct site s = site_start("examples/wgec");
	struct visitor v = visitor_enter(&s, "");
	CHECK_EQ(visitor_visit(&v, S("/g/wgec/no-such-page?lang=fr")), 404);
	CHECK(visitor_sees(&v, "Introuvable"));
	CHECK(visitor_sees(&v, "Il n’y a pas de page à cette adresse."));
	site_stop(&s);
}
