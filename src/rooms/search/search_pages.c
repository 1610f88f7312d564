/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/search/search_pages.h"

#include "engine/i18n.h"
#include "engine/room.h"
#include "search_page.html.h"
#include "search_view.sql.h"

#include "base/poison.h"

#define RESULTS_A_PAGE 20
#define PAGES_MAX      50
#define SNIPPET_BYTES  280

static const struct {
	const char *one;
	const char *many;
} kind_names[SEARCH_KINDS] = {
    [SEARCH_GROUP] = {"Group", "Groups"},
    [SEARCH_ANNOUNCEMENT] = {"Announcement", "Announcements"},
    [SEARCH_MANDATE] = {"Mandate", "Mandate"},
    [SEARCH_MEMBER] = {"Member", "Members"},
    [SEARCH_PERSON] = {"Participant", "People"},
    [SEARCH_METHODS] = {"Methods of work", "Methods of work"},
    [SEARCH_MEETING] = {"Meeting", "Meetings"},
    [SEARCH_CALL] = {"Call", "Calls"},
    [SEARCH_CONTRIBUTION] = {"Contribution", "Contributions"},
    [SEARCH_PROPOSAL] = {"Proposal", "Proposals"},
    [SEARCH_DOCUMENT] = {"Document", "Documents"},
    [SEARCH_REPORT] = {"Report", "Report"},
    [SEARCH_TRANSCRIPT] = {"Transcript", "Transcripts"},
};

/* What the address asks for. */
struct asking {
	str typed;
	struct search_query query;
	struct search_ask ask;
	size_t page; /* from 0 */
};

static void read_asking(const struct page *p, struct asking *out)
{
	int64_t page = 1;
	out->typed = str_trim(page_param(p, "q"));
	out->ask = (struct search_ask){
	    .grp = p->group.id,
	    .kind = search_kind_of(page_param(p, "kind")),
	    .lang = search_lang_of(page_param(p, "language")),
	};
	search_query_parse(p->arena, out->typed, &out->query);
	if (!str_to_i64(page_param(p, "page"), &page) || page < 1 || page > PAGES_MAX)
		page = 1;
	out->page = (size_t)page - 1;
}

/* --- addresses --- */

static url here(const struct page *p)
{
	return p->group.id ? page_url(p, S("search")) : URL(p->arena, S("search"));
}

/* The same search, in another kind, language or page. */
static url ask_url(const struct page *p, url u, str q, const struct search_ask *ask, size_t page)
{
	u = url_query(p->arena, u, S("q"), q);
	if (ask->kind < SEARCH_KINDS)
		u = url_query(p->arena, u, S("kind"), search_kind_word(ask->kind));
	if (ask->lang)
		u = url_query(p->arena, u, S("language"), search_lang_word(ask->lang));
	return page ? url_query(p->arena, u, S("page"), page_i64(p, (int64_t)page + 1)) : u;
}

static url row_url(const struct page *p, str slug, const struct search_row_get_row *row)
{
	url u = page_path(p, slug, row->page);
	return row->place.n ? url_fragment(p->arena, u, row->place) : u;
}

/* --- results --- */

static str result_kind(const struct page *p, const struct search_row_get_row *row)
{
	size_t kind = search_id_kind(row->id);
	str name = page_t(p, kind_names[kind].one);
	int64_t n;
	bool numbered =
	    kind == SEARCH_CALL || kind == SEARCH_CONTRIBUTION || kind == SEARCH_PROPOSAL;
	if (!numbered || !str_to_i64(row->object, &n))
		return name;
	return arena_printf(p->arena, "%.*s %lld", STR(name), (long long)n);
}

static str plain(struct arena *a, const struct search_piece *piece)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < piece->spans.n; i++)
		buf_put(&b, piece->spans.p[i].text);
	return buf_str(&b);
}

/* Headings of texts are written with signs before them. */
static str without_signs(str text)
{
	while (str_starts(text, S("#")))
		text = str_skip(text, 1);
	return str_trim(text);
}

static struct json *result_json(
    struct arena *a, const struct search_row_get_row *row, const struct search_result *r)
{
	struct json *j = json_new_object(a);
	json_put_str(a, j, S("kind"), row->kind);
	json_put_str(a, j, S("object"), row->object);
	json_put_str(a, j, S("title"), row->label);
	json_put_str(a, j, S("url"), r->to.s);
	json_put_str(a, j, S("language"), row->lang);
	json_put_i64(a, j, S("paragraph"), row->paragraph);
	json_put_str(a, j, S("text"), plain(a, &r->snippet));
	json_put_i64(a, j, S("more"), r->more);
	json_put_i64(a, j, S("seq"), row->seq);
	json_put_str(a, j, S("time"), r->iso);
	if (r->group.n)
		json_put_str(a, j, S("group"), r->group);
	return j;
}

static struct search_result result_of(
    struct page *p, const struct search_query *q, const struct search_row_get_row *row, str slug)
{
	bool other = row->lang.n && !str_eq(row->lang, p->viewer.lang);
	struct search_result r = {
	    .object = arena_printf(
	        p->arena, "%lld %.*s %.*s", (long long)row->grp, STR(row->kind), STR(row->object)),
	    .kind = result_kind(p, row),
	    .to = row_url(p, slug, row),
	    .title = search_mark(p->arena, q, row->label),
	    .snippet = search_snippet(p->arena, q, without_signs(row->text), SNIPPET_BYTES),
	    .lang = row->lang,
	    .lang_name = other ? i18n_name(row->lang) : STR_EMPTY,
	    .paragraph = row->paragraph,
	    .earlier = str_is(row->place, "earlier"),
	    .date = page_date(p, row->time),
	    .iso = page_iso(p, row->time),
	    .record = URL(p->arena, S("g"), slug, S("record"), page_i64(p, row->seq)),
	};
	if (!r.title.spans.n)
		r.title = search_mark(p->arena, q, r.kind);
	return r;
}

/* Versions of one object stand together, at the place of the best of them. */
static void add_result(
    struct page *p, struct search_page *v, const struct search_result *r, bool versions)
{
	for (size_t i = 0; versions && i < v->results.n; i++) {
		struct search_result *first = &v->results.p[i];
		if (!str_eq(first->object, r->object))
			continue;
		*vec_push(p->arena, &first->also) =
		    (struct search_also){r->to, r->date, r->iso, r->paragraph};
		return;
	}
	*vec_push(p->arena, &v->results) = *r;
}

static enum rc fill_result(struct page *p, const struct asking *asking,
    const struct search_hit *hit, struct search_page *v, struct json *list, struct err *err)
{
	struct search_row_get_row row;
	struct search_group_row group;
	bool found, known;
	TRY(search_row_get(p->db, p->arena, hit->id, &row, &found, err));
	if (!found)
		return ERR(err, FAULT, NULL, "The search holds words of a row that is gone.");
	TRY(search_group(p->db, p->arena, row.grp, &group, &known, err));
	str slug = known ? group.slug : p->group.slug;
	struct search_result r = result_of(p, &asking->query, &row, slug);
	r.more = hit->more;
	if (v->everywhere) {
		r.group = known ? group.title : slug;
		r.group_to = URL(p->arena, S("g"), slug);
	}
	json_add(list, result_json(p->arena, &row, &r));
	size_t kind = search_id_kind(hit->id);
	add_result(p, v, &r, kind == SEARCH_PROPOSAL || kind == SEARCH_REPORT);
	return OK;
}

/* --- filters --- */

static void fill_kinds(struct page *p, const struct asking *asking,
    const struct search_found *found, struct search_page *v)
{
	struct search_ask ask = asking->ask;
	struct json *facts = json_new_object(p->arena);
	for (size_t k = 0; k < SEARCH_KINDS; k++) {
		bool current = asking->ask.kind == k;
		if (!found->kinds[k] && !current)
			continue;
		/* Chosen once more, a filter is let go. */
		ask.kind = current ? SEARCH_KINDS : k;
		*vec_push(p->arena, &v->kinds) = (struct search_filter){
		    .label = page_t(p, kind_names[k].many),
		    .n = found->kinds[k],
		    .to = ask_url(p, v->here, asking->typed, &ask, 0),
		    .current = current,
		};
		json_put_i64(p->arena, facts, search_kind_word(k), (int64_t)found->kinds[k]);
	}
	page_fact(p, "kinds", facts);
}

static void fill_langs(struct page *p, const struct asking *asking,
    const struct search_found *found, struct search_page *v)
{
	struct search_ask ask = asking->ask;
	struct json *facts = json_new_object(p->arena);
	for (size_t k = 1; k < SEARCH_LANGS; k++) {
		bool current = asking->ask.lang == k;
		if (!found->langs[k] && !current)
			continue;
		ask.lang = current ? 0 : k;
		*vec_push(p->arena, &v->langs) = (struct search_filter){
		    .label = i18n_name(search_lang_word(k)),
		    .n = found->langs[k],
		    .to = ask_url(p, v->here, asking->typed, &ask, 0),
		    .lang = search_lang_word(k),
		    .current = current,
		};
		json_put_i64(p->arena, facts, search_lang_word(k), (int64_t)found->langs[k]);
	}
	page_fact(p, "languages", facts);
}

/* --- the page --- */

static void fill_advice(struct page *p, const struct asking *asking,
    const struct search_found *found, struct search_page *v)
{
	const struct search_ask none = {.grp = asking->ask.grp, .kind = SEARCH_KINDS};
	const struct search_query *q = &asking->query;
	if (found->no)
		v->nowhere = found->no->typed;
	if (asking->ask.kind < SEARCH_KINDS || asking->ask.lang)
		v->unfiltered = ask_url(p, v->here, asking->typed, &none, 0);
	const struct search_term *last = q->wanted.n ? &q->wanted.p[q->wanted.n - 1] : NULL;
	bool ends_so =
	    last && !last->phrase && !last->prefix && str_ends(asking->typed, last->typed);
	if (ends_so && str_ends(asking->typed, last->typed)) {
		str q_star = arena_printf(p->arena, "%.*s*", STR(asking->typed));
		v->begin = ask_url(p, v->here, q_star, &asking->ask, 0);
	}
}

/* The same search with every word in quotation marks. */
static str as_typed(struct arena *a, const struct search_query *q)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < q->wanted.n + q->unwanted.n; i++) {
		bool unwanted = i >= q->wanted.n;
		const struct search_term *t =
		    unwanted ? &q->unwanted.p[i - q->wanted.n] : &q->wanted.p[i];
		bool quoted = !t->prefix;
		buf_sep(&b, S(" "));
		buf_put(&b, unwanted ? S("-") : STR_EMPTY);
		buf_put(&b, quoted ? S("\"") : STR_EMPTY);
		buf_put(&b, t->typed);
		buf_put(&b, quoted ? S("\"") : STR_EMPTY);
	}
	return buf_str(&b);
}

/* Which other forms were looked for as well. */
static void fill_forms(struct page *p, const struct asking *asking, struct search_page *v)
{
	const struct search_query *q = &asking->query;
	struct json *facts = json_new_object(p->arena);
	bool any = false;
	for (size_t i = 0; i < q->wanted.n; i++) {
		const struct search_term *t = &q->wanted.p[i];
		struct json *forms = json_new_array(p->arena);
		for (size_t k = 0; k < t->forms.n; k++)
			json_add(forms, json_of_str(p->arena, t->forms.p[k]));
		if (t->forms.n)
			json_put(facts, t->typed, forms);
		any = any || t->forms.n;
	}
	if (any)
		v->exact = ask_url(p, v->here, as_typed(p->arena, q), &asking->ask, 0);
	page_fact(p, "forms", facts);
}

static enum rc fill_found(
    struct page *p, struct asking *asking, struct search_page *v, struct err *err)
{
	struct search_found found;
	struct json *list = json_new_array(p->arena);
	TRY(search_find(p->db, p->arena, &asking->query, &asking->ask, &found, err));
	size_t from = asking->page * RESULTS_A_PAGE;
	size_t to = from + RESULTS_A_PAGE < found.hits.n ? from + RESULTS_A_PAGE : found.hits.n;
	v->total = found.hits.n;
	v->window = found.window;
	v->some = found.some;
	v->first = from + 1;
	v->last = to;
	for (size_t i = from; i < to; i++)
		TRY(fill_result(p, asking, &found.hits.p[i], v, list, err));
	if (asking->page && from < found.hits.n + RESULTS_A_PAGE)
		v->previous = ask_url(p, v->here, asking->typed, &asking->ask, asking->page - 1);
	if (to < found.hits.n && asking->page + 1 < PAGES_MAX)
		v->next = ask_url(p, v->here, asking->typed, &asking->ask, asking->page + 1);
	fill_kinds(p, asking, &found, v);
	fill_langs(p, asking, &found, v);
	fill_advice(p, asking, &found, v);
	fill_forms(p, asking, v);
	page_fact(p, "found", json_of_i64(p->arena, (int64_t)v->total));
	page_fact(p, "some_words_only", json_of_bool(p->arena, v->some));
	page_fact(p, "latest_only", json_of_bool(p->arena, v->window));
	page_fact(p, "results", list);
	return OK;
}

static enum rc search_page(struct page *p, struct err *err)
{
	struct asking asking = {0};
	struct search_page v = {.here = here(p), .everywhere = !p->group.id};
	const struct search_ask none = {.kind = SEARCH_KINDS};
	read_asking(p, &asking);
	v.q = asking.typed;
	v.asked = asking.typed.n > 0;
	v.readable = asking.query.wanted.n > 0;
	v.cut = asking.query.cut;
	v.nowhere = STR_EMPTY;
	if (asking.ask.kind < SEARCH_KINDS)
		v.kind = search_kind_word(asking.ask.kind);
	v.lang = search_lang_word(asking.ask.lang);
	page_fact(p, "query", json_of_str(p->arena, asking.typed));
	if (v.asked)
		TRY(fill_found(p, &asking, &v, err));
	if (v.asked && !v.everywhere)
		v.all_groups = ask_url(p, URL(p->arena, S("search")), asking.typed, &none, 0);
	page_title(p, page_t(p, "Search"));
	search_html(&p->out, &v);
	return OK;
}

static const struct route routes[] = {
    {"/search", ROLE_PUBLIC, search_page, NULL},
    {"/g/{group}/search", ROLE_PUBLIC, search_page, "Search"},
};

const struct room_pages search_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
};
