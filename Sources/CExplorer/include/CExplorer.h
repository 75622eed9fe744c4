// The engine of the explorer's page, for browsers: the files that scripts/explorer/build.sh makes, inside the program.
#ifndef JOINTVAE_CEXPLORER_H
#define JOINTVAE_CEXPLORER_H

#include <stddef.h>

// The bytes of a .wasm file.
typedef struct {
  const unsigned char *_Nonnull bytes;
  size_t count;
} jointvae_engine;

// For browsers with vector instructions.
extern const jointvae_engine jointvae_engine_vector;
// For those without.
extern const jointvae_engine jointvae_engine_scalar;

#endif
