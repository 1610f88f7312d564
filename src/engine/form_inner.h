/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * form_inner: what web_command does with a form beside showing it.
 */
#ifndef ENGINE_FORM_INNER_H
#define ENGINE_FORM_INNER_H

#include "engine/command.h"
#include "engine/page.h"

/* Puts back what was typed, and the problem of each field beside it. */
void form_retype(struct page *p, struct form *f, const struct inputs *in, const problems *bad);
/* A refusal: at the field it names, or above the form. */
void form_fail(struct page *p, struct form *f, const struct err *err);

/* Lets the command's room shape a form that has been filled; without one it stays as it is. */
enum rc form_fit(struct page *p, struct form *f, struct err *err) MUST_USE;

#endif
