/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The frame, the forms and the engine's own pages: what stands in the markup for what stands in
 * the structs. How they look and what axe says of them is seen by test/browser.
 */
#include "t.h"

#include "base/must.h"
#include "engine/layout.h"
#include "engine/web_inner.h"
#include "engine/web_static.h"
#include "error.html.h"
#include "form.html.h"
#include "layout.html.h"
#include "sign_in.html.h"
#include "web_files.h"

#include "base/poison.h"

static size_t times(str s, const char *what)
{
	size_t n = 0, at;
	while ((at = str_find(s, str_of(what))) != SIZE_MAX) {
		n++;
		s = str_skip(s, at + 1);
	}
	return n;
}

#define HAS(s, what)   CHECK_EQ(times((s), (what)) > 0, 1)
#define LACKS(s, what) CHECK_EQ(times((s), (what)), 0)
#define ONCE(s, what)  CHECK_EQ(times((s), (what)), 1)

static const struct choice few[] = {{"yes", "Yes"}, {"no", "No <never>"}, {NULL, NULL}};
static const struct choice many[] = {
    {"a", "A"}, {"b", "B"}, {"c", "C"}, {"d", "D"}, {"e", "E"}, {NULL, NULL}};

static const struct field fields[] = {
    {.name = "line",
        .label = "A line",
        .help = "Short.",
        .type = FIELD_LINE,
        .flags = FIELD_REQUIRED,
        .max = 80},
    {.name = "text", .label = "A text", .type = FIELD_TEXT},
    {.name = "blocks", .label = "Paragraphs", .type = FIELD_BLOCKS},
    {.name = "number", .label = "A number", .type = FIELD_INT, .min = -3, .max = 12},
    {.name = "yes", .label = "A yes", .type = FIELD_BOOL},
    {.name = "few", .label = "A few", .type = FIELD_CHOICE, .choices = few},
    {.name = "many", .label = "Many", .type = FIELD_CHOICE, .choices = many},
    {.name = "date", .label = "A day", .type = FIELD_DATE},
    {.name = "time", .label = "A time", .type = FIELD_TIME, .of = "zone"},
    {.name = "zone", .label = "A zone", .type = FIELD_ZONE},
    {.name = "lang", .label = "A language", .type = FIELD_LANG},
    {.name = "email", .label = "A mailbox", .type = FIELD_EMAIL, .flags = FIELD_PRIVATE},
    {.name = "url", .label = "An address", .type = FIELD_URL},
    {.name = "secret", .label = "A passphrase", .type = FIELD_SECRET},
    {.name = "actor", .label = "A person", .type = FIELD_ACTOR},
    {.name = "actors", .label = "Persons", .type = FIELD_ACTORS},
    {.name = "ref", .label = "A call", .type = FIELD_REF, .of = "call"},
    {.name = "refs", .label = "Calls", .type = FIELD_REFS, .of = "call"},
    {.name = "lines", .label = "Lines", .type = FIELD_LINES},
    {.name = "files", .label = "Files", .type = FIELD_FILES, .max = 3},
};

static const struct command row = {
    .name = "test.act", .title = "Do it", .help = "For the test.", COMMAND_FIELDS(fields)};

static void option(struct arena *a, struct form_field *x, const char *value, const char *label)
{
	*vec_push(a, &x->options.v) =
	    (struct form_option){.value = str_of(value), .label = str_of(label)};
}

/* As form_make does, with options only for some of the references. */
static struct form form_of(struct arena *a, const struct command *c)
{
	struct form f = {.command = c,
	    .action = URL(a, S("do")),
	    .token = S("token\"<"),
	    .key = S("key"),
	    .expect = S("7"),
	    .has_files = true};
	for (size_t i = 0; i < c->fields_n; i++) {
		struct form_field *x = vec_push(a, &f.fields);
		*x = (struct form_field){.field = &c->fields[i]};
		x->id = arena_printf(a, "f-%s", c->fields[i].name);
		for (const struct choice *k = c->fields[i].choices; k && k->value; k++)
			option(a, x, k->value, k->label);
		if (c->fields[i].type == FIELD_LANG) {
			option(a, x, "en", "English");
			option(a, x, "fr", "French");
		}
		if (c->fields[i].type == FIELD_ACTOR || c->fields[i].type == FIELD_ACTORS)
			option(a, x, "m_1", "Somebody");
	}
	return f;
}

static struct form_field *field_of(struct form *f, const char *name)
{
	struct form_field *found = NULL;
	for (size_t i = 0; i < f->fields.n && !found; i++)
		if (str_is(str_of(name), f->fields.p[i].field->name))
			found = &f->fields.p[i];
	must(found); /* or the test asks for a field that its form does not have */
	return found;
}

static str form_markup(struct arena *a, const struct form *f)
{
	struct page_out o = page_out_in(a, 0);
	form_html(&o, f);
	CHECK(page_out_ok(&o));
	return page_out_str(&o);
}

/* The markup from the element with that id on, up to the end of its field. */
static str around(str s, const char *id)
{
	size_t at = str_find(s, str_of(id));
	s = str_skip(s, at == SIZE_MAX ? s.n : at);
	return str_head(s, str_find(s, S("\n\n")));
}

TEST(every_type_of_field_has_its_control)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct form f = form_of(a, &row);
	str s = form_markup(a, &f);

	ONCE(s, "enctype=\"multipart/form-data\"");
	HAS(s, "name=\"_token\" value=\"token&quot;&lt;\"");
	HAS(s, "name=\"_key\" value=\"key\"");
	HAS(s, "name=\"_expect\" value=\"7\"");
	HAS(s, "id=\"f-line\" name=\"line\" type=\"text\"");
	HAS(s, "<textarea id=\"f-text\"");
	HAS(s, "<textarea id=\"f-blocks\" name=\"blocks\" dir=\"auto\" class=\"blocks\"");
	HAS(s, "type=\"number\" value=\"\" min=\"-3\" max=\"12\"");
	HAS(s, "<input type=\"hidden\" name=\"yes\" value=\"0\">");
	HAS(s, "id=\"f-yes\" type=\"checkbox\" name=\"yes\" value=\"1\"");
	CHECK_EQ(times(s, "type=\"radio\""), 2);
	HAS(s, "No &lt;never&gt;");
	HAS(s, "<select id=\"f-many\"");
	HAS(s, "type=\"date\"");
	HAS(s, "type=\"datetime-local\"");
	HAS(s, "id=\"f-zone\" name=\"zone\" type=\"text\"");
	HAS(s, "<option dir=\"auto\" value=\"en\" selected>");
	HAS(s, "type=\"email\"");
	HAS(s, "type=\"url\"");
	HAS(s, "type=\"password\"");
	HAS(s, "<select id=\"f-actor\"");
	HAS(s, "type=\"checkbox\" id=\"f-actors\" name=\"actors\" value=\"m_1\"");
	LACKS(s, "class=\"offers\"");
	LACKS(s, "choices.mjs");
	HAS(s, "id=\"f-ref\" name=\"ref\" type=\"number\"");
	HAS(s, "<textarea id=\"f-refs\"");
	HAS(s, "<textarea id=\"f-lines\"");
	HAS(s, "id=\"f-files\" name=\"files\" type=\"file\"");
	ONCE(s, " multiple");
	HAS(s, "<button>Do it</button>");
	LACKS(s, "formal act");
}

/* Many check boxes come with ways to tick them at once, and a script to find one. */
TEST(a_long_list_is_ticked_in_one_step)
{
	struct arena *a = arena_new(0);
	struct form f = form_of(a, &row);
	struct form_field *x = field_of(&f, "actors");
	*vec_push(a, &x->offers) = (struct form_offer){S("As before"), URL(a, S("before")), true};
	*vec_push(a, &x->offers) = (struct form_offer){S("Nobody"), URL(a, S("nobody")), false};
	while (x->options.v.n < 12)
		option(a, x, "m_2", "Another");
	str s = form_markup(a, &f);
	ONCE(s, "<a href=\"/before\" aria-current=\"true\">As before</a>");
	ONCE(s, "<a href=\"/nobody\">Nobody</a>");
	LACKS(s, "choices.mjs");
	option(a, x, "m_3", "One more");
	s = form_markup(a, &f);
	ONCE(s, "data-for=\"f-actors\" hidden>");
	ONCE(s, "choices.mjs");
	arena_free(a);
}

TEST(limits_help_and_what_may_be_left_out_are_told)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct form f = form_of(a, &row);
	str s = form_markup(a, &f);

	HAS(s, "maxlength=\"80\"");
	HAS(s, "maxlength=\"20000\"");
	HAS(s, "maxlength=\"400000\"");
	HAS(s, "<p class=\"help\" id=\"f-line-help\">");
	HAS(s, "aria-describedby=\"f-line-help\"");
	HAS(s, "Never published.");
	LACKS(s, "In Universal Time");
	/* Every field but the required one and the yes says so in words. */
	CHECK_EQ(times(s, "(optional)"), sizeof fields / sizeof fields[0] - 2);
	LACKS(around(s, "id=\"f-line\""), "(optional)");
}

TEST(an_error_is_told_at_the_top_and_at_its_field)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct form f = form_of(a, &row);
	field_of(&f, "email")->value = S("me@\"here");
	field_of(&f, "email")->error = S("That is <not> one.");
	field_of(&f, "few")->error = S("Please fill in: A few.");
	str s = form_markup(a, &f);

	ONCE(s, "role=\"alert\"");
	HAS(s, "<a href=\"#f-email\"><bdi>A mailbox</bdi>: That is &lt;not&gt; one.</a>");
	HAS(s, "<a href=\"#f-few\">");
	HAS(s, "aria-describedby=\"f-email-help f-email-error\" aria-invalid=\"true\"");
	HAS(s, "id=\"f-email-error\"");
	HAS(s, "value=\"me@&quot;here\"");
	ONCE(s, "id=\"f-few\"");

	struct form whole = form_of(a, &row);
	whole.error = S("The call is closed.");
	HAS(form_markup(a, &whole), "The call is closed.");
	struct form good = form_of(a, &row);
	LACKS(form_markup(a, &good), "role=\"alert\"");
}

TEST(what_was_typed_stays)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct form f = form_of(a, &row);
	field_of(&f, "text")->value = S("\nLine </textarea><b>");
	field_of(&f, "yes")->value = S("1");
	field_of(&f, "many")->value = S("c");
	field_of(&f, "many")->options.v.p[2].chosen = true;
	field_of(&f, "lang")->value = S("fr");
	field_of(&f, "lang")->options.v.p[1].chosen = true;
	field_of(&f, "ref")->value = S("5");
	field_of(&f, "ref")->hidden = true;
	str s = form_markup(a, &f);

	/* A browser drops one newline at the start of a textarea. */
	HAS(s, "Line &lt;/textarea&gt;&lt;b&gt;</textarea>");
	HAS(s, "value=\"1\" checked>");
	HAS(s, "<option dir=\"auto\" value=\"c\" selected>");
	HAS(s, "<option dir=\"auto\" value=\"fr\" selected>");
	LACKS(s, "<option dir=\"auto\" value=\"en\" selected>");
	HAS(s, "<input type=\"hidden\" name=\"ref\" value=\"5\">");
	LACKS(s, "id=\"f-ref\"");
}

TEST(a_formal_act_says_so)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct command formal = row;
	formal.flags = COMMAND_FORMAL;
	struct form f = form_of(a, &formal);
	HAS(form_markup(a, &f), "formal act");

	struct page_out o = page_out_in(a, 0);
	form_page_html(&o, &f);
	HAS(page_out_str(&o), "<h1>Do it</h1>");
}

static struct layout_page frame(struct arena *a)
{
	struct layout_page v = {.lang = S("ar"),
	    .dir = S("rtl"),
	    .title = S("Call <1>"),
	    .site = S("Comity"),
	    .in_group = true,
	    .group_title = S("Working Group"),
	    .group_short = S("WG"),
	    .home = url_path(a, NULL, 0),
	    .group_url = URL(a, S("g"), S("wg")),
	    .search_url = URL(a, S("g"), S("wg"), S("search")),
	    .record_url = URL(a, S("g"), S("wg"), S("record")),
	    .sign_in = URL(a, S("sign-in")),
	    .sign_out = URL(a, S("sign-out")),
	    .token = S("token"),
	    .body = html_from_renderer(S("<h1>Call</h1>"))};
	*vec_push(a, &v.nav) =
	    (struct layout_link){.label = S("Calls"), .to = URL(a, S("calls")), .current = true};
	*vec_push(a, &v.nav) =
	    (struct layout_link){.label = S("Report"), .to = URL(a, S("report"))};
	*vec_push(a, &v.langs) =
	    (struct layout_link){.label = S("English"), .to = URL(a, S("en")), .lang = S("en")};
	return v;
}

static str frame_markup(struct arena *a, const struct layout_page *v)
{
	struct page_out o = page_out_in(a, 0);
	layout_html(&o, v);
	CHECK(page_out_ok(&o));
	return page_out_str(&o);
}

TEST(the_frame_has_its_landmarks)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct layout_page v = frame(a);
	str s = frame_markup(a, &v);

	CHECK(str_starts(s, S("<!doctype html>")));
	HAS(s, "<html lang=\"ar\" dir=\"rtl\">");
	HAS(s, "<title>Call &lt;1&gt; \xC2\xB7 WG \xC2\xB7 Comity</title>");
	ONCE(s, "<main id=\"main\" tabindex=\"-1\">");
	HAS(s, "href=\"#main\"");
	ONCE(s, "role=\"search\"");
	ONCE(s, "<footer");
	/* Once in the menu of small screens, once in the open. */
	CHECK_EQ(times(s, "aria-current=\"page\""), 2);
	HAS(s, "hreflang=\"en\"");
	HAS(s, "<h1>Call</h1>");
	HAS(s, "href=\"/sign-in\"");
	LACKS(s, "Sign out");
	LACKS(s, "style=");
}

TEST(the_frame_of_somebody_signed_in)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct layout_page v = frame(a);
	v.signed_in = true;
	v.viewer_name = S("Amina <A>");
	v.inbox = URL(a, S("inbox"));
	str s = frame_markup(a, &v);

	HAS(s, "<bdi>Amina &lt;A&gt;</bdi>");
	HAS(s, "<form method=\"post\" action=\"/sign-out\">");
	HAS(s, "name=\"_token\" value=\"token\"");
	HAS(s, "href=\"/inbox\"");
	LACKS(s, "href=\"/sign-in\"");
}

TEST(outside_of_a_group_there_is_no_group)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct layout_page v = frame(a);
	v.in_group = false;
	v.nav.n = 0;
	v.search_url = v.record_url = (url){STR_EMPTY};
	str s = frame_markup(a, &v);
	LACKS(s, "class=\"where\"");
	LACKS(s, "role=\"search\"");
	LACKS(s, "class=\"nav\"");
	LACKS(s, "verify it yourself");
}

TEST(signing_in_step_by_step)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct sign_page v = {.action_link = URL(a, S("sign-in"), S("link")),
	    .action_passphrase = URL(a, S("sign-in"), S("passphrase")),
	    .action_confirm = URL(a, S("sign-in"), S("confirm")),
	    .token = S("token"),
	    .next = S("/g/wg"),
	    .email = S("a@example.org"),
	    .link_token = S("once-only")};
	struct page_out ask = page_out_in(a, 0), sent = page_out_in(a, 0),
	                confirm = page_out_in(a, 0);

	sign_in_html(&ask, &v);
	HAS(page_out_str(&ask), "action=\"/sign-in/link\"");
	HAS(page_out_str(&ask), "action=\"/sign-in/passphrase\"");
	HAS(page_out_str(&ask), "value=\"a@example.org\"");
	CHECK_EQ(times(page_out_str(&ask), "name=\"next\" value=\"/g/wg\""), 2);
	LACKS(page_out_str(&ask), "once-only");

	v.sent = true;
	v.demo_link = URL(a, S("sign-in"), S("link-1"));
	sign_in_html(&sent, &v);
	HAS(page_out_str(&sent), "href=\"/sign-in/link-1\"");
	LACKS(page_out_str(&sent), "type=\"password\"");

	sign_confirm_html(&confirm, &v);
	HAS(page_out_str(&confirm), "method=\"post\" action=\"/sign-in/confirm\"");
	HAS(page_out_str(&confirm), "name=\"link_token\" value=\"once-only\"");
	ONCE(page_out_str(&confirm), "<button>");
}

TEST(errors_say_what_to_do)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct page_out absent = page_out_in(a, 0), fault = page_out_in(a, 0);
	error_html(&absent, &(struct error_page){.status = 404, .message = S("No call 7.")});
	HAS(page_out_str(&absent), "There is nothing at this address");
	HAS(page_out_str(&absent), "No call 7.");
	error_html(&fault, &(struct error_page){.status = 500, .fault = true, .number = 41});
	HAS(page_out_str(&fault), "41");
}

TEST(files_of_the_program_are_kept_by_browsers)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str pieces[] = {S("static"), S("comity.css")};
	struct http_pair version = {S("v"), STR_EMPTY};
	struct http_request q = {.arena = a};
	struct http_response r = {0};
	q.segments.p = pieces;
	q.segments.n = 2;
	q.params.p = &version;
	q.params.n = 1;

	version.value = str_of(web_files[0].etag);
	CHECK(web_static(&q, &r));
	CHECK_EQ(r.status, 200);
	CHECK_STR(r.type, "text/css; charset=utf-8");
	HAS(r.cache_control, "immutable");
	HAS(r.body, "--accent");
	CHECK_EQ(r.body.n, web_files[0].n);
	CHECK(str_starts(web_static_href("comity.css").s, S("/static/comity.css?v=")));
	CHECK(str_ends(web_static_href("comity.css").s, str_of(web_files[0].etag)));

	version.value = S("old");
	CHECK(web_static(&q, &r));
	LACKS(r.cache_control, "immutable");

	pieces[1] = S("..");
	CHECK(web_static(&q, &r));
	CHECK_EQ(r.status, 404);
	pieces[0] = S("g");
	CHECK(!web_static(&q, &r));
}

/* The look must not depend on which side a language begins. */
TEST(the_style_sheet_knows_no_left_or_right)
{
	str css = str_from(web_files[0].bytes, web_files[0].n);
	static const char *const sides[] = {"margin-left", "margin-right", "padding-left",
	    "padding-right", "border-left", "border-right", "text-align: left", "text-align: right",
	    "float: left", "float: right", "\tleft:", "\tright:", "@import", "url("};
	for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++)
		LACKS(css, sides[i]);
}
