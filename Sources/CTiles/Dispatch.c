// Finds the tiles for an instruction set, when the processor has it.
#include "CTiles.h"

#include <string.h>

extern const CTiles ctilesBaseline;
#if defined(__x86_64__)
extern const CTiles ctilesAVX512, ctilesAVX2;
#elif defined(__aarch64__)
extern const CTiles ctilesNEON;
#endif

const CTiles *ctiles_named(const char *name) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (strcmp(name, "avx512") == 0) {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                   __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                   __builtin_cpu_supports("fma")
               ? &ctilesAVX512
               : NULL;
  }
  if (strcmp(name, "avx2") == 0) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c")
               ? &ctilesAVX2
               : NULL;
  }
#elif defined(__aarch64__)
  if (strcmp(name, "neon") == 0) return &ctilesNEON;
#endif
  return strcmp(name, "baseline") == 0 ? &ctilesBaseline : NULL;
}
