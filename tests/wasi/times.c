// Times to the nanosecond.
#include "show.h"

static void show_times(const char *path, int flags) {
  if (fstatat(AT_FDCWD, path, &told, flags)) printf("%s: %s\n", path, strerror(errno));
  printf("%s: %lld.%09ld %lld.%09ld\n", path, (long long)told.st_atim.tv_sec,
         (long)told.st_atim.tv_nsec, (long long)told.st_mtim.tv_sec, (long)told.st_mtim.tv_nsec);
}

int main(void) {
  make("f", "text");
  mkdir("d", 0755);
  symlink("f", "l");
  struct timespec both[2] = {{1234567890, 123456789}, {987654321, 1}};
  int fd = open("f", O_RDWR);
  SHOW(futimens(fd, both));
  show_times("f", 0);
  both[0].tv_nsec = UTIME_OMIT;
  both[1] = (struct timespec){5, 7};
  SHOW(utimensat(AT_FDCWD, "f", both, 0));
  show_times("f", 0);
  both[0] = (struct timespec){4000000000, 999999999};
  both[1].tv_nsec = UTIME_OMIT;
  SHOW(utimensat(AT_FDCWD, "f", both, 0));
  show_times("f", 0);
  both[0].tv_nsec = both[1].tv_nsec = UTIME_OMIT;
  SHOW(futimens(fd, both));
  show_times("f", 0);
  both[0] = both[1] = (struct timespec){0, 0};
  SHOW(futimens(fd, both));
  show_times("f", 0);
  both[0] = (struct timespec){11, 12};
  both[1] = (struct timespec){13, 14};
  SHOW(utimensat(AT_FDCWD, "l", both, AT_SYMLINK_NOFOLLOW));
  show_times("l", AT_SYMLINK_NOFOLLOW);
  show_times("l", 0);
  SHOW(utimensat(AT_FDCWD, "l", both, 0));
  show_times("f", 0);
  SHOW(utimensat(AT_FDCWD, "d", both, 0));
  show_times("d", 0);
  SHOW(utimensat(AT_FDCWD, "d/", both, 0));
  SHOW(utimensat(AT_FDCWD, "f/", both, 0));
  SHOW(utimensat(AT_FDCWD, "none", both, 0));
  both[0].tv_nsec = 1000000000;
  SHOW(utimensat(AT_FDCWD, "f", both, 0));
  both[0].tv_nsec = both[1].tv_nsec = UTIME_NOW;
  struct timespec before, after;
  make("before", "");
  SHOW(futimens(fd, both));
  make("after", "");
  stat("before", &told);
  before = told.st_mtim;
  stat("after", &told);
  after = told.st_mtim;
  stat("f", &told);
  SHOW(told.st_mtim.tv_sec >= before.tv_sec && told.st_mtim.tv_sec <= after.tv_sec);
  SHOW(told.st_atim.tv_sec >= before.tv_sec && told.st_atim.tv_sec <= after.tv_sec);
  SHOW(utimensat(AT_FDCWD, "f", 0, 0));
  both[0] = both[1] = (struct timespec){1, 1};
  SHOW(futimens(fd, both));
  SHOW(write(fd, "x", 1));
  stat("f", &told);
  SHOW(told.st_mtim.tv_sec > 1);
  SHOW(close(fd));
  fd = open("f", O_RDONLY);
  SHOW(futimens(fd, both));
  show_times("f", 0);
  SHOW(close(fd));
  SHOW(clock_getres(CLOCK_MONOTONIC, &before) == 0 && before.tv_sec == 0 && before.tv_nsec > 0);
  clock_gettime(CLOCK_MONOTONIC, &before);
  struct timespec nap = {0, 20000000};
  SHOW(nanosleep(&nap, 0));
  clock_gettime(CLOCK_MONOTONIC, &after);
  SHOW((after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec >= 20000000);
  nap.tv_nsec = 1000000000;
  SHOW(nanosleep(&nap, 0));
  return 0;
}
