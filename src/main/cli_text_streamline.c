/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The verb of facilitators: one amendment in the place of several. */
#include "main/cli_text.h"
#include "text/json_write.h"
#include "text/streamline.h"

#include "base/poison.h"

/* The list without the facilitator's amendment, and the places of the sources in it. */
struct bringing {
	struct text_amendment *list;
	size_t n;
	size_t *source;
	size_t sources_n;
	const struct text_amendment *merged;
};

static enum rc gather(
    const struct cli_args *args, struct draft *r, struct bringing *b, struct err *err)
{
	struct text_chosen sources;
	str into = cli_option(args, "into");
	size_t merged = text_file_find(&r->file, into);
	TRY(text_choose(args, r, "ids", 1, &sources, err));
	if (!into.p || merged == SIZE_MAX)
		return ERR(err, INVALID, "--into",
		    "Name the amendment of this draft that takes the place of the others.");
	if (sources.is[merged])
		return ERR(err, INVALID, "--into",
		    "Amendment {0} cannot take its own place: leave it out of --ids.", into);
	b->merged = &r->file.list[merged];
	b->list = arena_array(r->arena, struct text_amendment, r->file.n);
	b->source = arena_array(r->arena, size_t, r->file.n);
	for (size_t i = 0; i < r->file.n; i++) {
		if (sources.is[i])
			b->source[b->sources_n++] = b->n;
		if (i != merged)
			b->list[b->n++] = r->file.list[i];
	}
	return OK;
}

/* The table stands behind those of earlier times. */
static void put_table(struct arena *a, struct json *out, struct json *rows)
{
	struct json *table = json_get(out, S("provenance"));
	if (!table || table->kind != JSON_KIND_ARRAY) {
		json_put(out, S("provenance"), rows);
		return;
	}
	struct json *all = json_new_array(a);
	const struct json *const parts[] = {table, rows};
	for (size_t i = 0; i < 2; i++)
		json_each (v, parts[i]) {
			struct json *one = arena_new_of(a, struct json);
			*one = *v;
			one->next = NULL;
			json_add(all, one);
		}
	table->first = all->first;
	table->last = all->last;
	table->count = all->count;
}

static enum rc streamline(const struct cli_args *args, struct draft *r, str *out, struct err *err)
{
	struct bringing b = {0};
	struct text_streamlined done;
	str format = cli_option(args, "format");
	bool text = str_is(format, "text");
	if (format.p && !text && !str_is(format, "json"))
		return ERR(err, INVALID, "--format", "{0} is neither json nor text.", format);
	TRY(draft_begin(args, r, err));
	TRY(gather(args, r, &b, err));
	TRY(text_streamline(r->arena, r->lexer, &r->file.doc, b.list, b.n, b.source, b.sources_n,
	    b.merged, cli_option(args, "keep-rest").p != NULL, &done, err));
	if (text) {
		*out = text_provenance_text(r->arena, &done, b.list, &r->file.doc);
		return OK;
	}
	struct json *file =
	    text_json_file(r->arena, r->lexer, &r->file, &r->file.doc, done.list, done.n);
	put_table(r->arena, file, text_provenance_json(r->arena, &done, b.list, &r->file.doc));
	struct buf all = buf_in(r->arena, 0);
	text_json_print(&all, file);
	*out = buf_str(&all);
	return OK;
}

int cli_text_streamline(struct cli_args *args)
{
	struct err err = {0};
	AUTO_DRAFT struct draft r = {0};
	str out;
	if (streamline(args, &r, &out, &err) != OK)
		return text_fail(&err);
	return cli_print(out);
}
