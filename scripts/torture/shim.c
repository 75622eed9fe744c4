// Counts the calls of a program that change files, and makes one of them fail or end the program: for torture.py, which
// compiles it and names it in LD_PRELOAD.
//
// TORTURE_COUNT   a file that gets the number of calls when the program ends
// TORTURE_AT      the number of the call, from 1
// TORTURE_FAULT   kill, short, or the number of an error, such as 5 for EIO
// TORTURE_STICKY  set when all later calls fail as well, as on a full disk
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long count;
static long at;
static const char *fault;
static int sticky;

__attribute__((constructor)) static void begin(void) {
  const char *number = getenv("TORTURE_AT");
  at = number ? atol(number) : 0;
  fault = getenv("TORTURE_FAULT");
  sticky = getenv("TORTURE_STICKY") != NULL;
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("TORTURE_COUNT");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (!file) return;
  fprintf(file, "%ld\n", atomic_load(&count));
  fclose(file);
}

enum verdict { proceed, fail, halve };

// Calls that may be interrupted and shortened, that take room on a disk, and others.
enum kind { writing, growing, other };

// What becomes of the next call; errno is set for one that fails.
static enum verdict judge(enum kind kind) {
  long number = atomic_fetch_add(&count, 1) + 1;
  if (!at || !fault || number < at || (number > at && !sticky)) return proceed;
  if (!strcmp(fault, "kill")) {
    kill(getpid(), SIGKILL);
    pause();
  }
  if (!strcmp(fault, "short")) return kind == writing ? halve : proceed;
  int code = atoi(fault);
  if (code == EINTR && kind != writing) return proceed;
  if (code == ENOSPC && kind == other) return proceed;
  errno = code;
  return fail;
}

static int is_file(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

#define REAL(result, name, ...) \
  static result (*real)(__VA_ARGS__); \
  if (!real) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t write(int descriptor, const void *bytes, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if (length == 0 || !is_file(descriptor)) return real(descriptor, bytes, length);
  switch (judge(writing)) {
  case fail: return -1;
  case halve: return real(descriptor, bytes, length > 1 ? length / 2 : 1);
  default: return real(descriptor, bytes, length);
  }
}

#define PWRITE(function) \
  ssize_t function(int descriptor, const void *bytes, size_t length, off_t place) { \
    REAL(ssize_t, #function, int, const void *, size_t, off_t); \
    switch (judge(writing)) { \
    case fail: return -1; \
    case halve: return real(descriptor, bytes, length > 1 ? length / 2 : 1, place); \
    default: return real(descriptor, bytes, length, place); \
    } \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

#define TRUNCATE(function) \
  int function(int descriptor, off_t length) { \
    REAL(int, #function, int, off_t); \
    return judge(growing) == fail ? -1 : real(descriptor, length); \
  }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define OPEN(function) \
  int function(const char *path, int flags, ...) { \
    REAL(int, #function, const char *, int, ...); \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; \
    va_end(rest); \
    if (flags & O_CREAT && judge(growing) == fail) return -1; \
    return real(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

int rename(const char *old, const char *new) {
  REAL(int, "rename", const char *, const char *);
  return judge(growing) == fail ? -1 : real(old, new);
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  return judge(other) == fail ? -1 : real(path);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  return judge(growing) == fail ? -1 : real(path, mode);
}

int fsync(int descriptor) {
  REAL(int, "fsync", int);
  return judge(growing) == fail ? -1 : real(descriptor);
}
