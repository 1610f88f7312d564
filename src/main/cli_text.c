/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The table of "comity text", and what its verbs share. */
#include "main/cli_text.h"

#include "main/cli_text_word.h"
#include "main/input.h"
#include "text/json_write.h"

#include "base/poison.h"

#define ABOUT_FILE                                                                             \
	"FILE is a draft with its amendments as JSON (doc/format/text.md); \"-\" is standard " \
	"input.\n"

/* Bytes of input from which memory is taken at once, and the most that is. */
#define RESERVE_FROM ((size_t)64 << 10)
#define RESERVE_MOST ((size_t)64 << 20)

static const struct cli_verb verbs[] = {
    {"check", "FILE", "tells which amendments are the same and which exclude each other",
        ABOUT_FILE
        "Prints {\"unified\":[[\"a1\",\"a4\"]],\"conflicts\":[{\"a\":\"a1\",\"b\":\"a2\",\"why\":"
        "\"...\"}],\n\"compatible\":true or false}; \"waiting\" names amendments that an adoption "
        "left in conflict.\nExit code 0, whatever it finds; 2: the draft cannot be read.\n",
        "", 1, 1, cli_text_check},
    {"adopt", "FILE --ids ID[,ID...] [ID ...] [--both]",
        "adopts amendments and carries the others over to the new text",
        ABOUT_FILE
        "  --ids ID,ID  the amendments to adopt; more may follow as words\n"
        "  --both       different texts for one place are taken both, one behind the other\n"
        "FILE stays as it is; the new draft is printed. Each amendment that remains has its\n"
        "operations at their places in the new text, \"outcome\" (unchanged, partly satisfied,\n"
        "satisfied, conflict), \"why\", and \"filed\": what was filed first. Exit code 3: these\n"
        "cannot be adopted together, and each pair is named; or one of them must first be put\n"
        "right by its author.\n",
        "ids !both", 1, 10000, cli_text_adopt},
    {"rolling", "FILE [--format text|html|json] [--only ID|none]",
        "prints the text with all its amendments in brackets",
        ABOUT_FILE "  --format F   text (unless told otherwise), html: a page by itself, json: the "
                   "whole tree\n"
                   "  --only ID    the text as it would read if only this amendment were adopted\n"
                   "  --only none  the text as it is, without any amendment\n",
        "format only", 1, 1, cli_text_rolling},
    {"redline", "A B [--format text|html|json]", "prints what changed from one text to another",
        "A and B are drafts as JSON, Markdown (names that end in .md), or plain text with blank "
        "lines\nbetween paragraphs; one of them may be \"-\", standard input. The ids of "
        "paragraphs count when both\nare JSON.\n"
        "  --format F  text (unless told otherwise), html: a page by itself, json\n",
        "format", 2, 2, cli_text_redline},
    {"streamline", "FILE --ids ID[,ID...] --into ID [--keep-rest] [--format json|text]",
        "puts a facilitator's amendment in the place of those that it brings together",
        ABOUT_FILE
        "  --ids ID,ID   the amendments that give way; more may follow as words\n"
        "  --into ID     the amendment of the file that takes their place, with all their "
        "sponsors\n"
        "  --keep-rest   what it does not take up stays in the list, as its author's\n"
        "  --format F    json (unless told otherwise): the new draft, in which \"provenance\" "
        "says\n"
        "                what became of every operation; text: only that table, for people\n",
        "ids into !keep-rest format", 1, 10000, cli_text_streamline},
    CLI_TEXT_WORD(NULL, NULL),
};

const struct cli_verbs cli_text = {
    "comity text",
    "Amendments to a text: compared, merged, adopted, on files alone and without a server.",
    " An example: examples/text/draft.json.",
    verbs,
    sizeof verbs / sizeof verbs[0],
};

void draft_end(struct draft *r)
{
	text_lexer_close(r->lexer);
}

void draft_reserve(struct arena *a, size_t bytes)
{
	size_t want = 12 * bytes < RESERVE_MOST ? 12 * bytes : RESERVE_MOST;
	if (bytes >= RESERVE_FROM)
		arena_reserve(a, want);
}

enum rc draft_begin(const struct cli_args *args, struct draft *r, struct err *err)
{
	str bytes;
	r->arena = args->arena;
	r->lexer = text_lexer_open(r->arena);
	TRY(input_load(r->arena, cli_word(args, 0), &bytes, err));
	draft_reserve(r->arena, bytes.n);
	return text_json_read(r->arena, r->lexer, bytes, &r->file, err);
}

enum rc text_format_of(const struct cli_args *args, enum text_format *out, struct err *err)
{
	static const char *const names[] = {"text", "html", "json"};
	str format = cli_option(args, "format");
	*out = TEXT_FORMAT_TEXT;
	if (!format.p)
		return OK;
	for (size_t i = 0; i < 3; i++)
		if (str_is(format, names[i])) {
			*out = (enum text_format)i;
			return OK;
		}
	return ERR(err, INVALID, "--format", "{0} is not text, html or json.", format);
}

static enum rc choose_one(const struct draft *r, str id, struct text_chosen *out, struct err *err)
{
	size_t i = text_file_find(&r->file, id);
	if (i == SIZE_MAX)
		return ERR(err, INVALID, NULL, "There is no amendment {0} in this draft.", id);
	if (!out->is[i])
		out->place[out->n++] = i;
	out->is[i] = true;
	return OK;
}

/* A whole id first: ids may hold commas. */
static enum rc choose_list(const struct draft *r, str ids, struct text_chosen *out, struct err *err)
{
	str id;
	if (text_file_find(&r->file, ids) != SIZE_MAX)
		return choose_one(r, ids, out, err);
	while (str_cut(&ids, ',', &id)) {
		id = str_trim(id);
		if (id.n)
			TRY(choose_one(r, id, out, err));
	}
	return OK;
}

enum rc text_choose(const struct cli_args *args, const struct draft *r, const char *option,
    size_t word, struct text_chosen *out, struct err *err)
{
	*out = (struct text_chosen){
	    .place = arena_array(r->arena, size_t, r->file.n),
	    .is = arena_array(r->arena, bool, r->file.n),
	};
	for (size_t i = 0; i < args->options.n; i++)
		if (str_is(args->options.p[i].name, option))
			TRY(choose_list(r, args->options.p[i].value, out, err));
	for (size_t i = word; word && i < args->words.n; i++)
		TRY(choose_list(r, args->words.p[i], out, err));
	if (!out->n)
		return ERR(err, INVALID, NULL, "Name the amendments: --{0} a1,a3.", str_of(option));
	return OK;
}

int text_fail(struct err *err)
{
	if (err->field && !str_starts(str_of(err->field), S("--")))
		err->field = NULL;
	return cli_fail(err);
}

int text_print_json(struct arena *a, const struct json *v)
{
	struct buf b = buf_in(a, 0);
	text_json_print(&b, v);
	return cli_print(buf_str(&b));
}
