/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * One line of the live captions, at an address that stays: while it is live, by itself and with how
 * to cite it; once it was taken into the record the address leads to its utterance.
 */
#include "caption_keep.sql.h"
#include "caption_live.html.h"
#include "caption_view.sql.h"
#include "engine/i18n.h"
#include "rooms/caption/caption.h"
#include "rooms/caption/caption_keep_view.h"
#include "rooms/caption/caption_pages.h"

#include "base/poison.h"

url caption_line_url(const struct page *p, int64_t meeting, str lang, int64_t line)
{
	return page_url(p, S("meetings"), page_i64(p, meeting), S("captions"), lang, S("lines"),
	    page_i64(p, line));
}

/* In the words of CSL-JSON, as of an utterance (caption_pages.c). */
static void put_citation(struct page *p, const struct caption_one_line *v, const char *version)
{
	struct json *c = json_new_object(p->arena);
	json_put_str(p->arena, c, S("id"), arena_printf(p->arena, "l%lld", (long long)v->line));
	json_put_str(p->arena, c, S("type"), S("speech"));
	json_put_str(p->arena, c, S("author"), v->speaker);
	json_put_str(p->arena, c, S("event"), v->title);
	json_put_str(p->arena, c, S("issued"), v->iso);
	json_put_str(p->arena, c, S("genre"), S("rough"));
	json_put_str(p->arena, c, S("version"), str_of(version));
	json_put_str(p->arena, c, S("URL"), page_whole_url(p, v->address));
	page_fact(p, "line", json_of_i64(p->arena, v->line));
	page_fact(p, "citation", c);
}

/* It stands in the transcript. */
static enum rc lead_on(
    struct page *p, struct caption_one_line *v, int64_t segment, str speaker, usec time)
{
	p->moved = page_path(p, p->group.slug, utterance_path(p->arena, v->meeting, segment));
	v->speaker = speaker;
	v->iso = page_iso(p, time);
	put_citation(p, v, "taken");
	page_fact(p, "segment", json_of_i64(p->arena, segment));
	page_fact(p, "utterance", json_of_str(p->arena, p->moved.s));
	return OK;
}

static enum rc find_live(struct page *p, struct caption_one_line *v, bool *found, struct err *err)
{
	struct caption_keep_line_of_row row;
	TRY(caption_keep_line_of(
	    p->db, p->arena, p->group.id, v->meeting, v->lang, v->line, &row, found, err));
	if (!*found)
		return OK;
	caption_line_shown(row.text, row.floor, row.proposed, &v->speaker, &v->text);
	v->iso = page_iso(p, row.began);
	v->time = page_time(p, row.began);
	return OK;
}

enum rc caption_line_page(struct page *p, struct err *err)
{
	struct caption_one_line v = {.lang = page_arg(p, "lang")};
	struct caption_meeting_row m;
	struct caption_of_line_row taken;
	bool found;
	TRY(caption_need_channel(p, &m, err));
	TRY(page_arg_i64(p, "meeting", &v.meeting, err));
	TRY(page_arg_i64(p, "line", &v.line, err));
	v.title = m.title;
	v.address = caption_line_url(p, v.meeting, v.lang, v.line);
	v.whole = page_whole_url(p, v.address);
	TRY(caption_of_line(
	    p->db, p->arena, p->group.id, v.meeting, v.lang, v.line, &taken, &found, err));
	if (found)
		return lead_on(p, &v, taken.segment, taken.speaker, taken.time);
	p->passing = true;
	TRY(find_live(p, &v, &found, err));
	if (!found || !v.text.n)
		return ERR(err, ABSENT, NULL,
		    "There is no line {0} in these captions: it was taken back, or nothing was "
		    "written in it.",
		    page_i64(p, v.line));
	v.lang_name = i18n_name(v.lang);
	url all = page_url(p, S("meetings"), page_i64(p, v.meeting), S("captions"), v.lang);
	v.among = url_fragment(p->arena, all, arena_printf(p->arena, "l%lld", (long long)v.line));
	v.cite = arena_printf(p->arena, "%.*s, %.*s, %.*s, %.*s (%.*s)",
	    STR(v.speaker.n ? v.speaker : page_t(p, "Live captions")), STR(p->group.title),
	    STR(v.title), STR(v.time),
	    STR(page_say(p, "line {0} of the live captions, not corrected", page_i64(p, v.line),
	        STR_EMPTY)));
	put_citation(p, &v, "live");
	page_fact(p, "text", json_of_str(p->arena, v.text));
	page_title(p, page_say(p, "Live captions: {0}", v.title, STR_EMPTY));
	caption_one_line_html(&p->out, &v);
	return OK;
}
