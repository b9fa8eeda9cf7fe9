/*
 * A library to preload: it counts the calls of a process that change files, and at one of them ends the process as SIGKILL and a
 * power cut of the process do, or has the call fail as a full or broken disk does.
 *
 *     FAULT_DIR=/state  count calls on files below this folder alone
 *     FAULT_AT=17       at the 17th call that changes a file ...
 *     FAULT_KIND=before ... the process dies before it; `half`: after half of what it writes; `after`: after it;
 *                       `full`, `broken`, `read-only`: this call and the FAULT_COUNT - 1 after it fail with ENOSPC, EIO, EROFS
 *     FAULT_COUNT=3
 *     FAULT_LOG=/file   where the number of calls is written at the end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { DIES_BEFORE, DIES_HALFWAY, DIES_AFTER, FAILS };

static atomic_long calls;
static long fault_at = -1, fault_count = 1;
static int kind = DIES_BEFORE, fault_errno;
static const char *folder;
static size_t folder_length;

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
    const char *text = getenv("FAULT_KIND");
    folder = getenv("FAULT_DIR");
    folder_length = folder ? strlen(folder) : 0;
    if (getenv("FAULT_AT")) fault_at = atol(getenv("FAULT_AT"));
    if (getenv("FAULT_COUNT")) fault_count = atol(getenv("FAULT_COUNT"));
    if (!text || !strcmp(text, "before")) kind = DIES_BEFORE;
    else if (!strcmp(text, "half")) kind = DIES_HALFWAY;
    else if (!strcmp(text, "after")) kind = DIES_AFTER;
    else {
        kind = FAILS;
        fault_errno = !strcmp(text, "full") ? ENOSPC : !strcmp(text, "read-only") ? EROFS : EIO;
    }
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("FAULT_LOG");
    FILE *log = path ? fopen(path, "w") : NULL;
    if (!log) return;
    fprintf(log, "%ld\n", atomic_load(&calls));
    fclose(log);
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

static int is_ours(const char *path) { return folder && path && !strncmp(path, folder, folder_length); }

static int is_ours_fd(int fd) {
    char link[64], path[PATH_MAX];
    ssize_t length;
    if (!folder) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_ours(path);
}

/* The number of this call, if the fault falls on it: 0 for none, 1 for a death, 2 for a failure. */
static int fault(void) {
    long number = atomic_fetch_add(&calls, 1) + 1;
    if (fault_at < 0 || number < fault_at) return 0;
    if (kind == FAILS) return number < fault_at + fault_count ? 2 : 0;
    return number == fault_at ? 1 : 0;
}

#define FAULTED(call, half)                                                                                                     \
    int found = fault();                                                                                                       \
    if (found == 2) {                                                                                                          \
        errno = fault_errno;                                                                                                   \
        return -1;                                                                                                             \
    }                                                                                                                          \
    if (found == 1) {                                                                                                          \
        if (kind == DIES_HALFWAY) half;                                                                                        \
        if (kind == DIES_AFTER) call;                                                                                          \
        die();                                                                                                                 \
    }                                                                                                                          \
    return call;

#define WRITE(name, parameters, fd, full, half)                                                                                \
    ssize_t name parameters {                                                                                                  \
        static ssize_t(*real) parameters;                                                                                      \
        if (!real) real = (ssize_t(*) parameters)next(#name);                                                                  \
        if (!is_ours_fd(fd)) return real full;                                                                                 \
        FAULTED(real full, real half)                                                                                          \
    }

WRITE(write, (int fd, const void *bytes, size_t count), fd, (fd, bytes, count), (fd, bytes, count / 2))
WRITE(pwrite, (int fd, const void *bytes, size_t count, off_t place), fd, (fd, bytes, count, place), (fd, bytes, count / 2, place))
WRITE(pwrite64, (int fd, const void *bytes, size_t count, off64_t place), fd, (fd, bytes, count, place),
      (fd, bytes, count / 2, place))
WRITE(writev, (int fd, const struct iovec *parts, int count), fd, (fd, parts, count), (fd, parts, count / 2))

#define CHANGE(name, parameters, ours, arguments)                                                                              \
    int name parameters {                                                                                                      \
        static int(*real) parameters;                                                                                          \
        if (!real) real = (int(*) parameters)next(#name);                                                                      \
        if (!(ours)) return real arguments;                                                                                    \
        FAULTED(real arguments, (void)0)                                                                                       \
    }

CHANGE(fsync, (int fd), is_ours_fd(fd), (fd))
CHANGE(fdatasync, (int fd), is_ours_fd(fd), (fd))
CHANGE(ftruncate, (int fd, off_t length), is_ours_fd(fd), (fd, length))
CHANGE(ftruncate64, (int fd, off64_t length), is_ours_fd(fd), (fd, length))
CHANGE(rename, (const char *from, const char *to), is_ours(from), (from, to))
CHANGE(link, (const char *from, const char *to), is_ours(from), (from, to))
CHANGE(unlink, (const char *path), is_ours(path), (path))
CHANGE(mkdir, (const char *path, mode_t mode), is_ours(path), (path, mode))

/* Opening counts where it makes a file. */
#define OPEN(name)                                                                                                             \
    int name(const char *path, int flags, ...) {                                                                               \
        static int (*real)(const char *, int, ...);                                                                            \
        mode_t mode = 0;                                                                                                       \
        if (!real) real = (int (*)(const char *, int, ...))next(#name);                                                        \
        if (flags & (O_CREAT | O_TMPFILE)) {                                                                                   \
            va_list rest;                                                                                                      \
            va_start(rest, flags);                                                                                             \
            mode = va_arg(rest, mode_t);                                                                                       \
            va_end(rest);                                                                                                      \
        }                                                                                                                      \
        if (!(flags & O_CREAT) || !is_ours(path)) return real(path, flags, mode);                                              \
        FAULTED(real(path, flags, mode), (void)0)                                                                              \
    }

OPEN(open)
OPEN(open64)
