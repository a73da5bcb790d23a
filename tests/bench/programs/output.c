// Writes so many MiB of lines to standard output.
#include "timed.h"

static char bytes[1 << 16];

int main(int count, char **arguments) {
  long pieces = (count > 1 ? atol(arguments[1]) : 100) * 16;
  for (int at = 0; at < sizeof bytes; at++) bytes[at] = at % 80 == 79 ? '\n' : 'a' + at % 26;
  for (long at = 0; at < pieces; at++) must(write(1, bytes, sizeof bytes) == sizeof bytes, "write");
}
