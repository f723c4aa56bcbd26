#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

// Swift imports no variadic functions, and renameat2 only where _GNU_SOURCE is set. -100 is AT_FDCWD,
// whose header would bring a second struct stat beside that of Swift's module of glibc, and 2 is
// RENAME_EXCHANGE.
static inline int nbrun_exchange(const char *left, const char *right) {
  return (int)syscall(SYS_renameat2, -100, left, -100, right, 2);
}

// Swift's module of glibc has no malloc.h. Gives freed memory back to the system, where malloc
// keeps any.
static inline void nbrun_trim(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}
