/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/draft/draft_view.h"

#include "base/must.h"
#include "rooms/draft/draft.h"
#include "text/op_json.h"
#include "text/rebase.h"

#include "base/poison.h"

static const struct draft *draft_of(const struct view *v, const struct fact *f, const char *field)
{
	const struct draft *d = draft_get(v->group, fact_i64(f, field));
	must(d);
	return d;
}

static enum rc add_revision(
    struct view *v, const struct fact *f, const char *field, str words, struct err *err)
{
	const struct draft *d = draft_of(v, f, field);
	str doc = json_str(v->arena, text_doc_json(v->arena, &d->doc));
	return draft_add_revision(v->db, v->grp, fact_i64(f, field), d->revision,
	    draft_symbol(v->arena, d->symbol, d->revision), doc, words, f->time, f->seq, err);
}

static enum rc apply_open(struct view *v, const struct fact *f, struct err *err)
{
	TRY(draft_add(v->db, v->grp, fact_i64(f, "number"), fact_str(f, "title"),
	    fact_str(f, "lang"), fact_str(f, "symbol"), f->time, f->seq, err));
	return add_revision(v, f, "number", STR_EMPTY, err);
}

/* "amend" of "draft.amend". */
static str kind_of(const struct fact *f)
{
	str name = str_of(f->command->name);
	if (fact_is(f, "informal.result"))
		return S("amend");
	return str_skip(name, str_find_char(name, '.') + 1);
}

static str paragraph_of(const struct draft *d, const struct amendment *m)
{
	size_t home = text_op_home(&m->text.ops[0]);
	return home == TEXT_START ? STR_EMPTY : d->doc.par[home].id;
}

static enum rc add_sponsor(struct view *v, const struct fact *f, struct err *err)
{
	return draft_add_sponsor(v->db, v->grp, fact_i64(f, "draft"), fact_i64(f, "amendment"),
	    fact_i64(f, "for_seat"), fact_str(f, "party"), f->time, f->seq, err);
}

static enum rc apply_file(struct view *v, const struct fact *f, struct err *err)
{
	const struct draft *d = draft_of(v, f, "draft");
	const struct amendment *m = draft_amendment(d, fact_i64(f, "amendment"));
	must(m);
	TRY(draft_add_amendment(v->db, v->grp, fact_i64(f, "draft"), fact_i64(f, "amendment"),
	    kind_of(f), paragraph_of(d, m), m->filed, fact_str(f, "ops"), fact_str(f, "reason"),
	    f->time, f->seq, err));
	return add_sponsor(v, f, err);
}

static enum rc apply_restate(struct view *v, const struct fact *f, struct err *err)
{
	const struct draft *d = draft_of(v, f, "draft");
	const struct amendment *m = draft_amendment(d, fact_i64(f, "amendment"));
	must(m);
	return draft_restate(v->db, v->grp, fact_i64(f, "draft"), fact_i64(f, "amendment"),
	    paragraph_of(d, m), fact_i64(f, "revision"), fact_str(f, "ops"), fact_str(f, "reason"),
	    f->seq, err);
}

static enum rc apply_leave(struct view *v, const struct fact *f, struct err *err)
{
	return draft_end_sponsor(v->db, v->grp, fact_i64(f, "draft"), fact_i64(f, "amendment"),
	    fact_i64(f, "for_seat"), f->seq, err);
}

/* Withdrawn, or not accepted: with the reason that was given. */
static enum rc apply_end(struct view *v, const struct fact *f, struct err *err)
{
	const struct amendment *m =
	    draft_amendment(draft_of(v, f, "draft"), fact_i64(f, "amendment"));
	must(m);
	return draft_set_answer(v->db, v->grp, fact_i64(f, "draft"), fact_i64(f, "amendment"),
	    str_of(amendment_status_word(m->status)), fact_str(f, "reason"), f->seq, err);
}

static enum rc apply_stance(struct view *v, const struct fact *f, struct err *err)
{
	int64_t draft = fact_i64(f, "draft"), number = fact_i64(f, "amendment");
	int64_t seat = fact_i64(f, "for_seat");
	str removed = str_is(fact_str(f, "by_chair"), "yes") ? fact_str(f, "note") : STR_EMPTY;
	TRY(draft_end_stance(v->db, v->grp, draft, number, seat, f->seq, removed, err));
	if (str_is(fact_str(f, "stance"), "none"))
		return OK;
	return draft_add_stance(v->db, v->grp, draft, number, seat, fact_str(f, "party"),
	    fact_str(f, "stance"), fact_str(f, "note"), str_is(fact_str(f, "from_floor"), "yes"),
	    f->time, f->seq, err);
}

static enum rc apply_stand(struct view *v, const struct fact *f, struct err *err)
{
	const struct draft *d = draft_of(v, f, "draft");
	int64_t draft = fact_i64(f, "draft"), number = fact_i64(f, "number");
	must(number >= 1 && number <= (int64_t)d->stands.n);
	const struct draft_stand *s = &d->stands.p[number - 1];
	for (int64_t i = 1; i < number; i++) {
		const struct draft_stand *old = &d->stands.p[i - 1];
		if (old->ended && old->seat == s->seat && text_op_is_live(&old->text.ops[0]) &&
		    text_op_same(&old->text.ops[0], &s->text.ops[0]))
			TRY(draft_replace_stand(v->db, v->grp, draft, i, f->seq, err));
	}
	return draft_add_stand(v->db, v->grp, draft, number, s->seat, s->party,
	    fact_str(f, "paragraph"), str_trim(fact_str(f, "words")), fact_str(f, "stance"),
	    fact_str(f, "note"), s->from_floor, fact_str(f, "ops"), f->time, f->seq, err);
}

static enum rc apply_unstand(struct view *v, const struct fact *f, struct err *err)
{
	bool chair = str_is(fact_str(f, "by_chair"), "yes");
	return draft_end_stand(v->db, v->grp, fact_i64(f, "draft"), fact_i64(f, "stance"),
	    chair ? S("removed") : S("taken back"), chair ? fact_str(f, "reason") : STR_EMPTY,
	    f->seq, err);
}

/* Where the words of each stance are now, or that they are not there any more. */
static enum rc carry_stands(struct view *v, int64_t draft, const struct draft *d, struct err *err)
{
	for (size_t i = 0; i < d->stands.n; i++) {
		const struct draft_stand *s = &d->stands.p[i];
		if (s->ended)
			continue;
		bool holds = draft_stand_holds(s);
		str ops = holds ? json_str(v->arena,
		                      text_ops_json(v->arena, &d->doc, s->text.ops, s->text.ops_n))
		                : S("[]");
		str state = holds                               ? S("stands")
		            : s->text.outcome == TEXT_SATISFIED ? S("gone")
		                                                : S("changed");
		TRY(draft_carry_stand(
		    v->db, v->grp, draft, (int64_t)i + 1, state, d->revision, ops, err));
	}
	return OK;
}

/* How every amendment stands now. Those that were settled before say so already. */
static enum rc apply_accept(struct view *v, const struct fact *f, struct err *err)
{
	const struct draft *d = draft_of(v, f, "draft");
	int64_t draft = fact_i64(f, "draft");
	TRY(draft_set_revision(v->db, v->grp, draft, d->revision, err));
	TRY(add_revision(v, f, "draft", fact_str(f, "reason"), err));
	TRY(carry_stands(v, draft, d, err));
	for (size_t i = 0; i < d->amendments.n; i++) {
		const struct amendment *m = &d->amendments.p[i];
		bool now = m->status == AMENDMENT_TABLED || m->status == AMENDMENT_SATISFIED ||
		           m->accepted == d->revision;
		if (!now)
			continue;
		/* The operations of an accepted one name places of the revision before. */
		str ops = m->accepted ? S("[]")
		                      : json_str(v->arena, text_ops_json(v->arena, &d->doc,
		                                               m->text.ops, m->text.ops_n));
		TRY(draft_set_amendment(v->db, v->grp, draft, (int64_t)i + 1,
		    str_of(amendment_status_word(m->status)), text_outcome_name(m->text.outcome),
		    m->text.why, m->accepted ? m->accepted : INT64_MIN, ops, m->last_seq, err));
	}
	return OK;
}

static const struct applier appliers[] = {
    {"draft.open", apply_open},
    {"draft.amend", apply_file},
    {"draft.insert", apply_file},
    {"draft.delete", apply_file},
    {"draft.move", apply_file},
    {"draft.split", apply_file},
    {"draft.join", apply_file},
    {"informal.result", apply_file},
    {"draft.restate", apply_restate},
    {"draft.cosponsor", add_sponsor},
    {"draft.leave", apply_leave},
    {"draft.withdraw", apply_end},
    {"draft.stance", apply_stance},
    {"draft.stand_on_text", apply_stand},
    {"draft.remove_stance", apply_unstand},
    {"draft.accept", apply_accept},
    {"draft.decline", apply_end},
};

const struct room_view draft_view = {
    .schema = &draft_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
