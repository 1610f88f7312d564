/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/layout.h"

#include "engine/i18n.h"
#include "engine/web_inner.h"

#include "base/poison.h"

/* True for pages below that of the link; nothing counts as below the overview. */
static bool is_within(const struct page *p, const struct route *r, size_t pieces)
{
	str here = p->route ? str_of(p->route->pattern) : STR_EMPTY, there = str_of(r->pattern);
	return pieces > 2 && str_starts(here, there) && str_starts(str_skip(here, there.n), S("/"));
}

/* The rooms are listed in the order of the process; so is the navigation. */
static void fill_nav(struct page *p, struct layout_page *out)
{
	const struct rooms *rooms = p->request->web->conf.rooms;
	for (size_t i = 0; i < rooms->n; i++) {
		const struct room_pages *pages = rooms->v[i].pages;
		for (size_t k = 0; pages && k < pages->routes_n; k++) {
			const struct route *r = &pages->routes[k];
			if (!r->nav || !page_may(p, r->may))
				continue;
			/* "/g/{group}/calls": the last piece is the page. */
			str rest = str_skip(str_of(r->pattern), 1), piece, pieces[4];
			size_t n = 0;
			while (n < 4 && str_cut(&rest, '/', &piece))
				pieces[n++] = str_is(piece, "{group}") ? p->group.slug : piece;
			*vec_push(p->arena, &out->nav) = (struct layout_link){
			    .label = page_t(p, r->nav),
			    .to = url_path(p->arena, pieces, n),
			    .current = r == p->route,
			    .within = is_within(p, r, n),
			    .asked = r->asks ? p->viewer.asked : 0,
			};
		}
	}
}

static void fill_langs(struct page *p, struct layout_page *out)
{
	const struct http_request *q = p->request->q;
	for (size_t i = 0; i18n_langs[i]; i++) {
		str lang = str_of(i18n_langs[i]);
		url u = url_path(p->arena, q->segments.p, q->segments.n);
		for (size_t k = 0; k < q->params.n; k++)
			if (!str_is(q->params.p[k].name, "lang"))
				u = url_query(
				    p->arena, u, q->params.p[k].name, q->params.p[k].value);
		*vec_push(p->arena, &out->langs) = (struct layout_link){
		    .label = i18n_name(lang),
		    .to = url_query(p->arena, u, S("lang"), lang),
		    .current = str_eq(lang, p->viewer.lang),
		    .lang = lang,
		};
	}
}

static str role_name(const struct page *p)
{
	static const struct {
		unsigned role;
		const char *name;
	} order[] = {
	    {ROLE_CHAIR, "Chair"},
	    {ROLE_SECRETARIAT, "Secretariat"},
	    {ROLE_MEMBER, "Member"},
	    {ROLE_FOCAL_POINT, "Focal point"},
	    {ROLE_OBSERVER, "Observer"},
	    {ROLE_ADMIN, "Administrator"},
	    {ROLE_PARTICIPANT, "Participant"},
	};
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
		if (p->viewer.roles & order[i].role)
			return page_t(p, order[i].name);
	return STR_EMPTY;
}

static void fill_viewer(struct page *p, struct layout_page *out)
{
	out->signed_in = p->viewer.signed_in;
	out->viewer_name = p->viewer.name;
	out->viewer_role = role_name(p);
	out->sign_in =
	    url_query(p->arena, URL(p->arena, S("sign-in")), S("next"), p->request->path);
	out->account = URL(p->arena, S("sign-in"), S("account"));
	out->sign_out = URL(p->arena, S("sign-out"));
	out->token = p->request->csrf;
	if (p->group.slug.n && page_may(p, ROLE_SECRETARIAT))
		out->inbox = page_url(p, S("inbox"));
}

void layout_fill(struct page *p, struct layout_page *out)
{
	const struct http_request *q = p->request->q;
	*out = (struct layout_page){
	    .lang = p->viewer.lang,
	    .dir = i18n_is_rtl(p->viewer.lang) ? S("rtl") : S("ltr"),
	    .title = p->title,
	    .description = p->description,
	    .site = S("Comity"),
	    .in_group = p->group.slug.n > 0,
	    .group_title = p->group.title,
	    .group_short = p->group.short_title,
	    .home = url_path(p->arena, NULL, 0),
	    .body = html_from_renderer(page_out_str(&p->out)),
	    .source = URL(p->arena, S("source")),
	    .json_url = url_path(p->arena, q->segments.p, q->segments.n),
	};
	if (out->in_group) {
		out->group_url = URL(p->arena, S("g"), p->group.slug);
		out->search_url = page_url(p, S("search"));
		out->record_url = page_url(p, S("record"));
		fill_nav(p, out);
	}
	fill_langs(p, out);
	fill_viewer(p, out);
}
