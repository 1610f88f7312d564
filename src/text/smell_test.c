/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/buf.h"
#include "base/must.h"
#include "text/smell.h"

#include "t.h"

#include "base/poison.h"

/* "p1:One.|p2:Two." as a text; "p3<p1:Rest." was cut off p1, "p1+p2:Both." has p2 joined to it. */
static struct text_doc doc_of(struct arena *a, const char *words)
{
	struct text_doc d = {.par = arena_array(a, struct text_par, 8)};
	str rest = str_of(words), one;
	while (str_cut(&rest, '|', &one)) {
		must(d.n < 8);
		struct text_par *p = &d.par[d.n++];
		size_t colon = str_find_char(one, ':'), from = str_find_char(one, '<'),
		       plus = str_find_char(one, '+');
		str head = str_head(one, colon);
		p->full = str_skip(one, colon + 1);
		p->id = str_head(head, from < plus ? from : plus);
		if (from < colon)
			p->split_from = str_skip(head, from + 1);
		if (plus < colon) {
			p->aliases = arena_new_of(a, str);
			p->aliases[p->aliases_n++] = str_skip(head, plus + 1);
		}
	}
	must(text_doc_index(a, &d, NULL) == OK);
	return d;
}

/* "sign p1 [actors, , and]; ..." */
static str told(struct arena *a, const char *base, const char *now, const char *lang)
{
	static const char *const names[] = {[TEXT_SMELL_SIGN] = "sign",
	    [TEXT_SMELL_SPACES] = "spaces",
	    [TEXT_SMELL_WORD] = "word",
	    [TEXT_SMELL_SPACE] = "space",
	    [TEXT_SMELL_GLUED] = "glued"};
	struct text_doc x = doc_of(a, base), y = doc_of(a, now);
	struct text_lexer *l = text_lexer_open(a);
	struct text_smells s = text_find_smells(a, l, &x, &y, str_of(lang));
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < s.list.n; i++) {
		buf_sep(&b, S("; "));
		buf_printf(&b, "%s %.*s [%.*s]", names[s.list.p[i].kind],
		    STR(y.par[s.list.p[i].par].id), STR(s.list.p[i].words));
	}
	text_lexer_close(l);
	return buf_str(&b);
}

/* In a text that was empty before. */
static str fresh(struct arena *a, const char *text, const char *lang)
{
	return told(a, "p1:Nothing.", arena_z(a, arena_printf(a, "p1:%s", text)), lang);
}

TEST(each_kind_of_slip_is_found_with_its_words)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(fresh(a, "All actors, , and States.", "en"), "sign p1 [actors, , and]");
	CHECK_STR(fresh(a, "All actors,; and States.", "en"), "sign p1 [actors,; and]");
	CHECK_STR(fresh(a, "All actors..", "en"), "sign p1 [actors..]");
	CHECK_STR(fresh(a, "All actors,.", "en"), "sign p1 [actors,.]");
	CHECK_STR(fresh(a, "All  actors.", "en"), "spaces p1 [All  actors]");
	CHECK_STR(fresh(a, "Of the The actors.", "en"), "word p1 [Of the The actors]");
	CHECK_STR(fresh(a, "All actors , and States.", "en"), "space p1 [actors , and]");
	CHECK_STR(fresh(a, "All actors .", "en"), "space p1 [actors .]");
	CHECK_STR(fresh(a, "All actors,and States.", "en"), "glued p1 [All actors,and States]");
	CHECK_STR(fresh(a, "At the end.The rest.", "en"), "glued p1 [the end.The rest]");
	CHECK_STR(fresh(a, "A globalInternet rose.", "en"), "glued p1 [A globalInternet rose]");
	CHECK_STR(fresh(a, "Of public policy, publicpolicy.", "en"), "glued p1 [, publicpolicy.]");
}

TEST(what_is_meant_is_not_told)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char *const fine[] = {"From 10,000 to 20.5, at 12:30, e.g. the U.N. Charter.",
	    "And so on ... or ... not, etc., as said.", "See https://example.org/a:b, and (b) too.",
	    "The user-centred, open, Internet; governments' role: \"yes\".",
	    "A share of .5 per cent. The the\u0301 is another word.", "Line one\n\nLine two"};
	for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++)
		CHECK_STR(fresh(a, fine[i], "en"), "");
	CHECK_STR(fresh(a, "\u4E92\u8054\u7F51\uFF0C\u6240\u6709\u4EBA\u4EBA\u3002", "zh"), "");
	CHECK_STR(fresh(a, "Les États : tous !", "fr"), "");
	CHECK_STR(fresh(a, "Les États , tous.", "fr"), "space p1 [États , tous]");
	CHECK_STR(fresh(a, "The States : all.", "en"), "space p1 [States : all]");
}

TEST(what_stood_there_before_is_not_told_again)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(told(a, "p1:The the actors , all.", "p1:The the users , all.", "en"), "");
	CHECK_STR(
	    told(a, "p1:One , two.", "p1:One , two , three.", "en"), "space p1 [two , three]");
	CHECK_STR(told(a, "p1:One , two.|p2:Three.", "p1:One.|p2:Three , four.", "en"),
	    "space p2 [Three , four]");
	CHECK_STR(
	    told(a, "p1:One , two. Three , four.", "p1:One , two.|p3<p1:Three , four.", "en"), "");
	CHECK_STR(
	    told(a, "p1:One , two.|p2:Three , four.", "p1+p2:One , two. Three , four.", "en"), "");
	CHECK_STR(
	    told(a, "p1:eGovernment and iTunes, theGovernment.", "p1:The theGovernment.", "en"),
	    "");
}
