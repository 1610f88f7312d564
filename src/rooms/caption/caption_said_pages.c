/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/caption/caption_said_pages.h"

#include "engine/i18n.h"
#include "rooms/caption/caption.h"
#include "rooms/methods/methods.h"

#include "base/poison.h"

void caption_add_deed(struct page *p, caption_deeds *deeds, const char *command, int64_t meeting,
    int64_t segment, str label)
{
	if (!page_may_do(p, command))
		return;
	url to = page_do_url(p, command, "meeting", meeting);
	if (segment)
		to = url_query(p->arena, to, S("segment"), page_i64(p, segment));
	*vec_push(p->arena, deeds) = (struct caption_deed){to, label};
}

static str clock_of(const struct page *p, usec t)
{
	long long s = t / USEC_SECOND;
	if (t == USEC_NONE)
		return STR_EMPTY;
	return arena_printf(p->arena, "%lld:%02lld:%02lld", s / 3600, s / 60 % 60, s % 60);
}

/* What changed from x to y, in the order in which it is read. */
static void compare(struct caption_work *w, str x, str y, struct caption_version_line *out)
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

static void fill_versions(struct caption_work *w, struct caption_line *line)
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

static void fill_requests(struct caption_work *w, struct caption_line *line)
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
static void fill_passages(struct caption_work *w, struct caption_line *line, bool own)
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
			const struct analysis_said_cited_row *c = &w->cited.p[k];
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

str caption_item_title(const struct caption_work *w, int64_t item)
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
static str citation(struct caption_work *w, const struct caption_utterances_row *u)
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
		        p, "item {0}: {1}", page_i64(p, u->item), caption_item_title(w, u->item))));
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
static url utterance_url(const struct caption_work *w, int64_t segment)
{
	const struct page *p = w->p;
	if (w->out->utterances <= CAPTION_STRETCH)
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
static int64_t days_of(const struct caption_work *w, const struct caption_utterances_row *u)
{
	int64_t days = methods_preset_settings(METHODS_UN_CONSENSUS)->correction_days;
	for (size_t i = 0; i < w->days.n && w->days.p[i].from_seq <= u->seq; i++)
		days = w->days.p[i].days;
	return days;
}

void caption_said(
    struct caption_work *w, const struct caption_utterances_row *u, struct caption_line *line)
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
	caption_add_deed(p, &line->deeds, "analysis.mark_said", w->out->meeting, u->segment,
	    page_say(p, "Mark a passage of utterance {0}", page_i64(p, u->segment), STR_EMPTY));
	if (w->out->final)
		return;
	if (p->viewer.roles & ROLE_SECRETARIAT)
		caption_add_deed(p, &line->deeds, "caption.correct", w->out->meeting, u->segment,
		    page_say(p, "Correct utterance {0}", page_i64(p, u->segment), STR_EMPTY));
	if (u->own && p->now <= u->time + days_of(w, u) * USEC_DAY)
		caption_add_deed(p, &line->deeds, "caption.ask", w->out->meeting, u->segment,
		    page_say(p, "Ask for a correction of utterance {0}", page_i64(p, u->segment),
		        STR_EMPTY));
}

struct json *caption_citations(struct caption_work *w)
{
	struct arena *a = w->p->arena;
	struct json *all = json_new_array(a);
	for (size_t i = 0; i < w->utterances.n; i++) {
		const struct caption_utterances_row *u = &w->utterances.p[i];
		struct json *c = json_add(all, json_new_object(a));
		json_put_str(a, c, S("id"), utterance_place(a, u->segment));
		json_put_str(a, c, S("type"), S("speech"));
		json_put_str(a, c, S("author"), u->speaker);
		json_put_str(a, c, S("event"), w->meeting.title);
		json_put_str(a, c, S("event-date"), when_date(a, w->meeting.starts));
		json_put_str(a, c, S("section"), caption_item_title(w, u->item));
		json_put_str(a, c, S("genre"), u->kind);
		json_put_str(a, c, S("version"), page_i64(w->p, u->version));
		json_put_str(a, c, S("URL"), page_whole_url(w->p, utterance_url(w, u->segment)));
	}
	return all;
}
