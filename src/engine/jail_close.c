/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/jail_close.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/poison.h"

/*
 * A sanitizer reserves terabytes of address space for its shadow, so the limit on it cannot
 * hold in such a build; all other limits do.
 */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define JAIL_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define JAIL_SANITIZED 1
#endif
#endif
#ifndef JAIL_SANITIZED
#define JAIL_SANITIZED 0
#endif

#define JAIL_MEMORY      ((rlim_t)512 << 20)
#define JAIL_CPU_SECONDS 10
#define JAIL_NOBODY      65534

static bool limit(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit l = {.rlim_cur = most, .rlim_max = most};
	return setrlimit(what, &l) == 0;
}

/* Root becomes nobody; whoever it is keeps no capability, not even in a namespace without nobody.
 */
static bool give_up_user(void)
{
	if (geteuid() == 0) {
		bool left = setgroups(0, NULL) == 0 &&
		            setresgid(JAIL_NOBODY, JAIL_NOBODY, JAIL_NOBODY) == 0 &&
		            setresuid(JAIL_NOBODY, JAIL_NOBODY, JAIL_NOBODY) == 0;
		/* A container may map no such user, or not let us change: Landlock and seccomp
		 * still hold. */
		if (!left && errno != EINVAL && errno != EPERM)
			return false;
	}
	struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct none[2] = {0};
	if (syscall(SYS_capset, &head, none) != 0)
		return false;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
	       prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0;
}

static bool set_limits(const struct jail_kind *kind)
{
	/* A pure jail has its three descriptors and can open no fourth. */
	rlim_t files = kind->profile == JAIL_PURE ? 3 : 16;
	return (JAIL_SANITIZED || limit(RLIMIT_AS, JAIL_MEMORY)) &&
	       limit(RLIMIT_CPU, JAIL_CPU_SECONDS) && limit(RLIMIT_FSIZE, 0) &&
	       limit(RLIMIT_CORE, 0) && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_MEMLOCK, 0) &&
	       limit(RLIMIT_MSGQUEUE, 0) && limit(RLIMIT_NOFILE, files);
}

/* ---- Landlock ---- */

/* Rights newer than the kernel headers of Debian 12; the kernel itself may know them. */
#define FS_TRUNCATE  (1ULL << 14)
#define FS_IOCTL_DEV (1ULL << 15)
#define NET_ALL      3ULL /* bind and connect TCP */
#define SCOPE_ALL    3ULL /* abstract sockets and signals */

struct landlock_attr {
	uint64_t fs;
	uint64_t net;
	uint64_t scope;
};

int jail_landlock_abi(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	return abi > 0 ? (int)abi : 0;
}

bool jail_landlock_allow(int rules, const char *path, uint64_t rights)
{
	int fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return true; /* not on this system: nothing to allow */
	struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = fd};
	bool ok = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
	close(fd);
	return ok;
}

/* A program needs to be executed, with its loader, and to read its libraries and data. */
static bool landlock_allow_program(int rules, const struct jail_kind *kind)
{
	static const char *const loaders[] = {"/lib64/ld-linux-x86-64.so.2",
	    "/lib/ld-linux-aarch64.so.1", "/lib/ld-linux-riscv64-lp64d.so.1", "/lib64/ld64.so.2",
	    "/lib/ld64.so.1"};
	static const char *const libraries[] = {"/lib", "/lib64", "/usr/lib"};
	const uint64_t run = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE;
	bool ok = jail_landlock_allow(rules, kind->program[0], run) &&
	          jail_landlock_allow(rules, "/etc/ld.so.cache", LANDLOCK_ACCESS_FS_READ_FILE);
	for (size_t i = 0; i < sizeof loaders / sizeof *loaders; i++)
		ok = ok && jail_landlock_allow(rules, loaders[i], run);
	for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
		ok = ok && jail_landlock_allow(rules, libraries[i], LANDLOCK_ACCESS_FS_READ_FILE);
	for (const char *const *path = kind->data; ok && path && *path; path++)
		ok = jail_landlock_allow(
		    rules, *path, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR);
	return ok;
}

static bool close_files(const struct jail_kind *kind)
{
	int abi = jail_landlock_abi();
	if (abi == 0)
		return true; /* the server has said so at its start */
	struct landlock_attr attr = {.fs = (1ULL << 13) - 1};
	if (abi >= 2)
		attr.fs |= LANDLOCK_ACCESS_FS_REFER;
	if (abi >= 3)
		attr.fs |= FS_TRUNCATE;
	if (abi >= 4)
		attr.net = NET_ALL;
	if (abi >= 5)
		attr.fs |= FS_IOCTL_DEV;
	if (abi >= 6)
		attr.scope = SCOPE_ALL;
	size_t size = abi >= 6   ? sizeof attr
	              : abi >= 4 ? offsetof(struct landlock_attr, scope)
	                         : sizeof attr.fs;
	long rules = syscall(SYS_landlock_create_ruleset, &attr, size, 0);
	if (rules < 0)
		return false;
	bool ok = kind->profile == JAIL_PURE || landlock_allow_program((int)rules, kind);
	ok = ok && syscall(SYS_landlock_restrict_self, (int)rules, 0) == 0;
	close((int)rules);
	return ok;
}

/* ---- seccomp ---- */

static bool allow_all(scmp_filter_ctx f, const int *calls, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (seccomp_rule_add(f, SCMP_ACT_ALLOW, calls[i], 0) != 0)
			return false;
	return true;
}

/* Memory, reading and writing what is open, ending. */
static bool allow_common(scmp_filter_ctx f)
{
	static const int calls[] = {
	    SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(lseek), SCMP_SYS(close), SCMP_SYS(brk),
	    SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex),
	    SCMP_SYS(rt_sigprocmask), SCMP_SYS(exit_group), SCMP_SYS(exit), SCMP_SYS(rt_sigreturn),
	    SCMP_SYS(clock_gettime), SCMP_SYS(getrandom), SCMP_SYS(gettid), SCMP_SYS(getpid),
	    SCMP_SYS(sched_yield), SCMP_SYS(sigaltstack), /* a sanitizer's, at the end */
	};
	return allow_all(f, calls, sizeof calls / sizeof *calls);
}

/* No page may become executable. */
static bool allow_pure(scmp_filter_ctx f)
{
	const struct scmp_arg_cmp no_exec = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
	return seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_exec) == 0 &&
	       seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_exec) == 0;
}

/*
 * What the loader and pdftotext were seen to call. Files are opened for reading only, and
 * execve only with the very pointer that we are about to use: a path chosen later kills.
 */
static bool allow_program(scmp_filter_ctx f, const struct jail_kind *kind)
{
	static const int calls[] = {
	    SCMP_SYS(mmap),
	    SCMP_SYS(mprotect),
	    SCMP_SYS(pread64),
	    SCMP_SYS(fstat),
	    SCMP_SYS(newfstatat),
	    SCMP_SYS(access),
	    SCMP_SYS(faccessat),
	    SCMP_SYS(arch_prctl),
	    SCMP_SYS(set_robust_list),
	    SCMP_SYS(set_tid_address),
	    SCMP_SYS(rseq),
	    SCMP_SYS(getdents64),
	    SCMP_SYS(faccessat2),
	    SCMP_SYS(readlink),
	    SCMP_SYS(readlinkat),
	    SCMP_SYS(rt_sigaction),
	};
	const uint64_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);
	const uint64_t path = (uint64_t)(uintptr_t)kind->program[0];
	return allow_all(f, calls, sizeof calls / sizeof *calls) &&
	       seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
	           SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0)) == 0 &&
	       seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
	           SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0)) == 0 &&
	       seccomp_rule_add(
	           f, SCMP_ACT_ALLOW, SCMP_SYS(execve), 1, SCMP_A0(SCMP_CMP_EQ, path)) == 0 &&
	       seccomp_rule_add(
	           f, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A2(SCMP_CMP_EQ, 0)) == 0 &&
	       seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOTTY), SCMP_SYS(ioctl), 0) == 0;
}

static bool close_calls(const struct jail_kind *kind)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);
	if (!f)
		return false;
	bool ok = seccomp_attr_set(f, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
	          allow_common(f);
	ok = ok && (kind->profile == JAIL_PURE ? allow_pure(f) : allow_program(f, kind));
	ok = ok && seccomp_load(f) == 0;
	seccomp_release(f);
	return ok;
}

bool jail_close(const struct jail_kind *kind)
{
	if (kind->profile == JAIL_PROGRAM && !(kind->program && kind->program[0]))
		return false;
	/* Landlock opens paths, so it comes before the limit on descriptors; seccomp ends it all.
	 */
	return give_up_user() && close_files(kind) && set_limits(kind) && close_calls(kind);
}
