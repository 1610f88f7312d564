/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * command: from what somebody typed to checked values, by the row of the table alone.
 *
 * Step 3 of how an act travels. Everything is normalised here, once: text to NFC with
 * LF line ends and trimmed, dates and times to UTC, lists to lists. All errors of a
 * form are found in one pass, each names its field and the way out. Pure. Threads: any.
 */
#ifndef ENGINE_COMMAND_H
#define ENGINE_COMMAND_H

#include "base/json.h"
#include "engine/act.h"

/* One field as typed or sent. A name may come several times (lists). */
struct input {
	str name;
	str value;
};

struct input_file {
	str name; /* of the field */
	struct attachment file;
};

/* All that came with a request. Borrowed. */
struct inputs {
	VEC(struct input) v;
	/* Files by field name, already read by the intake. */
	VEC(struct input_file) files;
};

/* What is wrong with one field; the message stands in err. */
struct problem {
	const struct field *field;
	struct err err;
};

typedef VEC(struct problem) problems;

/*
 * Checks inputs against the row of the command. *values (one per field) in arena; problems
 * (NULL allowed) gets every field at fault. INVALID: err is the first of them.
 */
enum rc command_read(struct arena *a, const struct command *c, const struct inputs *in,
    struct value **values, problems *out, struct err *err) MUST_USE;

/* The inputs that a JSON object means: strings, integers, booleans and arrays of them. INVALID. */
enum rc command_inputs_of_json(
    struct arena *a, const struct json *object, struct inputs *out, struct err *err) MUST_USE;
void inputs_add(struct arena *a, struct inputs *in, str name, str value);
void inputs_add_file(struct arena *a, struct inputs *in, str name, const struct attachment *file);

/* The most characters (or items) that a field takes. */
int64_t field_max(const struct field *f);
/* True when no two rows share a name and every row is complete; for the test of the tables.
 * INVALID. */
enum rc command_check_row(const struct command *c, struct err *err) MUST_USE;

#endif
