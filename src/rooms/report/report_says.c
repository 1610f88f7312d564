/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The sentences in which the report states its facts. */
#include "rooms/document/document.h"
#include "rooms/report/report_doc_inner.h"
#include "rooms/report/report_words.h"

#include "base/poison.h"

#define SAY(w, line, ...) report_say((w), (line), arena_printf((w)->a, __VA_ARGS__))

static struct report_block paragraph(void)
{
	return (struct report_block){.kind = REPORT_PARAGRAPH, .fact = true};
}

static struct report_block list(void)
{
	return (struct report_block){.kind = REPORT_LIST, .fact = true};
}

/* "the second meeting": its place among those that were held. */
static str meeting_name(const struct report_writer *w, int64_t number)
{
	for (size_t i = 0; i < w->f->meetings.n; i++)
		if (w->f->meetings.p[i].row.number == number)
			return arena_printf(
			    w->a, "the %.*s meeting", STR(report_ordinal(w->a, (int64_t)i + 1)));
	return arena_printf(w->a, "meeting %lld", (long long)number);
}

static const char *plural(int64_t n, const char *one, const char *many)
{
	return n == 1 ? one : many;
}

static str numbered(const struct report_writer *w, int64_t n)
{
	return report_number(w->a, n);
}

/* --- mandate --- */

static str mandate_name(const struct report_writer *w, const struct report_fact_mandate *m)
{
	struct buf b = buf_in(w->a, 0);
	if (m->paragraphs.n) {
		buf_put(&b, m->paragraphs.n == 1 ? S("paragraph ") : S("paragraphs "));
		for (size_t i = 0; i < m->paragraphs.n; i++)
			report_join(&b, i, m->paragraphs.n, m->paragraphs.p[i].paragraph);
		buf_put(&b, S(" of "));
	}
	buf_printf(&b, "%.*s of %.*s", STR(m->row.symbol), STR(report_day(w->a, m->row.day)));
	return buf_str(&b);
}

static void say_quotes(struct report_writer *w, const struct report_fact_mandate *m)
{
	for (size_t i = 0; i < m->paragraphs.n; i++) {
		const struct report_paragraphs_row *p = &m->paragraphs.p[i];
		struct report_block q = {.kind = REPORT_QUOTE, .fact = true};
		q.mark = p->paragraph;
		q.line.lang = p->lang;
		report_say(w, &q.line,
		    report_clean(w, p->text, S("(The words are found in the resolution.)")));
		report_prove_one(w, &q.line, p->seq);
		q.source = m->row.symbol;
		report_put(w, &q, false);
	}
}

static void say_mandate(struct report_writer *w)
{
	for (size_t i = 0; i < w->f->mandates.n; i++) {
		const struct report_fact_mandate *m = &w->f->mandates.p[i];
		struct report_block b = paragraph();
		SAY(w, &b.line, "The mandate of the Group is set out in %.*s, “%.*s” (%.*s).",
		    STR(mandate_name(w, m)), STR(report_clean(w, m->row.title, m->row.symbol)),
		    STR(m->row.parent_body));
		report_prove_one(w, &b.line, m->row.seq);
		report_put(w, &b, true);
		say_quotes(w, m);
		if (m->row.session.n == 0)
			continue;
		b = paragraph();
		SAY(w, &b.line, "The report is due at the following session: %.*s",
		    STR(m->row.session));
		if (m->row.due != INT64_MIN)
			SAY(w, &b.line, ", %.*s", STR(report_day(w->a, m->row.due)));
		report_say(w, &b.line, S("."));
		report_prove_one(w, &b.line, m->row.seq);
		report_put(w, &b, true);
	}
}

/* --- composition and meetings --- */

static void say_counts(struct report_writer *w, struct report_line *line)
{
	int64_t states = w->f->member_states.count;
	int64_t others = w->f->other_members.count;
	SAY(w, line, "The Group is composed of %.*s member %s", STR(numbered(w, states)),
	    plural(states, "state", "states"));
	report_prove(w, line, &w->f->member_states.entries);
	SAY(w, line, " and %.*s other %s", STR(numbered(w, others)),
	    plural(others, "member", "members"));
	report_prove(w, line, &w->f->other_members.entries);
}

static void say_composition(struct report_writer *w)
{
	struct report_block b = paragraph();
	say_counts(w, &b.line);
	report_say(
	    w, &b.line, w->f->constituencies.n ? S(", as follows. Annex I lists them.") : S("."));
	report_put(w, &b, true);
	struct report_block l = list();
	for (size_t i = 0; i < w->f->constituencies.n; i++) {
		const struct report_fact_constituency *c = &w->f->constituencies.p[i];
		struct report_line *line = vec_push(w->a, &l.items);
		SAY(w, line, "%.*s: %.*s", STR(c->name),
		    STR(numbered(w, (int64_t)c->delegations.n)));
		report_prove(w, line, &c->entries);
	}
	report_put(w, &l, false);
}

static void say_held(struct report_writer *w, struct report_line *line)
{
	const struct report_facts *f = w->f;
	int64_t n = (int64_t)f->meetings.n;
	SAY(w, line, "The Group held %.*s %s", STR(numbered(w, n)),
	    plural(n, "meeting", "meetings"));
	if (n > 1)
		SAY(w, line, " between %.*s and %.*s",
		    STR(report_day(w->a, f->meetings.p[0].row.starts)),
		    STR(report_day(w->a, f->meetings.p[n - 1].row.ends)));
	else if (n == 1)
		SAY(w, line, " on %.*s",
		    STR(report_days(w->a, f->meetings.p[0].row.starts, f->meetings.p[0].row.ends)));
}

static void say_meetings(struct report_writer *w)
{
	struct report_block b = paragraph();
	say_held(w, &b.line);
	report_say(w, &b.line, w->f->meetings.n ? S(":") : S("."));
	report_put(w, &b, true);
	struct report_block l = list();
	for (size_t i = 0; i < w->f->meetings.n; i++) {
		const struct report_fact_meeting *m = &w->f->meetings.p[i];
		struct report_line *line = vec_push(w->a, &l.items);
		SAY(w, line, "%.*s: %.*s, %.*s",
		    STR(report_clean(w, m->row.title, meeting_name(w, m->row.number))),
		    STR(report_days(w->a, m->row.starts, m->row.ends)), STR(m->row.place));
		report_prove(w, line, &m->entries);
	}
	report_put(w, &l, false);
}

/* --- contributions and documents --- */

static void say_questions(struct report_writer *w)
{
	const struct report_questions_rows *q = &w->f->questions;
	bool everyone = q->n && str_is(q->p[0].audience, "all");
	struct report_block b = paragraph();
	SAY(w, &b.line,
	    "%.*s guiding %s %s put to %s:", STR(report_number_first(w->a, (int64_t)q->n)),
	    plural((int64_t)q->n, "question", "questions"), plural((int64_t)q->n, "was", "were"),
	    everyone ? "everyone, beyond the membership" : "the members");
	report_put(w, &b, true);
	struct report_block l = list();
	for (size_t i = 0; i < q->n; i++) {
		struct report_line *line = vec_push(w->a, &l.items);
		report_say(w, line,
		    report_clean(w, q->p[i].text, S("(the words are found in the record)")));
		report_prove_one(w, line, q->p[i].seq);
	}
	report_put(w, &l, false);
}

/* "37 contributions were received as inputs to the second meeting" */
static void say_inputs(
    struct report_writer *w, struct report_line *line, const struct report_fact_inputs *in)
{
	SAY(w, line, "%.*s %s %s received", STR(report_number_first(w->a, in->count)),
	    plural(in->count, "contribution", "contributions"), plural(in->count, "was", "were"));
	if (in->meeting)
		SAY(w, line, " as inputs to %.*s", STR(meeting_name(w, in->meeting)));
	report_say(w, line, S("."));
	report_prove(w, line, &in->entries);
}

static void say_contributions(struct report_writer *w)
{
	if (w->f->questions.n)
		say_questions(w);
	struct report_block b = paragraph();
	for (size_t i = 0; i < w->f->inputs.n; i++) {
		if (i > 0)
			report_say(w, &b.line, S(" "));
		say_inputs(w, &b.line, &w->f->inputs.p[i]);
	}
	if (w->f->inputs.n == 0)
		report_say(w, &b.line, S("No contribution was received."));
	report_put(w, &b, true);
	int64_t documents = (int64_t)w->f->documents.n;
	if (documents == 0)
		return;
	struct report_entries entries = {0};
	for (size_t i = 0; i < w->f->documents.n; i++)
		report_entries_add(w->a, &entries, w->f->documents.p[i].seq);
	b = paragraph();
	SAY(w, &b.line, "%.*s %s issued in the course of the work",
	    STR(report_number_first(w->a, documents)),
	    plural(documents, "document was", "documents were"));
	report_say(
	    w, &b.line, documents == 1 ? S("; annex II names it.") : S("; annex II lists them."));
	report_prove(w, &b.line, &entries);
	report_put(w, &b, true);
}

/* --- proposals --- */

/* "At the third meeting twelve contributors presented proposals" */
static void say_presented(struct report_writer *w, struct report_line *line,
    const struct report_fact_presenters *at, bool names)
{
	int64_t n = (int64_t)at->names.n;
	SAY(w, line, "At %.*s %.*s %s presented proposals", STR(meeting_name(w, at->meeting)),
	    STR(numbered(w, n)), plural(n, "contributor", "contributors"));
	if (names) {
		struct buf b = buf_in(w->a, 0);
		for (size_t i = 0; i < at->names.n; i++)
			report_join(&b, i, at->names.n, at->names.p[i]);
		SAY(w, line, ": %.*s", STR(buf_str(&b)));
	}
	report_say(w, line, S("."));
	report_prove(w, line, &at->entries);
}

static const char *became(str status, int64_t n)
{
	if (str_is(status, "open"))
		return plural(
		    n, "stands as it was last revised", "stand as they were last revised");
	if (str_is(status, "merged"))
		return plural(n, "was merged into another", "were merged into others");
	if (str_is(status, "split"))
		return plural(n, "was split", "were split");
	if (str_is(status, "withdrawn"))
		return plural(n, "was withdrawn", "were withdrawn");
	if (str_is(status, "included"))
		return plural(n, "is included in the text", "are included in the text");
	if (str_is(status, "annexed"))
		return plural(n, "is annexed", "are annexed");
	return plural(n, "is not included in the text", "are not included in the text");
}

static void say_statuses(struct report_writer *w)
{
	const struct report_fact_shares *s = &w->f->statuses;
	struct report_block b = paragraph();
	report_say(w, &b.line, S("Of these proposals, "));
	for (size_t i = 0; i < s->n; i++) {
		if (i > 0)
			report_say(w, &b.line, i + 1 == s->n ? S(" and ") : S(", "));
		SAY(w, &b.line, "%.*s %s", STR(numbered(w, s->p[i].count)),
		    became(s->p[i].name, s->p[i].count));
		report_prove(w, &b.line, &s->p[i].entries);
	}
	report_say(w, &b.line, S("."));
	report_put(w, &b, true);
}

static void say_proposals(struct report_writer *w)
{
	int64_t n = (int64_t)w->f->proposals.n;
	struct report_block b = paragraph();
	SAY(w, &b.line, "The record holds %.*s %s", STR(numbered(w, n)),
	    plural(n, "proposal", "proposals"));
	if (n == 0) {
		report_say(w, &b.line, S("."));
		report_put(w, &b, true);
		return;
	}
	SAY(w, &b.line, " in %.*s %s; annex III gives their full text:",
	    STR(numbered(w, (int64_t)w->f->sections.n)),
	    plural((int64_t)w->f->sections.n, "section", "sections"));
	report_put(w, &b, true);
	struct report_block l = list();
	for (size_t i = 0; i < w->f->sections.n; i++) {
		const struct report_fact_share *s = &w->f->sections.p[i];
		struct report_line *line = vec_push(w->a, &l.items);
		SAY(w, line, "%.*s: %.*s", STR(report_clean(w, s->name, S("(name in the record)"))),
		    STR(numbered(w, s->count)));
		report_prove(w, line, &s->entries);
	}
	report_put(w, &l, false);
	for (size_t i = 0; i < w->f->presented.n; i++) {
		b = paragraph();
		say_presented(w, &b.line, &w->f->presented.p[i], true);
		report_put(w, &b, true);
	}
	say_statuses(w);
}

/* --- outcome --- */

static void say_decision(struct report_writer *w, struct report_line *line)
{
	const struct report_last_row *r = &w->f->report;
	if (!w->f->has_report || r->decided_seq == INT64_MIN) {
		report_say(w, line, S("The Group has not decided on its report yet."));
		return;
	}
	if (r->decided_meeting != INT64_MIN)
		SAY(w, line, "At %.*s the Group", STR(meeting_name(w, r->decided_meeting)));
	else
		report_say(w, line, S("The Group"));
	report_say(w, line,
	    w->d->no_agreement
	        ? S(" reached no agreement. The outcome of its work is: no recommendations")
	        : S(" adopted this report"));
	report_say(w, line, S("."));
	report_prove_one(w, line, r->decided_seq);
}

static void say_outcome(struct report_writer *w)
{
	const struct report_last_row *r = &w->f->report;
	struct report_block b = paragraph();
	say_decision(w, &b.line);
	report_put(w, &b, true);
	if (w->f->has_report && r->decided_seq != INT64_MIN && r->words.n) {
		struct report_block q = {.kind = REPORT_QUOTE, .fact = true};
		report_say(w, &q.line,
		    report_clean(w, r->words, S("(The words are found in the record.)")));
		report_prove_one(w, &q.line, r->decided_seq);
		q.source = S("The Chair");
		report_put(w, &q, false);
	}
	if (!w->d->issued)
		return;
	b = paragraph();
	report_say(w, &b.line, w->d->statement);
	report_prove_one(w, &b.line, r->issued_seq);
	report_put(w, &b, true);
}

/* --- where everything is found --- */

static str record_kind(str kind)
{
	if (str_is(kind, "verbatim"))
		return S("Verbatim record");
	if (str_is(kind, "summary"))
		return S("Summary record");
	return str_is(kind, "recording") ? S("Recording") : S("Transcript");
}

/* The address of a record: what was given, or that of the document. */
static void say_place(
    struct report_writer *w, struct report_line *line, const struct report_transcripts_row *t)
{
	struct report_span *s;
	url to;
	if (t->url.n && url_external(w->a, t->url, &to)) {
		s = report_say(w, line, t->url);
		s->linked = true;
		s->to = to;
		return;
	}
	for (size_t i = 0; i < w->f->documents.n; i++) {
		const struct report_documents_row *d = &w->f->documents.p[i];
		if (d->number != t->document)
			continue;
		s = report_say(w, line, d->symbol);
		s->linked = true;
		s->to =
		    URL(w->a, S("g"), w->g->slug, S("documents"), document_slug(w->a, d->symbol));
		return;
	}
	report_say(w, line, S("in the record"));
}

static void say_transcripts(struct report_writer *w)
{
	struct report_block b = paragraph();
	report_say(w, &b.line,
	    w->f->transcripts.n
	        ? S("The records of the meetings, such as transcripts, are found at:")
	        : S("No transcript has been published."));
	report_put(w, &b, true);
	struct report_block l = list();
	for (size_t i = 0; i < w->f->transcripts.n; i++) {
		const struct report_transcripts_row *t = &w->f->transcripts.p[i];
		struct report_line *line = vec_push(w->a, &l.items);
		SAY(w, line, "%.*s of %.*s", STR(record_kind(t->kind)),
		    STR(meeting_name(w, t->meeting)));
		if (t->sitting != INT64_MIN)
			SAY(w, line, ", sitting %lld", (long long)t->sitting);
		report_say(w, line, S(": "));
		say_place(w, line, t);
		report_prove_one(w, line, t->seq);
	}
	report_put(w, &l, false);
}

static void say_address(
    struct report_writer *w, struct report_line *line, const char *words, const char *piece)
{
	report_say(w, line, str_of(words));
	struct report_span *s = report_say(w, line, report_address(w, piece));
	s->linked = true;
	s->to = URL(w->a, S("g"), w->g->slug, str_of(piece));
}

static void say_record(struct report_writer *w)
{
	struct report_block b = paragraph();
	say_address(w, &b.line, "The full text of all proposals, with every version, is found at ",
	    "proposals");
	say_address(w, &b.line, ", the contributions at ", "contributions");
	say_address(
	    w, &b.line, ", and the record of every act, which anyone can verify, at ", "record");
	report_say(w, &b.line, S("."));
	report_put(w, &b, true);
	say_transcripts(w);
}

/* --- the summary: the same facts, shorter --- */

static void say_summary(struct report_writer *w)
{
	const struct report_facts *f = w->f;
	struct report_block b = paragraph();
	if (f->mandates.n) {
		SAY(w, &b.line, "The work rests on %.*s. ",
		    STR(mandate_name(w, &f->mandates.p[0])));
	}
	say_counts(w, &b.line);
	report_say(w, &b.line, S(". "));
	say_held(w, &b.line);
	report_say(w, &b.line, S("."));
	report_put(w, &b, false);
	b = paragraph();
	if (f->questions.n)
		SAY(w, &b.line, "The Group asked %.*s %s. ",
		    STR(numbered(w, (int64_t)f->questions.n)),
		    plural((int64_t)f->questions.n, "question", "questions"));
	for (size_t i = 0; i < f->inputs.n; i++) {
		say_inputs(w, &b.line, &f->inputs.p[i]);
		report_say(w, &b.line, S(" "));
	}
	for (size_t i = 0; i < f->presented.n; i++) {
		say_presented(w, &b.line, &f->presented.p[i], false);
		report_say(w, &b.line, S(" "));
	}
	report_put(w, &b, false);
	b = paragraph();
	say_decision(w, &b.line);
	if (w->d->issued)
		SAY(w, &b.line, " %.*s", STR(w->d->statement));
	report_put(w, &b, false);
}

void report_say_facts(struct report_writer *w, enum report_fact fact)
{
	switch (fact) {
	case REPORT_FACT_SUMMARY:
		say_summary(w);
		return;
	case REPORT_FACT_MANDATE:
		say_mandate(w);
		return;
	case REPORT_FACT_COMPOSITION:
		say_composition(w);
		return;
	case REPORT_FACT_MEETINGS:
		say_meetings(w);
		return;
	case REPORT_FACT_CONTRIBUTIONS:
		say_contributions(w);
		return;
	case REPORT_FACT_PROPOSALS:
		say_proposals(w);
		return;
	case REPORT_FACT_OUTCOME:
		say_outcome(w);
		return;
	case REPORT_FACT_RECORD:
		say_record(w);
		return;
	case REPORT_FACT_NONE:
	case REPORT_FACTS:
		return;
	}
}
