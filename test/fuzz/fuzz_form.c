/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * fuzz_form: the parsers of paths, queries, cookies and forms on any bytes.
 */
#include "base/must.h"
#include "base/utf8.h"
#include "engine/http_form.h"
#include "engine/http_text.h"
#include "base/poison.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_pairs(const http_pairs *pairs)
{
	for (size_t i = 0; i < pairs->n; i++)
		must(utf8_is_text(pairs->p[i].name) && utf8_is_text(pairs->p[i].value));
}

static void try_form(struct arena *a, str type, str body)
{
	struct http_request q = {.arena = a, .body = body};
	struct err err = {0};

	q.body_type = http_media_type(a, type);
	if (http_parse_form(&q, type, &err) != OK)
		return;
	check_pairs(&q.fields);
	for (size_t i = 0; i < q.files.n; i++) {
		const struct http_file *f = &q.files.p[i];
		must(utf8_is_text(f->name) && utf8_is_text(f->filename));
		must(f->bytes.p >= body.p && f->bytes.p + f->bytes.n <= body.p + body.n);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str s = {(const char *)data, size};
	struct http_request q = {.arena = a, .path = s};
	http_pairs pairs = {0};

	if (http_parse_path(&q))
		for (size_t i = 0; i < q.segments.n; i++)
			must(utf8_is_text(q.segments.p[i]));
	if (http_parse_pairs(a, s, &pairs))
		check_pairs(&pairs);
	http_parse_cookies(a, s, &q.cookies);
	(void)http_accepts_gzip(s);
	(void)http_etag_matches(s, S("x"));
	try_form(a, S("multipart/form-data; boundary=x"), s);
	/* The first line as the type, so that the fuzzer also finds parameters. */
	size_t line = str_find_char(s, '\n');
	if (line != SIZE_MAX)
		try_form(a, str_head(s, line), str_skip(s, line + 1));
	return 0;
}
