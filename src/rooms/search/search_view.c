/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * What becomes searchable, and when. Only facts that everyone may read: a call when it is opened,
 * a contribution when it is published. Private values (addresses, accounts) are never put. After
 * an erasure the house rebuilds all views, so that erased words leave this one as well.
 */
#include "rooms/call/call.h"
#include "rooms/caption/caption.h"
#include "rooms/document/document.h"
#include "rooms/mandate/mandate.h"
#include "rooms/meeting/meeting.h"
#include "rooms/proposal/proposal.h"
#include "rooms/report/report.h"
#include "rooms/search/search_forms.h"
#include "rooms/search/search_put.h"
#include "search_view.sql.h"

#include "base/poison.h"

static str digits(const struct view *v, int64_t n)
{
	return arena_printf(v->arena, "%lld", (long long)n);
}

static str two(const struct view *v, str a, str b)
{
	return a.n && b.n ? arena_printf(v->arena, "%.*s\n%.*s", STR(a), STR(b)) : a.n ? a : b;
}

/* The label of an object: its symbol or name, and what it is. */
static str named(const struct view *v, str name, const char *between, str what)
{
	if (!name.n || !what.n)
		return name.n ? name : what;
	return arena_printf(v->arena, "%.*s%s%.*s", STR(name), between, STR(what));
}

/* An object that is known by its number, and its page: "proposals/7". */
static struct search_put put_numbered(
    struct view *v, const struct fact *f, enum search_kind kind, const char *folder, int64_t number)
{
	str object = digits(v, number);
	return (struct search_put){
	    .view = v,
	    .fact = f,
	    .kind = kind,
	    .object = object,
	    .page = arena_printf(v->arena, "%s/%.*s", folder, STR(object)),
	};
}

/* ---- the group, its mandate and methods ---- */

static enum rc put_found(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = {v, f, SEARCH_GROUP, .label = fact_str(f, "title"),
	    .names = two(v, fact_str(f, "short_title"), fact_str(f, "place"))};
	return search_put_text(&p, fact_str(f, "description"), STR_EMPTY, 0, err);
}

static enum rc put_announcement(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = {v, f, SEARCH_ANNOUNCEMENT,
	    .object = digits(v, fact_i64(f, "number")), .label = fact_str(f, "title")};
	return search_put_text(&p, fact_str(f, "text"), S("announced"), 0, err);
}

static enum rc put_mandate(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "number");
	struct search_put p = {v, f, SEARCH_MANDATE, .object = digits(v, number),
	    .page = S("mandate"),
	    .label = named(v, fact_str(f, "symbol"), ": ", fact_str(f, "title")),
	    .names = fact_str(f, "parent_body")};
	return search_put_text(&p, fact_str(f, "report_back_session"),
	    arena_printf(v->arena, "mandate-%lld", (long long)number), 0, err);
}

static enum rc put_quote(struct view *v, const struct fact *f, struct err *err)
{
	const struct mandate *m = mandate_get(v->group, fact_i64(f, "mandate"));
	int64_t number = fact_i64(f, "number");
	struct search_put p = {v, f, SEARCH_MANDATE, .object = digits(v, number),
	    .page = S("mandate"),
	    .label = named(v, m ? m->symbol : STR_EMPTY, ", para. ", fact_str(f, "paragraph")),
	    .lang = fact_str(f, "lang")};
	return search_put_text(&p, fact_str(f, "text"),
	    arena_printf(v->arena, "paragraph-%lld", (long long)number), 0, err);
}

static enum rc put_methods(struct view *v, const struct fact *f, struct err *err)
{
	str number = digits(v, fact_i64(f, "number"));
	struct search_put p = {v, f, SEARCH_METHODS, .object = number, .page = S("methods"),
	    .label = fact_str(f, "title")};
	TRY(search_put_text(&p, STR_EMPTY, STR_EMPTY, 0, err));
	return search_put_paragraphs(&p, fact_value(f, "text"), "", err);
}

/* ---- who takes part ---- */

static enum rc put_person(struct view *v, const struct fact *f, struct err *err)
{
	str id = actor_str(v->arena, fact_actor(f, "person"));
	struct search_put p = {v, f, SEARCH_PERSON, .object = id,
	    .page = arena_printf(v->arena, "people/%.*s", STR(id)), .label = fact_str(f, "name")};
	/* A card takes the place of the one before. */
	TRY(search_take_away(v, SEARCH_PERSON, id, err));
	return search_put_text(
	    &p, two(v, fact_str(f, "title"), fact_str(f, "representing")), STR_EMPTY, 0, err);
}

static enum rc put_constituency(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = {v, f, SEARCH_MEMBER,
	    .object = arena_printf(v->arena, "constituency %.*s", STR(fact_str(f, "code"))),
	    .page = S("members"), .label = fact_str(f, "name")};
	TRY(search_take_away(v, SEARCH_MEMBER, p.object, err));
	return search_put_text(&p, STR_EMPTY, STR_EMPTY, 0, err);
}

static str seat_object(struct view *v, int64_t seat)
{
	return arena_printf(v->arena, "seat %lld", (long long)seat);
}

static enum rc put_seat(struct view *v, const struct fact *f, struct err *err)
{
	int64_t seat = fact_i64(f, "seat");
	struct search_seat_row row;
	bool found;
	struct search_put p = put_numbered(v, f, SEARCH_MEMBER, "members/seats", seat);
	p.object = seat_object(v, seat);
	TRY(search_take_away(v, SEARCH_MEMBER, p.object, err));
	TRY(search_seat(v->db, v->arena, v->grp, seat, &row, &found, err));
	if (!found)
		return OK;
	p.label = row.delegation;
	return search_put_text(&p, row.constituency, STR_EMPTY, 0, err);
}

static enum rc end_seat(struct view *v, const struct fact *f, struct err *err)
{
	return search_take_away(v, SEARCH_MEMBER, seat_object(v, fact_i64(f, "seat")), err);
}

static str observer_object(struct view *v, const struct fact *f)
{
	return arena_printf(v->arena, "observer %lld", (long long)fact_i64(f, "observer"));
}

static enum rc put_observer(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = {v, f, SEARCH_MEMBER, .object = observer_object(v, f),
	    .page = S("members"), .label = fact_str(f, "organisation")};
	return search_put_text(&p, fact_str(f, "category"), S("observers"), 0, err);
}

static enum rc end_observer(struct view *v, const struct fact *f, struct err *err)
{
	return search_take_away(v, SEARCH_MEMBER, observer_object(v, f), err);
}

/* ---- meetings ---- */

static struct search_put put_at_meeting(struct view *v, const struct fact *f)
{
	const struct meeting *m = meeting_get(v->group, fact_i64(f, "meeting"));
	struct search_put p =
	    put_numbered(v, f, SEARCH_MEETING, "meetings", fact_i64(f, "meeting"));
	p.label = m ? m->title : STR_EMPTY;
	p.part = true;
	return p;
}

static enum rc put_meeting(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = put_numbered(v, f, SEARCH_MEETING, "meetings", fact_i64(f, "number"));
	p.label = fact_str(f, "title");
	return search_put_text(
	    &p, two(v, fact_str(f, "place"), fact_str(f, "how")), STR_EMPTY, 0, err);
}

static enum rc put_meeting_change(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = put_at_meeting(v, f);
	str text = two(v, fact_str(f, "place"), fact_str(f, "how"));
	return search_put_text(&p, two(v, text, fact_str(f, "reason")), S("course"), 0, err);
}

static enum rc put_sitting(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = put_at_meeting(v, f);
	str place = arena_printf(v->arena, "sitting-%lld", (long long)fact_i64(f, "sitting"));
	if (!fact_str(f, "topic").n)
		return OK;
	return search_put_text(&p, fact_str(f, "topic"), place, 0, err);
}

static str item_place(struct view *v, const struct fact *f)
{
	return arena_printf(v->arena, "item-%lld", (long long)fact_i64(f, "item"));
}

static enum rc put_item(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = put_at_meeting(v, f);
	return search_put_text(
	    &p, two(v, fact_str(f, "title"), fact_str(f, "note")), item_place(v, f), 0, err);
}

static enum rc put_conclusion(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = put_at_meeting(v, f);
	return search_put_text(&p, fact_str(f, "text"), item_place(v, f), 0, err);
}

static enum rc put_summary(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = put_at_meeting(v, f);
	return search_put_paragraphs(&p, fact_value(f, "text"), "", err);
}

/* ---- what was said ---- */

/* Each utterance is an object of its own: a correction takes the place of its words. */
static enum rc put_utterance(
    struct view *v, const struct fact *f, struct search_put *p, int64_t segment, struct err *err)
{
	int64_t meeting = fact_i64(f, "meeting");
	const struct utterance *u = caption_utterance(v->group, meeting, segment);
	if (!u)
		return OK;
	p->object = arena_printf(v->arena, "%lld-%lld", (long long)meeting, (long long)segment);
	p->names = u->speaker;
	p->lang = u->lang;
	str place = utterance_path(v->arena, meeting, segment);
	(void)str_cut(&place, '#', &p->page);
	return search_put_text(p, utterance_words(u, 0), place, segment, err);
}

static struct search_put put_said(struct view *v, const struct fact *f)
{
	const struct meeting *m = meeting_get(v->group, fact_i64(f, "meeting"));
	return (struct search_put){
	    v, f, SEARCH_TRANSCRIPT, .label = m ? m->title : STR_EMPTY, .part = true};
}

static enum rc put_transcript(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = put_said(v, f);
	for (int64_t n = fact_i64(f, "first"); n <= fact_i64(f, "last"); n++)
		TRY(put_utterance(v, f, &p, n, err));
	return OK;
}

static enum rc put_corrected(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = put_said(v, f);
	int64_t segment = fact_i64(f, "segment");
	p.object = arena_printf(
	    v->arena, "%lld-%lld", (long long)fact_i64(f, "meeting"), (long long)segment);
	TRY(search_take_away(v, SEARCH_TRANSCRIPT, p.object, err));
	return put_utterance(v, f, &p, segment, err);
}

/* ---- calls and contributions ---- */

/* A draft is the office's own business until it is opened. */
static enum rc put_call(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "call");
	struct search_call_row call;
	struct search_call_questions_rows questions = {0};
	bool found;
	struct search_put p = put_numbered(v, f, SEARCH_CALL, "calls", number);
	TRY(search_take_away(v, SEARCH_CALL, p.object, err));
	TRY(search_call(v->db, v->arena, v->grp, number, &call, &found, err));
	if (!found)
		return OK;
	p.label = call.title;
	TRY(search_put_text(&p, call.text, STR_EMPTY, 0, err));
	TRY(search_call_questions(v->db, v->arena, v->grp, number, &questions, err));
	for (size_t i = 0; i < questions.n; i++)
		TRY(search_put_text(&p, questions.p[i].text, STR_EMPTY, 0, err));
	return OK;
}

/* The words were sent with an earlier entry; the room of calls says what may be read of them. */
static enum rc put_contribution(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "contribution");
	struct search_contribution_row of;
	struct search_contribution_text_rows text = {0};
	struct search_contribution_files_rows files = {0};
	bool found;
	struct search_put p = put_numbered(v, f, SEARCH_CONTRIBUTION, "contributions", number);
	TRY(search_contribution(v->db, v->arena, v->grp, number, &of, &found, err));
	if (!found || !contribution_is_public(v->group, number))
		return OK;
	p.label = named(v, of.author, ", ", of.organisation);
	p.names = two(v, of.title, of.country);
	p.lang = of.lang;
	TRY(search_put_text(&p, STR_EMPTY, STR_EMPTY, 0, err));
	TRY(search_contribution_text(v->db, v->arena, v->grp, number, &text, err));
	for (size_t i = 0; i < text.n; i++) {
		str place = arena_printf(
		    v->arena, "q%lld-p%lld", (long long)text.p[i].question, (long long)text.p[i].n);
		TRY(search_put_text(&p, text.p[i].text, place, text.p[i].n, err));
	}
	TRY(search_contribution_files(v->db, v->arena, v->grp, number, &files, err));
	for (size_t i = 0; i < files.n; i++)
		TRY(search_put_file(&p, files.p[i].name, files.p[i].text, err));
	return OK;
}

/* ---- proposals ---- */

static enum rc put_proposal(
    struct view *v, const struct fact *f, int64_t number, const char *text, struct err *err)
{
	const struct proposal *x = proposal_get(v->group, number);
	struct search_put p = put_numbered(v, f, SEARCH_PROPOSAL, "proposals", number);
	p.label = x->title;
	p.names = x->section;
	p.lang = x->lang;
	for (size_t i = 0; i < x->sponsors.n; i++)
		p.names = two(v, p.names, x->sponsors.p[i].delegation);
	TRY(search_put_text(&p, STR_EMPTY, STR_EMPTY, 0, err));
	return search_put_paragraphs(&p, fact_value(f, text), "p", err);
}

static enum rc put_submitted(struct view *v, const struct fact *f, struct err *err)
{
	return put_proposal(v, f, fact_i64(f, "number"), "text", err);
}

/* All revisions are found; the earlier ones stand together on the page of the proposal. */
static enum rc put_revised(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "proposal");
	TRY(search_row_move(v->db, v->grp, search_kind_word(SEARCH_PROPOSAL), digits(v, number),
	    S("earlier"), err));
	return put_proposal(v, f, number, "text", err);
}

static enum rc put_split(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p;
	const char *const names[2][3] = {
	    {"first", "first_title", "first_text"}, {"second", "second_title", "second_text"}};
	const struct proposal *from = proposal_get(v->group, fact_i64(f, "proposal"));
	int64_t rows = 0;
	for (int i = 0; i < 2; i++) {
		p = put_numbered(v, f, SEARCH_PROPOSAL, "proposals", fact_i64(f, names[i][0]));
		p.label = fact_str(f, names[i][1]);
		p.names = from->section;
		p.lang = from->lang;
		p.rows = rows;
		TRY(search_put_paragraphs(&p, fact_value(f, names[i][2]), "p", err));
		rows = p.rows;
	}
	return OK;
}

/* ---- documents and reports ---- */

static enum rc put_document(struct view *v, const struct fact *f, struct err *err)
{
	str symbol = fact_str(f, "symbol");
	const struct value *files = fact_value(f, "files");
	struct search_put p =
	    put_numbered(v, f, SEARCH_DOCUMENT, "documents", fact_i64(f, "number"));
	p.page = arena_printf(v->arena, "documents/%.*s", STR(document_slug(v->arena, symbol)));
	p.label = named(v, symbol, ": ", fact_str(f, "title"));
	p.lang = fact_str(f, "lang");
	TRY(search_put_text(&p, STR_EMPTY, STR_EMPTY, 0, err));
	TRY(search_put_paragraphs(&p, fact_value(f, "text"), "p", err));
	for (size_t i = 0; i < files->files.n; i++)
		TRY(search_put_file(&p, files->files.p[i].name, files->files.p[i].text, err));
	return OK;
}

/* Its proposals are found by themselves; of the compilation, title and introduction. */
static enum rc put_compilation(struct view *v, const struct fact *f, struct err *err)
{
	str symbol = fact_str(f, "symbol");
	struct search_put p =
	    put_numbered(v, f, SEARCH_DOCUMENT, "documents", fact_i64(f, "number"));
	p.page = arena_printf(v->arena, "documents/%.*s", STR(document_slug(v->arena, symbol)));
	p.label = named(v, symbol, ": ", fact_str(f, "title"));
	p.lang = fact_str(f, "lang");
	TRY(search_put_text(&p, STR_EMPTY, STR_EMPTY, 0, err));
	return search_put_paragraphs(&p, fact_value(f, "text"), "p", err);
}

static struct search_put put_about_report(struct view *v, const struct fact *f)
{
	const struct report *r = report_get(v->group, fact_i64(f, "report"));
	return (struct search_put){v, f, SEARCH_REPORT, .object = digits(v, fact_i64(f, "report")),
	    .page = S("report"), .label = r ? r->title : STR_EMPTY, .part = true};
}

static enum rc put_outline(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = {v, f, SEARCH_REPORT, .object = digits(v, fact_i64(f, "number")),
	    .page = S("report"), .label = fact_str(f, "title")};
	return search_put_text(&p, STR_EMPTY, STR_EMPTY, 0, err);
}

static enum rc put_section(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = put_about_report(v, f);
	return search_put_text(&p, fact_str(f, "heading"), S("outline"), 0, err);
}

static enum rc put_report_draft(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = put_about_report(v, f);
	p.part = false;
	p.page = arena_printf(v->arena, "report/drafts/%lld", (long long)fact_i64(f, "draft"));
	if (fact_str(f, "note").n)
		TRY(search_put_text(&p, fact_str(f, "note"), STR_EMPTY, 0, err));
	return search_put_paragraphs(&p, fact_value(f, "text"), "", err);
}

static enum rc put_report_decision(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = put_about_report(v, f);
	return search_put_text(&p, fact_str(f, "words"), STR_EMPTY, 0, err);
}

static enum rc put_report_issued(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = put_about_report(v, f);
	p.part = false;
	p.label = named(v, fact_str(f, "symbol"), ": ", p.label);
	return search_put_text(&p, STR_EMPTY, STR_EMPTY, 0, err);
}

static enum rc put_report_considered(struct view *v, const struct fact *f, struct err *err)
{
	struct search_put p = put_about_report(v, f);
	return search_put_text(
	    &p, two(v, fact_str(f, "by"), fact_str(f, "note")), STR_EMPTY, 0, err);
}

static const struct applier appliers[] = {
    {"group.found", put_found},
    {"group.announce", put_announcement},
    {"mandate.record", put_mandate},
    {"mandate.quote", put_quote},
    {"methods.draft", put_methods},
    {"people.add", put_person},
    {"people.card", put_person},
    {"members.constituency", put_constituency},
    {"members.endorse", put_seat},
    {"members.take_seat", put_seat},
    {"members.vacate", end_seat},
    {"members.accredit", put_observer},
    {"members.end_accreditation", end_observer},
    {"meeting.announce", put_meeting},
    {"meeting.change", put_meeting_change},
    {"meeting.sitting", put_sitting},
    {"meeting.agenda_item", put_item},
    {"meeting.conclude", put_conclusion},
    {"meeting.summary", put_summary},
    {"caption.import", put_transcript},
    {"caption.take", put_transcript},
    {"caption.add", put_transcript},
    {"caption.correct", put_corrected},
    {"caption.decide", put_corrected},
    {"call.open", put_call},
    {"call.publish", put_contribution},
    {"proposal.submit", put_submitted},
    {"proposal.merge", put_submitted},
    {"proposal.revise", put_revised},
    {"proposal.split", put_split},
    {"document.issue", put_document},
    {"compilation.issue", put_compilation},
    {"report.outline", put_outline},
    {"report.section", put_section},
    {"report.draft", put_report_draft},
    {"report.decide", put_report_decision},
    {"report.issue", put_report_issued},
    {"report.consider", put_report_considered},
};

/* Made of all rows at once, the words cost half of what they cost entry by entry. */
static enum rc put_words(struct view *v, struct err *err)
{
	if (v->grp != 0)
		return OK;
	TRY(search_forms_count_all(v->db, err));
	return search_words_all(v->db, err);
}

static enum rc put_new_words(struct db *db, struct err *err)
{
	TRY(search_forms_count_new(db, err));
	TRY(search_new_words(db, err));
	return search_new_done(db, err);
}

const struct room_view search_view = {
    .schema = &search_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
    .rebuilt = put_words,
    .committing = put_new_words,
};
