/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The transcript of a meeting, a stretch of it at a time: the page and its facts. */
#include "rooms/caption/caption_pages.h"

#include "caption_transcript.html.h"
#include "engine/i18n.h"
#include "rooms/caption/caption_said_pages.h"
#include "rooms/meeting/meeting_pages.h"
#include "rooms/methods/methods.h"

#include "base/poison.h"

/* --- words --- */

str caption_kind_label(const struct page *p, str kind)
{
	if (str_is(kind, "rough"))
		return page_t(p, "Rough transcript");
	if (str_is(kind, "summary"))
		return page_t(p, "Summary record");
	if (str_is(kind, "verbatim"))
		return page_t(p, "Verbatim record");
	return str_is(kind, "chair_summary") ? page_t(p, "Chair's summary") : STR_EMPTY;
}

str caption_state_label(const struct page *p, str state)
{
	if (str_is(state, "rough"))
		return page_t(p, "Not corrected");
	if (str_is(state, "corrected"))
		return page_t(p, "Corrected");
	return page_t(p, "Final");
}

str caption_disclaimer(const struct page *p, str kind, bool final)
{
	if (str_is(kind, "verbatim"))
		return final
		           ? page_t(p, "Verbatim record.")
		           : page_t(p, "Verbatim record, not final: those who spoke may still ask "
		                       "for corrections.");
	if (str_is(kind, "summary"))
		return page_t(p,
		    "Summary record: it tells what was said, not in the words in which it "
		    "was said.");
	if (str_is(kind, "chair_summary"))
		return page_t(p, "Summary of the Chair, who alone is responsible for it.");
	return final ? page_t(p, "Corrected transcript; not a verbatim record.")
	             : page_t(p,
	                   "Rough draft. This text was made for following the meeting and may not "
	                   "be a totally verbatim record of it.");
}

str caption_viewer(const struct page *p)
{
	if (!p->viewer.signed_in || actor_eq(p->viewer.actor, ACTOR_PUBLIC))
		return S("-");
	return actor_str(p->arena, p->viewer.actor);
}

/* "Sitting 2: Plenary", and its day and hours at the meeting's place. */
static struct caption_sitting *begin_sitting(struct caption_work *w, int64_t sitting, bool again)
{
	struct page *p = w->p;
	struct caption_sitting *s = vec_push(p->arena, &w->out->sittings);
	*s = (struct caption_sitting){.sitting = sitting};
	for (size_t i = 0; i < w->sittings.n; i++) {
		const struct caption_sittings_row *row = &w->sittings.p[i];
		if (row->sitting != sitting)
			continue;
		s->label = page_say(
		    p, "Sitting {0}: {1}", page_i64(p, sitting), meeting_kind_label(p, row->kind));
		s->hours = arena_printf(p->arena, "%.*s, %.*s–%.*s",
		    STR(meeting_day_in(p, row->starts, w->meeting.zone).text),
		    STR(meeting_hour_in(p, row->starts, w->meeting.zone).text),
		    STR(meeting_hour_in(p, row->ends, w->meeting.zone).text));
		s->topic = row->topic;
		if (!again)
			s->id = arena_printf(p->arena, "sitting-%lld", (long long)sitting);
	}
	return s;
}

/* Whether the sitting of this utterance has had its heading: one may be said to go on later. */
static bool had_heading(const struct caption_work *w, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (w->utterances.p[i].sitting == w->utterances.p[at].sitting)
			return true;
	return false;
}

static void fill_lines(struct caption_work *w)
{
	struct page *p = w->p;
	struct caption_sitting *s = NULL;
	struct caption_part *part = NULL;
	w->out->by_sitting = w->sittings.n > 0;
	for (size_t i = 0; i < w->utterances.n; i++) {
		const struct caption_utterances_row *u = &w->utterances.p[i];
		if (!s || s->sitting != u->sitting) {
			s = begin_sitting(w, u->sitting, had_heading(w, i));
			part = NULL;
		}
		if (!part || part->item != u->item) {
			part = vec_push(p->arena, &s->parts);
			*part = (struct caption_part){.item = u->item,
			    .title = caption_item_title(w, u->item),
			    .deep = w->sittings.n > 0};
		}
		caption_said(w, u, vec_push(p->arena, &part->lines));
	}
}

/* --- which stretch --- */

/* The utterance of ?from=, or that in which ?passage= is marked; else the first. */
static enum rc asked_for(const struct caption_work *w, int64_t *from, struct err *err)
{
	const struct page *p = w->p;
	struct analysis_said_at_row row;
	int64_t passage;
	bool found = false;
	if (str_to_i64(page_param(p, "from"), from) && *from >= 1 && *from <= w->out->utterances)
		return OK;
	if (str_to_i64(page_param(p, "passage"), &passage))
		TRY(analysis_said_at(
		    p->db, p->arena, p->group.id, w->out->meeting, passage, &row, &found, err));
	*from = found ? row.segment : 1;
	return OK;
}

/* Which utterances this page shows: those around the one that is asked for. */
static enum rc choose_stretch(struct caption_work *w, struct err *err)
{
	const struct page *p = w->p;
	int64_t n = w->out->utterances, from;
	TRY(asked_for(w, &from, err));
	w->first = (from - 1) / CAPTION_STRETCH * CAPTION_STRETCH + 1;
	w->last = n - w->first >= CAPTION_STRETCH ? w->first + CAPTION_STRETCH - 1 : n;
	for (int64_t at = 1; at <= n && n > CAPTION_STRETCH; at += CAPTION_STRETCH) {
		str begins = page_i64(p, at);
		int64_t end = n - at >= CAPTION_STRETCH ? at + CAPTION_STRETCH - 1 : n;
		*vec_push(p->arena, &w->out->stretches) = (struct caption_stretch){
		    .label = page_say(p, "{0} to {1}", begins, page_i64(p, end)),
		    .to = url_query(p->arena, w->out->to, S("from"), begins),
		    .current = at == w->first,
		};
	}
	return OK;
}

/* --- the page --- */

static enum rc load_meeting(struct caption_work *w, struct err *err)
{
	const struct page *p = w->p;
	struct caption_page *v = w->out;
	bool found;
	TRY(caption_meeting(p->db, p->arena, p->group.id, v->meeting, &w->meeting, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no meeting {0} in this group.",
		    page_i64(p, v->meeting));
	TRY(caption_languages(p->db, p->arena, p->group.id, v->meeting, &w->languages, err));
	for (size_t i = 0; i < w->languages.n; i++) {
		v->utterances += w->languages.p[i].n;
		v->corrected += w->languages.p[i].corrected;
		v->speakers += w->languages.p[i].speakers;
	}
	return OK;
}

static void keep_requests(struct caption_work *w)
{
	size_t n = 0;
	for (size_t i = 0; i < w->requests.n; i++)
		if (w->requests.p[i].segment >= w->first && w->requests.p[i].segment <= w->last)
			w->requests.p[n++] = w->requests.p[i];
	w->requests.n = n;
}

static enum rc load_stretch(struct caption_work *w, struct err *err)
{
	const struct page *p = w->p;
	int64_t g = p->group.id, m = w->out->meeting, from = w->first, to = w->last;
	TRY(caption_utterances(p->db, p->arena, g, m, from, to, -1, STR_EMPTY, caption_viewer(p),
	    &w->utterances, err));
	TRY(caption_versions(p->db, p->arena, g, m, from, to, &w->versions, err));
	TRY(caption_requests(p->db, p->arena, g, m, &w->requests, err));
	keep_requests(w);
	TRY(caption_days(p->db, p->arena, g, &w->days, err));
	TRY(caption_sittings(p->db, p->arena, g, m, &w->sittings, err));
	TRY(analysis_said(p->db, p->arena, g, m, from, to, &w->passages, err));
	TRY(analysis_said_cited(p->db, p->arena, g, m, from, to, &w->cited, err));
	return caption_items(p->db, p->arena, g, m, &w->items, err);
}

/* Only what has times can be had as subtitles. */
static void add_files(struct caption_work *w, str lang, bool times, bool alone)
{
	static const char *const endings[] = {"txt", "xml", "vtt", "srt"};
	static const char *const labels[] = {"Text", "Akoma Ntoso", "WebVTT", "SRT"};
	struct page *p = w->p;
	for (size_t i = 0; i < (times ? 4 : 2); i++) {
		struct caption_file *f = vec_push(p->arena, &w->out->files);
		str label = i ? str_of(labels[i]) : page_t(p, labels[i]);
		f->to = page_url(p, S("meetings"), page_i64(p, w->out->meeting),
		    arena_printf(p->arena, "transcript.%s", endings[i]));
		f->label = label;
		if (alone)
			continue;
		f->to = url_query(p->arena, f->to, S("said"), lang);
		f->label = page_say(p, "{0} ({1})", label, i18n_name(lang));
	}
}

/* Each language by itself: nobody reads subtitles in six at once. */
static void fill_files(struct caption_work *w)
{
	size_t n = w->languages.n < METHODS_LANGUAGES ? w->languages.n : METHODS_LANGUAGES;
	for (size_t i = 0; i < n; i++)
		add_files(w, w->languages.p[i].lang, w->languages.p[i].times, n == 1);
}

static void fill_head(struct caption_work *w)
{
	struct page *p = w->p;
	struct caption_page *v = w->out;
	v->title = w->meeting.title;
	v->days = page_date(p, w->meeting.starts);
	if (str_is(w->meeting.publicity, "public"))
		v->live = page_url(p, S("meetings"), page_i64(p, v->meeting), S("captions"));
	v->final = w->meeting.final_seq != INT64_MIN;
	if (v->final)
		v->final_record = page_record_url(p, w->meeting.final_seq);
	if (v->utterances)
		v->disclaimer = caption_disclaimer(p, w->languages.p[0].kind, v->final);
	v->state = v->final ? S("final") : S("rough");
	v->state_label = v->final ? page_t(p, "Final") : page_t(p, "Not final");
	if (v->final)
		return;
	if (p->viewer.roles & ROLE_SECRETARIAT) {
		caption_add_deed(p, &v->deeds, "caption.import", v->meeting, 0,
		    page_t(p, "Import a transcript"));
		caption_add_deed(
		    p, &v->deeds, "caption.add", v->meeting, 0, page_t(p, "Add an utterance"));
	}
	if (v->utterances)
		caption_add_deed(p, &v->deeds, "caption.finalise", v->meeting, 0,
		    page_t(p, "Make the transcript final"));
}

/* Where a program goes on; the other way, as HTML has it, is the list of stretches. */
static void state_stretch(struct caption_work *w)
{
	struct page *p = w->p;
	page_fact(p, "all", json_of_i64(p->arena, w->out->utterances));
	if (w->last < w->out->utterances)
		page_fact(p, "next",
		    json_of_str(p->arena,
		        url_query(p->arena, w->out->to, S("from"), page_i64(p, w->last + 1)).s));
}

static void state_facts(struct caption_work *w)
{
	struct page *p = w->p;
	state_stretch(w);
	page_fact(p, "citations", caption_citations(w));
	page_fact(p, "meeting", caption_meeting_row_json(p->arena, &w->meeting));
	page_fact(p, "sittings", caption_sittings_rows_json(p->arena, &w->sittings));
	page_fact(p, "utterances", caption_utterances_rows_json(p->arena, &w->utterances));
	page_fact(p, "versions", caption_versions_rows_json(p->arena, &w->versions));
	page_fact(p, "requests", caption_requests_rows_json(p->arena, &w->requests));
	page_fact(p, "passages", analysis_said_rows_json(p->arena, &w->passages));
}

static enum rc transcript_page(struct page *p, struct err *err)
{
	struct caption_page v = {0};
	struct caption_work w = {.p = p, .out = &v};
	TRY(page_arg_i64(p, "meeting", &v.meeting, err));
	v.to = page_url(p, S("meetings"), page_i64(p, v.meeting), S("transcript"));
	TRY(load_meeting(&w, err));
	TRY(choose_stretch(&w, err));
	TRY(load_stretch(&w, err));
	w.lexer = text_lexer_open(p->arena);
	fill_head(&w);
	fill_files(&w);
	fill_lines(&w);
	text_lexer_close(w.lexer);
	if (page_is_data(p))
		state_facts(&w);
	page_title(p, page_say(p, "Transcript: {0}", v.title, STR_EMPTY));
	p->description = v.disclaimer;
	caption_transcript_html(&p->out, &v);
	return OK;
}

static const struct route routes[] = {
    {"/g/{group}/meetings/{meeting}/transcript", ROLE_PUBLIC, transcript_page, NULL},
    {"/g/{group}/meetings/{meeting}/captions", ROLE_PUBLIC, caption_channels_page, NULL},
    {"/g/{group}/meetings/{meeting}/captions/{lang}", ROLE_PUBLIC, caption_lines_page, NULL},
    {"/g/{group}/meetings/{meeting}/captions/{lang}/write", ROLE_PARTICIPANT | ROLE_SECRETARIAT,
        caption_console_page, NULL},
    {"/g/{group}/meetings/{meeting}/captions/{lang}/lines/{line}", ROLE_PUBLIC, caption_line_page,
        NULL},
    {"/g/{group}/meetings/{meeting}/transcript.vtt", ROLE_PUBLIC, caption_vtt_page, NULL},
    {"/g/{group}/meetings/{meeting}/transcript.srt", ROLE_PUBLIC, caption_srt_page, NULL},
    {"/g/{group}/meetings/{meeting}/transcript.xml", ROLE_PUBLIC, caption_akn_page, NULL},
    {"/g/{group}/meetings/{meeting}/transcript.txt", ROLE_PUBLIC, caption_txt_page, NULL},
};

const struct room_pages caption_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = caption_options,
    .options_n = CAPTION_OPTIONS,
    .shapes = caption_shapes,
    .shapes_n = CAPTION_SHAPES,
    .lives = caption_lives,
    .lives_n = CAPTION_LIVES,
    .inlets = caption_inlets,
    .inlets_n = CAPTION_INLETS,
};
