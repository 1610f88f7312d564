/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * form: the web form of a command, made from its row. Label, help, limits, the value typed
 * so far and the error of every field always match, and nothing typed is lost.
 *
 * In a page:   TRY(form_make(p, "call.submit", &v.form, err));
 *              form_preset(&v.form, "call", number);
 * In its template:  {% call form_html(&v->form) %}
 * Threads: each request its own.
 */
#ifndef ENGINE_FORM_H
#define ENGINE_FORM_H

#include "engine/act.h"
#include "engine/html.h"

struct page;

struct form_option {
	str value;
	str label;
	bool chosen;
};

struct form_options {
	VEC(struct form_option) v;
};

/* A way to tick many at once: the same form with other values. Put by a form_shape. */
struct form_offer {
	str label;
	url to;
	bool now; /* it is how the form came */
};

struct form_field {
	const struct field *field;
	str id;      /* of the input element */
	str value;   /* as typed so far */
	str error;   /* "" when there is none */
	bool hidden; /* preset by the page; sent along, not shown */
	struct form_options options;
	VEC(struct form_offer) offers;
};

struct form {
	const struct command *command;
	url action;
	str token;  /* CSRF */
	str key;    /* idempotency key: sending twice is one act */
	str expect; /* of a formal act: the entry count that the page shows */
	str error;  /* of the whole form */
	bool has_files;
	/*
	 * Set by a form_shape: the form has a button that shows what the act would do before it is
	 * done (with scripts, while one types), and preview is that, as typed so far; or empty.
	 */
	bool previews;
	const char *preview_title, *preview_help; /* messages: above it; while there is none */
	html preview;
	VEC(struct form_field) fields;
};

/* The empty form of a command, with its options. ABSENT: no such command. In p->arena. */
enum rc form_make(struct page *p, const char *command, struct form *out, struct err *err) MUST_USE;
/* The field of that name, or NULL. */
struct form_field *form_field_of(struct form *f, const char *name);
/* True when it was ticked, as typed so far. */
bool form_is_ticked(const struct form_field *x);
/* The message of an error with its arguments, in the viewer's language. In p->arena. */
str form_error_text(struct page *p, const struct err *err);
/* Fills a field and hides it, or (shown) only fills it. */
void form_preset(struct form *f, struct arena *a, const char *field, int64_t value);
void form_fill(struct form *f, const char *field, str value);
/* The template function (form.html): the whole <form>. */
void form_html(struct page_out *o, const struct form *f);
/* Where a page opens the forms of links that are marked data-act: web/act.mjs. */
void form_place_html(struct page_out *o);

/* For option sources. */
void form_option_add(struct page *p, struct form_options *out, str value, str label);

#endif
