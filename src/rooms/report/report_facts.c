/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/report/report_facts.h"

#include "base/poison.h"

/* What the readers below share. */
struct reader {
	struct db *db;
	struct arena *a;
	int64_t grp;
	int64_t upto;
	struct report_facts *out;
};

void report_entries_add(struct arena *a, struct report_entries *e, int64_t seq)
{
	size_t at = e->n;
	while (at > 0 && e->p[at - 1] > seq)
		at--;
	if (at > 0 && e->p[at - 1] == seq)
		return;
	(void)vec_push(a, e);
	for (size_t i = e->n - 1; i > at; i--)
		e->p[i] = e->p[i - 1];
	e->p[at] = seq;
}

static enum rc read_mandates(struct reader *r, struct err *err)
{
	struct report_mandates_rows mandates = {0};
	struct report_paragraphs_rows paragraphs = {0};
	TRY(report_mandates(r->db, r->a, r->grp, r->upto, &mandates, err));
	TRY(report_paragraphs(r->db, r->a, r->grp, r->upto, &paragraphs, err));
	for (size_t i = 0; i < mandates.n; i++) {
		struct report_fact_mandate *m = vec_push(r->a, &r->out->mandates);
		m->row = mandates.p[i];
		report_entries_add(r->a, &m->entries, m->row.seq);
		for (size_t k = 0; k < paragraphs.n; k++) {
			if (paragraphs.p[k].mandate != m->row.number)
				continue;
			*vec_push(r->a, &m->paragraphs) = paragraphs.p[k];
			report_entries_add(r->a, &m->entries, paragraphs.p[k].seq);
		}
	}
	return OK;
}

static enum rc read_meetings(struct reader *r, struct err *err)
{
	struct report_meetings_rows meetings = {0};
	TRY(report_meetings(r->db, r->a, r->grp, r->upto, &meetings, err));
	for (size_t i = 0; i < meetings.n; i++) {
		struct report_fact_meeting *m = vec_push(r->a, &r->out->meetings);
		struct report_meeting_entries_rows entries = {0};
		m->row = meetings.p[i];
		TRY(report_meeting_entries(
		    r->db, r->a, r->grp, m->row.number, r->upto, &entries, err));
		for (size_t k = 0; k < entries.n; k++)
			report_entries_add(r->a, &m->entries, entries.p[k].seq);
	}
	return OK;
}

static struct report_fact_constituency *constituency(
    struct reader *r, const struct report_seats_row *seat)
{
	for (size_t i = 0; i < r->out->constituencies.n; i++)
		if (str_eq(r->out->constituencies.p[i].code, seat->code))
			return &r->out->constituencies.p[i];
	struct report_fact_constituency *c = vec_push(r->a, &r->out->constituencies);
	c->code = seat->code;
	c->name = seat->name;
	c->states = seat->states;
	report_entries_add(r->a, &c->entries, seat->constituency_seq);
	return c;
}

static enum rc read_seats(struct reader *r, struct err *err)
{
	struct report_seats_rows seats = {0};
	TRY(report_seats(r->db, r->a, r->grp, r->upto, &seats, err));
	for (size_t i = 0; i < seats.n; i++) {
		const struct report_seats_row *seat = &seats.p[i];
		struct report_fact_constituency *c = constituency(r, seat);
		struct report_fact_count *count =
		    seat->states ? &r->out->member_states : &r->out->other_members;
		*vec_push(r->a, &c->delegations) = seat->delegation;
		report_entries_add(r->a, &c->entries, seat->seq);
		count->count++;
		report_entries_add(r->a, &count->entries, seat->constituency_seq);
		report_entries_add(r->a, &count->entries, seat->seq);
	}
	return OK;
}

static struct report_fact_inputs *inputs_to(struct reader *r, int64_t meeting)
{
	for (size_t i = 0; i < r->out->inputs.n; i++)
		if (r->out->inputs.p[i].meeting == meeting)
			return &r->out->inputs.p[i];
	struct report_fact_inputs *in = vec_push(r->a, &r->out->inputs);
	in->meeting = meeting;
	return in;
}

static enum rc read_contributions(struct reader *r, struct err *err)
{
	struct report_contributions_rows rows = {0};
	TRY(report_questions(r->db, r->a, r->grp, r->upto, &r->out->questions, err));
	TRY(report_contributions(r->db, r->a, r->grp, r->upto, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct report_contributions_row *row = &rows.p[i];
		struct report_fact_inputs *in =
		    inputs_to(r, row->meeting == INT64_MIN ? 0 : row->meeting);
		in->count++;
		/* The call says that its contributions are inputs to the meeting. */
		report_entries_add(r->a, &in->entries, row->call_seq);
		report_entries_add(r->a, &in->entries, row->seq);
		r->out->contributions.count++;
		report_entries_add(r->a, &r->out->contributions.entries, row->seq);
	}
	return OK;
}

static bool named(const str *names, size_t n, str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(names[i], name))
			return true;
	return false;
}

/* Rows come by meeting, then by presenter. */
static enum rc read_presenters(struct reader *r, struct err *err)
{
	struct proposal_presenters_rows rows = {0};
	VEC(str) all = {0};
	TRY(proposal_presenters(r->db, r->a, r->grp, r->upto, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct proposal_presenters_row *row = &rows.p[i];
		struct report_facts *out = r->out;
		if (out->presented.n == 0 ||
		    out->presented.p[out->presented.n - 1].meeting != row->meeting)
			vec_push(r->a, &out->presented)->meeting = row->meeting;
		struct report_fact_presenters *at = &out->presented.p[out->presented.n - 1];
		if (!named(at->names.p, at->names.n, row->presenter))
			*vec_push(r->a, &at->names) = row->presenter;
		report_entries_add(r->a, &at->entries, row->seq);
		if (!named(all.p, all.n, row->presenter))
			*vec_push(r->a, &all) = row->presenter;
		report_entries_add(r->a, &out->presenters.entries, row->seq);
	}
	r->out->presenters.count = (int64_t)all.n;
	return OK;
}

/* Counts one more proposal of that name, with the entry that says so. */
static void count_share(struct arena *a, struct report_fact_shares *shares, str name, int64_t seq)
{
	size_t i = 0;
	while (i < shares->n && !str_eq(shares->p[i].name, name))
		i++;
	if (i == shares->n)
		vec_push(a, shares)->name = name;
	shares->p[i].count++;
	report_entries_add(a, &shares->p[i].entries, seq);
}

static enum rc read_proposals(struct reader *r, struct err *err)
{
	struct report_facts *out = r->out;
	TRY(proposal_full(r->db, r->a, r->grp, r->upto, &out->proposals, err));
	for (size_t i = 0; i < out->proposals.n; i++) {
		const struct proposal_full_row *row = &out->proposals.p[i];
		count_share(r->a, &out->sections, row->section, row->seq);
		count_share(r->a, &out->statuses, row->status, row->status_seq);
	}
	return OK;
}

enum rc report_facts_read_upto(struct db *db, struct arena *a, int64_t grp, int64_t upto,
    struct report_facts *out, struct err *err)
{
	*out = (struct report_facts){0};
	struct reader r = {db, a, grp, upto, out};
	TRY(report_last(db, a, grp, &out->report, &out->has_report, err));
	TRY(read_mandates(&r, err));
	TRY(read_meetings(&r, err));
	TRY(read_seats(&r, err));
	TRY(read_contributions(&r, err));
	TRY(read_presenters(&r, err));
	TRY(read_proposals(&r, err));
	TRY(report_documents(db, a, grp, upto, &out->documents, err));
	return report_transcripts(db, a, grp, upto, &out->transcripts, err);
}

enum rc report_facts_read(
    struct db *db, struct arena *a, int64_t grp, struct report_facts *out, struct err *err)
{
	return report_facts_read_upto(db, a, grp, REPORT_NOW, out, err);
}

str report_outcome_says(const struct report_last_row *r)
{
	if (str_is(r->outcome, "no_agreement"))
		return S("no recommendations");
	return r->outcome;
}
