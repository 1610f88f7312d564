/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * P15: what is written as a Word file and read again is what it was: operations, authors,
 * co-sponsors, dates, remarks. P7: with one amendment's changes accepted the file reads as its
 * adoption would. Documents and amendments are made by chance, from fixed seeds, in six scripts.
 */
#include "base/buf.h"
#include "docx/docx.h"
#include "docx/pack.h"
#include "text/amend.h"
#include "text/canon.h"

#include <stdio.h>

#include "t.h"
#include "base/poison.h"

static const char *const words[][8] = {
    {"States ", "shall ", "ensure, ", "that ", "all ", "people ", "are heard", ". "},
    {"تكفل ", "الدول ", "لجميع ", "الناس، ", "الحق ", "في ", "الكلام", ". "},
    {"各国", "应", "确保", "人人", "享有", "，", "权利", "。"},
    {"Les États ", "veillent ", "à ce ", "qu’ils ", "soient ", "entendus", ", e\xcc\x81t\xc3\xa9 ",
        ". "},
    {"Государства ", "обеспечивают, ", "чтобы ", "все ", "люди ", "были ", "услышаны", ". "},
    {"คน", "ทั้งหลาย", "เกิดมา", "มี", "อิสระ", "👩‍🌾 ", "\xe2\x80\x8f", "a & <b> "},
};
static const char *const parties[] = {
    "Kenya", "Peru", "Norway", "Côte d’Ivoire", "مصر", "A & <B>", "中国", "Fiji", "\"Q\" group"};

struct trip {
	struct arena *a;
	struct text_lexer *l;
	struct t_rand dice;
	struct text_doc d;
	struct text_amendment list[8];
	size_t n;
	size_t script;
};

static str phrase(struct trip *t, size_t least, size_t most)
{
	struct buf b = buf_in(t->a, 0);
	for (size_t n = least + t_rand_below(&t->dice, most - least + 1); n; n--)
		buf_put(&b, str_of(words[t->script][t_rand_below(&t->dice, 8)]));
	return text_nfc(t->a, buf_str(&b));
}

static void make_doc(struct trip *t)
{
	t->script = t_rand_below(&t->dice, 6);
	t->d = (struct text_doc){.n = 1 + t_rand_below(&t->dice, 6)};
	t->d.par = arena_array(t->a, struct text_par, t->d.n);
	for (size_t i = 0; i < t->d.n; i++) {
		struct text_par *p = &t->d.par[i];
		p->id = t_rand_below(&t->dice, 3) ? arena_printf(t->a, "p%zu", i + 1)
		                                  : arena_printf(t->a, "№ %zu/b", i);
		p->full = phrase(t, 1, 8);
		p->kind = (enum text_kind)t_rand_below(&t->dice, 3);
		p->level = p->kind == TEXT_PARA ? 0 : 1 + (unsigned)t_rand_below(&t->dice, 3);
		p->number =
		    t_rand_below(&t->dice, 2) ? arena_printf(t->a, "%zu bis.", i + 1) : STR_EMPTY;
	}
	struct err err = {0};
	CHECK(text_doc_index(t->a, &t->d, &err) == OK);
}

static str any_id(struct trip *t)
{
	return t->d.par[t_rand_below(&t->dice, t->d.n)].id;
}

static struct text_wish make_wish(struct trip *t)
{
	size_t i = t_rand_below(&t->dice, t->d.n);
	size_t n = text_graphemes(t->l, t->d.par[i].full);
	size_t x = t_rand_below(&t->dice, n + 1), y = t_rand_below(&t->dice, n + 1);
	struct text_wish w = {.par = t->d.par[i].id, .from = x < y ? x : y, .to = x < y ? y : x};
	switch (t_rand_below(&t->dice, 10)) {
	case 0:
		w.verb = TEXT_DO_DELETE_PAR;
		break;
	case 1:
		w.verb = TEXT_DO_SPLIT_PAR;
		break;
	case 2:
		w.verb = TEXT_DO_JOIN_PAR;
		break;
	case 3:
		w.verb = TEXT_DO_MOVE_PAR;
		w.after = t_rand_below(&t->dice, 4) ? any_id(t) : STR_EMPTY;
		if (t_rand_below(&t->dice, 3) == 0)
			w.last = any_id(t);
		break;
	case 4:
	case 5:
		w = (struct text_wish){.verb = TEXT_DO_INSERT_PAR,
		    .after = t_rand_below(&t->dice, 4) ? any_id(t) : STR_EMPTY,
		    .text = phrase(t, 1, 4),
		    .kind = (enum text_kind)t_rand_below(&t->dice, 3),
		    .level = (unsigned)t_rand_below(&t->dice, 3)};
		break;
	case 6:
		w.verb = TEXT_DO_DELETE;
		break;
	case 7:
		w.verb = TEXT_DO_INSERT;
		w.text = phrase(t, 1, 3);
		break;
	default:
		w.verb = TEXT_DO_REPLACE;
		w.text = phrase(t, 1, 3);
	}
	return w;
}

static void make_head(struct trip *t, struct text_amendment *m)
{
	m->party = str_of(parties[t_rand_below(&t->dice, 9)]);
	m->cosponsors = arena_array(t->a, str, 2);
	while (m->cosponsors_n < 2 && t_rand_below(&t->dice, 3) == 0)
		m->cosponsors[m->cosponsors_n++] = str_of(parties[t_rand_below(&t->dice, 9)]);
	if (t_rand_below(&t->dice, 4))
		m->filed_at =
		    (INT64_C(1500000000) + (int64_t)t_rand_below(&t->dice, 1000000)) * USEC_SECOND +
		    (t_rand_below(&t->dice, 2) ? 250000 : 0);
	if (t_rand_below(&t->dice, 2))
		m->reason =
		    t_rand_below(&t->dice, 2) ? S("So.\nSecond line & <more>.") : phrase(t, 1, 3);
	m->stances = arena_array(t->a, struct text_stance, 2);
	while (m->stances_n < 2 && t_rand_below(&t->dice, 3) == 0)
		m->stances[m->stances_n++] = (struct text_stance){
		    (enum text_stance_kind)t_rand_below(&t->dice, TEXT_STANCE_KINDS),
		    str_of(parties[t_rand_below(&t->dice, 9)])};
}

static bool says_twice(const struct text_amendment *m)
{
	for (size_t i = 1; i < m->ops_n; i++)
		if (text_op_same(&m->ops[i - 1], &m->ops[i]))
			return true;
	return false;
}

static void make_amendment(struct trip *t)
{
	struct text_wish w[4];
	size_t n = 0, most = 1 + t_rand_below(&t->dice, 4);
	struct text_amendment good = {0};
	for (size_t tries = 0; tries < 6 && n < most; tries++) {
		struct text_amendment m = {.id = arena_printf(t->a, "a%zu", t->n + 1)};
		w[n] = make_wish(t);
		if (text_settle(t->a, t->l, &t->d, w, n + 1, NULL, 0, &m, NULL) != OK ||
		    says_twice(&m))
			continue;
		good = m;
		n++;
	}
	if (!n)
		return;
	make_head(t, &good);
	t->list[t->n++] = good;
}

/* The package without our own part, as if another program had written it. */
struct copying {
	struct buf b;
};
static bool copy(void *ctx, str piece)
{
	struct copying *c = ctx;
	buf_put(&c->b, piece);
	return true;
}

static str without_part(struct arena *a, str bytes)
{
	static const char *const names[] = {"[Content_Types].xml", "_rels/.rels",
	    "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml",
	    "word/settings.xml", "word/comments.xml", "word/footnotes.xml"};
	struct pack_part parts[8];
	size_t n = 0;
	str out = STR_EMPTY;
	struct err err = {0};
	AUTO_PACK struct pack *p = NULL;
	if (pack_open(a, bytes, &p, &err) != OK)
		return STR_EMPTY;
	for (size_t i = 0; i < 8; i++) {
		struct copying c = {buf_in(a, 0)};
		if (!pack_has(p, str_of(names[i])))
			continue;
		if (pack_feed(p, str_of(names[i]), copy, &c, &err) != OK)
			return STR_EMPTY;
		parts[n++] = (struct pack_part){names[i], buf_str(&c.b)};
	}
	return pack_write(a, parts, n, &out, &err) == OK ? out : STR_EMPTY;
}

/* --- what is compared --- */

static str say(struct trip *t, const struct text_op *op)
{
	struct buf b = buf_in(t->a, 0);
	buf_printf(&b, "kind %d par %zd last %zd after %zd [%zu,%zu) \"%.*s\"", (int)op->kind,
	    (ssize_t)op->par, (ssize_t)op->last, (ssize_t)op->after, op->from, op->to,
	    STR(op->text));
	for (size_t i = 0; i < op->news_n; i++)
		buf_printf(&b, " new %.*s \"%.*s\" %d/%u", STR(op->news[i].id),
		    STR(op->news[i].text), (int)op->news[i].kind, op->news[i].level);
	return buf_str(&b);
}

static str say_all(struct trip *t, const struct text_amendment *m)
{
	struct buf b = buf_in(t->a, 0);
	for (size_t i = 0; i < m->ops_n; i++)
		buf_printf(&b, "\n#   %.*s", STR(say(t, &m->ops[i])));
	return buf_str(&b);
}

static str say_doc(struct trip *t)
{
	struct buf b = buf_in(t->a, 0);
	for (size_t i = 0; i < t->d.n; i++)
		buf_printf(&b, "\n#   %.*s: \"%.*s\"", STR(t->d.par[i].id), STR(t->d.par[i].full));
	return buf_str(&b);
}

static bool same_ops(const struct text_amendment *x, const struct text_amendment *y, bool ids)
{
	if (x->ops_n != y->ops_n)
		return false;
	for (size_t i = 0; i < x->ops_n; i++) {
		if (!text_op_same(&x->ops[i], &y->ops[i]))
			return false;
		for (size_t k = 0; ids && k < x->ops[i].news_n; k++)
			if (!str_eq(x->ops[i].news[k].id, y->ops[i].news[k].id))
				return false;
	}
	return true;
}

static bool same_head(const struct text_amendment *x, const struct text_amendment *y)
{
	if (!str_eq(x->party, y->party) || x->cosponsors_n != y->cosponsors_n ||
	    x->stances_n != y->stances_n || !str_eq(x->reason, y->reason))
		return false;
	for (size_t i = 0; i < x->cosponsors_n; i++)
		if (!str_eq(x->cosponsors[i], y->cosponsors[i]))
			return false;
	for (size_t i = 0; i < x->stances_n; i++)
		if (x->stances[i].kind != y->stances[i].kind ||
		    !str_eq(x->stances[i].party, y->stances[i].party))
			return false;
	return true;
}

static str report(struct trip *t, const struct docx_read *r)
{
	struct buf b = buf_in(t->a, 0);
	buf_printf(&b,
	    "seen %zu imported %zu ignored %zu waiting %zu unexplained %zu untracked %zu", r->seen,
	    r->imported, r->ignored, r->waiting, r->unexplained, r->untracked.n);
	for (size_t i = 0; i < r->looks.n; i++)
		buf_printf(&b, "\n#   look: %.*s",
		    STR(err_fill(t->a, str_of(r->looks.p[i].what), r->looks.p[i].arg, ERR_ARGS)));
	return buf_str(&b);
}

static bool is_clean(const struct docx_read *r)
{
	return !r->waiting && !r->unexplained && !r->looks.n && !r->untracked.n && !r->remarks.n;
}

/* --- the trips --- */

static const struct docx_options options = {.title = {"A draft", 7}};

/* All amendments in one file and back: nothing is lost, compatible or not. */
static void combined(struct trip *t, uint64_t seed)
{
	str bytes;
	struct err err = {0};
	struct docx_read r;
	struct docx_against against = {.doc = &t->d};
	if (docx_write(t->a, t->l, &t->d, t->list, t->n, &options, &bytes, &err) != OK ||
	    docx_read(t->a, t->l, bytes, &against, &r, &err) != OK) {
		t_fail(__FILE__, __LINE__, "seed %llu: %.*s", (unsigned long long)seed,
		    STR(err_text(&err, t->a)));
		return;
	}
	if (!is_clean(&r) || r.n != t->n) {
		t_fail(__FILE__, __LINE__, "seed %llu: %zu of %zu; %.*s%.*s",
		    (unsigned long long)seed, r.n, t->n, STR(report(t, &r)), STR(say_doc(t)));
		for (size_t i = 0; i < t->n; i++)
			printf(
			    "# was %.*s%.*s\n", STR(t->list[i].id), STR(say_all(t, &t->list[i])));
		return;
	}
	for (size_t i = 0; i < t->n; i++) {
		const struct text_amendment *x = &t->list[i], *y = &r.list[i];
		if (!same_ops(x, y, true) || !same_head(x, y) || !str_eq(x->id, y->id) ||
		    x->filed_at != y->filed_at)
			t_fail(__FILE__, __LINE__,
			    "seed %llu: %.*s was%.*s\n# came back as %.*s (head %d)%.*s%.*s",
			    (unsigned long long)seed, STR(x->id), STR(say_all(t, x)), STR(y->id),
			    same_head(x, y), STR(say_all(t, y)), STR(say_doc(t)));
	}
}

static str all_texts(struct arena *a, const str *list, size_t n)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < n; i++) {
		buf_put(&b, text_nfc(a, list[i]));
		buf_put(&b, S("|\n"));
	}
	return buf_str(&b);
}

static str doc_texts(struct arena *a, const struct text_doc *d)
{
	VEC(str) list = {0};
	for (size_t i = 0; i < d->n; i++)
		if (!d->par[i].is_gone)
			*vec_push(a, &list) = text_par_read(a, &d->par[i]);
	return all_texts(a, list.p, list.n);
}

/* P7: the file reads as the revision, and as the revision with the amendment adopted. */
static void projected(struct trip *t, const struct text_amendment *m, str bytes, uint64_t seed)
{
	struct err err = {0};
	struct text_revision rev;
	struct docx_texts plain;
	for (int accept = 0; accept < 2; accept++) {
		str want = doc_texts(t->a, &t->d);
		if (accept && text_merge(t->a, &t->d, m, 1, false, &rev, &err) == OK)
			want = doc_texts(t->a, &rev.doc);
		if (docx_plain(t->a, bytes, accept, &plain, &err) != OK) {
			t_fail(__FILE__, __LINE__, "seed %llu: not read", (unsigned long long)seed);
			return;
		}
		str got = all_texts(t->a, plain.list.p, plain.list.n);
		if (!str_eq(got, want))
			t_fail(__FILE__, __LINE__,
			    "seed %llu, accept %d: %.*s\n#  got\n%.*s\n# want\n%.*s",
			    (unsigned long long)seed, accept, STR(say_all(t, m)), STR(got),
			    STR(want));
	}
}

/* One party's file, and read without what we put beside the text: from the changes alone. */
static void alone(struct trip *t, const struct text_amendment *m, uint64_t seed, size_t *other)
{
	str bytes;
	struct err err = {0};
	struct docx_read r;
	struct docx_against against = {.doc = &t->d};
	CHECK(docx_write(t->a, t->l, &t->d, m, 1, &options, &bytes, &err) == OK);
	projected(t, m, bytes, seed);
	bytes = without_part(t->a, bytes);
	if (docx_read(t->a, t->l, bytes, &against, &r, &err) != OK || r.n != 1 || !is_clean(&r)) {
		t_fail(__FILE__, __LINE__, "seed %llu: %.*s %zu%.*s%.*s", (unsigned long long)seed,
		    STR(report(t, &r)), r.n, STR(say_all(t, m)), STR(say_doc(t)));
		return;
	}
	if (!same_head(m, &r.list[0]))
		t_fail(__FILE__, __LINE__, "seed %llu: head of %.*s", (unsigned long long)seed,
		    STR(m->id));
	CHECK_EQ(r.list[0].filed_at, m->filed_at - m->filed_at % USEC_SECOND);
	if (!same_ops(m, &r.list[0], false)) {
		++*other;
		printf("# seed %llu: %.*s as%.*s\n", (unsigned long long)seed, STR(say_all(t, m)),
		    STR(say_all(t, &r.list[0])));
	}
}

static void run(uint64_t from, uint64_t cases, size_t *amendments, size_t *other)
{
	for (uint64_t seed = from; seed < from + cases && t_failures() < 5; seed++) {
		AUTO_ARENA struct arena *a = arena_new(0);
		struct trip t = {.a = a, .l = text_lexer_open(a), .dice = {seed}};
		make_doc(&t);
		size_t most = 1 + t_rand_below(&t.dice, 6);
		while (most--)
			make_amendment(&t);
		combined(&t, seed);
		for (size_t i = 0; i < t.n; i++)
			alone(&t, &t.list[i], seed, other);
		*amendments += t.n;
		text_lexer_close(t.l);
	}
}

TEST(what_is_written_comes_back)
{
	size_t amendments = 0, other = 0;
	run(1, 400, &amendments, &other);
	printf("# %zu amendments, %zu in another form\n", amendments, other);
	CHECK(amendments > 1000);
	CHECK(other * 200 < amendments);
}
