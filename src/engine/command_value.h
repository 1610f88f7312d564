/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * command_value: one field, from what was typed to its value. Pure; a part of command.c.
 */
#ifndef ENGINE_COMMAND_VALUE_H
#define ENGINE_COMMAND_VALUE_H

#include "engine/command.h"

/* What was typed into one field. */
struct raw {
	VEC(str) values;
	VEC(struct attachment) files;
	str zone; /* for FIELD_TIME: what was typed into the field that `of` names */
};

/* INVALID names the field. In arena. An empty field is OK and not set. */
enum rc value_read(struct arena *a, const struct field *f, const struct raw *raw, struct value *v,
    struct err *err) MUST_USE;
/* NFC, LF line ends, trimmed; lines of FIELD_LINE are joined by spaces. In arena. */
str text_normal(struct arena *a, str s, bool one_line);
/* Paragraphs: pieces between blank lines. In arena. */
void text_paragraphs(struct arena *a, str s, struct value *v);

#endif
