/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/reading/reading_rules.h"

#include "base/hash.h"
#include "base/json.h"
#include "base/must.h"
#include "base/utf8.h"
#include "rooms/methods/methods.h"
#include "text/json_read.h"

#include "base/poison.h"

static const char *const status_words[] = {
    [PAR_NOT_REACHED] = "not_reached",
    [PAR_OPEN] = "open",
    [PAR_BRACKETED] = "bracketed",
    [PAR_AGREED_AD_REF] = "agreed_ad_ref",
    [PAR_AGREED] = "agreed",
    [PAR_PARKED] = "parked",
    [PAR_DELETED] = "deleted",
};

const char *par_status_word(enum par_status s)
{
	return status_words[s];
}

str reading_word(struct arena *a, int64_t number)
{
	static const char *const words[] = {"first", "second", "third"};
	return number >= 1 && number <= 3 ? str_of(words[number - 1])
	                                  : arena_printf(a, "%lld", (long long)number);
}

/* --- the state --- */

static struct reading_course *course_at(const struct group *g, int64_t draft)
{
	struct reading_state *s = reading_in(g);
	return draft >= 1 && draft <= (int64_t)s->v.n ? s->v.p[draft - 1] : NULL;
}

const struct reading_course *reading_course(const struct group *g, int64_t draft)
{
	const struct reading_course *c = course_at(g, draft);
	return c && c->readings.n ? c : NULL;
}

struct reading_course *reading_course_of(struct group *g, int64_t draft)
{
	struct reading_state *s = reading_in(g);
	while ((int64_t)s->v.n < draft)
		*vec_push(g->arena, &s->v) = NULL;
	struct reading_course **c = &s->v.p[draft - 1];
	if (!*c) {
		*c = arena_new_of(g->arena, struct reading_course);
		(*c)->mark_of = map_in(g->arena);
		(*c)->here = map_in(g->arena);
	}
	return *c;
}

const struct reading *reading_now(const struct group *g, int64_t draft, int64_t *number)
{
	const struct reading_course *c = reading_course(g, draft);
	if (!c || c->readings.p[c->readings.n - 1].closed)
		return NULL;
	if (number)
		*number = (int64_t)c->readings.n;
	return &c->readings.p[c->readings.n - 1];
}

enum par_status reading_status(const struct group *g, const struct draft *d, int64_t draft, str par,
    const struct reading_mark **mark)
{
	const struct reading_course *c = reading_course(g, draft);
	size_t at = text_doc_find(&d->doc, par);
	const struct reading_mark *m = c ? map_get(&c->mark_of, par) : NULL;
	bool now = m && m->reading == (int64_t)c->readings.n;
	if (mark)
		*mark = now ? m : NULL;
	if (at == TEXT_START || d->doc.par[at].is_gone)
		return PAR_DELETED;
	return now ? m->status : PAR_NOT_REACHED;
}

void reading_set_mark(struct group *g, int64_t draft, const struct reading_mark *mark)
{
	struct reading_course *c = reading_course_of(g, draft);
	struct reading_mark *m = map_get(&c->mark_of, mark->par);
	if (!m) {
		m = arena_new_of(g->arena, struct reading_mark);
		m->par = arena_str(g->arena, mark->par);
		map_put(&c->mark_of, m->par, m);
		*vec_push(g->arena, &c->marks) = m;
	}
	str par = m->par;
	*m = *mark;
	m->par = par;
	m->with = arena_str(g->arena, mark->with);
	m->reading = (int64_t)c->readings.n;
}

/* --- the text --- */

struct json *reading_base_json(struct arena *a, const struct text_doc *d)
{
	struct json *out = json_new_array(a);
	for (size_t i = 0; i < d->n; i++) {
		const struct text_par *p = &d->par[i];
		if (p->is_gone)
			continue;
		struct json *v = json_add(out, json_new_object(a));
		json_put_str(a, v, S("id"), p->id);
		json_put_str(a, v, S("kind"), text_kind_name(p->kind));
		json_put_i64(a, v, S("level"), p->level);
		json_put_str(a, v, S("number"), p->number);
		json_put_str(a, v, S("text"), text_par_read(a, p));
	}
	return out;
}

str reading_base_hash(struct arena *a, const struct text_doc *d)
{
	struct buf b = buf_in(a, 0);
	digest h = sha256(json_str(a, reading_base_json(a, d)));
	buf_put_hex(&b, (str){(const char *)h.b, sizeof h.b});
	return buf_str(&b);
}

str reading_par_shown(struct arena *a, const struct text_par *p)
{
	if (p->number.n)
		return p->number;
	str read = text_par_read(a, p);
	str head = str_head(read, utf8_prefix(read, 40));
	return head.n < read.n ? arena_printf(a, "%.*s…", STR(head)) : head;
}

/* --- readings --- */

enum rc reading_need_draft(
    const struct group *g, struct act *act, struct reading_place *out, struct err *err)
{
	*out = (struct reading_place){.number = act_i64(act, "draft")};
	TRY(draft_need(g, act, &out->draft, err));
	out->now = reading_now(g, out->number, &out->reading);
	act_give_i64(act, "reading", out->reading);
	return OK;
}

static enum rc need_now(
    const struct group *g, struct act *act, struct reading_place *out, struct err *err)
{
	TRY(reading_need_draft(g, act, out, err));
	if (!out->now)
		return ERR(err, REFUSED, "draft",
		    "No reading of draft {0} is going on; the Chair opens one first.",
		    act_digits(act, out->number));
	act_ref(act, out->now->opened);
	return OK;
}

enum rc reading_need_paragraphs(
    const struct group *g, struct act *act, struct reading_place *out, struct err *err)
{
	TRY(need_now(g, act, out, err));
	if (out->now->general)
		return ERR(err, REFUSED, "draft",
		    "The first reading is still at the general comments; go on paragraph by "
		    "paragraph first.");
	return OK;
}

/* Whole sentences: a word for "first" alone has no form of its own in other languages. */
static enum rc is_going_on(struct act *act, const struct reading_place *at, struct err *err)
{
	str draft = act_digits(act, at->number);
	switch (at->reading) {
	case 1:
		return ERR(err, REFUSED, "draft",
		    "The first reading of draft {0} is going on; close it first.", draft);
	case 2:
		return ERR(err, REFUSED, "draft",
		    "The second reading of draft {0} is going on; close it first.", draft);
	case 3:
		return ERR(err, REFUSED, "draft",
		    "The third reading of draft {0} is going on; close it first.", draft);
	default:
		return ERR(err, REFUSED, "draft",
		    "Reading {0} of draft {1} is going on; close it first.",
		    act_digits(act, at->reading), draft);
	}
}

enum rc reading_decide_open(const struct group *g, struct act *act, struct err *err)
{
	struct reading_place at;
	TRY(reading_need_draft(g, act, &at, err));
	if (at.now)
		return is_going_on(act, &at, err);
	const struct reading_course *c = reading_course(g, at.number);
	int64_t n = c ? (int64_t)c->readings.n + 1 : 1;
	act_give_i64(act, "reading", n);
	act_give_str(act, "which", reading_word(act->arena, n));
	act_give_i64(act, "last", n >= methods_now(g)->readings);
	act_give_i64(act, "revision", at.draft->revision);
	act_give_str(act, "symbol", draft_symbol(act->arena, at.draft->symbol, at.draft->revision));
	act_give_str(act, "base", reading_base_hash(act->arena, &at.draft->doc));
	act_ref(act, at.draft->last_seq);
	return OK;
}

static void open_par(struct group *g, int64_t draft, str par, int64_t seq)
{
	struct reading_mark m = {.par = par, .status = PAR_OPEN, .seq = seq};
	reading_set_mark(g, draft, &m);
}

/* Remembers which paragraphs are read now; what was not read before stands open, unless first. */
static void look_at_text(struct group *g, int64_t draft, bool first, int64_t seq)
{
	const struct draft *d = draft_get(g, draft);
	struct reading_course *c = reading_course_of(g, draft);
	must(d);
	for (size_t i = 0; i < d->doc.n; i++) {
		const struct text_par *p = &d->doc.par[i];
		bool *here = map_get(&c->here, p->id);
		if (!here) {
			here = arena_new_of(g->arena, bool);
			map_put(&c->here, p->id, here);
		}
		bool fresh = !*here && !p->is_gone;
		*here = !p->is_gone;
		if (!fresh || first)
			continue;
		open_par(g, draft, p->id, seq);
		if (p->split_from.n)
			open_par(g, draft, p->split_from, seq);
	}
}

/* What is agreed and what is parked stands so in the new reading, too. */
static void carry_over(struct reading_course *c)
{
	for (size_t i = 0; i < c->marks.n; i++) {
		struct reading_mark *m = c->marks.p[i];
		bool stays = m->status == PAR_AGREED || m->status == PAR_AGREED_AD_REF ||
		             m->status == PAR_PARKED;
		if (stays && m->reading + 1 == (int64_t)c->readings.n)
			m->reading++;
	}
}

void reading_fold_open(struct group *g, const struct fact *f)
{
	struct reading_course *c = reading_course_of(g, fact_i64(f, "draft"));
	struct reading *r = vec_push(g->arena, &c->readings);
	r->revision = fact_i64(f, "revision");
	r->base = arena_str(g->arena, fact_str(f, "base"));
	r->general = c->readings.n == 1;
	r->last = fact_bool(f, "last");
	r->opened = f->seq;
	carry_over(c);
	look_at_text(g, fact_i64(f, "draft"), true, f->seq);
}

static struct reading *now_of_fact(struct group *g, const struct fact *f)
{
	struct reading_course *c = reading_course_of(g, fact_i64(f, "draft"));
	must(c->readings.n);
	return &c->readings.p[c->readings.n - 1];
}

enum rc reading_decide_proceed(const struct group *g, struct act *act, struct err *err)
{
	struct reading_place at;
	TRY(need_now(g, act, &at, err));
	if (!at.now->general)
		return ERR(
		    err, REFUSED, "draft", "The draft is read paragraph by paragraph already.");
	return OK;
}

void reading_fold_proceed(struct group *g, const struct fact *f)
{
	now_of_fact(g, f)->general = false;
}

enum rc reading_decide_comment(const struct group *g, struct act *act, struct err *err)
{
	struct reading_place at;
	int64_t seat;
	str party;
	TRY(need_now(g, act, &at, err));
	TRY(draft_give_seat(g, act, &seat, &party, err));
	if (!at.now->general)
		return ERR(err, REFUSED, "draft",
		    "General comments have ended; say it of a paragraph, as an amendment or from "
		    "the floor.");
	act_give_i64(act, "comment", at.now->comments + 1);
	return OK;
}

void reading_fold_comment(struct group *g, const struct fact *f)
{
	now_of_fact(g, f)->comments++;
}

/* Numbers of the paragraphs that were not reached: the first of them, and how many more. */
static str not_reached(const struct group *g, struct act *act, const struct reading_place *at)
{
	struct buf b = buf_in(act->arena, 0);
	size_t n = 0;
	for (size_t i = 0; i < at->draft->doc.n; i++) {
		const struct text_par *p = &at->draft->doc.par[i];
		if (reading_status(g, at->draft, at->number, p->id, NULL) != PAR_NOT_REACHED)
			continue;
		if (n++ < 12) {
			buf_sep(&b, S(", "));
			buf_put(&b, reading_par_shown(act->arena, p));
		}
	}
	if (n > 12)
		buf_printf(&b, ", … (%zu)", n);
	return buf_str(&b);
}

/* One line a paragraph, "p3 agreed": the entry says how each of them stood. */
static void give_statuses(const struct group *g, struct act *act, const struct reading_place *at)
{
	struct value *v = act_give_list(act, "statuses");
	for (size_t i = 0; i < at->draft->doc.n; i++) {
		const struct text_par *p = &at->draft->doc.par[i];
		enum par_status s = reading_status(g, at->draft, at->number, p->id, NULL);
		if (!p->is_gone)
			*vec_push(act->arena, &v->list) =
			    arena_printf(act->arena, "%.*s %s", STR(p->id), par_status_word(s));
	}
}

enum rc reading_decide_close(const struct group *g, struct act *act, struct err *err)
{
	struct reading_place at;
	TRY(need_now(g, act, &at, err));
	str missing = not_reached(g, act, &at);
	if (missing.n)
		return ERR(err, REFUSED, "draft",
		    "Not reached in this reading: {0}. Take them up first; what cannot be settled "
		    "now is bracketed or parked.",
		    missing);
	act_give_str(act, "which", reading_word(act->arena, at.reading));
	act_give_i64(act, "revision", at.draft->revision);
	act_give_str(act, "symbol", draft_symbol(act->arena, at.draft->symbol, at.draft->revision));
	act_give_str(act, "base", reading_base_hash(act->arena, &at.draft->doc));
	give_statuses(g, act, &at);
	act_ref(act, at.draft->last_seq);
	return OK;
}

void reading_fold_close(struct group *g, const struct fact *f)
{
	now_of_fact(g, f)->closed = f->seq;
}

enum rc reading_decide_provisional(const struct group *g, struct act *act, struct err *err)
{
	const struct draft *d;
	TRY(draft_need(g, act, &d, err));
	const struct reading_course *c = course_at(g, act_i64(act, "draft"));
	bool applies = str_is(act_str(act, "applies"), "yes");
	if (applies && c && c->provisional)
		return ERR(err, REFUSED, "applies", "This applies to the draft already.");
	if (!applies && !(c && c->provisional))
		return ERR(err, REFUSED, "applies", "This does not apply to the draft.");
	return OK;
}

void reading_fold_provisional(struct group *g, const struct fact *f)
{
	reading_course_of(g, fact_i64(f, "draft"))->provisional =
	    str_is(fact_str(f, "applies"), "yes");
}

/* --- what drafts ask --- */

/* The paragraphs from..to whose words, or place, an operation changes; false: none. */
static bool span_of(const struct text_op *op, size_t *from, size_t *to)
{
	bool run = op->kind == TEXT_MOVE || op->kind == TEXT_JOIN;
	if (!text_op_is_live(op) || op->kind == TEXT_INSERT_PARS)
		return false;
	*from = op->par;
	*to = run ? op->last : op->par;
	return true;
}

bool reading_touches(const struct amendment *m, size_t par)
{
	size_t from, to;
	for (size_t i = 0; i < m->text.ops_n; i++)
		if (span_of(&m->text.ops[i], &from, &to) && from <= par && par <= to)
			return true;
	return false;
}

/* The first agreed paragraph that it would change, or TEXT_START. */
static size_t settled_par(
    const struct group *g, int64_t draft, const struct draft *d, const struct amendment *m)
{
	size_t from, to;
	for (size_t i = 0; i < m->text.ops_n; i++) {
		if (!span_of(&m->text.ops[i], &from, &to))
			continue;
		for (size_t k = from; k <= to; k++) {
			enum par_status s = reading_status(g, d, draft, d->doc.par[k].id, NULL);
			if (s == PAR_AGREED || s == PAR_AGREED_AD_REF)
				return k;
		}
	}
	return TEXT_START;
}

bool reading_is_settled(const struct group *g, int64_t draft, const struct amendment *m)
{
	const struct draft *d = draft_get(g, draft);
	return d && settled_par(g, draft, d, m) != TEXT_START;
}

static enum rc is_frozen(struct act *act, int64_t reading, struct err *err)
{
	switch (reading) {
	case 1:
		return ERR(err, REFUSED, "draft",
		    "The first reading is closed and its text is frozen; open the next reading "
		    "first.");
	case 2:
		return ERR(err, REFUSED, "draft",
		    "The second reading is closed and its text is frozen; open the next reading "
		    "first.");
	case 3:
		return ERR(err, REFUSED, "draft",
		    "The third reading is closed and its text is frozen; open the next reading "
		    "first.");
	default:
		return ERR(err, REFUSED, "draft",
		    "Reading {0} is closed and its text is frozen; open the next reading first.",
		    act_digits(act, reading));
	}
}

enum rc reading_may_accept(const struct group *g, struct act *act, int64_t draft,
    const int64_t *amendments, size_t n, struct err *err)
{
	const struct draft *d = draft_get(g, draft);
	const struct reading_course *c = reading_course(g, draft);
	must(d);
	if (!c)
		return OK;
	if (!reading_now(g, draft, NULL))
		return is_frozen(act, (int64_t)c->readings.n, err);
	for (size_t i = 0; i < n; i++) {
		const struct amendment *m = draft_amendment(d, amendments[i]);
		size_t par = m ? settled_par(g, draft, d, m) : TEXT_START;
		if (par != TEXT_START)
			return ERR(err, REFUSED, "amendments",
			    "Paragraph {0} is agreed, so amendment {1} cannot be accepted: the "
			    "group "
			    "must consent to reopen the paragraph first.",
			    reading_par_shown(act->arena, &d->doc.par[par]),
			    act_digits(act, amendments[i]));
	}
	return OK;
}

void reading_fold_accepted(struct group *g, int64_t draft, int64_t seq)
{
	if (reading_now(g, draft, NULL))
		look_at_text(g, draft, false, seq);
}
