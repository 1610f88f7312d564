/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/methods/methods_pages.h"

#include "engine/page.h"
#include "engine/room.h"
#include "methods_page.html.h"
#include "methods_view.sql.h"
#include "rooms/methods/methods.h"
#include "rooms/methods/methods_words.h"

#include "base/poison.h"

static struct methods_time time_of(const struct page *p, usec t)
{
	struct buf iso = buf_in(p->arena, 0);
	when_write(&iso, t);
	return (struct methods_time){page_date(p, t), buf_str(&iso)};
}

/* A draft that an adopted version has passed by is no longer before the group. */
static bool passed_by(const struct methods_list_rows *rows, const struct methods_list_row *row)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->p[i].adopted != INT64_MIN && rows->p[i].number > row->number)
			return true;
	return false;
}

static str state_label(
    const struct page *p, const struct methods_list_rows *rows, const struct methods_list_row *row)
{
	if (str_is(row->state, "adopted"))
		return page_t(p, "In force");
	if (!str_is(row->state, "draft"))
		return page_t(p, "Superseded");
	return passed_by(rows, row) ? page_t(p, "Not adopted") : page_t(p, "Draft");
}

static enum rc fill_text(struct page *p, struct methods_card *c, struct err *err)
{
	struct methods_paragraphs_rows rows = {0};
	TRY(methods_paragraphs(p->db, p->arena, p->group.id, c->number, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &c->text) = rows.p[i].text;
	return OK;
}

/* The version that `row` took the place of. */
static const struct methods_list_row *before(
    const struct methods_list_rows *rows, const struct methods_list_row *row)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->p[i].superseded_by == row->number)
			return &rows->p[i];
	return NULL;
}

/* Which settings are other than in the version before. */
static void compare(struct page *p, struct methods_card *c, const struct methods_list_row *earlier)
{
	struct methods_setting old[METHODS_SETTINGS];
	methods_words(p, earlier, old);
	c->before = earlier->number;
	for (size_t i = 0; i < METHODS_SETTINGS; i++)
		if (!str_eq(old[i].value, c->settings.p[i].value)) {
			c->settings.p[i].before = old[i].value;
			c->changed++;
		}
}

static enum rc fill_card(struct page *p, const struct methods_list_rows *rows,
    const struct methods_list_row *row, struct methods_card *c, struct err *err)
{
	*c = (struct methods_card){
	    .number = row->number,
	    .title = row->title,
	    .state = str_is(row->state, "draft") && passed_by(rows, row) ? S("closed") : row->state,
	    .state_label = state_label(p, rows, row),
	    .practice = methods_practice(p, row->preset),
	    .drafted = time_of(p, row->drafted),
	    .draft_record = page_record_url(p, row->draft_seq),
	    .meeting = row->meeting,
	    .words = row->words,
	    .after = row->superseded_by == INT64_MIN ? 0 : row->superseded_by,
	    .settings.n = METHODS_SETTINGS,
	};
	if (row->adopted != INT64_MIN) {
		c->adopted = time_of(p, row->adopted);
		c->adopted_record = page_record_url(p, row->adopted_seq);
	}
	if (row->meeting != INT64_MIN)
		c->meeting_link = page_url(p, S("meetings"), page_i64(p, row->meeting));
	if (str_is(row->state, "draft") && page_may_do(p, "methods.adopt"))
		c->adopt = page_do_url(p, "methods.adopt", "number", row->number);
	methods_words(p, row, c->settings.p);
	const struct methods_list_row *earlier = before(rows, row);
	if (earlier)
		compare(p, c, earlier);
	return fill_text(p, c, err);
}

/* What applies before the group has adopted anything. */
static void fill_default(struct page *p, struct methods_card *c)
{
	const struct methods_settings *s = methods_preset_settings(METHODS_UN_CONSENSUS);
	struct methods_list_row row = {
	    .preset = S("un_consensus"),
	    .quorum_percent = s->quorum_percent,
	    .may_propose = S("members"),
	    .may_amend = S("members"),
	    .may_break_silence = S("members"),
	    .silence_hours = s->silence_hours,
	    .readings = s->readings,
	    .deadline_days = s->deadline_days,
	    .speaking_minutes = s->speaking_minutes,
	    .rights_of_reply = s->rights_of_reply,
	    .reply_minutes = s->reply_minutes,
	    .second_reply_minutes = s->second_reply_minutes,
	    .correction_days = s->correction_days,
	    .observers_speak = S("after_members"),
	    .informals_public = s->informals_public,
	    .list_non_consensus = s->list_non_consensus,
	    .languages = S("ar en es fr ru zh"),
	};
	c->practice = methods_practice(p, row.preset);
	c->settings.n = METHODS_SETTINGS;
	methods_words(p, &row, c->settings.p);
}

static enum rc page_methods(struct page *p, struct err *err)
{
	struct methods_page v = {0};
	struct methods_list_rows rows = {0};
	TRY(methods_list(p->db, p->arena, p->group.id, &rows, err));
	page_fact(p, "versions", methods_list_rows_json(p->arena, &rows));
	fill_default(p, &v.in_force);
	for (size_t i = 0; i < rows.n; i++) {
		bool in_force = str_is(rows.p[i].state, "adopted");
		struct methods_card *c = in_force ? &v.in_force : vec_push(p->arena, &v.others);
		TRY(fill_card(p, &rows, &rows.p[i], c, err));
		v.adopted |= in_force;
	}
	if (page_may_do(p, "methods.draft"))
		v.draft = page_do_url(p, "methods.draft", NULL, 0);
	page_title(p, page_t(p, "Methods of work"));
	p->description =
	    page_t(p, "How the group works: what it adopted, and the settings that follow.");
	methods_page(&p->out, &v);
	return OK;
}

static enum rc list_versions(struct page *p, struct form_options *out, struct err *err)
{
	struct methods_list_rows rows = {0};
	TRY(methods_list(p->db, p->arena, p->group.id, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		if (str_is(rows.p[i].state, "draft"))
			form_option_add(p, out, page_i64(p, rows.p[i].number),
			    arena_printf(p->arena, "%lld. %.*s", (long long)rows.p[i].number,
			        STR(rows.p[i].title)));
	return OK;
}

static const struct route routes[] = {
    {"/g/{group}/methods", ROLE_PUBLIC, page_methods, "Methods of work"},
};

static const struct option_source options[] = {{"methods", list_versions}};

const struct room_pages methods_pages = {
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .options = options,
    .options_n = sizeof options / sizeof options[0],
};
