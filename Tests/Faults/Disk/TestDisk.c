/* A layer over SQLite's own file system that asks an observer before each call that changes a file. It changes nothing else. */
#include "TestDisk.h"

#include <sqlite3.h>
#include <string.h>

typedef struct {
    sqlite3_file base;
    /* The name SQLite opened it by, which it keeps until the file is closed; NULL for files that are not observed. */
    const char *path;
    /* Lies behind this structure in the same memory. */
    sqlite3_file *real;
} disk_file;

static sqlite3_vfs layer;
static sqlite3_vfs *below;
static test_disk_observer observer;

static sqlite3_file *real(sqlite3_file *file) { return ((disk_file *)file)->real; }

static int ask(sqlite3_file *file, test_disk_kind kind, const void *bytes, int count, sqlite3_int64 place) {
    const char *path = ((disk_file *)file)->path;
    return path ? observer(kind, path, bytes, count, place) : SQLITE_OK;
}

static int disk_close(sqlite3_file *file) { return real(file)->pMethods->xClose(real(file)); }

static int disk_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 place) {
    return real(file)->pMethods->xRead(real(file), bytes, count, place);
}

static int disk_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 place) {
    int code = ask(file, TEST_DISK_WRITE, bytes, count, place);
    return code ? code : real(file)->pMethods->xWrite(real(file), bytes, count, place);
}

static int disk_truncate(sqlite3_file *file, sqlite3_int64 length) {
    int code = ask(file, TEST_DISK_CUT, NULL, 0, length);
    return code ? code : real(file)->pMethods->xTruncate(real(file), length);
}

/* Asked after the real one, so that what is recorded as synced is. */
static int disk_sync(sqlite3_file *file, int flags) {
    int code = real(file)->pMethods->xSync(real(file), flags);
    return code ? code : ask(file, TEST_DISK_SYNC, NULL, 0, 0);
}

static int disk_size(sqlite3_file *file, sqlite3_int64 *size) { return real(file)->pMethods->xFileSize(real(file), size); }
static int disk_lock(sqlite3_file *file, int level) { return real(file)->pMethods->xLock(real(file), level); }
static int disk_unlock(sqlite3_file *file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
static int disk_reserved(sqlite3_file *file, int *held) { return real(file)->pMethods->xCheckReservedLock(real(file), held); }
static int disk_control(sqlite3_file *file, int what, void *value) {
    return real(file)->pMethods->xFileControl(real(file), what, value);
}
static int disk_sector(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }
static int disk_traits(sqlite3_file *file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }
static int disk_map(sqlite3_file *file, int region, int size, int extend, void volatile **memory) {
    return real(file)->pMethods->xShmMap(real(file), region, size, extend, memory);
}
static int disk_shm_lock(sqlite3_file *file, int place, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), place, count, flags);
}
static void disk_barrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }
static int disk_unmap(sqlite3_file *file, int remove) { return real(file)->pMethods->xShmUnmap(real(file), remove); }

/* Version 2: without memory maps of the database, which would pass the observer by. */
static const sqlite3_io_methods methods = {
    2,           disk_close,    disk_read,     disk_write,   disk_truncate, disk_sync, disk_size,     disk_lock,    disk_unlock,
    disk_reserved, disk_control, disk_sector, disk_traits, disk_map,     disk_shm_lock, disk_barrier, disk_unmap, NULL, NULL,
};

static int disk_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *given) {
    disk_file *opened = (disk_file *)file;
    int observed = flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL);
    int is_there = 1, code;
    (void)vfs;
    opened->base.pMethods = NULL;
    opened->real = (sqlite3_file *)(opened + 1);
    opened->path = observed ? path : NULL;
    if (path && flags & SQLITE_OPEN_CREATE) {
        code = below->xAccess(below, path, SQLITE_ACCESS_EXISTS, &is_there);
        if (code == SQLITE_OK && !is_there) code = ask(file, TEST_DISK_MAKE, NULL, 0, 0);
        if (code) return code;
    }
    code = below->xOpen(below, path, opened->real, flags, given);
    if (opened->real->pMethods) opened->base.pMethods = &methods;
    return code;
}

static int disk_delete(sqlite3_vfs *vfs, const char *path, int sync) {
    int code = observer(TEST_DISK_REMOVE, path, NULL, sync, 0);
    (void)vfs;
    return code ? code : below->xDelete(below, path, sync);
}

int test_disk_install(test_disk_observer given) {
    if (observer) return SQLITE_MISUSE;
    below = sqlite3_vfs_find(NULL);
    if (!below) return SQLITE_ERROR;
    observer = given;
    layer = *below;
    layer.zName = "test-disk";
    layer.pNext = NULL;
    layer.szOsFile = (int)sizeof(disk_file) + below->szOsFile;
    layer.xOpen = disk_open;
    layer.xDelete = disk_delete;
    return sqlite3_vfs_register(&layer, 1);
}
