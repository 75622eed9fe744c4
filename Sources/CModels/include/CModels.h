// The package's trained models as they stand in their files, inside the program.
#ifndef JOINTVAE_CMODELS_H
#define JOINTVAE_CMODELS_H

#include <stddef.h>

// The bytes of a .safetensors file.
typedef struct {
  const unsigned char *_Nonnull bytes;
  size_t count;
} jointvae_model;

extern const jointvae_model jointvae_az_letters;
extern const jointvae_model jointvae_arabic_characters;
extern const jointvae_model jointvae_fashion_mnist;
extern const jointvae_model jointvae_classifier;
extern const jointvae_model jointvae_four_shapes;
extern const jointvae_model jointvae_math_symbols;
extern const jointvae_model jointvae_mnist;
extern const jointvae_model jointvae_shapes;

#endif
