// Times of the processor in nanoseconds, as lines of a name and a number: the same program for WASI
// and for Linux. They are those of the whole process, so a busy machine does not lengthen them.
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifdef __wasi__
int clock_time_get(int, long long, long long *)
    __attribute__((import_module("wasi_snapshot_preview1"), import_name("clock_time_get")));

static inline long long now(void) {
  long long time;
  clock_time_get(2, 0, &time);
  return time;
}
#else
static inline long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}
#endif

static inline void tell(const char *name, long long began, long long count) {
  printf("%s %lld\n", name, (now() - began) / count);
}

static inline void must(int right, const char *what) {
  if (right) return;
  perror(what);
  exit(1);
}
