/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/mandate/mandate_pages.h"

#include "engine/page.h"
#include "engine/room.h"
#include "mandate_page.html.h"
#include "mandate_view.sql.h"

#include "base/poison.h"

static struct mandate_day day_of(const struct page *p, usec t)
{
	return (struct mandate_day){page_date(p, t), when_date(p->arena, t)};
}

static str state_label(const struct page *p, str state)
{
	if (str_is(state, "in_force"))
		return page_t(p, "In force");
	if (str_is(state, "reported"))
		return page_t(p, "Reported");
	if (str_is(state, "discharged"))
		return page_t(p, "Discharged");
	if (str_is(state, "extended"))
		return page_t(p, "Extended");
	return page_t(p, "Noted");
}

/* The address of a form, or empty when the viewer may not give the command. */
static url deed(struct page *p, const char *command, const char *field, int64_t value)
{
	return page_may_do(p, command) ? page_do_url(p, command, field, value) : (url){STR_EMPTY};
}

static struct mandate_card card_of(struct page *p, const struct mandate_list_row *row)
{
	struct mandate_card c = {
	    .number = row->number,
	    .parent_body = row->parent_body,
	    .symbol = row->symbol,
	    .title = row->title,
	    .date = day_of(p, row->date),
	    .session = row->report_back_session,
	    .state = row->state,
	    .state_label = state_label(p, row->state),
	    .record = page_record_url(p, row->seq),
	    .change = deed(p, "mandate.state", "mandate", row->number),
	};
	if (!str_is(row->state, "discharged"))
		c.quote = deed(p, "mandate.quote", "mandate", row->number);
	if (row->report_back_date != INT64_MIN)
		c.due = day_of(p, row->report_back_date);
	if (row->url.n && !url_external(p->arena, row->url, &c.published))
		c.published = (url){STR_EMPTY};
	return c;
}

static struct mandate_card *card_at(struct mandate_page *v, int64_t number)
{
	for (size_t i = 0; i < v->mandates.n; i++)
		if (v->mandates.p[i].number == number)
			return &v->mandates.p[i];
	return NULL;
}

static enum rc fill_mandates(struct page *p, struct mandate_page *v, struct err *err)
{
	struct mandate_list_rows rows = {0};
	struct mandate_steps_rows steps = {0};
	TRY(mandate_list(p->db, p->arena, p->group.id, &rows, err));
	TRY(mandate_steps(p->db, p->arena, p->group.id, &steps, err));
	page_fact(p, "mandates", mandate_list_rows_json(p->arena, &rows));
	page_fact(p, "steps", mandate_steps_rows_json(p->arena, &steps));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->mandates) = card_of(p, &rows.p[i]);
	for (size_t i = 0; i < steps.n; i++) {
		struct mandate_card *c = card_at(v, steps.p[i].mandate);
		if (c)
			*vec_push(p->arena, &c->steps) = (struct mandate_step){
			    .label = state_label(p, steps.p[i].state),
			    .reason = steps.p[i].reason,
			    .day = day_of(p, steps.p[i].time),
			    .record = page_record_url(p, steps.p[i].seq),
			};
	}
	return OK;
}

/* A paragraph that is quoted in several languages is still one demand of the parent body. */
static bool seen_before(const struct mandate_paragraphs_rows *rows, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (rows->p[i].mandate == rows->p[at].mandate &&
		    str_eq_nocase(rows->p[i].paragraph, rows->p[at].paragraph))
			return true;
	return false;
}

static enum rc fill_quotes(struct page *p, struct mandate_page *v, struct err *err)
{
	struct mandate_paragraphs_rows rows = {0};
	struct mandate_answers_rows answers = {0};
	TRY(mandate_paragraphs(p->db, p->arena, p->group.id, &rows, err));
	TRY(mandate_answers(p->db, p->arena, p->group.id, &answers, err));
	page_fact(p, "paragraphs", mandate_paragraphs_rows_json(p->arena, &rows));
	page_fact(p, "answers", mandate_answers_rows_json(p->arena, &answers));
	for (size_t i = 0; i < rows.n; i++) {
		const struct mandate_paragraphs_row *row = &rows.p[i];
		struct mandate_card *c = card_at(v, row->mandate);
		if (!c)
			continue;
		struct mandate_quote *q = vec_push(p->arena, &c->quotes);
		*q = (struct mandate_quote){
		    .number = row->number,
		    .paragraph = row->paragraph,
		    .text = row->text,
		    .lang = row->lang,
		    .record = page_record_url(p, row->seq),
		};
		for (size_t k = 0; k < answers.n; k++)
			if (answers.p[k].number == row->number)
				*vec_push(p->arena, &q->answers) = (struct mandate_answer){
				    .number = row->number,
				    .heading = answers.p[k].heading,
				    .to = url_fragment(
				        p->arena, page_url(p, S("report")), S("outline")),
				    .record = page_record_url(p, answers.p[k].seq),
				};
		if (!seen_before(&rows, i)) {
			v->quoted++;
			v->covered += row->covered > 0;
		}
	}
	return OK;
}

static enum rc fill_line(struct page *p, struct mandate_page *v, struct err *err)
{
	struct mandate_line_rows rows = {0};
	TRY(mandate_line(p->db, p->arena, p->group.id, &rows, err));
	page_fact(p, "reporting_line", mandate_line_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->bodies) = rows.p[i].body;
	if (rows.n)
		v->line_record = page_record_url(p, rows.p[0].seq);
	return OK;
}

static enum rc page_mandate(struct page *p, struct err *err)
{
	struct mandate_page v = {
	    .record_mandate = deed(p, "mandate.record", NULL, 0),
	    .set_line = deed(p, "mandate.line", NULL, 0),
	};
	TRY(fill_mandates(p, &v, err));
	TRY(fill_quotes(p, &v, err));
	TRY(fill_line(p, &v, err));
	page_title(p, page_t(p, "Mandate"));
	p->description =
	    page_t(p, "What the group was asked to do, by whom, and when it must report back.");
	mandate_page(&p->out, &v);
	return OK;
}

static enum rc list_mandates(struct page *p, struct form_options *out, struct err *err)
{
	struct mandate_list_rows rows = {0};
	TRY(mandate_list(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		form_option_add(p, out, page_i64(p, rows.p[i].number), rows.p[i].symbol);
	return OK;
}

static enum rc list_paragraphs(struct page *p, struct form_options *out, struct err *err)
{
	struct mandate_paragraphs_rows rows = {0};
	TRY(mandate_paragraphs(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		form_option_add(p, out, page_i64(p, rows.p[i].number),
		    arena_printf(p->arena, "%.*s, %.*s (%.*s)", STR(rows.p[i].symbol),
		        STR(rows.p[i].paragraph), STR(rows.p[i].lang)));
	return OK;
}

static const struct route routes[] = {
    {"/g/{group}/mandate", ROLE_PUBLIC, page_mandate, "Mandate"},
};

static const struct option_source options[] = {
    {"mandate", list_mandates},
    {"mandate_paragraph", list_paragraphs},
};

const struct room_pages mandate_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = options,
    .options_n = sizeof options / sizeof options[0],
};
