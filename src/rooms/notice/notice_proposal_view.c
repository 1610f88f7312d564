/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Notices of proposals and compilations, to the sponsors. */
#include "notice_view.sql.h"
#include "rooms/compilation/compilation.h"
#include "rooms/notice/notice_view.h"

#include "base/must.h"

#include "base/poison.h"

static const struct proposal *proposal_of(const struct view *v, int64_t number)
{
	const struct proposal *p = proposal_get(v->group, number);
	must(p);
	return p;
}

static struct notice of_proposal(const struct telling *t, const char *what, int64_t number)
{
	return (struct notice){.what = what,
	    .a = notice_digits(t, number),
	    .path = arena_printf(t->v->arena, "proposals/%lld", (long long)number),
	    .about = arena_printf(t->v->arena, "proposal %lld", (long long)number)};
}

enum rc notice_merge(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	const struct value *sources = fact_value(f, "sources");
	for (size_t i = 0; i < sources->numbers.n; i++) {
		int64_t number = sources->numbers.p[i];
		struct notice x = of_proposal(&t, "proposal.merged", number);
		x.b = notice_digits(&t, fact_i64(f, "number"));
		x.asks = true;
		x.until = f->time + PROPOSAL_ANSWER_DAYS * USEC_DAY;
		TRY(notice_tell_sponsors(&t, proposal_of(v, number), &x, err));
	}
	return OK;
}

enum rc notice_merge_answer(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	struct notice x = of_proposal(&t, "proposal.merged", fact_i64(f, "proposal"));
	return notice_close(&t, x.about, fact_str(f, "delegation"), err);
}

enum rc notice_split(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	int64_t number = fact_i64(f, "proposal");
	struct notice x = of_proposal(&t, "proposal.split", number);
	x.b = notice_digits(&t, fact_i64(f, "first"));
	x.c = notice_digits(&t, fact_i64(f, "second"));
	return notice_tell_sponsors(&t, proposal_of(v, number), &x, err);
}

enum rc notice_dispose(struct view *v, const struct fact *f, struct err *err)
{
	static const char *const ends[] = {
	    "proposal.included", "proposal.not_included", "proposal.annexed"};
	struct telling t = {v, f, 0};
	int64_t number = fact_i64(f, "proposal");
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		struct notice x = of_proposal(&t, ends[i], number);
		if (str_ends(str_of(ends[i]),
		        arena_printf(v->arena, ".%.*s", STR(fact_str(f, "disposition")))))
			return notice_tell_sponsors(&t, proposal_of(v, number), &x, err);
	}
	return OK;
}

/* --- compilations --- */

static struct notice of_entry(const struct telling *t, const char *what, int64_t number)
{
	int64_t c = fact_i64(t->f, "compilation");
	return (struct notice){.what = what,
	    .a = notice_digits(t, number),
	    .b = notice_digits(t, c),
	    .path = arena_printf(t->v->arena, "compilations/%lld/mine", (long long)c),
	    .about = notice_pair(t, "entry", c, number)};
}

enum rc notice_place(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	const struct compilation *c = compilation_get(v->group, fact_i64(f, "compilation"));
	const struct value *placed = fact_value(f, "proposals");
	must(c);
	for (size_t i = 0; i < placed->numbers.n; i++) {
		struct notice x = of_entry(&t, "compilation.placed", placed->numbers.p[i]);
		x.asks = true;
		x.until = c->closed ? 0 : c->deadline;
		TRY(notice_close(&t, x.about, STR_EMPTY, err));
		TRY(notice_tell_sponsors(&t, proposal_of(v, placed->numbers.p[i]), &x, err));
	}
	return OK;
}

enum rc notice_unplace(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	const struct value *out = fact_value(f, "proposals");
	for (size_t i = 0; i < out->numbers.n; i++) {
		struct notice x = of_entry(&t, "compilation.left_out", out->numbers.p[i]);
		x.c = fact_str(f, "reason");
		TRY(notice_close(&t, x.about, STR_EMPTY, err));
		TRY(notice_tell_sponsors(&t, proposal_of(v, out->numbers.p[i]), &x, err));
	}
	return OK;
}

enum rc notice_entry_answer(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	struct notice x = of_entry(&t, "compilation.placed", fact_i64(f, "proposal"));
	return notice_close(&t, x.about, fact_str(f, "delegation"), err);
}

enum rc notice_extend(struct view *v, const struct fact *f, struct err *err)
{
	int64_t c = fact_i64(f, "compilation");
	return notice_move_deadline(v->db, v->grp,
	    arena_printf(v->arena, "entry %lld/", (long long)c), fact_i64(f, "deadline"), err);
}
