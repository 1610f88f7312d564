/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * record_files: the record as files that programs read: checkpoint, key, tiles, proofs, parts.
 * The layout is that of an export (doc/format/record.md), below /g/{group}/log/.
 */
#ifndef ROOMS_RECORD_FILES_H
#define ROOMS_RECORD_FILES_H

#include "engine/page.h"

enum rc record_checkpoint_file(struct page *p, struct err *err) MUST_USE;
enum rc record_key_file(struct page *p, struct err *err) MUST_USE;
enum rc record_proof_file(struct page *p, struct err *err) MUST_USE;
enum rc record_part_file(struct page *p, struct err *err) MUST_USE;
enum rc record_entries_file(struct page *p, struct err *err) MUST_USE;
enum rc record_tile_file(struct page *p, struct err *err) MUST_USE;

/* What of a part can be shown as text, at most so many bytes; empty for what is no text. In
 * p->arena. */
enum rc record_part_text(const struct page *p, str media, const struct store_part *part,
    size_t most, str *out, struct err *err) MUST_USE;

#endif
