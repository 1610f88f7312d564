/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/reading/reading_view.h"

#include "base/must.h"
#include "rooms/reading/reading.h"

#include "base/poison.h"

/* The newest reading of a draft. */
static int64_t newest(const struct view *v, int64_t draft)
{
	const struct reading_course *c = reading_course(v->group, draft);
	return c ? (int64_t)c->readings.n : 0;
}

/* How a paragraph stands now. What was deleted was so by this entry. */
static enum rc put(
    struct view *v, const struct fact *f, const struct draft *d, size_t place, struct err *err)
{
	int64_t draft = fact_i64(f, "draft"), seq = f->seq;
	const struct text_par *p = &d->doc.par[place];
	const struct reading_course *c = reading_course(v->group, draft);
	const struct reading_mark *m;
	enum par_status s = reading_status(v->group, d, draft, p->id, &m);
	must(c);
	if (s != PAR_DELETED)
		seq = m ? m->seq : c->readings.p[c->readings.n - 1].opened;
	return reading_put_paragraph(v->db, v->grp, draft, (int64_t)c->readings.n, p->id,
	    (int64_t)place, reading_par_shown(v->arena, p), str_of(par_status_word(s)),
	    m && m->ad_ref ? m->ad_ref : INT64_MIN, m ? m->with : STR_EMPTY, seq, err);
}

/* A paragraph that this reading listed: deleted, or joined to another one and read there. */
static enum rc look_after(struct view *v, const struct fact *f, const struct draft *d,
    const struct reading_paragraphs_row *row, struct err *err)
{
	size_t at = text_doc_find(&d->doc, row->paragraph);
	if (at == TEXT_START || !str_eq(d->doc.par[at].id, row->paragraph))
		return reading_drop_paragraph(v->db, v->grp, fact_i64(f, "draft"),
		    newest(v, fact_i64(f, "draft")), row->paragraph, err);
	if (d->doc.par[at].is_gone && !str_is(row->status, "deleted"))
		return put(v, f, d, at, err);
	return OK;
}

/* Those that are read now, and those that this reading listed before. */
static enum rc put_all(struct view *v, const struct fact *f, struct err *err)
{
	int64_t draft = fact_i64(f, "draft");
	const struct draft *d = draft_get(v->group, draft);
	struct reading_paragraphs_rows rows = {0};
	must(d);
	TRY(reading_paragraphs(v->db, v->arena, v->grp, draft, newest(v, draft), &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		TRY(look_after(v, f, d, &rows.p[i], err));
	for (size_t i = 0; i < d->doc.n; i++)
		if (!d->doc.par[i].is_gone)
			TRY(put(v, f, d, i, err));
	return OK;
}

static enum rc put_some(
    struct view *v, const struct fact *f, const str *ids, size_t n, struct err *err)
{
	int64_t draft = fact_i64(f, "draft");
	const struct draft *d = draft_get(v->group, draft);
	must(d);
	for (size_t i = 0; i < n; i++) {
		size_t at = text_doc_find(&d->doc, ids[i]);
		must(at != TEXT_START);
		TRY(put(v, f, d, at, err));
	}
	return OK;
}

static enum rc apply_open(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "reading");
	TRY(reading_add(v->db, v->grp, fact_i64(f, "draft"), number, fact_bool(f, "last"),
	    number == 1, fact_i64(f, "revision"), fact_str(f, "symbol"), fact_str(f, "base"),
	    fact_str(f, "words"), f->time, f->seq, err));
	return put_all(v, f, err);
}

static enum rc apply_proceed(struct view *v, const struct fact *f, struct err *err)
{
	return reading_end_general(
	    v->db, v->grp, fact_i64(f, "draft"), fact_i64(f, "reading"), err);
}

static enum rc apply_close(struct view *v, const struct fact *f, struct err *err)
{
	int64_t draft = fact_i64(f, "draft"), number = fact_i64(f, "reading");
	TRY(reading_end(v->db, v->grp, draft, number, fact_i64(f, "revision"),
	    fact_str(f, "symbol"), fact_str(f, "base"), fact_str(f, "words"), f->time, f->seq,
	    err));
	return reading_close_paragraphs(v->db, v->grp, draft, number, err);
}

static enum rc apply_comment(struct view *v, const struct fact *f, struct err *err)
{
	return reading_add_comment(v->db, v->grp, fact_i64(f, "draft"), fact_i64(f, "reading"),
	    fact_i64(f, "comment"), fact_i64(f, "for_seat"), fact_str(f, "party"),
	    fact_str(f, "text"), f->time, f->seq, err);
}

static enum rc apply_provisional(struct view *v, const struct fact *f, struct err *err)
{
	int64_t draft = fact_i64(f, "draft");
	if (str_is(fact_str(f, "applies"), "yes"))
		return reading_add_provisional(
		    v->db, v->grp, draft, fact_str(f, "words"), f->time, f->seq, err);
	return reading_end_provisional(v->db, v->grp, draft, err);
}

/* Only in a reading, and only what its paragraphs are. */
static enum rc apply_accept(struct view *v, const struct fact *f, struct err *err)
{
	return newest(v, fact_i64(f, "draft")) ? put_all(v, f, err) : OK;
}

/* What else was said, of the words that this act has. */
struct note {
	str why, party, words, ruling, amendments, against;
};

/* Of an agreement: the ruling, and what it went over. */
static struct note note_of_ruling(struct view *v, const struct fact *f)
{
	struct note n = {.words = fact_str(f, "words"), .ruling = fact_str(f, "ruling")};
	const struct value *over = fact_value(f, "over"), *against = fact_value(f, "against");
	struct buf amendments = buf_in(v->arena, 0), parties = buf_in(v->arena, 0);
	for (size_t i = 0; over && i < over->numbers.n; i++) {
		buf_sep(&amendments, S(", "));
		buf_put_i64(&amendments, over->numbers.p[i]);
	}
	for (size_t i = 0; against && i < against->list.n; i++) {
		buf_sep(&parties, S(", "));
		buf_put(&parties, against->list.p[i]);
	}
	n.amendments = buf_str(&amendments);
	n.against = buf_str(&parties);
	return n;
}

static enum rc add_note(
    struct view *v, const struct fact *f, const char *act, struct note n, struct err *err)
{
	int64_t draft = fact_i64(f, "draft");
	return reading_add_note(v->db, v->grp, draft, f->seq, newest(v, draft), str_of(act),
	    fact_str(f, "shown"), n.why, n.party, n.words, n.ruling, n.amendments, n.against,
	    f->time, err);
}

static enum rc put_run(struct view *v, const struct fact *f, struct err *err)
{
	const struct value *ids = fact_value(f, "paragraphs");
	return put_some(v, f, ids->list.p, ids->list.n, err);
}

static enum rc apply_bracket(struct view *v, const struct fact *f, struct err *err)
{
	struct note n = {.why = fact_str(f, "why"), .words = fact_str(f, "words")};
	TRY(add_note(v, f, "bracket", n, err));
	return put_run(v, f, err);
}

static enum rc apply_agree(struct view *v, const struct fact *f, struct err *err)
{
	TRY(add_note(v, f, "agree", note_of_ruling(v, f), err));
	return put_run(v, f, err);
}

static enum rc apply_park(struct view *v, const struct fact *f, struct err *err)
{
	struct note n = {.why = fact_str(f, "with"), .words = fact_str(f, "words")};
	TRY(add_note(v, f, "park", n, err));
	return put_run(v, f, err);
}

static enum rc apply_reopen(struct view *v, const struct fact *f, struct err *err)
{
	int64_t ad_ref = fact_i64(f, "ad_ref");
	TRY(add_note(v, f, "reopen", (struct note){.words = fact_str(f, "words")}, err));
	if (ad_ref)
		TRY(reading_end_ad_ref(v->db, v->grp, ad_ref,
		    str_of(ad_ref_state_word(AD_REF_REOPENED)), f->time, f->seq, err));
	return put_run(v, f, err);
}

static enum rc apply_agree_ad_ref(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "ad_ref");
	const struct ad_ref *x = reading_ad_ref(v->group, number);
	must(x);
	TRY(reading_add_ad_ref(v->db, v->grp, number, x->draft, fact_i64(f, "reading"), x->par,
	    x->shown, x->until, f->time, f->seq, err));
	for (size_t i = 0; i < x->seats.n; i++)
		TRY(reading_add_ad_ref_seat(
		    v->db, v->grp, number, x->seats.p[i].seat, x->seats.p[i].party, err));
	TRY(add_note(v, f, "agree_ad_ref", note_of_ruling(v, f), err));
	return put_some(v, f, &x->par, 1, err);
}

/* A seat has spoken, or the time has passed: what became of the agreement. */
static enum rc end_ad_ref(struct view *v, const struct fact *f, int64_t number, struct err *err)
{
	const struct ad_ref *x = reading_ad_ref(v->group, number);
	must(x);
	if (x->state != AD_REF_PENDING)
		TRY(reading_end_ad_ref(v->db, v->grp, number, str_of(ad_ref_state_word(x->state)),
		    f->time, f->seq, err));
	return put_some(v, f, &x->par, 1, err);
}

static enum rc apply_confirm(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "ad_ref");
	TRY(reading_answer(v->db, v->grp, number, fact_i64(f, "for_seat"), S("confirmed"),
	    STR_EMPTY, f->time, f->seq, err));
	return end_ad_ref(v, f, number, err);
}

static enum rc apply_object(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "ad_ref");
	struct note n = {.party = fact_str(f, "party"), .words = fact_str(f, "reason")};
	TRY(reading_answer(v->db, v->grp, number, fact_i64(f, "for_seat"), S("objected"),
	    fact_str(f, "reason"), f->time, f->seq, err));
	TRY(add_note(v, f, "object", n, err));
	return end_ad_ref(v, f, number, err);
}

static enum rc apply_lapse(struct view *v, const struct fact *f, struct err *err)
{
	return end_ad_ref(v, f, fact_i64(f, "number"), err);
}

static const struct applier appliers[] = {
    {"draft.accept", apply_accept},
    {"reading.open", apply_open},
    {"reading.comment", apply_comment},
    {"reading.proceed", apply_proceed},
    {"reading.take_up", put_run},
    {"reading.bracket", apply_bracket},
    {"reading.agree", apply_agree},
    {"reading.agree_ad_ref", apply_agree_ad_ref},
    {"reading.park", apply_park},
    {"reading.reopen", apply_reopen},
    {"reading.confirm", apply_confirm},
    {"reading.object", apply_object},
    {"reading.lapse", apply_lapse},
    {"reading.close", apply_close},
    {"reading.provisional", apply_provisional},
};

const struct room_view reading_view = {
    .schema = &reading_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
