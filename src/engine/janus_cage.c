/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/janus_cage.h"

#include "engine/jail.h"

#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/poison.h"

/* Rights newer than the kernel headers of Debian 12; the kernel itself may know them. */
#define FS_TRUNCATE (1ULL << 14)
#define NET_ALL     3ULL /* bind and connect TCP */

struct cage_attr {
	uint64_t fs;
	uint64_t net;
};

#define READ     LANDLOCK_ACCESS_FS_READ_FILE
#define READ_ALL (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define RUN      (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE)
#define USE      (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE)
#define OWN                                                                        \
	(READ_ALL | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_SOCK | \
	    LANDLOCK_ACCESS_FS_REMOVE_FILE)

static const struct {
	const char *path;
	uint64_t rights;
} allowed[] = {
    {"/lib64/ld-linux-x86-64.so.2", RUN},
    {"/lib/ld-linux-aarch64.so.1", RUN},
    {"/lib/ld-linux-riscv64-lp64d.so.1", RUN},
    {"/lib64/ld64.so.2", RUN},
    {"/lib/ld64.so.1", RUN},
    {"/lib", READ_ALL},
    {"/lib64", READ_ALL},
    {"/usr/lib", READ_ALL},
    {"/etc/ld.so.cache", READ},
    {"/etc/ssl", READ_ALL},
    {"/etc/localtime", READ},
    {"/usr/share/zoneinfo", READ_ALL},
    {"/dev/null", USE},
    {"/dev/urandom", READ},
};

int janus_cage_new(struct arena *a, str program, str folder)
{
	int abi = jail_landlock_abi();
	struct cage_attr attr = {.fs = (1ULL << 13) - 1};
	if (abi == 0)
		return JANUS_CAGE_NONE; /* the server has said so at its start */
	if (abi >= 2)
		attr.fs |= LANDLOCK_ACCESS_FS_REFER;
	if (abi >= 3)
		attr.fs |= FS_TRUNCATE;
	if (abi >= 4)
		attr.net = NET_ALL;
	long rules =
	    syscall(SYS_landlock_create_ruleset, &attr, abi >= 4 ? sizeof attr : sizeof attr.fs, 0);
	if (rules < 0)
		return JANUS_CAGE_BROKEN;
	bool ok = jail_landlock_allow((int)rules, arena_z(a, program), RUN) &&
	          jail_landlock_allow((int)rules, arena_z(a, folder), OWN);
	for (size_t i = 0; ok && i < sizeof allowed / sizeof allowed[0]; i++)
		ok = jail_landlock_allow((int)rules, allowed[i].path, allowed[i].rights);
	if (ok)
		return (int)rules;
	close((int)rules);
	return JANUS_CAGE_BROKEN;
}

bool janus_cage_enter(int cage)
{
	if (cage == JANUS_CAGE_BROKEN || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return false;
	return cage == JANUS_CAGE_NONE || syscall(SYS_landlock_restrict_self, cage, 0) == 0;
}
