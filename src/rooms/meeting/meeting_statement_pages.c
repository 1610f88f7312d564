/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "meeting_view.sql.h"
#include "rooms/meeting/meeting_pages.h"

#include "base/poison.h"

static struct meeting_statement_line line_of(
    const struct page *p, const struct meeting_statements_row *r)
{
	struct meeting_statement_line x = {.statement = r->statement,
	    .item = r->item,
	    .seq = r->seq,
	    .name = r->symbol,
	    .title = r->title,
	    .lang = r->lang.n ? r->lang : p->viewer.lang,
	    .record = page_record_url(p, r->seq)};
	if (r->document) {
		x.to = page_url(p, S("documents"), r->slug);
		return x;
	}
	x.name = page_say(p, "Contribution {0}", page_i64(p, r->contribution), STR_EMPTY);
	x.title = r->organisation.n ? r->organisation : r->author;
	x.to = page_url(p, S("contributions"), page_i64(p, r->contribution));
	return x;
}

enum rc meeting_load_statements(
    struct page *p, int64_t meeting, meeting_statement_lines *out, struct err *err)
{
	struct meeting_statements_rows rows = {0};
	TRY(meeting_statements(p->db, p->arena, p->group.id, meeting, &rows, err));
	page_fact(p, "statements", meeting_statements_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct meeting_statement_line *x = vec_push(p->arena, out);
		*x = line_of(p, &rows.p[i]);
		if (page_may(p, ROLE_OFFICE))
			x->off = url_query(p->arena,
			    page_do_url(p, "meeting.withdraw_statement", "meeting", meeting),
			    S("statement"), page_i64(p, x->statement));
	}
	return OK;
}

enum rc meeting_list_statements(struct page *p, struct form_options *out, struct err *err)
{
	struct meeting_statements_rows rows = {0};
	TRY(meeting_statements(p->db, p->arena, p->group.id, meeting_chosen(p), &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		struct meeting_statement_line x = line_of(p, &rows.p[i]);
		form_option_add(p, out, page_i64(p, x.statement),
		    x.title.n ? page_say(p, "{0}: {1}", x.name, x.title) : x.name);
	}
	return OK;
}
