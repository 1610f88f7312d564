/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/draft/draft_pages.h"

#include "engine/room.h"
#include "draft_list.html.h"
#include "draft_one.html.h"
#include "rooms/draft/draft.h"
#include "rooms/draft/draft_voice_pages.h"

#include "base/poison.h"

str draft_status_label(const struct page *p, str status, str outcome)
{
	if (str_is(status, "accepted"))
		return page_t(p, "Accepted");
	if (str_is(status, "satisfied"))
		return page_t(p, "In the text already");
	if (str_is(status, "not_accepted"))
		return page_t(p, "Not accepted");
	if (str_is(status, "withdrawn"))
		return page_t(p, "Withdrawn");
	if (str_is(outcome, "conflict"))
		return page_t(p, "Waits for its author");
	return page_t(p, "Before the group");
}

url draft_url(const struct page *p, int64_t number)
{
	return page_url(p, S("drafts"), page_i64(p, number));
}

url draft_amendment_url(const struct page *p, int64_t draft, int64_t number)
{
	return page_url(p, S("drafts"), page_i64(p, draft), S("amendments"), page_i64(p, number));
}

url draft_do_url(
    const struct page *p, const char *command, int64_t draft, const char *field, str value)
{
	url u = page_do_url(p, command, "draft", draft);
	return field ? url_query(p->arena, u, str_of(field), value) : u;
}

enum rc draft_page_list(struct page *p, struct err *err)
{
	struct draft_list_page v = {0};
	struct draft_list_rows rows = {0};
	TRY(draft_list(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct draft_list_row *r = &rows.p[i];
		*vec_push(p->arena, &v.items) = (struct draft_item){.number = r->number,
		    .title = r->title,
		    .lang = r->lang,
		    .symbol = r->symbol,
		    .revision = r->revision,
		    .tabled = r->tabled,
		    .date = page_date(p, r->at),
		    .to = draft_url(p, r->number)};
	}
	if (page_may_do(p, "draft.open"))
		*vec_push(p->arena, &v.actions) =
		    (struct draft_action){page_t(p, "Put a draft before the group"),
		        page_do_url(p, "draft.open", NULL, 0)};
	v.informal = page_url(p, S("informal"));
	page_title(p, page_t(p, "Drafts"));
	p->description = page_t(p, "The texts that the group negotiates.");
	page_fact(p, "drafts", draft_list_rows_json(p->arena, &rows));
	draft_list_html(&p->out, &v);
	return OK;
}

static enum rc fill_issues(struct page *p, struct draft_page *v, struct err *err)
{
	struct draft_revisions_rows rows = {0};
	TRY(draft_revisions(p->db, p->arena, p->group.id, v->number, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct draft_revisions_row *r = &rows.p[i];
		*vec_push(p->arena, &v->issues) = (struct draft_issue){.revision = r->revision,
		    .seq = r->seq,
		    .symbol = r->symbol,
		    .date = page_date(p, r->at),
		    .words = r->words,
		    .to = page_url(p, S("drafts"), page_i64(p, v->number), S("revisions"),
		        page_i64(p, r->revision)),
		    .since = url_query(
		        p->arena, draft_url(p, v->number), S("since"), page_i64(p, r->seq)),
		    .record = page_record_url(p, r->seq)};
	}
	return OK;
}

static void fill_head(struct page *p, struct draft_page *v, const struct draft_loaded *d)
{
	v->number = d->draft.number;
	v->revision = d->revision.revision;
	v->title = d->draft.title;
	v->lang = d->draft.lang;
	v->symbol = d->revision.symbol;
	v->date = page_date(p, d->revision.at);
	v->all = page_url(p, S("drafts"));
	v->record = page_record_url(p, d->revision.seq);
	v->is_old = d->revision.revision != d->draft.revision;
	v->newest = v->here = draft_url(p, v->number);
	for (size_t i = 0; i < d->n; i++) {
		v->tabled++;
		v->waiting += d->list[i].outcome == TEXT_IN_CONFLICT;
	}
}

static void action(
    struct page *p, struct draft_page *v, const char *command, const char *label, bool all)
{
	if (page_may_do(p, command))
		*vec_push(p->arena, &v->actions) = (struct draft_action){page_t(p, label),
		    draft_do_url(p, command, v->number, all ? "uncontested" : NULL, S("1"))};
}

static void fill_narrow(struct page *p, struct draft_page *v, const struct draft_loaded *d,
    const struct draft_narrow *w)
{
	v->is_narrow = w->is_active;
	v->pars = w->pars;
	v->pars_all = w->pars_all;
	v->rows = w->rows;
	v->rows_all = w->rows_all;
	v->elsewhere = draft_elsewhere(p, d, w);
	v->deleted = draft_deleted_since(p, w);
	v->head = p->group.n;
}

/* Every heading and numbered paragraph that is shown: with the keyboard the way there is long. */
static void fill_contents(struct page *p, struct draft_page *v, const struct draft_reader *r)
{
	const struct text_doc *doc = &r->draft->doc;
	struct draft_contents *at = NULL;
	for (size_t i = 0; i < doc->n; i++) {
		const struct text_par *par = &doc->par[i];
		bool heads = par->kind == TEXT_HEADING;
		if (par->is_gone || !draft_is_shown(r, par) || (!heads && !par->number.n))
			continue;
		struct draft_mark mark = {
		    .label = heads ? text_par_read(p->arena, par) : par->number,
		    .to = url_fragment(p->arena, (url){STR_EMPTY}, par->id)};
		if (heads || !at) {
			at = vec_push(p->arena, &v->contents);
			*at = (struct draft_contents){0};
		}
		if (heads)
			at->heading = mark;
		else
			*vec_push(p->arena, &at->pars) = mark;
	}
}

/* What only the newest revision has: amendments, stances, ways to look at it. */
static enum rc fill_newest(struct page *p, struct draft_page *v, struct draft_loaded *d,
    struct draft_reader *r, struct err *err)
{
	str own;
	int64_t seat;
	TRY(draft_viewer_seat(p, &seat, &own, err));
	TRY(draft_narrow(p, d, r->standing, &r->narrow, err));
	TRY(draft_fill_filter(p, v, d, r->standing, &r->narrow, seat, err));
	action(p, v, "draft.insert", "Propose a paragraph at the beginning", false);
	action(p, v, "draft.accept", "Accept amendments", false);
	action(p, v, "draft.accept", "Accept all that are uncontested", true);
	draft_fill_stances(p, v, d, seat);
	draft_choose(d, &r->narrow, page_param(p, "view"));
	fill_narrow(p, v, d, &r->narrow);
	r->is_newest = true;
	r->may_file = page_may_do(p, "draft.amend") && (seat || page_may(p, ROLE_OFFICE));
	TRY(informal_open_in(p->db, p->arena, p->group.id, v->number, &r->live, err));
	return informal_may_open(p, &r->may_open, err);
}

/* fixed: the revision as it was issued, at the address by which it can be cited. */
static enum rc show(struct page *p, struct draft_loaded *d, bool fixed, struct err *err)
{
	struct draft_page v = {.is_fixed = fixed};
	struct reading_standing standing;
	struct comment_marks comments;
	struct draft_reader r = {
	    .page = p, .draft = d, .standing = &standing, .comments = &comments};
	fill_head(p, &v, d);
	TRY(fill_issues(p, &v, err));
	TRY(reading_load_standing(p, v.number, &standing, err));
	v.provisional = standing.provisional;
	v.readings = standing.all;
	TRY(comment_load_marks(p, v.number, &comments, err));
	v.comments = comments.all;
	v.comments_n = comments.total;
	draft_facts(p, d, !fixed);
	if (v.is_fixed)
		d->n = d->stands_n = 0;
	else
		TRY(fill_newest(p, &v, d, &r, err));
	fill_contents(p, &v, &r);
	v.text = draft_text_html(&r, page_param(p, "view"));
	page_title(p, v.symbol.n ? page_say(p, "{0} ({1})", v.title, v.symbol) : v.title);
	draft_one_html(&p->out, &v);
	return OK;
}

enum rc draft_page_one(struct page *p, struct err *err)
{
	struct draft_loaded d;
	int64_t number;
	TRY(page_arg_i64(p, "draft", &number, err));
	TRY(draft_load(p, number, 0, &d, err));
	return show(p, &d, false, err);
}

enum rc draft_page_revision(struct page *p, struct err *err)
{
	struct draft_loaded d;
	int64_t number, revision;
	TRY(page_arg_i64(p, "draft", &number, err));
	TRY(page_arg_i64(p, "revision", &revision, err));
	TRY(draft_load(p, number, revision < 1 ? -1 : revision, &d, err));
	return show(p, &d, true, err);
}

static const struct route routes[] = {
    {"/g/{group}/drafts", ROLE_PUBLIC, draft_page_list, "Drafts"},
    {"/g/{group}/drafts/{draft}", ROLE_PUBLIC, draft_page_one, NULL},
    {"/g/{group}/drafts/{draft}/revisions/{revision}", ROLE_PUBLIC, draft_page_revision, NULL},
    {"/g/{group}/drafts/{draft}/amendments/{amendment}", ROLE_PUBLIC, draft_page_amendment, NULL},
};

static const struct option_source options[] = {
    {"draft", draft_list_drafts},
    {"draft_paragraph", draft_list_paragraphs},
    {"draft_amendment", draft_list_amendments},
};

static const struct form_shape shapes[] = {
    {"draft.accept", draft_shape_accept},
    {"draft.amend", draft_shape_words},
    {"draft.restate", draft_shape_words},
    {"draft.split", draft_shape_words},
    {"draft.insert", draft_shape_seat},
    {"draft.delete", draft_shape_seat},
    {"draft.move", draft_shape_seat},
    {"draft.join", draft_shape_seat},
    {"draft.cosponsor", draft_shape_seat},
    {"draft.leave", draft_shape_seat},
    {"draft.withdraw", draft_shape_seat},
    {"draft.stance", draft_shape_seat},
    {"draft.stand_on_text", draft_shape_seat},
};

const struct room_pages draft_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = options,
    .options_n = sizeof options / sizeof options[0],
    .shapes = shapes,
    .shapes_n = sizeof shapes / sizeof shapes[0],
};
