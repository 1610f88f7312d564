/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/draft/draft_text.h"

#include "text/amend.h"
#include "text/number.h"
#include "text/op_json.h"
#include "text/rebase.h"

#include "base/poison.h"

/* "## Scope" is a heading of level 2. */
static void read_par(struct arena *a, str block, size_t n, struct text_par *p)
{
	unsigned level = 0;
	while (level < block.n && block.p[level] == '#')
		level++;
	bool heading = level > 0 && level <= 9 && level < block.n && block.p[level] == ' ';
	p->id = arena_printf(a, "p%zu", n);
	p->kind = heading ? TEXT_HEADING : TEXT_PARA;
	p->level = heading ? level : 0;
	p->full = arena_str(a, heading ? str_trim(str_skip(block, level)) : block);
}

/* New paragraphs get the number that is theirs between those that have one. */
static void set_numbers(struct arena *a, struct text_doc *doc)
{
	str *numbers = text_number_kept(a, doc);
	for (size_t i = 0; i < doc->n; i++)
		doc->par[i].number = numbers[i];
}

enum rc draft_text_open(struct arena *a, const struct fact *f, struct draft *out, struct err *err)
{
	const struct value *text = fact_value(f, "text");
	*out = (struct draft){.title = arena_str(a, fact_str(f, "title")),
	    .lang = arena_str(a, fact_str(f, "lang")),
	    .symbol = arena_str(a, fact_str(f, "symbol")),
	    .revision = 1,
	    .seq = f->seq,
	    .last_seq = f->seq};
	out->doc.par = arena_array(a, struct text_par, text->list.n + 1);
	for (; out->doc.n < text->list.n; out->doc.n++)
		read_par(a, text->list.p[out->doc.n], out->doc.n + 1, &out->doc.par[out->doc.n]);
	TRY(text_doc_index(a, &out->doc, err));
	set_numbers(a, &out->doc);
	return OK;
}

/* What the entry says the amendment does, in the revision of now. */
static enum rc take_ops(struct arena *a, const struct draft *d, const struct fact *f,
    struct amendment *m, struct err *err)
{
	struct json *ops;
	TRY(json_parse(a, arena_str(a, fact_str(f, "ops")), "ops", &ops, err));
	TRY(text_ops_of_json(a, &d->doc, ops, &m->text.ops, &m->text.ops_n, err));
	return text_ops_clash(a, &d->doc, m->text.ops, m->text.ops_n)
	           ? ERR(err, INVALID, "ops", "Operations of an amendment do not go together.")
	           : OK;
}

enum rc draft_text_file(struct arena *a, struct draft *d, const struct fact *f, struct err *err)
{
	struct amendment *m = vec_push(a, &d->amendments);
	str party = arena_str(a, fact_str(f, "party"));
	*m = (struct amendment){.filed = d->revision, .seq = f->seq, .last_seq = f->seq};
	m->text.id = arena_printf(a, "a%zu", d->amendments.n);
	m->text.party = party;
	*vec_push(a, &m->sponsors) =
	    (struct amendment_sponsor){.party = party, .seat = fact_i64(f, "for_seat")};
	if (fact_i64(f, "amendment") != (int64_t)d->amendments.n)
		return ERR(err, INVALID, "amendment", "An amendment has not the next number.");
	return take_ops(a, d, f, m, err);
}

enum rc draft_text_restate(struct arena *a, struct draft *d, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "amendment");
	struct amendment *m =
	    number >= 1 && number <= (int64_t)d->amendments.n ? &d->amendments.p[number - 1] : NULL;
	if (!m || !amendment_needs_author(m))
		return ERR(err, INVALID, "amendment",
		    "An amendment was stated anew that did not wait for its author.");
	m->last_seq = f->seq;
	m->text.outcome = TEXT_UNCHANGED;
	m->text.why = STR_EMPTY;
	return take_ops(a, d, f, m, err);
}

enum rc draft_text_stand(struct arena *a, struct draft *d, const struct fact *f, struct err *err)
{
	struct json *ops;
	struct draft_stand s = {.seat = fact_i64(f, "for_seat"),
	    .party = arena_str(a, fact_str(f, "party")),
	    .from_floor = str_is(fact_str(f, "from_floor"), "yes"),
	    .seq = f->seq};
	struct text_stance *stance = arena_new_of(a, struct text_stance);
	*stance = (struct text_stance){.party = s.party, .from_floor = s.from_floor};
	s.text = (struct text_amendment){.id = arena_printf(a, "s%zu", d->stands.n + 1),
	    .on_text = true,
	    .stances = stance,
	    .stances_n = 1};
	TRY(json_parse(a, arena_str(a, fact_str(f, "ops")), "ops", &ops, err));
	TRY(text_ops_of_json(a, &d->doc, ops, &s.text.ops, &s.text.ops_n, err));
	if (fact_i64(f, "number") != (int64_t)d->stands.n + 1 || s.text.ops_n != 1 ||
	    !draft_stance_of(fact_str(f, "stance"), &stance->kind))
		return ERR(err, INVALID, "stance", "A stance on the text is not in its order.");
	for (size_t i = 0; i < d->stands.n; i++) {
		struct draft_stand *old = &d->stands.p[i];
		if (old->seat == s.seat && draft_stand_holds(old) &&
		    text_op_same(&old->text.ops[0], &s.text.ops[0]))
			old->ended = true;
	}
	*vec_push(a, &d->stands) = s;
	return OK;
}

/* --- accepting --- */

/* The amendments of these numbers as a set for the text engine. */
static struct text_amendment *set_of(
    struct arena *a, const struct draft *d, const int64_t *numbers, size_t n)
{
	struct text_amendment *set = arena_array(a, struct text_amendment, n + 1);
	for (size_t i = 0; i < n; i++)
		set[i] = d->amendments.p[numbers[i] - 1].text;
	return set;
}

enum rc draft_refuse_clash(
    const struct text_amendment *set, const struct text_clash *c, struct err *err)
{
	return err_says(err, 2,
	    ERR(err, REFUSED, "amendments", "Amendments {0} and {1} cannot both be accepted. {2}",
	        str_skip(set[c->a].id, 1), str_skip(set[c->b].id, 1), str_of(c->why)));
}

enum rc draft_text_try(struct arena *a, const struct draft *d, const int64_t *numbers, size_t n,
    struct text_revision *out, struct err *err)
{
	struct text_amendment *set = set_of(a, d, numbers, n);
	struct text_clashes c = text_find_clashes(a, &d->doc, set, n);
	if (c.list.n)
		return draft_refuse_clash(set, &c.list.p[0], err);
	return text_merge(a, &d->doc, set, n, false, out, err);
}

/* An amendment before the group, in the revision that others made. */
static void carry_over(struct arena *a, const struct text_revision *r, struct amendment *m)
{
	m->text = text_rebase(a, r, &m->text);
	if (m->text.outcome == TEXT_SATISFIED)
		m->status = AMENDMENT_SATISFIED;
}

/*
 * A stance on words goes with them, as an amendment does that would delete them. One on a whole
 * paragraph is about the paragraph whatever it says: it stays as long as the paragraph does.
 */
static void carry_stand(struct arena *a, const struct text_revision *r, struct draft_stand *s)
{
	const struct text_op *old = &s->text.ops[0];
	size_t par = r->trace[old->par].par;
	bool whole = old->kind == TEXT_DELETE_PAR;
	bool here = par != TEXT_START && !r->doc.par[par].is_gone &&
	            str_eq(r->doc.par[par].id, r->old->par[old->par].id);
	if (!whole || !here) {
		s->text = text_rebase(a, r, &s->text);
		return;
	}
	struct text_op *op = arena_new_of(a, struct text_op);
	*op = *old;
	op->par = par;
	s->text.ops = op;
}

static enum rc check_numbers(const struct draft *d, const struct value *accepted, struct err *err)
{
	for (size_t i = 0; i < accepted->numbers.n; i++) {
		const struct amendment *m = draft_amendment(d, accepted->numbers.p[i]);
		if (!m || m->status == AMENDMENT_ACCEPTED)
			return ERR(err, INVALID, "accepted",
			    "An amendment was accepted that was not before the group.");
	}
	return OK;
}

enum rc draft_text_accept(struct arena *a, struct draft *d, const struct fact *f, struct err *err)
{
	const struct value *accepted = fact_value(f, "accepted");
	struct text_doc *old = arena_new_of(a, struct text_doc);
	struct text_revision r;
	TRY(check_numbers(d, accepted, err));
	*old = d->doc;
	TRY(text_merge(a, old, set_of(a, d, accepted->numbers.p, accepted->numbers.n),
	    accepted->numbers.n, false, &r, err));
	d->revision = fact_i64(f, "revision");
	d->last_seq = f->seq;
	for (size_t i = 0; i < accepted->numbers.n; i++) {
		struct amendment *m = &d->amendments.p[accepted->numbers.p[i] - 1];
		m->status = AMENDMENT_ACCEPTED;
		m->accepted = d->revision;
		m->last_seq = f->seq;
	}
	for (size_t i = 0; i < d->amendments.n; i++)
		if (d->amendments.p[i].status == AMENDMENT_TABLED)
			carry_over(a, &r, &d->amendments.p[i]);
	for (size_t i = 0; i < d->stands.n; i++)
		if (draft_stand_holds(&d->stands.p[i]))
			carry_stand(a, &r, &d->stands.p[i]);
	d->doc = r.doc;
	set_numbers(a, &d->doc);
	return OK;
}

bool draft_text_reads(struct arena *a, const struct draft *d, const str *list, size_t n)
{
	size_t k = 0;
	for (size_t i = 0; i < d->doc.n; i++) {
		if (d->doc.par[i].is_gone)
			continue;
		if (k == n || !str_eq(text_par_read(a, &d->doc.par[i]), list[k++]))
			return false;
	}
	return k == n;
}
