/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * sqlc_write: the typed functions and tables in C.
 */
#include "sqlc.h"

#include "base/hash.h"
#include "base/poison.h"

static bool reads(const struct stmt *s)
{
	return s->kind != KIND_RUN;
}

static bool has_row(const struct stmt *s)
{
	return s->kind == KIND_ONE || s->kind == KIND_MANY || s->kind == KIND_EACH;
}

static const char *c_type(enum value_type type)
{
	switch (type) {
	case TYPE_I64:
		return "int64_t ";
	case TYPE_BOOL:
		return "bool ";
	case TYPE_TEXT:
	case TYPE_BLOB:
		return "str ";
	}
	return NULL;
}

/* The end of the name of a db_bind_ or db_col_ function. */
static str suffix(struct arena *a, const struct value *v)
{
	static const char *const names[] = {
	    [TYPE_I64] = "i64", [TYPE_BOOL] = "bool", [TYPE_TEXT] = "text", [TYPE_BLOB] = "blob"};
	return arena_printf(a, "%s%s", names[v->type], v->null ? "_null" : "");
}

str sqlc_module(struct sqlc *c, const struct file *f)
{
	str s = str_of(f->path);
	size_t from = s.n;
	while (from && s.p[from - 1] != '/')
		from--;
	s = str_skip(s, from);
	if (str_ends(s, S(".sql")))
		s.n -= 4;
	struct buf b = buf_in(c->a, 0);
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		bool word = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
		            (ch >= '0' && ch <= '9');
		buf_putc(&b, (char)(word ? ch : '_'));
	}
	return buf_str(&b);
}

static str base_name(str path)
{
	size_t n = path.n;
	while (n > 0 && path.p[n - 1] != '/')
		n--;
	return str_skip(path, n);
}

/* SQL as a C literal, one line of C for a line of SQL; lines that are comments are left out. */
static void put_literal(struct buf *b, str sql)
{
	str line;
	bool any = false;
	while (str_cut(&sql, '\n', &line)) {
		if (str_starts(str_trim(line), S("--")) || str_trim(line).n == 0)
			continue;
		any = true;
		buf_put(b, S("\n    \""));
		for (size_t i = 0; i < line.n; i++) {
			char ch = line.p[i];
			if (ch == '"' || ch == '\\')
				buf_putc(b, '\\');
			buf_putc(b, (char)(ch == '\t' ? ' ' : ch));
		}
		buf_put(b, S("\\n\""));
	}
	if (!any)
		buf_put(b, S("\"\""));
}

/* --- the header --- */

static void put_doc(struct buf *b, const struct stmt *s)
{
	str doc = s->doc;
	str line;
	bool first = true;
	while (str_cut(&doc, '\n', &line)) {
		line = str_trim(str_skip(line, 2));
		if (str_find(line, S("*/")) != SIZE_MAX)
			continue;
		buf_printf(b, "%s%.*s", first ? "/* " : "\n * ", STR(line));
		first = false;
	}
	if (!first)
		buf_put(b, S(" */\n"));
}

static void put_struct(struct buf *b, const struct stmt *s)
{
	buf_printf(b, "struct %.*s_row {\n", STR(s->name));
	for (size_t i = 0; i < s->cols.n; i++)
		buf_printf(b, "\t%s%.*s;%s\n", c_type(s->cols.p[i].type), STR(s->cols.p[i].name),
		    s->cols.p[i].null ? " /* may be NULL */" : "");
	buf_put(b, S("};\n"));
	if (s->kind == KIND_MANY)
		buf_printf(b,
		    "struct %.*s_rows {\n\tstruct %.*s_row *p;\n\tsize_t n;\n\tsize_t cap;\n};\n",
		    STR(s->name), STR(s->name));
}

/* "enum rc call_list(struct db *db, struct arena *a, int64_t group, ..., struct err *err)" */
static void put_signature(struct buf *b, const struct stmt *s)
{
	str n = s->name;
	buf_printf(b, "enum rc %.*s(struct db *db", STR(n));
	if (reads(s))
		buf_put(b, S(", struct arena *a"));
	for (size_t i = 0; i < s->params.n; i++)
		buf_printf(b, ", %s%.*s", c_type(s->params.p[i].type), STR(s->params.p[i].name));
	switch (s->kind) {
	case KIND_RUN:
		break;
	case KIND_ONE:
		buf_printf(b, ", struct %.*s_row *out, bool *found", STR(n));
		break;
	case KIND_MANY:
		buf_printf(b, ", struct %.*s_rows *out", STR(n));
		break;
	case KIND_EACH:
		buf_printf(b,
		    ", enum rc (*each)(void *ctx, const struct %.*s_row *row, struct err *err), "
		    "void *ctx",
		    STR(n));
		break;
	case KIND_SCALAR:
		buf_printf(b, ", %s*out", c_type(s->cols.p[0].type));
		break;
	}
	buf_put(b, S(", struct err *err)"));
}

static void put_json_signature(struct buf *b, const struct stmt *s, const char *what)
{
	buf_printf(b, "struct json *%.*s_%s_json(struct arena *a, const struct %.*s_%s *%s)",
	    STR(s->name), what, STR(s->name), what, what);
}

str sqlc_header(struct sqlc *c, const struct file *f)
{
	str m = sqlc_module(c, f);
	struct buf b = buf_in(c->a, 0);
	buf_printf(&b,
	    "/* Made by sqlc from %.*s: do not edit. */\n#ifndef SQL_%.*s\n#define SQL_%.*s\n\n",
	    STR(base_name(str_of(f->path))), STR(m), STR(m));
	buf_put(&b, S("#include \"base/db.h\"\n#include \"base/json.h\"\n\n"));
	buf_printf(&b,
	    "/* The tables and statements of this file. */\nextern const struct db_schema "
	    "%.*s_sql;\n"
	    "/* The SQL that creates its tables. */\nextern const char *const %.*s_schema;\n",
	    STR(m), STR(m));
	for (size_t i = 0; i < f->stmts.n; i++) {
		const struct stmt *s = &f->stmts.p[i];
		buf_putc(&b, '\n');
		if (has_row(s))
			put_struct(&b, s);
		put_doc(&b, s);
		put_signature(&b, s);
		buf_put(&b, S(" MUST_USE;\n"));
		if (has_row(s)) {
			put_json_signature(&b, s, "row");
			buf_put(&b, S(";\n"));
		}
		if (s->kind == KIND_MANY) {
			put_json_signature(&b, s, "rows");
			buf_put(&b, S(";\n"));
		}
	}
	buf_put(&b, S("\n#endif\n"));
	return buf_str(&b);
}

/* --- the source --- */

static void put_info(struct buf *b, const struct file *f, const struct stmt *s)
{
	buf_printf(b,
	    "static const struct db_stmt_info %.*s_info = {\n    .name = \"%.*s\",\n    .sql =",
	    STR(s->name), STR(s->name));
	put_literal(b, s->sql);
	buf_printf(b, ",\n    .file = \"%.*s\",\n    .line = %d,\n    .readonly = %s,\n};\n\n",
	    STR(base_name(str_of(f->path))), s->line, s->readonly ? "true" : "false");
}

static void put_col(
    struct arena *a, struct buf *b, const struct value *v, size_t at, const char *arena)
{
	bool bytes = v->type == TYPE_TEXT || v->type == TYPE_BLOB;
	str end = suffix(a, v);
	if (bytes)
		buf_printf(b, "db_col_%.*s(use, %s, %zu)", STR(end), arena, at);
	else
		buf_printf(b, "db_col_%.*s(use, %zu)", STR(end), at);
}

/* static enum rc call_list_read(struct db_use *use, struct arena *a, struct call_list_row *out,
 * err) */
static void put_reader(struct arena *a, struct buf *b, const struct stmt *s)
{
	buf_printf(b,
	    "static enum rc %.*s_read(struct db_use *use, struct arena *a, struct %.*s_row *out, "
	    "struct err *err)\n{\n",
	    STR(s->name), STR(s->name));
	for (size_t i = 0; i < s->cols.n; i++) {
		buf_printf(b, "\tout->%.*s = ", STR(s->cols.p[i].name));
		put_col(a, b, &s->cols.p[i], i, "a");
		buf_put(b, S(";\n"));
	}
	buf_put(b, S("\treturn db_row_ok(use, a, err);\n}\n\n"));
}

static void put_begin(struct arena *a, struct buf *b, const struct stmt *s)
{
	put_signature(b, s);
	buf_printf(b,
	    "\n{\n\tAUTO_STMT struct db_use u = {0};\n\tstruct db_use *use = &u;\n\tbool row = "
	    "false;\n"
	    "\tTRY(db_take(db, &%.*s_info, use, err));\n",
	    STR(s->name));
	for (size_t i = 0; i < s->params.n; i++)
		buf_printf(b, "\tdb_bind_%.*s(use, %d, %.*s);\n", STR(suffix(a, &s->params.p[i])),
		    s->params.p[i].at, STR(s->params.p[i].name));
}

static void put_scalar(struct arena *a, struct buf *b, const struct stmt *s)
{
	buf_put(b, S("\t(void)a;\n\tTRY(db_step(use, &row, err));\n\tif (!row)\n\t\treturn "
	             "ERR(err, FAULT, NULL, "
	             "\"{0} gives no row.\", S(\""));
	buf_printf(b, "%.*s\"));\n\t*out = ", STR(s->name));
	put_col(a, b, &s->cols.p[0], 0, "a");
	buf_put(b, S(";\n\treturn db_row_ok(use, a, err);\n}\n\n"));
}

static void put_function(struct arena *a, struct buf *b, const struct stmt *s)
{
	str n = s->name;
	if (has_row(s))
		put_reader(a, b, s);
	put_begin(a, b, s);
	switch (s->kind) {
	case KIND_RUN:
		buf_put(b, S("\treturn db_step(use, &row, err);\n}\n\n"));
		break;
	case KIND_ONE:
		buf_printf(b,
		    "\t*found = false;\n\t*out = (struct %.*s_row){0};\n\tTRY(db_step(use, &row, "
		    "err));\n"
		    "\tif (!row)\n\t\treturn OK;\n\t*found = true;\n\treturn %.*s_read(use, a, "
		    "out, err);\n}\n\n",
		    STR(n), STR(n));
		break;
	case KIND_MANY:
		buf_printf(b,
		    "\t*out = (struct %.*s_rows){0};\n\tfor (;;) {\n\t\tTRY(db_step(use, &row, "
		    "err));\n"
		    "\t\tif (!row)\n\t\t\treturn OK;\n\t\tTRY(%.*s_read(use, a, vec_push(a, out), "
		    "err));\n\t}\n}\n\n",
		    STR(n), STR(n));
		break;
	case KIND_EACH:
		buf_printf(b,
		    "\tstruct %.*s_row out;\n\tfor (;;) {\n\t\tTRY(db_step(use, &row, "
		    "err));\n\t\tif (!row)\n"
		    "\t\t\treturn OK;\n\t\tTRY(%.*s_read(use, a, &out, err));\n\t\tTRY(each(ctx, "
		    "&out, err));\n\t}\n}\n\n",
		    STR(n), STR(n));
		break;
	case KIND_SCALAR:
		put_scalar(a, b, s);
		break;
	}
}

static void put_json_member(struct buf *b, const struct value *v)
{
	str n = v->name;
	if (v->null && v->type == TYPE_I64)
		buf_printf(b, "\tif (row->%.*s != INT64_MIN)\n\t", STR(n));
	else if (v->null)
		buf_printf(b, "\tif (row->%.*s.p)\n\t", STR(n));
	switch (v->type) {
	case TYPE_I64:
		buf_printf(
		    b, "\tjson_put_i64(a, object, S(\"%.*s\"), row->%.*s);\n", STR(n), STR(n));
		break;
	case TYPE_BOOL:
		buf_printf(
		    b, "\tjson_put_bool(a, object, S(\"%.*s\"), row->%.*s);\n", STR(n), STR(n));
		break;
	case TYPE_TEXT:
		buf_printf(
		    b, "\tjson_put_str(a, object, S(\"%.*s\"), row->%.*s);\n", STR(n), STR(n));
		break;
	case TYPE_BLOB:
		buf_printf(b, "\tjson_put_str(a, object, S(\"%.*s\"), sql_base64(a, row->%.*s));\n",
		    STR(n), STR(n));
		break;
	}
}

static void put_json(struct buf *b, const struct stmt *s)
{
	put_json_signature(b, s, "row");
	buf_put(b, S("\n{\n\tstruct json *object = json_new_object(a);\n"));
	for (size_t i = 0; i < s->cols.n; i++)
		put_json_member(b, &s->cols.p[i]);
	buf_put(b, S("\treturn object;\n}\n\n"));
	if (s->kind != KIND_MANY)
		return;
	put_json_signature(b, s, "rows");
	buf_printf(b,
	    "\n{\n\tstruct json *array = json_new_array(a);\n\tfor (size_t i = 0; i < rows->n; "
	    "i++)\n"
	    "\t\tjson_add(array, %.*s_row_json(a, &rows->p[i]));\n\treturn array;\n}\n\n",
	    STR(s->name));
}

static void put_tables(struct sqlc *c, struct buf *b, const struct file *f, str m)
{
	struct buf hex = buf_in(c->a, 0);
	digest d = sha256(f->src);
	buf_put_hex(&hex, str_from(d.b, sizeof d.b));
	str hash = buf_str(&hex);
	buf_put(b, S("static const char schema[] ="));
	put_literal(b, f->schema);
	buf_printf(b, ";\nconst char *const %.*s_schema = schema;\n\n", STR(m));
	if (c->tables.n) {
		buf_put(b, S("static const char *const tables[] = {"));
		for (size_t i = 0; i < c->tables.n; i++)
			buf_printf(b, "%s\"%.*s\"", i ? ", " : "", STR(c->tables.p[i]));
		buf_put(b, S("};\n"));
	}
	if (f->stmts.n) {
		buf_put(b, S("static const struct db_stmt_info *const stmts[] = {\n"));
		for (size_t i = 0; i < f->stmts.n; i++)
			buf_printf(b, "    &%.*s_info,\n", STR(f->stmts.p[i].name));
		buf_put(b, S("};\n"));
	}
	buf_printf(b,
	    "const struct db_schema %.*s_sql = {\n    .name = \"%.*s\",\n    .sql = {schema, "
	    "sizeof schema - 1},\n"
	    "    .hash = \"%.*s\",\n    .tables = %s,\n    .n_tables = %zu,\n    .stmts = %s,\n    "
	    ".n_stmts = %zu,\n};\n",
	    STR(m), STR(m), STR(hash), c->tables.n ? "tables" : "NULL", c->tables.n,
	    f->stmts.n ? "stmts" : "NULL", f->stmts.n);
}

static bool any_blob(const struct file *f)
{
	for (size_t i = 0; i < f->stmts.n; i++)
		for (size_t k = 0; k < f->stmts.p[i].cols.n && has_row(&f->stmts.p[i]); k++)
			if (f->stmts.p[i].cols.p[k].type == TYPE_BLOB)
				return true;
	return false;
}

str sqlc_source(struct sqlc *c, const struct file *f, const char *header)
{
	struct buf b = buf_in(c->a, 0);
	buf_printf(&b,
	    "/* Made by sqlc from %.*s: do not edit. */\n#include \"%.*s\"\n\n#include "
	    "\"base/vec.h\"\n",
	    STR(base_name(str_of(f->path))), STR(base_name(str_of(header))));
	if (any_blob(f))
		buf_put(&b, S("#include \"base/hash.h\"\n\nstatic str sql_base64(struct arena *a, "
		              "str bytes)\n{\n"
		              "\tstruct buf b = buf_in(a, 0);\n\tbuf_put_base64(&b, "
		              "bytes);\n\treturn buf_str(&b);\n}\n"));
	buf_putc(&b, '\n');
	for (size_t i = 0; i < f->stmts.n; i++) {
		put_info(&b, f, &f->stmts.p[i]);
		put_function(c->a, &b, &f->stmts.p[i]);
		if (has_row(&f->stmts.p[i]))
			put_json(&b, &f->stmts.p[i]);
	}
	put_tables(c, &b, f, sqlc_module(c, f));
	return buf_str(&b);
}
