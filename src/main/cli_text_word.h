/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * cli_text_word: the rows of "comity text docx" and "comity text import". They stand in two tables:
 * that of all verbs of "comity text", where they have no function, and that of comity-house, which
 * alone is linked with the libraries of Word files (doc/decisions/0013). Threads: the first one.
 */
#ifndef MAIN_CLI_TEXT_WORD_H
#define MAIN_CLI_TEXT_WORD_H

#include "main/cli.h"

#define CLI_TEXT_WORD(docx, import)                                                                \
	{"docx", "FILE -o OUT.docx [--party NAME | --combined]",                                   \
	    "writes the draft as a Word file with its amendments as tracked changes",              \
	    "FILE is a draft with its amendments as JSON (doc/format/text.md); \"-\" is "          \
	    "standard input.\n"                                                                    \
	    "  -o OUT        the Word file (\"-\": standard output); what is there is replaced\n"  \
	    "  --party NAME  the amendments of one party alone\n"                                  \
	    "  --combined    all of them (unless told otherwise): those that exclude each\n"       \
	    "                other are in brackets, each with a remark\n",                         \
	    "out party !combined", 1, 3, docx},                                                    \
	{                                                                                          \
		"import", "FILE DOCX...", "makes amendments of the tracked changes in Word files", \
		    "FILE is the draft that the Word files began with, as JSON; it stays as it "   \
		    "is. "                                                                         \
		    "The draft\nwith the new amendments is printed, one an author, and "           \
		    "\"imported\" "                                                                \
		    "says of each Word file\nwhat was seen in it (doc/format/docx.md); the "       \
		    "numbers also "                                                                \
		    "on standard error. What is\nambiguous is listed there and not imported.\n",   \
		    "", 2, 1000, import                                                            \
	}

int cli_text_docx(struct cli_args *args);
int cli_text_import(struct cli_args *args);

extern const struct cli_verbs cli_text_word; /* cli_text_docx.c */

#endif
