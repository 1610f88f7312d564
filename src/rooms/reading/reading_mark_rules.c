/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What becomes of paragraphs in a reading: taken up, bracketed, agreed, parked, reopened. */
#include "rooms/reading/reading_rules.h"

#include "base/must.h"

#include "base/poison.h"

enum rc reading_need_par(struct act *act, const struct reading_place *at, const char *field,
    size_t *out, struct err *err)
{
	*out = text_doc_find(&at->draft->doc, act_str(act, field));
	if (*out == TEXT_START || at->draft->doc.par[*out].is_gone)
		return ERR(err, ABSENT, field, "Draft {0} has no paragraph {1} now.",
		    act_digits(act, at->number), act_str(act, field));
	return OK;
}

static str shown(const struct act *act, const struct reading_place *at, size_t par)
{
	return reading_par_shown(act->arena, &at->draft->doc.par[par]);
}

/* What hinders an act on a paragraph that is not open and not in brackets. */
static enum rc refuse(const struct act *act, const struct reading_place *at, size_t par,
    enum par_status status, struct err *err)
{
	str name = shown(act, at, par);
	switch (status) {
	case PAR_NOT_REACHED:
		return ERR(err, REFUSED, "paragraph",
		    "Paragraph {0} has not been reached in this reading; take it up first.", name);
	case PAR_OPEN:
		return ERR(err, REFUSED, "paragraph", "Paragraph {0} is open already.", name);
	case PAR_BRACKETED:
		return ERR(
		    err, REFUSED, "paragraph", "Paragraph {0} is in brackets already.", name);
	case PAR_AGREED_AD_REF:
		return ERR(err, REFUSED, "paragraph",
		    "Paragraph {0} is agreed ad referendum; it is reopened by a delegation that "
		    "was "
		    "to confirm it, or by consent of the group.",
		    name);
	case PAR_AGREED:
		return ERR(err, REFUSED, "paragraph",
		    "Paragraph {0} is agreed; the group must consent to reopen it first.", name);
	case PAR_PARKED:
		return ERR(
		    err, REFUSED, "paragraph", "Paragraph {0} is parked; take it up first.", name);
	case PAR_DELETED:
		break;
	}
	must_fail("a paragraph that is read is not deleted", __FILE__, __LINE__);
}

static enum par_status status_of(const struct group *g, const struct reading_place *at, size_t par)
{
	return reading_status(g, at->draft, at->number, at->draft->doc.par[par].id, NULL);
}

/* The paragraphs from "paragraph" to "up_to". */
static enum rc run_of(
    struct act *act, const struct reading_place *at, size_t *from, size_t *to, struct err *err)
{
	TRY(reading_need_par(act, at, "paragraph", from, err));
	*to = *from;
	if (act_has(act, "up_to"))
		TRY(reading_need_par(act, at, "up_to", to, err));
	if (*to < *from)
		return ERR(err, INVALID, "up_to", "Paragraph {0} stands before paragraph {1}.",
		    shown(act, at, *to), shown(act, at, *from));
	return OK;
}

/* Gives the ids of those that are to change, and how people name the run. */
static void give_run(
    struct act *act, const struct reading_place *at, const bool *wanted, size_t from, size_t to)
{
	struct value *v = act_give_list(act, "paragraphs");
	for (size_t i = from; i <= to; i++)
		if (wanted[i])
			*vec_push(act->arena, &v->list) = at->draft->doc.par[i].id;
	str first = shown(act, at, from);
	act_give_str(act, "shown",
	    from == to
	        ? first
	        : arena_printf(act->arena, "%.*s – %.*s", STR(first), STR(shown(act, at, to))));
}

/* Folding: every paragraph that the entry names stands so. */
static void fold_run(struct group *g, const struct fact *f, enum par_status status, str with)
{
	const struct value *v = fact_value(f, "paragraphs");
	for (size_t i = 0; i < v->list.n; i++) {
		struct reading_mark m = {
		    .par = v->list.p[i], .status = status, .with = with, .seq = f->seq};
		reading_set_mark(g, fact_i64(f, "draft"), &m);
	}
}

enum rc reading_decide_take_up(const struct group *g, struct act *act, struct err *err)
{
	struct reading_place at;
	size_t from, to, n = 0;
	TRY(reading_need_paragraphs(g, act, &at, err));
	TRY(run_of(act, &at, &from, &to, err));
	bool *wanted = arena_array(act->arena, bool, at.draft->doc.n + 1);
	for (size_t i = from; i <= to; i++) {
		enum par_status s = status_of(g, &at, i);
		wanted[i] = s == PAR_NOT_REACHED || s == PAR_BRACKETED || s == PAR_PARKED;
		n += wanted[i];
	}
	if (!n && from == to)
		return refuse(act, &at, from, status_of(g, &at, from), err);
	if (!n)
		return ERR(err, REFUSED, "paragraph",
		    "Each of these paragraphs is open or agreed already.");
	give_run(act, &at, wanted, from, to);
	return OK;
}

void reading_fold_take_up(struct group *g, const struct fact *f)
{
	fold_run(g, f, PAR_OPEN, STR_EMPTY);
}

/* Of a run each paragraph must be open, or (too) in brackets. */
static enum rc need_open(const struct group *g, struct act *act, struct reading_place *at,
    size_t *from, size_t *to, bool brackets_too, struct err *err)
{
	TRY(reading_need_paragraphs(g, act, at, err));
	TRY(run_of(act, at, from, to, err));
	bool *wanted = arena_array(act->arena, bool, at->draft->doc.n + 1);
	for (size_t i = *from; i <= *to; i++) {
		if (at->draft->doc.par[i].is_gone)
			continue;
		enum par_status s = status_of(g, at, i);
		wanted[i] = s == PAR_OPEN || (brackets_too && s == PAR_BRACKETED);
		if (!wanted[i])
			return refuse(act, at, i, s, err);
	}
	give_run(act, at, wanted, *from, *to);
	return OK;
}

enum rc reading_decide_bracket(const struct group *g, struct act *act, struct err *err)
{
	struct reading_place at;
	size_t from, to;
	return need_open(g, act, &at, &from, &to, false, err);
}

void reading_fold_bracket(struct group *g, const struct fact *f)
{
	fold_run(g, f, PAR_BRACKETED, STR_EMPTY);
}

enum rc reading_decide_park(const struct group *g, struct act *act, struct err *err)
{
	struct reading_place at;
	size_t from, to;
	return need_open(g, act, &at, &from, &to, true, err);
}

void reading_fold_park(struct group *g, const struct fact *f)
{
	fold_run(g, f, PAR_PARKED, fact_str(f, "with"));
}

enum rc reading_need_agreeable(const struct group *g, struct act *act,
    const struct reading_place *at, size_t par, struct reading_against *over, struct err *err)
{
	enum par_status s = status_of(g, at, par);
	struct reading_against here = {0};
	if (s == PAR_AGREED_AD_REF)
		return ERR(err, REFUSED, "paragraph",
		    "Paragraph {0} is agreed ad referendum already; it is agreed when the "
		    "delegations that were named confirm it, or when their time has passed.",
		    shown(act, at, par));
	if (s != PAR_OPEN && s != PAR_BRACKETED)
		return refuse(act, at, par, s, err);
	reading_find_against(act->arena, at->draft, par, &here);
	if ((here.amendments.n || here.parties.n) && !act_has(act, "ruling"))
		return reading_refuse_against(act, shown(act, at, par), &here, err);
	reading_find_against(act->arena, at->draft, par, over);
	return OK;
}

enum rc reading_decide_agree(const struct group *g, struct act *act, struct err *err)
{
	struct reading_place at;
	struct reading_against over = {0};
	size_t from, to, n = 0;
	TRY(reading_need_paragraphs(g, act, &at, err));
	TRY(run_of(act, &at, &from, &to, err));
	bool *wanted = arena_array(act->arena, bool, at.draft->doc.n + 1);
	for (size_t i = from; i <= to; i++) {
		enum par_status s = status_of(g, &at, i);
		bool agreed = s == PAR_AGREED || s == PAR_AGREED_AD_REF;
		wanted[i] = s != PAR_DELETED && (!agreed || from == to);
		n += wanted[i];
		if (wanted[i])
			TRY(reading_need_agreeable(g, act, &at, i, &over, err));
	}
	if (!n)
		return ERR(
		    err, REFUSED, "paragraph", "Each of these paragraphs is agreed already.");
	reading_give_against(act, &over);
	give_run(act, &at, wanted, from, to);
	return OK;
}

void reading_fold_agree(struct group *g, const struct fact *f)
{
	fold_run(g, f, PAR_AGREED, STR_EMPTY);
}

enum rc reading_decide_reopen(const struct group *g, struct act *act, struct err *err)
{
	struct reading_place at;
	size_t par;
	const struct reading_mark *m;
	TRY(reading_need_paragraphs(g, act, &at, err));
	TRY(reading_need_par(act, &at, "paragraph", &par, err));
	enum par_status s = reading_status(g, at.draft, at.number, at.draft->doc.par[par].id, &m);
	if (s != PAR_AGREED && s != PAR_AGREED_AD_REF)
		return ERR(err, REFUSED, "paragraph",
		    "Paragraph {0} is not agreed, so nothing is to be reopened.",
		    shown(act, &at, par));
	if (!act_bool(act, "consent"))
		return ERR(err, REFUSED, "consent",
		    "Paragraph {0} is agreed: it is reopened only when the group consents. Ask the "
		    "group, and write down its words.",
		    shown(act, &at, par));
	must(m);
	act_give_i64(act, "ad_ref", s == PAR_AGREED_AD_REF ? m->ad_ref : 0);
	bool *wanted = arena_array(act->arena, bool, at.draft->doc.n + 1);
	wanted[par] = true;
	give_run(act, &at, wanted, par, par);
	act_ref(act, m->seq);
	return OK;
}

void reading_fold_reopen(struct group *g, const struct fact *f)
{
	int64_t ad_ref = fact_i64(f, "ad_ref");
	fold_run(g, f, PAR_OPEN, STR_EMPTY);
	if (ad_ref)
		reading_in(g)->ad_refs.p[ad_ref - 1].state = AD_REF_REOPENED;
}
