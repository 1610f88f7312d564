/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* From a draft to a package: what is asked for is checked, remarks are gathered, parts are made. */
#include "docx/pack.h"
#include "docx/stance.h"
#include "docx/wish.h"
#include "docx/write_inner.h"
#include "text/json_read.h"

#include "base/poison.h"

/* --- can XML hold it --- */

static enum rc check(str text, const char *what, str id, struct err *err)
{
	if (xml_can_hold(text))
		return OK;
	return ERR(err, INVALID, NULL, "{0} {1} has a character that a Word file cannot hold.",
	    str_of(what), id);
}

static enum rc check_amendment(const struct text_amendment *m, struct err *err)
{
	TRY(check(m->id, "Amendment", m->id, err));
	TRY(check(m->party, "Amendment", m->id, err));
	TRY(check(m->reason, "Amendment", m->id, err));
	for (size_t i = 0; i < m->cosponsors_n; i++)
		TRY(check(m->cosponsors[i], "Amendment", m->id, err));
	for (size_t i = 0; i < m->stances_n; i++)
		TRY(check(m->stances[i].party, "Amendment", m->id, err));
	for (size_t i = 0; i < m->ops_n; i++) {
		const struct text_op *op = &m->ops[i];
		if (op->kind == TEXT_RESTORE || op->kind == TEXT_RESTORE_PAR)
			return ERR(err, INVALID, NULL,
			    "Amendment {0} undoes another; a Word file cannot show that.", m->id);
		TRY(check(op->text, "Amendment", m->id, err));
		TRY(check(op->with, "Amendment", m->id, err));
		for (size_t k = 0; k < op->news_n; k++) {
			TRY(check(op->news[k].text, "Amendment", m->id, err));
			TRY(check(op->news[k].id, "Amendment", m->id, err));
		}
	}
	return OK;
}

static enum rc check_all(const struct text_doc *d, const struct text_amendment *list, size_t n,
    const struct docx_options *o, struct err *err)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct text_par *p = &d->par[i];
		TRY(check(p->full, "Paragraph", p->id, err));
		TRY(check(p->id, "Paragraph", p->id, err));
		TRY(check(p->number, "Paragraph", p->id, err));
		for (size_t k = 0; k < p->marks_n; k++)
			TRY(check(p->marks[k].value, "Paragraph", p->id, err));
	}
	for (size_t i = 0; i < n; i++)
		TRY(check_amendment(&list[i], err));
	TRY(check(o->title, "The title", STR_EMPTY, err));
	return check(o->lang, "The language", STR_EMPTY, err);
}

/* --- remarks --- */

static void add_comment(
    struct docx_writing *w, size_t who, str author, usec date, str text, const char *what)
{
	*vec_push(w->arena, &w->comments) = (struct written_comment){
	    .comment = {.author = author, .date = date, .text = text, .who = who, .what = what}};
}

static void gather_comments(struct docx_writing *w)
{
	const struct plan *p = &w->plan;
	w->of = arena_array(w->arena, size_t *, p->n + 1);
	for (size_t i = 0; i < p->n; i++) {
		const struct text_amendment *m = &p->list[i];
		size_t first = w->comments.n;
		if (m->reason.n)
			add_comment(
			    w, i, plan_author(w->arena, m), m->filed_at, m->reason, "reason");
		for (size_t k = 0; k < m->stances_n; k++)
			add_comment(w, i, m->stances[k].party, 0,
			    docx_stance_text(m->stances[k].kind),
			    text_stance_name(m->stances[k].kind).p);
		size_t n = w->comments.n - first;
		if (!n)
			continue;
		w->of[i] = arena_array(w->arena, size_t, n + 1);
		for (size_t k = 0; k < n; k++)
			w->of[i][k] = first + k;
		w->of[i][n] = SIZE_MAX;
	}
	for (size_t k = 0; k < p->alts.n; k++) {
		const struct text_class *c = &p->touch.list[p->alts.p[k].class];
		add_comment(w, c->owner[0], plan_author(w->arena, &p->list[c->owner[0]]), 0,
		    p->alts.p[k].why, "alternative");
		w->comments.p[w->comments.n - 1].alt = k + 1;
	}
}

/* --- our own part --- */

static void put_id(const struct docx_writing *w, struct buf *b, str id, struct map *said)
{
	str mark = docx_bookmark(w->arena, id);
	if (!id.n || docx_bookmark_id(mark).p || map_get(said, id))
		return;
	map_put(said, id, said);
	xml_raw(b, "<c:par");
	xml_attr(b, "mark", mark);
	xml_attr(b, "id", id);
	xml_raw(b, "/>");
}

/* 1 + the alternative that a class is, or 0. */
static size_t alt_of(const struct plan *p, size_t class)
{
	for (size_t i = 0; p->is_alt[class] && i < p->alts.n; i++)
		if (p->alts.p[i].class == class)
			return i + 1;
	return 0;
}

/* The operations as the amendment itself has them: ids of new paragraphs are its own. */
static void put_ops(const struct docx_writing *w, struct buf *b, size_t who)
{
	const struct plan *p = &w->plan;
	const struct text_amendment *m = &p->list[who];
	for (size_t i = 0; i < m->ops_n; i++) {
		size_t alt = 0;
		struct docx_wishes wishes = {0};
		if (!text_op_is_live(&m->ops[i]))
			continue;
		for (size_t k = 0; k < p->touch.of_n[who]; k++)
			if (text_op_same(p->touch.list[p->touch.of[who][k]].op, &m->ops[i]))
				alt = alt_of(p, p->touch.of[who][k]);
		docx_wishes_of(w->arena, w->lexer, p->doc, &m->ops[i], &wishes);
		for (size_t k = 0; k < wishes.list.n; k++) {
			xml_raw(b, "<c:op");
			if (alt)
				xml_attr_n(b, "alt", alt);
			docx_wish_put(b, &wishes.list.p[k]);
			xml_raw(b, "/>");
		}
	}
}

static void put_amendment(
    const struct docx_writing *w, struct buf *b, size_t who, const str *changes)
{
	const struct text_amendment *m = &w->plan.list[who];
	xml_raw(b, "<c:amendment");
	xml_attr(b, "id", m->id);
	xml_attr(b, "party", m->party);
	if (m->filed_at)
		xml_attr(b, "filed", arena_printf(w->arena, "%lld", (long long)m->filed_at));
	xml_attr(b, "changes", *changes);
	xml_raw(b, ">");
	for (size_t i = 0; i < m->cosponsors_n; i++) {
		xml_raw(b, "<c:with");
		xml_attr(b, "name", m->cosponsors[i]);
		xml_raw(b, "/>");
	}
	for (size_t i = 0; i < w->comments.n; i++) {
		const struct written_comment *c = &w->comments.p[i];
		if (!c->placed || c->comment.who != who)
			continue;
		xml_raw(b, "<c:remark");
		xml_attr_n(b, "id", c->comment.id);
		xml_attr(b, "what", str_of(c->comment.what));
		xml_raw(b, "/>");
	}
	put_ops(w, b, who);
	xml_raw(b, "</c:amendment>");
}

void docx_write_draft(const struct docx_writing *w, struct buf *b)
{
	const struct word_stream *s = &w->plan.stream;
	struct map said = map_in(w->arena);
	struct buf *changes = arena_array(w->arena, struct buf, w->plan.n + 1);
	for (size_t i = 0; i < w->plan.n; i++)
		changes[i] = buf_in(w->arena, 0);
	for (size_t i = 0; i < s->changes.n; i++)
		for (size_t k = 0; k < s->changes.p[i].who_n; k++) {
			buf_sep(&changes[s->changes.p[i].who[k]], S(" "));
			buf_put_u64(&changes[s->changes.p[i].who[k]], i + 1);
		}
	xml_raw(b, XML_HEAD "<c:draft xmlns:c=\"" DRAFT_NS "\">");
	for (size_t i = 0; i < s->par.n; i++)
		put_id(w, b, s->par.p[i].id, &said);
	for (size_t i = 0; i < w->plan.n; i++)
		if (w->plan.touch.of_n[i]) {
			str list = buf_str(&changes[i]);
			put_amendment(w, b, i, &list);
		}
	xml_raw(b, "</c:draft>");
}

/* --- the package --- */

static void put_core(const struct docx_writing *w, struct buf *b)
{
	xml_raw(b, XML_HEAD
	    "<cp:coreProperties "
	    "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
	    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>");
	xml_text(b, w->options->title);
	xml_raw(b, "</dc:title>");
	if (w->options->lang.n) {
		xml_raw(b, "<dc:language>");
		xml_text(b, w->options->lang);
		xml_raw(b, "</dc:language>");
	}
	xml_raw(b, "</cp:coreProperties>");
}

static const char root_relations[] =
    XML_HEAD "<Relationships xmlns=\"" PACK_REL "\"><Relationship Id=\"rId1\" Type=\"" REL
             "officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" "
             "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
             "core-properties\" Target=\"docProps/core.xml\"/></Relationships>";
static const char item_relations[] =
    XML_HEAD "<Relationships xmlns=\"" PACK_REL "\"><Relationship Id=\"rId1\" Type=\"" REL
             "customXmlProps\" Target=\"itemProps1.xml\"/></Relationships>";
static const char item_properties[] = XML_HEAD
    "<ds:datastoreItem ds:itemID=\"{6B0A63E4-51A4-4C1E-9B57-2C0C4A1D7E01}\" "
    "xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\">"
    "<ds:schemaRefs><ds:schemaRef ds:uri=\"" DRAFT_NS "\"/></ds:schemaRefs></ds:datastoreItem>";

static enum rc put_parts(struct docx_writing *w, str *out, struct err *err)
{
	struct buf b[9];
	for (size_t i = 0; i < 9; i++)
		b[i] = buf_in(w->arena, 0);
	/* The body first: it finds the links, and a place for each remark. */
	docx_write_document(w, &b[0]);
	if (w->plan.has_notes)
		docx_write_footnotes(w, &b[1]);
	docx_write_comments(w, &b[2]);
	docx_write_styles(w, &b[3]);
	docx_write_settings(w, &b[4]);
	docx_write_relations(w, &b[5]);
	docx_write_types(w, &b[6]);
	docx_write_draft(w, &b[7]);
	put_core(w, &b[8]);
	const struct pack_part parts[] = {
	    {"[Content_Types].xml", buf_str(&b[6])},
	    {"_rels/.rels", str_of(root_relations)},
	    {"docProps/core.xml", buf_str(&b[8])},
	    {"word/document.xml", buf_str(&b[0])},
	    {"word/_rels/document.xml.rels", buf_str(&b[5])},
	    {"word/styles.xml", buf_str(&b[3])},
	    {"word/settings.xml", buf_str(&b[4])},
	    {"word/comments.xml", buf_str(&b[2])},
	    {"customXml/item1.xml", buf_str(&b[7])},
	    {"customXml/itemProps1.xml", str_of(item_properties)},
	    {"customXml/_rels/item1.xml.rels", str_of(item_relations)},
	    {"word/footnotes.xml", buf_str(&b[1])},
	};
	return pack_write(
	    w->arena, parts, sizeof parts / sizeof *parts - !w->plan.has_notes, out, err);
}

enum rc docx_write(struct arena *a, struct text_lexer *l, const struct text_doc *d,
    const struct text_amendment *list, size_t n, const struct docx_options *options, str *out,
    struct err *err)
{
	TRY(check_all(d, list, n, options, err));
	struct docx_writing w = {.arena = a,
	    .lexer = l,
	    .options = options,
	    .plan = plan_make(a, d, list, n),
	    .ids = docx_ids_in(a),
	    .para_ids = map_in(a)};
	w.last_id = (uint32_t)w.plan.stream.changes.n;
	for (size_t i = 0; i < d->n; i++) {
		str *number = arena_new_of(a, str);
		*number = docx_para_id(&w.ids, d->par[i].id);
		map_put(&w.para_ids, d->par[i].id, number);
	}
	gather_comments(&w);
	return put_parts(&w, out, err);
}
