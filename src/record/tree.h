/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * tree: the Merkle tree of RFC 6962 over the entries of a log.
 *
 * A growing tree is kept as its compact range: the roots of the complete subtrees
 * that the bits of its size name, at most 64 hashes. Proofs are made from any
 * source of complete subtrees (levels and indexes) and checked with nothing but the
 * two roots. Threads: any. Nothing is allocated except by tree_write's buf.
 */
#ifndef RECORD_TREE_H
#define RECORD_TREE_H

#include "base/err.h"
#include "base/hash.h"

#define TREE_LEVELS    64
#define TREE_PROOF_MAX 65

struct tree {
	uint64_t size;
	digest node[TREE_LEVELS]; /* node[k] counts only when bit k of size is set */
};

/* The subtrees that one append completed: node[k] is that of 2^k leaves, for k < n. */
struct tree_made {
	int n;
	digest node[TREE_LEVELS];
};

struct tree_proof {
	size_t n;
	digest hash[TREE_PROOF_MAX];
};

/* Root of the complete subtree of 2^level leaves that begins at leaf index << level. */
typedef enum rc tree_source(void *ctx, int level, uint64_t index, digest *out, struct err *err);

digest tree_leaf(str entry);
digest tree_node(digest left, digest right);

/* Adds a leaf. *made (NULL allowed) tells the subtrees it completed, the leaf first. */
void tree_append(struct tree *t, digest leaf, struct tree_made *made);
/* The root; of the empty tree the hash of nothing. */
digest tree_root(const struct tree *t);

/* The hashes of the compact range, largest subtree first, 32 bytes each. */
void tree_write(struct buf *b, const struct tree *t);
/* Reverse; false when the bytes are not those of a tree of that size. */
bool tree_parse(uint64_t size, str bytes, struct tree *out);

/* The compact range of the first `size` leaves, from a source. Errors: the source's. */
enum rc tree_collect(
    tree_source *source, void *ctx, uint64_t size, struct tree *out, struct err *err) MUST_USE;
/* That leaf `index` is in the tree of `size`. INVALID: index >= size. Errors: the source's. */
enum rc tree_prove_inclusion(tree_source *source, void *ctx, uint64_t index, uint64_t size,
    struct tree_proof *out, struct err *err) MUST_USE;
/* That the tree of `old` leaves is a prefix of that of `size`. INVALID: old > size. */
enum rc tree_prove_consistency(tree_source *source, void *ctx, uint64_t old, uint64_t size,
    struct tree_proof *out, struct err *err) MUST_USE;

bool tree_check_inclusion(
    digest leaf, uint64_t index, uint64_t size, const struct tree_proof *proof, digest root);
bool tree_check_consistency(
    uint64_t old, digest old_root, uint64_t size, digest root, const struct tree_proof *proof);

#endif
