// Says whether its streams are terminals, and waits for its input for ever.
#include "show.h"

int main(void) {
  printf("terminals: %d %d %d\n", isatty(0), isatty(1), isatty(2));
  fflush(stdout);
  while (read(0, bytes, 1) >= 0) {
  }
  return 3;
}
