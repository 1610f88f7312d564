/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Runs a fuzz target without libFuzzer: replay N FILE-OR-FOLDER...: each file as it is, then
 * N mutations of files chosen in turn, from a fixed seed, so that every run is the same.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/must.h"
#include "base/vec.h"

#include "fuzz.h"

#include "base/poison.h"

#define FILE_MOST ((size_t)1 << 20)

struct corpus {
	struct arena *arena;
	VEC(str) files;
};

static uint64_t next(uint64_t *s)
{
	*s ^= *s << 13;
	*s ^= *s >> 7;
	*s ^= *s << 17;
	return *s;
}

static void add_file(struct corpus *c, const char *path)
{
	FILE *f = fopen(path, "rb");
	must(f);
	char *bytes = arena_push(c->arena, FILE_MOST);
	size_t n = fread(bytes, 1, FILE_MOST, f);
	(void)fclose(f);
	*vec_push(c->arena, &c->files) = str_from(bytes, n);
}

static void add(struct corpus *c, const char *path)
{
	struct stat st;
	must(stat(path, &st) == 0);
	if (!S_ISDIR(st.st_mode)) {
		add_file(c, path);
		return;
	}
	struct dirent **names = NULL;
	int n = scandir(path, &names, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		const char *name = names[i]->d_name;
		if (name[0] != '.')
			add(c, arena_z(c->arena, arena_printf(c->arena, "%s/%s", path, name)));
		free(names[i]);
	}
	free(names);
}

/* Bits flipped, a piece copied elsewhere, the end cut off. */
static size_t mutate(char *bytes, size_t n, uint64_t *seed)
{
	for (uint64_t times = 1 + next(seed) % 6; times > 0 && n > 0; times--)
		bytes[next(seed) % n] ^= (char)(1 << next(seed) % 8);
	if (n > 8 && next(seed) % 4 == 0) {
		size_t from = next(seed) % (n - 4), to = next(seed) % (n - 4);
		for (size_t i = 0; i < 4; i++)
			bytes[to + i] = bytes[from + i];
	}
	return n > 1 && next(seed) % 8 == 0 ? next(seed) % n : n;
}

int main(int argc, char **argv)
{
	int64_t rounds = 0;
	if (argc < 3 || !str_to_i64(str_of(argv[1]), &rounds))
		return 2;
	AUTO_ARENA struct arena *a = arena_new(0);
	struct corpus c = {.arena = a};
	for (int i = 2; i < argc; i++)
		add(&c, argv[i]);
	must(c.files.n > 0);
	for (size_t i = 0; i < c.files.n; i++)
		(void)LLVMFuzzerTestOneInput((const uint8_t *)c.files.p[i].p, c.files.p[i].n);
	uint64_t seed = 0x636f6d6974790001;
	for (int64_t i = 0; i < rounds; i++) {
		/* A block of the very size, so that a sanitizer sees the first byte past its end.
		 */
		str file = c.files.p[(size_t)i % c.files.n];
		char *bytes = malloc(file.n ? file.n : 1);
		must(bytes);
		mem_copy(bytes, file.n, file.p, file.n);
		size_t n = mutate(bytes, file.n, &seed);
		(void)LLVMFuzzerTestOneInput((const uint8_t *)bytes, n);
		free(bytes);
	}
	printf("1..1\nok 1 - %zu files and %lld mutations\n", c.files.n, (long long)rounds);
	return 0;
}
