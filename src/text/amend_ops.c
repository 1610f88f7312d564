/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/amend_ops.h"

#include "base/utf8.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/poison.h"

str text_new_id(struct text_drafting *w, str want)
{
	str id = want;
	for (unsigned k = 2; text_doc_find(w->doc, id) != TEXT_START; k++)
		id = arena_printf(w->arena, "%.*s.%u", STR(want), k);
	return id;
}

static uint64_t fnv(uint64_t h, str s)
{
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3;
	return (h ^ 0xff) * 0x100000001b3;
}

/* Made of what the paragraph says, so that the same proposal of two parties makes the same id. */
static str id_of_new(struct text_drafting *w, const struct text_wish *wish, size_t nth)
{
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	uint64_t h = fnv(fnv(0xcbf29ce484222325, wish->after), wish->text) + nth;
	char z[8];
	for (size_t i = 0; i < sizeof z; i++, h >>= 5)
		z[i] = letters[(h ^ h >> 40) & 31];
	return text_new_id(w, arena_printf(w->arena, "%.*s+%.8s", STR(wish->after), z));
}

/* "after": a paragraph, or before the first. */
static enum rc anchor(
    struct text_drafting *w, const struct text_wish *wish, size_t *out, struct err *err)
{
	*out = TEXT_START;
	return wish->after.n ? text_drafting_par(w, "after", wish->after, wish->exact, out, err)
	                     : OK;
}

enum rc text_drafting_insert(struct text_drafting *w, const struct text_wish *wish, struct err *err)
{
	size_t after;
	TRY(anchor(w, wish, &after, err));
	struct text_op *op = NULL;
	for (size_t i = w->ops.n; i-- > 0 && !op;)
		if (w->ops.p[i].kind == TEXT_INSERT_PARS && w->ops.p[i].after == after)
			op = &w->ops.p[i];
	if (!op) {
		op = vec_push(w->arena, &w->ops);
		*op = (struct text_op){.kind = TEXT_INSERT_PARS,
		    .after = after,
		    .outcome = wish->outcome,
		    .with = wish->with};
	}
	struct text_new *news = arena_array(w->arena, struct text_new, op->news_n + 1);
	for (size_t i = 0; i < op->news_n; i++)
		news[i] = op->news[i];
	news[op->news_n] = (struct text_new){.id = wish->id,
	    .text = text_nfc(w->arena, wish->text),
	    .kind = wish->kind,
	    .level = wish->level};
	if (!wish->id.n)
		news[op->news_n].id = id_of_new(w, wish, op->news_n);
	op->news = news;
	op->news_n++;
	return OK;
}

enum rc text_drafting_delete(struct text_drafting *w, const struct text_wish *wish, struct err *err)
{
	struct text_op op = {.kind = TEXT_DELETE_PAR, .outcome = wish->outcome, .with = wish->with};
	TRY(text_drafting_par(
	    w, w->wish == SIZE_MAX ? "id" : "par", wish->par, false, &op.par, err));
	*vec_push(w->arena, &w->ops) = op;
	return OK;
}

/* A move that goes on where the last one ended takes one paragraph more along. */
static bool extend(struct text_drafting *w, const struct text_op *op)
{
	struct text_op *last = w->ops.n ? &w->ops.p[w->ops.n - 1] : NULL;
	if (!last || last->kind != TEXT_MOVE || op->after != last->last ||
	    op->par != text_doc_next(w->doc, last->last))
		return false;
	if (last->after != TEXT_START && op->par <= last->after && last->after <= op->last)
		return false; /* it would come to stand behind itself */
	last->last = op->last;
	return true;
}

enum rc text_drafting_move(
    struct text_drafting *w, const struct text_wish *wish, bool must_move, struct err *err)
{
	struct text_op op = {.kind = TEXT_MOVE, .outcome = wish->outcome, .with = wish->with};
	TRY(text_drafting_par(w, must_move ? "par" : "id", wish->par, false, &op.par, err));
	op.last = op.par;
	if (wish->last.n)
		TRY(text_drafting_par(w, "last", wish->last, wish->exact, &op.last, err));
	TRY(anchor(w, wish, &op.after, err));
	if (op.last < op.par ||
	    (op.after != TEXT_START && op.par <= op.after && op.after <= op.last))
		return text_drafting_refuse(w, "after", TEXT_SAYS_BEHIND_ITSELF, wish->par, err);
	if (extend(w, &op))
		return OK;
	if (!wish->exact && op.after == text_doc_before(w->doc, op.par))
		return must_move ? text_drafting_refuse(
		                       w, "after", TEXT_SAYS_THERE_ALREADY, wish->par, err)
		                 : OK;
	*vec_push(w->arena, &w->ops) = op;
	return OK;
}

/* A space is wanted between two texts unless one brings it, or their scripts know none. */
static bool wants_space(str left, str right)
{
	uint32_t x = 0, y = 0;
	size_t at = 0;
	if (!left.n || !right.n)
		return false;
	for (size_t i = 0; i < left.n;)
		(void)utf8_next(left, &i, &x);
	(void)utf8_next(right, &at, &y);
	if (u_isUWhiteSpace((UChar32)x) || u_isUWhiteSpace((UChar32)y))
		return false;
	bool wide = u_getIntPropertyValue((UChar32)x, UCHAR_EAST_ASIAN_WIDTH) == U_EA_WIDE ||
	            u_getIntPropertyValue((UChar32)x, UCHAR_EAST_ASIAN_WIDTH) == U_EA_FULLWIDTH;
	UErrorCode e = U_ZERO_ERROR;
	UScriptCode script = uscript_getScript((UChar32)x, &e);
	return !wide && !(U_SUCCESS(e) && uscript_breaksBetweenLetters(script));
}

enum rc text_drafting_join(struct text_drafting *w, const struct text_wish *wish, struct err *err)
{
	struct text_op op = {.kind = TEXT_JOIN, .outcome = wish->outcome, .with = wish->with};
	TRY(text_drafting_par(w, "par", wish->par, false, &op.par, err));
	op.last = text_doc_next(w->doc, op.par);
	if (wish->last.n)
		TRY(text_drafting_par(w, "last", wish->last, false, &op.last, err));
	if (op.last == TEXT_START)
		return text_drafting_refuse(w, "par", TEXT_SAYS_NONE_FOLLOWS, wish->par, err);
	if (op.last <= op.par || text_doc_next(w->doc, op.par) != op.last)
		return text_drafting_refuse(
		    w, "par", "Amendment {0}: another paragraph now follows {1}.", wish->par, err);
	bool space = wants_space(text_par_read(w->arena, &w->doc->par[op.par]),
	    text_par_read(w->arena, &w->doc->par[op.last]));
	op.text = wish->exact ? wish->text : space ? S(" ") : STR_EMPTY;
	*vec_push(w->arena, &w->ops) = op;
	return OK;
}
