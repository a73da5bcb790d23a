// Tries to reach what lies beside its folder, where a file `secret` holds the word "secret"; and
// says each way that worked. `swapped` is a folder that another process replaces by a link to the
// outside and back, all the time.
#include "show.h"

static int escaped;

static void out(int worked, const char *way) {
  if (!worked) return;
  escaped = 1;
  printf("escaped: %s (%s)\n", way, strerror(errno));
}

static int is_secret(int fd) {
  int found = fd >= 0 && read(fd, bytes, 6) == 6 && memcmp(bytes, "secret", 6) == 0;
  if (fd >= 0) close(fd);
  return found;
}

int main(void) {
  static const char *ways[] = {
      "../secret", "/../secret", "sub/../../secret", "sub/../sub/../../secret", "./../secret",
      "..//secret", "sub/deep/../../../secret", "/proc/self/cwd/../secret", "/proc/self/root/etc/passwd",
      "/etc/passwd", "/dev/zero", "/dev/mem", "/proc/1/environ", "made-before/secret",
      "absolute-before/secret", "file-before", "proc-before/etc/passwd",
  };
  mkdir("sub", 0755);
  mkdir("sub/deep", 0755);
  make("own", "own");
  for (unsigned at = 0; at < sizeof ways / sizeof *ways; at++) {
    const char *way = ways[at];
    int fd = open(way, O_RDONLY);
    out(fd >= 0, way);
    if (fd >= 0) close(fd);
    fd = open(way, O_RDWR | O_CREAT, 0644);
    out(fd >= 0, way);
    if (fd >= 0) close(fd);
    out(stat(way, &told) == 0, way);
    out(truncate(way, 0) == 0, way);
    // The others are of the link itself, which is its own.
    if (strcmp(way, "file-before") == 0) continue;
    out(unlink(way) == 0, way);
    out(link(way, "stolen") == 0, way);
    out(rename(way, "stolen") == 0, way);
    out(rename("own", way) == 0, way);
    out(link("own", way) == 0, way);
    out(mkdir(way, 0755) == 0, way);
  }
  // Links that it makes: a link may lead out, and following it may not.
  out(symlink("/etc/passwd", "absolute") == 0, "an absolute link");
  symlink("../secret", "made");
  symlink("..", "up");
  symlink("sub/../..", "winding");
  out(is_secret(open("made", O_RDONLY)), "a link that was made");
  out(is_secret(open("up/secret", O_RDONLY)), "a link to the parent");
  out(is_secret(open("winding/secret", O_RDONLY)), "a winding link");
  out(opendir("up") != 0, "listing the parent");
  // A link that leads nowhere out until it is moved up.
  symlink("../../secret", "sub/deep/inner");
  out(is_secret(open("sub/deep/inner", O_RDONLY)), "a deep link");
  rename("sub/deep/inner", "moved");
  out(is_secret(open("moved", O_RDONLY)), "a link that was moved");
  // A handle of a folder that is moved while a path goes up from it.
  int deep = open("sub/deep", O_RDONLY | O_DIRECTORY);
  rename("sub/deep", "lifted");
  out(is_secret(openat(deep, "../secret", O_RDONLY)), "a handle that was moved");
  out(is_secret(openat(deep, "../../secret", O_RDONLY)), "a handle that was moved, further up");
  close(deep);
  // The folder of another mapping: only reading is allowed there.
  out(open("/read-only/text", O_RDWR) >= 0, "writing where only reading is allowed");
  out(open("/read-only/new", O_WRONLY | O_CREAT, 0644) >= 0, "making where only reading is allowed");
  out(link("/read-only/text", "linked") == 0, "a hard link from where only reading is allowed");
  out(rename("/read-only/text", "taken") == 0, "moving from where only reading is allowed");
  out(rename("own", "/read-only/own") == 0, "moving to where only reading is allowed");
  out(unlink("/read-only/text") == 0, "removing where only reading is allowed");
  out(symlink("x", "/read-only/link") == 0, "a link where only reading is allowed");
  struct timespec both[2] = {{1, 1}, {1, 1}};
  out(utimensat(AT_FDCWD, "/read-only/text", both, 0) == 0, "times where only reading is allowed");
  out(open("/read-only/../secret", O_RDONLY) >= 0, "up from another folder");
  // The race. Both answers of it must have been seen for the trial to mean something.
  int inside = 0, refused = 0;
  for (long tries = 0; tries < 3000000 && (inside < 200 || refused < 200); tries++) {
    int fd = open("swapped/secret", O_RDONLY);
    if (fd < 0) {
      refused++;
    } else if (read(fd, bytes, 6) == 6 && memcmp(bytes, "secret", 6) == 0) {
      out(1, "a raced link");
      break;
    } else {
      inside++;
    }
    if (fd >= 0) close(fd);
    fd = open("swapped/planted", O_WRONLY | O_CREAT, 0644);
    if (fd >= 0) close(fd);
  }
  printf("raced: %s\n", inside >= 200 && refused >= 200 ? "both" : "not enough");
  return escaped;
}
