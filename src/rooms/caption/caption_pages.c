/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The transcript of a meeting, utterance by utterance.
 *
 * long: the page and its facts are made of the same rows, which are read once.
 */
#include "rooms/caption/caption_pages.h"

#include "analysis_view.sql.h"
#include "caption_transcript.html.h"
#include "caption_view.sql.h"
#include "engine/i18n.h"
#include "rooms/caption/caption.h"
#include "rooms/meeting/meeting_pages.h"
#include "rooms/methods/methods.h"
#include "text/diff.h"

#include "base/poison.h"

/* Utterances of one page: a longer transcript comes in stretches, each with an address. */
#define STRETCH ((size_t)500)

/* Everything about one meeting that the lines are made of. */
struct work {
	struct page *p;
	struct text_lexer *lexer;
	struct caption_meeting_row meeting;
	struct caption_utterances_rows utterances;
	struct caption_versions_rows versions;
	struct caption_requests_rows requests;
	struct caption_items_rows items;
	struct caption_days_rows days;
	struct caption_sittings_rows sittings;
	struct analysis_said_rows passages;
	struct analysis_cited_in_rows cited;
	size_t first, last; /* of the utterances of this page: from, and before */
	struct caption_page *out;
};

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

static void add_deed(struct page *p, caption_deeds *deeds, const char *command, int64_t meeting,
    int64_t segment, str label)
{
	if (!page_may_do(p, command))
		return;
	url to = page_do_url(p, command, "meeting", meeting);
	if (segment)
		to = url_query(p->arena, to, S("segment"), page_i64(p, segment));
	*vec_push(p->arena, deeds) = (struct caption_deed){to, label};
}

/* --- one utterance --- */

static str clock_of(const struct page *p, usec t)
{
	long long s = t / USEC_SECOND;
	if (t == USEC_NONE)
		return STR_EMPTY;
	return arena_printf(p->arena, "%lld:%02lld:%02lld", s / 3600, s / 60 % 60, s % 60);
}

/* What changed from x to y, in the order in which it is read. */
static void compare(struct work *w, str x, str y, struct caption_version_line *out)
{
	struct arena *a = w->p->arena;
	struct text_hunks h = text_compare(a, w->lexer, x, y);
	size_t at = 0;
	for (size_t i = 0; i <= h.list.n; i++) {
		const struct text_hunk *k = i < h.list.n ? &h.list.p[i] : NULL;
		size_t to = k ? k->b_from : y.n;
		if (to > at)
			*vec_push(a, &out->pieces) =
			    (struct caption_piece){.text = str_skip(str_head(y, to), at)};
		if (!k)
			return;
		if (k->a_to > k->a_from)
			*vec_push(a, &out->pieces) = (struct caption_piece){
			    .text = str_skip(str_head(x, k->a_to), k->a_from), .taken = true};
		if (k->b_to > k->b_from)
			*vec_push(a, &out->pieces) = (struct caption_piece){
			    .text = str_skip(str_head(y, k->b_to), k->b_from), .added = true};
		at = k->b_to;
	}
}

static void fill_versions(struct work *w, struct caption_line *line)
{
	struct page *p = w->p;
	str before = STR_EMPTY;
	for (size_t i = 0; i < w->versions.n; i++) {
		const struct caption_versions_row *row = &w->versions.p[i];
		if (row->segment != line->segment)
			continue;
		struct caption_version_line *v = vec_push(p->arena, &line->versions);
		*v = (struct caption_version_line){
		    .version = row->version,
		    .date = page_date(p, row->time),
		    .iso = page_iso(p, row->time),
		    .reason = row->reason,
		    .record = page_record_url(p, row->seq),
		};
		if (row->version > 1)
			compare(w, before, row->text, v);
		else
			*vec_push(p->arena, &v->pieces) = (struct caption_piece){.text = row->text};
		before = row->text;
	}
}

static void fill_requests(struct work *w, struct caption_line *line)
{
	struct page *p = w->p;
	for (size_t i = 0; i < w->requests.n; i++) {
		const struct caption_requests_row *row = &w->requests.p[i];
		if (row->segment != line->segment)
			continue;
		struct caption_request_line *r = vec_push(p->arena, &line->requests);
		*r = (struct caption_request_line){
		    .number = row->number,
		    .text = row->text,
		    .reason = row->reason,
		    .date = page_date(p, row->time),
		    .iso = page_iso(p, row->time),
		    .decided = row->outcome.n > 0,
		    .accepted = str_is(row->outcome, "accepted"),
		    .answer = row->answer,
		    .record = page_record_url(p, row->seq),
		};
		if (r->decided) {
			r->answer_date = page_date(p, row->answer_time);
			r->answer_iso = page_iso(p, row->answer_time);
			r->answer_record = page_record_url(p, row->answer_seq);
		} else if (page_may_do(p, "caption.decide")) {
			r->decide = page_do_url(p, "caption.decide", "request", row->number);
		}
	}
}

/* own: the words of the viewer. */
static void fill_passages(struct work *w, struct caption_line *line, bool own)
{
	struct page *p = w->p;
	for (size_t i = 0; i < w->passages.n; i++) {
		const struct analysis_said_row *row = &w->passages.p[i];
		if (row->segment != line->segment)
			continue;
		struct caption_passage_line *x = vec_push(p->arena, &line->passages);
		url all = page_url(p, S("analysis"), S("passages"));
		*x = (struct caption_passage_line){
		    .number = row->number,
		    .theme = row->theme_title,
		    .words = row->words,
		    .id = arena_printf(p->arena, "passage-%lld", (long long)row->number),
		    .themed = url_query(p->arena, all, S("theme"), page_i64(p, row->theme)),
		    .record = page_record_url(p, row->seq),
		};
		x->to = url_fragment(p->arena, (url){STR_EMPTY}, x->id);
		for (size_t k = 0; k < w->cited.n; k++) {
			const struct analysis_cited_in_row *c = &w->cited.p[k];
			if (c->passage != row->number)
				continue;
			str id = arena_printf(p->arena, "statement-%lld", (long long)c->statement);
			struct caption_statement_link *l = vec_push(p->arena, &x->statements);
			*l = (struct caption_statement_link){.number = c->statement,
			    .to = url_fragment(p->arena,
			        page_url(p, S("syntheses"), page_i64(p, c->synthesis)), id)};
			if (own && page_may_do(p, "analysis.misread"))
				l->misread = url_query(p->arena,
				    page_do_url(p, "analysis.misread", "statement", c->statement),
				    S("passage"), page_i64(p, row->number));
		}
	}
}

static str item_title(const struct work *w, int64_t item)
{
	for (size_t i = 0; i < w->items.n; i++)
		if (w->items.p[i].item == item)
			return w->items.p[i].title;
	return STR_EMPTY;
}

static str interpreted(const struct page *p, const struct caption_utterances_row *u)
{
	if (!u->spoken.n)
		return STR_EMPTY;
	return page_say(p, "interpretation from: {0}", i18n_name(u->spoken), STR_EMPTY);
}

/* As the address says it: who, where, when, under which item, in which version. */
static str citation(struct work *w, const struct caption_utterances_row *u)
{
	struct page *p = w->p;
	struct buf b = buf_in(p->arena, 0);
	str who = u->speaker.n ? u->speaker : caption_kind_label(p, u->kind);
	buf_printf(&b, "%.*s, %.*s, %.*s, %.*s, ", STR(who), STR(p->group.title),
	    STR(w->meeting.title), STR(page_date(p, w->meeting.starts)));
	if (u->sitting)
		buf_printf(&b, "%.*s, ",
		    STR(page_say(p, "sitting {0}", page_i64(p, u->sitting), STR_EMPTY)));
	if (u->item)
		buf_printf(&b, "%.*s, ",
		    STR(page_say(
		        p, "item {0}: {1}", page_i64(p, u->item), item_title(w, u->item))));
	buf_put(&b, page_say(p, "utterance {0}, version {1}", page_i64(p, u->segment),
	                page_i64(p, u->version)));
	buf_printf(&b, " (%.*s, %.*s", STR(caption_kind_label(p, u->kind)),
	    STR(caption_state_label(p, u->state)));
	if (u->spoken.n)
		buf_printf(&b, ", %.*s", STR(interpreted(p, u)));
	buf_putc(&b, ')');
	return buf_str(&b);
}

/* In its stretch; in a transcript of one, as it has always been. */
static url utterance_url(const struct work *w, int64_t segment)
{
	const struct page *p = w->p;
	if (w->utterances.n <= STRETCH)
		return url_fragment(p->arena, w->out->to, utterance_place(p->arena, segment));
	return page_path(p, p->group.slug, utterance_path(p->arena, w->out->meeting, segment));
}

static url speaker_url(const struct page *p, const struct caption_utterances_row *u)
{
	if (u->seat)
		return page_url(p, S("members"), S("seats"), page_i64(p, u->seat));
	return page_url(p, S("people"), u->person);
}

/* By the methods of work that were in force when it was published. */
static int64_t days_of(const struct work *w, const struct caption_utterances_row *u)
{
	int64_t days = methods_preset_settings(METHODS_UN_CONSENSUS)->correction_days;
	for (size_t i = 0; i < w->days.n && w->days.p[i].from_seq <= u->seq; i++)
		days = w->days.p[i].days;
	return days;
}

static void fill_line(
    struct work *w, const struct caption_utterances_row *u, struct caption_line *line)
{
	struct page *p = w->p;
	str text, rest = u->text;
	*line = (struct caption_line){
	    .segment = u->segment,
	    .id = utterance_place(p->arena, u->segment),
	    .speaker = u->speaker,
	    .lang = u->lang,
	    .kind = caption_kind_label(p, u->kind),
	    .state = u->state,
	    .state_label = caption_state_label(p, u->state),
	    .clock = clock_of(p, u->starts),
	    .erased = !u->text.n,
	    .known = u->seat || u->person.n,
	    .who = speaker_url(p, u),
	    .record = page_record_url(p, u->seq),
	    .cite = citation(w, u),
	    .from = interpreted(p, u),
	};
	line->link = utterance_url(w, u->segment);
	line->address = page_whole_url(p, line->link);
	while (u->text.n && str_cut(&rest, '\n', &text))
		*vec_push(p->arena, &line->paragraphs) = text;
	fill_versions(w, line);
	fill_requests(w, line);
	fill_passages(w, line, u->own);
	add_deed(p, &line->deeds, "analysis.mark_said", w->out->meeting, u->segment,
	    page_say(p, "Mark a passage of utterance {0}", page_i64(p, u->segment), STR_EMPTY));
	if (w->out->final)
		return;
	if (p->viewer.roles & ROLE_SECRETARIAT)
		add_deed(p, &line->deeds, "caption.correct", w->out->meeting, u->segment,
		    page_say(p, "Correct utterance {0}", page_i64(p, u->segment), STR_EMPTY));
	if (u->own && p->now <= u->time + days_of(w, u) * USEC_DAY)
		add_deed(p, &line->deeds, "caption.ask", w->out->meeting, u->segment,
		    page_say(p, "Ask for a correction of utterance {0}", page_i64(p, u->segment),
		        STR_EMPTY));
}

/* "Sitting 2: Plenary", and its day and hours at the meeting's place. */
static struct caption_sitting *begin_sitting(struct work *w, int64_t sitting, bool again)
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
static bool had_heading(const struct work *w, size_t at)
{
	for (size_t i = w->first; i < at; i++)
		if (w->utterances.p[i].sitting == w->utterances.p[at].sitting)
			return true;
	return false;
}

/* The utterance of ?from=, or that in which ?passage= is marked; else the first. */
static int64_t asked_for(const struct work *w)
{
	int64_t from, passage;
	if (str_to_i64(page_param(w->p, "from"), &from) && from >= 1 &&
	    from <= (int64_t)w->utterances.n)
		return from;
	if (str_to_i64(page_param(w->p, "passage"), &passage))
		for (size_t i = 0; i < w->passages.n; i++)
			if (w->passages.p[i].number == passage)
				return w->passages.p[i].segment;
	return 1;
}

/* Which utterances this page shows: those around the one that is asked for. */
static void choose_stretch(struct work *w)
{
	struct page *p = w->p;
	size_t n = w->utterances.n;
	int64_t from = asked_for(w);
	w->first = n > STRETCH ? ((size_t)from - 1) / STRETCH * STRETCH : 0;
	w->last = n > STRETCH && n - w->first > STRETCH ? w->first + STRETCH : n;
	for (size_t at = 0; at < n && n > STRETCH; at += STRETCH) {
		str begins = page_i64(p, (int64_t)at + 1);
		size_t end = n - at > STRETCH ? at + STRETCH : n;
		*vec_push(p->arena, &w->out->stretches) = (struct caption_stretch){
		    .label = page_say(p, "{0} to {1}", begins, page_i64(p, (int64_t)end)),
		    .to = url_query(p->arena, w->out->to, S("from"), begins),
		    .current = at == w->first,
		};
	}
}

static void fill_lines(struct work *w)
{
	struct page *p = w->p;
	struct caption_sitting *s = NULL;
	struct caption_part *part = NULL;
	w->out->by_sitting = w->sittings.n > 0;
	for (size_t i = w->first; i < w->last; i++) {
		const struct caption_utterances_row *u = &w->utterances.p[i];
		if (!s || s->sitting != u->sitting) {
			s = begin_sitting(w, u->sitting, had_heading(w, i));
			part = NULL;
		}
		if (!part || part->item != u->item) {
			part = vec_push(p->arena, &s->parts);
			*part = (struct caption_part){.item = u->item,
			    .title = item_title(w, u->item),
			    .deep = w->sittings.n > 0};
		}
		fill_line(w, u, vec_push(p->arena, &part->lines));
	}
}

/* --- the page --- */

static enum rc load(struct work *w, struct err *err)
{
	struct page *p = w->p;
	int64_t m = w->out->meeting;
	bool found;
	TRY(caption_meeting(p->db, p->arena, p->group.id, m, &w->meeting, &found, err));
	if (!found)
		return ERR(
		    err, ABSENT, NULL, "There is no meeting {0} in this group.", page_i64(p, m));
	TRY(caption_utterances(p->db, p->arena, p->group.id, m, -1, STR_EMPTY, caption_viewer(p),
	    &w->utterances, err));
	TRY(caption_versions(p->db, p->arena, p->group.id, m, &w->versions, err));
	TRY(caption_requests(p->db, p->arena, p->group.id, m, &w->requests, err));
	TRY(caption_days(p->db, p->arena, p->group.id, &w->days, err));
	TRY(caption_sittings(p->db, p->arena, p->group.id, m, &w->sittings, err));
	TRY(analysis_said(p->db, p->arena, p->group.id, m, &w->passages, err));
	TRY(analysis_cited_in(p->db, p->arena, p->group.id, 0, &w->cited, err));
	return caption_items(p->db, p->arena, p->group.id, m, &w->items, err);
}

/* Citation data in the words of CSL-JSON, for each utterance of the stretch. */
static struct json *citations(struct work *w)
{
	struct arena *a = w->p->arena;
	struct json *all = json_new_array(a);
	for (size_t i = w->first; i < w->last; i++) {
		const struct caption_utterances_row *u = &w->utterances.p[i];
		struct json *c = json_add(all, json_new_object(a));
		struct buf date = buf_in(a, 0);
		when_write_date(&date, w->meeting.starts);
		json_put_str(a, c, S("id"), utterance_place(a, u->segment));
		json_put_str(a, c, S("type"), S("speech"));
		json_put_str(a, c, S("author"), u->speaker);
		json_put_str(a, c, S("event"), w->meeting.title);
		json_put_str(a, c, S("event-date"), buf_str(&date));
		json_put_str(a, c, S("section"), item_title(w, u->item));
		json_put_str(a, c, S("genre"), u->kind);
		json_put_str(a, c, S("version"), page_i64(w->p, u->version));
		json_put_str(a, c, S("URL"), page_whole_url(w->p, utterance_url(w, u->segment)));
	}
	return all;
}

/* Only what has times can be had as subtitles. */
static void add_files(struct work *w, str lang, bool times, bool alone)
{
	static const char *const endings[] = {"txt", "vtt", "srt"};
	static const char *const labels[] = {"Text", "WebVTT", "SRT"};
	struct page *p = w->p;
	for (size_t i = 0; i < (times ? 3 : 1); i++) {
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
static void fill_files(struct work *w)
{
	struct {
		str lang;
		bool times;
	} found[METHODS_LANGUAGES] = {0};
	size_t n = 0;
	for (size_t i = 0; i < w->utterances.n; i++) {
		const struct caption_utterances_row *u = &w->utterances.p[i];
		size_t k = 0;
		while (k < n && !str_eq(found[k].lang, u->lang))
			k++;
		if (k == METHODS_LANGUAGES)
			continue;
		if (k == n)
			found[n++].lang = u->lang;
		found[k].times |= u->starts != INT64_MIN;
	}
	for (size_t k = 0; k < n; k++)
		add_files(w, found[k].lang, found[k].times, n == 1);
}

static void fill_head(struct work *w)
{
	struct page *p = w->p;
	struct caption_page *v = w->out;
	v->title = w->meeting.title;
	v->days = page_date(p, w->meeting.starts);
	if (str_is(w->meeting.publicity, "public"))
		v->live = page_url(p, S("meetings"), page_i64(p, v->meeting), S("captions"));
	v->final = w->meeting.final_seq != INT64_MIN;
	v->utterances = (int64_t)w->utterances.n;
	for (size_t i = 0; i < w->utterances.n; i++) {
		v->corrected += w->utterances.p[i].version > 1;
		v->speakers += w->utterances.p[i].speaker.n > 0;
	}
	if (v->final)
		v->final_record = page_record_url(p, w->meeting.final_seq);
	if (v->utterances)
		v->disclaimer = caption_disclaimer(p, w->utterances.p[0].kind, v->final);
	v->state = v->final ? S("final") : S("rough");
	v->state_label = v->final ? page_t(p, "Final") : page_t(p, "Not final");
	if (v->final)
		return;
	if (p->viewer.roles & ROLE_SECRETARIAT) {
		add_deed(p, &v->deeds, "caption.import", v->meeting, 0,
		    page_t(p, "Import a transcript"));
		add_deed(p, &v->deeds, "caption.add", v->meeting, 0, page_t(p, "Add an utterance"));
	}
	if (v->utterances)
		add_deed(p, &v->deeds, "caption.finalise", v->meeting, 0,
		    page_t(p, "Make the transcript final"));
}

/* Of these rows those that are about utterances of the stretch stay. */
#define KEEP(w, rows)                                                      \
	do {                                                               \
		size_t k_ = 0;                                             \
		for (size_t i_ = 0; i_ < (rows)->n; i_++)                  \
			if ((rows)->p[i_].segment > (int64_t)(w)->first && \
			    (rows)->p[i_].segment <= (int64_t)(w)->last)   \
				(rows)->p[k_++] = (rows)->p[i_];           \
		(rows)->n = k_;                                            \
	} while (0)

/* Where a program goes on; the other way, as HTML has it, is the list of stretches. */
static void state_stretch(struct work *w)
{
	struct page *p = w->p;
	size_t n = w->utterances.n;
	page_fact(p, "all", json_of_i64(p->arena, (int64_t)n));
	if (w->last < n)
		page_fact(p, "next",
		    json_of_str(p->arena, url_query(p->arena, w->out->to, S("from"),
		                              page_i64(p, (int64_t)w->last + 1))
		                              .s));
}

/* The last thing that is done with the rows: of a long transcript those of one stretch are left. */
static void state_facts(struct work *w)
{
	struct page *p = w->p;
	state_stretch(w);
	page_fact(p, "citations", citations(w));
	KEEP(w, &w->utterances);
	KEEP(w, &w->versions);
	KEEP(w, &w->requests);
	KEEP(w, &w->passages);
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
	struct work w = {.p = p, .out = &v};
	TRY(page_arg_i64(p, "meeting", &v.meeting, err));
	v.to = page_url(p, S("meetings"), page_i64(p, v.meeting), S("transcript"));
	TRY(load(&w, err));
	w.lexer = text_lexer_open(p->arena);
	fill_head(&w);
	fill_files(&w);
	choose_stretch(&w);
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
