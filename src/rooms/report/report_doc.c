/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/report/report_doc_inner.h"

#include "base/must.h"
#include "rooms/report/report_words.h"

#include "base/poison.h"

/* --- writing --- */

struct report_span *report_say(struct report_writer *w, struct report_line *line, str words)
{
	struct report_span *s = vec_push(w->a, &line->spans);
	s->words = words;
	return s;
}

/* The note belongs to the last words, or to a span of its own when those have one. */
static struct report_span *span_for_note(struct report_writer *w, struct report_line *line)
{
	if (line->spans.n == 0 || line->spans.p[line->spans.n - 1].note)
		return report_say(w, line, STR_EMPTY);
	return &line->spans.p[line->spans.n - 1];
}

static struct report_endnote *add_note(struct report_writer *w, struct report_line *line)
{
	struct report_endnote *n = vec_push(w->a, &w->d->notes);
	n->number = (int64_t)w->d->notes.n;
	struct report_span *s = span_for_note(w, line);
	s->note = n->number;
	s->first = true;
	return n;
}

/* "3, 5-9, 12" with en dashes. */
static str ranges(struct arena *a, const struct report_entries *e)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < e->n; i++) {
		size_t end = i;
		while (end + 1 < e->n && e->p[end + 1] == e->p[end] + 1)
			end++;
		buf_sep(&b, S(", "));
		buf_put_i64(&b, e->p[i]);
		if (end > i) {
			buf_put(&b, end > i + 1 ? S("–") : S(", "));
			buf_put_i64(&b, e->p[end]);
		}
		i = end;
	}
	return buf_str(&b);
}

void report_prove(
    struct report_writer *w, struct report_line *line, const struct report_entries *entries)
{
	if (entries->n == 0)
		return;
	struct report_endnote *n = add_note(w, line);
	n->ranges = ranges(w->a, entries);
	for (size_t i = 0; i < entries->n; i++)
		*vec_push(w->a, &n->proofs) = (struct report_proof){
		    .seq = entries->p[i],
		    .to = URL(w->a, S("g"), w->g->slug, S("record"),
		        arena_printf(w->a, "%lld", (long long)entries->p[i])),
		};
}

void report_prove_one(struct report_writer *w, struct report_line *line, int64_t seq)
{
	struct report_entries one = {0};
	report_entries_add(w->a, &one, seq);
	report_prove(w, line, &one);
}

void report_put(struct report_writer *w, const struct report_block *b, bool numbered)
{
	if (b->kind == REPORT_LIST ? b->items.n == 0 : b->line.spans.n == 0)
		return;
	struct report_block *put = vec_push(w->a, &w->d->blocks);
	*put = *b;
	if (numbered)
		put->number = ++w->numbered;
}

str report_clean(const struct report_writer *w, str s, str instead)
{
	return w->d->no_agreement && report_says_adopted(s) ? instead : s;
}

str report_address(const struct report_writer *w, const char *piece)
{
	return arena_printf(w->a, "%.*s/g/%.*s/%s", STR(w->g->base), STR(w->g->slug), piece);
}

/* A heading; those of the first level, the summary apart, are numbered "I.", "II." ... */
static void put_heading(struct report_writer *w, struct report_line line, int level, bool numbered)
{
	struct report_block b = {.kind = REPORT_HEADING, .level = level + 1, .line = line};
	b.id = arena_printf(w->a, "h%zu", w->d->blocks.n);
	if (numbered)
		b.mark = report_roman(w->a, ++w->headings);
	report_put(w, &b, false);
}

static void put_facts(struct report_writer *w, enum report_fact fact)
{
	struct report_line line = {0};
	report_say(w, &line, str_of(report_fact_heading(fact)));
	put_heading(w, line, 1, fact != REPORT_FACT_SUMMARY);
	report_say_facts(w, fact);
}

/* --- the prose of a draft --- */

static bool marked(const struct report_text *t, enum report_fact fact)
{
	for (size_t i = 0; i < t->paragraphs.n; i++)
		if (t->paragraphs.p[i].fact == fact && t->paragraphs.p[i].level == 0)
			return true;
	return false;
}

/* The line of a paragraph; its footnotes join those of the whole report. `shown` maps them. */
static struct report_line prose_line(struct report_writer *w, const struct report_text *t,
    const struct report_paragraph *p, int64_t *shown)
{
	struct report_line line = {0};
	for (size_t i = 0; i < p->pieces.n; i++) {
		const struct report_piece *piece = &p->pieces.p[i];
		report_say(w, &line, piece->words);
		if (piece->note == 0)
			continue;
		if (shown[piece->note] == 0) {
			struct report_endnote *n = add_note(w, &line);
			n->words = t->notes.p[piece->note - 1].words;
			shown[piece->note] = n->number;
		} else {
			span_for_note(w, &line)->note = shown[piece->note];
		}
	}
	return line;
}

/* Where the prose goes on after an introduction, which stands before all facts. */
static size_t after_introduction(const struct report_text *t)
{
	const struct report_paragraph *p = t->paragraphs.p;
	size_t i = 1;
	if (t->paragraphs.n == 0 || p[0].level != 1 || p[0].pieces.n == 0 ||
	    !str_eq_nocase(p[0].pieces.p[0].words, S("Introduction")))
		return 0;
	while (i < t->paragraphs.n && p[i].level != 1)
		i++;
	return i;
}

/* The facts from `first` to before `end` that the draft has not placed, under their headings. */
static void put_unplaced(struct report_writer *w, const struct report_text *t,
    enum report_fact first, enum report_fact end)
{
	bool placed[REPORT_FACTS] = {0};
	for (size_t i = 0; i < t->paragraphs.n; i++)
		placed[t->paragraphs.p[i].fact] = true;
	for (int k = (int)first; k < (int)end; k++)
		if (!placed[k])
			put_facts(w, (enum report_fact)k);
}

/* The facts of the work, and a heading for prose that has none of its own. */
static void put_work(struct report_writer *w, const struct report_text *t, size_t next)
{
	struct report_line line = {0};
	put_unplaced(w, t, REPORT_FACT_MANDATE, REPORT_FACT_OUTCOME);
	if (next == t->paragraphs.n || t->paragraphs.p[next].level || t->paragraphs.p[next].fact)
		return;
	report_say(w, &line, S("Statement of the Chair"));
	put_heading(w, line, 1, true);
}

static void put_prose(struct report_writer *w, const struct report_text *t)
{
	int64_t *shown = arena_array(w->a, int64_t, t->notes.n + 1);
	bool done[REPORT_FACTS] = {0};
	size_t work = after_introduction(t);
	put_unplaced(w, t, REPORT_FACT_SUMMARY, REPORT_FACT_MANDATE);
	for (size_t i = 0; i < t->paragraphs.n; i++) {
		if (i == work)
			put_work(w, t, i);
		const struct report_paragraph *p = &t->paragraphs.p[i];
		if (p->level) {
			put_heading(w, prose_line(w, t, p, shown), p->level,
			    p->level == 1 && p->fact != REPORT_FACT_SUMMARY);
		} else if (!p->fact) {
			struct report_block b = {.kind = REPORT_PARAGRAPH};
			b.line = prose_line(w, t, p, shown);
			report_put(w, &b, true);
		}
		/* Under a heading of that name, unless a mark says where. */
		bool here = p->fact && !done[p->fact] && (p->level == 0 || !marked(t, p->fact));
		if (here) {
			done[p->fact] = true;
			report_say_facts(w, p->fact);
		}
	}
	if (work == t->paragraphs.n)
		put_work(w, t, work);
}

static void split_text(struct arena *a, str text, str **paragraphs, size_t *n)
{
	VEC(str) v = {0};
	while (text.n) {
		size_t end = str_find(text, S("\n\n"));
		*vec_push(a, &v) = str_head(text, end == SIZE_MAX ? text.n : end);
		text = end == SIZE_MAX ? STR_EMPTY : str_skip(text, end + 2);
	}
	*paragraphs = v.p;
	*n = v.n;
}

/* --- masthead and annexes --- */

static void fill_masthead(struct report_writer *w)
{
	struct report_doc *d = w->d;
	const struct report_last_row *r = &w->f->report;
	d->group = w->g->title;
	d->title = S("Report of the Chair");
	d->statement = S("Draft. Not issued.");
	d->symbol = STR_EMPTY;
	d->date = STR_EMPTY;
	if (!w->f->has_report)
		return;
	d->title = r->title;
	d->no_agreement = str_is(r->outcome, "no_agreement");
	d->issued = r->issued_seq != INT64_MIN && d->draft == r->issued_draft;
	if (!d->issued)
		return;
	d->symbol = r->symbol;
	d->date = report_day(w->a, r->issued_at);
	d->statement = str_is(r->responsibility, "chair")
	                   ? S("This report is issued under the Chair's own responsibility.")
	                   : S("This report is issued by the Group.");
}

static str status_words(str status)
{
	if (str_is(status, "open"))
		return S("as last revised");
	if (str_is(status, "merged"))
		return S("merged into another");
	if (str_is(status, "not_included"))
		return S("not included");
	return status;
}

static void fill_annexes(struct report_writer *w)
{
	struct report_doc *d = w->d;
	d->facts = w->f;
	for (size_t i = 0; i < w->f->documents.n; i++) {
		const struct report_documents_row *row = &w->f->documents.p[i];
		struct report_line *line = vec_push(w->a, &d->documents);
		report_say(w, line, row->symbol);
		report_say(w, line, S(", "));
		report_say(w, line, report_clean(w, row->title, S("(title in the record)")));
		report_prove_one(w, line, row->seq);
	}
	for (size_t i = 0; i < w->f->proposals.n; i++) {
		const struct proposal_full_row *row = &w->f->proposals.p[i];
		struct report_annexed *x = vec_push(w->a, &d->proposals);
		x->row = row;
		x->status = status_words(row->status);
		x->to = URL(w->a, S("g"), w->g->slug, S("proposals"),
		    arena_printf(w->a, "%lld", (long long)row->number));
		x->withheld = d->no_agreement &&
		              (report_says_adopted(row->text) || report_says_adopted(row->title));
		split_text(w->a, row->text, &x->paragraphs.p, &x->paragraphs.n);
	}
}

/* --- places --- */

static url place(struct arena *a, const char *word, int64_t number)
{
	return url_fragment(
	    a, (url){STR_EMPTY}, arena_printf(a, "%s%lld", word, (long long)number));
}

url report_note_url(struct arena *a, int64_t number)
{
	return place(a, "note-", number);
}

url report_call_url(struct arena *a, int64_t number)
{
	return place(a, "call-", number);
}

url report_paragraph_url(struct arena *a, int64_t number)
{
	return place(a, "p", number);
}

/* --- the whole --- */

static enum rc read_draft(struct db *db, struct report_writer *w, int64_t draft,
    struct report_text *text, struct err *err)
{
	const struct report_last_row *r = &w->f->report;
	struct report_drafts_rows drafts = {0};
	struct report_draft_one_row row;
	bool found;
	if (!w->f->has_report)
		return OK;
	TRY(report_drafts(db, w->a, w->g->grp, r->number, &drafts, err));
	if (draft == 0 && r->issued_seq != INT64_MIN)
		draft = r->issued_draft;
	if (draft == 0 && drafts.n)
		draft = drafts.p[0].draft;
	if (draft == 0)
		return OK;
	TRY(report_draft_one(db, w->a, w->g->grp, r->number, draft, &row, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "The report has no draft {0}.",
		    arena_printf(w->a, "%lld", (long long)draft));
	w->d->draft = draft;
	if (row.text.n == 0) /* erased */
		return OK;
	str *paragraphs;
	size_t n;
	split_text(w->a, row.text, &paragraphs, &n);
	TRY(report_text_read(w->a, paragraphs, n, text, err));
	w->d->has_draft = true;
	return OK;
}

enum rc report_doc_make(struct db *db, struct arena *a, const struct report_group *g, int64_t draft,
    struct report_doc *out, struct err *err)
{
	*out = (struct report_doc){0};
	struct report_facts *f = arena_new_of(a, struct report_facts);
	struct report_writer w = {.a = a, .g = g, .f = f, .d = out};
	struct report_text text = {0};
	TRY(report_last(db, a, g->grp, &f->report, &f->has_report, err));
	TRY(read_draft(db, &w, draft, &text, err));
	fill_masthead(&w);
	int64_t upto = out->issued ? f->report.issued_seq : REPORT_NOW;
	TRY(report_facts_read_upto(db, a, g->grp, upto, f, err));
	put_prose(&w, &text);
	put_unplaced(&w, &text, REPORT_FACT_OUTCOME, REPORT_FACTS);
	fill_annexes(&w);
	return OK;
}
