// Listings by buffers of every size, each going on at the place where the one before ended; and
// links whose targets do not fit.
#include "calls.h"

static char names[200][300];
static int count;

// Lists a folder by buffers of one size, and gives the number of calls; 0 if a buffer is too small.
static int list(uint32_t size) {
  uint64_t next = 0;
  count = 0;
  for (int calls = 1;; calls++) {
    CHECK(raw_fd_readdir(ROOT, AT(bytes), size, next, AT(number)), OK);
    uint32_t used = number[0], at = 0;
    CHECK(used <= size, 1);
    int whole = 0;
    while (at + 24 <= used) {
      uint32_t length = *(uint32_t *)memcpy(number, bytes + at + 16, 4);
      if (at + 24 + length > used) break;
      memcpy(names[count], bytes + at + 24, length);
      names[count++][length] = 0;
      memcpy(&next, bytes + at, 8);
      at += 24 + length;
      whole++;
    }
    if (used < size) return calls;
    if (!whole) return 0;
  }
}

int main(void) {
  char name[300];
  for (int at = 0; at < 60; at++) {
    memset(name, 'a' + at % 26, sizeof name);
    sprintf(name + at * 4, "%02d", at);
    CHECK(open_at(ROOT, name, CREAT, 0, 0, 0), OK);
    CHECK(raw_fd_close(number[0]), OK);
  }
  CHECK(list(sizeof bytes), 1);
  CHECK(count, 62);
  char all[200][300];
  memcpy(all, names, sizeof all);
  for (uint32_t size = 24 + 238; size < 700; size += 37) {
    CHECK(list(size) > 1, 1);
    CHECK(count, 62);
    CHECK(memcmp(all, names, 62 * 300), 0);
  }
  // A buffer that is too small for an entry is filled, and that is not an error.
  for (uint32_t size = 0; size < 40; size++) {
    CHECK(raw_fd_readdir(ROOT, AT(bytes), size, 0, AT(number)), OK);
    CHECK(number[0], size);
  }
  // An entry that appears does not disturb a listing that has begun, and a new one has it.
  CHECK(raw_fd_readdir(ROOT, AT(bytes), 700, 0, AT(number)), OK);
  CHECK(open_at(ROOT, "new", CREAT, 0, 0, 0), OK);
  CHECK(raw_path_unlink_file(ROOT, PATH("new")), OK);
  CHECK(open_at(ROOT, "new", CREAT, 0, 0, 0), OK);
  CHECK(list(sizeof bytes), 1);
  CHECK(count, 63);
  CHECK(raw_fd_readdir(ROOT, AT(bytes), 700, 1000000, AT(number)), OK);
  CHECK(number[0], 0);
  const char *target = "\xd0\x94\xd0\xb5\xd0\xb9";
  CHECK(raw_path_symlink(PATH(target), ROOT, PATH("link")), OK);
  for (uint32_t room = 0; room < 10; room++) {
    memset(bytes, '#', 16);
    CHECK(raw_path_readlink(ROOT, PATH("link"), AT(bytes), room, AT(number)), OK);
    CHECK(number[0], room < 6 ? room : 6);
    CHECK(memcmp(bytes, target, number[0]), 0);
    CHECK(bytes[number[0]], '#');
  }
  return failed;
}
