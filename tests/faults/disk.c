/* A disk that fails, for tests; loaded ahead of the C library (LD_PRELOAD). FAULTS names a folder. A file in it says how:

   fail, die   the next sync takes it away, and fails with EIO having synced nothing, or ends the process
   full        the next write takes it away, and fails with ENOSPC
   readonly    while it is there every write fails with EROFS
   synced/     a folder, which keeps each file as it was at its last sync: what a power cut leaves

   Files outside of the folder are written and synced as ever. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *folder;

__attribute__((constructor)) static void find_folder(void) {
    const char *named = getenv("FAULTS");
    folder = named ? strdup(named) : NULL; /* PostgreSQL writes over its environment */
}

/* The name of a regular file in the folder; NULL of any other. */
static const char *inside(int fd, char path[PATH_MAX]) {
    char link[64];
    struct stat file;
    size_t length = folder ? strlen(folder) : 0;
    if (!length || fstat(fd, &file) || !S_ISREG(file.st_mode))
        return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t end = readlink(link, path, PATH_MAX - 1);
    path[end < 0 ? 0 : end] = 0;
    return strncmp(path, folder, length) || path[length] != '/' ? NULL : strrchr(path, '/') + 1;
}

static const char *at(const char *name, char path[PATH_MAX]) {
    snprintf(path, PATH_MAX, "%s/%s", folder, name);
    return path;
}

/* Whether a fault was wanted; of many who ask at once, one hears so. */
static int taken(const char *name) {
    char path[PATH_MAX];
    return unlink(at(name, path)) == 0;
}

/* Through the descriptor at hand: to open and close the file would drop the locks SQLite holds on it. */
static void keep(int fd, const char *name) {
    char kept[PATH_MAX], part[PATH_MAX + 16];
    snprintf(kept, sizeof kept, "%s/synced/%s", folder, name);
    snprintf(part, sizeof part, "%s.%d", kept, gettid());
    int to = open(part, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    off64_t from = 0;
    if (to < 0)
        return;
    while (copy_file_range(fd, &from, to, NULL, 1 << 30, 0) > 0)
        ;
    close(to);
    rename(part, kept);
}

static int sync_by(const char *function, int fd) {
    char path[PATH_MAX];
    const char *name = inside(fd, path);
    if (name && taken("die"))
        kill(getpid(), SIGKILL);
    if (name && taken("fail")) {
        errno = EIO;
        return -1;
    }
    int done = ((int (*)(int))dlsym(RTLD_NEXT, function))(fd);
    if (name && done == 0)
        keep(fd, name);
    return done;
}

int fsync(int fd) { return sync_by("fsync", fd); }
int fdatasync(int fd) { return sync_by("fdatasync", fd); }

static int unwritable(int fd) {
    char path[PATH_MAX], readonly[PATH_MAX];
    if (!inside(fd, path))
        return 0;
    errno = access(at("readonly", readonly), F_OK) == 0 ? EROFS : taken("full") ? ENOSPC : 0;
    return errno;
}

#define REAL(function) ((__typeof__(&function))dlsym(RTLD_NEXT, #function))

ssize_t write(int fd, const void *from, size_t count) { return unwritable(fd) ? -1 : REAL(write)(fd, from, count); }
ssize_t pwrite(int fd, const void *from, size_t count, off_t at) {
    return unwritable(fd) ? -1 : REAL(pwrite)(fd, from, count, at);
}
ssize_t pwrite64(int fd, const void *from, size_t count, off64_t at) {
    return unwritable(fd) ? -1 : REAL(pwrite64)(fd, from, count, at);
}
