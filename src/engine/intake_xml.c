/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/intake_xml.h"

#include <libxml/parser.h>

#include "base/must.h"

#include "base/poison.h"

struct xml_stream {
	const struct xml_reader *reader; /* borrowed */
	xmlParserCtxtPtr parser;
	xmlSAXHandler sax;
	int depth;
	size_t fed;
	enum intake_no no;
};

static void stop(struct xml_stream *x, enum intake_no no)
{
	if (x->no == NO_REASON)
		x->no = no;
	xmlStopParser(x->parser);
}

static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *external, const xmlChar *uri)
{
	(void)name;
	(void)external;
	(void)uri;
	stop(ctx, NO_DOCTYPE);
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
    int namespaces, const xmlChar **declared, int n, int defaulted, const xmlChar **attributes)
{
	(void)prefix;
	(void)namespaces;
	(void)declared;
	(void)defaulted;
	struct xml_stream *x = ctx;
	if (x->no != NO_REASON)
		return;
	if (++x->depth > XML_DEPTH_MAX) {
		stop(x, NO_DEEP);
		return;
	}
	struct xml_element e = {.uri = str_of((const char *)uri),
	    .name = str_of((const char *)name),
	    .attributes = (const void **)attributes,
	    .n = n};
	x->reader->start(x->reader->ctx, &e);
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)name;
	(void)prefix;
	(void)uri;
	struct xml_stream *x = ctx;
	if (x->no != NO_REASON)
		return;
	x->depth--;
	if (x->reader->end)
		x->reader->end(x->reader->ctx);
}

static void on_text(void *ctx, const xmlChar *p, int n)
{
	struct xml_stream *x = ctx;
	if (x->no == NO_REASON && x->reader->text && n > 0)
		x->reader->text(x->reader->ctx, str_from(p, (size_t)n));
}

/* libxml2 would print to standard error. What matters is the parser's verdict at the end. */
static void on_complaint(void *ctx, xmlErrorPtr error)
{
	(void)ctx;
	(void)error;
}

str xml_attribute(const struct xml_element *e, const char *name)
{
	for (int i = 0; i < e->n; i++) {
		const void **at = e->attributes + (size_t)i * 5;
		if (!str_is(str_of(at[0]), name))
			continue;
		const char *from = at[3];
		const char *to = at[4];
		return str_from(from, (size_t)(to - from));
	}
	return STR_EMPTY;
}

struct xml_stream *xml_open(struct arena *a, const struct xml_reader *reader)
{
	struct xml_stream *x = arena_new_of(a, struct xml_stream);
	x->reader = reader;
	x->sax.initialized = XML_SAX2_MAGIC;
	x->sax.internalSubset = on_doctype;
	x->sax.externalSubset = on_doctype;
	x->sax.startElementNs = on_start;
	x->sax.endElementNs = on_end;
	x->sax.characters = on_text;
	x->sax.ignorableWhitespace = on_text;
	x->sax.cdataBlock = on_text;
	x->sax.serror = on_complaint;
	x->parser = xmlCreatePushParserCtxt(&x->sax, x, NULL, 0, NULL);
	must(x->parser);
	xmlCtxtUseOptions(x->parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	return x;
}

/*
 * Office programs write UTF-8 or UTF-16. For other names libxml2 would ask iconv, which opens
 * files, and the jail kills for that: better to say what is the matter.
 */
static bool charset_known(str head)
{
	head = str_head(head, 160);
	if (head.n >= 2 && ((unsigned char)head.p[0] >= 0xfe || head.p[0] == 0 || head.p[1] == 0))
		return true; /* UTF-16: whatever it says, it is read as that */
	size_t end = str_find(head, S("?>"));
	size_t at = str_find(head, S("encoding"));
	if (end == SIZE_MAX || at == SIZE_MAX || at > end)
		return true;
	str value = str_skip(str_head(head, end), at + 8);
	while (value.n > 0 &&
	       (value.p[0] == '=' || value.p[0] == ' ' || value.p[0] == '"' || value.p[0] == '\''))
		value = str_skip(value, 1);
	size_t n = 0;
	while (n < value.n && value.p[n] != '"' && value.p[n] != '\'')
		n++;
	value = str_head(value, n);
	return str_eq_nocase(value, S("utf-8")) || str_eq_nocase(value, S("utf8")) ||
	       str_eq_nocase(value, S("us-ascii")) || str_eq_nocase(value, S("ascii")) ||
	       str_eq_nocase(value, S("iso-8859-1"));
}

bool xml_feed(struct xml_stream *x, str bytes)
{
	if (x->no != NO_REASON)
		return false;
	if (x->fed == 0 && !charset_known(bytes)) {
		stop(x, NO_CHARSET);
		return false;
	}
	x->fed += bytes.n;
	/* Not its return value: that also counts what a reader can live with, as an undeclared
	 * prefix. */
	(void)xmlParseChunk(x->parser, bytes.p, (int)bytes.n, 0);
	if (!x->parser->wellFormed && x->no == NO_REASON)
		x->no = NO_BROKEN;
	return x->no == NO_REASON;
}

enum intake_no xml_close(struct xml_stream *x)
{
	if (x->no == NO_REASON) {
		(void)xmlParseChunk(x->parser, NULL, 0, 1);
		if (!x->parser->wellFormed && x->no == NO_REASON)
			x->no = NO_BROKEN;
	}
	xmlFreeParserCtxt(x->parser);
	x->parser = NULL;
	return x->no;
}
