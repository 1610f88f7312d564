/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/proposal/proposal_pages.h"

#include "engine/page.h"
#include "engine/room.h"
#include "rooms/compilation/compilation_pages.h"
#include "rooms/proposal/proposal.h"
#include "compilation_view.sql.h"
#include "proposal_list.html.h"
#include "proposal_one.html.h"

#include "base/poison.h"

static str status_label(const struct page *p, str status)
{
	if (str_is(status, "open"))
		return page_t(p, "Open");
	if (str_is(status, "merged"))
		return page_t(p, "Merged");
	if (str_is(status, "split"))
		return page_t(p, "Split");
	if (str_is(status, "withdrawn"))
		return page_t(p, "Withdrawn");
	if (str_is(status, "included"))
		return page_t(p, "Included");
	if (str_is(status, "annexed"))
		return page_t(p, "Annexed");
	return page_t(p, "Not included");
}

static url proposal_url(const struct page *p, int64_t number)
{
	return page_url(p, S("proposals"), page_i64(p, number));
}

/* --- the list --- */

static enum rc fill_filters(struct page *p, struct proposal_list_page *v, struct err *err)
{
	struct proposal_counts_rows counts = {0};
	struct proposal_sponsor_names_rows names = {0};
	struct filter_field *f;
	TRY(proposal_counts(p->db, p->arena, p->group.id, &counts, err));
	TRY(proposal_sponsor_names(p->db, p->arena, p->group.id, &names, err));
	v->filter = filter_of(page_url(p, S("proposals")));
	f = filter_select(p, &v->filter, "status", "Status");
	for (size_t i = 0; i < counts.n; i++) {
		const struct proposal_counts_row *c = &counts.p[i];
		v->total += c->n;
		filter_counted(p, f, c->status, status_label(p, c->status), c->n);
	}
	f = filter_select(p, &v->filter, "sponsor", "Sponsor");
	for (size_t i = 0; i < names.n; i++)
		filter_counted(p, f, names.p[i].delegation, names.p[i].delegation, names.p[i].n);
	return OK;
}

/* Rows come by section. */
static void fill_sections(
    struct page *p, struct proposal_list_page *v, const struct proposal_list_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct proposal_list_row *row = &rows->p[i];
		if (v->sections.n == 0 ||
		    !str_eq(v->sections.p[v->sections.n - 1].name, row->section))
			vec_push(p->arena, &v->sections)->name = row->section;
		struct proposal_section *s = &v->sections.p[v->sections.n - 1];
		*vec_push(p->arena, &s->items) = (struct proposal_item){
		    .number = row->number,
		    .title = row->title,
		    .lang = row->lang,
		    .sponsors = row->sponsors,
		    .status = row->status,
		    .status_label = status_label(p, row->status),
		    .revision = row->revision,
		    .to = proposal_url(p, row->number),
		};
	}
	v->shown = (int64_t)rows->n;
}

static enum rc page_list(struct page *p, struct err *err)
{
	struct proposal_list_page v = {0};
	struct proposal_list_rows rows = {0};
	str status = page_param(p, "status");
	str sponsor = page_param(p, "sponsor");
	TRY(fill_filters(p, &v, err));
	TRY(proposal_list(p->db, p->arena, p->group.id, status, sponsor, &rows, err));
	fill_sections(p, &v, &rows);
	v.links = page_url(p, S("proposals"), S("merges"));
	if (page_may_do(p, "proposal.submit"))
		*vec_push(p->arena, &v.actions) = (struct proposal_action){
		    page_t(p, "Submit a proposal"), page_do_url(p, "proposal.submit", NULL, 0)};
	if (v.total > 1 && page_may_do(p, "proposal.merge"))
		*vec_push(p->arena, &v.actions) = (struct proposal_action){
		    page_t(p, "Merge proposals"), page_do_url(p, "proposal.merge", NULL, 0)};
	page_title(p, page_t(p, "Proposals"));
	p->description = page_t(p, "The recommendations proposed to the group.");
	page_fact(p, "total", json_of_i64(p->arena, v.total));
	page_fact(p, "proposals", proposal_list_rows_json(p->arena, &rows));
	proposal_list_html(&p->out, &v);
	return OK;
}

/* --- one proposal --- */

static void split_text(struct arena *a, str text, struct proposal_version *out)
{
	while (text.n) {
		size_t end = str_find(text, S("\n\n"));
		*vec_push(a, &out->paragraphs) = str_head(text, end == SIZE_MAX ? text.n : end);
		text = end == SIZE_MAX ? STR_EMPTY : str_skip(text, end + 2);
	}
}

static void event(struct page *p, struct proposal_page *v, usec at, int64_t seq, str what)
{
	struct buf iso = buf_in(p->arena, 0);
	when_write(&iso, at);
	*vec_push(p->arena, &v->history) = (struct proposal_event){
	    .seq = seq,
	    .date = page_date(p, at),
	    .iso = buf_str(&iso),
	    .what = what,
	    .record = page_record_url(p, seq),
	};
}

url proposal_paragraph_url(struct arena *a, size_t paragraph)
{
	return url_fragment(a, (url){STR_EMPTY}, arena_printf(a, "p%zu", paragraph));
}

static enum rc fill_versions(struct page *p, struct proposal_page *v, struct err *err)
{
	struct proposal_revisions_rows rows = {0};
	TRY(proposal_revisions(p->db, p->arena, p->group.id, v->number, &rows, err));
	page_fact(p, "revisions", proposal_revisions_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct proposal_revisions_row *row = &rows.p[i];
		struct proposal_version version = {
		    .revision = row->revision,
		    .title = row->title,
		    .reason = row->reason,
		    .date = page_date(p, row->at),
		    .record = page_record_url(p, row->seq),
		};
		split_text(p->arena, row->text, &version);
		if (i == 0)
			v->current = version;
		else
			*vec_push(p->arena, &v->earlier) = version;
		if (row->revision > 1)
			event(p, v, row->at, row->seq,
			    row->reason.n ? page_say(p, "Version {0}: {1}",
			                        page_i64(p, row->revision), row->reason)
			                  : page_say(p, "Version {0}", page_i64(p, row->revision),
			                        STR_EMPTY));
	}
	return OK;
}

static enum rc fill_sponsors(struct page *p, struct proposal_page *v, struct err *err)
{
	struct proposal_sponsors_rows rows = {0};
	TRY(proposal_sponsors(p->db, p->arena, p->group.id, v->number, &rows, err));
	page_fact(p, "sponsors", proposal_sponsors_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct proposal_sponsors_row *row = &rows.p[i];
		struct proposal_sponsor_line line = {
		    .delegation = row->delegation,
		    .joined = page_date(p, row->joined),
		    .record = page_record_url(p, row->joined_seq),
		};
		event(p, v, row->joined, row->joined_seq,
		    page_say(p, "{0} became a sponsor", row->delegation, STR_EMPTY));
		if (row->left_seq != INT64_MIN) {
			line.left = page_date(p, row->left_at);
			line.left_record = page_record_url(p, row->left_seq);
			event(p, v, row->left_at, row->left_seq,
			    page_say(p, "{0} left the sponsors", row->delegation, STR_EMPTY));
		}
		*vec_push(p->arena, &v->sponsors) = line;
	}
	return OK;
}

static enum rc fill_relatives(struct page *p, struct proposal_page *v, struct err *err)
{
	struct proposal_sources_rows sources = {0};
	struct proposal_results_rows results = {0};
	TRY(proposal_sources(p->db, p->arena, p->group.id, v->number, &sources, err));
	TRY(proposal_results(p->db, p->arena, p->group.id, v->number, &results, err));
	page_fact(p, "sources", proposal_sources_rows_json(p->arena, &sources));
	page_fact(p, "results", proposal_results_rows_json(p->arena, &results));
	for (size_t i = 0; i < sources.n; i++) {
		const struct proposal_sources_row *row = &sources.p[i];
		*vec_push(p->arena, &v->sources) = (struct proposal_relative){
		    .number = row->number,
		    .title = row->title,
		    .lang = row->lang,
		    .status_label = status_label(p, row->status),
		    .to = proposal_url(p, row->number),
		    .record = page_record_url(p, row->seq),
		};
		v->rationale = row->rationale;
	}
	for (size_t i = 0; i < results.n; i++) {
		const struct proposal_results_row *row = &results.p[i];
		bool merge = str_is(row->kind, "merge");
		str number = page_i64(p, row->number);
		v->merged = row->at;
		*vec_push(p->arena, &v->results) = (struct proposal_relative){
		    .number = row->number,
		    .title = row->title,
		    .lang = row->lang,
		    .status_label = status_label(p, row->status),
		    .to = proposal_url(p, row->number),
		    .record = page_record_url(p, row->seq),
		};
		event(p, v, row->at, row->seq,
		    merge ? page_say(p, "Merged into proposal {0}", number, STR_EMPTY)
		          : page_say(p, "Split: part of it is proposal {0}", number, STR_EMPTY));
	}
	return OK;
}

static str answer_sentence(struct page *p, const struct proposal_answers_row *row)
{
	if (str_is(row->answer, "object"))
		return page_say(p, "{0} objected to the merge: the proposal lives on. {1}",
		    row->delegation, row->note);
	if (str_is(row->answer, "agree_ad_ref"))
		return page_say(
		    p, "{0} agreed to the merge ad referendum. {1}", row->delegation, row->note);
	return page_say(p, "{0} agreed to the merge. {1}", row->delegation, row->note);
}

static enum rc fill_events(struct page *p, struct proposal_page *v, struct err *err)
{
	struct proposal_presentations_rows presented = {0};
	struct proposal_answers_rows answers = {0};
	struct proposal_ends_rows ends = {0};
	TRY(proposal_presentations(p->db, p->arena, p->group.id, v->number, &presented, err));
	TRY(proposal_answers(p->db, p->arena, p->group.id, v->number, &answers, err));
	TRY(proposal_ends(p->db, p->arena, p->group.id, v->number, &ends, err));
	page_fact(p, "presented", proposal_presentations_rows_json(p->arena, &presented));
	page_fact(p, "answers", proposal_answers_rows_json(p->arena, &answers));
	page_fact(p, "dispositions", proposal_ends_rows_json(p->arena, &ends));
	for (size_t i = 0; i < presented.n; i++) {
		const struct proposal_presentations_row *row = &presented.p[i];
		*vec_push(p->arena, &v->presented) = (struct proposal_presentation){
		    .presenter = row->presenter,
		    .meeting = row->meeting,
		    .revision = row->revision,
		    .to = page_url(p, S("meetings"), page_i64(p, row->meeting)),
		    .record = page_record_url(p, row->seq),
		};
		event(p, v, row->at, row->seq,
		    page_say(p, "{0} presented it at meeting {1}", row->presenter,
		        page_i64(p, row->meeting)));
	}
	for (size_t i = 0; i < answers.n; i++)
		event(p, v, answers.p[i].at, answers.p[i].seq, answer_sentence(p, &answers.p[i]));
	for (size_t i = 0; i < ends.n; i++) {
		const struct proposal_ends_row *row = &ends.p[i];
		str why = row->paragraph.n
		              ? page_say(p, "paragraph {0}. {1}", row->paragraph, row->reason)
		              : row->reason;
		event(p, v, row->at, row->seq,
		    why.n ? page_say(p, "{0}: {1}", status_label(p, row->disposition), why)
		          : status_label(p, row->disposition));
	}
	return OK;
}

static void sort_history(struct proposal_page *v)
{
	struct proposal_event *e = v->history.p;
	for (size_t i = 1; i < v->history.n; i++)
		for (size_t k = i; k > 0 && e[k - 1].seq > e[k].seq; k--) {
			struct proposal_event swap = e[k];
			e[k] = e[k - 1];
			e[k - 1] = swap;
		}
}

static void action(struct page *p, struct proposal_page *v, const char *command, const char *label)
{
	if (page_may_do(p, command))
		*vec_push(p->arena, &v->actions) = (struct proposal_action){
		    page_t(p, label), page_do_url(p, command, "proposal", v->number)};
}

/* True if the viewer speaks for a sponsor; the secretariat does for all. */
static enum rc is_sponsor(struct page *p, int64_t number, bool *out, struct err *err)
{
	struct proposal_own_seat_row own;
	bool seated;
	int64_t n = 0;
	TRY(proposal_viewer_seat(p, &own, &seated, err));
	if (seated)
		TRY(proposal_sponsored_by(
		    p->db, p->arena, p->group.id, number, own.delegation, own.seat, &n, err));
	*out = n > 0 || page_may(p, ROLE_SECRETARIAT);
	return OK;
}

/* Sponsors change it, other members may join. */
static void open_actions(struct page *p, struct proposal_page *v, bool sponsor)
{
	if (!sponsor || page_may(p, ROLE_SECRETARIAT))
		action(p, v, "proposal.cosponsor", "Co-sponsor");
	if (sponsor)
		action(p, v, "proposal.revise", "Revise");
	action(p, v, "proposal.present", "Record a presentation");
	if (sponsor || page_may(p, ROLE_CHAIR))
		action(p, v, "proposal.split", "Split a proposal");
	if (sponsor) {
		action(p, v, "proposal.leave", "Leave the sponsors");
		action(p, v, "proposal.withdraw", "Withdraw");
	}
}

static enum rc fill_actions(struct page *p, struct proposal_page *v, struct err *err)
{
	bool sponsor;
	TRY(is_sponsor(p, v->number, &sponsor, err));
	if (str_is(v->status, "open"))
		open_actions(p, v, sponsor);
	if (str_is(v->status, "merged")) {
		if (sponsor && p->now <= v->merged + PROPOSAL_ANSWER_DAYS * USEC_DAY)
			action(p, v, "proposal.answer", "Answer the merge");
	} else if (!str_is(v->status, "split") && !str_is(v->status, "withdrawn")) {
		action(p, v, "proposal.dispose", "Say where it went");
	}
	return OK;
}

static void fill_note(struct page *p, struct proposal_page *v, bool objected)
{
	if (objected)
		v->note = page_t(p, "A sponsor objected to its merge, so it lives on beside the "
		                    "merged proposal.");
	else if (str_is(v->status, "merged"))
		v->note =
		    page_t(p, "Its text went into another proposal and stays here as it was.");
	else if (str_is(v->status, "withdrawn"))
		v->note = page_t(p, "Withdrawn; the text stays in the record.");
}

/* Whoever revises after the deadline of a compilation is told so where the new words stand. */
static enum rc fill_kept(struct page *p, struct proposal_page *v, struct err *err)
{
	struct compilation_kept_row kept;
	bool found;
	TRY(compilation_kept(p->db, p->arena, p->group.id, v->number, &kept, &found, err));
	if (!found || !str_is(v->status, "open"))
		return OK;
	v->compilation = kept.number;
	v->kept = kept.revision;
	v->compilation_to = compilation_url(p, kept.number, "");
	return OK;
}

static enum rc page_one(struct page *p, struct err *err)
{
	struct proposal_page v = {0};
	struct proposal_one_row row;
	bool found;
	TRY(page_arg_i64(p, "proposal", &v.number, err));
	TRY(proposal_one(p->db, p->arena, p->group.id, v.number, &row, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no proposal {0} in this group.",
		    page_i64(p, v.number));
	v.title = row.title;
	v.lang = row.lang;
	v.section = row.section;
	v.status = row.status;
	v.status_label = status_label(p, row.status);
	v.submitted = page_date(p, row.at);
	v.record = page_record_url(p, row.seq);
	v.all = page_url(p, S("proposals"));
	v.has_contribution = row.contribution != INT64_MIN;
	if (v.has_contribution) {
		v.contribution = row.contribution;
		v.contribution_to = page_url(p, S("contributions"), page_i64(p, row.contribution));
	}
	page_title(p, page_say(p, "Proposal {0}: {1}", page_i64(p, v.number), row.title));
	page_fact(p, "proposal", proposal_one_row_json(p->arena, &row));
	TRY(fill_versions(p, &v, err));
	TRY(fill_sponsors(p, &v, err));
	TRY(fill_relatives(p, &v, err));
	TRY(fill_events(p, &v, err));
	sort_history(&v);
	fill_note(p, &v, row.objected);
	TRY(fill_kept(p, &v, err));
	TRY(fill_actions(p, &v, err));
	proposal_page_html(&p->out, &v);
	return OK;
}

/* --- provenance --- */

/* Adds a proposal to one side of a merge or split, once. */
static void add_relative(
    struct page *p, struct proposal_relatives *side, int64_t number, str title, str lang)
{
	for (size_t i = 0; i < side->n; i++)
		if (side->p[i].number == number)
			return;
	*vec_push(p->arena, side) = (struct proposal_relative){
	    .number = number, .title = title, .lang = lang, .to = proposal_url(p, number)};
}

static void add_link(
    struct page *p, struct proposal_links_page *v, const struct proposal_links_row *row)
{
	if (v->lines.n == 0 || v->lines.p[v->lines.n - 1].seq != row->seq) {
		bool merge = str_is(row->kind, "merge");
		*vec_push(p->arena, &v->lines) = (struct proposal_link_line){
		    .seq = row->seq,
		    .how = merge ? page_t(p, "Merged") : page_t(p, "Split"),
		    .record = page_record_url(p, row->seq),
		};
	}
	struct proposal_link_line *line = &v->lines.p[v->lines.n - 1];
	add_relative(p, &line->sources, row->source, row->source_title, row->source_lang);
	add_relative(p, &line->results, row->result, row->result_title, row->result_lang);
}

static enum rc page_links(struct page *p, struct err *err)
{
	struct proposal_links_page v = {.all = page_url(p, S("proposals"))};
	struct proposal_links_rows rows = {0};
	TRY(proposal_links(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		add_link(p, &v, &rows.p[i]);
	page_title(p, page_t(p, "Merges and splits"));
	page_fact(p, "links", proposal_links_rows_json(p->arena, &rows));
	proposal_links_html(&p->out, &v);
	return OK;
}

/* All proposals, with their status: some commands are about those that are no longer open. */
static enum rc list_options(struct page *p, struct form_options *out, struct err *err)
{
	struct proposal_choices_rows rows = {0};
	TRY(proposal_choices(p->db, p->arena, p->group.id, false, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct proposal_choices_row *row = &rows.p[i];
		str number = page_i64(p, row->number);
		str label = page_say(p, "{0}. {1}", number, row->title);
		if (!str_is(row->status, "open"))
			label = page_say(p, "{0} ({1})", label, status_label(p, row->status));
		form_option_add(p, out, number, label);
	}
	return OK;
}

static const struct route routes[] = {
    {"/g/{group}/proposals", ROLE_PUBLIC, page_list, "Proposals"},
    {"/g/{group}/proposals/merges", ROLE_PUBLIC, page_links, NULL},
    {"/g/{group}/proposals/{proposal}", ROLE_PUBLIC, page_one, NULL},
};

static const struct option_source options[] = {
    {"proposal", list_options},
};

static const struct form_shape shapes[] = {
    {"proposal.submit", proposal_shape_submit},
    {"proposal.cosponsor", proposal_shape_delegation},
    {"proposal.leave", proposal_shape_delegation},
    {"proposal.answer", proposal_shape_delegation},
    {"proposal.merge", proposal_shape_merge},
    {"proposal.revise", proposal_shape_revise},
    {"proposal.split", proposal_shape_split},
};

const struct room_pages proposal_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = options,
    .options_n = sizeof options / sizeof options[0],
    .shapes = shapes,
    .shapes_n = sizeof shapes / sizeof shapes[0],
};
