/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cut_vfs.h"

#include "base/must.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "base/poison.h"

#define SECTOR     512
#define FILES_MAX  8
#define NAME_BYTES 256
#define REGIONS    16

struct image {
	uint8_t *p;
	size_t n;
	size_t cap;
};

/* A write, or (data NULL) a truncation to `at`. */
struct pending {
	size_t at;
	size_t n;
	uint8_t *data;
};

struct disk_file {
	char name[NAME_BYTES];
	bool used;   /* the slot */
	bool exists; /* as the system sees it */
	bool kept;   /* as the disk knows it */
	struct image now, disk;
	struct pending *pending;
	size_t pending_n, pending_cap;
	void *region[REGIONS]; /* shared memory of the WAL */
};

struct open_file {
	sqlite3_file base;
	struct disk_file *file;
};

static struct {
	sqlite3_vfs vfs;
	struct disk_file file[FILES_MAX];
	struct t_rand dice;
	bool cut;
	bool armed;
	size_t calls_left;
	struct cut_counts counts;
} disk;

/* ---- images ---- */

static void image_size(struct image *i, size_t n)
{
	if (n > i->cap) {
		i->cap = n * 2;
		i->p = realloc(i->p, i->cap);
		must(i->p);
	}
	if (n > i->n)
		memset(i->p + i->n, 0, n - i->n);
	i->n = n;
}

static void image_write(struct image *i, size_t at, const uint8_t *p, size_t n)
{
	if (at + n > i->n)
		image_size(i, at + n);
	mem_copy(i->p + at, n, p, n);
}

static void image_copy(struct image *to, const struct image *from)
{
	to->n = 0;
	image_size(to, from->n);
	if (from->n)
		mem_copy(to->p, from->n, from->p, from->n);
}

static void image_free(struct image *i)
{
	free(i->p);
	*i = (struct image){0};
}

/* ---- what is on its way to the disk ---- */

static void forget_pending(struct disk_file *f)
{
	for (size_t i = 0; i < f->pending_n; i++)
		free(f->pending[i].data);
	f->pending_n = 0;
}

static void add_pending(struct disk_file *f, size_t at, const void *p, size_t n)
{
	if (f->pending_n == f->pending_cap) {
		f->pending_cap = f->pending_cap * 2 + 16;
		f->pending = realloc(f->pending, f->pending_cap * sizeof *f->pending);
		must(f->pending);
	}
	struct pending *w = &f->pending[f->pending_n++];
	*w = (struct pending){.at = at, .n = n};
	if (p) {
		w->data = malloc(n ? n : 1);
		must(w->data);
		mem_copy(w->data, n, p, n);
	}
}

/* Each sector of a torn write arrives or does not. */
static void tear(struct disk_file *f, const struct pending *w)
{
	for (size_t done = 0; done < w->n;) {
		size_t room = SECTOR - (w->at + done) % SECTOR;
		size_t n = w->n - done < room ? w->n - done : room;
		if (t_rand_below(&disk.dice, 2))
			image_write(&f->disk, w->at + done, w->data + done, n);
		done += n;
	}
	disk.counts.writes_torn++;
}

static void settle(struct disk_file *f, const struct pending *w)
{
	switch (t_rand_below(&disk.dice, 3)) {
	case 0:
		disk.counts.writes_lost++;
		return;
	case 1:
		disk.counts.writes_kept++;
		if (w->data)
			image_write(&f->disk, w->at, w->data, w->n);
		else
			image_size(&f->disk, w->at);
		return;
	default:
		if (w->data)
			tear(f, w);
	}
}

static void shuffle(struct disk_file *f)
{
	for (size_t i = f->pending_n; i > 1; i--) {
		size_t j = t_rand_below(&disk.dice, i);
		struct pending swap = f->pending[i - 1];
		f->pending[i - 1] = f->pending[j];
		f->pending[j] = swap;
	}
}

void cut_vfs_cut(void)
{
	if (disk.cut)
		return;
	disk.cut = true;
	for (int i = 0; i < FILES_MAX; i++) {
		struct disk_file *f = &disk.file[i];
		if (!f->used)
			continue;
		/* Usually in order, as most disks do, sometimes in any. */
		if (t_rand_below(&disk.dice, 3) == 0)
			shuffle(f);
		for (size_t w = 0; w < f->pending_n; w++)
			settle(f, &f->pending[w]);
		/* A name that was made or removed without a sync is there or not. */
		if (f->exists != f->kept && t_rand_below(&disk.dice, 2))
			f->kept = f->exists;
	}
}

/* False when the power has gone, or goes now. */
static bool power(void)
{
	if (!disk.cut && disk.armed && disk.calls_left-- == 0)
		cut_vfs_cut();
	return !disk.cut;
}

static struct disk_file *find(const char *name)
{
	for (int i = 0; i < FILES_MAX; i++)
		if (disk.file[i].used && str_is(str_of(name), disk.file[i].name))
			return &disk.file[i];
	return NULL;
}

static struct disk_file *find_or_make(const char *name)
{
	struct disk_file *f = find(name);
	for (int i = 0; !f && i < FILES_MAX; i++) {
		if (disk.file[i].used)
			continue;
		f = &disk.file[i];
		f->used = true;
		mem_copy(f->name, sizeof f->name - 1, name, strlen(name));
	}
	must(f);
	return f;
}

/* ---- the file methods ---- */

static struct disk_file *file_of(sqlite3_file *base)
{
	return ((struct open_file *)base)->file;
}

static int do_close(sqlite3_file *base)
{
	(void)base;
	return SQLITE_OK;
}

static int do_read(sqlite3_file *base, void *p, int n, sqlite3_int64 at)
{
	const struct image *i = &file_of(base)->now;
	if (disk.cut)
		return SQLITE_IOERR_READ;
	size_t have = (size_t)at < i->n ? i->n - (size_t)at : 0;
	size_t take = have < (size_t)n ? have : (size_t)n;
	if (take)
		mem_copy(p, (size_t)n, i->p + at, take);
	memset((uint8_t *)p + take, 0, (size_t)n - take);
	return take == (size_t)n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int do_write(sqlite3_file *base, const void *p, int n, sqlite3_int64 at)
{
	struct disk_file *f = file_of(base);
	if (disk.cut)
		return SQLITE_IOERR_WRITE;
	/* The power may go while this very write is under way. */
	image_write(&f->now, (size_t)at, p, (size_t)n);
	add_pending(f, (size_t)at, p, (size_t)n);
	return power() ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

static int do_truncate(sqlite3_file *base, sqlite3_int64 size)
{
	struct disk_file *f = file_of(base);
	if (disk.cut)
		return SQLITE_IOERR_TRUNCATE;
	image_size(&f->now, (size_t)size);
	add_pending(f, (size_t)size, NULL, 0);
	return power() ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int do_sync(sqlite3_file *base, int flags)
{
	struct disk_file *f = file_of(base);
	(void)flags;
	if (!power())
		return SQLITE_IOERR_FSYNC;
	image_copy(&f->disk, &f->now);
	forget_pending(f);
	f->kept = f->exists;
	disk.counts.syncs++;
	return SQLITE_OK;
}

static int do_size(sqlite3_file *base, sqlite3_int64 *size)
{
	*size = (sqlite3_int64)file_of(base)->now.n;
	return disk.cut ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

static int do_lock(sqlite3_file *base, int level)
{
	(void)base;
	(void)level;
	return SQLITE_OK;
}

static int do_check_lock(sqlite3_file *base, int *out)
{
	(void)base;
	*out = 0;
	return SQLITE_OK;
}

static int do_control(sqlite3_file *base, int op, void *arg)
{
	(void)base;
	(void)op;
	(void)arg;
	return SQLITE_NOTFOUND;
}

static int do_sector(sqlite3_file *base)
{
	(void)base;
	return SECTOR;
}

/* As the system's own VFS says of every disk: a write harms no byte beside it. */
static int do_character(sqlite3_file *base)
{
	(void)base;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int do_shm_map(sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
	struct disk_file *f = file_of(base);
	*out = NULL;
	if (region >= REGIONS)
		return SQLITE_IOERR_SHMMAP;
	if (!f->region[region] && extend)
		f->region[region] = calloc(1, (size_t)size);
	*out = f->region[region];
	return SQLITE_OK;
}

static int do_shm_lock(sqlite3_file *base, int at, int n, int flags)
{
	(void)base;
	(void)at;
	(void)n;
	(void)flags;
	return SQLITE_OK;
}

static void do_shm_barrier(sqlite3_file *base)
{
	(void)base;
}

static void free_regions(struct disk_file *f)
{
	for (int i = 0; i < REGIONS; i++) {
		free(f->region[i]);
		f->region[i] = NULL;
	}
}

static int do_shm_unmap(sqlite3_file *base, int remove)
{
	(void)remove;
	free_regions(file_of(base));
	return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = do_close,
    .xRead = do_read,
    .xWrite = do_write,
    .xTruncate = do_truncate,
    .xSync = do_sync,
    .xFileSize = do_size,
    .xLock = do_lock,
    .xUnlock = do_lock,
    .xCheckReservedLock = do_check_lock,
    .xFileControl = do_control,
    .xSectorSize = do_sector,
    .xDeviceCharacteristics = do_character,
    .xShmMap = do_shm_map,
    .xShmLock = do_shm_lock,
    .xShmBarrier = do_shm_barrier,
    .xShmUnmap = do_shm_unmap,
};

/* ---- the disk's methods ---- */

static int do_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out)
{
	(void)vfs;
	base->pMethods = NULL;
	if (disk.cut || !name)
		return SQLITE_CANTOPEN;
	struct disk_file *f = find_or_make(name);
	if (!f->exists && !(flags & SQLITE_OPEN_CREATE))
		return SQLITE_CANTOPEN;
	f->exists = true;
	((struct open_file *)base)->file = f;
	base->pMethods = &methods;
	if (out)
		*out = flags;
	return SQLITE_OK;
}

static int do_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs;
	struct disk_file *f = find(name);
	if (!power())
		return SQLITE_IOERR_DELETE;
	if (!f || !f->exists)
		return SQLITE_IOERR_DELETE_NOENT;
	f->exists = false;
	image_size(&f->now, 0);
	if (sync) {
		f->kept = false;
		image_size(&f->disk, 0);
		forget_pending(f);
	}
	return SQLITE_OK;
}

static int do_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
	(void)vfs;
	(void)flags;
	const struct disk_file *f = find(name);
	*out = f && f->exists;
	return disk.cut ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

static int do_full_path(sqlite3_vfs *vfs, const char *name, int n, char *out)
{
	(void)vfs;
	size_t have = strlen(name) + 1;
	mem_copy(out, (size_t)n, name, have);
	return SQLITE_OK;
}

static int do_randomness(sqlite3_vfs *vfs, int n, char *out)
{
	(void)vfs;
	for (int i = 0; i < n; i++)
		out[i] = (char)t_rand_next(&disk.dice);
	return n;
}

static int do_sleep(sqlite3_vfs *vfs, int microseconds)
{
	(void)vfs;
	return microseconds;
}

static int do_time(sqlite3_vfs *vfs, sqlite3_int64 *out)
{
	(void)vfs;
	*out = (sqlite3_int64)2458150 * 86400000;
	return SQLITE_OK;
}

static int do_last_error(sqlite3_vfs *vfs, int n, char *out)
{
	(void)vfs;
	(void)n;
	(void)out;
	return 0;
}

/* ---- for the test ---- */

void cut_vfs_begin(uint64_t seed)
{
	disk.dice = (struct t_rand){seed};
	disk.vfs = (sqlite3_vfs){
	    .iVersion = 2,
	    .szOsFile = sizeof(struct open_file),
	    .mxPathname = NAME_BYTES - 1,
	    .zName = CUT_VFS,
	    .xOpen = do_open,
	    .xDelete = do_delete,
	    .xAccess = do_access,
	    .xFullPathname = do_full_path,
	    .xRandomness = do_randomness,
	    .xSleep = do_sleep,
	    .xGetLastError = do_last_error,
	    .xCurrentTimeInt64 = do_time,
	};
	must(sqlite3_vfs_register(&disk.vfs, 0) == SQLITE_OK);
}

void cut_vfs_wipe(void)
{
	for (int i = 0; i < FILES_MAX; i++) {
		struct disk_file *f = &disk.file[i];
		forget_pending(f);
		free(f->pending);
		image_free(&f->now);
		image_free(&f->disk);
		free_regions(f);
		*f = (struct disk_file){0};
	}
	disk.cut = disk.armed = false;
}

void cut_vfs_arm(size_t calls)
{
	disk.armed = true;
	disk.calls_left = calls;
}

bool cut_vfs_is_cut(void)
{
	return disk.cut;
}

void cut_vfs_restore(void)
{
	for (int i = 0; i < FILES_MAX; i++) {
		struct disk_file *f = &disk.file[i];
		if (!f->used)
			continue;
		forget_pending(f);
		free_regions(f);
		f->exists = f->kept;
		if (!f->exists)
			image_size(&f->disk, 0);
		image_copy(&f->now, &f->disk);
	}
	disk.cut = disk.armed = false;
}

struct cut_counts cut_vfs_counts(void)
{
	return disk.counts;
}
