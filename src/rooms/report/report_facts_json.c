/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The facts as JSON: what `comity report --facts` prints and the page states. */
#include "rooms/report/report_facts.h"

#include "base/when.h"

#include "base/poison.h"

static void put_entries(struct arena *a, struct json *o, const struct report_entries *e)
{
	struct json *list = json_put(o, S("entries"), json_new_array(a));
	for (size_t i = 0; i < e->n; i++)
		json_add(list, json_of_i64(a, e->p[i]));
}

static void put_entry(struct arena *a, struct json *o, int64_t seq)
{
	json_add(json_put(o, S("entries"), json_new_array(a)), json_of_i64(a, seq));
}

static void put_day(struct arena *a, struct json *o, str name, usec day)
{
	json_put_str(a, o, name, when_date(a, day));
}

static struct json *put_count(
    struct arena *a, struct json *o, str name, const struct report_fact_count *c)
{
	struct json *made = json_put(o, name, json_new_object(a));
	json_put_i64(a, made, S("count"), c->count);
	put_entries(a, made, &c->entries);
	return made;
}

static struct json *add_object(struct arena *a, struct json *list)
{
	return json_add(list, json_new_object(a));
}

static void put_mandates(struct arena *a, struct json *o, const struct report_facts *f)
{
	struct json *list = json_put(o, S("mandates"), json_new_array(a));
	for (size_t i = 0; i < f->mandates.n; i++) {
		const struct report_fact_mandate *m = &f->mandates.p[i];
		struct json *x = add_object(a, list);
		json_put_str(a, x, S("symbol"), m->row.symbol);
		json_put_str(a, x, S("title"), m->row.title);
		json_put_str(a, x, S("parent_body"), m->row.parent_body);
		put_day(a, x, S("date"), m->row.day);
		if (m->row.session.n)
			json_put_str(a, x, S("report_back_session"), m->row.session);
		if (m->row.due != INT64_MIN)
			put_day(a, x, S("report_back_date"), m->row.due);
		struct json *paragraphs = json_put(x, S("paragraphs"), json_new_array(a));
		for (size_t k = 0; k < m->paragraphs.n; k++)
			json_add(paragraphs, json_of_str(a, m->paragraphs.p[k].paragraph));
		put_entries(a, x, &m->entries);
	}
}

static void put_meetings(struct arena *a, struct json *o, const struct report_facts *f)
{
	struct json *list = json_put(o, S("meetings"), json_new_array(a));
	for (size_t i = 0; i < f->meetings.n; i++) {
		const struct report_fact_meeting *m = &f->meetings.p[i];
		struct json *x = add_object(a, list);
		json_put_i64(a, x, S("number"), m->row.number);
		json_put_str(a, x, S("title"), m->row.title);
		json_put_str(a, x, S("place"), m->row.place);
		put_day(a, x, S("starts"), m->row.starts);
		put_day(a, x, S("ends"), m->row.ends);
		put_entries(a, x, &m->entries);
	}
}

static void put_members(struct arena *a, struct json *o, const struct report_facts *f)
{
	for (int states = 1; states >= 0; states--) {
		struct json *members =
		    put_count(a, o, states ? S("member_states") : S("other_members"),
		        states ? &f->member_states : &f->other_members);
		struct json *list = json_put(members, S("constituencies"), json_new_array(a));
		for (size_t i = 0; i < f->constituencies.n; i++) {
			const struct report_fact_constituency *c = &f->constituencies.p[i];
			if (c->states != (states == 1))
				continue;
			struct json *x = add_object(a, list);
			json_put_str(a, x, S("code"), c->code);
			json_put_str(a, x, S("name"), c->name);
			json_put_i64(a, x, S("count"), (int64_t)c->delegations.n);
			put_entries(a, x, &c->entries);
		}
	}
}

static void put_questions(struct arena *a, struct json *o, const struct report_facts *f)
{
	struct report_fact_count all = {.count = (int64_t)f->questions.n};
	for (size_t i = 0; i < f->questions.n; i++)
		report_entries_add(a, &all.entries, f->questions.p[i].seq);
	struct json *questions = put_count(a, o, S("questions"), &all);
	struct json *list = json_put(questions, S("list"), json_new_array(a));
	for (size_t i = 0; i < f->questions.n; i++) {
		const struct report_questions_row *q = &f->questions.p[i];
		struct json *x = add_object(a, list);
		json_put_i64(a, x, S("call"), q->call);
		json_put_i64(a, x, S("number"), q->question);
		json_put_str(a, x, S("text"), q->text);
		put_entry(a, x, q->seq);
	}
}

static void put_contributions(struct arena *a, struct json *o, const struct report_facts *f)
{
	struct json *all = put_count(a, o, S("contributions"), &f->contributions);
	struct json *list = json_put(all, S("inputs"), json_new_array(a));
	for (size_t i = 0; i < f->inputs.n; i++) {
		struct json *x = add_object(a, list);
		if (f->inputs.p[i].meeting)
			json_put_i64(a, x, S("meeting"), f->inputs.p[i].meeting);
		json_put_i64(a, x, S("count"), f->inputs.p[i].count);
		put_entries(a, x, &f->inputs.p[i].entries);
	}
}

static void put_presenters(struct arena *a, struct json *o, const struct report_facts *f)
{
	struct json *all = put_count(a, o, S("presenters"), &f->presenters);
	struct json *list = json_put(all, S("meetings"), json_new_array(a));
	for (size_t i = 0; i < f->presented.n; i++) {
		const struct report_fact_presenters *at = &f->presented.p[i];
		struct json *x = add_object(a, list);
		json_put_i64(a, x, S("meeting"), at->meeting);
		json_put_i64(a, x, S("count"), (int64_t)at->names.n);
		struct json *names = json_put(x, S("names"), json_new_array(a));
		for (size_t k = 0; k < at->names.n; k++)
			json_add(names, json_of_str(a, at->names.p[k]));
		put_entries(a, x, &at->entries);
	}
}

static void put_documents(struct arena *a, struct json *o, const struct report_facts *f)
{
	struct json *list = json_put(o, S("documents"), json_new_array(a));
	for (size_t i = 0; i < f->documents.n; i++) {
		const struct report_documents_row *d = &f->documents.p[i];
		struct json *x = add_object(a, list);
		json_put_str(a, x, S("symbol"), d->symbol);
		json_put_str(a, x, S("kind"), d->kind);
		json_put_str(a, x, S("title"), d->title);
		if (d->meeting != INT64_MIN)
			json_put_i64(a, x, S("meeting"), d->meeting);
		put_entry(a, x, d->seq);
	}
}

static void put_shares(
    struct arena *a, struct json *o, str name, str by, const struct report_fact_shares *shares)
{
	struct json *list = json_put(o, name, json_new_array(a));
	for (size_t i = 0; i < shares->n; i++) {
		struct json *x = add_object(a, list);
		json_put_str(a, x, by, shares->p[i].name);
		json_put_i64(a, x, S("count"), shares->p[i].count);
		put_entries(a, x, &shares->p[i].entries);
	}
}

static void put_proposals(struct arena *a, struct json *o, const struct report_facts *f)
{
	struct report_fact_count all = {.count = (int64_t)f->proposals.n};
	for (size_t i = 0; i < f->proposals.n; i++)
		report_entries_add(a, &all.entries, f->proposals.p[i].seq);
	struct json *proposals = put_count(a, o, S("proposals"), &all);
	put_shares(a, proposals, S("sections"), S("section"), &f->sections);
	put_shares(a, proposals, S("statuses"), S("status"), &f->statuses);
}

static void put_transcripts(struct arena *a, struct json *o, const struct report_facts *f)
{
	struct json *list = json_put(o, S("transcripts"), json_new_array(a));
	for (size_t i = 0; i < f->transcripts.n; i++) {
		const struct report_transcripts_row *t = &f->transcripts.p[i];
		struct json *x = add_object(a, list);
		json_put_i64(a, x, S("meeting"), t->meeting);
		if (t->sitting != INT64_MIN)
			json_put_i64(a, x, S("sitting"), t->sitting);
		json_put_str(a, x, S("kind"), t->kind);
		if (t->url.n)
			json_put_str(a, x, S("url"), t->url);
		if (t->document != INT64_MIN)
			json_put_i64(a, x, S("document"), t->document);
		put_entry(a, x, t->seq);
	}
}

static void put_outcome(struct arena *a, struct json *o, const struct report_facts *f)
{
	const struct report_last_row *r = &f->report;
	struct json *x = json_put(o, S("outcome"), json_new_object(a));
	struct report_entries entries = {0};
	bool decided = f->has_report && r->decided_seq != INT64_MIN;
	json_put_str(a, x, S("value"), decided ? r->outcome : S("undecided"));
	json_put_str(a, x, S("says"), decided ? report_outcome_says(r) : STR_EMPTY);
	if (decided) {
		report_entries_add(a, &entries, r->decided_seq);
		json_put_str(a, x, S("words"), r->words);
		if (r->decided_meeting != INT64_MIN)
			json_put_i64(a, x, S("meeting"), r->decided_meeting);
	}
	if (f->has_report && r->issued_seq != INT64_MIN) {
		report_entries_add(a, &entries, r->issued_seq);
		json_put_str(a, x, S("responsibility"), r->responsibility);
		json_put_str(a, x, S("symbol"), r->symbol);
	}
	put_entries(a, x, &entries);
}

struct json *report_facts_json(struct arena *a, const struct report_facts *f)
{
	struct json *o = json_new_object(a);
	put_mandates(a, o, f);
	put_meetings(a, o, f);
	put_members(a, o, f);
	put_questions(a, o, f);
	put_contributions(a, o, f);
	put_presenters(a, o, f);
	put_documents(a, o, f);
	put_proposals(a, o, f);
	put_transcripts(a, o, f);
	put_outcome(a, o, f);
	return o;
}
