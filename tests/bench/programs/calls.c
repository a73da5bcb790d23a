// The time of one call: a look at the clock, and a write of one byte to a file.
#include "timed.h"

int main(int count, char **arguments) {
  long calls = count > 1 ? atol(arguments[1]) : 1000000;
  struct timespec time;
  long long began = now();
  for (long at = 0; at < calls; at++) clock_gettime(CLOCK_MONOTONIC, &time);
  tell("clock", began, calls);
  int fd = open("bytes", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  must(fd >= 0, "bytes");
  began = now();
  for (long at = 0; at < calls; at++) must(write(fd, "x", 1) == 1, "write");
  tell("write", began, calls);
  close(fd);
  unlink("bytes");
}
