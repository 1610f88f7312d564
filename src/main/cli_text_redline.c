/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The verb that compares any two texts. */
#include "main/cli_text.h"
#include "main/input.h"
#include "text/plain_read.h"
#include "text/redline.h"

#include "base/poison.h"

/* One of the two texts; JSON files have ids that mean something. */
struct version {
	struct text_file file;
	bool has_ids;
};

enum form { FORM_PLAIN, FORM_MARKDOWN, FORM_JSON };

/* By its name, and what has none that tells by its first character. */
static enum form form_of(str path, str bytes)
{
	str begins = str_trim(str_starts(bytes, S("\xEF\xBB\xBF")) ? str_skip(bytes, 3) : bytes);
	if (str_ends(path, S(".json")))
		return FORM_JSON;
	if (str_ends(path, S(".md")) || str_ends(path, S(".markdown")))
		return FORM_MARKDOWN;
	if (str_ends(path, S(".txt")))
		return FORM_PLAIN;
	return str_starts(begins, S("{")) ? FORM_JSON : FORM_PLAIN;
}

static enum rc read_version(
    const struct draft *r, str path, str bytes, struct version *out, struct err *err)
{
	enum form form = form_of(path, bytes);
	out->has_ids = form == FORM_JSON;
	if (form == FORM_JSON)
		return text_json_read_doc(r->arena, r->lexer, bytes, &out->file, err);
	return text_plain_read(r->arena, bytes, form == FORM_MARKDOWN, &out->file.doc, err);
}

/* Says which of the two is wrong. */
static enum rc read_both(
    const struct cli_args *args, struct draft *r, struct version v[2], struct err *err)
{
	str bytes[2];
	r->arena = args->arena;
	r->lexer = text_lexer_open(r->arena);
	if (str_is(cli_word(args, 0), "-") && str_is(cli_word(args, 1), "-"))
		return ERR(err, INVALID, NULL, "Only one of the two can be standard input.");
	for (size_t i = 0; i < 2; i++)
		TRY(input_load(r->arena, cli_word(args, i), &bytes[i], err));
	draft_reserve(r->arena, bytes[0].n + bytes[1].n);
	for (size_t i = 0; i < 2; i++) {
		enum rc rc = read_version(r, cli_word(args, i), bytes[i], &v[i], err);
		if (rc != OK)
			return ERR(
			    err, rc, NULL, "{0}: {1}", cli_word(args, i), err_text(err, r->arena));
	}
	return OK;
}

int cli_text_redline(struct cli_args *args)
{
	struct err err = {0};
	AUTO_DRAFT struct draft r = {0};
	struct version v[2] = {0};
	enum text_format format;
	if (text_format_of(args, &format, &err) != OK || read_both(args, &r, v, &err) != OK)
		return text_fail(&err);
	struct text_redline red = text_redline(
	    r.arena, r.lexer, &v[0].file.doc, &v[1].file.doc, v[0].has_ids && v[1].has_ids);
	switch (format) {
	case TEXT_FORMAT_TEXT:
		return cli_print(text_redline_text(r.arena, &red));
	case TEXT_FORMAT_HTML:
		return cli_print(
		    text_page(r.arena, &v[1].file, S("Redline"), text_redline_html(r.arena, &red)));
	case TEXT_FORMAT_JSON:
		return text_print_json(r.arena, text_redline_json(r.arena, &red));
	}
	return rc_exit(FAULT);
}
