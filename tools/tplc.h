/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * tplc: the state of one run of the template compiler; tplc.c documents the language.
 *
 * The parts: tplc_html walks the markup, tplc_code turns holes into C and tplc_block
 * directives, tplc_lint looks after readers with assistive technology. The first mistake
 * ends the run with "file:line: message" on stderr and exit code 1. Threads: one.
 */
#ifndef TOOLS_TPLC_H
#define TOOLS_TPLC_H

#include <stdnoreturn.h>

#include "base/buf.h"
#include "base/vec.h"

/* Where the walk stands when it meets a hole or a directive. */
enum place {
	PLACE_TEXT,
	PLACE_PLAIN,    /* text that takes no markup: title, option, textarea */
	PLACE_TAG,      /* between attributes */
	PLACE_ATTR,     /* inside a quoted ordinary value */
	PLACE_LINK,     /* the whole of a link value */
	PLACE_LINK_OWN, /* the same, for our own addresses only */
};

enum block_kind { BLOCK_IF, BLOCK_FOR };

#define BLOCKS_DEEP 16

/* {% if %} or {% for %} that waits for its {% end %}. */
struct block {
	enum block_kind kind;
	enum place place;
	int line;
	int serial; /* its number in the file */
	int branch; /* 0 for if, 1 for the first elif or else, ... */
	bool had_else;
	size_t elements; /* how many elements were open at its start */
	bool fresh;      /* t->fresh at its start, */
	bool fresh_all;  /* and at the end of each branch so far */
	bool leads;      /* a newline follows {% for %} */
};

struct element {
	str name;
	int line;
};

struct attr {
	str name;
	str value; /* as it stands in the source, holes included */
	int line;
	bool hole;
	bool optional; /* inside {% if %} */
};

/* An id, or a control waiting for the label of that id; with the branches it stands in. */
struct named {
	str id;
	str element;
	int line;
	size_t blocks;
	int serial[BLOCKS_DEEP];
	int branch[BLOCKS_DEEP];
};

struct tpl {
	struct arena *a;
	const char *file; /* as #line names it */
	str src;
	size_t at;
	int line;

	struct buf inc;    /* #include lines */
	struct buf protos; /* prototypes */
	struct buf body;   /* functions */
	struct buf lit;    /* markup not yet written to body */
	bool in_view;
	int serials;
	bool fresh; /* nothing has been written since a newline */
	VEC(struct block) blocks;
	VEC(struct element) open;

	VEC(struct attr) attrs; /* of the tag being read */
	VEC(struct named) ids;
	VEC(str) label_for;
	VEC(struct named) unlabelled;
	int heading;
	bool has_title;
};

noreturn void tpl_die(const struct tpl *t, int line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The source from here on; its next byte or 0; moving on (counts lines). */
str tpl_rest(const struct tpl *t);
char tpl_peek(const struct tpl *t);
bool tpl_looking_at(const struct tpl *t, const char *z);
void tpl_move(struct tpl *t, size_t n);
bool is_space(char c);
bool is_word(char c);

/* The whole file: prologue, then views. */
void tpl_walk(struct tpl *t);

/* At "{{": writes the hole for this place. */
void tpl_hole(struct tpl *t, enum place place);
/* At "{%": reads the directive; view and include only when place is PLACE_TEXT. */
void tpl_directive(struct tpl *t, enum place place);
/* At "{#": skips the comment. */
void tpl_comment(struct tpl *t);
/* Ends the view in hand, if any. */
void tpl_end_view(struct tpl *t);
/* The markup so far as one out_lit(); then, for code_line, a line of C for a line of the template.
 */
void code_flush(struct tpl *t);
void code_line(struct tpl *t, int line, str code);
/* From t->at to `close` outside of quotes and brackets; moves over it. Points into the source. */
str code_read(struct tpl *t, const char *close);
/* If code begins with `word` and an operand, cuts the word off. */
bool code_take_word(str *code, const char *word);
/* Cuts the next piece before a comma outside of quotes and brackets. */
bool code_cut_arg(struct tpl *t, str *rest, str *piece);
/* Cuts an identifier off; false when there is none. */
bool code_cut_identifier(str *code, str *out);
/* Markup for the page. */
void tpl_lit(struct tpl *t, str s);
void tpl_lit_c(struct tpl *t, char c);

/* After a start tag has been read (its attributes in t->attrs), before it is pushed. */
void lint_tag(struct tpl *t, str name, int line);
void lint_view_end(struct tpl *t);
const struct attr *tpl_attr(const struct tpl *t, const char *name);
bool tpl_inside(const struct tpl *t, const char *name);
/* True if one of the space-separated words is s. */
bool is_one_of(str s, const char *words);

#endif
