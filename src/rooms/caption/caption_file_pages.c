/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A transcript as a file: what is exported and imported again says the same. */
#include "caption/akn.h"
#include "caption/layouts.h"
#include "caption_view.sql.h"
#include "engine/i18n.h"
#include "rooms/caption/caption_pages.h"

#include "base/poison.h"

struct export
{
	struct caption_meeting_row meeting;
	VEC(const struct caption_utterances_row *) said;
	str kind;
	str lang; /* asked for; empty: all */
	int64_t number;
};

/* Query: item, said (a language). Without them everything; erased words are left out. */
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
	/* Not "lang", which is the language of the pages. */
	x->lang = i18n_knows(page_param(p, "said")) ? page_param(p, "said") : STR_EMPTY;
	TRY(caption_utterances(p->db, p->arena, p->group.id, x->number, 1, INT64_MAX, item, x->lang,
	    caption_viewer(p), &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.p[i].text.n)
			*vec_push(p->arena, &x->said) = &rows.p[i];
	if (!x->said.n)
		return ERR(
		    err, ABSENT, NULL, "Meeting {0} has no transcript.", page_i64(p, x->number));
	x->kind = rows.p[0].kind;
	return OK;
}

static caption_cues cues_of(struct page *p, const struct export *x)
{
	caption_cues cues = {0};
	for (size_t i = 0; i < x->said.n; i++) {
		const struct caption_utterances_row *r = x->said.p[i];
		*vec_push(p->arena, &cues) =
		    (struct caption_cue){r->starts, r->ends, r->speaker, r->text};
	}
	return cues;
}

/* --- subtitles --- */

#define SHOWN USEC_SECOND /* for so long a subtitle is seen, at least */

/* A cue and its place in the transcript. */
struct timed {
	struct caption_cue cue;
	size_t place;
};

static int by_time(const void *a, const void *b)
{
	const struct timed *x = a, *y = b;
	if (x->cue.starts != y->cue.starts)
		return x->cue.starts < y->cue.starts ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/*
 * In the order of time, as WebVTT wants them (a transcript has one item and language after the
 * other); and none too short to be seen, as live lines are that came at once. What nobody timed
 * stands where the one before it ends.
 */
static void put_in_time(struct page *p, caption_cues *cues)
{
	VEC(struct timed) all = {0};
	usec at = 0;
	for (size_t i = 0; i < cues->n; i++) {
		struct caption_cue c = cues->p[i];
		c.starts = c.starts == USEC_NONE ? at : c.starts;
		at = c.ends == USEC_NONE ? c.starts : c.ends;
		c.ends = at < c.starts + SHOWN ? c.starts + SHOWN : at;
		*vec_push(p->arena, &all) = (struct timed){c, i};
	}
	vec_sort(&all, by_time);
	for (size_t i = 0; i < all.n; i++)
		cues->p[i] = all.p[i].cue;
}

static enum rc timed_cues(
    struct page *p, const struct export *x, caption_cues *out, struct err *err)
{
	*out = cues_of(p, x);
	if (!caption_has_times(out->p, out->n))
		return ERR(err, ABSENT, NULL,
		    "Nobody noted the times of this transcript, so it cannot be had as subtitles; "
		    "take "
		    "it as text.");
	put_in_time(p, out);
	return OK;
}

static void send(struct page *p, const struct export *x, str bytes, str type, const char *ending)
{
	p->file_bytes = bytes;
	p->file_type = type;
	p->file_name = arena_printf(p->arena, "%.*s-meeting-%lld-transcript%s%.*s.%s",
	    STR(p->group.slug), (long long)x->number, x->lang.n ? "-" : "", STR(x->lang), ending);
}

enum rc caption_vtt_page(struct page *p, struct err *err)
{
	struct export x = {0};
	caption_cues cues;
	TRY(load(p, &x, err));
	TRY(timed_cues(p, &x, &cues, err));
	send(p, &x, caption_write_vtt(p->arena, cues.p, cues.n), S("text/vtt; charset=utf-8"),
	    "vtt");
	return OK;
}

enum rc caption_srt_page(struct page *p, struct err *err)
{
	struct export x = {0};
	caption_cues cues;
	TRY(load(p, &x, err));
	TRY(timed_cues(p, &x, &cues, err));
	send(p, &x, caption_write_srt(p->arena, cues.p, cues.n),
	    S("application/x-subrip; charset=utf-8"), "srt");
	return OK;
}

enum rc caption_txt_page(struct page *p, struct err *err)
{
	struct export x = {0};
	TRY(load(p, &x, err));
	caption_cues cues = cues_of(p, &x);
	str head = arena_printf(p->arena, "%.*s\n%.*s, %.*s\n\n%.*s", STR(p->group.title),
	    STR(x.meeting.title), STR(when_date(p->arena, x.meeting.starts)),
	    STR(caption_disclaimer(p, x.kind, x.meeting.final_seq != INT64_MIN)));
	send(p, &x, caption_write_cart(p->arena, head, cues.p, cues.n),
	    S("text/plain; charset=utf-8"), "txt");
	return OK;
}

/* --- for libraries --- */

static void add_speeches(struct page *p, const struct export *x, struct akn_debate *d)
{
	for (size_t i = 0; i < x->said.n; i++) {
		const struct caption_utterances_row *r = x->said.p[i];
		*vec_push(p->arena, &d->speeches) = (struct akn_speech){.segment = r->segment,
		    .item = r->item,
		    .lang = r->lang,
		    .spoken = r->spoken,
		    .speaker = r->speaker,
		    .body = r->seat > 0,
		    .text = r->text,
		    .written = r->written};
	}
}

enum rc caption_akn_page(struct page *p, struct err *err)
{
	struct export x = {0};
	struct caption_items_rows items = {0};
	TRY(load(p, &x, err));
	TRY(caption_items(p->db, p->arena, p->group.id, x.number, &items, err));
	url all = page_url(p, S("meetings"), page_i64(p, x.number), S("transcript"));
	struct akn_debate d = {.group = p->group.slug,
	    .group_title = p->group.title,
	    .number = x.number,
	    .title = x.meeting.title,
	    .date = x.meeting.starts,
	    .record = caption_disclaimer(p, x.kind, x.meeting.final_seq != INT64_MIN),
	    .address = page_whole_url(p, all),
	    .house = p->site};
	for (size_t i = 0; i < items.n; i++)
		*vec_push(p->arena, &d.items) =
		    (struct akn_item){items.p[i].item, items.p[i].title};
	add_speeches(p, &x, &d);
	send(p, &x, akn_write(p->arena, &d), S("application/xml; charset=utf-8"), "xml");
	return OK;
}
