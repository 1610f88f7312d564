/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * i18n_catalogue: the translations, as tools/poc made them out of the files of po/.
 *
 * Rows are in the order of the bytes of the English text. A message that counts has all its forms
 * in one string, each ended by NUL, as many as plural_forms() says. Constant. Threads: any.
 */
#ifndef ENGINE_I18N_CATALOGUE_H
#define ENGINE_I18N_CATALOGUE_H

#include <stddef.h>

#define I18N_CATALOGUES 5

struct i18n_message {
	const char *english;               /* of a message that counts, the form for one */
	const char *said[I18N_CATALOGUES]; /* NULL: not translated */
};

/* The languages of the columns. */
extern const char *const i18n_columns[I18N_CATALOGUES];
extern const struct i18n_message i18n_messages[];
extern const size_t i18n_messages_n;

#endif
