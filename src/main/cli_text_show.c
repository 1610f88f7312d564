/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Verbs that show: the rolling text, or what one amendment would make of the text. */
#include "main/cli_text.h"
#include "text/rolling_html.h"
#include "text/rolling_json.h"
#include "text/rolling_text.h"

#include "base/poison.h"

/* --only: a place in the list, or TEXT_START for nobody. */
static enum rc find_only(const struct draft *r, str only, size_t *out, struct err *err)
{
	*out = text_file_find(&r->file, only);
	if (*out != SIZE_MAX)
		return OK;
	if (!str_is(only, "none"))
		return ERR(
		    err, INVALID, "--only", "There is no amendment {0} in this draft.", only);
	*out = TEXT_START;
	return OK;
}

static str reads_text(struct arena *a, const struct text_reads *reads)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < reads->list.n; i++) {
		buf_put(&b, i ? S("\n") : STR_EMPTY);
		buf_put(&b, reads->list.p[i].text);
		buf_putc(&b, '\n');
	}
	return buf_str(&b);
}

static int print_reads(
    const struct draft *r, enum text_format format, const struct text_reads *reads)
{
	switch (format) {
	case TEXT_FORMAT_TEXT:
		return cli_print(reads_text(r->arena, reads));
	case TEXT_FORMAT_HTML:
		return cli_print(
		    text_page(r->arena, &r->file, S("The text"), text_page_reads(r->arena, reads)));
	case TEXT_FORMAT_JSON:
		return text_print_json(r->arena, text_reads_json(r->arena, reads));
	}
	return rc_exit(FAULT);
}

static int print_rolling(
    const struct draft *r, enum text_format format, const struct text_rolling *rolling)
{
	switch (format) {
	case TEXT_FORMAT_TEXT:
		return cli_print(text_rolling_text(r->arena, rolling));
	case TEXT_FORMAT_HTML:
		return cli_print(text_rolling_html_page(r->arena, rolling, NULL,
		    text_page_title(&r->file, S("Rolling text")), text_page_lang(&r->file),
		    text_page_css()));
	case TEXT_FORMAT_JSON:
		return text_print_json(r->arena, text_rolling_json(r->arena, rolling));
	}
	return rc_exit(FAULT);
}

int cli_text_rolling(struct cli_args *args)
{
	struct err err = {0};
	AUTO_DRAFT struct draft r = {0};
	enum text_format format;
	str only = cli_option(args, "only");
	size_t who = TEXT_START;
	if (text_format_of(args, &format, &err) != OK || draft_begin(args, &r, &err) != OK ||
	    (only.p && find_only(&r, only, &who, &err) != OK))
		return text_fail(&err);
	struct text_rolling rolling = text_roll(r.arena, &r.file.doc, r.file.list, r.file.n);
	if (!only.p)
		return print_rolling(&r, format, &rolling);
	struct text_reads reads = text_roll_read(r.arena, &rolling, who);
	return print_reads(&r, format, &reads);
}
