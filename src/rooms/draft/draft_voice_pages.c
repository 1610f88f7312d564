/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a reader can do in the text of a draft: at each paragraph, at each amendment. */
#include "rooms/draft/draft_voice_pages.h"

#include "text/markup.h"
#include "text/rolling_html.h"

#include "base/poison.h"

static str say(const void *ctx, const char *english)
{
	const struct draft_reader *r = ctx;
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
	const struct draft_reader *r = ctx;
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
	if (r->is_newest)
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

bool draft_is_shown(const struct draft_reader *r, const struct text_par *par)
{
	const struct draft_place *place =
	    r->is_newest ? draft_place_of(&r->narrow, r->draft, par) : NULL;
	return !place || place->shown || place->above;
}

static bool shows(const void *ctx, const struct text_par *par)
{
	return draft_is_shown(ctx, par);
}

static void contested(const void *ctx, struct markup *m, const struct text_par *par)
{
	const struct draft_reader *r = ctx;
	if (r->is_newest)
		draft_put_place(
		    r->page, m, r->draft, &r->narrow, draft_place_of(&r->narrow, r->draft, par));
}

html draft_text_html(struct draft_reader *r, str view)
{
	struct page *p = r->page;
	struct draft_loaded *d = r->draft;
	struct text_voice voice = {.say = say,
	    .at_par = at_par,
	    .shows = shows,
	    .contested = contested,
	    .no_list = true,
	    .ctx = r};
	struct text_rolling rolling = text_roll(p->arena, &d->doc, d->list, d->n + d->stands_n);
	return html_from_renderer(str_is(view, "clean")
	                              ? text_rolling_clean(p->arena, &rolling, &voice)
	                              : text_rolling_html(p->arena, &rolling, &voice));
}
