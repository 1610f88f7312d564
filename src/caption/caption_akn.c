/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/utf8.h"
#include "base/xml_out.h"
#include "caption/akn.h"

#include "base/poison.h"

#define AKN_NS "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

struct writing {
	struct arena *arena;
	struct buf b;
	const struct akn_debate *d;
	str work, expression;                    /* their addresses by the naming convention */
	str date, version;                       /* of the meeting, of the newest words */
	VEC(const struct akn_speech *) speakers; /* of each one a speech; speaker_1 is the first */
	size_t speeches;                         /* written so far, and notes */
	size_t sections;
};

/* --- words --- */

/* Nearly always the text itself. */
static str what_xml_holds(struct arena *a, str text)
{
	struct buf b = buf_in(a, 0);
	uint32_t c;
	if (xml_can_hold(text))
		return text;
	for (size_t at = 0, from = 0; utf8_next(text, &at, &c); from = at) {
		str one = {text.p + from, at - from};
		if (xml_can_hold(one))
			buf_put(&b, one);
	}
	return buf_str(&b);
}

static void put(struct writing *w, str text)
{
	xml_text(&w->b, what_xml_holds(w->arena, text));
}

static void attr(struct writing *w, const char *name, str value)
{
	xml_attr(&w->b, name, what_xml_holds(w->arena, value));
}

/* An element that has no attributes begins. */
static void begin(struct writing *w, const char *element)
{
	xml_begin(&w->b, element);
	xml_inside(&w->b);
}

static void end(struct writing *w, const char *element)
{
	xml_end(&w->b, element);
}

static void put_in(struct writing *w, const char *element, str text)
{
	begin(w, element);
	put(w, text);
	end(w, element);
}

/* An element that has one attribute and holds nothing. */
static void put_with(struct writing *w, const char *element, const char *name, str value)
{
	xml_begin(&w->b, element);
	attr(w, name, value);
	xml_alone(&w->b);
}

static void put_value(struct writing *w, const char *element, str value)
{
	put_with(w, element, "value", value);
}

/* An element that has two. */
static void put_named(
    struct writing *w, const char *element, const char *attribute, str value, const char *name)
{
	xml_begin(&w->b, element);
	attr(w, attribute, value);
	attr(w, "name", str_of(name));
	xml_alone(&w->b);
}

/* ISO 639-2, as the guidelines have it; "mul": several, "und": it is not known. */
static str code_of(str lang)
{
	static const char *const codes[][2] = {{"ar", "ara"}, {"en", "eng"}, {"es", "spa"},
	    {"fr", "fra"}, {"ru", "rus"}, {"zh", "zho"}};
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		if (str_is(lang, codes[i][0]))
			return str_of(codes[i][1]);
	return S("und");
}

/* --- what it is --- */

/* Its language, and the day of its newest words. */
static void name_it(struct writing *w)
{
	const struct akn_debate *d = w->d;
	str lang = d->speeches.p[0].lang;
	usec newest = 0;
	bool several = false;
	for (size_t i = 0; i < d->speeches.n; i++) {
		several = several || !str_eq(d->speeches.p[i].lang, lang);
		newest = d->speeches.p[i].written > newest ? d->speeches.p[i].written : newest;
	}
	w->date = when_date(w->arena, d->date);
	w->version = when_date(w->arena, newest);
	w->work = arena_printf(w->arena, "/akn/un/debate/record/%.*s/%.*s/meeting-%lld",
	    STR(d->group), STR(w->date), (long long)d->number);
	w->expression = arena_printf(w->arena, "%.*s/%.*s@%.*s", STR(w->work),
	    STR(several ? S("mul") : code_of(lang)), STR(w->version));
}

/* What a work, an expression and a manifestation have alike. */
static void put_core(
    struct writing *w, str this_one, str address, str date, const char *what, const char *author)
{
	put_value(w, "FRBRthis", this_one);
	put_value(w, "FRBRuri", address);
	put_named(w, "FRBRdate", "date", date, what);
	put_with(w, "FRBRauthor", "href", str_of(author));
}

static void put_work(struct writing *w)
{
	const struct akn_debate *d = w->d;
	struct arena *a = w->arena;
	begin(w, "FRBRWork");
	put_value(w, "FRBRthis", arena_printf(a, "%.*s/!main", STR(w->work)));
	put_value(w, "FRBRuri", w->work);
	put_named(w, "FRBRalias", "value", d->address, "address");
	put_named(w, "FRBRdate", "date", w->date, "meeting");
	put_with(w, "FRBRauthor", "href", S("#group"));
	put_value(w, "FRBRcountry", S("un"));
	put_value(w, "FRBRsubtype", S("record"));
	xml_begin(&w->b, "FRBRnumber");
	attr(w, "value", arena_printf(a, "meeting-%lld", (long long)d->number));
	attr(w, "showAs", d->title);
	xml_alone(&w->b);
	put_value(w, "FRBRname", S("verbatimRecord"));
	end(w, "FRBRWork");
}

static void put_languages(struct writing *w)
{
	const struct akn_debate *d = w->d;
	for (size_t i = 0; i < d->speeches.n; i++) {
		bool first = true;
		for (size_t k = 0; k < i && first; k++)
			first = !str_eq(d->speeches.p[k].lang, d->speeches.p[i].lang);
		if (first)
			put_with(w, "FRBRlanguage", "language", code_of(d->speeches.p[i].lang));
	}
}

static size_t speaker_of(struct writing *w, const struct akn_speech *s)
{
	for (size_t i = 0; i < w->speakers.n; i++)
		if (str_eq(w->speakers.p[i]->speaker, s->speaker))
			return i + 1;
	*vec_push(w->arena, &w->speakers) = s;
	return w->speakers.n;
}

static void put_reference(struct writing *w, const char *element, str id, str address, str shown)
{
	xml_begin(&w->b, element);
	attr(w, "eId", id);
	attr(w, "href", address);
	attr(w, "showAs", shown);
	xml_alone(&w->b);
}

static void put_references(struct writing *w)
{
	const struct akn_debate *d = w->d;
	struct arena *a = w->arena;
	xml_begin(&w->b, "references");
	attr(w, "source", S("#comity"));
	xml_inside(&w->b);
	put_reference(w, "TLCOrganization", S("comity"), d->house, S("Comity"));
	put_reference(w, "TLCOrganization", S("group"),
	    arena_printf(a, "/akn/ontology/organization/un/%.*s", STR(d->group)), d->group_title);
	for (size_t i = 0; i < d->speeches.n; i++)
		if (d->speeches.p[i].speaker.n)
			(void)speaker_of(w, &d->speeches.p[i]);
	for (size_t i = 0; i < w->speakers.n; i++) {
		const struct akn_speech *s = w->speakers.p[i];
		str id = arena_printf(a, "speaker_%zu", i + 1);
		put_reference(w, s->body ? "TLCOrganization" : "TLCPerson", id,
		    arena_printf(a, "%.*s/%.*s", STR(w->work), STR(id)), s->speaker);
	}
	end(w, "references");
}

static void put_meta(struct writing *w)
{
	struct arena *a = w->arena;
	str manifestation = arena_printf(a, "%.*s.xml", STR(w->expression));
	begin(w, "meta");
	xml_begin(&w->b, "identification");
	attr(w, "source", S("#comity"));
	xml_inside(&w->b);
	put_work(w);
	begin(w, "FRBRExpression");
	put_core(w, arena_printf(a, "%.*s/!main", STR(w->expression)), w->expression, w->version,
	    "version", "#group");
	put_languages(w);
	end(w, "FRBRExpression");
	begin(w, "FRBRManifestation");
	put_core(w, arena_printf(a, "%.*s/!main.xml", STR(w->expression)), manifestation,
	    w->version, "export", "#comity");
	put_value(w, "FRBRformat", S("application/xml"));
	end(w, "FRBRManifestation");
	end(w, "identification");
	put_references(w);
	end(w, "meta");
}

/* --- what was said --- */

static void put_interpretation(struct writing *w, str spoken)
{
	xml_begin(&w->b, "remark");
	attr(w, "type", S("translation"));
	xml_inside(&w->b);
	put(w, arena_printf(w->arena, "[interpretation from %.*s]", STR(code_of(spoken))));
	end(w, "remark");
	put(w, S(" "));
}

static void put_paragraphs(struct writing *w, const struct akn_speech *s)
{
	str rest = s->text, line;
	for (bool first = true; str_cut(&rest, '\n', &line); first = false) {
		begin(w, "p");
		if (first && s->spoken.n)
			put_interpretation(w, s->spoken);
		put(w, line);
		end(w, "p");
	}
}

static void put_ids(struct writing *w, const struct akn_speech *s, const char *what)
{
	attr(w, "eId", arena_printf(w->arena, "%s_%zu", what, ++w->speeches));
	attr(w, "wId", arena_printf(w->arena, "s%lld", (long long)s->segment));
	attr(w, "xml:lang", s->lang);
}

static void put_note(struct writing *w, const struct akn_speech *s)
{
	xml_begin(&w->b, "narrative");
	put_ids(w, s, "narrative");
	xml_inside(&w->b);
	put(w, s->text);
	end(w, "narrative");
}

static void put_speech(struct writing *w, const struct akn_speech *s)
{
	xml_begin(&w->b, "speech");
	put_ids(w, s, "speech");
	attr(w, "by", arena_printf(w->arena, "#speaker_%zu", speaker_of(w, s)));
	xml_inside(&w->b);
	put_in(w, "from", s->speaker);
	put_paragraphs(w, s);
	end(w, "speech");
}

/* The agenda is what divides it; what stands at no item has a section without a number. */
static void begin_section(struct writing *w, int64_t item)
{
	xml_begin(&w->b, "debateSection");
	attr(w, "name", item ? S("agendaItem") : S("meeting"));
	attr(w, "eId", arena_printf(w->arena, "dbsect_%zu", ++w->sections));
	xml_inside(&w->b);
	for (size_t i = 0; item && i < w->d->items.n; i++) {
		if (w->d->items.p[i].item != item)
			continue;
		put_in(w, "num", arena_printf(w->arena, "%lld", (long long)item));
		put_in(w, "heading", w->d->items.p[i].title);
	}
}

static void put_body(struct writing *w)
{
	const struct akn_debate *d = w->d;
	begin(w, "debateBody");
	for (size_t i = 0; i < d->speeches.n; i++) {
		const struct akn_speech *s = &d->speeches.p[i];
		bool begins = i == 0 || s->item != d->speeches.p[i - 1].item;
		if (begins && i)
			end(w, "debateSection");
		if (begins)
			begin_section(w, s->item);
		xml_raw(&w->b, "\n");
		if (s->speaker.n)
			put_speech(w, s);
		else
			put_note(w, s);
	}
	end(w, "debateSection");
	end(w, "debateBody");
}

static void put_preface(struct writing *w)
{
	begin(w, "preface");
	begin(w, "p");
	put_in(w, "docTitle", w->d->title);
	end(w, "p");
	put_in(w, "p", w->d->record);
	end(w, "preface");
}

str akn_write(struct arena *a, const struct akn_debate *d)
{
	struct writing w = {.arena = a, .b = buf_in(a, 0), .d = d};
	name_it(&w);
	xml_raw(&w.b, XML_HEAD);
	xml_begin(&w.b, "akomaNtoso");
	attr(&w, "xmlns", S(AKN_NS));
	xml_inside(&w.b);
	xml_begin(&w.b, "debate");
	attr(&w, "name", S("verbatimRecord"));
	xml_inside(&w.b);
	put_meta(&w);
	put_preface(&w);
	put_body(&w);
	end(&w, "debate");
	end(&w, "akomaNtoso");
	return buf_str(&w.b);
}
