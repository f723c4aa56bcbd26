// Swift has no word for the instruction, and drops calls of clang's own intrinsic as if they did
// nothing. Asks for the cache line of an address; any address will do, mapped or not.
__attribute__((always_inline)) static inline void nbrun_prefetch(const void *address) {
  __builtin_prefetch(address, 0, 3);
}
