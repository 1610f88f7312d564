/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Amendments: operations or paragraphs as they should read, and what a rebase said of them. */
#include "base/vec.h"
#include "text/amend.h"
#include "text/json_field.h"

#include "base/poison.h"

/* What an operation of the format needs, in the order of enum text_verb. */
enum { NEEDS_PAR = 1, NEEDS_AT = 2, NEEDS_RANGE = 4, NEEDS_TEXT = 8, TAKES_AFTER = 16 };

static const struct {
	str name;
	unsigned needs;
} verbs[] = {
    [TEXT_DO_INSERT] = {{"insert", 6}, NEEDS_PAR | NEEDS_AT | NEEDS_TEXT},
    [TEXT_DO_DELETE] = {{"delete", 6}, NEEDS_PAR | NEEDS_RANGE},
    [TEXT_DO_REPLACE] = {{"replace", 7}, NEEDS_PAR | NEEDS_RANGE | NEEDS_TEXT},
    [TEXT_DO_INSERT_PAR] = {{"insert_par", 10}, NEEDS_TEXT | TAKES_AFTER},
    [TEXT_DO_DELETE_PAR] = {{"delete_par", 10}, NEEDS_PAR},
    [TEXT_DO_MOVE_PAR] = {{"move_par", 8}, NEEDS_PAR | TAKES_AFTER},
    [TEXT_DO_SPLIT_PAR] = {{"split_par", 9}, NEEDS_PAR | NEEDS_AT},
    [TEXT_DO_JOIN_PAR] = {{"join_par", 8}, NEEDS_PAR},
};
#define VERBS (sizeof verbs / sizeof verbs[0])

const str json_stances[TEXT_STANCE_KINDS] = {
    [TEXT_SUPPORT] = {"support", 7},
    [TEXT_RETAIN] = {"retain", 6},
    [TEXT_DELETE] = {"delete", 6},
    [TEXT_RESERVE] = {"reserve", 7},
    [TEXT_OBJECT] = {"object", 6},
};
const str json_outcomes[4] = {
    [TEXT_UNCHANGED] = {"unchanged", 9},
    [TEXT_PARTLY_SATISFIED] = {"partly satisfied", 16},
    [TEXT_SATISFIED] = {"satisfied", 9},
    [TEXT_IN_CONFLICT] = {"conflict", 8},
};

str text_stance_name(enum text_stance_kind kind)
{
	return json_stances[kind];
}

static enum text_verb verb_of(const struct text_op *op)
{
	switch (op->kind) {
	case TEXT_EDIT:
	case TEXT_RESTORE:
		if (!op->text.n)
			return TEXT_DO_DELETE;
		return op->from == op->to ? TEXT_DO_INSERT : TEXT_DO_REPLACE;
	case TEXT_INSERT_PARS:
	case TEXT_RESTORE_PAR:
		return TEXT_DO_INSERT_PAR;
	case TEXT_DELETE_PAR:
		return TEXT_DO_DELETE_PAR;
	case TEXT_MOVE:
		return TEXT_DO_MOVE_PAR;
	case TEXT_SPLIT:
		return TEXT_DO_SPLIT_PAR;
	case TEXT_JOIN:
		return TEXT_DO_JOIN_PAR;
	}
	return TEXT_DO_REPLACE;
}

str text_op_name(const struct text_op *op)
{
	return verbs[verb_of(op)].name;
}

static enum text_op_kind kind_of(enum text_verb verb)
{
	static const enum text_op_kind kinds[] = {
	    [TEXT_DO_INSERT] = TEXT_EDIT,
	    [TEXT_DO_DELETE] = TEXT_EDIT,
	    [TEXT_DO_REPLACE] = TEXT_EDIT,
	    [TEXT_DO_INSERT_PAR] = TEXT_INSERT_PARS,
	    [TEXT_DO_DELETE_PAR] = TEXT_DELETE_PAR,
	    [TEXT_DO_MOVE_PAR] = TEXT_MOVE,
	    [TEXT_DO_SPLIT_PAR] = TEXT_SPLIT,
	    [TEXT_DO_JOIN_PAR] = TEXT_JOIN,
	};
	return kinds[verb];
}

/* An amendment being read. */
struct reading {
	struct arena *arena;
	struct text_lexer *lexer;
	const struct text_doc *doc;
	struct json_at at;
	bool rebased; /* written by us: places are exact, some operations may have none */
	VEC(struct text_wish) wishes;
	VEC(struct text_reading) readings;
	VEC(struct text_op) dead;
};

/* --- operations --------------------------------------------------------------------------- */

static enum rc read_new(
    const struct json_at *at, enum text_kind *kind, unsigned *level, struct err *err)
{
	size_t k = TEXT_PARA, n = 0;
	TRY(json_at_word(at, "kind", json_kinds, 4, &k, err));
	TRY(json_at_count(at, "level", JSON_MAY, &n, err));
	if (n > 9)
		return ERR(err, INVALID, NULL, "{0}: `level` is more than 9.", at->where);
	*kind = (enum text_kind)k;
	*level = (unsigned)n;
	return OK;
}

static enum rc read_outcome(const struct reading *r, const struct json_at *at,
    enum text_outcome *out, str *with, struct err *err)
{
	size_t outcome = TEXT_UNCHANGED;
	*with = STR_EMPTY;
	if (r->rebased) {
		TRY(json_at_word(at, "outcome", json_outcomes, 4, &outcome, err));
		TRY(json_at_text(at, "with", JSON_MAY, with, err));
	}
	*out = (enum text_outcome)outcome;
	return OK;
}

static enum rc read_wish(
    const struct reading *r, const struct json_at *at, struct text_wish *w, struct err *err)
{
	unsigned needs = verbs[w->verb].needs;
	if (needs & NEEDS_PAR)
		TRY(json_at_id(at, "par", JSON_MUST, &w->par, err));
	if (needs & NEEDS_AT)
		TRY(json_at_count(at, "at", JSON_MUST, &w->from, err));
	if (needs & NEEDS_RANGE) {
		TRY(json_at_count(at, "from", JSON_MUST, &w->from, err));
		TRY(json_at_count(at, "to", JSON_MUST, &w->to, err));
	}
	if (needs & TAKES_AFTER)
		TRY(json_at_text(at, "after", JSON_MAY, &w->after, err));
	TRY(json_at_text(at, "text", needs & NEEDS_TEXT ? JSON_MUST : JSON_MAY, &w->text, err));
	TRY(json_at_text(at, "id", JSON_MAY, &w->id, err));
	TRY(json_at_text(at, "last", JSON_MAY, &w->last, err));
	TRY(json_at_count(at, "past", JSON_MAY, &w->from_past, err));
	TRY(json_at_count(at, "to_past", JSON_MAY, &w->to_past, err));
	TRY(json_at_count(at, "byte", JSON_MAY, &w->from_byte, err));
	TRY(json_at_count(at, "to_byte", JSON_MAY, &w->to_byte, err));
	TRY(read_new(at, &w->kind, &w->level, err));
	w->exact = r->rebased;
	return OK;
}

/* An operation without a place: what it wanted, and what stands against it. */
static enum rc read_dead(
    struct reading *r, const struct json_at *at, const struct text_wish *w, struct err *err)
{
	struct text_op *op = vec_push(r->arena, &r->dead);
	struct text_new new = {0};
	op->kind = kind_of(w->verb);
	op->to = w->verb != TEXT_DO_INSERT; /* only so that it is written as it was read */
	op->after = TEXT_START;
	op->outcome = w->outcome;
	op->with = w->with;
	TRY(json_at_text(at, "text", JSON_MAY, &op->text, err));
	TRY(json_at_text(at, "was", JSON_MAY, &op->was, err));
	TRY(json_at_text(at, "where", JSON_MAY, &op->where, err));
	if (op->kind != TEXT_INSERT_PARS && op->kind != TEXT_SPLIT)
		return OK;
	TRY(json_at_text(at, "id", JSON_MAY, &new.id, err));
	TRY(read_new(at, &new.kind, &new.level, err));
	new.text = op->text;
	op->text = STR_EMPTY;
	op->news = arena_new_of(r->arena, struct text_new);
	op->news[0] = new;
	op->news_n = 1;
	return OK;
}

static enum rc read_op(struct reading *r, const struct json *v, size_t i, struct err *err)
{
	struct text_wish w = {0};
	struct json_at at;
	str names[VERBS];
	size_t verb = SIZE_MAX;
	for (size_t k = 0; k < VERBS; k++)
		names[k] = verbs[k].name;
	TRY(json_at_inner(&r->at, v, "operation", i, &at, err));
	TRY(json_at_word(&at, "op", names, VERBS, &verb, err));
	if (verb == SIZE_MAX)
		return ERR(err, INVALID, NULL, "{0}: `op` is missing.", at.where);
	w.verb = (enum text_verb)verb;
	TRY(read_outcome(r, &at, &w.outcome, &w.with, err));
	if (w.outcome == TEXT_SATISFIED || w.outcome == TEXT_IN_CONFLICT)
		return read_dead(r, &at, &w, err);
	TRY(read_wish(r, &at, &w, err));
	*vec_push(r->arena, &r->wishes) = w;
	return OK;
}

/* --- paragraphs as they should read ------------------------------------------------------- */

static enum rc read_reading(struct reading *r, const struct json *v, size_t i, struct err *err)
{
	struct text_reading *t = vec_push(r->arena, &r->readings);
	struct json_at at;
	bool has_text = json_get(v, S("text")) != NULL;
	bool has_after = json_get(v, S("after")) != NULL;
	TRY(json_at_inner(&r->at, v, "amended paragraph", i, &at, err));
	TRY(json_at_id(&at, "id", JSON_MAY, &t->par, err));
	TRY(json_at_text(&at, "after", JSON_MAY, &t->after, err));
	TRY(json_at_text(&at, "text", t->par.n ? JSON_MAY : JSON_MUST, &t->text, err));
	TRY(read_new(&at, &t->kind, &t->level, err));
	if (!t->par.n || (has_after && !t->after.p))
		t->after = t->after.n ? t->after : STR_EMPTY;
	if (!has_text && !has_after)
		return ERR(err, INVALID, NULL,
		    "{0}: there is neither `text` (null deletes the paragraph) nor `after`.",
		    at.where);
	if (has_text && has_after && t->par.n && !t->text.p)
		return ERR(err, INVALID, NULL,
		    "{0}: a paragraph is either deleted (`text` is null) or moved (`after`).",
		    at.where);
	t->par = t->par.p ? t->par : STR_EMPTY;
	return OK;
}

/* --- an amendment ------------------------------------------------------------------------- */

static enum rc read_stances(const struct json_at *at, struct text_amendment *m, struct err *err)
{
	const struct json *list;
	TRY(json_at_list(at, "stances", &list, err));
	if (!list)
		return OK;
	m->stances = arena_array(at->arena, struct text_stance, list->count);
	json_each (v, list) {
		struct text_stance *s = &m->stances[m->stances_n];
		struct json_at one;
		size_t kind = SIZE_MAX;
		TRY(json_at_inner(at, v, "stance", m->stances_n++, &one, err));
		TRY(json_at_id(&one, "party", JSON_MUST, &s->party, err));
		TRY(json_at_word(&one, "stance", json_stances, TEXT_STANCE_KINDS, &kind, err));
		if (kind == SIZE_MAX)
			return ERR(err, INVALID, NULL, "{0}: `stance` is missing.", one.where);
		s->kind = (enum text_stance_kind)kind;
		s->from_floor = json_get_bool(v, S("from_floor"));
	}
	return OK;
}

/* When it was filed: the day, or RFC 3339 in UTC. */
static enum rc read_date(const struct json_at *at, usec *out, struct err *err)
{
	str date;
	TRY(json_at_text(at, "date", JSON_MAY, &date, err));
	*out = 0;
	if (date.n && when_parse(date, NULL, out, NULL) != OK &&
	    when_parse_date(date, NULL, out, NULL) != OK)
		return ERR(err, INVALID, NULL,
		    "{0}: `date` is not like 2026-11-24 or 2026-11-24T14:30:00Z.", at->where);
	return OK;
}

/* Who and why; the party of an amendment without one is called by the amendment's id. */
static enum rc read_head(const struct json_at *at, struct text_amendment *m, struct err *err)
{
	TRY(json_at_text(at, "party", JSON_MAY, &m->party, err));
	if (!m->party.n)
		m->party = m->id;
	TRY(json_at_texts(at, "cosponsors", &m->cosponsors, &m->cosponsors_n, err));
	TRY(read_stances(at, m, err));
	TRY(read_date(at, &m->filed_at, err));
	return json_at_text(at, "reason", JSON_MAY, &m->reason, err);
}

static enum rc read_wanted(struct reading *r, struct err *err)
{
	const struct json *ops, *amended;
	size_t i = 0;
	TRY(json_at_list(&r->at, "ops", &ops, err));
	TRY(json_at_list(&r->at, "amended", &amended, err));
	if (!ops && !amended)
		return ERR(err, INVALID, NULL, "{0} has neither `ops` nor `amended`.", r->at.where);
	json_each (v, ops)
		TRY(read_op(r, v, i++, err));
	i = 0;
	json_each (v, amended)
		TRY(read_reading(r, v, i++, err));
	return OK;
}

/* Live operations are made canonical, or taken as they are; those without a place follow. */
static enum rc settle(struct reading *r, struct text_amendment *m, struct err *err)
{
	if (r->wishes.n || r->readings.n || !r->dead.n)
		TRY(text_settle(r->arena, r->lexer, r->doc, r->wishes.p, r->wishes.n, r->readings.p,
		    r->readings.n, m, err));
	if (!r->dead.n)
		return OK;
	struct text_op *all = arena_array(r->arena, struct text_op, m->ops_n + r->dead.n);
	for (size_t i = 0; i < m->ops_n; i++)
		all[i] = m->ops[i];
	for (size_t i = 0; i < r->dead.n; i++)
		all[m->ops_n++] = r->dead.p[i];
	m->ops = all;
	return OK;
}

static enum rc read_amendment(struct reading *r, struct text_amendment *m, struct err *err)
{
	struct text_amendment kept;
	str with;
	const struct json *filed = json_get(r->at.v, S("filed"));
	r->rebased = filed && filed->kind == JSON_KIND_OBJECT;
	if (filed && !r->rebased)
		return ERR(
		    err, INVALID, NULL, "{0}: `filed` is not an object in braces.", r->at.where);
	TRY(read_head(&r->at, m, err));
	TRY(read_outcome(r, &r->at, &m->outcome, &with, err));
	if (r->rebased)
		TRY(json_at_text(&r->at, "why", JSON_MAY, &m->why, err));
	m->filed = r->at.v;
	TRY(read_wanted(r, err));
	kept = *m;
	TRY(settle(r, m, err));
	m->outcome = kept.outcome;
	m->why = kept.why;
	m->filed = kept.filed;
	return OK;
}

enum rc json_read_amendments(
    struct arena *a, struct text_lexer *l, struct text_file *file, struct err *err)
{
	struct json_at root = {a, file->root, S("The draft")};
	struct map by_id = map_in(a);
	const struct json *list;
	TRY(json_at_list(&root, "amendments", &list, err));
	file->list = arena_array(a, struct text_amendment, list ? list->count : 0);
	json_each (v, list) {
		struct text_amendment *m = &file->list[file->n];
		struct reading r = {.arena = a, .lexer = l, .doc = &file->doc};
		TRY(json_at_item(a, v, "Amendment", file->n++, &r.at, err));
		TRY(json_at_id(&r.at, "id", JSON_MUST, &m->id, err));
		r.at.where = arena_printf(a, "Amendment %.*s", STR(m->id));
		if (map_get(&by_id, m->id))
			return ERR(err, INVALID, NULL, "Two amendments have the id {0}.", m->id);
		map_put(&by_id, m->id, m);
		TRY(read_amendment(&r, m, err));
	}
	return OK;
}
