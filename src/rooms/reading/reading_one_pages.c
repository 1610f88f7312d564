/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One reading: how each paragraph stands, who must confirm by when, what was said. */
#include "base/utf8.h"
#include "rooms/reading/reading_pages.h"

#include "reading_one.html.h"
#include "rooms/informal/informal_pages.h"
#include "rooms/reading/reading.h"

#include "base/poison.h"

static struct reading_text text_of(
    struct page *p, int64_t draft, int64_t revision, str symbol, str hash)
{
	url to =
	    page_url(p, S("drafts"), page_i64(p, draft), S("revisions"), page_i64(p, revision));
	return (struct reading_text){.revision = revision,
	    .symbol = symbol,
	    .hash = hash,
	    .to = to,
	    .file = page_url(p, S("drafts"), page_i64(p, draft), S("revisions"),
	        page_i64(p, revision), S("base"))};
}

struct reading_text reading_begin(struct page *p, int64_t draft, const struct reading_list_row *r)
{
	struct reading_text x = text_of(p, draft, r->revision, r->symbol, r->base);
	x.date = page_date(p, r->at);
	x.iso = page_iso(p, r->at);
	x.words = r->words;
	x.record = page_record_url(p, r->seq);
	return x;
}

struct reading_text reading_end_text(
    struct page *p, int64_t draft, const struct reading_list_row *r)
{
	if (r->closed_seq == INT64_MIN)
		return (struct reading_text){0};
	struct reading_text x =
	    text_of(p, draft, r->closed_revision, r->closed_symbol, r->closed_base);
	x.date = page_date(p, r->closed_at);
	x.iso = page_iso(p, r->closed_at);
	x.words = r->closed_words;
	x.record = page_record_url(p, r->closed_seq);
	return x;
}

void reading_action(
    struct page *p, draft_actions *out, const char *command, const char *label, int64_t draft)
{
	if (page_may_do(p, command))
		*vec_push(p->arena, out) = (struct draft_action){
		    page_t(p, label), draft_do_url(p, command, draft, NULL, STR_EMPTY)};
}

/* --- who must confirm --- */

static str state_label(const struct page *p, str state)
{
	if (str_is(state, "confirmed"))
		return page_t(p, "Agreed");
	if (str_is(state, "objected"))
		return page_t(p, "Not confirmed");
	if (str_is(state, "reopened"))
		return page_t(p, "Reopened");
	return page_t(p, "To be confirmed");
}

static str answer_label(const struct page *p, str answer, str state)
{
	if (str_is(answer, "confirmed"))
		return page_t(p, "confirmed");
	if (str_is(answer, "objected"))
		return page_t(p, "did not confirm");
	return str_is(state, "pending") ? page_t(p, "has not answered yet")
	                                : page_t(p, "did not answer");
}

static void add_seat(
    struct page *p, struct reading_wait *w, const struct reading_ad_ref_seats_row *s)
{
	*vec_push(p->arena, &w->seats) = (struct reading_seat){.party = s->party,
	    .answer = answer_label(p, s->answer, w->state),
	    .reason = s->reason,
	    .has_answered = s->answer.n > 0,
	    .date = s->at == INT64_MIN ? STR_EMPTY : page_date(p, s->at),
	    .record = page_record_url(p, s->seq == INT64_MIN ? 0 : s->seq)};
}

static void wait_action(
    struct page *p, struct reading_wait *w, const char *command, const char *label)
{
	if (page_may_do(p, command))
		*vec_push(p->arena, &w->actions) = (struct draft_action){
		    page_t(p, label), page_do_url(p, command, "ad_ref", w->number)};
}

static enum rc fill_title(struct page *p, struct reading_wait *w, struct err *err)
{
	struct draft_one_row draft;
	bool found;
	TRY(draft_one(p->db, p->arena, p->group.id, w->draft, &draft, &found, err));
	w->title = found ? draft.title : STR_EMPTY;
	w->lang = found ? draft.lang : STR_EMPTY;
	return OK;
}

enum rc reading_load_waits(
    struct page *p, int64_t draft, bool pending, struct reading_waits *out, struct err *err)
{
	struct reading_ad_refs_rows rows = {0};
	struct reading_ad_ref_seats_rows seats = {0};
	int64_t own;
	str party;
	TRY(draft_viewer_seat(p, &own, &party, err));
	TRY(reading_ad_refs(p->db, p->arena, p->group.id, draft, pending, &rows, err));
	TRY(reading_ad_ref_seats(p->db, p->arena, p->group.id, &seats, err));
	page_fact(p, "ad_refs", reading_ad_refs_rows_json(p->arena, &rows));
	page_fact(p, "seats", reading_ad_ref_seats_rows_json(p->arena, &seats));
	for (size_t i = 0; i < rows.n; i++) {
		const struct reading_ad_refs_row *r = &rows.p[i];
		bool mine = page_may(p, ROLE_OFFICE);
		struct reading_wait *w = vec_push(p->arena, &out->v);
		*w = (struct reading_wait){.number = r->number,
		    .draft = r->draft,
		    .shown = r->shown,
		    .state = r->state,
		    .state_label = state_label(p, r->state),
		    .until = page_time(p, r->until),
		    .until_iso = page_iso(p, r->until),
		    .to = url_fragment(p->arena, draft_url(p, r->draft), r->paragraph),
		    .record = page_record_url(p, r->seq)};
		TRY(fill_title(p, w, err));
		for (size_t k = 0; k < seats.n; k++) {
			if (seats.p[k].ad_ref != r->number)
				continue;
			add_seat(p, w, &seats.p[k]);
			mine = mine || (own && seats.p[k].seat == own);
		}
		if (!mine || !str_is(r->state, "pending"))
			continue;
		wait_action(p, w, "reading.confirm", "Confirm");
		wait_action(p, w, "reading.object", "Do not confirm");
	}
	return OK;
}

/* --- the paragraphs --- */

static void line_action(struct page *p, struct reading_line *x, const struct reading_page *v,
    const char *command, const char *label)
{
	if (page_may_do(p, command))
		*vec_push(p->arena, &x->actions) = (struct draft_action){page_t(p, label),
		    draft_do_url(p, command, v->draft, "paragraph", x->paragraph)};
}

/* What the Chair can do with a paragraph that stands so. */
static void fill_line_actions(
    struct page *p, const struct reading_page *v, struct reading_line *x, str status)
{
	bool open = str_is(status, "open"), bracketed = str_is(status, "bracketed");
	if (v->closed || v->general)
		return;
	if (str_is(status, "not_reached") || str_is(status, "parked") || bracketed)
		line_action(p, x, v, "reading.take_up", "Take up");
	if (open || bracketed) {
		line_action(p, x, v, "reading.agree", "Agree");
		line_action(p, x, v, "reading.agree_ad_ref", "Agree ad referendum");
		line_action(p, x, v, "reading.park", "Park");
	}
	if (str_is(status, "parked") && v->may_open)
		line_action(p, x, v, "informal.open", "Open for live drafting");
	if (open)
		line_action(p, x, v, "reading.bracket", "Leave in brackets");
	if (str_is(status, "agreed") || str_is(status, "agreed_ad_ref"))
		line_action(p, x, v, "reading.reopen", "Reopen");
}

/* The first words; of headings nothing, since that is what they are called by. */
static str first_words(struct page *p, const struct draft_loaded *d, str paragraph)
{
	size_t at = text_doc_find(&d->doc, paragraph);
	if (at == TEXT_START || !d->doc.par[at].number.n)
		return STR_EMPTY;
	str read = text_par_read(p->arena, &d->doc.par[at]);
	str head = str_head(read, utf8_prefix(read, 90));
	return head.n < read.n ? arena_printf(p->arena, "%.*s…", STR(head)) : head;
}

static void fill_line(struct page *p, const struct reading_page *v, struct reading_line *x,
    const struct reading_paragraphs_row *r)
{
	bool moved_on = r->closed_as.n && !str_eq(r->closed_as, r->status);
	x->paragraph = r->paragraph;
	x->shown = r->shown;
	x->state = reading_status_tone(r->status);
	x->label = reading_status_label(p, r->status);
	x->with = r->parked_with;
	x->then = moved_on ? reading_status_label(p, r->closed_as) : STR_EMPTY;
	x->deleted = str_is(r->status, "deleted");
	x->to = url_fragment(p->arena, v->closed ? v->end.to : v->to_draft, r->paragraph);
	x->record = page_record_url(p, r->seq);
	/* Whoever was named stays named where a closed reading says "ad referendum". */
	for (size_t i = 0; i < v->waits.n; i++)
		if (r->ad_ref == v->waits.p[i].number &&
		    (str_is(r->status, "agreed_ad_ref") || str_is(r->closed_as, "agreed_ad_ref")))
			x->wait = &v->waits.p[i];
	fill_line_actions(p, v, x, r->status);
}

static void note_missing(struct page *p, struct reading_page *v)
{
	struct buf b = buf_in(p->arena, 0);
	for (size_t i = 0; i < v->lines.n; i++) {
		if (!str_is(v->lines.p[i].state, "not_reached"))
			continue;
		buf_sep(&b, S(", "));
		buf_put(&b, v->lines.p[i].shown);
	}
	v->missing = buf_str(&b);
}

static enum rc fill_lines(struct page *p, struct reading_page *v, struct err *err)
{
	struct reading_paragraphs_rows rows = {0};
	struct reading_counts_rows counts = {0};
	struct draft_loaded d;
	TRY(reading_paragraphs(p->db, p->arena, p->group.id, v->draft, v->number, &rows, err));
	TRY(reading_counts(p->db, p->arena, p->group.id, v->draft, v->number, &counts, err));
	TRY(draft_load(p, v->draft, v->closed ? v->end.revision : 0, &d, err));
	TRY(informal_may_open(p, &v->may_open, err));
	for (size_t i = 0; i < rows.n; i++) {
		struct reading_line *x = vec_push(p->arena, &v->lines);
		fill_line(p, v, x, &rows.p[i]);
		x->words = first_words(p, &d, rows.p[i].paragraph);
	}
	for (size_t i = 0; i < counts.n; i++)
		*vec_push(p->arena, &v->counts) =
		    (struct reading_count){reading_status_tone(counts.p[i].status),
		        reading_status_label(p, counts.p[i].status), counts.p[i].n};
	note_missing(p, v);
	page_fact(p, "paragraphs", reading_paragraphs_rows_json(p->arena, &rows));
	page_fact(p, "counts", reading_counts_rows_json(p->arena, &counts));
	return OK;
}

/* --- what was said --- */

static str why_label(const struct page *p, str why)
{
	if (str_is(why, "not_agreed"))
		return page_t(p, "it is not agreed");
	if (str_is(why, "alternatives"))
		return page_t(p, "there are alternatives");
	if (str_is(why, "revisit"))
		return page_t(p, "the group comes back to it");
	return page_t(p, "it depends on what is negotiated elsewhere");
}

static str what_was_done(struct page *p, const struct reading_notes_row *r)
{
	if (str_is(r->act, "bracket"))
		return page_say(
		    p, "Paragraph {0} stays in brackets: {1}.", r->shown, why_label(p, r->why));
	if (str_is(r->act, "agree"))
		return page_say(p, "Paragraph {0} was agreed.", r->shown, STR_EMPTY);
	if (str_is(r->act, "agree_ad_ref"))
		return page_say(p, "Paragraph {0} was agreed ad referendum.", r->shown, STR_EMPTY);
	if (str_is(r->act, "park"))
		return page_say(p, "Paragraph {0} was parked with {1}.", r->shown, r->why);
	if (str_is(r->act, "reopen"))
		return page_say(
		    p, "Paragraph {0} was reopened by consent of the group.", r->shown, STR_EMPTY);
	return page_say(p, "Paragraph {0} was not confirmed by {1}.", r->shown, r->party);
}

static enum rc fill_said(struct page *p, struct reading_page *v, struct err *err)
{
	struct reading_comments_rows comments = {0};
	struct reading_notes_rows notes = {0};
	int64_t grp = p->group.id;
	TRY(reading_comments(p->db, p->arena, grp, v->draft, v->number, &comments, err));
	TRY(reading_notes(p->db, p->arena, grp, v->draft, v->number, &notes, err));
	for (size_t i = 0; i < comments.n; i++) {
		const struct reading_comments_row *r = &comments.p[i];
		*vec_push(p->arena, &v->comments) = (struct reading_said){.party = r->party,
		    .words = r->text,
		    .date = page_date(p, r->at),
		    .iso = page_iso(p, r->at),
		    .record = page_record_url(p, r->seq)};
	}
	for (size_t i = 0; i < notes.n; i++) {
		const struct reading_notes_row *r = &notes.p[i];
		*vec_push(p->arena, &v->notes) = (struct reading_said){.what = what_was_done(p, r),
		    .words = r->words,
		    .ruling = r->ruling,
		    .amendments = r->amendments,
		    .against = r->against,
		    .date = page_date(p, r->at),
		    .iso = page_iso(p, r->at),
		    .record = page_record_url(p, r->seq)};
	}
	page_fact(p, "comments", reading_comments_rows_json(p->arena, &comments));
	page_fact(p, "notes", reading_notes_rows_json(p->arena, &notes));
	return OK;
}

/* --- the page --- */

static void fill_head(struct page *p, struct reading_page *v, const struct draft_one_row *draft,
    const struct reading_list_row *r)
{
	v->name = reading_name(p, v->number);
	v->title = draft->title;
	v->lang = draft->lang;
	v->to_draft = draft_url(p, v->draft);
	v->all = page_url(p, S("drafts"), page_i64(p, v->draft), S("readings"));
	v->confirmations = page_url(p, S("confirmations"));
	v->general = r->general;
	v->last = r->is_last;
	v->closed = r->closed_seq != INT64_MIN;
	v->begin = reading_begin(p, v->draft, r);
	v->end = reading_end_text(p, v->draft, r);
	if (v->closed)
		return;
	if (v->general) {
		reading_action(
		    p, &v->actions, "reading.comment", "Make a general comment", v->draft);
		reading_action(
		    p, &v->actions, "reading.proceed", "Go on paragraph by paragraph", v->draft);
	} else {
		reading_action(p, &v->actions, "reading.take_up", "Take up paragraphs", v->draft);
		reading_action(p, &v->actions, "reading.agree", "Agree paragraphs", v->draft);
		reading_action(p, &v->actions, "reading.close", "Close the reading", v->draft);
	}
}

/* The draft and the reading of the address, and what stands over every page of the draft. */
static enum rc load(struct page *p, struct reading_page *v, struct err *err)
{
	struct draft_one_row draft;
	struct reading_list_rows rows = {0};
	struct reading_is_provisional_row flag;
	bool found;
	TRY(page_arg_i64(p, "draft", &v->draft, err));
	TRY(page_arg_i64(p, "reading", &v->number, err));
	TRY(draft_one(p->db, p->arena, p->group.id, v->draft, &draft, &found, err));
	TRY(reading_list(p->db, p->arena, p->group.id, v->draft, &rows, err));
	TRY(reading_is_provisional(
	    p->db, p->arena, p->group.id, v->draft, &flag, &v->provisional, err));
	if (!found || v->number < 1 || v->number > (int64_t)rows.n)
		return ERR(err, ABSENT, NULL, "There is no reading {0} of draft {1}.",
		    page_i64(p, v->number), page_i64(p, v->draft));
	fill_head(p, v, &draft, &rows.p[v->number - 1]);
	struct reading_list_rows one = {.p = &rows.p[v->number - 1], .n = 1};
	page_fact(p, "reading", reading_list_rows_json(p->arena, &one)->first);
	page_fact(p, "provisional", json_of_bool(p->arena, v->provisional));
	return OK;
}

enum rc reading_page_one(struct page *p, struct err *err)
{
	struct reading_page v = {0};
	struct reading_waits waits = {0};
	TRY(load(p, &v, err));
	TRY(reading_load_waits(p, v.draft, false, &waits, err));
	for (size_t i = 0; i < waits.v.n; i++)
		*vec_push(p->arena, &v.waits) = waits.v.p[i];
	TRY(fill_lines(p, &v, err));
	TRY(fill_said(p, &v, err));
	page_title(p, page_say(p, "{0}: {1}", v.name, v.title));
	reading_one_html(&p->out, &v);
	return OK;
}
