/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What the pages of a draft show of its readings: the flag, and how each paragraph stands. */
#include "rooms/reading/reading_pages.h"
#include "text/markup.h"

#include "base/poison.h"

enum rc reading_load_standing(
    struct page *p, int64_t draft, struct reading_standing *out, struct err *err)
{
	struct reading_newest_rows rows = {0};
	struct reading_is_provisional_row flag;
	*out = (struct reading_standing){.page = p,
	    .draft = draft,
	    .standing_of = map_in(p->arena),
	    .all = page_url(p, S("drafts"), page_i64(p, draft), S("readings"))};
	TRY(reading_is_provisional(
	    p->db, p->arena, p->group.id, draft, &flag, &out->provisional, err));
	TRY(reading_newest(p->db, p->arena, p->group.id, draft, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		map_put(&out->standing_of, rows.p[i].paragraph, &rows.p[i]);
		out->reading = rows.p[i].reading;
	}
	page_fact(p, "provisional", json_of_bool(p->arena, out->provisional));
	page_fact(p, "standing", reading_newest_rows_json(p->arena, &rows));
	return OK;
}

str reading_status_of(const struct reading_standing *s, str paragraph, int64_t *since)
{
	const struct reading_newest_row *row =
	    s->reading ? map_get(&s->standing_of, paragraph) : NULL;
	*since = row ? row->seq : 0;
	return row ? row->status : STR_EMPTY;
}

void reading_put_status(struct markup *m, const struct reading_standing *s, str paragraph)
{
	struct page *p = s->page;
	int64_t since;
	str status = reading_status_of(s, paragraph, &since);
	if (!status.n)
		return;
	url to = url_fragment(p->arena, reading_url(p, s->draft, s->reading), S("paragraphs"));
	markup_open(m, "a");
	markup_class(m, "status");
	markup_attr(m, "data-state", reading_status_tone(status));
	markup_attr(m, "lang", p->viewer.lang);
	markup_attr(m, "dir", S("auto"));
	markup_attr(m, "href", to.s);
	markup_text(m, reading_status_label(p, status));
	markup_close(m);
}
