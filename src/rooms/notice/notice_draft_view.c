/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Notices of drafts and their readings. What became of an amendment is told once; one that is
 * carried over as it stands is no news.
 */
#include "notice_view.sql.h"
#include "rooms/members/members.h"
#include "rooms/notice/notice_view.h"
#include "rooms/reading/reading.h"

#include "base/must.h"

#include "base/poison.h"

static struct notice of_amendment(
    const struct telling *t, const char *what, int64_t draft, int64_t amendment)
{
	return (struct notice){.what = what,
	    .a = notice_digits(t, amendment),
	    .b = notice_digits(t, draft),
	    .path = arena_printf(
	        t->v->arena, "drafts/%lld/amendments/%lld", (long long)draft, (long long)amendment),
	    .about = notice_pair(t, "amendment", draft, amendment)};
}

static enum rc tell_sponsors(
    struct telling *t, const struct amendment *m, const struct notice *x, struct err *err)
{
	for (size_t i = 0; i < m->sponsors.n; i++)
		TRY(notice_tell_seat(t, m->sponsors.p[i].seat, x, err));
	return OK;
}

/* What the act that made this revision did to an amendment; NULL: nothing that is news. */
static const char *outcome_of(const struct draft *d, const struct amendment *m)
{
	if (m->status == AMENDMENT_ACCEPTED)
		return m->accepted == d->revision ? "draft.accepted" : NULL;
	if (m->status == AMENDMENT_SATISFIED)
		return "draft.satisfied";
	if (amendment_needs_author(m))
		return "draft.needs_author";
	return m->status == AMENDMENT_TABLED && m->text.outcome == TEXT_PARTLY_SATISFIED
	           ? "draft.partly"
	           : NULL;
}

enum rc notice_draft_accept(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	int64_t draft = fact_i64(f, "draft"), said;
	const struct draft *d = draft_get(v->group, draft);
	must(d);
	for (size_t i = 0; i < d->amendments.n; i++) {
		const struct amendment *m = &d->amendments.p[i];
		const char *what = outcome_of(d, m);
		if (!what)
			continue;
		struct notice x = of_amendment(&t, what, draft, (int64_t)i + 1);
		x.asks = amendment_needs_author(m);
		TRY(notice_said(
		    v->db, v->arena, v->grp, x.about, str_of(what), x.asks, &said, err));
		if (said)
			continue;
		if (!x.asks)
			TRY(notice_close(&t, x.about, STR_EMPTY, err));
		TRY(tell_sponsors(&t, m, &x, err));
	}
	return OK;
}

static const struct amendment *amendment_of(const struct view *v, const struct fact *f)
{
	const struct amendment *m =
	    draft_amendment(draft_get(v->group, fact_i64(f, "draft")), fact_i64(f, "amendment"));
	must(m);
	return m;
}

/* Its sponsors have spoken. */
enum rc notice_draft_over(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	return notice_close(&t,
	    notice_pair(&t, "amendment", fact_i64(f, "draft"), fact_i64(f, "amendment")), STR_EMPTY,
	    err);
}

enum rc notice_draft_decline(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	struct notice x =
	    of_amendment(&t, "draft.declined", fact_i64(f, "draft"), fact_i64(f, "amendment"));
	x.c = fact_str(f, "reason");
	TRY(notice_draft_over(v, f, err));
	return tell_sponsors(&t, amendment_of(v, f), &x, err);
}

/* A stance that somebody else took away from the seat. */
enum rc notice_draft_stance(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	if (!str_is(fact_str(f, "by_chair"), "yes"))
		return OK;
	struct notice x = of_amendment(
	    &t, "draft.stance_removed", fact_i64(f, "draft"), fact_i64(f, "amendment"));
	x.c = fact_str(f, "note");
	return notice_tell_seat(&t, fact_i64(f, "for_seat"), &x, err);
}

/* The same on words of the text. */
enum rc notice_draft_unstand(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	int64_t draft = fact_i64(f, "draft");
	if (!str_is(fact_str(f, "by_chair"), "yes"))
		return OK;
	struct notice x = {.what = "draft.text_stance_removed",
	    .a = notice_digits(&t, fact_i64(f, "stance")),
	    .b = notice_digits(&t, draft),
	    .c = fact_str(f, "reason"),
	    .path = arena_printf(v->arena, "drafts/%lld", (long long)draft),
	    .about = notice_pair(&t, "stance", draft, fact_i64(f, "stance"))};
	return notice_tell_seat(&t, fact_i64(f, "for_seat"), &x, err);
}

/* --- readings --- */

static str about_ad_ref(const struct telling *t, int64_t number)
{
	return arena_printf(t->v->arena, "ad_ref %lld", (long long)number);
}

/* The paragraph stands in the fields that each of these acts is given. */
static struct notice of_paragraph(const struct telling *t, const char *what, str path)
{
	return (struct notice){.what = what,
	    .a = fact_str(t->f, "shown"),
	    .b = notice_digits(t, fact_i64(t->f, "draft")),
	    .path = path};
}

enum rc notice_ad_ref(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	const struct value *seats = fact_value(f, "must_confirm");
	struct notice x = of_paragraph(&t, "reading.ad_ref", S("confirmations"));
	x.about = about_ad_ref(&t, fact_i64(f, "ad_ref"));
	x.asks = true;
	x.until = fact_i64(f, "until");
	for (size_t i = 0; i < seats->numbers.n; i++)
		TRY(notice_tell_seat(&t, seats->numbers.p[i], &x, err));
	return OK;
}

enum rc notice_confirm(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	return notice_close(&t, about_ad_ref(&t, fact_i64(f, "ad_ref")), fact_str(f, "party"), err);
}

/* The agreement is over; those who had to confirm, and did not speak in this act, are told. */
static enum rc tell_ad_ref(
    struct telling *t, int64_t number, struct notice *x, bool silent, struct err *err)
{
	const struct ad_ref *r = reading_ad_ref(t->v->group, number);
	must(r);
	TRY(notice_close(t, about_ad_ref(t, number), STR_EMPTY, err));
	for (size_t i = 0; i < r->seats.n; i++)
		if (!silent || !r->seats.p[i].confirmed)
			TRY(notice_tell_seat(t, r->seats.p[i].seat, x, err));
	return OK;
}

enum rc notice_not_confirmed(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	struct notice x = of_paragraph(&t, "reading.not_confirmed", S("confirmations"));
	x.c = fact_str(f, "party");
	return tell_ad_ref(&t, fact_i64(f, "ad_ref"), &x, false, err);
}

enum rc notice_lapse(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	struct notice x = of_paragraph(&t, "reading.lapsed", S("confirmations"));
	return tell_ad_ref(&t, fact_i64(f, "number"), &x, true, err);
}

/* What was agreed is open again: that concerns every delegation, present or not. */
enum rc notice_reopen(struct view *v, const struct fact *f, struct err *err)
{
	struct telling t = {v, f, 0};
	const struct members_state *m = members_in(v->group);
	struct notice x = of_paragraph(&t, "reading.reopened",
	    arena_printf(v->arena, "drafts/%lld/readings", (long long)fact_i64(f, "draft")));
	if (fact_i64(f, "ad_ref"))
		TRY(notice_close(&t, about_ad_ref(&t, fact_i64(f, "ad_ref")), STR_EMPTY, err));
	for (size_t i = 0; i < m->seats.n; i++)
		if (m->seats.p[i].state == SEAT_FILLED)
			TRY(notice_tell_seat(&t, m->seats.p[i].number, &x, err));
	return OK;
}
