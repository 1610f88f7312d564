/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The words of a paragraph as HTML: brackets in brackets, and who stands behind them. */
#include "base/err.h"
#include "text/number.h"
#include "text/rolling_page.h"

#include "base/poison.h"

str roll_voice(const struct roll_page *p, const char *english)
{
	if (p->voice && p->voice->say)
		return p->voice->say(p->voice->ctx, english);
	return str_of(english);
}

void roll_open_sign(struct roll_page *p, const char *class)
{
	markup_open(&p->m, "span");
	markup_class(&p->m, class);
	markup_flag(&p->m, "data-sign");
}

void roll_sign(struct roll_page *p, const char *class, str s)
{
	roll_open_sign(p, class);
	markup_text(&p->m, s);
	markup_close(&p->m);
}

/* Isolated, so that the Latin of "5 bis" does not decide the direction of the paragraph. */
void roll_put_number(struct roll_page *p, str number)
{
	if (!number.n)
		return;
	str point = str_skip(text_number_point(p->cast.arena, number), number.n);
	roll_open_sign(p, "rolling-number");
	roll_put_name(p, number);
	markup_text(&p->m, point);
	markup_close(&p->m);
	roll_sign(p, "rolling-space", S(" "));
}

str roll_ids(struct roll_page *p, const struct text_backers *by)
{
	struct buf b = buf_in(p->cast.arena, 0);
	for (size_t i = 0; i < by->n; i++) {
		str id = p->cast.r->list[by->p[i]].id;
		buf_sep(&b, S(" "));
		for (size_t k = 0; k < id.n; k++)
			if ((unsigned char)id.p[k] <= ' ' || id.p[k] == '%')
				buf_printf(&b, "%%%02X", (unsigned)(unsigned char)id.p[k]);
			else
				buf_putc(&b, id.p[k]);
	}
	return buf_str(&b);
}

/* --- who --- */

void roll_put_name(struct roll_page *p, str name)
{
	markup_open(&p->m, "bdi");
	markup_text(&p->m, name);
	markup_close(&p->m);
}

str text_rolling_anchor(struct arena *a, size_t i)
{
	return arena_printf(a, "amendment-%zu", i + 1);
}

str roll_link(const struct roll_page *p, size_t who)
{
	return arena_printf(p->cast.arena, "#%.*s", STR(text_rolling_anchor(p->cast.arena, who)));
}

/* What stands between two names in the language of the reader. */
static str comma(const struct roll_page *p)
{
	str pair = roll_voice(p, "{0}, {1}");
	size_t from = str_find(pair, S("{0}")), to = str_find(pair, S("{1}"));
	if (from == SIZE_MAX || to == SIZE_MAX || from + 3 > to)
		return S(", ");
	return (str){pair.p + from + 3, to - from - 3};
}

/* Sponsors of one amendment are one link to it. */
static void put_names(struct roll_page *p, const struct roll_item *item, bool links)
{
	for (size_t i = 0; i < item->n; i++) {
		bool first = !i || item->name[i].who != item->name[i - 1].who;
		bool last = i + 1 == item->n || item->name[i].who != item->name[i + 1].who;
		if (i && first)
			markup_text(&p->m, comma(p));
		/* A stance on words of the text is in no list. */
		bool link = links && !p->cast.r->list[item->name[i].who].on_text;
		if (link && first) {
			markup_open(&p->m, "a");
			markup_attr(&p->m, "href", roll_link(p, item->name[i].who));
		}
		if (i && !first)
			markup_text(&p->m, comma(p));
		roll_put_name(p, item->name[i].name);
		if (link && last)
			markup_close(&p->m);
	}
}

/* Label and names, isolated: labels are in the language of the reader, not of the text. */
static void put_item(struct roll_page *p, const struct roll_item *item)
{
	str said = roll_voice(p, item->label);
	size_t at = str_find(said, S("{0}"));
	bool alone = said.n == 3;
	if (!alone) {
		markup_open(&p->m, "bdi");
		markup_text(&p->m, str_head(said, at));
	}
	put_names(p, item, item->is_sponsors);
	if (!alone) {
		markup_text(&p->m, str_skip(said, at == SIZE_MAX ? said.n : at + 3));
		markup_close(&p->m);
	}
}

void roll_put_tail(struct roll_page *p, const struct roll_tail *t)
{
	if (!t->n)
		return;
	/* In the reader's language, whatever that of the text: it has a direction of its own. */
	markup_open(&p->m, "bdi");
	markup_class(&p->m, "rolling-who");
	markup_flag(&p->m, "data-sign");
	for (size_t i = 0; i < t->n; i++) {
		markup_text(&p->m, i ? S("; ") : S(" – "));
		put_item(p, &t->item[i]);
	}
	markup_close(&p->m);
}

str roll_some_names(struct roll_page *p, const struct roll_item *item)
{
	struct buf b = buf_in(p->cast.arena, 0);
	for (size_t i = 0; i < item->n && i < 4; i++) {
		buf_sep(&b, comma(p));
		buf_put(&b, i < 3 ? item->name[i].name : S("…"));
	}
	return buf_str(&b);
}

/* --- words --- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

struct roll_ends roll_ends_of(const struct text_nodes *n)
{
	struct roll_ends e = {0};
	const struct text_node *first = n->n ? &n->p[0] : NULL;
	const struct text_node *last = n->n ? &n->p[n->n - 1] : NULL;
	if (first && first->kind == TEXT_NODE_TEXT)
		while (e.lead < first->text.n && is_blank(first->text.p[e.lead]))
			e.lead++;
	if (first == last && first && e.lead == first->text.n)
		return (struct roll_ends){0};
	if (last && last->kind == TEXT_NODE_TEXT)
		while (e.trail < last->text.n && is_blank(last->text.p[last->text.n - 1 - e.trail]))
			e.trail++;
	return e;
}

static void put_words(struct roll_page *p, str s)
{
	if (!s.n)
		return;
	markup_text(&p->m, s);
	p->after_bracket = false;
}

/* --- emphasis, links, references to notes --- */

static bool is_safe_link(str s)
{
	return str_starts(s, S("https://")) || str_starts(s, S("http://")) ||
	       str_starts(s, S("mailto:"));
}

/* How many elements have been opened. */
static size_t open_marks(struct roll_page *p, size_t from, size_t to)
{
	size_t n = 0;
	for (size_t i = 0; i < p->par->marks_n; i++) {
		const struct text_mark *m = &p->par->marks[i];
		if (m->from > from || m->to < to || m->kind == TEXT_NOTE_REF)
			continue;
		if (m->kind == TEXT_LINK && !is_safe_link(m->value))
			continue;
		markup_open(&p->m, m->kind == TEXT_LINK     ? "a"
		                   : m->kind == TEXT_STRONG ? "strong"
		                                            : "em");
		if (m->kind == TEXT_LINK)
			markup_attr(&p->m, "href", m->value);
		n++;
	}
	return n;
}

static void put_notes(struct roll_page *p, size_t at)
{
	for (size_t i = 0; i < p->par->marks_n; i++) {
		const struct text_mark *m = &p->par->marks[i];
		if (m->kind != TEXT_NOTE_REF || m->from != at)
			continue;
		size_t note = text_doc_find(p->cast.r->doc, m->value);
		if (note == TEXT_START)
			continue;
		markup_open(&p->m, "sup");
		markup_flag(&p->m, "data-sign");
		markup_open(&p->m, roll_is_shown(p, note) ? "a" : "span");
		if (roll_is_shown(p, note))
			markup_attr(&p->m, "href",
			    arena_printf(p->cast.arena, "#rolling-paragraph-%zu", note + 1));
		markup_text(&p->m, p->cast.number[note]);
		markup_close(&p->m);
		markup_close(&p->m);
	}
}

/* The next place behind `at` where a mark begins or ends, or `to`. */
static size_t next_mark(const struct text_par *par, size_t at, size_t to)
{
	for (size_t i = 0; i < par->marks_n; i++) {
		const struct text_mark *m = &par->marks[i];
		if (m->from > at && m->from < to)
			to = m->from;
		if (m->to > at && m->to < to)
			to = m->to;
	}
	return to;
}

/* Bytes [lead, end) of the words of a node of the revision. */
static void put_marked(struct roll_page *p, const struct text_node *n, size_t lead, size_t end)
{
	size_t shown = 0;
	if (n->from == 0)
		put_notes(p, 0);
	for (size_t from = n->from, to; from < n->to; from = to) {
		to = next_mark(p->par, from, n->to);
		str s = text_par_between(p->cast.arena, p->par, from, to);
		size_t skip = lead > shown ? lead - shown : 0;
		size_t stop = shown + s.n > end ? end - (shown < end ? shown : end) : s.n;
		shown += s.n;
		if (skip < stop) {
			size_t open = open_marks(p, from, to);
			put_words(p, (str){s.p + skip, stop - skip});
			while (open--)
				markup_close(&p->m);
		}
		put_notes(p, to);
	}
}

/* --- brackets --- */

static void put_node(struct roll_page *p, const struct text_node *n, size_t lead, size_t trail);

void roll_put_inner(struct roll_page *p, const struct text_nodes *n, struct roll_ends e)
{
	for (size_t i = 0; i < n->n; i++)
		put_node(p, &n->p[i], i ? 0 : e.lead, i + 1 < n->n ? 0 : e.trail);
}

void roll_put_lead(struct roll_page *p, const struct text_nodes *n, struct roll_ends e)
{
	if (e.lead)
		put_words(p, str_head(n->p[0].text, e.lead));
}

void roll_put_trail(struct roll_page *p, const struct text_nodes *n, struct roll_ends e)
{
	if (!e.trail)
		return;
	str last = n->p[n->n - 1].text;
	put_words(p, str_skip(last, last.n - e.trail));
}

/* How a branch is set: in the words of a paragraph, or as a version of the whole. */
struct setting {
	const char *element; /* of its bracket */
	str number;
	str end; /* a sign that all versions have */
};

/* One bracket: the words of a branch as ins or del, and who stands behind them. */
static void put_branch(struct roll_page *p, const struct text_nodes *n, const char *element,
    const struct setting *set, const struct roll_tail *t)
{
	struct roll_ends e = roll_ends_of(n);
	roll_put_lead(p, n, e);
	roll_sign(p, "rolling-sign", S("["));
	roll_put_number(p, set->number);
	p->after_bracket = false;
	markup_open(&p->m, element);
	roll_put_inner(p, n, e);
	markup_close(&p->m);
	if (set->end.n) {
		roll_put_trail(p, n, e);
		put_words(p, set->end);
	}
	roll_put_tail(p, t);
	roll_sign(p, "rolling-sign", S("]"));
	p->after_bracket = true;
	if (!set->end.n)
		roll_put_trail(p, n, e);
}

const char *roll_base_element(const struct roll_tail *t, bool only_stances)
{
	bool goes = !only_stances;
	for (size_t i = 0; i < t->n; i++)
		goes = goes || t->item[i].is_sponsors;
	return goes ? "del" : "span";
}

bool roll_only_stances(const struct roll_page *p, const struct text_backers *by)
{
	for (size_t i = 0; i < by->n; i++)
		if (!p->cast.r->list[by->p[i]].on_text)
			return false;
	return true;
}

str roll_label_base(struct roll_page *p, const struct roll_tail *t)
{
	str names;
	for (size_t i = 0; i < t->n; i++)
		if (t->item[i].is_sponsors) {
			names = roll_some_names(p, &t->item[i]);
			return err_fill(p->cast.arena,
			    roll_voice(p, "As it stands; to be deleted, proposed by {0}"), &names,
			    1);
		}
	return roll_voice(p, "As it stands");
}

str roll_label_proposal(struct roll_page *p, const struct roll_tail *t)
{
	str names = t->n ? roll_some_names(p, &t->item[0]) : STR_EMPTY;
	return err_fill(p->cast.arena, roll_voice(p, "Proposed by {0}"), &names, 1);
}

void roll_group(struct roll_page *p, str label)
{
	markup_class(&p->m, "rolling-bracket");
	markup_attr(&p->m, "role", S("group"));
	markup_attr(&p->m, "aria-label", label);
}

static bool is_block(const struct setting *set)
{
	return !str_is(str_of(set->element), "span");
}

/* The element of a branch, for its data; then open_group. A block stays what it is, a heading say.
 */
static void open_branch(struct roll_page *p, const struct setting *set)
{
	markup_open(&p->m, set->element);
	if (is_block(set))
		markup_attr(&p->m, "dir", S("auto"));
}

static void open_group(struct roll_page *p, const struct setting *set, str label)
{
	if (is_block(set))
		markup_open(&p->m, "span");
	roll_group(p, label);
}

static void close_branch(struct roll_page *p, const struct setting *set)
{
	markup_close(&p->m);
	if (is_block(set))
		markup_close(&p->m);
}

static void put_base(struct roll_page *p, const struct text_node *span, const struct setting *set)
{
	struct roll_tail t = roll_tail_base(&p->cast, span);
	const struct text_backers *gone = NULL;
	bool only_stances = true;
	for (size_t i = 0; i < span->alternatives_n; i++) {
		const struct text_alternative *alt = &span->alternative[i];
		if (!roll_shows(&alt->content))
			gone = &alt->by;
		only_stances = only_stances && roll_only_stances(p, &alt->by);
	}
	open_branch(p, set);
	markup_flag(&p->m, "data-base");
	if (gone)
		markup_attr(&p->m, "data-delete", roll_ids(p, gone));
	open_group(p, set, roll_label_base(p, &t));
	put_branch(p, &span->base, roll_base_element(&t, only_stances), set, &t);
	close_branch(p, set);
}

static void put_alternative(struct roll_page *p, const struct text_alternative *alt, bool has_base,
    const struct setting *set)
{
	struct roll_tail t =
	    has_base ? roll_tail_instead(&p->cast, &alt->by) : roll_tail_new(&p->cast, &alt->by);
	open_branch(p, set);
	markup_attr(&p->m, "data-by", roll_ids(p, &alt->by));
	open_group(p, set, roll_label_proposal(p, &t));
	p->inside = true;
	put_branch(p, &alt->content, "ins", set, &t);
	p->inside = false;
	close_branch(p, set);
}

static void put_branches(
    struct roll_page *p, const struct text_node *span, const struct setting *set)
{
	bool has_base = roll_has_base(span);
	size_t nth = 0;
	if (has_base)
		put_base(p, span, set);
	for (size_t i = 0; i < span->alternatives_n; i++) {
		struct setting one = *set;
		if (!roll_shows(&span->alternative[i].content))
			continue;
		if (set->number.n)
			one.number = text_number_alt(p->cast.arena, set->number, nth++);
		put_alternative(p, &span->alternative[i], has_base, &one);
	}
}

static bool begins_blank(const struct text_node *span)
{
	if (roll_has_base(span) && roll_ends_of(&span->base).lead)
		return true;
	for (size_t i = 0; i < span->alternatives_n && !roll_has_base(span); i++)
		if (roll_shows(&span->alternative[i].content))
			return roll_ends_of(&span->alternative[i].content).lead > 0;
	return false;
}

/* Brackets directly beside each other would be taken for alternatives. */
static void keep_apart(struct roll_page *p)
{
	if (p->after_bracket)
		roll_sign(p, "rolling-plus", S("+"));
}

static void put_span(struct roll_page *p, const struct text_node *span)
{
	if (!begins_blank(span))
		keep_apart(p);
	markup_open(&p->m, "span");
	markup_class(&p->m, "rolling-span");
	markup_flag(&p->m, "data-span");
	put_branches(p, span, &(const struct setting){"span", STR_EMPTY, STR_EMPTY});
	markup_close(&p->m);
}

static void put_split(struct roll_page *p, const struct text_node *n)
{
	struct roll_tail t = roll_tail_change(&p->cast, &n->by);
	if (!p->inside)
		keep_apart(p);
	markup_open(&p->m, "span");
	markup_attr(&p->m, "data-split", n->id);
	if (!p->inside) {
		markup_attr(&p->m, "data-by", roll_ids(p, &n->by));
		roll_group(p, roll_label_proposal(p, &t));
	}
	if (p->inside) {
		roll_sign(p, "rolling-sign", S(" ¶ "));
	} else {
		roll_sign(p, "rolling-sign", S("["));
		roll_open_sign(p, "rolling-act");
		markup_text(&p->m, S("¶ "));
		roll_put_name(p, roll_voice(p, "new paragraph"));
		markup_close(&p->m);
		roll_put_tail(p, &t);
		roll_sign(p, "rolling-sign", S("] "));
	}
	markup_close(&p->m);
}

static void put_node(struct roll_page *p, const struct text_node *n, size_t lead, size_t trail)
{
	switch (n->kind) {
	case TEXT_NODE_TEXT:
		if (n->fresh || !p->par || !p->par->marks_n)
			put_words(p, (str){n->text.p + lead, n->text.n - lead - trail});
		else
			put_marked(p, n, lead, n->text.n - trail);
		break;
	case TEXT_NODE_SPAN:
		if (p->clean)
			roll_clean_span(p, n);
		else
			put_span(p, n);
		break;
	case TEXT_NODE_SPLIT:
		if (p->clean)
			roll_clean_split(p, n);
		else
			put_split(p, n);
		break;
	}
}

void roll_put_nodes(struct roll_page *p, const struct text_nodes *n)
{
	p->after_bracket = false;
	roll_put_inner(p, n, (struct roll_ends){0});
	p->after_bracket = false;
}

void roll_put_versions(
    struct roll_page *p, const char *element, str number, const struct text_node *span, str end)
{
	markup_open(&p->m, "div");
	markup_class(&p->m, "rolling-versions");
	markup_flag(&p->m, "data-span");
	put_branches(p, span, &(const struct setting){element, number, end});
	markup_close(&p->m);
	p->after_bracket = false;
}
