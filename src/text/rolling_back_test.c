/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The renderings read back: from the HTML by libxml2, from the JSON by our reader, and projected
 * on every amendment by what their documents say alone.
 */
#include <libxml/HTMLparser.h>
#include <stdio.h>

#include "base/json.h"
#include "text/rolling_html.h"
#include "text/rolling_json.h"
#include "text/rolling_world.h"

#include "base/poison.h"

/* A projection on its way. */
struct back {
	struct arena *arena;
	str who; /* as it stands in lists of ids; empty: nobody */
	struct text_reads out;
	struct buf b;
	str id;
	bool open;
};

static void begin(struct back *k, str id)
{
	k->b = buf_in(k->arena, 0);
	k->id = id;
}

static void finish(struct back *k)
{
	*vec_push(k->arena, &k->out.list) = (struct text_read){k->id, buf_str(&k->b)};
}

/* --- HTML --- */

static bool has(const xmlNode *n, const char *name)
{
	return xmlHasProp(n, (const xmlChar *)name) != NULL;
}

static str attr(struct back *k, const xmlNode *n, const char *name)
{
	xmlChar *v = xmlGetProp(n, (const xmlChar *)name);
	str s = v ? arena_str(k->arena, str_of((const char *)v)) : STR_EMPTY;
	xmlFree(v);
	return s;
}

static bool says(struct back *k, const xmlNode *n, const char *name)
{
	str rest = attr(k, n, name), one;
	while (k->who.n && rest.n && str_cut(&rest, ' ', &one))
		if (str_eq(one, k->who))
			return true;
	return false;
}

static void html_words(struct back *k, const xmlNode *n);

static void html_span(struct back *k, const xmlNode *span)
{
	const xmlNode *base = NULL;
	for (const xmlNode *c = span->children; c; c = c->next) {
		if (c->type != XML_ELEMENT_NODE)
			continue;
		if (says(k, c, "data-by")) {
			html_words(k, c);
			return;
		}
		if (has(c, "data-base"))
			base = c;
	}
	if (base && !says(k, base, "data-delete"))
		html_words(k, base);
}

static void html_words(struct back *k, const xmlNode *n)
{
	for (const xmlNode *c = n->children; c; c = c->next) {
		if (c->type == XML_TEXT_NODE) {
			buf_put(&k->b, str_of((const char *)c->content));
		} else if (c->type == XML_ELEMENT_NODE && has(c, "data-split")) {
			if (has(c, "data-by") && !says(k, c, "data-by"))
				continue;
			finish(k);
			begin(k, attr(k, c, "data-split"));
		} else if (c->type == XML_ELEMENT_NODE && has(c, "data-span")) {
			html_span(k, c);
		} else if (c->type == XML_ELEMENT_NODE && !has(c, "data-sign")) {
			html_words(k, c);
		}
	}
}

static void html_behind(struct back *k, const xmlNode *n);

static bool is_place(const xmlNode *n)
{
	return n->type == XML_ELEMENT_NODE && has(n, "data-par");
}

static void html_place(struct back *k, const xmlNode *n)
{
	bool there = has(n, "data-gone") ? says(k, n, "data-restore") : !says(k, n, "data-delete");
	if (there && !k->open)
		begin(k, attr(k, n, "data-par"));
	if (there) {
		k->open = false;
		html_words(k, n);
		for (const xmlNode *c = n->next; c && !is_place(c); c = c->next)
			if (c->type == XML_ELEMENT_NODE && has(c, "data-join") &&
			    says(k, c, "data-by")) {
				k->open = true;
				buf_put(&k->b, attr(k, c, "data-between"));
			}
		if (!k->open)
			finish(k);
	}
	html_behind(k, n->next);
}

static const xmlNode *find_place(struct back *k, const xmlNode *any, str id)
{
	for (const xmlNode *c = any->parent->children; c; c = c->next)
		if (is_place(c) && str_eq(attr(k, c, "data-par"), id))
			return c;
	return NULL;
}

static void html_new(struct back *k, const xmlNode *n)
{
	for (const xmlNode *c = n->children; c; c = c->next) {
		if (c->type != XML_ELEMENT_NODE)
			continue;
		if (!has(c, "data-new")) {
			html_new(k, c);
			continue;
		}
		begin(k, attr(k, c, "data-new"));
		html_words(k, c);
		finish(k);
	}
}

/* The paragraphs that would be moved to where this note stands. */
static void html_moved_here(struct back *k, const xmlNode *note)
{
	str to = attr(k, note, "data-to");
	const xmlNode *c = find_place(k, note, attr(k, note, "data-move"));
	for (; c; c = c->next) {
		if (!is_place(c))
			continue;
		html_place(k, c);
		if (str_eq(attr(k, c, "data-par"), to))
			return;
	}
}

/* From the first sibling behind a paragraph to the next paragraph. */
static void html_behind(struct back *k, const xmlNode *n)
{
	for (; n && !is_place(n); n = n->next) {
		if (n->type != XML_ELEMENT_NODE || !says(k, n, "data-by"))
			continue;
		if (has(n, "data-move"))
			html_moved_here(k, n);
		else if (!has(n, "data-sign"))
			html_new(k, n);
	}
}

/* The last paragraph of the run that is moved away and begins here, or NULL. */
static const xmlNode *moved(struct back *k, const xmlNode *n)
{
	for (const xmlNode *c = n->parent->children; c; c = c->next)
		if (c->type == XML_ELEMENT_NODE && has(c, "data-move") && says(k, c, "data-by") &&
		    str_eq(attr(k, c, "data-move"), attr(k, n, "data-par")))
			return find_place(k, n, attr(k, c, "data-to"));
	return NULL;
}

static const xmlNode *find_class(const xmlNode *n, const char *class)
{
	for (; n; n = n->next) {
		xmlChar *v =
		    n->type == XML_ELEMENT_NODE ? xmlGetProp(n, (const xmlChar *)"class") : NULL;
		bool is = v && str_is(str_of((const char *)v), class);
		xmlFree(v);
		const xmlNode *below = is ? n : find_class(n->children, class);
		if (below)
			return below;
	}
	return NULL;
}

static struct text_reads html_read(struct arena *a, const xmlDoc *doc, str who)
{
	struct back k = {.arena = a, .who = who};
	const xmlNode *text = find_class(xmlDocGetRootElement(doc), "rolling-text");
	if (!text) {
		t_fail(__FILE__, __LINE__, "no rolling text in the HTML");
		return k.out;
	}
	html_behind(&k, text->children);
	for (const xmlNode *n = text->children; n; n = n->next) {
		if (!is_place(n))
			continue;
		const xmlNode *last = moved(&k, n);
		if (last)
			n = last;
		else
			html_place(&k, n);
	}
	return k.out;
}

static xmlDoc *parse(str html)
{
	return htmlReadMemory(html.p, (int)html.n, NULL, "utf-8",
	    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
}

/* --- JSON --- */

static bool named(const struct back *k, const struct json *ids)
{
	json_each (id, ids)
		if (k->who.n && str_eq(id->text, k->who))
			return true;
	return false;
}

static const struct json *json_branch(const struct back *k, const struct json *span)
{
	json_each (alt, json_get(span, S("alternatives"))) {
		if (named(k, json_get(alt, S("by"))))
			return json_get(alt, S("content"));
	}
	return json_get(span, S("base"));
}

static void json_words(struct back *k, const struct json *content)
{
	json_each (n, content) {
		if (n->kind == JSON_KIND_STR) {
			buf_put(&k->b, n->text);
		} else if (json_get(n, S("base"))) {
			json_words(k, json_branch(k, n));
		} else if (json_get(n, S("new"))) {
			buf_put(&k->b, json_get_str(n, S("new")));
		} else if (!json_get(n, S("by")) || named(k, json_get(n, S("by")))) {
			finish(k);
			begin(k, json_get_str(n, S("split")));
		}
	}
}

static const struct json *json_place(const struct json *all, str id)
{
	json_each (p, all)
		if (str_eq(json_get_str(p, S("id")), id))
			return p;
	return NULL;
}

static void json_read(struct back *k, const struct json *all, const struct json *p)
{
	bool there = json_get_bool(p, S("gone")) ? named(k, json_get(p, S("restore")))
	                                         : !named(k, json_get(p, S("delete")));
	if (json_get(p, S("id")) && there) {
		if (!k->open)
			begin(k, json_get_str(p, S("id")));
		k->open = false;
		json_words(k, json_get(p, S("content")));
		json_each (j, json_get(p, S("joins"))) {
			if (!named(k, json_get(j, S("by"))))
				continue;
			buf_put(&k->b, json_get_str(j, S("between")));
			k->open = true;
		}
		if (!k->open)
			finish(k);
	}
	json_each (m, json_get(p, S("moves_here"))) {
		const struct json *one = json_place(all, json_get_str(m, S("from")));
		const struct json *last = json_place(all, json_get_str(m, S("to")));
		for (; named(k, json_get(m, S("by"))) && one; one = one == last ? NULL : one->next)
			json_read(k, all, one);
	}
	json_each (t, json_get(p, S("proposed"))) {
		if (!named(k, json_get(t, S("by"))))
			continue;
		json_each (new, json_get(t, S("paragraphs"))) {
			begin(k, json_get_str(new, S("id")));
			buf_put(&k->b, json_get_str(new, S("text")));
			finish(k);
		}
	}
}

static struct text_reads json_project(struct arena *a, const struct json *root, str who)
{
	struct back k = {.arena = a, .who = who};
	const struct json *all = json_get(root, S("paragraphs"));
	json_read(&k, all, json_get(root, S("start")));
	for (const struct json *p = all->first; p; p = p->next) {
		const struct json *last = NULL;
		json_each (m, json_get(p, S("moves_away"))) {
			if (named(&k, json_get(m, S("by"))))
				last = json_place(all, json_get_str(m, S("to")));
		}
		if (last)
			p = last;
		else
			json_read(&k, all, p);
	}
	return k.out;
}

/* --- both --- */

static void check_same(struct arena *a, const char *what, uint64_t seed, size_t i,
    const struct text_reads *got, const struct text_reads *want)
{
	str g = world_say(a, got), x = world_say(a, want);
	if (!str_eq(g, x))
		t_fail(__FILE__, __LINE__, "case %zu, %s for %zu:\n%.*s---\n%.*s", (size_t)seed,
		    what, i, STR(g), STR(x));
}

/* What a page puts beside a paragraph is not of the text. */
static void put_action(const void *ctx, struct markup *m, const struct text_par *par)
{
	(void)ctx;
	markup_text(m, par->id);
}

static void put_action_if(const void *ctx, struct markup *m, const struct text_par *par)
{
	if (par)
		put_action(ctx, m, par);
}

static void check_back(const struct world *w, uint64_t seed)
{
	const struct text_voice voice = {.at_par = put_action};
	struct arena *a = w->arena;
	struct text_rolling r = text_roll(a, &w->doc, w->list, w->n);
	str html = text_rolling_html(a, &r, seed % 2 ? &voice : NULL);
	xmlDoc *doc = parse(html);
	struct json *json = NULL;
	struct err err = {0};
	str written = json_str(a, text_rolling_json(a, &r));
	if (!doc || json_parse(a, written, "rolling", &json, &err) != OK) {
		t_fail(__FILE__, __LINE__, "case %zu cannot be read", (size_t)seed);
		xmlFreeDoc(doc);
		return;
	}
	for (size_t i = 0; i <= w->n; i++) {
		str who = i < w->n ? w->list[i].id : STR_EMPTY;
		struct text_reads want = text_roll_read(a, &r, i < w->n ? i : TEXT_START);
		struct text_reads got = html_read(a, doc, who);
		check_same(a, "HTML", seed, i, &got, &want);
		got = json_project(a, json, who);
		check_same(a, "JSON", seed, i, &got, &want);
	}
	if (t_failures())
		fprintf(stderr, "%.*s\n", STR(html));
	xmlFreeDoc(doc);
}

/* The clean text and one with paragraphs left out, for nobody: the words of the revision. */
static bool shows_some(const void *ctx, const struct text_par *par)
{
	const uint64_t *seed = ctx;
	return !par || *seed % 3 == 0 || (par->id.p[par->id.n - 1] + *seed) % 2;
}

static void check_clean(const struct world *w, uint64_t seed)
{
	struct arena *a = w->arena;
	struct text_voice voice = {
	    .at_par = put_action, .shows = shows_some, .contested = put_action_if, .ctx = &seed};
	struct text_rolling r = text_roll(a, &w->doc, w->list, w->n);
	struct text_reads want = {0};
	str html[] = {text_rolling_clean(a, &r, &voice), text_rolling_html(a, &r, &voice)};
	for (size_t i = 0; i < w->doc.n; i++) {
		const struct text_par *par = &w->doc.par[i];
		if (!par->is_gone && shows_some(&seed, par))
			*vec_push(a, &want.list) =
			    (struct text_read){par->id, text_par_read(a, par)};
	}
	for (size_t i = 0; i < 2; i++) {
		xmlDoc *doc = parse(html[i]);
		struct text_reads got = html_read(a, doc, STR_EMPTY);
		check_same(a, i ? "HTML in part" : "clean HTML", seed, TEXT_START, &got, &want);
		xmlFreeDoc(doc);
	}
	if (t_failures())
		fprintf(stderr, "%.*s\n", STR(html[0]));
}

static void back_each(size_t cases, const struct world_size *size, uint64_t first)
{
	struct arena *a = arena_new(0);
	for (size_t i = 0; i < cases && !t_failures(); i++) {
		struct t_rand dice = {first + i};
		struct world w = world_make(a, &dice, size);
		check_back(&w, first + i);
		check_clean(&w, first + i);
		arena_reset(a);
	}
	arena_free(a);
	xmlCleanupParser();
}

TEST(html_and_json_read_back_are_the_same_text)
{
	static const struct world_size plain = {.pars = 5, .words = 6, .list = 5, .ops = 5};
	static const struct world_size odd = {
	    .pars = 4, .words = 6, .list = 5, .ops = 4, .odd = true};
	back_each(3000, &plain, 1);
	back_each(3000, &odd, 50000);
}

TEST(the_deepest_brackets_are_read_back)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	enum { N = 60 };
	static const char *const base[] = {"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
	                                   "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
	                                   "abcdefghijklmnopqrstuvwxyz",
	    NULL};
	struct world w = {.arena = a, .doc = world_doc(a, base), .n = N};
	w.list = arena_array(a, struct text_amendment, N);
	for (size_t i = 0; i < N; i++) {
		w.list[i].id = arena_printf(a, "a %zu%%", i);
		w.list[i].ops = arena_new_of(a, struct text_op);
		w.list[i].ops_n = 1;
		w.list[i].ops[0] =
		    (struct text_op){.kind = TEXT_EDIT, .from = i, .to = 2 * N - i, .text = S("x")};
	}
	for (size_t i = 0; i < N; i++) {
		struct text_rolling r = text_roll(a, &w.doc, w.list, w.n);
		struct json *json = NULL;
		struct err err = {0};
		str written = json_str(a, text_rolling_json(a, &r));
		NEED(json_parse(a, written, "rolling", &json, &err) == OK);
		xmlDoc *doc = parse(text_rolling_html(a, &r, NULL));
		struct text_reads want = world_apply(&w, i);
		struct text_reads got = json_project(a, json, w.list[i].id);
		check_same(a, "JSON", 0, i, &got, &want);
		got = html_read(a, doc, arena_printf(a, "a%%20%zu%%25", i));
		check_same(a, "HTML", 0, i, &got, &want);
		xmlFreeDoc(doc);
		i += 6;
	}
	xmlCleanupParser();
}
