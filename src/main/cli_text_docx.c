/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* "comity text docx" and "comity text import": drafts to Word files, and back. */
#include <stdio.h>

#include "docx/docx.h"
#include "main/cli_text.h"
#include "main/cli_text_word.h"
#include "main/input.h"
#include "text/json_write.h"

#include "base/poison.h"

static const struct cli_verb verbs[] = {CLI_TEXT_WORD(cli_text_docx, cli_text_import)};
const struct cli_verbs cli_text_word = {
    "comity text", "Drafts as Word files.", "", verbs, sizeof verbs / sizeof verbs[0]};

/* Memory for one Word file. */
#define FILE_MEMORY ((size_t)1 << 30)

/* --- docx --- */

/* The words besides the options: FILE, and "-o OUT". */
static enum rc find_out(const struct cli_args *args, str *file, str *out, struct err *err)
{
	*out = cli_option(args, "out");
	*file = STR_EMPTY;
	for (size_t i = 0; i < args->words.n; i++) {
		if (str_is(args->words.p[i], "-o") && i + 1 < args->words.n)
			*out = args->words.p[++i];
		else if (!file->n)
			*file = args->words.p[i];
		else
			return ERR(err, INVALID, NULL, "One draft at a time; {0} is too much.",
			    args->words.p[i]);
	}
	return file->n && out->n ? OK : ERR(err, INVALID, NULL, "Name the Word file: -o OUT.docx.");
}

static enum rc choose(const struct cli_args *args, struct draft *r, struct text_amendment **list,
    size_t *n, struct err *err)
{
	str party = cli_option(args, "party");
	*list = arena_array(r->arena, struct text_amendment, r->file.n);
	*n = 0;
	if (party.p && cli_option(args, "combined").p)
		return ERR(err, INVALID, "--party", "Either one party or all of them.");
	for (size_t i = 0; i < r->file.n; i++)
		if (!party.p || str_eq(r->file.list[i].party, party))
			(*list)[(*n)++] = r->file.list[i];
	if (party.p && !*n)
		return ERR(err, INVALID, "--party", "{0} has no amendment in this draft.", party);
	return OK;
}

static enum rc save(struct arena *a, str path, str bytes, struct err *err)
{
	if (str_is(path, "-"))
		return fwrite(bytes.p, 1, bytes.n, stdout) == bytes.n && fflush(stdout) == 0
		           ? OK
		           : ERR(err, FAULT, NULL, "Not everything could be written.");
	FILE *f = fopen(arena_z(a, path), "wb");
	bool good = f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n;
	if (f)
		good = fclose(f) == 0 && good;
	return good ? OK : ERR(err, INVALID, NULL, "{0} cannot be written.", path);
}

static enum rc write_docx(struct cli_args *args, struct draft *r, struct err *err)
{
	str file, out, bytes;
	struct text_amendment *list;
	size_t n;
	TRY(find_out(args, &file, &out, err));
	args->words.p[0] = file;
	args->words.n = 1;
	TRY(draft_begin(args, r, err));
	TRY(choose(args, r, &list, &n, err));
	struct docx_options options = {
	    .title = text_page_title(&r->file, STR_EMPTY), .lang = text_page_lang(&r->file)};
	TRY(docx_write(r->arena, r->lexer, &r->file.doc, list, n, &options, &bytes, err));
	return save(r->arena, out, bytes, err);
}

int cli_text_docx(struct cli_args *args)
{
	struct err err = {0};
	AUTO_DRAFT struct draft r = {0};
	return write_docx(args, &r, &err) == OK ? 0 : text_fail(&err);
}

/* --- import --- */

static struct json *share(struct arena *a, const struct json *v)
{
	struct json *c = arena_new_of(a, struct json);
	*c = *v;
	c->next = NULL;
	return c;
}

/* What text_json_file takes the name of the party from. */
static const struct json *head(struct arena *a, const struct text_amendment *m)
{
	struct json *v = json_new_object(a);
	json_put_str(a, v, S("party"), m->party);
	return v;
}

struct importing {
	struct arena *arena;
	struct draft *draft;
	VEC(struct text_amendment) known; /* those of the draft, and what came in */
	struct json *reports;
};

static void tell(const struct importing *m, str path, const struct docx_read *r)
{
	fprintf(stderr,
	    "%.*s: %zu changes, %zu imported, %zu ignored, %zu to be looked at, %zu unexplained\n",
	    STR(path), r->seen, r->imported, r->ignored, r->waiting, r->unexplained);
	for (size_t i = 0; i < r->looks.n; i++) {
		str said =
		    err_fill(m->arena, str_of(r->looks.p[i].what), r->looks.p[i].arg, ERR_ARGS);
		fprintf(stderr, "  look: %.*s\n", STR(said));
	}
	if (r->untracked.n)
		fprintf(stderr, "  %zu paragraphs were edited without tracking\n", r->untracked.n);
}

static enum rc import_one(struct importing *m, str path, struct err *err)
{
	str bytes;
	struct docx_read r;
	struct docx_against against = {&m->draft->file.doc, m->known.p, m->known.n};
	TRY(input_load(m->arena, path, &bytes, err));
	enum rc rc = docx_read(m->arena, m->draft->lexer, bytes, &against, &r, err);
	if (rc != OK)
		return ERR(err, rc, NULL, "{0}: {1}", path, err_text(err, m->arena));
	for (size_t i = 0; i < r.n; i++)
		if (!r.known[i]) {
			r.list[i].filed = head(m->arena, &r.list[i]);
			*vec_push(m->arena, &m->known) = r.list[i];
		}
	json_add(m->reports, docx_report_json(m->arena, path, &r));
	tell(m, path, &r);
	return OK;
}

/* Amendments of the draft as they stand, then the new ones as if they had been filed now. */
static struct json *amendments(struct importing *m)
{
	static const char *const left_out[] = {"outcome", "why", "filed"};
	struct arena *a = m->arena;
	const struct text_file *file = &m->draft->file;
	struct json *out = json_new_array(a);
	json_each (v, json_get(file->root, S("amendments")))
		json_add(out, share(a, v));
	struct json *young = text_json_file(
	    a, m->draft->lexer, file, &file->doc, m->known.p + file->n, m->known.n - file->n);
	json_each (v, json_get(young, S("amendments"))) {
		struct json *one = json_add(out, json_new_object(a));
		json_each (w, v) {
			bool ours = false;
			for (size_t i = 0; i < 3; i++)
				ours = ours || str_is(w->name, left_out[i]);
			if (!ours)
				json_put(one, w->name, share(a, w));
		}
	}
	return out;
}

static enum rc import(struct cli_args *args, struct draft *r, str *out, struct err *err)
{
	TRY(draft_begin(args, r, err));
	struct importing m = {.arena = r->arena, .draft = r, .reports = json_new_array(r->arena)};
	for (size_t i = 0; i < r->file.n; i++)
		*vec_push(m.arena, &m.known) = r->file.list[i];
	for (size_t i = 1; i < args->words.n; i++)
		TRY(import_one(&m, args->words.p[i], err));
	struct json *all = json_new_object(m.arena);
	json_each (v, r->file.root)
		if (!str_is(v->name, "amendments") && !str_is(v->name, "imported"))
			json_put(all, v->name, share(m.arena, v));
	json_put(all, S("amendments"), amendments(&m));
	json_put(all, S("imported"), m.reports);
	struct buf b = buf_in(m.arena, 0);
	text_json_print(&b, all);
	*out = buf_str(&b);
	return OK;
}

int cli_text_import(struct cli_args *args)
{
	struct err err = {0};
	AUTO_ARENA struct arena *a =
	    arena_new(FILE_MEMORY * (args->words.n > 4 ? 4 : args->words.n));
	AUTO_DRAFT struct draft r = {0};
	struct cli_args bounded = *args;
	bounded.arena = a;
	str out;
	if (import(&bounded, &r, &out, &err) != OK)
		return text_fail(&err);
	return cli_print(out);
}
