/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Live captions as pages: the languages, the lines of one, and where a captioner writes. */
#include "caption_keep.sql.h"
#include "caption_live.html.h"
#include "caption_view.sql.h"
#include "engine/i18n.h"
#include "floor_view.sql.h"
#include "rooms/caption/caption_keep_view.h"
#include "rooms/caption/caption_pages.h"

#include "base/poison.h"

#define CONSOLE_LINES 12

static url channel_url(const struct page *p, int64_t meeting, str lang, const char *more)
{
	str m = page_i64(p, meeting);
	if (!more)
		return page_url(p, S("meetings"), m, S("captions"), lang);
	return page_url(p, S("meetings"), m, S("captions"), lang, str_of(more));
}

static void fill_places(
    struct page *p, struct caption_live_page *v, const struct caption_meeting_row *m)
{
	str number = page_i64(p, v->meeting);
	v->title = m->title;
	v->open = str_is(m->state, "open");
	v->kept = m->kept;
	v->meeting_page = page_url(p, S("meetings"), number);
	v->transcript = page_url(p, S("meetings"), number, S("transcript"));
	v->all = page_url(p, S("meetings"), number, S("captions"));
	v->floor = page_url(p, S("meetings"), number, S("floor"));
}

/* The secretariat, and who captions for the group. */
static enum rc may_write(struct page *p, bool *may, struct err *err)
{
	struct caption_captions_row row;
	*may = page_may(p, ROLE_SECRETARIAT);
	if (*may || !p->viewer.signed_in)
		return OK;
	return caption_captions(
	    p->db, p->arena, p->group.id, actor_str(p->arena, p->viewer.actor), &row, may, err);
}

/* --- all languages --- */

static void add_channel(
    struct page *p, struct caption_live_page *v, str lang, int64_t lines, bool writes)
{
	struct caption_channel_link *x = vec_push(p->arena, &v->channels);
	*x = (struct caption_channel_link){.lang = lang,
	    .name = i18n_name(lang),
	    .read = channel_url(p, v->meeting, lang, NULL),
	    .lines = lines};
	if (writes)
		x->write = channel_url(p, v->meeting, lang, "write");
}

/* Who writes may begin any language. */
static enum rc fill_channels(struct page *p, struct caption_live_page *v, struct err *err)
{
	struct caption_keep_langs_rows rows = {0};
	bool writes;
	TRY(may_write(p, &writes, err));
	TRY(caption_keep_langs(p->db, p->arena, p->group.id, v->meeting, &rows, err));
	page_fact(p, "channels", caption_keep_langs_rows_json(p->arena, &rows));
	for (size_t k = 0; i18n_langs[k]; k++) {
		str lang = str_of(i18n_langs[k]);
		int64_t lines = 0;
		for (size_t i = 0; i < rows.n; i++)
			if (str_eq(rows.p[i].lang, lang))
				lines = rows.p[i].lines;
		if (lines || writes)
			add_channel(p, v, lang, lines, writes);
	}
	return OK;
}

static enum rc fill_connections(struct page *p, struct caption_live_page *v, struct err *err)
{
	struct caption_connections_rows rows = {0};
	bool may = page_may_do(p, "caption.connect");
	TRY(caption_connections(p->db, p->arena, p->group.id, v->meeting, &rows, err));
	page_fact(p, "connections", caption_connections_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct caption_connections_row *r = &rows.p[i];
		struct caption_connection_line *x = vec_push(p->arena, &v->connections);
		*x = (struct caption_connection_line){.connection = r->connection,
		    .label = r->label,
		    .lang = i18n_name(r->lang),
		    .date = page_date(p, r->time),
		    .iso = page_iso(p, r->time),
		    .open = r->ended_seq == INT64_MIN,
		    .record = page_record_url(p, r->seq)};
		if (may && x->open)
			x->close =
			    page_do_url(p, "caption.disconnect", "connection", r->connection);
	}
	if (may)
		*vec_push(p->arena, &v->deeds) =
		    (struct caption_deed){page_do_url(p, "caption.connect", "meeting", v->meeting),
		        page_t(p, "Connect captioning software")};
	return OK;
}

enum rc caption_channels_page(struct page *p, struct err *err)
{
	struct caption_live_page v = {0};
	struct caption_meeting_row m;
	bool found;
	TRY(page_arg_i64(p, "meeting", &v.meeting, err));
	TRY(caption_meeting(p->db, p->arena, p->group.id, v.meeting, &m, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no meeting {0} in this group.",
		    page_i64(p, v.meeting));
	p->passing = true; /* a language begins with its first line */
	fill_places(p, &v, &m);
	TRY(fill_channels(p, &v, err));
	TRY(fill_connections(p, &v, err));
	page_title(p, page_say(p, "Live captions: {0}", v.title, STR_EMPTY));
	caption_channels_html(&p->out, &v);
	return OK;
}

/* --- the lines of one language --- */

static str clock_of(struct page *p, usec t)
{
	long long s = t % USEC_DAY / USEC_SECOND;
	return arena_printf(p->arena, "%02lld:%02lld:%02lld", s / 3600, s / 60 % 60, s % 60);
}

static void add_line(
    struct page *p, struct caption_live_page *v, const struct caption_keep_lines_row *r)
{
	struct caption_live_line *x = vec_push(p->arena, &v->lines);
	*x = (struct caption_live_line){.line = r->line,
	    .id = arena_printf(p->arena, "l%lld", (long long)r->line),
	    .iso = page_iso(p, r->began),
	    .clock = clock_of(p, r->began),
	    .link = caption_line_url(p, v->meeting, v->lang, r->line),
	    .loose = r->changed + CAPTION_LOOSE > p->now};
	caption_line_shown(r->text, r->floor, r->proposed, &x->speaker, &x->text);
}

/* most: of the last lines; 0: all that are kept. */
static enum rc fill_lines(struct page *p, struct caption_live_page *v, size_t most, struct err *err)
{
	struct caption_keep_lines_rows rows = {0};
	struct caption_keep_channel_of_row channel;
	struct json *facts = json_new_array(p->arena);
	bool found;
	TRY(caption_keep_channel_of(
	    p->db, p->arena, p->group.id, v->meeting, v->lang, &channel, &found, err));
	TRY(caption_keep_lines(p->db, p->arena, p->group.id, v->meeting, v->lang, &rows, err));
	v->id = found ? channel.id : 0;
	for (size_t i = most && rows.n > most ? rows.n - most : 0; i < rows.n; i++)
		if (rows.p[i].text.n)
			add_line(p, v, &rows.p[i]);
	for (size_t i = 0; i < v->lines.n; i++) {
		const struct caption_live_line *x = &v->lines.p[i];
		struct json *o = json_add(facts, json_new_object(p->arena));
		json_put_i64(p->arena, o, S("n"), x->line);
		json_put_str(p->arena, o, S("t"), x->text);
		json_put_str(p->arena, o, S("s"), x->speaker);
		json_put_str(p->arena, o, S("began"), x->iso);
		json_put_bool(p->arena, o, S("loose"), x->loose);
	}
	page_fact(p, "id", json_of_i64(p->arena, v->id));
	page_fact(p, "lines", facts);
	return OK;
}

static enum rc fill_one(struct page *p, struct caption_live_page *v, size_t most, struct err *err)
{
	struct caption_meeting_row m;
	TRY(caption_need_channel(p, &m, err));
	TRY(page_arg_i64(p, "meeting", &v->meeting, err));
	p->passing = true;
	fill_places(p, v, &m);
	v->lang = page_arg(p, "lang");
	v->lang_name = i18n_name(v->lang);
	v->live_address = caption_channel(p->arena, p->group.slug, v->meeting, v->lang);
	v->to = channel_url(p, v->meeting, v->lang, NULL);
	v->write = channel_url(p, v->meeting, v->lang, "write");
	v->say = channel_url(p, v->meeting, v->lang, "say");
	page_fact(p, "live", json_of_str(p->arena, v->live_address));
	return fill_lines(p, v, most, err);
}

enum rc caption_lines_page(struct page *p, struct err *err)
{
	struct caption_live_page v = {0};
	TRY(fill_one(p, &v, 0, err));
	page_title(p, page_say(p, "Live captions: {0}", v.title, STR_EMPTY));
	caption_lines_html(&p->out, &v);
	return OK;
}

/* --- where a captioner writes --- */

/* Who has the floor is proposed; who comes next can be chosen. */
static enum rc fill_speakers(struct page *p, struct caption_live_page *v, struct err *err)
{
	struct floor_choices_rows rows = {0};
	TRY(floor_choices(p->db, p->arena, p->group.id, v->meeting, &rows, err));
	*vec_push(p->arena, &v->speakers) = S("CHAIR");
	for (size_t i = 0; i < rows.n; i++) {
		if (str_is(rows.p[i].state, "speaking"))
			v->proposed = rows.p[i].party;
		if (rows.p[i].party.n)
			*vec_push(p->arena, &v->speakers) = rows.p[i].party;
	}
	return OK;
}

static enum rc fill_own(struct page *p, struct caption_live_page *v, struct err *err)
{
	struct caption_where w = {.grp = p->group.id,
	    .meeting = v->meeting,
	    .lang = v->lang,
	    .source = arena_printf(p->arena, "p:%.*s", STR(caption_viewer(p)))};
	struct caption_keep_loose_rows rows = {0};
	int64_t last;
	TRY(caption_kept_up_to(p->db, p->arena, &w, &last, err));
	v->next_seq = last + 1;
	TRY(caption_keep_loose(p->db, p->arena, w.grp, w.meeting, w.lang, w.source,
	    p->now - CAPTION_LOOSE, &rows, err));
	v->replaces = rows.n > 0;
	if (rows.n)
		v->last_text = rows.p[rows.n - 1].text;
	page_fact(p, "seq", json_of_i64(p->arena, last));
	return OK;
}

enum rc caption_console_page(struct page *p, struct err *err)
{
	struct caption_live_page v = {0};
	TRY(may_write(p, &v.writes, err));
	TRY(fill_one(p, &v, CONSOLE_LINES, err));
	TRY(fill_speakers(p, &v, err));
	TRY(fill_own(p, &v, err));
	v.token = page_token(p);
	page_title(p, page_say(p, "Write captions: {0}", v.title, STR_EMPTY));
	caption_console_html(&p->out, &v);
	return OK;
}
