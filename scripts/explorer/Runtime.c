// What Swift's runtime and the compiler ask of a C library, for a module that has none. The page asks for memory once
// for each model, and keeps it: nothing is ever given back.
#include <stddef.h>
#include <stdint.h>

#include "CTiles.h"

extern const CTiles ctilesBaseline;
extern unsigned char __heap_base;

// One set of instructions; the page takes the file that its browser can run.
const CTiles *ctiles_named(const char *name) {
  (void)name;
  return &ctilesBaseline;
}

static uintptr_t end = 0;

static void *allocate(size_t alignment, size_t size) {
  if (end == 0) end = (uintptr_t)&__heap_base;
  const uintptr_t start = (end + alignment - 1) & ~(uintptr_t)(alignment - 1);
  const uintptr_t next = start + size;
  if (next < start) return NULL;
  const uintptr_t page = 65536, present = __builtin_wasm_memory_size(0) * page;
  if (next > present && __builtin_wasm_memory_grow(0, (next - present + page - 1) / page) == (size_t)-1) return NULL;
  end = next;
  return (void *)start;
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  *result = allocate(alignment < 16 ? 16 : alignment, size);
  return *result ? 0 : 12;
}

void *malloc(size_t size) { return allocate(16, size); }

void free(void *pointer) { (void)pointer; }

typedef uint64_t LooseWord __attribute__((aligned(1)));

void *memcpy(void *restrict target, const void *restrict source, size_t count) {
  unsigned char *t = target;
  const unsigned char *s = source;
  for (; count >= 8; count -= 8, t += 8, s += 8) *(LooseWord *)t = *(const LooseWord *)s;
  while (count--) *t++ = *s++;
  return target;
}

void *memmove(void *target, const void *source, size_t count) {
  if ((uintptr_t)target <= (uintptr_t)source) return memcpy(target, source, count);
  unsigned char *t = target;
  const unsigned char *s = source;
  while (count--) t[count] = s[count];
  return target;
}

void *memset(void *target, int value, size_t count) {
  unsigned char *t = target;
  while (count--) *t++ = (unsigned char)value;
  return target;
}

float fmaxf(float a, float b) { return __builtin_isnan(a) || b > a ? b : a; }

float fminf(float a, float b) { return __builtin_isnan(a) || b < a ? b : a; }
