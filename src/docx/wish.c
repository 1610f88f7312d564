/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "docx/wish.h"

#include "base/xml_out.h"

#include "base/poison.h"

static const char *const verbs[] = {
    [TEXT_DO_INSERT] = "insert",
    [TEXT_DO_DELETE] = "delete",
    [TEXT_DO_REPLACE] = "replace",
    [TEXT_DO_INSERT_PAR] = "insert_par",
    [TEXT_DO_DELETE_PAR] = "delete_par",
    [TEXT_DO_MOVE_PAR] = "move_par",
    [TEXT_DO_SPLIT_PAR] = "split_par",
    [TEXT_DO_JOIN_PAR] = "join_par",
};
#define VERBS (sizeof verbs / sizeof *verbs)

static void place(struct arena *a, struct text_lexer *l, const struct text_par *p, size_t at,
    size_t *n, size_t *past)
{
	size_t gone = text_par_past(p, at);
	*n = text_graphemes(l, text_par_between(a, p, 0, at));
	*past = gone ? text_graphemes(l, (str){p->full.p + at - gone, gone}) : 0;
}

static str id_of(const struct text_doc *d, size_t i)
{
	return i == TEXT_START ? STR_EMPTY : d->par[i].id;
}

void docx_wishes_of(struct arena *a, struct text_lexer *l, const struct text_doc *d,
    const struct text_op *op, struct docx_wishes *out)
{
	struct text_wish w = {.exact = true, .outcome = op->outcome, .with = op->with};
	if (op->kind != TEXT_INSERT_PARS)
		w.par = id_of(d, op->par);
	if (op->kind == TEXT_EDIT || op->kind == TEXT_SPLIT) {
		place(a, l, &d->par[op->par], op->from, &w.from, &w.from_past);
		place(a, l, &d->par[op->par], op->to, &w.to, &w.to_past);
	}
	switch (op->kind) {
	case TEXT_EDIT:
	case TEXT_RESTORE:
		w.text = op->text;
		w.verb = text_op_is_insertion(op)  ? TEXT_DO_INSERT
		         : text_op_is_deletion(op) ? TEXT_DO_DELETE
		                                   : TEXT_DO_REPLACE;
		break;
	case TEXT_INSERT_PARS:
		w.verb = TEXT_DO_INSERT_PAR;
		w.after = id_of(d, op->after);
		for (size_t i = 0; i < op->news_n; i++) {
			w.text = op->news[i].text;
			w.id = op->news[i].id;
			w.kind = op->news[i].kind;
			w.level = op->news[i].level;
			*vec_push(a, &out->list) = w;
		}
		return;
	case TEXT_DELETE_PAR:
	case TEXT_RESTORE_PAR:
		w.verb = TEXT_DO_DELETE_PAR;
		break;
	case TEXT_MOVE:
		w.verb = TEXT_DO_MOVE_PAR;
		w.after = id_of(d, op->after);
		w.last = id_of(d, op->last);
		break;
	case TEXT_SPLIT:
		w.verb = TEXT_DO_SPLIT_PAR;
		w.id = op->news[0].id;
		break;
	case TEXT_JOIN:
		w.verb = TEXT_DO_JOIN_PAR;
		w.last = id_of(d, op->last);
		w.text = op->text;
		break;
	}
	*vec_push(a, &out->list) = w;
}

static void put_some(struct buf *b, const char *name, str value)
{
	if (value.n)
		xml_attr(b, name, value);
}

static void put_number(struct buf *b, const char *name, size_t value)
{
	if (value)
		xml_attr_n(b, name, value);
}

void docx_wish_put(struct buf *b, const struct text_wish *w)
{
	xml_attr(b, "verb", str_of(verbs[w->verb]));
	put_some(b, "par", w->par);
	put_some(b, "after", w->after);
	put_some(b, "last", w->last);
	put_number(b, "from", w->from);
	put_number(b, "to", w->to);
	put_number(b, "from-past", w->from_past);
	put_number(b, "to-past", w->to_past);
	put_some(b, "text", w->text);
	put_some(b, "id", w->id);
	put_number(b, "kind", (size_t)w->kind);
	put_number(b, "level", w->level);
	put_number(b, "outcome", (size_t)w->outcome);
	put_some(b, "with", w->with);
}

static bool take_number(str value, size_t most, size_t *out)
{
	int64_t v;
	if (!str_to_i64(value, &v) || v < 0 || (uint64_t)v > most)
		return false;
	*out = (size_t)v;
	return true;
}

static bool take_verb(struct text_wish *w, str value)
{
	for (size_t i = 0; i < VERBS; i++)
		if (str_is(value, verbs[i])) {
			w->verb = (enum text_verb)i;
			return true;
		}
	return false;
}

bool docx_wish_take(struct text_wish *w, str name, str value)
{
	struct {
		const char *name;
		str *to;
	} texts[] = {{"par", &w->par}, {"after", &w->after}, {"last", &w->last}, {"text", &w->text},
	    {"id", &w->id}, {"with", &w->with}};
	struct {
		const char *name;
		size_t *to;
	} numbers[] = {{"from", &w->from}, {"to", &w->to}, {"from-past", &w->from_past},
	    {"to-past", &w->to_past}};
	size_t n = 0;
	bool good = true;
	w->exact = true;
	if (str_is(name, "verb"))
		return take_verb(w, value);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (str_is(name, texts[i].name))
			*texts[i].to = value;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (str_is(name, numbers[i].name))
			return take_number(value, SIZE_MAX / 4, numbers[i].to);
	if (str_is(name, "kind")) {
		good = take_number(value, TEXT_NOTE, &n);
		w->kind = (enum text_kind)n;
	} else if (str_is(name, "level")) {
		good = take_number(value, 9, &n);
		w->level = (unsigned)n;
	} else if (str_is(name, "outcome")) {
		good = take_number(value, TEXT_PARTLY_SATISFIED, &n);
		w->outcome = (enum text_outcome)n;
	}
	return good;
}
