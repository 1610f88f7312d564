/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * cli_text: what the verbs of "comity text" share: a draft that has been read, formats, errors.
 *
 * Threads: the first one. Errors: INVALID (the input, exit 2), REFUSED (amendments that cannot be
 * adopted together, exit 3).
 */
#ifndef MAIN_CLI_TEXT_H
#define MAIN_CLI_TEXT_H

#include "main/cli.h"
#include "text/json_read.h"
#include "text/rolling.h"

/* One run: its memory, its lexer and the draft. End it on all ways out. */
struct draft {
	struct arena *arena;
	struct text_lexer *lexer;
	struct text_file file;
};
/* Accepts one that was not begun. */
void draft_end(struct draft *r);
#define AUTO_DRAFT __attribute__((cleanup(draft_end)))

/* Begins and reads the draft that the first word names. */
enum rc draft_begin(const struct cli_args *args, struct draft *r, struct err *err) MUST_USE;

/* Takes memory for the work on so many bytes of input, if that is worth it. */
void draft_reserve(struct arena *a, size_t bytes);

enum text_format { TEXT_FORMAT_TEXT, TEXT_FORMAT_HTML, TEXT_FORMAT_JSON };
/* --format; text when it is not given. */
enum rc text_format_of(
    const struct cli_args *args, enum text_format *out, struct err *err) MUST_USE;

/*
 * The amendments that --name names: ids with commas between, and those that follow as words from
 * `word` on (0: none do). Places in the list, none twice. INVALID: nobody named, an unknown id.
 */
struct text_chosen {
	size_t *place;
	size_t n;
	bool *is; /* one an amendment of the file */
};
enum rc text_choose(const struct cli_args *args, const struct draft *r, const char *option,
    size_t word, struct text_chosen *out, struct err *err) MUST_USE;

/* cli_fail without the field: what is wrong with a draft is said in the sentence. */
int text_fail(struct err *err);
/* Prints an object in lines; the exit code. */
int text_print_json(struct arena *a, const struct json *v);

/* A whole page around a fragment; `otherwise` is its title if the draft has none. In arena. */
str text_page(struct arena *a, const struct text_file *file, str otherwise, str fragment);
/* The stylesheet of such pages. Static. */
str text_page_css(void);
/* What the draft calls itself (`title`), or otherwise; its language (`lang`), or "und". Borrowed.
 */
str text_page_title(const struct text_file *file, str otherwise);
str text_page_lang(const struct text_file *file);
/* The paragraphs of a reading, as a fragment. In arena. */
str text_page_reads(struct arena *a, const struct text_reads *reads);

int cli_text_check(struct cli_args *args);
int cli_text_adopt(struct cli_args *args);
int cli_text_rolling(struct cli_args *args);
int cli_text_redline(struct cli_args *args);
int cli_text_streamline(struct cli_args *args);

#endif
