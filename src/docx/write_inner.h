/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* write_inner: what the parts of a file are written from; for write*.c only. Threads: any. */
#ifndef DOCX_WRITE_INNER_H
#define DOCX_WRITE_INNER_H

#include "base/map.h"
#include "docx/docx.h"
#include "docx/ids.h"
#include "docx/plan.h"
#include "base/xml_out.h"

#define W_NS     "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R_NS     "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define REL      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PACK_REL "http://schemas.openxmlformats.org/package/2006/relationships"
#define DRAFT_NS "urn:comity:draft:1"

/* A remark to be written, and whether it has found its place. */
struct written_comment {
	struct word_comment comment;
	size_t alt; /* 1 + the alternative that it explains; 0: none */
	bool placed;
};

struct docx_writing {
	struct arena *arena;
	struct text_lexer *lexer;
	const struct docx_options *options;
	struct plan plan;
	uint32_t last_id; /* of any annotation */
	struct docx_ids ids;
	struct map para_ids; /* id of a paragraph of the draft: str *, its number */
	VEC(struct written_comment) comments;
	size_t **of;    /* per amendment: its comments still to be placed, SIZE_MAX last; or NULL */
	VEC(str) links; /* addresses; rId100 on */
};

/* The body or the footnotes. */
void docx_write_document(struct docx_writing *w, struct buf *b);
void docx_write_footnotes(struct docx_writing *w, struct buf *b);
void docx_write_comments(const struct docx_writing *w, struct buf *b);
void docx_write_draft(const struct docx_writing *w, struct buf *b);
/* The parts that are the same for all: styles, settings. */
void docx_write_styles(const struct docx_writing *w, struct buf *b);
void docx_write_settings(const struct docx_writing *w, struct buf *b);
void docx_write_relations(const struct docx_writing *w, struct buf *b);
void docx_write_types(const struct docx_writing *w, struct buf *b);

/* "Heading2": the style of a kind and level. In arena. */
str docx_style(struct arena *a, enum text_kind kind, unsigned level);

#endif
