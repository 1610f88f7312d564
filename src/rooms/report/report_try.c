/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/report/report_try.h"

#include <stdarg.h>

#include "rooms/rooms_list.h"

#include "base/poison.h"

static usec fixed_now(void *ctx)
{
	return *(usec *)ctx;
}

static const actor_id SEC = {.b = {1}};

static enum rc carry_out(struct report_try *t, const struct command *c, struct value *values)
{
	struct err *err = &t->err;
	struct order o = {.group = c->flags & COMMAND_SITE ? STR_EMPTY : S("wgec"),
	    .command = c,
	    .values = values,
	    .actor = SEC,
	    .extra_roles = ROLE_OFFICE | ROLE_ADMIN,
	    .expect = LOG_ANY};
	if (c->flags & COMMAND_FORMAL) {
		struct group *g;
		TRY(house_group(t->house, S("wgec"), &g, err));
		o.expect = g->n;
	}
	TRY(house_begin(t->house, err));
	enum rc rc = house_carry_out(t->house, t->a, &o, &t->out, err);
	if (rc != OK) {
		house_rollback(t->house);
		return rc;
	}
	if (!(c->flags & COMMAND_SITE) && t->out.seq < REPORT_TRY_ENTRIES)
		t->types[t->out.seq] = c->name;
	return house_commit(t->house, err);
}

enum rc report_try_act(struct report_try *t, const char *command, ...)
{
	struct inputs in = {0};
	va_list ap;
	const char *name;
	struct value *values;
	struct err *err = &t->err;
	const struct command *c = rooms_command(&comity_rooms, str_of(command), NULL);
	va_start(ap, command);
	while ((name = va_arg(ap, const char *)))
		inputs_add(t->a, &in, str_of(name), str_of(va_arg(ap, const char *)));
	va_end(ap);
	err_clear(err);
	t->now += USEC_SECOND;
	TRY(command_read(t->a, c, &in, &values, NULL, err));
	return carry_out(t, c, values);
}

static void day(struct report_try *t, int year, int month, int d)
{
	t->now = when_from_civil((struct civil){year, month, d, 12, 0, 0, 0});
}

/* --- a small group --- */

static void begin(struct report_try *t)
{
	*t = (struct report_try){.a = arena_new(0)};
	day(t, 2016, 9, 1);
	struct house_conf conf = {
	    .dir = arena_printf(t->a, "%s/house", t_tmpdir()),
	    .rooms = &comity_rooms,
	    .clock = {fixed_now, &t->now},
	    .rng = rng_from_seed(&t->seed, S("report")),
	    .create = true,
	    .host = S("example.org"),
	};
	CHECK_EQ(house_open(&conf, &t->house, &t->err), OK);
	DO("group.create", "slug", "wgec", "title", "Working Group of Nowhere");
	DO("group.found", "title", "Working Group of Nowhere", "short_title", "WGN", "place",
	    "Geneva", "zone", "UTC");
	DO("mandate.record", "parent_body", "General Assembly", "symbol", "A/RES/70/125", "title",
	    "Outcome of a review", "date", "2015-12-16", "report_back_session",
	    "the twenty-first session", "report_back_date", "2018-05-14");
	DO("mandate.quote", "mandate", "1", "paragraph", "65", "text", "We ask for a group.",
	    "lang", "en");
	DO("mandate.quote", "mandate", "1", "paragraph", "66", "text", "It reports.", "lang", "en");
}

static void seat(struct report_try *t, const char *code, const char *delegation, const char *number)
{
	DO("members.nominate", "constituency", code, "delegation", delegation);
	DO("members.assess", "nomination", number, "verdict", "eligible");
	DO("members.endorse", "nomination", number);
	DO("members.take_seat", "seat", number);
}

/* Seats 1 and 2 are of States; seat 2 is vacated and filled again; seat 3 is another's. */
static void compose(struct report_try *t)
{
	DO("members.constituency", "code", "STATES", "name", "Member States", "quota", "2", "route",
	    "appointed", "states", "1");
	DO("members.constituency", "code", "CIVIL", "name", "Civil society", "quota", "1", "route",
	    "focal_point");
	seat(t, "STATES", "Kenya", "1");
	seat(t, "STATES", "Peru", "2");
	seat(t, "CIVIL", "Society of Nowhere", "3");
	DO("members.vacate", "seat", "2", "reason", "Left.");
	DO("members.nominate", "constituency", "STATES", "delegation", "Chile");
	DO("members.assess", "nomination", "4", "verdict", "eligible");
	DO("members.endorse", "nomination", "4");
	DO("members.take_seat", "seat", "2");
}

static void meet(struct report_try *t, const char *title, const char *from, const char *to)
{
	DO("meeting.announce", "title", title, "place", "Geneva", "starts", from, "ends", to,
	    "zone", "UTC", "publicity", "public");
}

static void contribute(struct report_try *t, const char *who)
{
	DO("call.submit", "call", "1", "author", who, "category", "civil_society", "email",
	    "a@example.org", "lang", "en", "publish_wish", "publish", "answer1", "Words.");
}

/* Five contributions: two published, one withheld, one rejected, one still in the inbox. */
static void call(struct report_try *t)
{
	DO("call.draft", "title", "Input", "audience", "all", "zone", "UTC", "deadline",
	    "2016-12-07T23:59", "meeting", "2");
	DO("call.question", "call", "1", "text", "What is it?");
	DO("call.question", "call", "1", "text", "What can be done?");
	DO("call.open", "call", "1");
	for (int i = 0; i < 5; i++)
		contribute(t, "Ben");
	DO("call.publish", "contribution", "1");
	DO("call.publish", "contribution", "2");
	DO("call.withhold", "contribution", "3");
	DO("call.reject", "contribution", "4", "reason", "Advertisement.");
}

static void propose(struct report_try *t, const char *sponsor, const char *title)
{
	DO("proposal.submit", "section", "Principles", "title", title, "text",
	    "First paragraph.\n\nSecond paragraph.", "lang", "en", "sponsor", sponsor, "on_behalf",
	    "1");
}

/* Three meetings, of which the third is only announced; proposals are presented at the second. */
static void work(struct report_try *t)
{
	meet(t, "First meeting", "2016-09-30", "2016-09-30");
	meet(t, "Second meeting", "2017-01-26", "2017-01-27");
	meet(t, "Third meeting", "2018-01-29", "2018-01-31");
	day(t, 2016, 9, 30);
	DO("meeting.open", "meeting", "1");
	DO("meeting.close", "meeting", "1");
	call(t);
	propose(t, "Kenya", "Principle one");
	propose(t, "Chile", "Principle two");
	propose(t, "Society of Nowhere", "Principle three");
	day(t, 2017, 1, 26);
	DO("meeting.open", "meeting", "2");
	DO("proposal.present", "proposal", "1", "meeting", "2", "by", "Kenya");
	DO("proposal.present", "proposal", "2", "meeting", "2", "by", "Kenya");
	DO("proposal.present", "proposal", "3", "meeting", "2", "by", "Society of Nowhere");
	DO("meeting.record", "meeting", "2", "kind", "transcript", "url",
	    "https://example.org/transcript");
	DO("meeting.close", "meeting", "2");
	DO("proposal.merge", "sources", "1", "sources", "2", "section", "Principles", "title",
	    "Merged", "text", "Both.", "lang", "en");
	DO("document.issue", "kind", "synthesis", "title", "Synthesis of the discussion", "lang",
	    "en", "text", "Words.");
}

#define DRAFT                                                                               \
	"# Introduction\n\nThe Chair's own words.[^7]\n\n# Meetings\n\nThey were long.\n\n" \
	"[^7]: A note of the Chair."

static void draft(struct report_try *t)
{
	DO("report.outline", "title", "Report of the Working Group");
	DO("report.section", "report", "1", "heading", "Introduction", "covers", "1");
	DO("report.draft", "report", "1", "text", DRAFT, "note", "First draft");
}

void report_try_stop(struct report_try *t)
{
	house_close(t->house);
	arena_free(t->a);
}

void report_try_start(struct report_try *t)
{
	begin(t);
	compose(t);
	work(t);
	draft(t);
}

str report_try_print(struct report_try *t, enum report_format format)
{
	struct buf b = buf_in(t->a, 0);
	struct report_group g = {
	    .grp = 1, .slug = S("wgec"), .title = S("Working Group of Nowhere"), .base = STR_EMPTY};
	CHECK_EQ(report_print(house_db(t->house), t->a, &g, format, &b, &t->err), OK);
	return buf_str(&b);
}

bool report_try_has(str s, const char *words)
{
	return str_find(s, str_of(words)) != SIZE_MAX;
}
