/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A transcript as a file: what is exported and imported again says the same. */
#include "caption/layouts.h"
#include "caption_view.sql.h"
#include "rooms/caption/caption_pages.h"

#include "base/poison.h"

struct export
{
	struct caption_meeting_row meeting;
	caption_cues cues;
	str kind;
	int64_t number;
};

/* Query: item, lang. Without them everything; erased words are left out. */
static enum rc load(struct page *p, struct export *x, struct err *err)
{
	struct caption_utterances_rows rows = {0};
	int64_t item;
	bool found;
	TRY(page_arg_i64(p, "meeting", &x->number, err));
	TRY(caption_meeting(p->db, p->arena, p->group.id, x->number, &x->meeting, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no meeting {0} in this group.",
		    page_i64(p, x->number));
	if (!str_to_i64(page_param(p, "item"), &item))
		item = -1;
	TRY(caption_utterances(p->db, p->arena, p->group.id, x->number, item, page_param(p, "lang"),
	    caption_viewer(p), &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.p[i].text.n)
			*vec_push(p->arena, &x->cues) = (struct caption_cue){
			    rows.p[i].starts, rows.p[i].ends, rows.p[i].speaker, rows.p[i].text};
	if (!x->cues.n)
		return ERR(
		    err, ABSENT, NULL, "Meeting {0} has no transcript.", page_i64(p, x->number));
	x->kind = rows.p[0].kind;
	return OK;
}

static enum rc need_times(struct page *p, const struct export *x, struct err *err)
{
	if (!caption_has_times(x->cues.p, x->cues.n))
		return ERR(err, ABSENT, NULL,
		    "Nobody noted the times of this transcript, so it cannot be had as subtitles; "
		    "take "
		    "it as text.");
	(void)p;
	return OK;
}

static void send(struct page *p, const struct export *x, str bytes, str type, const char *ending)
{
	p->file_bytes = bytes;
	p->file_type = type;
	p->file_name = arena_printf(p->arena, "%.*s-meeting-%lld-transcript.%s", STR(p->group.slug),
	    (long long)x->number, ending);
}

enum rc caption_vtt_page(struct page *p, struct err *err)
{
	struct export x = {0};
	TRY(load(p, &x, err));
	TRY(need_times(p, &x, err));
	send(p, &x, caption_write_vtt(p->arena, x.cues.p, x.cues.n), S("text/vtt; charset=utf-8"),
	    "vtt");
	return OK;
}

enum rc caption_srt_page(struct page *p, struct err *err)
{
	struct export x = {0};
	TRY(load(p, &x, err));
	TRY(need_times(p, &x, err));
	send(p, &x, caption_write_srt(p->arena, x.cues.p, x.cues.n),
	    S("application/x-subrip; charset=utf-8"), "srt");
	return OK;
}

enum rc caption_txt_page(struct page *p, struct err *err)
{
	struct export x = {0};
	TRY(load(p, &x, err));
	struct buf date = buf_in(p->arena, 0);
	when_write_date(&date, x.meeting.starts);
	str head = arena_printf(p->arena, "%.*s\n%.*s, %.*s\n\n%.*s", STR(p->group.title),
	    STR(x.meeting.title), STR(buf_str(&date)),
	    STR(caption_disclaimer(p, x.kind, x.meeting.final_seq != INT64_MIN)));
	send(p, &x, caption_write_cart(p->arena, head, x.cues.p, x.cues.n),
	    S("text/plain; charset=utf-8"), "txt");
	return OK;
}
