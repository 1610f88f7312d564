/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Which elements mean what. */
#include "docx/scan_inner.h"

#include "base/poison.h"

static const struct {
	const char *name;
	enum scan_act act;
} acts[] = {
    {"document", SCAN_ROOT}, {"footnotes", SCAN_ROOT}, {"endnotes", SCAN_ROOT},
    {"comments", SCAN_ROOT}, {"p", SCAN_P}, {"r", SCAN_R}, {"t", SCAN_T}, {"delText", SCAN_T},
    {"tab", SCAN_TAB}, {"ptab", SCAN_TAB}, {"br", SCAN_BREAK}, {"cr", SCAN_BREAK},
    {"noBreakHyphen", SCAN_HYPHEN}, {"softHyphen", SCAN_SOFT}, {"ins", SCAN_LAYER},
    {"del", SCAN_LAYER}, {"moveFrom", SCAN_LAYER}, {"moveTo", SCAN_LAYER}, {"pPr", SCAN_PPR},
    {"rPr", SCAN_RPR}, {"tbl", SCAN_TABLE}, {"tr", SCAN_ROW}, {"trPr", SCAN_ROW_PR},
    {"tc", SCAN_CELL}, {"tcPr", SCAN_CELL_PR}, {"cellIns", SCAN_CELL_LAYER},
    {"cellDel", SCAN_CELL_LAYER}, {"cellMerge", SCAN_PROPERTY}, {"pPrChange", SCAN_PROPERTY},
    {"rPrChange", SCAN_PROPERTY}, {"sectPrChange", SCAN_PROPERTY}, {"tblPrChange", SCAN_PROPERTY},
    {"tblGridChange", SCAN_PROPERTY}, {"tblPrExChange", SCAN_PROPERTY},
    {"trPrChange", SCAN_PROPERTY}, {"tcPrChange", SCAN_PROPERTY},
    {"numberingChange", SCAN_PROPERTY}, {"customXmlInsRangeStart", SCAN_PROPERTY},
    {"customXmlDelRangeStart", SCAN_PROPERTY}, {"customXmlMoveFromRangeStart", SCAN_PROPERTY},
    {"customXmlMoveToRangeStart", SCAN_PROPERTY}, {"moveFromRangeStart", SCAN_RANGE_FROM},
    {"moveFromRangeEnd", SCAN_RANGE_FROM_END}, {"moveToRangeStart", SCAN_RANGE_TO},
    {"moveToRangeEnd", SCAN_RANGE_TO_END}, {"bookmarkStart", SCAN_BOOKMARK}, {"pStyle", SCAN_STYLE},
    {"b", SCAN_BOLD}, {"i", SCAN_ITALIC}, {"hyperlink", SCAN_LINK}, {"sdt", SCAN_SDT},
    {"tag", SCAN_TAG}, {"footnote", SCAN_NOTE}, {"endnote", SCAN_NOTE},
    {"footnoteReference", SCAN_NOTE_REF}, {"endnoteReference", SCAN_NOTE_REF},
    {"txbxContent", SCAN_BOX}, {"comment", SCAN_COMMENT}, {"commentRangeStart", SCAN_COMMENT_START},
    {"commentRangeEnd", SCAN_COMMENT_END}, {"commentReference", SCAN_COMMENT_REF},
    {"rt", SCAN_DROP}, /* the reading beside a character */
};

static bool is_word(str uri)
{
	return str_eq(uri, S("http://schemas.openxmlformats.org/wordprocessingml/2006/main")) ||
	       str_eq(uri, S("http://purl.oclc.org/ooxml/wordprocessingml/main"));
}

static bool is_math(str uri)
{
	return str_eq(uri, S("http://schemas.openxmlformats.org/officeDocument/2006/math")) ||
	       str_eq(uri, S("http://purl.oclc.org/ooxml/officeDocument/math"));
}

enum scan_act scan_act_of(const struct xml_in *e)
{
	if (is_word(e->uri)) {
		for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
			if (str_is(e->name, acts[i].name))
				return acts[i].act;
		return SCAN_OTHER;
	}
	if (is_math(e->uri))
		return str_is(e->name, "t") ? SCAN_T : str_is(e->name, "r") ? SCAN_R : SCAN_OTHER;
	/* The same content once more for older programs. */
	if (str_is(e->name, "Fallback") && str_ends(e->uri, S("/markup-compatibility/2006")))
		return SCAN_DROP;
	return SCAN_OTHER;
}

bool scan_number(str value, uint32_t *out)
{
	int64_t v;
	if (!str_to_i64(value, &v) || v < 0 || v >= UINT32_MAX)
		return false;
	*out = (uint32_t)v;
	return true;
}

void scan_style(str style, struct word_par *p)
{
	static const struct {
		const char *name;
		enum text_kind kind;
	} names[] = {{"Heading", TEXT_HEADING}, {"Title", TEXT_HEADING}, {"Sub", TEXT_SUB},
	    {"Para", TEXT_PARA}, {"FootnoteText", TEXT_NOTE}};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		str name = str_of(names[i].name);
		str rest = str_skip(style, name.n);
		if (!str_eq_nocase(str_head(style, name.n), name) || rest.n > 1)
			continue;
		if (rest.n && (rest.p[0] < '1' || rest.p[0] > '9'))
			continue;
		p->kind = names[i].kind;
		p->level = rest.n ? (unsigned)(rest.p[0] - '0') : 0;
		return;
	}
}
