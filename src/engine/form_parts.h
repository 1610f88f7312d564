/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * form_parts: the questions that form.html asks about a field: which control it
 * becomes, under which name, with which words.
 *
 * Pure. Threads: any. No errors.
 */
#ifndef ENGINE_FORM_PARTS_H
#define ENGINE_FORM_PARTS_H

#include "engine/command.h"
#include "engine/form.h"

/* A text of a table (label, help, title) in the language of the page. Borrowed or in o->arena. */
str form_say(struct page_out *o, const char *english);
/* The name under which a field is sent. */
str form_name(const struct form_field *x);
/* The place of a field on the same page. In o->arena. */
url form_link(struct page_out *o, const struct form_field *x);
/* The ids of its help and its error, for aria-describedby; empty when it has neither. In o->arena.
 */
str form_described(struct page_out *o, const struct form_field *x);

/* Which control. Exactly one of choices, select, area is true, or none: an <input>. */
bool form_is_choices(const struct form_field *x); /* radio buttons or check boxes in a fieldset */
bool form_is_many(const struct form_field *x);    /* check boxes */
/* So many check boxes that one wants to find one by its letters. */
bool form_is_long(const struct form_field *x);
bool form_is_select(const struct form_field *x);
bool form_is_area(const struct form_field *x);
bool form_is_blocks(const struct form_field *x);
/* A list of references typed as text, since there are no options. */
bool form_is_list_as_text(const struct form_field *x);
bool form_is_number(const struct form_field *x);
/* True if the limit of a text area is one of characters. */
bool form_counts_characters(const struct form_field *x);
/* "text", "date" ... */
str form_input_type(const struct form_field *x);
/* What a browser may fill in: "email" ...; empty: nothing. */
str form_complete(const struct form_field *x);

bool form_is_required(const struct form_field *x);
bool form_has_help(const struct form_field *x);
bool form_has_problem(const struct form *f);

#endif
