#ifndef COUNTERTOP_TEST_DISK_H
#define COUNTERTOP_TEST_DISK_H

#include <stdint.h>

/* What SQLite is about to do to a file. */
typedef enum {
    TEST_DISK_MAKE,
    TEST_DISK_WRITE,
    TEST_DISK_CUT,
    TEST_DISK_SYNC,
    TEST_DISK_REMOVE,
} test_disk_kind;

/*
 * Is asked before each call that changes a database, its write-ahead log or its rollback log. `bytes` and `count` are those of a
 * write, `place` is where it goes, and for a cut the length that is left.
 *
 * It returns 0 to let the call happen; with another number the call does not happen, and fails with that number as SQLite's code.
 */
typedef int (*test_disk_observer)(test_disk_kind kind, const char *path, const void *bytes, int count, int64_t place);

/*
 * Puts a layer over SQLite's own file system (https://www.sqlite.org/vfs.html) and makes it the one that every connection opened
 * from now on uses. Once in a process, before the first connection. Returns SQLite's code.
 */
int test_disk_install(test_disk_observer observer);

#endif
