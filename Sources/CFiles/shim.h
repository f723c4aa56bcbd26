#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Swift imports no variadic functions, and renameat2 only where _GNU_SOURCE is set. 2 is
// RENAME_EXCHANGE.
static inline int nbrun_exchange(const char *left, const char *right) {
  return (int)syscall(SYS_renameat2, AT_FDCWD, left, AT_FDCWD, right, 2);
}
