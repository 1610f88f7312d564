/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "docx/xml_in.h"

#include <libxml/parser.h>

#include "base/buf.h"
#include "base/must.h"

#include "base/poison.h"

struct stream {
	const struct xml_in_reader *reader; /* borrowed */
	xmlParserCtxtPtr parser;
	int depth;
	bool begun;
	const char *no; /* why it ended, or NULL */
};

static const char broken[] = "This is not a Word file, or it is damaged.";

static void stop(struct stream *x, const char *no)
{
	if (!x->no)
		x->no = no;
	xmlStopParser(x->parser);
}

static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *external, const xmlChar *uri)
{
	(void)name;
	(void)external;
	(void)uri;
	stop(ctx, "This file has a part with a document type, which no Word file has.");
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
    int namespaces, const xmlChar **declared, int n, int defaulted, const xmlChar **attributes)
{
	(void)prefix;
	(void)namespaces;
	(void)declared;
	(void)defaulted;
	struct stream *x = ctx;
	if (x->no)
		return;
	struct xml_in e = {.uri = str_of((const char *)uri),
	    .name = str_of((const char *)name),
	    .attributes = (const void **)attributes,
	    .n = n};
	if (++x->depth > XML_IN_DEPTH)
		stop(x, "This file is nested too deeply.");
	else if (!x->reader->start(x->reader->ctx, &e))
		stop(x, "This file is not as Word writes it, and what it means is not clear.");
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)name;
	(void)prefix;
	(void)uri;
	struct stream *x = ctx;
	if (x->no)
		return;
	x->depth--;
	if (x->reader->end)
		x->reader->end(x->reader->ctx);
}

static void on_text(void *ctx, const xmlChar *p, int n)
{
	struct stream *x = ctx;
	if (!x->no && x->reader->text && n > 0)
		x->reader->text(x->reader->ctx, str_from(p, (size_t)n));
}

/* libxml2 would print to standard error. What matters is the parser's verdict at the end. */
static void on_complaint(void *ctx, xmlErrorPtr error)
{
	(void)ctx;
	(void)error;
}

bool xml_in_each(const struct xml_in *e, int i, str *name, str *value)
{
	if (i >= e->n)
		return false;
	const void **at = e->attributes + (size_t)i * 5;
	const char *from = at[3], *to = at[4];
	*name = str_of(at[0]);
	*value = str_from(from, (size_t)(to - from));
	return true;
}

str xml_in_get(const struct xml_in *e, const char *name)
{
	str one, value;
	for (int i = 0; xml_in_each(e, i, &one, &value); i++)
		if (str_is(one, name))
			return value;
	return STR_EMPTY;
}

str xml_in_copy(struct arena *a, str value)
{
	str ref = S("&#38;");
	struct buf b = buf_in(a, 0);
	for (size_t at; (at = str_find(value, ref)) != SIZE_MAX;
	     value = str_skip(value, at + ref.n)) {
		buf_put(&b, str_head(value, at));
		buf_putc(&b, '&');
	}
	buf_put(&b, value);
	return buf_str(&b);
}

/*
 * Office programs write UTF-8 or UTF-16. For other names libxml2 would ask iconv, which opens
 * files.
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

static bool take(void *ctx, str piece)
{
	struct stream *x = ctx;
	if (!x->begun && !charset_known(piece))
		stop(x, "This file is in an encoding that Word does not write.");
	x->begun = true;
	if (x->no)
		return false;
	/* Not its return value: that also counts what a reader can live with, as an undeclared
	 * prefix. */
	(void)xmlParseChunk(x->parser, piece.p, (int)piece.n, 0);
	if (!x->parser->wellFormed && !x->no)
		x->no = broken;
	return !x->no;
}

enum rc xml_in_read(struct pack *p, str part, const struct xml_in_reader *reader, struct err *err)
{
	struct stream x = {.reader = reader};
	xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
	    .internalSubset = on_doctype,
	    .externalSubset = on_doctype,
	    .startElementNs = on_start,
	    .endElementNs = on_end,
	    .characters = on_text,
	    .ignorableWhitespace = on_text,
	    .cdataBlock = on_text,
	    .serror = on_complaint};
	x.parser = xmlCreatePushParserCtxt(&sax, &x, NULL, 0, NULL);
	must(x.parser);
	xmlCtxtUseOptions(x.parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	enum rc rc = pack_feed(p, part, take, &x, err);
	if (rc == OK && !x.no) {
		(void)xmlParseChunk(x.parser, NULL, 0, 1);
		if (!x.parser->wellFormed && !x.no)
			x.no = broken;
	}
	xmlFreeParserCtxt(x.parser);
	if (rc == OK && x.no)
		return ERR(err, INVALID, "file", x.no);
	return rc;
}
