/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Each function tries one act and answers below zero when it was not let. */
#include "engine/jail_attempts.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/poison.h"

static long try_execve(void)
{
	char *argv[] = {NULL}, *env[] = {NULL};
	return execve("/bin/true", argv, env);
}
static long try_execveat(void)
{
	char *argv[] = {NULL}, *env[] = {NULL};
	return syscall(SYS_execveat, 0, "", argv, env, AT_EMPTY_PATH);
}
static long try_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0);
}
static long try_socket_unix(void)
{
	return socket(AF_UNIX, SOCK_STREAM, 0);
}
static long try_socket_netlink(void)
{
	return socket(AF_NETLINK, SOCK_RAW, 0);
}
static long try_socketpair(void)
{
	int fd[2];
	return socketpair(AF_UNIX, SOCK_STREAM, 0, fd);
}
static long try_connect(void)
{
	struct sockaddr a = {.sa_family = AF_INET};
	return connect(0, &a, sizeof a);
}
static long try_ptrace(void)
{
	return ptrace(PTRACE_ATTACH, getpid() - 1, NULL, NULL);
}
static long try_traceme(void)
{
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}
static long try_read_passwd(void)
{
	return open("/etc/passwd", O_RDONLY);
}
static long try_read_shadow(void)
{
	return open("/etc/shadow", O_RDONLY);
}
static long try_read_memory(void)
{
	return open("/proc/self/mem", O_RDONLY);
}
static long try_read_environ(void)
{
	return open("/proc/1/environ", O_RDONLY);
}
static long try_list_root(void)
{
	return open("/", O_RDONLY | O_DIRECTORY);
}
static long try_read_library(void)
{
	return open("/lib/x86_64-linux-gnu/libc.so.6", O_RDONLY);
}
static long try_write_file(void)
{
	return open("/dev/shm/comity-jail", O_WRONLY | O_CREAT, 0600);
}
static long try_write_existing(void)
{
	return open("/dev/null", O_RDWR);
}
static long try_append(void)
{
	return open("/usr/lib/os-release", O_WRONLY | O_APPEND);
}
static long try_tmpfile(void)
{
	return open("/tmp", O_TMPFILE | O_RDWR, 0600);
}
static long try_truncate_open(void)
{
	return open("/usr/lib/os-release", O_RDONLY | O_TRUNC);
}
static long try_openat2(void)
{
	uint64_t how[3] = {O_RDONLY, 0, 0};
	return syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", how, sizeof how);
}
static long try_mkdir(void)
{
	return mkdir("/tmp/comity-jail", 0700);
}
static long try_unlink(void)
{
	return unlink("/tmp/comity-jail-none");
}
static long try_rename(void)
{
	return rename("/tmp/comity-jail-a", "/tmp/comity-jail-b");
}
static long try_link(void)
{
	return link("/etc/passwd", "/tmp/comity-jail");
}
static long try_symlink(void)
{
	return symlink("/etc/passwd", "/tmp/comity-jail");
}
static long try_chmod(void)
{
	return chmod("/tmp", 0777);
}
static long try_chown(void)
{
	return chown("/tmp", 0, 0);
}
static long try_truncate(void)
{
	return truncate("/tmp/comity-jail-none", 0);
}
static long try_chdir(void)
{
	return chdir("/");
}
static long try_chroot(void)
{
	return chroot("/");
}
static long try_mount(void)
{
	return mount("none", "/tmp", "tmpfs", 0, NULL);
}
static long try_setxattr(void)
{
	return setxattr("/tmp", "user.a", "b", 1, 0);
}
static long try_kill_parent(void)
{
	return kill(getppid(), SIGTERM);
}
static long try_kill_all(void)
{
	return kill(-1, SIGKILL);
}
static long try_kill_server(void)
{
	return syscall(SYS_tkill, 1, SIGTERM);
}
static long try_pidfd(void)
{
	return syscall(SYS_pidfd_open, 1, 0);
}
static long try_fork(void)
{
	return fork();
}
static long try_vfork(void)
{
	return syscall(SYS_vfork);
}
static long try_clone(void)
{
	return syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
}
static long try_clone3(void)
{
	uint64_t args[11] = {0};
	return syscall(SYS_clone3, args, sizeof args);
}
static void *thread(void *p)
{
	return p;
}
static long try_thread(void)
{
	pthread_t t;
	return pthread_create(&t, NULL, thread, NULL) == 0 ? 0 : -1;
}
static long try_unshare(void)
{
	return unshare(CLONE_NEWUSER);
}
static long try_setns(void)
{
	return setns(0, 0);
}
static long try_setuid(void)
{
	return setuid(0);
}
static long try_setgroups(void)
{
	return syscall(SYS_setgroups, 0, NULL);
}
static long try_capset(void)
{
	return syscall(SYS_capset, NULL, NULL);
}
static long try_prctl(void)
{
	return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
}
static long try_seccomp(void)
{
	return syscall(SYS_seccomp, 0, 0, NULL);
}
static long try_rlimit(void)
{
	struct rlimit l = {4096, 4096};
	return setrlimit(RLIMIT_NOFILE, &l);
}
static long try_executable_map(void)
{
	void *p = mmap(
	    NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return p == MAP_FAILED ? -1 : 0;
}
static long try_executable_turn(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return mprotect(p, 4096, PROT_READ | PROT_EXEC);
}
static long try_memfd(void)
{
	return memfd_create("x", 0);
}
static long try_pipe(void)
{
	int fd[2];
	return pipe(fd);
}
static long try_dup(void)
{
	return dup(0);
}
static long try_fcntl(void)
{
	return fcntl(0, F_DUPFD, 10);
}
static long try_change_input(void)
{
	return pwrite(0, "x", 1, 0);
}
static long try_write_input(void)
{
	return write(0, "x", 1);
}
static long try_grow_input(void)
{
	return ftruncate(0, 1 << 20);
}
static long try_inherited(void)
{
	char c;
	return read(7, &c, 1);
}
static long try_process_vm(void)
{
	return process_vm_readv(1, NULL, 0, NULL, 0, 0);
}
static long try_shm(void)
{
	return shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
}
static long try_keys(void)
{
	return syscall(SYS_keyctl, 0, 0, 0, 0, 0);
}
static long try_bpf(void)
{
	return syscall(SYS_bpf, 0, NULL, 0);
}
static long try_perf(void)
{
	return syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0);
}
static long try_uring(void)
{
	return syscall(SYS_io_uring_setup, 1, NULL);
}
static long try_userfault(void)
{
	return syscall(SYS_userfaultfd, 0);
}
static long try_module(void)
{
	return syscall(SYS_init_module, NULL, 0, "");
}
static long try_reboot(void)
{
	return syscall(SYS_reboot, 0, 0, 0, NULL);
}
static long try_sleep(void)
{
	return usleep(1);
}
static long try_poll(void)
{
	return poll(NULL, 0, 0);
}
static long try_ioctl(void)
{
	char c = 'x';
	return syscall(SYS_ioctl, 2, 0x5412 /* TIOCSTI */, &c);
}
static long try_old_call(void)
{
	/* getpid, asked for in the 32-bit way: another architecture's numbers are not ours. */
	long r = -1;
#ifdef __x86_64__
	__asm__ volatile("int $0x80" : "=a"(r) : "a"(20) : "memory");
#else
	kill(getpid(), SIGSYS);
#endif
	return r;
}
static long try_environment(void)
{
	return getenv("PATH") || getenv("HOME") ? 0 : -1;
}
static long try_memory(void)
{
	void *p = mmap(
	    NULL, (size_t)600 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return p == MAP_FAILED ? -1 : 0;
}
static long try_nothing(void)
{
	return 0;
}

#define ATTEMPT(name, pure, program)             \
	{                                        \
#name, try_##name, pure, program \
	}
const struct attempt jail_attempts[] = {
    ATTEMPT(execve, DIES, DIES),
    ATTEMPT(execveat, DIES, DIES),
    ATTEMPT(socket, DIES, DIES),
    ATTEMPT(socket_unix, DIES, DIES),
    ATTEMPT(socket_netlink, DIES, DIES),
    ATTEMPT(socketpair, DIES, DIES),
    ATTEMPT(connect, DIES, DIES),
    ATTEMPT(ptrace, DIES, DIES),
    ATTEMPT(traceme, DIES, DIES),
    ATTEMPT(read_passwd, DIES, FAILS),
    ATTEMPT(read_shadow, DIES, FAILS),
    ATTEMPT(read_memory, DIES, FAILS),
    ATTEMPT(read_environ, DIES, FAILS),
    ATTEMPT(list_root, DIES, FAILS),
    ATTEMPT(read_library, DIES, WORKS),
    ATTEMPT(write_file, DIES, DIES),
    ATTEMPT(write_existing, DIES, DIES),
    ATTEMPT(append, DIES, DIES),
    ATTEMPT(tmpfile, DIES, DIES),
    ATTEMPT(truncate_open, DIES, DIES),
    ATTEMPT(openat2, DIES, DIES),
    ATTEMPT(mkdir, DIES, DIES),
    ATTEMPT(unlink, DIES, DIES),
    ATTEMPT(rename, DIES, DIES),
    ATTEMPT(link, DIES, DIES),
    ATTEMPT(symlink, DIES, DIES),
    ATTEMPT(chmod, DIES, DIES),
    ATTEMPT(chown, DIES, DIES),
    ATTEMPT(truncate, DIES, DIES),
    ATTEMPT(chdir, DIES, DIES),
    ATTEMPT(chroot, DIES, DIES),
    ATTEMPT(mount, DIES, DIES),
    ATTEMPT(setxattr, DIES, DIES),
    ATTEMPT(kill_parent, DIES, DIES),
    ATTEMPT(kill_all, DIES, DIES),
    ATTEMPT(kill_server, DIES, DIES),
    ATTEMPT(pidfd, DIES, DIES),
    ATTEMPT(fork, DIES, DIES),
    ATTEMPT(vfork, DIES, DIES),
    ATTEMPT(clone, DIES, DIES),
    ATTEMPT(clone3, DIES, DIES),
    ATTEMPT(thread, DIES, DIES),
    ATTEMPT(unshare, DIES, DIES),
    ATTEMPT(setns, DIES, DIES),
    ATTEMPT(setuid, DIES, DIES),
    ATTEMPT(setgroups, DIES, DIES),
    ATTEMPT(capset, DIES, DIES),
    ATTEMPT(prctl, DIES, DIES),
    ATTEMPT(seccomp, DIES, DIES),
    ATTEMPT(rlimit, DIES, DIES),
    ATTEMPT(executable_map, DIES, WORKS), /* the loader of a program must */
    ATTEMPT(executable_turn, DIES, WORKS),
    ATTEMPT(memfd, DIES, DIES),
    ATTEMPT(pipe, DIES, DIES),
    ATTEMPT(dup, DIES, DIES),
    ATTEMPT(fcntl, DIES, DIES),
    ATTEMPT(change_input, DIES, DIES),
    ATTEMPT(write_input, DIES, DIES),
    ATTEMPT(grow_input, DIES, DIES),
    ATTEMPT(inherited, FAILS, FAILS),
    ATTEMPT(process_vm, DIES, DIES),
    ATTEMPT(shm, DIES, DIES),
    ATTEMPT(keys, DIES, DIES),
    ATTEMPT(bpf, DIES, DIES),
    ATTEMPT(perf, DIES, DIES),
    ATTEMPT(uring, DIES, DIES),
    ATTEMPT(userfault, DIES, DIES),
    ATTEMPT(module, DIES, DIES),
    ATTEMPT(reboot, DIES, DIES),
    ATTEMPT(sleep, DIES, DIES),
    ATTEMPT(poll, DIES, DIES),
    ATTEMPT(ioctl, DIES, FAILS),
    ATTEMPT(old_call, DIES, DIES),
    ATTEMPT(environment, FAILS, FAILS),
    ATTEMPT(memory, FAILS, FAILS),
    ATTEMPT(nothing, WORKS, WORKS),
};
const size_t jail_attempts_n = sizeof jail_attempts / sizeof *jail_attempts;
