/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The register of contributions, and the choice of one in forms. */
#include "rooms/call/call_pages.h"

#include "call_register.html.h"
#include "call_view.sql.h"

#include "base/poison.h"

#define REGISTER_LINES 200

static enum rc fill_filters(struct page *p, struct call_register *v, struct err *err)
{
	struct call_by_category_rows categories = {0};
	struct call_by_lang_rows langs = {0};
	struct filter_field *f;
	TRY(call_by_category(p->db, p->arena, p->group.id, v->call, &categories, err));
	TRY(call_by_lang(p->db, p->arena, p->group.id, v->call, &langs, err));
	v->filter = filter_of(v->here);
	if (v->one_call)
		filter_keep(p, &v->filter, S("call"), page_i64(p, v->call));
	f = filter_select(p, &v->filter, "category", "Category");
	for (size_t i = 0; i < categories.n; i++) {
		str c = categories.p[i].category;
		filter_counted(p, f, c, call_category_label(p, c), categories.p[i].n);
	}
	/* "lang" is the language of the page itself */
	f = filter_select(p, &v->filter, "language", "Language");
	for (size_t i = 0; i < langs.n; i++) {
		str l = langs.p[i].lang;
		filter_counted(p, f, l, call_language_name(l), langs.p[i].n);
	}
	page_fact(p, "by_category", call_by_category_rows_json(p->arena, &categories));
	page_fact(p, "by_language", call_by_lang_rows_json(p->arena, &langs));
	return OK;
}

static void fill_line(
    const struct page *p, const struct call_register_row *row, struct call_register_line *out)
{
	*out = (struct call_register_line){
	    .number = row->number,
	    .link = page_url(p, S("contributions"), page_i64(p, row->number)),
	    .time = call_moment_in(p, row->time, STR_EMPTY),
	    .author = row->author,
	    .organisation = row->organisation,
	    .named = row->author.n > 0,
	    .category = call_category_label(p, row->category),
	    .language = call_language_name(row->lang),
	    .state = row->status,
	    .status = contribution_status_label(p, row->status),
	    .late = row->late,
	};
	out->time.text = page_date(p, row->time);
}

/* What the viewer contributed, first: who comes back wants to know what became of it. */
static enum rc fill_own(struct page *p, struct call_register *v, struct err *err)
{
	struct call_own_rows rows = {0};
	str viewer = call_viewer(p);
	if (!viewer.n)
		return OK;
	TRY(call_own(p->db, p->arena, p->group.id, viewer, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->own) = (struct call_register_line){
		    .number = rows.p[i].number,
		    .link = page_url(p, S("contributions"), page_i64(p, rows.p[i].number)),
		    .time = call_moment_in(p, rows.p[i].time, STR_EMPTY),
		    .state = rows.p[i].status,
		    .status = contribution_status_label(p, rows.p[i].status),
		};
	return OK;
}

static enum rc fill_register_head(struct page *p, struct call_register *v, struct err *err)
{
	struct call_counts_row n;
	struct call_get_row call;
	bool found;
	TRY(call_counts(p->db, p->arena, p->group.id, v->call, &n, &found, err));
	v->received = n.received;
	v->published = n.published;
	v->waiting = n.waiting;
	v->withheld = n.withheld;
	v->late = n.late;
	page_fact(p, "counts", call_counts_row_json(p->arena, &n));
	if (!v->call)
		return OK;
	TRY(call_get(p->db, p->arena, p->group.id, v->call, &call, &found, err));
	if (!found || (str_is(call.status, "draft") && !page_may(p, ROLE_OFFICE)))
		return ERR(err, ABSENT, NULL, "There is no call {0}.", page_i64(p, v->call));
	v->one_call = true;
	v->call_title = call.title;
	v->call_link = page_url(p, S("calls"), page_i64(p, v->call));
	return OK;
}

static url next_url(const struct page *p, const struct call_register *v, str category, str lang)
{
	url u = v->here;
	if (v->call)
		u = url_query(p->arena, u, S("call"), page_i64(p, v->call));
	if (category.n)
		u = url_query(p->arena, u, S("category"), category);
	if (lang.n)
		u = url_query(p->arena, u, S("language"), lang);
	return url_query(p->arena, u, S("after"), page_i64(p, v->lines.p[v->lines.n - 1].number));
}

enum rc contribution_register_page(struct page *p, struct err *err)
{
	struct call_register v = {.here = page_url(p, S("contributions"))};
	struct call_register_rows rows = {0};
	str category = page_param(p, "category");
	str lang = page_param(p, "language");
	int64_t after = 0;
	str call = page_param(p, "call");
	if (call.n && (!str_to_i64(call, &v.call) || v.call < 1))
		return ERR(err, ABSENT, NULL, "There is no call {0}.", call);
	if (!str_to_i64(page_param(p, "after"), &after))
		after = 0;
	TRY(fill_register_head(p, &v, err));
	TRY(fill_filters(p, &v, err));
	TRY(fill_own(p, &v, err));
	TRY(call_register(p->db, p->arena, p->group.id, v.call, category, lang, call_sees_all(p),
	    call_viewer(p), after, REGISTER_LINES + 1, &rows, err));
	v.more = rows.n > REGISTER_LINES;
	rows.n = v.more ? REGISTER_LINES : rows.n;
	for (size_t i = 0; i < rows.n; i++)
		fill_line(p, &rows.p[i], vec_push(p->arena, &v.lines));
	if (v.more)
		v.next = next_url(p, &v, category, lang);
	page_fact(p, "contributions", call_register_rows_json(p->arena, &rows));
	page_title(p, page_t(p, "Register of contributions"));
	p->description =
	    page_t(p, "Every contribution that was received, with its number and date.");
	call_register_html(&p->out, &v);
	return OK;
}

/* ---- choices of forms ---- */

/* Names of what is not public are for the secretariat; authors choose among their own. */
enum rc contribution_options(struct page *p, struct form_options *out, struct err *err)
{
	struct call_register_rows rows = {0};
	TRY(call_register(p->db, p->arena, p->group.id, 0, STR_EMPTY, STR_EMPTY, call_sees_all(p),
	    call_viewer(p), 0, 5000, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct call_register_row *row = &rows.p[i];
		if (!row->author.n)
			continue;
		form_option_add(p, out, page_i64(p, row->number),
		    arena_printf(p->arena, "%lld. %.*s (%.*s)", (long long)row->number,
		        STR(row->author), STR(contribution_status_label(p, row->status))));
	}
	return OK;
}
