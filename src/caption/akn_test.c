/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Transcripts in Akoma Ntoso: against the schema of the standard, and by what it cannot see. */
#include "caption/akn.h"
#include "t.h"

#include "base/must.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <unistd.h>

#include "base/poison.h"

#define DAY(n) ((usec)(n)*USEC_DAY)

static void quiet(void *ctx, const char *text, ...)
{
	(void)ctx;
	(void)text;
}

static xmlDoc *parsed(str text)
{
	xmlDoc *doc = xmlReadMemory(text.p, (int)text.n, "a", NULL, XML_PARSE_NONET);
	must(doc != NULL);
	return doc;
}

/* 0: the schema has nothing to say against it. */
static int against_schema(xmlDoc *doc)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str path = arena_printf(a, "%s/../shared/schemas/akomantoso/akomantoso30.xsd", t_root());
	xmlSchemaParserCtxt *p = xmlSchemaNewParserCtxt(arena_z(a, path));
	xmlSchema *schema = xmlSchemaParse(p);
	must(schema != NULL);
	xmlSchemaValidCtxt *v = xmlSchemaNewValidCtxt(schema);
	xmlSchemaSetValidErrors(v, quiet, quiet, NULL);
	int found = xmlSchemaValidateDoc(v, doc);
	xmlSchemaFreeValidCtxt(v);
	xmlSchemaFree(schema);
	xmlSchemaFreeParserCtxt(p);
	return found;
}

/* The string that an expression gives, in the document. */
static str asked(struct arena *a, xmlDoc *doc, const char *expression)
{
	xmlXPathContext *x = xmlXPathNewContext(doc);
	(void)xmlXPathRegisterNs(x, (const xmlChar *)"a",
	    (const xmlChar *)"http://docs.oasis-open.org/legaldocml/ns/akn/3.0");
	xmlXPathObject *o = xmlXPathEvalExpression((const xmlChar *)expression, x);
	must(o != NULL);
	xmlChar *s = xmlXPathCastToString(o);
	str out = arena_str(a, str_of((const char *)s));
	xmlFree(s);
	xmlXPathFreeObject(o);
	xmlXPathFreeContext(x);
	return out;
}

static const struct akn_speech spoken[] = {
    {.segment = 3,
        .lang = S("en"),
        .speaker = S("The Chair"),
        .text = S("Good morning.\nWelcome."),
        .written = DAY(17075)},
    {.segment = 4, .lang = S("en"), .text = S("(applause)"), .written = DAY(17075)},
    {.segment = 7,
        .item = 2,
        .lang = S("en"),
        .spoken = S("fr"),
        .speaker = S("C\xC3\xB4te <d'Ivoire> & Co"),
        .body = true,
        .text = S("\"A\" < B & C\x01"),
        .written = DAY(17080)},
    {.segment = 9,
        .item = 2,
        .lang = S("en"),
        .speaker = S("The Chair"),
        .text = S("Thank you."),
        .written = DAY(17075)},
};

static struct akn_debate debate(struct arena *a)
{
	struct akn_debate d = {.group = S("wgec"),
	    .group_title = S("Working Group"),
	    .number = 1,
	    .title = S("First meeting"),
	    .date = DAY(17074),
	    .record = S("A rough transcript."),
	    .address = S("https://example.org/g/wgec/meetings/1/transcript"),
	    .house = S("https://example.org/")};
	for (size_t i = 0; i < sizeof spoken / sizeof spoken[0]; i++)
		*vec_push(a, &d.speeches) = spoken[i];
	*vec_push(a, &d.items) = (struct akn_item){1, S("Opening")};
	*vec_push(a, &d.items) = (struct akn_item){2, S("Access & use")};
	return d;
}

TEST(the_schema_takes_it)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct akn_debate d = debate(a);
	xmlDoc *doc = parsed(akn_write(a, &d));
	CHECK_EQ(against_schema(doc), 0);
	xmlFreeDoc(doc);
	/* It would say so if it did not. */
	doc = parsed(S("<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">"
	               "<debate name=\"x\"><debateBody/></debate></akomaNtoso>"));
	CHECK(against_schema(doc) > 0);
	xmlFreeDoc(doc);
}

#define SAYS(expression, words) CHECK_STR(asked(a, doc, expression), words)

TEST(it_says_who_said_what_and_where_it_stands)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct akn_debate d = debate(a);
	xmlDoc *doc = parsed(akn_write(a, &d));
	SAYS("count(//a:speech)", "3");
	SAYS("count(//a:debateSection)", "2");
	SAYS("//a:debateSection[2]/a:heading", "Access & use");
	SAYS("//a:speech[@wId='s3']/a:p[2]", "Welcome.");
	SAYS("//a:narrative[@wId='s4']", "(applause)");
	SAYS("//a:speech[@wId='s7']/a:from", "C\xC3\xB4te <d'Ivoire> & Co");
	/* What XML has not is left out; the rest stays. */
	SAYS("//a:speech[@wId='s7']/a:p/text()", " \"A\" < B & C");
	SAYS("//a:speech[@wId='s7']//a:remark", "[interpretation from fra]");
	/* Who speaks twice is one, and every reference leads somewhere. */
	SAYS("count(//a:TLCPerson)", "1");
	SAYS("//a:TLCOrganization[@eId=substring(//a:speech[@wId='s7']/@by, 2)]/@showAs",
	    "C\xC3\xB4te <d'Ivoire> & Co");
	SAYS("//a:TLCPerson[@eId=substring(//a:speech[@wId='s9']/@by, 2)]/@showAs", "The Chair");
	xmlFreeDoc(doc);
}

TEST(names_are_those_of_the_guidelines)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct akn_debate d = debate(a);
	xmlDoc *doc = parsed(akn_write(a, &d));
	SAYS("//a:FRBRWork/a:FRBRuri/@value", "/akn/un/debate/record/wgec/2016-09-30/meeting-1");
	/* The day of the newest version of any of the words. */
	SAYS("//a:FRBRExpression/a:FRBRuri/@value",
	    "/akn/un/debate/record/wgec/2016-09-30/meeting-1/eng@2016-10-06");
	SAYS("//a:FRBRManifestation/a:FRBRuri/@value",
	    "/akn/un/debate/record/wgec/2016-09-30/meeting-1/eng@2016-10-06.xml");
	SAYS("//a:FRBRlanguage/@language", "eng");
	SAYS("//a:FRBRsubtype/@value", "record");
	xmlFreeDoc(doc);
	d.speeches.p[1].lang = S("ar");
	doc = parsed(akn_write(a, &d));
	CHECK_EQ(against_schema(doc), 0);
	SAYS("//a:FRBRExpression/a:FRBRuri/@value",
	    "/akn/un/debate/record/wgec/2016-09-30/meeting-1/mul@2016-10-06");
	SAYS("count(//a:FRBRlanguage)", "2");
	xmlFreeDoc(doc);
}
