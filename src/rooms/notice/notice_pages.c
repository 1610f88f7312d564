/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* "For you": what one person is told, and what is asked of it. */
#include "rooms/notice/notice_pages.h"

#include "notice_page.html.h"
#include "notice_view.sql.h"
#include "rooms/notice/notice.h"

#include "base/poison.h"

#define SHOWN 500

static str state_of(const struct notice_list_row *r)
{
	if (!r->asks)
		return S("told");
	if (r->open)
		return S("open");
	return r->done_seq == INT64_MIN ? S("late") : S("done");
}

static str state_label(const struct page *p, str state)
{
	if (str_is(state, "open"))
		return page_t(p, "Asks for an answer");
	if (str_is(state, "late"))
		return page_t(p, "The time to answer has passed");
	return str_is(state, "done") ? page_t(p, "Settled") : STR_EMPTY;
}

static struct notice_item item(const struct page *p, const struct notice_list_row *r)
{
	const char *words = notice_words(r->what);
	struct notice_item x = {
	    .words = words ? err_fill(p->arena, page_t(p, words),
	                         (const str[]){r->first, r->second, r->third}, 3)
	                   : r->what,
	    .date = page_time(p, r->time),
	    .iso = page_iso(p, r->time),
	    .state = state_of(r),
	    .to = page_path(p, p->group.slug, r->path),
	    .record = page_record_url(p, r->seq),
	};
	x.state_label = state_label(p, x.state);
	if (r->until) {
		x.until = page_time(p, r->until);
		x.until_iso = page_iso(p, r->until);
	}
	return x;
}

static enum rc own(struct page *p, struct err *err)
{
	struct notice_page v = {.account = URL(p->arena, S("sign-in"), S("account"))};
	struct notice_list_rows rows = {0};
	TRY(notice_list(p->db, p->arena, p->group.id, actor_str(p->arena, p->viewer.actor), p->now,
	    SHOWN, &rows, err));
	page_fact(p, "notices", notice_list_rows_json(p->arena, &rows));
	page_title(p, page_t(p, "For you"));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.p[i].open)
			*vec_push(p->arena, &v.open) = item(p, &rows.p[i]);
		else
			*vec_push(p->arena, &v.other) = item(p, &rows.p[i]);
	notice_page_html(&p->out, &v);
	return OK;
}

static const struct route routes[] = {
    {"/g/{group}/notices", ROLE_PARTICIPANT, own, "For you", .asks = true},
};

const struct room_pages notice_pages = {
    .routes = routes, .routes_n = sizeof routes / sizeof routes[0]};
