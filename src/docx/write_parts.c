/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The parts around the body: styles, settings, relations, types. */
#include "docx/write_inner.h"

#include "base/poison.h"

str docx_style(struct arena *a, enum text_kind kind, unsigned level)
{
	static const char *const names[][2] = {
	    [TEXT_PARA] = {"Normal", "Para"},
	    [TEXT_HEADING] = {"Title", "Heading"},
	    [TEXT_SUB] = {"Sub", "Sub"},
	    [TEXT_NOTE] = {"FootnoteText", "FootnoteText"},
	};
	const char *name = names[kind][level > 0];
	return level ? arena_printf(a, "%s%u", name, level > 9 ? 9 : level) : str_of(name);
}

static void put_style(struct buf *b, str id, str name, const char *based, const char *properties)
{
	xml_raw(b, "<w:style w:type=\"paragraph\"");
	xml_attr(b, "w:styleId", id);
	xml_raw(b, "><w:name");
	xml_attr(b, "w:val", name);
	xml_raw(b, "/><w:basedOn");
	xml_attr(b, "w:val", str_of(based));
	xml_raw(b, "/><w:qFormat/>");
	xml_raw(b, properties);
	xml_raw(b, "</w:style>");
}

static void put_levels(const struct docx_writing *w, struct buf *b)
{
	struct arena *a = w->arena;
	for (unsigned n = 1; n <= 9; n++) {
		str look = arena_printf(a,
		    "<w:pPr><w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/>"
		    "<w:outlineLvl w:val=\"%u\"/></w:pPr><w:rPr><w:b/><w:bCs/>"
		    "<w:sz w:val=\"%u\"/><w:szCs w:val=\"%u\"/></w:rPr>",
		    n - 1, n < 4 ? 34 - 4 * n : 22, n < 4 ? 34 - 4 * n : 22);
		put_style(b, docx_style(a, TEXT_HEADING, n), arena_printf(a, "heading %u", n),
		    "Normal", arena_z(a, look));
		str in = arena_printf(a, "<w:pPr><w:ind w:left=\"%u\"/></w:pPr>", 567 * n);
		put_style(b, docx_style(a, TEXT_SUB, n), arena_printf(a, "Sub-paragraph %u", n),
		    "Normal", arena_z(a, in));
		put_style(b, docx_style(a, TEXT_PARA, n), arena_printf(a, "Paragraph %u", n),
		    "Normal", "");
		put_style(b, docx_style(a, TEXT_NOTE, n), arena_printf(a, "footnote text %u", n),
		    "FootnoteText", "");
	}
}

void docx_write_styles(const struct docx_writing *w, struct buf *b)
{
	xml_raw(b,
	    XML_HEAD "<w:styles xmlns:w=\"" W_NS "\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts "
	             "w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" "
	             "w:eastAsia=\"Noto Serif CJK SC\" w:cs=\"Times New Roman\"/>"
	             "<w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>");
	if (w->options->lang.n) {
		xml_raw(b, "<w:lang");
		xml_attr(b, "w:val", w->options->lang);
		xml_raw(b, " w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/>");
	} else {
		xml_raw(b, "<w:lang w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/>");
	}
	xml_raw(b,
	    "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"120\"/></w:pPr>"
	    "</w:pPrDefault></w:docDefaults>"
	    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">"
	    "<w:name w:val=\"Normal\"/><w:qFormat/></w:style>");
	put_style(b, S("Title"), S("Title"), "Normal",
	    "<w:pPr><w:spacing w:after=\"240\"/><w:jc w:val=\"center\"/></w:pPr>"
	    "<w:rPr><w:b/><w:bCs/><w:sz w:val=\"34\"/><w:szCs w:val=\"34\"/></w:rPr>");
	put_style(b, S("Sub"), S("Sub-paragraph"), "Normal", "");
	put_style(b, S("FootnoteText"), S("footnote text"), "Normal",
	    "<w:rPr><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr>");
	put_style(b, S("CommentText"), S("annotation text"), "Normal",
	    "<w:rPr><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/></w:rPr>");
	put_levels(w, b);
	xml_raw(b, "<w:style w:type=\"character\" w:styleId=\"FootnoteReference\">"
	           "<w:name w:val=\"footnote reference\"/><w:rPr><w:vertAlign "
	           "w:val=\"superscript\"/></w:rPr></w:style>"
	           "<w:style w:type=\"character\" w:styleId=\"CommentReference\">"
	           "<w:name w:val=\"annotation reference\"/><w:rPr><w:sz w:val=\"16\"/>"
	           "<w:szCs w:val=\"16\"/></w:rPr></w:style>"
	           "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name "
	           "w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"0000FF\"/><w:u "
	           "w:val=\"single\"/></w:rPr></w:style></w:styles>");
}

void docx_write_settings(const struct docx_writing *w, struct buf *b)
{
	xml_raw(b, XML_HEAD "<w:settings xmlns:w=\"" W_NS "\"><w:trackRevisions/>"
	                    "<w:defaultTabStop w:val=\"567\"/>");
	if (w->plan.has_notes)
		xml_raw(b, "<w:footnotePr><w:footnote w:id=\"0\"/><w:footnote w:id=\"1\"/>"
		           "</w:footnotePr>");
	xml_raw(b, "<w:compat><w:compatSetting w:name=\"compatibilityMode\" "
	           "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
	           "</w:settings>");
}

static void put_relation(struct buf *b, size_t id, const char *type, str target, bool outside)
{
	buf_printf(b, "<Relationship Id=\"rId%zu\" Type=\"" REL "%s\"", id, type);
	xml_attr(b, "Target", target);
	xml_raw(b, outside ? " TargetMode=\"External\"/>" : "/>");
}

void docx_write_relations(const struct docx_writing *w, struct buf *b)
{
	xml_raw(b, XML_HEAD "<Relationships xmlns=\"" PACK_REL "\">");
	put_relation(b, 1, "styles", S("styles.xml"), false);
	put_relation(b, 2, "settings", S("settings.xml"), false);
	put_relation(b, 3, "comments", S("comments.xml"), false);
	put_relation(b, 4, "customXml", S("../customXml/item1.xml"), false);
	if (w->plan.has_notes)
		put_relation(b, 5, "footnotes", S("footnotes.xml"), false);
	for (size_t i = 0; i < w->links.n; i++)
		put_relation(b, 100 + i, "hyperlink", w->links.p[i], true);
	xml_raw(b, "</Relationships>");
}

void docx_write_types(const struct docx_writing *w, struct buf *b)
{
#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
	xml_raw(b, XML_HEAD
	    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
	    "<Default Extension=\"rels\" "
	    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
	    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
	static const char *const parts[][2] = {
	    {"/word/document.xml", WORD_TYPE "document.main+xml"},
	    {"/word/styles.xml", WORD_TYPE "styles+xml"},
	    {"/word/settings.xml", WORD_TYPE "settings+xml"},
	    {"/word/comments.xml", WORD_TYPE "comments+xml"},
	    {"/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"},
	    {"/customXml/itemProps1.xml",
	        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"},
	    {"/word/footnotes.xml", WORD_TYPE "footnotes+xml"},
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts - !w->plan.has_notes; i++) {
		xml_raw(b, "<Override");
		xml_attr(b, "PartName", str_of(parts[i][0]));
		xml_attr(b, "ContentType", str_of(parts[i][1]));
		xml_raw(b, "/>");
	}
	xml_raw(b, "</Types>");
}
