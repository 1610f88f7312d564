/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What is said: the lines of the live captions in one language, or else the end of the transcript.
 */
#include "caption_keep.sql.h"
#include "engine/i18n.h"
#include "rooms/caption/caption_keep_view.h"
#include "rooms/screen/screen_pages.h"
#include "screen_live.html.h"

#include "base/poison.h"

#define MOST  40  /* lines that the page begins with */
#define EARLY 400 /* that it shows at most, from an earlier one on */

/* Which language: the one of the address, that of the reader, or the one with most lines. */
static str choose(const struct page *p, const struct caption_keep_langs_rows *rows)
{
	str wanted = page_param(p, "captions"), best = STR_EMPTY;
	int64_t lines = -1;
	for (size_t i = 0; i < rows->n; i++) {
		const struct caption_keep_langs_row *r = &rows->p[i];
		if (str_eq(r->lang, wanted))
			return r->lang;
		bool own = str_eq(r->lang, p->viewer.lang);
		if (own || r->lines > lines) {
			best = r->lang;
			lines = own ? INT64_MAX : r->lines;
		}
	}
	return best;
}

static void fill_langs(
    struct screen_work *w, struct screen_live_page *v, const struct caption_keep_langs_rows *rows)
{
	struct page *p = w->p;
	for (size_t i = 0; rows->n > 1 && i < rows->n; i++)
		*vec_push(p->arena, &v->langs) = (struct screen_lang){.lang = rows->p[i].lang,
		    .name = i18n_name(rows->p[i].lang),
		    .to = url_query(
		        p->arena, screen_url(w, S("live")), S("captions"), rows->p[i].lang),
		    .chosen = str_eq(rows->p[i].lang, v->captions)};
}

static void add_line(struct screen_work *w, const struct screen_line *x)
{
	struct page_out o = screen_out(w);
	screen_line_piece(&o, x);
	screen_add(w, "said", x->key, &o);
}

/* The speaker is named when it is another one than in the line before. */
static enum rc fill_lines(struct screen_work *w, struct screen_live_page *v, struct err *err)
{
	struct page *p = w->p;
	struct caption_keep_lines_rows rows = {0};
	struct caption_keep_channel_of_row channel;
	str before = STR_EMPTY;
	size_t from = 0;
	bool found;
	TRY(caption_keep_lines(p->db, p->arena, p->group.id, w->meeting, v->captions, &rows, err));
	TRY(caption_keep_channel_of(
	    p->db, p->arena, p->group.id, w->meeting, v->captions, &channel, &found, err));
	v->lines_at = found ? channel.id : 0;
	if (w->first > 0)
		while (from < rows.n && rows.p[from].line < w->first)
			from++;
	else if (rows.n > MOST)
		from = rows.n - MOST;
	if (from)
		v->earlier = url_query(p->arena,
		    url_query(p->arena, screen_url(w, S("live")), S("captions"), v->captions),
		    S("from"), page_i64(p, rows.p[from > MOST ? from - MOST : 0].line));
	for (size_t i = from; i < rows.n && i < from + EARLY; i++) {
		struct screen_line x = {
		    .key = arena_printf(p->arena, "c-%lld", (long long)rows.p[i].line),
		    .line = rows.p[i].line,
		    .lang = v->captions};
		caption_line_shown(
		    rows.p[i].text, rows.p[i].floor, rows.p[i].proposed, &x.speaker, &x.text);
		x.named = x.speaker.n && (i == from || !str_eq(x.speaker, before));
		before = x.speaker;
		add_line(w, &x);
	}
	return OK;
}

static enum rc fill_transcript(struct screen_work *w, struct err *err)
{
	struct page *p = w->p;
	struct screen_said_rows rows = {0};
	TRY(screen_said(p->db, p->arena, p->group.id, w->meeting, MOST, &rows, err));
	page_fact(p, "said", screen_said_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++)
		add_line(w, &(struct screen_line){.key = arena_printf(p->arena, "s%lld",
		                                      (long long)rows.p[i].segment),
		                .speaker = rows.p[i].speaker,
		                .named = rows.p[i].speaker.n > 0,
		                .lang = rows.p[i].lang,
		                .text = rows.p[i].text});
	return OK;
}

enum rc screen_fill_said(struct screen_work *w, struct screen_live_page *v, struct err *err)
{
	struct page *p = w->p;
	struct caption_keep_langs_rows rows = {0};
	v->captions = p->viewer.lang;
	TRY(caption_keep_langs(p->db, p->arena, p->group.id, w->meeting, &rows, err));
	str chosen = choose(p, &rows);
	if (chosen.n)
		v->captions = chosen;
	fill_langs(w, v, &rows);
	p->passing = true;
	return chosen.n ? fill_lines(w, v, err) : fill_transcript(w, err);
}
