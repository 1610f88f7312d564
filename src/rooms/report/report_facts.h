/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * report_facts: what the record says about the group, each fact with the entries that prove it.
 *
 * The report writes these facts itself; nobody types them. They are read from the views as the
 * record stood at one entry, so that an issued report goes on saying what it said when it was
 * issued. Threads: any, with its own connection. Everything is in arena.
 */
#ifndef ROOMS_REPORT_REPORT_FACTS_H
#define ROOMS_REPORT_REPORT_FACTS_H

#include "base/json.h"
#include "base/vec.h"
#include "proposal_view.sql.h"
#include "report_view.sql.h"

/* The record as it is now. */
#define REPORT_NOW INT64_MAX

/* Sequence numbers of entries, ascending, each once. */
struct report_entries {
	int64_t *p;
	size_t n;
	size_t cap;
};

struct report_fact_mandate {
	struct report_mandates_row row;
	VEC(struct report_paragraphs_row) paragraphs;
	struct report_entries entries;
};

struct report_fact_meeting {
	struct report_meetings_row row;
	struct report_entries entries;
};

/* The filled seats of one constituency. */
struct report_fact_constituency {
	str code;
	str name;
	bool states;
	VEC(str) delegations;
	struct report_entries entries;
};

struct report_fact_count {
	int64_t count;
	struct report_entries entries;
};

/* Contributions that were inputs to one meeting (0: to none in particular). */
struct report_fact_inputs {
	int64_t meeting;
	int64_t count;
	struct report_entries entries;
};

/* Who presented proposals at one meeting. */
struct report_fact_presenters {
	int64_t meeting;
	VEC(str) names;
	struct report_entries entries;
};

/* The proposals of one section, or of one status. */
struct report_fact_share {
	str name;
	int64_t count;
	struct report_entries entries;
};

struct report_fact_shares {
	struct report_fact_share *p;
	size_t n;
	size_t cap;
};

struct report_facts {
	VEC(struct report_fact_mandate) mandates;
	VEC(struct report_fact_meeting) meetings;
	struct report_fact_count member_states;
	struct report_fact_count other_members;
	VEC(struct report_fact_constituency) constituencies;
	struct report_questions_rows questions;
	struct report_fact_count contributions;
	VEC(struct report_fact_inputs) inputs;
	struct report_fact_count presenters; /* different ones, at all meetings */
	VEC(struct report_fact_presenters) presented;
	struct report_documents_rows documents;
	struct proposal_full_rows proposals;
	struct report_fact_shares sections;
	struct report_fact_shares statuses;
	struct report_transcripts_rows transcripts;
	bool has_report;
	struct report_last_row report; /* when has_report */
};

/* Reads everything as the record stood after entry `upto`. FAULT, BUSY. */
enum rc report_facts_read_upto(struct db *db, struct arena *a, int64_t grp, int64_t upto,
    struct report_facts *out, struct err *err) MUST_USE;
/* The same as it stands now. */
enum rc report_facts_read(struct db *db, struct arena *a, int64_t grp, struct report_facts *out,
    struct err *err) MUST_USE;

/* "no recommendations", "adopted" or "" while nothing is decided. */
str report_outcome_says(const struct report_last_row *r);

/* Adds an entry in its place, unless it is there. */
void report_entries_add(struct arena *a, struct report_entries *e, int64_t seq);

/* The object that --facts prints and the page states. */
struct json *report_facts_json(struct arena *a, const struct report_facts *f);

#endif
