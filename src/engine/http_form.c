/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/http_form.h"

#include "base/utf8.h"
#include "engine/http_text.h"
#include "base/poison.h"

#define BOUNDARY_MAX 70 /* RFC 2046 5.1.1 */
#define PART_HEAD    4096
#define NOT_A_FORM   "The form did not arrive whole. Please send it again."

struct part {
	str disposition;
	str type;
	str bytes;
};

/* The lines before the empty line. False: not RFC 7578. */
static bool read_part_head(str head, struct part *part)
{
	while (head.n > 0) {
		size_t end = str_find(head, S("\r\n"));
		str line = str_head(head, end);
		size_t colon = str_find_char(line, ':');

		head = end == SIZE_MAX ? STR_EMPTY : str_skip(head, end + 2);
		if (colon == SIZE_MAX || colon == 0)
			return false;
		str name = str_head(line, colon), value = str_trim(str_skip(line, colon + 1));
		if (str_eq_nocase(name, S("content-disposition")))
			part->disposition = value;
		if (str_eq_nocase(name, S("content-type")))
			part->type = value;
	}
	return str_eq_nocase(
	    str_trim(str_head(part->disposition, str_find_char(part->disposition, ';'))),
	    S("form-data"));
}

static bool add_part(struct http_request *q, const struct part *part)
{
	str name = http_parameter(q->arena, part->disposition, S("name"));
	str filename = http_parameter(q->arena, part->disposition, S("filename"));

	if (!name.p || !utf8_is_text(name) || q->fields.n + q->files.n >= HTTP_PAIRS)
		return false;
	if (filename.p) {
		if (!utf8_is_text(filename) || !utf8_is_text(part->type))
			return false;
		*vec_push(q->arena, &q->files) = (struct http_file){.name = name,
		    .filename = filename,
		    .type = http_media_type(q->arena, part->type),
		    .bytes = part->bytes};
		return true;
	}
	if (!utf8_is_text(part->bytes))
		return false;
	*vec_push(q->arena, &q->fields) = (struct http_pair){name, part->bytes};
	return true;
}

/* From just after "--boundary CRLF" up to the next delimiter. */
static bool read_part(struct http_request *q, str *rest, str delimiter)
{
	struct part part = {0};
	size_t head = str_find(str_head(*rest, PART_HEAD), S("\r\n\r\n"));

	if (head == SIZE_MAX || !read_part_head(str_head(*rest, head), &part))
		return false;
	*rest = str_skip(*rest, head + 4);
	/* memmem is linear whatever the boundary, and does not mind NULs. */
	const char *end = memmem(rest->p, rest->n, delimiter.p, delimiter.n);
	if (!end)
		return false;
	part.bytes = str_head(*rest, (size_t)(end - rest->p));
	*rest = str_skip(*rest, part.bytes.n + delimiter.n);
	return add_part(q, &part);
}

static bool read_multipart(struct http_request *q, str boundary)
{
	str delimiter = arena_printf(q->arena, "\r\n--%.*s", STR(boundary));
	str first = str_skip(delimiter, 2), rest = q->body;

	if (boundary.n == 0 || boundary.n > BOUNDARY_MAX || !str_starts(rest, first))
		return false;
	rest = str_skip(rest, first.n);
	while (str_starts(rest, S("\r\n"))) {
		rest = str_skip(rest, 2);
		if (!read_part(q, &rest, delimiter))
			return false;
	}
	/* After the closing delimiter at most one line end: no epilogue. */
	return str_is(rest, "--") || str_is(rest, "--\r\n");
}

enum rc http_parse_form(struct http_request *q, str content_type, struct err *err)
{
	bool good = true;

	if (str_is(q->body_type, "application/x-www-form-urlencoded"))
		good = http_parse_pairs(q->arena, q->body, &q->fields);
	else if (str_is(q->body_type, "multipart/form-data"))
		good = read_multipart(q, http_parameter(q->arena, content_type, S("boundary")));
	return good ? OK : ERR(err, INVALID, NULL, NOT_A_FORM);
}
