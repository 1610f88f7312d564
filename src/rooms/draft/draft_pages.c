/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/draft/draft_pages.h"

#include "engine/room.h"
#include "draft_list.html.h"
#include "draft_one.html.h"
#include "rooms/comment/comment_pages.h"
#include "rooms/draft/draft.h"
#include "rooms/informal/informal_pages.h"
#include "rooms/reading/reading_pages.h"
#include "text/rolling_html.h"

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

/* --- what a reader can do in the text --- */

struct reading {
	struct page *page;
	const struct draft_loaded *draft;
	bool may_file;
	const struct reading_standing *standing; /* NULL: of an earlier revision */
	const struct comment_marks *comments;
	struct informal_open_in_rows live; /* paragraphs that somebody drafts now */
	bool may_open;                     /* a paragraph for live drafting */
};

static str say(const void *ctx, const char *english)
{
	const struct reading *r = ctx;
	return page_t(r->page, english);
}

static void link_to(struct markup *m, url to, str label)
{
	markup_open(m, "a");
	markup_attr(m, "href", to.s);
	markup_text(m, label);
	markup_close(m);
	markup_text(m, S(" "));
}

/* A place that can be cited, and the forms about this paragraph. */
static void at_par(const void *ctx, struct markup *m, const struct text_par *par)
{
	static const struct {
		const char *command, *label, *field;
	} forms[] = {{"draft.amend", "Amend", "paragraph"},
	    {"draft.insert", "New paragraph behind", "after"},
	    {"draft.delete", "Delete", "paragraph"}, {"draft.move", "Move", "paragraph"},
	    {"draft.split", "Split in two", "paragraph"},
	    {"draft.join", "Join with the next", "paragraph"},
	    {"draft.stand_on_text", "Take a stance on its words", "paragraph"},
	    {"comment.make", "Comment", "paragraph"}};
	const struct reading *r = ctx;
	struct page *p = r->page;
	url here = page_url(p, S("drafts"), page_i64(p, r->draft->draft.number), S("revisions"),
	    page_i64(p, r->draft->revision.revision));
	markup_open(m, "div");
	markup_class(m, "draft-actions");
	markup_attr(m, "id", par->id);
	markup_open(m, "a");
	markup_attr(m, "href", url_fragment(p->arena, here, par->id).s);
	markup_attr(m, "aria-label",
	    page_say(p, "Permanent address of paragraph {0}", par->number.n ? par->number : par->id,
	        STR_EMPTY));
	markup_text(m, S("¶"));
	markup_close(m);
	if (r->standing)
		reading_put_status(m, r->standing, par->id);
	comment_put_mark(m, r->comments, par->id);
	int64_t session = informal_find(&r->live, par->id);
	if (session)
		link_to(m, informal_url(p, session), page_t(p, "Drafted live at this moment"));
	else if (r->may_open && !par->is_gone)
		link_to(m, informal_open_url(p, r->draft->draft.number, par->id),
		    page_t(p, "Open for live drafting"));
	if (r->may_file && !par->is_gone) {
		markup_open(m, "details");
		markup_open(m, "summary");
		markup_text(m, page_t(p, "Propose a change"));
		markup_close(m);
		for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
			link_to(m,
			    draft_do_url(p, forms[i].command, r->draft->draft.number,
			        forms[i].field, par->id),
			    page_t(p, forms[i].label));
		markup_close(m);
	}
	markup_close(m);
}

static void at_amendment(const void *ctx, struct markup *m, const struct text_amendment *amendment)
{
	const struct reading *r = ctx;
	int64_t number = r->draft->row[amendment - r->draft->list]->number;
	markup_open(m, "p");
	link_to(m, draft_amendment_url(r->page, r->draft->draft.number, number),
	    page_say(r->page, "Amendment {0}", page_i64(r->page, number), STR_EMPTY));
	markup_close(m);
}

static bool is_sponsor(const struct text_amendment *m, str party)
{
	bool found = str_eq(m->party, party);
	for (size_t k = 0; k < m->cosponsors_n; k++)
		found = found || str_eq(m->cosponsors[k], party);
	return found;
}

/* "": all amendments; "base": none; "party:Kenya": those that Kenya stands behind. */
static void choose(struct draft_loaded *d, str view)
{
	size_t kept = 0;
	str party = str_starts(view, S("party:")) ? str_skip(view, 6) : STR_EMPTY;
	for (size_t i = 0; i < d->n; i++) {
		if (str_is(view, "base") || (party.n && !is_sponsor(&d->list[i], party)))
			continue;
		d->list[kept] = d->list[i];
		d->row[kept++] = d->row[i];
	}
	/* Stances on the text close up; "base" and one party's text are without them. */
	for (size_t i = 0; i < d->stands_n; i++)
		d->list[kept + i] = d->list[d->n + i];
	if (view.n)
		d->stands_n = 0;
	d->n = kept;
}

static void add_mode(struct page *p, struct draft_page *v, str value, str label, str view)
{
	*vec_push(p->arena, &v->modes) = (struct draft_mode){label, value, str_eq(value, view)};
}

/* With one way for each delegation that stands behind an amendment. */
static void fill_modes(struct page *p, struct draft_page *v, const struct draft_loaded *d, str view)
{
	struct map seen = map_in(p->arena);
	add_mode(p, v, STR_EMPTY, page_t(p, "With all amendments"), view);
	add_mode(p, v, S("base"), page_t(p, "The text alone"), view);
	for (size_t i = 0; i < d->sponsors.n; i++) {
		str name = d->sponsors.p[i].party;
		if (map_get(&seen, name))
			continue;
		map_put(&seen, name, v);
		add_mode(p, v, arena_printf(p->arena, "party:%.*s", STR(name)),
		    page_say(p, "With those of {0}", name, STR_EMPTY), view);
	}
}

static enum rc fill_issues(struct page *p, struct draft_page *v, struct err *err)
{
	struct draft_revisions_rows rows = {0};
	TRY(draft_revisions(p->db, p->arena, p->group.id, v->number, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct draft_revisions_row *r = &rows.p[i];
		*vec_push(p->arena, &v->issues) = (struct draft_issue){.revision = r->revision,
		    .symbol = r->symbol,
		    .date = page_date(p, r->at),
		    .words = r->words,
		    .to = page_url(p, S("drafts"), page_i64(p, v->number), S("revisions"),
		        page_i64(p, r->revision)),
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

static enum rc show(struct page *p, struct draft_loaded *d, struct err *err)
{
	struct draft_page v = {0};
	str view = page_param(p, "view");
	int64_t seat;
	str own;
	TRY(draft_viewer_seat(p, &seat, &own, err));
	fill_head(p, &v, d);
	TRY(fill_issues(p, &v, err));
	struct reading_standing standing;
	TRY(reading_load_standing(p, v.number, &standing, err));
	v.provisional = standing.provisional;
	v.readings = standing.all;
	struct comment_marks comments;
	TRY(comment_load_marks(p, v.number, &comments, err));
	v.comments = comments.all;
	v.comments_n = comments.total;
	if (!v.is_old) {
		TRY(draft_facts(p, d, err));
		fill_modes(p, &v, d, view);
		action(p, &v, "draft.insert", "Propose a paragraph at the beginning", false);
		action(p, &v, "draft.accept", "Accept amendments", false);
		action(p, &v, "draft.accept", "Accept all that are uncontested", true);
		draft_fill_stances(p, &v, d, seat);
		choose(d, view);
	}
	struct reading r = {.page = p,
	    .draft = d,
	    .standing = v.is_old ? NULL : &standing,
	    .comments = &comments,
	    .may_file =
	        !v.is_old && page_may_do(p, "draft.amend") && (seat || page_may(p, ROLE_OFFICE))};
	if (!v.is_old) {
		TRY(informal_open_in(p->db, p->arena, p->group.id, v.number, &r.live, err));
		TRY(informal_may_open(p, &r.may_open, err));
	}
	struct text_voice voice = {
	    .say = say, .at_par = at_par, .at_amendment = at_amendment, .ctx = &r};
	for (size_t i = 0; i < d->n; i++) /* behind draft_facts: programs get the English */
		d->list[i].why = draft_why(p, d->list[i].why);
	struct text_rolling rolling = text_roll(p->arena, &d->doc, d->list, d->n + d->stands_n);
	v.text = html_from_renderer(text_rolling_html(p->arena, &rolling, &voice));
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
	return show(p, &d, err);
}

enum rc draft_page_revision(struct page *p, struct err *err)
{
	struct draft_loaded d;
	int64_t number, revision;
	TRY(page_arg_i64(p, "draft", &number, err));
	TRY(page_arg_i64(p, "revision", &revision, err));
	TRY(draft_load(p, number, revision < 1 ? -1 : revision, &d, err));
	return show(p, &d, err);
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
